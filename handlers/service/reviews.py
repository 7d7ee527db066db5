"""Projects that are confirmed, and the clock that asks whether they are still true."""

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
from handlers.service.references import Desk
from handlers.service.timers import Duty, Occurrence, Shift
from storage import reviews

KIND = "reviews"
EVERY = Every(60)
EARLIEST = "Pacific/Kiritimati"
"""Where each day begins first: who is asked may be anywhere."""


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


def _ask(shift: Shift, _occurrence: Occurrence, _fetched: None) -> None:
    """Ask those who answer for projects that nobody confirmed in time, once."""
    usual = shift.facts.settings.review_days
    due = [
        (key, review, asked)
        for key, review, asked in reviews.standing(shift.session, shift.facts.workspace)
        if is_to_ask(review, asked, shift.now, usual, EARLIEST)
    ]
    for key, review, asked in due:
        project = shift.cache.project(shift.session, shift.facts, key, shift.now)
        home = zone(project, shift.facts.people)
        if project.finish is not None or not is_to_ask(review, asked, shift.now, usual, home):
            continue
        ref = reviews.ask(shift.session, key, shift.now)
        days = f"unconfirmed for {review.age(shift.now, home)} d"
        happening = Happening(Event.REVIEW_DUE, key, note=days, ref=ref)
        notices.tell(shift.session, shift.facts, [happening], project, shift.now)


DUTIES = {KIND: Duty(_ask, comes=EVERY)}
