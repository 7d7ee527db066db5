"""Whoever asks more than fits into a minute is told so once, and is then not listened to."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from bot.errors import Refused, Why
from bot.pace import Excess
from handlers.identity import is_foreign
from handlers.views.acts import Act, Form

MENUS = ("shortcut", "message_action")
BUTTONS = frozenset(
    {
        Act.COMMAND_RUN,
        Act.QUESTION_ASK,
        Act.FORM_ASK,
        Act.ANSWER_SHARE,
        Act.FORM_SHARE,
        Act.EXPORT,
    }
)
"""Buttons that run a command, ask a question or make an export."""
FORMS = frozenset({Form.QUESTION, Form.SHARE})
"""Forms that ask a question when they are sent in."""


def register(bolt: App) -> None:
    bolt.use(Paced())


class Paced(Middleware):
    """Stands behind who identifies; counts commands, mentions, direct messages, shortcuts, and the
    buttons and forms that are as much.

    Other forms and buttons are not counted: they belong to what was asked, and a standup brings
    many at once. What is to be told goes with the request, to be said once Slack was answered. A
    form is told each time: without a word it would close, and lose what was typed.
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
        if not excess.is_first and req.body.get("type") != "view_submission":
            return BoltResponse(status=200)
        context["refused"] = _worded(excess)
        return next()


def asks(body: Mapping[str, Any]) -> bool:
    """Whether somebody asks something here: in words, from a menu, or by what stands for words."""
    match body:
        case {"command": str()}:
            return True
        case {"event": {"type": "app_mention"}}:
            return True
        case {"event": {"type": "message", "channel_type": "im"} as event}:
            return event.get("subtype") in (None, "file_share")
        case {"type": "block_actions", "actions": [{"action_id": str(action)}, *_]}:
            return action.partition("#")[0] in BUTTONS
        case {"type": "view_submission", "view": {"callback_id": str(form)}}:
            return form in FORMS
        case _:
            return body.get("type") in MENUS


def _worded(excess: Excess) -> Refused:
    why = Why.ASKED_TOO_MUCH_TOGETHER if excess.is_of_workspace else Why.ASKED_TOO_MUCH
    return Refused(why, {"limit": str(excess.limit)})
