"""Runs a listener after Slack was answered.

Bolt's own runner waits for a free thread before it acknowledges, then looks every 10 ms whether
`ack()` was called, and forgets an acknowledgement that an error follows at once. Here everything is
acknowledged before it waits for anything; except a submitted form, whose answer is the
acknowledgement.
"""

import secrets
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from slack_bolt import Ack, BoltRequest, BoltResponse
from slack_bolt.listener import Listener
from slack_bolt.listener.custom_listener import CustomListener
from slack_bolt.listener.thread_runner import ThreadListenerRunner

from bot.errors import CharterError, Unavailable
from handlers import meters, observe

log = structlog.get_logger("charter.runner")

FORM_WAIT = 2.5
"""Seconds that a form waits for its answer: Slack waits three."""

MOST_FORMS = 20
"""Forms that wait so at once. Each holds a thread of those who talk with Slack, of which half stay
free for all else; the next one is told to wait at once, and answered once that is known.
"""

SHOWN = 0.5
"""Seconds after its answer by which Slack shows a form that was told to wait."""

Step = Callable[[BoltRequest, Sequence[str]], None]
"""Looks up, for a request, what a listener asks for by these names."""


Waiting = Callable[[str], dict[str, Any]]
"""What a form is answered that cannot be answered in time: a view of this name on top of it."""


class FormAck(Ack):
    """The answer to a submitted form: the first one counts.

    Where there was none in time, the view called `waits` stands on top of the form.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # slack_bolt gives it no types
        self._waits_since: float | None = None
        self.waits = f"waits-{secrets.token_hex(16)}"
        self._lock = threading.Lock()
        self._given = threading.Event()

    def __call__(self, *args: Any, **kwargs: Any) -> BoltResponse:
        answer = Ack()(*args, **kwargs)
        self.settle(answer)
        return answer

    def settle(self, answer: BoltResponse) -> bool:
        """Give this answer; False where another one was given before."""
        return self._give(answer)

    def _give(self, answer: BoltResponse, waits_since: float | None = None) -> bool:
        with self._lock:
            if self._given.is_set():
                return False
            self.response = answer
            self._waits_since = waits_since
            self._given.set()
            return True

    def was_late(self) -> bool:
        """Whether the form was told to wait. By then Slack shows that: what was put into the form's
        place earlier would be covered by it, for good.
        """
        with self._lock:
            since = self._waits_since
        if since is None:
            return False
        time.sleep(max(since + SHOWN - time.monotonic(), 0.0))
        return True

    def wait(self, seconds: float, otherwise: dict[str, Any]) -> BoltResponse:
        """The answer; `otherwise` where none was given within these seconds."""
        if not self._given.wait(seconds):
            self._give(BoltResponse(status=200, body=otherwise), time.monotonic())
        assert self.response is not None
        return self.response


class Runner(ThreadListenerRunner):
    """Acknowledges; then, in a pool of threads, looks up who acts (`before`) and listens.

    What a middleware refused (`refused` in the context) is told then, and not listened to.
    `in_hand`: the ids of requests that are acknowledged and not done with.
    """

    def __init__(
        self,
        bolt_runner: ThreadListenerRunner,
        before: Step,
        waiting: Waiting,
        form_wait: float = FORM_WAIT,
    ) -> None:
        super().__init__(
            logger=bolt_runner.logger,
            process_before_response=False,
            listener_error_handler=bolt_runner.listener_error_handler,
            listener_start_handler=bolt_runner.listener_start_handler,
            listener_completion_handler=bolt_runner.listener_completion_handler,
            listener_executor=bolt_runner.listener_executor,
            lazy_listener_runner=bolt_runner.lazy_listener_runner,
        )
        self._before = before
        self._waiting = waiting
        self.form_wait = form_wait
        self._forms = threading.BoundedSemaphore(MOST_FORMS)
        self.in_hand: set[str] = set()

    def run(
        self,
        request: BoltRequest,
        response: BoltResponse,
        listener_name: str,
        listener: Listener,
        starting_time: float | None = None,
    ) -> BoltResponse | None:
        self.in_hand.add(request.context["request_id"])
        if request.body.get("type") == "view_submission":
            form = FormAck()
            request.context["ack"] = form
            self.listener_executor.submit(self._work, request, listener)
            is_free = self._forms.acquire(blocking=False)
            try:
                patience = self.form_wait if is_free else 0.0
                return form.wait(patience, self._waiting(form.waits))
            finally:
                if is_free:
                    self._forms.release()
        acknowledged = request.context.ack()
        self.listener_executor.submit(self._work, request, listener)
        return acknowledged

    def _work(self, request: BoltRequest, listener: Listener) -> None:
        kind, began = observe.kind(request.body), time.perf_counter()
        outcome = "failed"
        with observe.request(request.context["request_id"], request.body):
            try:
                if refused := request.context.get("refused"):
                    raise refused
                names = listener.arg_names if isinstance(listener, CustomListener) else ()
                self._before(request, names)
                listener.run_ack_function(request=request, response=BoltResponse(status=200))
                outcome = "done"
            except Exception as error:
                if isinstance(error, CharterError):
                    outcome = "away" if isinstance(error, Unavailable) else "refused"
                self._at_the_door(error, request)
            finally:
                request.context.ack()  # a form that nobody answered closes
                self.in_hand.discard(request.context["request_id"])
                meters.took(meters.Timed.HANDLED, time.perf_counter() - began, kind, outcome)

    def _at_the_door(self, error: Exception, request: BoltRequest) -> None:
        try:
            self.listener_error_handler.handle(error, request, BoltResponse(status=200))
        except Exception as stuck:
            log.error("door_stuck", **observe.fault(stuck))
