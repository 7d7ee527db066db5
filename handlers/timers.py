"""The heartbeat of a workspace: whatever is due there is seen to and sent, a little at each beat.

What is due, and who sees to it, stands in the database, so that any number of replicas may beat
beside one another. `handlers.pulse` lets all workspaces beat once a second.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

import structlog

from bot.errors import CharterError
from handlers import observe
from handlers.circles import Lookout
from handlers.delivery import Delivery
from handlers.home import Redrawing
from handlers.preparing import Interrupted
from handlers.service import Charter
from handlers.shares import Share
from handlers.slack import Slack

log = structlog.get_logger("charter.timers")

BEAT_SECONDS = 1
SHARE_SECONDS = 0.5
"""How much of a beat goes by before no more is begun of what is due."""
CLAIMS = 25
"""How often at most something is claimed in a beat: errands would pile up."""
ERRANDS = 2
"""Errands (asking other servers) under way at once: they hold up neither one another nor a beat."""
SWEPT_EVERY = timedelta(hours=6)


class Hands:
    """The threads that errands are done in, and that what is ready is sent in. One workspace has
    a pair of its own; many share them.
    """

    def __init__(self, errands: int = ERRANDS, couriers: int = 1) -> None:
        self.errands = ThreadPoolExecutor(errands, thread_name_prefix="errand")
        self.couriers = ThreadPoolExecutor(couriers, thread_name_prefix="courier")

    def close(self) -> None:
        """Let what is under way finish; what waits is for the next process."""
        self.errands.shutdown(wait=True, cancel_futures=True)
        self.couriers.shutdown(wait=True, cancel_futures=True)


class Heartbeat:
    """Lets one workspace's schedules and outbox run. Made once a process.

    `hands` are those of all workspaces; without them it has its own.
    """

    def __init__(
        self,
        charter: Charter,
        slack: Slack,
        workspace: int,
        clock: Callable[[], datetime],
        hands: Hands | None = None,
    ) -> None:
        self._timers = charter.timers
        self._outbox = charter.outbox
        self._homes = charter.homes
        self._workspace = workspace
        self._clock = clock
        self._delivery = Delivery(charter.outbox, slack, workspace)
        self._redrawing = Redrawing(charter, slack, workspace, clock)
        self._interrupted = Interrupted(charter, slack, workspace)
        self._lookout = Lookout(charter, slack, workspace, clock)
        self._own_hands = Hands() if hands is None else None
        hands = hands or self._own_hands
        assert hands is not None
        self._errands = Share(hands.errands, ERRANDS)
        self._courier = Share(hands.couriers, 1)
        self._swept: datetime | None = None

    def leave(self) -> None:
        """Begin nothing more; what waits is for the next process, or for nobody."""
        self._delivery.leave()
        self._errands.leave()
        self._courier.leave()

    def close(self) -> None:
        """Leave, and let what is under way finish."""
        self.leave()
        self._errands.wait()
        self._courier.wait()
        if self._own_hands:
            self._own_hands.close()

    def beat(self) -> None:
        """See to what is due; errands and sending go on beside it. Raises nothing."""
        try:
            self._see_to_what_is_due()
            if self._lookout.is_due():
                self._errands.submit(self._lookout.look)
            if self._courier.is_idle:
                self._courier.submit(self._send)
        except CharterError as error:
            log.warning("beat_skipped", **observe.refusal(error))
        except Exception as error:
            log.error("beat_failed", **observe.fault(error))

    def _see_to_what_is_due(self) -> None:
        """A share of the second; what is left has its turn at the next beat. Where a thousand
        things are due at once, people are answered meanwhile, and what is ready goes out.
        """
        began = monotonic()
        for _ in range(CLAIMS):
            claimed = self._timers.claim(self._workspace)
            for occurrence in claimed:
                if self._timers.is_errand(occurrence):
                    self._errands.submit(partial(self._timers.see_to, occurrence))
                else:
                    self._timers.see_to(occurrence)
            if not claimed or monotonic() - began > SHARE_SECONDS:
                return

    def _send(self) -> None:
        try:
            self._delivery.run_due()
            self._redrawing.run_due()
            self._interrupted.run_due()
            now = self._clock()
            if self._swept is None or now - self._swept > SWEPT_EVERY:
                self._swept = now
                self._outbox.sweep(self._workspace)
                self._homes.sweep(self._workspace)
                self._timers.sweep(self._workspace)
        except CharterError as error:
            log.warning("sending_skipped", **observe.refusal(error))
        except Exception as error:
            log.error("sending_failed", **observe.fault(error))

    def settle(self, *, errands: bool = True) -> None:
        """See to everything that is due at this moment, and send it, before it returns: for a
        clock that is moved by hand. Without `errands` nobody is asked for what they know.
        """
        if errands and self._lookout.is_due():
            self._lookout.look()
        while self._timers.run_due(self._workspace, errands=errands) + self._delivery.run_due():
            pass
        while self._redrawing.run_due():
            pass
        self._interrupted.run_due()

    def pass_over(self) -> None:
        """A clock that is moved by hand has come to this moment: nobody was down before it."""
        self._timers.pass_over(self._workspace)

    def next_due(self) -> datetime | None:
        """When something is due or to be sent next; in the past where it is already.

        Errands do not count: they come so often that a clock moved by hand would never arrive, and
        what they find is of no use before something else is due.
        """
        moments = (
            self._timers.next_due(self._workspace, errands=False),
            self._outbox.next_due(self._workspace),
            self._homes.next_due(self._workspace),
        )
        return min((moment for moment in moments if moment), default=None)
