"""Projects that are confirmed, and the clock that asks whether they are still true."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from itertools import islice

from sqlmodel import Session

from bot import deciding
from bot.changes import Change
from bot.orders import Confirm, SetReview
from bot.outcome import Done, Place
from bot.people import Actor
from bot.project import Item, Project
from bot.recurrence import Every
from bot.reviews import is_to_ask
from bot.routing import Event, Happening
from bot.scope import zone
from handlers.service import notices
from handlers.service.desks import Desks
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.references import Desk
from handlers.service.snapshots import A_FEW
from handlers.service.timers import Duty, Occurrence, Shift
from storage import reviews, schedules
from storage.database import Database
from storage.reviews import Standing

KIND = "reviews"
EVERY = Every(60)
PORTION = 20
"""Projects that are asked about in one transaction: whoever writes gets their turn in between."""


class Reviews(Desks):
    """What may be done about whether a project is still true."""

    def confirm(self, actor: Actor, order: Confirm, place: Place) -> Done:
        def decide(_desk: Desk, project: Project, _item: Item | None) -> Change:
            return deciding.confirm(project)

        return self._change(actor, order.project, None, None, place, decide)

    def set(self, actor: Actor, order: SetReview, place: Place) -> Done:
        def decide(_desk: Desk, project: Project, _item: Item | None) -> Change:
            return deciding.set_review(project, order.days)

        return self._change(actor, order.project, None, None, place, decide)


def duty(database: Database, clock: Callable[[], datetime], cache: FactsCache) -> Duty:
    """What the clock does about projects that nobody confirmed in time. Of very many it is found
    out before anything is written who is to be asked: meanwhile nobody waits for it.
    """

    def fetch(occurrence: Occurrence) -> list[int]:
        with database.read() as session:
            facts = cache.current(session, occurrence.workspace)
            due = _due(session, facts, clock())
            return [one.project for one in islice(due, PORTION + 1)]

    def is_errand(occurrence: Occurrence) -> bool:
        with database.read() as session:
            return len(cache.current(session, occurrence.workspace).projects) > A_FEW

    return Duty(_ask, fetch, comes=EVERY, is_errand=is_errand)


def _ask(shift: Shift, occurrence: Occurrence, fetched: Collection[int] | None) -> None:
    """Ask those who answer for projects that nobody confirmed in time, once; where it is about more
    than a portion of them, the slot comes again at once.
    """
    session, facts, now = shift.session, shift.facts, shift.now
    due = [*islice(_due(session, facts, now, fetched), PORTION + 1)]
    some = due[:PORTION]
    projects = shift.cache.projects(session, facts, [one.project for one in some], now)
    for one in some:
        project = projects[one.project]
        ref = reviews.ask(session, project.id, now)
        days = f"unconfirmed for {one.review.age(now, zone(project, facts.people))} d"
        happening = Happening(Event.REVIEW_DUE, project.id, note=days, ref=ref)
        notices.tell(session, facts, [happening], project, now)
    if len(due) > PORTION:
        schedules.put_off(session, occurrence, now)


def _due(
    session: Session, facts: WorkspaceFacts, now: datetime, among: Collection[int] | None = None
) -> Iterator[Standing]:
    """The projects that are to be asked about by now, wherever they are at home."""
    usual = facts.settings.review_days
    for one in reviews.standing(session, facts.workspace, among):
        if is_to_ask(one.review, one.asked, now, usual, zone(one, facts.people)):
            yield one
