"""Who Charter is in a Slack team."""

from dataclasses import dataclass
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize


@dataclass(frozen=True, slots=True)
class Installation:
    """Who Charter is in Slack: its team, and its own bot user there."""

    team: str
    enterprise: str | None
    team_name: str
    bot_user: str
    bot: str | None
    url: str

    def permalink(self, channel: str, ts: str, thread: str) -> str:
        """The address of a message; one in a thread opens there."""
        inside = f"?thread_ts={thread}&cid={channel}" if thread != ts else ""
        return f"{self.url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}{inside}"


class Installed(Authorize):
    """Who Charter is, known since the start: Slack is not asked again for every request."""

    def __init__(self, installation: Installation, token: str) -> None:
        self._result = authorized(installation, token)

    def __call__(self, **request: Any) -> AuthorizeResult:
        return self._result


def authorized(installation: Installation, token: str) -> AuthorizeResult:
    """Who Charter is in a team, in Bolt's words."""
    return AuthorizeResult(
        enterprise_id=installation.enterprise,
        team_id=installation.team,
        team=installation.team_name,
        bot_user_id=installation.bot_user,
        bot_id=installation.bot,
        bot_token=token,
    )
