"""The settings: what is taken, what is refused, and that the documentation says the same."""

import re

import pytest
from pydantic import SecretStr

from bot.settings import BadSettings, RunMode, Settings
from tests.support import settings_table
from tests.support.tree import ROOT

DOCUMENT = settings_table.PAGE
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\n"
KEY = "YSBrZXkgb2Ygbm9ib2R5LCBtYWRlIGZvciBhIHRlc3Q="
BOT, APP, SECRET = "xoxb-1-bot", "xapp-1-app", "8f742231b10e8888abcd99yyyzzz85a5"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


def wrong(values: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as refused:
        Settings.read()
    return {setting.name: setting.expected for setting in refused.value.wrong}


def test_without_any_the_playground_starts_beside_a_file() -> None:
    settings = Settings.read()
    assert settings.mode() is RunMode.PLAYGROUND
    assert settings.database_url == "sqlite:///var/charter.db"
    assert (settings.host, settings.port, settings.log_level) == ("127.0.0.1", 3000, "info")
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.admins() == frozenset()


@pytest.mark.parametrize(
    ("values", "mode"),
    [
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}, RunMode.SOCKET),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": SECRET}, RunMode.HTTP),
        (
            {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "SLACK_SIGNING_SECRET": SECRET},
            RunMode.SOCKET,
        ),
        ({"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""}, RunMode.PLAYGROUND),
    ],
)
def test_the_tokens_tell_the_mode(
    values: dict[str, str], mode: RunMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert Settings.read().mode() is mode


def test_every_setting_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "DATABASE_URL": "postgresql://ana:pw@127.0.0.1:5433/charter",
        "CHARTER_DATABASE_CONNECTIONS": "12",
        "HOST": "0.0.0.0",
        "PORT": "8080",
        "CHARTER_DRAIN_SECONDS": "5",
        "SLACK_BOT_TOKEN": BOT,
        "SLACK_APP_TOKEN": APP,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": "http://127.0.0.1:9/api",
        "CHARTER_ADMINS": " U024BE7LH, W0G9QF9C6,U024BE7LH ,",
        "CHARTER_ASKS_PER_PERSON": "30",
        "CHARTER_ASKS_PER_WORKSPACE": "0",
        "CHARTER_METRICS_TOKEN": "c0unting",
        "GITHUB_TOKEN": "github_pat_1",
        "GITHUB_APP_ID": "Iv1.0a",
        "GITHUB_APP_PRIVATE_KEY": PEM.replace("\n", "\\n"),
        "GITHUB_WEBHOOK_SECRET": "hush",
        "GITHUB_REPOSITORIES": " Other/Churn, acme,acme ,",
        "GITHUB_API_URL": "https://git.example.org/api/v3/",
        "GITHUB_WEB_URL": "https://git.example.org",
        "WANDB_BASE_URL": "https://wandb.example.org/",
        "WANDB_API_KEY": "key",
        "NOTION_API_URL": "https://notion.example.org",
        "NOTION_TOKEN": "ntn_1",
        "MLFLOW_WEBHOOK_SECRET": "hush-too",
        "MLFLOW_TRACKING_URI": "https://example.org:8443/mlflow/",
        "MLFLOW_TRACKING_USERNAME": "charter",
        "MLFLOW_TRACKING_PASSWORD": "two wörds",
        "MLFLOW_TRACKING_TOKEN": "eyJh",
        "CHARTER_SECRET_KEYS": f"{KEY},{KEY}",
        "CHARTER_TEAMS": " T024BE7LD, T0G9PQBBK,T024BE7LD ,",
        "CHARTER_KEEP_UNINSTALLED_DAYS": "7",
        "LOG_LEVEL": "DEBUG",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings = Settings.read()
    assert settings.model_dump() == {
        "database_url": "postgresql://ana:pw@127.0.0.1:5433/charter",
        "charter_database_connections": 12,
        "host": "0.0.0.0",
        "port": 8080,
        "charter_drain_seconds": 5,
        "slack_bot_token": SecretStr(BOT),
        "slack_app_token": SecretStr(APP),
        "slack_signing_secret": SecretStr(SECRET),
        "slack_client_id": None,
        "slack_client_secret": None,
        "charter_secret_keys": SecretStr(f"{KEY},{KEY}"),
        "charter_teams": "T024BE7LD,T0G9PQBBK",
        "charter_keep_uninstalled_days": 7,
        "slack_api_url": "http://127.0.0.1:9/api/",
        "charter_admins": "U024BE7LH,W0G9QF9C6",
        "charter_asks_per_person": 30,
        "charter_asks_per_workspace": 0,
        "charter_metrics_token": SecretStr("c0unting"),
        "github_token": SecretStr("github_pat_1"),
        "github_app_id": "Iv1.0a",
        "github_app_private_key": SecretStr(PEM),
        "github_webhook_secret": SecretStr("hush"),
        "github_repositories": "acme,other/churn",
        "wandb_base_url": "https://wandb.example.org",
        "wandb_api_key": SecretStr("key"),
        "notion_api_url": "https://notion.example.org",
        "notion_token": SecretStr("ntn_1"),
        "github_api_url": "https://git.example.org/api/v3",
        "github_web_url": "https://git.example.org",
        "mlflow_tracking_uri": "https://example.org:8443/mlflow",
        "mlflow_tracking_username": "charter",
        "mlflow_tracking_password": SecretStr("two wörds"),
        "mlflow_tracking_token": SecretStr("eyJh"),
        "mlflow_webhook_secret": SecretStr("hush-too"),
        "log_level": "debug",
    }
    assert settings.admins() == {"U024BE7LH", "W0G9QF9C6"}
    assert settings.secret_keys() == (KEY, KEY)
    assert settings.teams() == {"T024BE7LD", "T0G9PQBBK"}


MANY = {
    "SLACK_CLIENT_ID": "1111.2222",
    "SLACK_CLIENT_SECRET": "hush",
    "CHARTER_SECRET_KEYS": KEY,
}


@pytest.mark.parametrize(
    ("way", "mode"),
    [
        ({"SLACK_APP_TOKEN": APP}, RunMode.SOCKET),
        ({"SLACK_SIGNING_SECRET": SECRET}, RunMode.HTTP),
    ],
)
def test_a_client_id_lets_many_install_charter(
    way: dict[str, str], mode: RunMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (MANY | way).items():
        monkeypatch.setenv(name, value)
    assert Settings.read().mode() is mode


@pytest.mark.parametrize(
    ("changed", "name", "expected"),
    [
        ({"CHARTER_SECRET_KEYS": ""}, "CHARTER_SECRET_KEYS", "app.py new-key"),
        ({"SLACK_CLIENT_SECRET": ""}, "SLACK_CLIENT_SECRET", "because SLACK_CLIENT_ID is set"),
        ({"SLACK_SIGNING_SECRET": ""}, "SLACK_CLIENT_ID", "SLACK_APP_TOKEN (Socket Mode) or"),
        ({"SLACK_BOT_TOKEN": BOT}, "SLACK_BOT_TOKEN", "unset one of them"),
    ],
)
def test_what_goes_with_a_client_id_is_asked_for(
    changed: dict[str, str], name: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = wrong(MANY | {"SLACK_SIGNING_SECRET": SECRET} | changed, monkeypatch)
    assert list(told) == [name]
    assert expected in told[name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://ana:hunter2@db/charter"),
        ("DATABASE_URL", "charter.db"),
        ("DATABASE_URL", "sqlite://"),
        ("CHARTER_DATABASE_CONNECTIONS", "1"),
        ("CHARTER_DATABASE_CONNECTIONS", "201"),
        ("CHARTER_DATABASE_CONNECTIONS", "many"),
        ("HOST", "127.0.0.1:3000"),
        ("HOST", "two words"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "http"),
        ("PORT", "3000.0"),
        ("SLACK_API_URL", "slack.com/api"),
        ("SLACK_API_URL", "ftp://slack.com/api"),
        ("SLACK_API_URL", "https://slack.com:port/"),
        ("SLACK_API_URL", "https://user:pass@slack.example.org/api/"),
        ("CHARTER_ADMINS", "ana"),
        ("CHARTER_TEAMS", "acme"),
        ("CHARTER_KEEP_UNINSTALLED_DAYS", "a week"),
        ("CHARTER_KEEP_UNINSTALLED_DAYS", "-1"),
        ("CHARTER_DRAIN_SECONDS", "100"),
        ("CHARTER_DRAIN_SECONDS", "0.5"),
        ("CHARTER_SECRET_KEYS", "hunter2"),
        ("CHARTER_SECRET_KEYS", f"{KEY},{KEY[:-4]}"),
        ("CHARTER_ADMINS", "U024BE7LH;U0G9QF9C6"),
        ("CHARTER_ASKS_PER_PERSON", "-1"),
        ("CHARTER_ASKS_PER_WORKSPACE", "many"),
        ("GITHUB_API_URL", "api.github.com"),
        ("GITHUB_API_URL", "https://ana:hunter2@api.github.com"),
        ("GITHUB_API_URL", "https://github.com:0/"),
        ("GITHUB_API_URL", "https://github.com:65536/"),
        ("GITHUB_WEB_URL", "https://gıthub.com"),
        ("GITHUB_WEB_URL", "https://github.com?x"),
        ("MLFLOW_TRACKING_URI", "sqlite:///mlflow.db"),
        ("MLFLOW_TRACKING_URI", "databricks"),
        ("MLFLOW_TRACKING_URI", "http://mlflow#/experiments/1"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_expected(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = wrong({name: value}, monkeypatch)
    assert list(found) == [name]
    assert found[name].startswith("expected ")


def test_all_wrong_ones_are_reported_together_and_no_value_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = {
        "DATABASE_URL": "mysql://ana:hunter2@db/charter",
        "PORT": "99999",
        "SLACK_BOT_TOKEN": "xoxp-a-user-token",
        "CHARTER_ADMINS": "ana",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as refused:
        Settings.read()
    lines = str(refused.value).splitlines()
    named = [line.split(":")[0].strip() for line in lines[1:]]
    assert named == ["DATABASE_URL", "PORT", "SLACK_BOT_TOKEN", "CHARTER_ADMINS", "SLACK_BOT_TOKEN"]
    assert "SLACK_SIGNING_SECRET" in lines[-1]
    assert not any(value in str(refused.value) for value in values.values())


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"SLACK_BOT_TOKEN": BOT}, "SLACK_APP_TOKEN"),
        ({"SLACK_APP_TOKEN": APP}, "SLACK_APP_TOKEN"),
        ({"SLACK_SIGNING_SECRET": SECRET}, "SLACK_SIGNING_SECRET"),
    ],
)
def test_half_of_a_pair_is_refused(
    values: dict[str, str], missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert missing in wrong(values, monkeypatch)["SLACK_BOT_TOKEN"]


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ("MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD"),
        ("MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_USERNAME"),
    ],
)
def test_a_user_goes_with_a_password(
    given: str, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(wrong({given: "charter"}, monkeypatch)) == [missing]


@pytest.mark.parametrize(
    ("values", "web"),
    [
        ({}, "https://github.com"),
        ({"GITHUB_API_URL": "https://api.github.com/"}, "https://github.com"),
        ({"GITHUB_API_URL": "https://git.example.org/api/v3"}, "https://git.example.org"),
        ({"GITHUB_API_URL": "https://api.acme.ghe.com"}, "https://acme.ghe.com"),
        ({"GITHUB_API_URL": "http://127.0.0.1:5500"}, "http://127.0.0.1:5500"),
        ({"GITHUB_WEB_URL": "https://code.example.org/git/"}, "https://code.example.org/git"),
    ],
)
def test_links_lead_to_the_host_of_the_api(
    values: dict[str, str], web: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert Settings.read().github_web() == web


@pytest.mark.parametrize(
    ("values", "reads"),
    [
        ({}, False),
        ({"GITHUB_WEB_URL": "https://github.com"}, False),
        ({"GITHUB_TOKEN": "ghp_1"}, True),
        ({"GITHUB_API_URL": "https://api.github.com"}, True),
        ({"GITHUB_API_URL": ""}, False),
    ],
)
def test_github_is_called_only_where_somebody_set_it_up(
    values: dict[str, str], reads: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert Settings.read().reads_github() is reads


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", APP),
        ("SLACK_BOT_TOKEN", "xoxb-1 2"),
        ("SLACK_APP_TOKEN", BOT),
        ("SLACK_APP_TOKEN", "xapp-1\n"),
        ("SLACK_SIGNING_SECRET", "gehëim"),
        ("GITHUB_TOKEN", "ghp_1\tx"),
        ("MLFLOW_TRACKING_TOKEN", "two words"),
    ],
)
def test_a_token_of_another_kind_is_refused_unseen(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "SLACK_SIGNING_SECRET": SECRET}
    found = wrong({**whole, name: value}, monkeypatch)
    assert list(found) == [name]
    assert value not in found[name]


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://ana:hunter2@db/charter"
    for name, value in {
        "SLACK_BOT_TOKEN": BOT,
        "SLACK_APP_TOKEN": APP,
        "DATABASE_URL": url,
    }.items():
        monkeypatch.setenv(name, value)
    shown = repr(Settings.read()) + str(Settings.read())
    assert not any(secret in shown for secret in (BOT, APP, "hunter2"))


def test_the_documentation_is_printed_from_the_code() -> None:
    wanted = "write the table anew: .venv/bin/python -m tests.support.settings_table"
    table = settings_table.table() + settings_table.AFTER
    assert table in DOCUMENT.read_text(), wanted
    assert all(str(field.description).endswith(".") for field in Settings.model_fields.values())


def test_the_readme_shows_some_of_them_and_leads_to_all() -> None:
    page = (ROOT / "README.md").read_text()
    section = page.partition("\n## Settings\n")[2].partition("\n## ")[0]
    shown = re.findall(r"`([A-Z][A-Z_]+)`", section)
    assert "DATABASE_URL" in shown
    assert set(shown) <= {name.upper() for name in Settings.model_fields}
    assert "(docs/settings.md)" in section
