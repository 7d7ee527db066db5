"""The one door that errors leave by: a sentence for the person, a line for the log."""

from typing import Any

import structlog
from slack_bolt import App, BoltContext, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from bot.errors import CharterError, Stale, Unavailable
from bot.outcome import ScopeClash
from bot.rounds import AnswerClash
from handlers import observe
from handlers.reply import Reply, addressed, origin_of
from handlers.runner import FormAck
from handlers.service import Charter
from handlers.slack import OpenView, Slack
from handlers.slack.progress import Progress
from handlers.views import errors as views
from handlers.views import modals
from handlers.views.acts import Form
from handlers.views.kit import Message

log = structlog.get_logger("charter.errors")


_CLASHES = {Form.MOVE.value: modals.conflicting, Form.RAID.value: modals.raid_clash}
"""Forms that come back with what others did meanwhile, and ask."""


def register(bolt: App) -> None:
    bolt.error(on_error)


def on_error(error: Exception, body: dict[str, Any], context: BoltContext) -> BoltResponse:
    """Tell what went wrong where the person is: under the field, in the form, or to them alone.

    Always answers 200: Slack would repeat what failed, and it would fail again.
    """
    done = BoltResponse(status=200)
    if isinstance(error, BoltUnhandledRequestError):
        log.debug("unhandled", **observe.described(body))
        return done
    message = _worded(error, context)
    _settle(error, body, context)
    if isinstance(context.ack, FormAck) and context.ack.settle(_in_form(error, message, body)):
        return done
    try:
        _tell(error, message, body, context)
    except Exception as silence:
        log.error("not_told", **observe.fault(silence))
    return done


def _settle(error: Exception, body: dict[str, Any], context: BoltContext) -> None:
    """An event that ended in a told error has had its effect, unless something was only away."""
    charter: Charter | None = context.get("charter")
    event_id = body.get("event_id")
    if charter and event_id and not isinstance(error, Unavailable):
        charter.questions.finished(event_id)


def _worded(error: Exception, context: BoltContext) -> Message:
    if isinstance(error, CharterError):
        log.info("refused", **observe.refusal(error))
        return views.worded(error, context.get("order"))
    reference = str(context.get("request_id") or observe.new_id())
    log.error("unexpected", reference=reference, **observe.fault(error))
    return views.unexpected(reference)


def _in_form(error: Exception, message: Message, body: dict[str, Any]) -> BoltResponse:
    """Under the field it belongs to, or in the form itself; else on top of the form, which keeps
    what was typed.
    """
    again = _again(error, body)
    if again is not None:
        return BoltResponse(status=200, body={"response_action": "update", "view": again})
    fields = views.field_errors(error, body["view"]) if isinstance(error, CharterError) else None
    answer: dict[str, Any] = {"response_action": "errors", "errors": fields}
    if not fields:
        answer = {"response_action": "push", "view": modals.notice(message)}
    return BoltResponse(status=200, body=answer)


def _again(error: Exception, body: dict[str, Any]) -> dict[str, Any] | None:
    """The form with what others wrote meanwhile, told where it was opened as before; None where
    that is not what is wrong.
    """
    if isinstance(error, Stale) and (ask := _CLASHES.get(body["view"]["callback_id"])):
        return ask(body["view"], error)
    match error:
        case ScopeClash():
            view = modals.scope_clash(error)
        case AnswerClash():
            view = modals.answers_clash(error, body["view"])
        case _:
            return None
    origin = origin_of(body)
    return addressed(view, origin) if origin else view


def _tell(error: Exception, message: Message, body: dict[str, Any], context: BoltContext) -> None:
    slack: Slack | None = context.get("slack")
    reply: Reply | None = context.get("reply")
    opened: OpenView | None = context.get("opened")
    progress: Progress | None = context.get("progress")
    if slack is None or reply is None:
        return  # nobody said anything, so there is nobody to tell
    kind = (body.get("event") or {}).get("type")
    if kind in ("link_shared", "app_context_changed"):
        return  # whoever pastes an address, or looks at something, asks for nothing
    if kind == "app_home_opened":
        slack.publish(reply.origin.user, {"type": "home", "blocks": message.blocks})
        context["charter"].homes.spoiled(context["workspace"], reply.origin.user)
    elif progress is not None and progress.tell(message):
        return
    elif isinstance(context.ack, FormAck) and context.ack.was_late():
        # On top of the form: closed, it leaves what was typed.
        view = _again(error, body) or modals.notice(message)
        if not slack.settle(context.ack.waits, view):
            reply.privately(message)
    elif opened is None or not slack.update(opened, modals.notice(message)):
        reply.privately(message)
