"""While more is asked than Charter gets to, it says so, instead of answering later and later.

What is acknowledged waits for a thread; where too much waits already, nothing is begun of what
comes on top. It costs no look into the database, so that acknowledgements stay quick.
"""

from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from bot.errors import Refused, Why
from handlers import meters, observe
from handlers.pace import asks
from handlers.pools import Listeners
from handlers.reply import Reply
from handlers.views import errors, modals
from handlers.views.kit import Message

log = structlog.get_logger("charter.busy")


class Busy(Middleware):
    """Stands behind who identifies, before anything is counted or looked up.

    A command and a form are told in the acknowledgement itself, the form without losing what was
    typed. Whoever asks in another way is told by one of the tellers; where these have too much to
    tell as well, and of an event that nobody waits for, Slack hears that it was not taken: it
    brings events again a minute later, and tells by itself who pressed a button.
    """

    def __init__(self, listeners: Listeners) -> None:
        self._listeners = listeners

    def process(
        self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]
    ) -> BoltResponse | None:
        kind = req.body.get("type")
        if not self._listeners.is_full or kind == "view_closed":  # which asks for nothing
            return next()
        log.warning("busy", **observe.described(req.body))
        meters.count(meters.Counted.BUSY, observe.kind(req.body))
        if "command" in req.body:
            said: dict[str, Any] = {"response_type": "ephemeral", "text": _words().text}
            return BoltResponse(status=200, body=said)
        if kind == "view_submission":
            said = {"response_action": "push", "view": modals.notice(_words())}
            return BoltResponse(status=200, body=said)
        tellers, reply = self._listeners.tellers, req.context["reply"]
        is_told = asks(req.body) or kind == "block_actions"
        if reply is None or not is_told or tellers.is_full:
            return BoltResponse(status=503)
        tellers.submit(_tell, reply)
        return BoltResponse(status=200)


def _words() -> Message:
    return errors.worded(Refused(Why.BUSY))


def _tell(reply: Reply) -> None:
    try:
        reply.privately(_words())
    except Exception as silence:
        log.error("not_told", **observe.fault(silence))
