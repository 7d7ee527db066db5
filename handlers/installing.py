"""How a team installs Charter by itself: by OAuth, in the browser of whoever does it.

GET /slack/install           to Slack, which asks whether to let Charter in
GET /slack/oauth_redirect    back from there, with a word that Charter gets tokens for
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

import structlog
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_flow import OAuthFlow
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import OAuthStateStore
from slack_sdk.oauth.installation_store import Installation, InstallationStore

from bot.errors import CharterError
from bot.settings import Settings
from handlers import observe
from handlers.manifest import REDIRECT_PATH, scopes
from handlers.service import Charter
from handlers.service.installations import Granted, Installations, Tokens
from handlers.slack import SlackClient
from handlers.slack.told import reaching
from handlers.tenants import Tenants
from handlers.views import installing as views
from handlers.views.errors.installing import AWAY, TEAM_NOT_NAMED, WHOLE_ORGANISATION
from handlers.web import Page

log = structlog.get_logger("charter.installing")

HTML: dict[str, str | Sequence[str]] = {"content-type": "text/html; charset=utf-8"}


class NotTaken(Exception):
    """Somebody let Charter in where it does not go."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class States(OAuthStateStore):
    """Who began to install Charter finishes it: once, within ten minutes."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    def issue(self, *args: Any, **kwargs: Any) -> str:
        return self._installations.begun()

    def consume(self, state: str) -> bool:
        return self._installations.finished(state)


class Store(InstallationStore):
    """Keeps what Slack granted. Whoever looks for it later asks `handlers.tenants`. Where `teams`
    are named, no others may install Charter.
    """

    def __init__(self, charter: Charter, tenants: Tenants, teams: Collection[str]) -> None:
        self._charter = charter
        self._tenants = tenants
        self._teams = teams

    def save(self, installation: Installation) -> int:
        """Keep it; gives the workspace's number. Raises `NotTaken`."""
        client = self._tenants.client.beside(installation.bot_token or "")
        if installation.is_enterprise_install or not installation.team_id:
            _give_back(client)
            raise NotTaken(WHOLE_ORGANISATION)
        if self._teams and installation.team_id not in self._teams:
            _give_back(client)
            log.warning("team_not_named", team=installation.team_id)
            raise NotTaken(TEAM_NOT_NAMED)
        with reaching():
            told = client.auth_test()
        ends = installation.bot_token_expires_at
        workspace = self._charter.installations.install(
            Granted(
                enterprise=installation.enterprise_id,
                team=installation.team_id,
                team_name=installation.team_name or str(told.get("team") or ""),
                bot_user=str(told["user_id"]),
                bot=told.get("bot_id"),
                url=str(told.get("url") or ""),
                scopes=",".join(installation.bot_scopes or ()),
                tokens=Tokens(
                    installation.bot_token or "",
                    installation.bot_refresh_token or "",
                    datetime.fromtimestamp(ends, UTC) if ends else None,
                ),
            )
        )
        self._charter.timers.stand(workspace)
        self._tenants.look()
        return workspace


class Flow(OAuthFlow):
    """Bolt's own, which tells the page that follows which workspace it is about."""

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        request.context["workspace"] = self.settings.installation_store.save(installation)


def pages(settings: Settings, charter: Charter, tenants: Tenants) -> dict[str, Page]:
    """The two pages, by their paths."""
    assert settings.slack_client_id is not None
    assert settings.slack_client_secret is not None

    def success(args: SuccessArgs) -> BoltResponse:
        one = args.installation
        held_since = charter.settings.held_since(args.request.context["workspace"])
        html = views.installed(
            one.team_name or "",
            one.app_id or "",
            one.team_id or "",
            is_held=held_since is not None,
        )
        return BoltResponse(status=200, headers=HTML, body=html)

    flow = Flow(
        client=tenants.client,
        logger=observe.bolt_logger(),
        settings=OAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=settings.slack_client_secret.get_secret_value(),
            scopes=scopes(),
            user_scopes=[],
            install_page_rendering_enabled=False,
            install_path=views.BEGIN,
            redirect_uri_path=REDIRECT_PATH,
            authorization_url=urljoin(settings.slack_api_url, "../oauth/v2/authorize"),
            callback_options=CallbackOptions(success, _failure),
            installation_store=Store(charter, tenants, settings.teams()),
            state_store=States(charter.installations),
        ),
    )
    return {views.BEGIN: flow.handle_installation, REDIRECT_PATH: _finishing(flow)}


def _finishing(flow: Flow) -> Page:
    def finish(request: BoltRequest) -> BoltResponse:
        try:
            with reaching():
                return flow.handle_callback(request)
        except NotTaken as error:
            return _failed(error.why, HTTPStatus.OK)
        except CharterError as error:
            log.warning("not_installed_now", **observe.refusal(error))
            return _failed(AWAY, HTTPStatus.SERVICE_UNAVAILABLE)
        except SlackApiError as error:
            log.error("not_installed", why=str(error.response["error"]))
            return _failed("refused", HTTPStatus.BAD_GATEWAY)

    return finish


def _failure(args: FailureArgs) -> BoltResponse:
    return _failed(args.reason, HTTPStatus(args.suggested_status_code))


def _failed(why: str, status: HTTPStatus) -> BoltResponse:
    return BoltResponse(status=status, headers=HTML, body=views.failed(why))


def _give_back(client: SlackClient) -> None:
    """Let a token end that nobody will use."""
    try:
        client.auth_revoke()
    except Exception as error:
        log.warning("token_not_given_back", error=type(error).__name__)
