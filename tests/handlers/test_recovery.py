"""Killed at any point between due, claimed, posted and recorded: posted neither twice nor never."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest

from handlers.delivery import Delivery
from handlers.playground.double import Double
from handlers.service.facts import FactsCache
from handlers.service.outbox import LEASE as IN_HAND
from handlers.service.outbox import Outbox, Parcel
from handlers.service.timers import LEASE
from tests.handlers.lossy import replies_lost
from tests.handlers.rota import DUE, Rota, heard


class KilledError(Exception):
    """The process ends here; what it had not committed or sent is gone with it."""


class KilledDelivery(Outbox):
    """The outbox of a process that is killed while it delivers."""

    at = ""

    def claim(self, workspace: int, most: int) -> list[Parcel]:
        taken = super().claim(workspace, most)
        self._dies("claimed")
        return taken

    def is_in_hand(self, parcel: Parcel) -> bool:
        self._dies("before the call")
        return super().is_in_hand(parcel)

    def sent(self, parcel: Parcel, ts: str, place: str) -> None:
        self._dies("posted")
        super().sent(parcel, ts, place)
        self._dies("recorded")

    def _dies(self, at: str) -> None:
        if at == self.at:
            raise KilledError


def until_claimed(rota: Rota) -> None:
    """The slot is taken, and nothing more."""
    assert len(rota.timers().claim(rota.workspace)) == 1


def until_said(rota: Rota) -> None:
    """The message is written, and nothing of it committed."""
    rota.faults = 1
    timers = rota.timers()
    for occurrence in timers.claim(rota.workspace):
        timers.see_to(occurrence)
    assert rota.faults == 0


def until_seen_to(rota: Rota) -> None:
    """The message waits in the outbox, committed with the step to the next slot."""
    assert rota.timers().run_due(rota.workspace) == 1


def until_delivery(at: str) -> Callable[[Rota], None]:
    def run(rota: Rota) -> None:
        until_seen_to(rota)
        outbox = KilledDelivery(rota.database, rota.clock, FactsCache())
        outbox.at = at
        delivery = Delivery(outbox, rota.slack, rota.workspace)
        with suppress(KilledError):
            delivery.run_due()
        delivery.leave()

    return run


def until_accepted(rota: Rota) -> None:
    """Slack has taken the message; its answer never comes, and nobody is there to note that."""
    with replies_lost(rota.slack):
        until_delivery("posted")(rota)


POINTS: dict[str, Callable[[Rota], None]] = {
    "due": lambda _: None,
    "claimed": until_claimed,
    "said, not committed": until_said,
    "committed": until_seen_to,
    "message claimed": until_delivery("claimed"),
    "before the call": until_delivery("before the call"),
    "accepted, reply lost": until_accepted,
    "posted, not recorded": until_delivery("posted"),
    "recorded": until_delivery("recorded"),
}


@pytest.mark.parametrize("point", POINTS)
def test_d4_killed_at_any_point_it_is_posted_once(
    rota: Rota, workspace: Double, point: str
) -> None:
    rota.put()
    rota.now = DUE
    POINTS[point](rota)
    before = heard(workspace)
    heart = rota.heart()
    heart.settle()
    assert heard(workspace) in (before, ["greeting of 11:00"])
    for wait in (IN_HAND, LEASE, LEASE, timedelta(minutes=15)):
        rota.now += wait
        heart.settle()
    assert heard(workspace) == ["greeting of 11:00"]
    assert rota.charter.outbox.waiting(rota.workspace).waiting == 0
    assert rota.charter.outbox.waiting(rota.workspace).dead == ()
