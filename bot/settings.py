"""What the environment says. Every setting is checked, and all wrong ones are reported together."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, PrivateAttr, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.fence import Fence
from bot.setting_values import (
    CONNECTIONS,
    Address,
    AppId,
    ClientId,
    Connections,
    Days,
    HowOften,
    Keys,
    Pem,
    Seconds,
    Secret,
    SlackAddress,
    TeamIds,
)

SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,20}")
LOG_LEVELS = ("debug", "info", "warning", "error")
NO_WAY_IN = "needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside it"
DATABASES = ("sqlite", "postgres", "postgresql", "postgresql+psycopg")


class RunMode(StrEnum):
    """How Charter meets its people."""

    PLAYGROUND = "playground"
    SOCKET = "socket"
    HTTP = "http"


@dataclass(frozen=True, slots=True)
class BadSetting:
    """One wrong setting: its variable and what is expected there. Values are never repeated."""

    name: str
    expected: str


class BadSettings(Exception):
    """All wrong settings at once; `str()` is ready to be shown to the person who set them."""

    def __init__(self, wrong: tuple[BadSetting, ...]) -> None:
        self.wrong = wrong
        lines = [f"  {setting.name}: {setting.expected}" for setting in wrong]
        super().__init__("\n".join(["These settings are wrong (see docs/settings.md):", *lines]))


Own = TypeVar("Own", bound="OwnSettings")
_CONFIG = SettingsConfigDict(
    env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
)


class OwnSettings(BaseSettings):
    """The settings of one source, where they stand with it; named and read like all others."""

    model_config = _CONFIG


class Settings(BaseSettings):
    """The settings, named as their environment variables in lower case. Empty means not set.

    docs/settings.md prints what each of them is from here.
    """

    model_config = _CONFIG

    database_url: str = Field(
        "sqlite:///var/charter.db",
        repr=False,  # it may hold a password
        description="Where Charter remembers: an SQLite file or a PostgreSQL server "
        "(`postgresql://USER:PASSWORD@HOST/NAME`). Without `--database` the playground uses "
        "`var/playground.db` instead.",
    )
    charter_database_connections: Connections = Field(
        CONNECTIONS,
        description="How many connections a process may open to a PostgreSQL server, from 2 to 200 "
        "([how many fit](deploying.md#connections)); of a file it opens forty.",
    )
    host: str = Field("127.0.0.1", description="The address that the web server listens on.")
    port: int = Field(
        3000,
        description="The port that the web server listens on, from 0 to 65535; 0 picks a free one.",
    )
    charter_drain_seconds: Seconds = Field(
        0,
        description="How long Charter serves on when it is to stop, in seconds, while `/readyz` "
        "says no, so that a [load balancer takes it out first](deploying.md#taking-a-replica-out); "
        "from 0 to 99.",
    )
    slack_bot_token: Secret | None = Field(
        None,
        description="The bot token of the installed Slack app (`xoxb-…`). Without it Charter "
        "starts the playground.",
    )
    slack_app_token: Secret | None = Field(
        None,
        description="The app-level token for Socket Mode (`xapp-…`, scope `connections:write`). It "
        "wins over the signing secret.",
    )
    slack_signing_secret: Secret | None = Field(
        None, description="Proves that requests come from Slack; needed for HTTP mode."
    )
    slack_client_id: ClientId | None = Field(
        None,
        description="The client id of a Slack app that [several workspaces "
        "install](slack-app.md#several-workspaces), instead of one bot token.",
    )
    slack_client_secret: Secret | None = Field(None, description="The client secret of that app.")
    charter_secret_keys: Keys | None = Field(
        None,
        description="What tokens of workspaces are sealed with in the database: keys separated by "
        "commas, as `app.py new-key` prints them. The first seals, all open; how to [replace "
        "one](slack-app.md#a-new-key).",
    )
    charter_teams: TeamIds = Field(
        "",
        description="Slack team ids, separated by commas, that may install Charter "
        "(`T024BE7LD,T0G9PQBBK`); empty: any that finds the address.",
    )
    charter_keep_uninstalled_days: Days = Field(
        30,
        description="How long a workspace's data is kept after it took Charter away, in days; then "
        "all of it is deleted.",
    )
    slack_api_url: SlackAddress = Field(
        "https://slack.com/api/",
        description="The Web API to talk to: Slack's own, or any server that is like it.",
    )
    charter_admins: str = Field(
        "",
        description="Slack ids, separated by commas, of first admins besides the workspace's own "
        "(`U024BE7LH,U0G9QF9C6`).",
    )
    charter_asks_per_person: HowOften = Field(
        60,
        description="How often one person may [ask within a minute](#how-much-may-be-asked); 0 is "
        "without limit.",
    )
    charter_asks_per_workspace: HowOften = Field(
        600, description="How often a whole workspace may ask within a minute; 0 is without limit."
    )
    charter_metrics_token: Secret | None = Field(
        None,
        description="Whoever shows this bearer token may read `/metrics` "
        "([observing.md](observing.md)); without it nobody may.",
    )
    github_token: Secret | None = Field(
        None,
        description="Reads pull requests: a fine-grained token with *Pull requests*, *Issues*, "
        "*Contents* and *Commit statuses* set to read, or any other that may read.",
    )
    github_app_id: AppId | None = Field(
        None,
        description="The id, or the client id, of a GitHub App that is installed where your "
        "repositories are; it wins over the token.",
    )
    github_app_private_key: Pem | None = Field(
        None, description="The private key of that app (PEM; line breaks may be written as `\\n`)."
    )
    github_webhook_secret: Secret | None = Field(
        None, description="Proves that webhooks at `POST /webhooks/github` come from GitHub."
    )
    github_repositories: str = Field(
        "",
        description="Accounts or repositories, separated by commas (`acme,other/churn`): of no "
        "others is anything read. Without it, of all that the token or app sees.",
    )
    github_api_url: Address = Field(
        "https://api.github.com",
        description="GitHub's REST API: its own, or an Enterprise server's "
        "(`https://HOST/api/v3`).",
    )
    github_web_url: Address | None = Field(
        None,
        description="Where links to pull requests lead; by default the host of the API "
        "(`https://github.com`).",
    )
    mlflow_tracking_uri: Address | None = Field(
        None,
        description="The address of the MLflow server whose runs are shown, with its path if it "
        "has one (`https://HOST/mlflow`).",
    )
    mlflow_tracking_username: str | None = Field(
        None, description="MLflow's user, where its server wants a password."
    )
    mlflow_tracking_password: SecretStr | None = Field(
        None, description="The password of that user."
    )
    mlflow_tracking_token: Secret | None = Field(
        None, description="A bearer token for MLflow; it wins over user and password."
    )
    mlflow_webhook_secret: Secret | None = Field(
        None, description="Proves that webhooks at `POST /webhooks/mlflow` come from MLflow."
    )
    wandb_base_url: Address = Field(
        "https://api.forge.coreweave.com",
        description="The address of W&B's API: its own, or a dedicated server's.",
    )
    wandb_api_key: Secret | None = Field(
        None, description="Reads runs of W&B: the key of an account that may only read is enough."
    )
    notion_api_url: Address = Field(
        "https://api.notion.com", description="The address of Notion's API."
    )
    notion_token: Secret | None = Field(
        None,
        description="Reads titles and last edits of Notion pages: the secret of an integration "
        "that the pages are shared with.",
    )
    log_level: str = Field(
        "info", description="How much is logged: `debug`, `info`, `warning` or `error`."
    )
    _given: Mapping[str, Any] = PrivateAttr(default_factory=dict)

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        scheme, separator, rest = url.partition("://")
        if not separator or scheme not in DATABASES or not rest:
            raise ValueError("a URL such as sqlite:///var/charter.db or postgresql://HOST/NAME")
        return url

    @field_validator("host")
    @classmethod
    def _one_host(cls, host: str) -> str:
        if not host or any(character.isspace() or character in "/,:@" for character in host):
            raise ValueError("one host name or IPv4 address, such as 127.0.0.1")
        return host

    @field_validator("port", mode="before")
    @classmethod
    def _possible_port(cls, port: object) -> object:
        if not re.fullmatch(r"[0-9]{1,5}", str(port)) or int(str(port)) > 65535:
            raise ValueError("a whole number from 0 to 65535")
        return port

    @field_validator("slack_bot_token")
    @classmethod
    def _bot_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token and not token.get_secret_value().startswith(("xoxb-", "xoxe.xoxb-")):
            raise ValueError("a bot token, which begins with xoxb-")
        return token

    @field_validator("slack_app_token")
    @classmethod
    def _app_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token and not token.get_secret_value().startswith("xapp-"):
            raise ValueError("an app-level token, which begins with xapp-")
        return token

    @field_validator("mlflow_tracking_username")
    @classmethod
    def _user_without_colon(cls, user: str | None) -> str | None:
        if user and ":" in user:
            raise ValueError("a user's name, in which HTTP allows no colon")
        return user

    @field_validator("charter_admins")
    @classmethod
    def _slack_ids(cls, listed: str) -> str:
        ids = [part.strip() for part in listed.split(",") if part.strip()]
        if not all(SLACK_ID.fullmatch(slack_id) for slack_id in ids):
            raise ValueError("Slack ids separated by commas, such as U024BE7LH,U0G9QF9C6")
        return ",".join(dict.fromkeys(ids))

    @field_validator("github_repositories")
    @classmethod
    def _repositories(cls, listed: str) -> str:
        return ",".join(sorted(Fence.of(listed).inside))

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, level: str) -> str:
        if level.lower() not in LOG_LEVELS:
            raise ValueError("one of " + ", ".join(LOG_LEVELS))
        return level.lower()

    @classmethod
    def read(cls, values: Mapping[str, Any] | None = None) -> Self:
        """The settings of the environment, overruled by `values`; raises `BadSettings`."""
        given = {name.lower() for name, value in os.environ.items() if value}
        given |= {name for name, value in (values or {}).items() if value}
        wrong = _missing(given)
        try:
            settings = cls(**(values or {}))
        except ValidationError as error:
            raise BadSettings(_wrong(error) + wrong) from None
        if wrong:
            raise BadSettings(wrong)
        settings._given = dict(values or {})
        return settings

    def own(self, kind: type[Own]) -> Own:
        """The settings of one source, from where these were read; raises `BadSettings`."""
        try:
            return kind(**self._given)
        except ValidationError as error:
            raise BadSettings(_wrong(error)) from None

    def mode(self) -> RunMode:
        """Without token or client id the playground; with both ways open, the app token wins."""
        if not (self.slack_bot_token or self.slack_client_id):
            return RunMode.PLAYGROUND
        return RunMode.SOCKET if self.slack_app_token else RunMode.HTTP

    def secret_keys(self) -> tuple[str, ...]:
        """The keys of `CHARTER_SECRET_KEYS`, the one that seals first."""
        listed = self.charter_secret_keys
        return tuple(listed.get_secret_value().split(",")) if listed else ()

    def admins(self) -> frozenset[str]:
        """The Slack ids of `CHARTER_ADMINS`."""
        return frozenset(filter(None, self.charter_admins.split(",")))

    def teams(self) -> frozenset[str]:
        """The Slack teams that may install Charter; none: any may."""
        return frozenset(filter(None, self.charter_teams.split(",")))

    def reads_github(self) -> bool:
        """With an app or a token, or where a server was named that lets itself be read without."""
        known = self.github_app_id or self.github_token
        return bool(known) or "github_api_url" in self.model_fields_set

    def github_web(self) -> str:
        """Where links to pull requests lead: as set, else the host that belongs to the API."""
        if self.github_web_url:
            return self.github_web_url
        api = urlsplit(self.github_api_url)
        host = api.netloc.lower()
        if host == "api.github.com" or (host.startswith("api.") and host.endswith(".ghe.com")):
            host = host.removeprefix("api.")
        return f"{api.scheme.lower()}://{host}"


def _missing(given: set[str]) -> tuple[BadSetting, ...]:
    """Settings that go together, of which only one was given."""
    return (*_missing_token(given), *_missing_half(given))


def _missing_half(given: set[str]) -> Iterator[BadSetting]:
    for pair in (
        ("mlflow_tracking_username", "mlflow_tracking_password"),
        ("github_app_id", "github_app_private_key"),
        ("slack_client_id", "slack_client_secret"),
    ):
        for name, other in (pair, pair[::-1]):
            if name in given and other not in given:
                yield BadSetting(other.upper(), f"is needed, because {name.upper()} is set")


def _missing_token(given: set[str]) -> tuple[BadSetting, ...]:
    """One workspace's bot token, or the client id that many install with, goes with one of the two
    ways in, and neither way goes without it.
    """
    ways = [name for name in ("slack_app_token", "slack_signing_secret") if name in given]
    if "slack_client_id" in given:
        return tuple(_missing_beside_client(given, ways))
    if "slack_bot_token" in given and not ways:
        return (BadSetting("SLACK_BOT_TOKEN", NO_WAY_IN),)
    if ways and "slack_bot_token" not in given:
        return (BadSetting("SLACK_BOT_TOKEN", f"is needed, because {ways[0].upper()} is set"),)
    return ()


def _missing_beside_client(given: set[str], ways: Sequence[str]) -> Iterator[BadSetting]:
    if "slack_bot_token" in given:
        yield BadSetting(
            "SLACK_BOT_TOKEN",
            "is of one workspace, and SLACK_CLIENT_ID lets many install Charter: unset one of them",
        )
    if not ways:
        yield BadSetting("SLACK_CLIENT_ID", NO_WAY_IN)
    if "charter_secret_keys" not in given:
        expected = "is needed, because SLACK_CLIENT_ID is set: run `app.py new-key` for one"
        yield BadSetting("CHARTER_SECRET_KEYS", expected)


def _wrong(error: ValidationError) -> tuple[BadSetting, ...]:
    return tuple(
        BadSetting(
            str(fault["loc"][0]).upper(),
            "expected " + str(fault["msg"]).removeprefix("Value error, "),
        )
        for fault in error.errors(include_input=False, include_url=False)
    )
