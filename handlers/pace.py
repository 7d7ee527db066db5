"""Whoever asks more than fits into a minute is told so once, and is then not listened to."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from bot.errors import Refused, Why
from bot.pace import Excess
from handlers.identity import is_foreign

MENUS = ("shortcut", "message_action")


def register(bolt: App) -> None:
    bolt.use(Paced())


class Paced(Middleware):
    """Stands behind who identifies; counts commands, mentions, direct messages and shortcuts.

    Forms and buttons are not counted: they belong to what was asked, and a standup brings many at
    once. What is to be told goes with the request, to be said once Slack was answered.
    """

    def process(
        self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]
    ) -> BoltResponse | None:
        context = req.context
        if not asks(req.body):
            return next()
        team = context.team_id or context.enterprise_id or ""
        if is_foreign(context["installation"], req.body):
            team = f"{team}/outside"  # who is told nothing uses up nothing that the others may ask
        excess = context["charter"].pace.asked(team, context.user_id or "", context["now"])
        if excess is None:
            return next()
        if not excess.is_first:
            return BoltResponse(status=200)
        context["refused"] = _worded(excess)
        return next()


def asks(body: Mapping[str, Any]) -> bool:
    """Whether somebody asks something here, in words or from a menu."""
    match body:
        case {"command": str()}:
            return True
        case {"event": {"type": "app_mention"}}:
            return True
        case {"event": {"type": "message", "channel_type": "im"} as event}:
            return event.get("subtype") in (None, "file_share")
        case _:
            return body.get("type") in MENUS


def _worded(excess: Excess) -> Refused:
    why = Why.ASKED_TOO_MUCH_TOGETHER if excess.is_of_workspace else Why.ASKED_TOO_MUCH
    return Refused(why, {"limit": str(excess.limit)})
