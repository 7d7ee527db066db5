"""Whatever is done with letters, in any order: never two A, never a letter lost, history answers,
the chain of the record holds, and nobody sees more than before.

A small model says what each deed must come to; the record is held against it, at present and at
every moment of the past. Deeds go through the use cases, on both databases.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event
from sqlmodel import col, select

from bot.errors import CharterError, NotFound
from bot.orders import (
    Assign,
    Clear,
    Delegate,
    EndDelegation,
    MergePeople,
    NewProject,
    SettleOffer,
)
from bot.outcome import Done
from bot.people import Actor, Profile, Surface
from bot.project import Holder, Item, Letter, OfferState, PersonHolder, Vacancy
from handlers.service.undoing import UNDO_FOR
from storage import audit, projects
from storage.database import Database
from storage.tables import AssignmentRow
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.storage.letters_model import (
    BERLIN,
    ITEMS,
    VACANT,
    Model,
    Offer,
    Row,
    copied,
    morning,
)

A, R = Letter.A, Letter.R
PHASES = (Phase.explicit, Phase.generate)
"""Without shrinking: a sequence that fails is short, and each step writes to a database."""
PEOPLE = ("ana", "bea", "cy", "eve")

items = st.sampled_from(ITEMS)
people = st.sampled_from(PEOPLE)
answers = st.sampled_from((OfferState.ACCEPTED, OfferState.DECLINED, OfferState.CANCELLED))

_numbers = count(1)


class Letters(RuleBasedStateMachine):
    """The record and the model, side by side."""

    database: Database

    @initialize()
    def begin(self) -> None:
        self.team = Team(self.database, team_id=f"T{next(_numbers)}")
        self.team.charter.people.learned(self.team.workspace, Profile("UEVE", "Eve Poe", "Eve"))
        self.project = self.team.atlas().project.id
        secret = NewProject("Comet", private=True, bind_here=False)
        self.team.charter.projects.create(self.team.actor("ana"), secret, ELSEWHERE)
        self.model = Model()
        self.last: tuple[Done, dict[str, Row], datetime] | None = None
        self.known: set[int] = set()
        self.note()

    # --- deeds ---

    @rule(item=items, letter=st.sampled_from((A, R)), who=people, by=people)
    def assign(self, item: str, letter: Letter, who: str, by: str) -> None:
        if self.silent(by) or who in self.model.merged:
            return
        row = self.model.rows[item]
        taken = row.accountable not in (None, VACANT, who)
        held = who == row.accountable if letter is A else who in row.responsible
        fits = not (held or self.silent(who) or (letter is A and taken))
        order = Assign(item, (letter,), self.ref(who))
        self.deed(fits, lambda: self.team.charter.raci.assign(self.team.actor(by), order, HERE))
        if fits and letter is A:
            row.accountable = who
        elif fits:
            row.responsible |= {who}
        self.note()

    @rule(item=items, who=people, by=people, days=st.integers(0, 3))
    def back_date(self, item: str, who: str, by: str, days: int) -> None:
        """Somebody was responsible since a morning: unless they were it at some time since."""
        row = self.model.rows[item]
        if self.silent(by) or who in self.model.merged or who in row.responsible:
            return
        since = morning(self.team.now, days)
        held = [rows[item] for at, rows in self.model.past if at >= since]
        fits = not self.silent(who) and not any(who in each.responsible for each in held)
        order = Assign(item, (R,), self.ref(who), since=since.astimezone(BERLIN).date())
        self.deed(fits, lambda: self.team.charter.raci.assign(self.team.actor(by), order, HERE))
        self.last = None
        for each in (row, *held) if fits else ():
            each.responsible |= {who}
        self.note()

    @rule()
    def a_day_goes_by(self) -> None:
        self.team.wait(days=1)
        self.last = None

    @rule(item=items, who=people, by=people, forced=st.booleans())
    def hand_over(self, item: str, who: str, by: str, forced: bool) -> None:
        if self.silent(by) or who in self.model.merged:
            return
        row, offer = self.model.rows[item], self.model.offers.get(item)
        giver = row.accountable if row.accountable not in (None, VACANT) else None
        fits = row.accountable != who and not self.silent(who)
        accepts = offer is not None and (offer.receiver, offer.answerer) == (who, by)
        if giver and forced:
            fits = fits and by == "ana"
        elif giver:
            asks = by == who or self.answers_for(item, by)
            fits = fits and ((offer is None and asks) or accepts)
        order = Assign(
            item, (A,), self.ref(who), hand_over=True, unasked="agreed" if forced else None
        )
        self.deed(fits, lambda: self.team.charter.raci.assign(self.team.actor(by), order, HERE))
        if fits and giver and not forced and not accepts:
            self.model.offers[item] = Offer(giver, who, by)
            self.last = None
        elif fits:
            self.model.offers.pop(item, None)
            row.accountable = who
        self.note()

    @precondition(lambda self: bool(self.model.offers))
    @rule(by=people, state=answers, rightly=st.booleans())
    def answer(self, by: str, state: OfferState, rightly: bool) -> None:
        item, offer = next(iter(self.model.offers.items()))
        by = offer.answerer if rightly else by
        if self.silent(by):
            return
        fits = by == offer.answerer
        if state is OfferState.CANCELLED:
            fits = by in ("ana", offer.asked_by, offer.giver, offer.answerer)
        order = SettleOffer(state, item)
        self.deed(fits, lambda: self.team.charter.raci.settle(self.team.actor(by), order, HERE))
        if fits:
            del self.model.offers[item]
            if state is OfferState.ACCEPTED:
                self.model.rows[item].accountable = offer.receiver
            else:
                self.last = None
        self.note()

    @rule(item=items, letter=st.sampled_from((A, R)), by=people)
    def clear(self, item: str, letter: Letter, by: str) -> None:
        if self.silent(by):
            return
        row = self.model.rows[item]
        is_held = row.accountable is not None if letter is A else self.responsible(item) != []
        is_theirs = letter is R or row.accountable == VACANT or self.answers_for(item, by)
        fits = is_held and is_theirs
        order = Clear(item, (letter,))
        self.deed(fits, lambda: self.team.charter.raci.clear(self.team.actor(by), order, HERE))
        if fits and letter is A:
            row.accountable = None if row.accountable == VACANT else VACANT
            self.model.offers.pop(item, None)
        elif fits:
            row.responsible = frozenset()
        self.note()

    @precondition(lambda self: self.last is not None)
    @rule()
    def undo(self) -> None:
        assert self.last is not None
        done, before, at = self.last
        held = [row.accountable for row in before.values()]
        held += (one for row in before.values() for one in row.responsible)
        if any(one in self.model.gone for one in held) or self.team.now - at > UNDO_FOR:
            return
        self.team.charter.projects.undo(self.team.actor("ana"), done.seq)
        self.model.rows = copied(before)
        self.model.past = [
            (moment, rows if moment < at else copied(before)) for moment, rows in self.model.past
        ]
        self.last = None
        self.note()

    @rule(who=st.sampled_from(("bea", "cy", "eve")))
    def leave_or_rejoin(self, who: str) -> None:
        if who in self.model.merged:
            return
        leaves = who not in self.model.gone
        name = self.team.person(who).name
        profile = Profile(f"U{who.upper()}", name, name.split()[0], deleted=leaves)
        self.team.charter.people.learned(self.team.workspace, profile)
        self.last = None
        if not leaves:
            self.model.gone.discard(who)
            return
        self.model.leave(who)
        self.note()

    @rule(who=people, deputy=people, days=st.integers(0, 3), off=st.booleans())
    def delegate(self, who: str, deputy: str, days: int, off: bool) -> None:
        """Changes no letter; whether it is refused is another test's."""
        if self.silent(who) or self.silent(deputy):
            return
        today = self.team.now.date() + timedelta(days=1)
        order = Delegate(self.ref(deputy), today, today + timedelta(days=days))
        delegations, actor = self.team.charter.delegations, self.team.actor(who)
        with suppress(CharterError):
            if off:
                delegations.end(actor, EndDelegation(), HERE)
            else:
                delegations.set_up(actor, order, HERE)
        self.note()

    @rule(item=items, who=people)
    def archive_and_restore(self, item: str, who: str) -> None:
        """Nothing changes hands meanwhile, and an offer waits."""
        ana, charter = self.team.actor("ana"), self.team.charter
        charter.projects.archive(ana, "Atlas", HERE, archived=True)
        self.note()
        with pytest.raises(CharterError):
            charter.raci.assign(ana, Assign(item, (A, R), self.ref(who)), HERE)
        with pytest.raises(CharterError):
            charter.raci.clear(ana, Clear(item, (A,)), HERE)
        charter.projects.archive(ana, "Atlas", HERE, archived=False)
        self.last = None
        self.note()

    @precondition(lambda self: not self.model.offers)
    @rule(old=st.sampled_from(("cy", "eve")), into=st.sampled_from(("bea", "ana")))
    def merge(self, old: str, into: str) -> None:
        """Two accounts turn out to be one person: all that was one's is the other's."""
        if {old, into} & (self.model.gone | self.model.merged) or self.model.merged:
            return
        order = MergePeople(self.ref(old), self.ref(into))
        operator = Actor(self.team.workspace, None, Surface.CLI, is_admin=True)
        self.team.charter.identities.merge(operator, order, HERE)
        self.model.merge(old, into)
        self.last = None
        self.note()

    @rule(item=items, who=people)
    def die_in_the_middle(self, item: str, who: str) -> None:
        """A process dies as it writes: nothing of it stands, and another one goes on."""

        def fail(*_told: object) -> None:
            raise RuntimeError

        order = Assign(item, (A, R), self.ref(who), hand_over=True, unasked="agreed")
        ana = self.team.actor("ana")
        event.listen(self.database.engine, "commit", fail)
        try:
            with pytest.raises((RuntimeError, CharterError)):
                self.team.charter.raci.assign(ana, order, HERE)
        finally:
            event.remove(self.database.engine, "commit", fail)
        self.team.charter = self.team.replica()

    # --- what must hold, whatever was done ---

    @invariant()
    def the_record_says_what_the_model_says(self) -> None:
        assert self.now() == {
            item: Row(row.accountable, row.responsible) for item, row in self.model.rows.items()
        }
        waiting = {
            item: (self.name(offer.giver), self.name(offer.receiver))
            for item in ITEMS
            if (offer := self.item(item, self.team.now).offer) is not None
        }
        offered = {key: (offer.giver, offer.receiver) for key, offer in self.model.offers.items()}
        assert waiting == offered

    @invariant()
    def nobody_sees_more_than_before(self) -> None:
        """Who may not know of a project can do nothing in it, whatever letters they hold."""
        if self.silent("bea"):
            return
        bea = self.team.actor("bea")
        seen = self.team.charter.projects.listed(bea).projects
        assert "Comet" not in [one.name for one in seen]
        order = Assign("rollout", (R,), "me", "Comet")
        with pytest.raises(NotFound):
            self.team.charter.raci.assign(bea, order, ELSEWHERE)

    @invariant()
    def no_letter_is_lost(self) -> None:
        with self.database.read() as session:
            of_project = col(AssignmentRow.project_id) == self.project
            rows = list(session.exec(select(AssignmentRow).where(of_project)))
        assert self.known <= {row.id for row in rows}
        self.known = {row.id for row in rows if row.id is not None}

    def teardown(self) -> None:
        """Every moment of the past still says what it said then, and the chain is whole."""
        if not hasattr(self, "model"):
            return
        for moment, rows in self.model.past:
            assert self.now(moment) == rows, moment
        with self.database.read() as session:
            assert audit.verify(session).faults == ()

    # --- reading, and the model's own steps ---

    def deed(self, fits: bool, act: Callable[[], Done]) -> None:
        """Do it; it is refused exactly where it does not fit."""
        before, at = copied(self.model.rows), self.team.now
        if not fits:
            with pytest.raises(CharterError):
                act()
            return
        self.last = (act(), before, at)

    def note(self) -> None:
        """Keep what is so now, and let a while go by."""
        self.model.past.append((self.team.now, copied(self.model.rows)))
        self.team.wait(minutes=2)

    def silent(self, who: str) -> bool:
        """Whether Slack has no such account any more: nobody speaks, and nobody can be named."""
        return who in self.model.gone or who in self.model.merged

    def answers_for(self, item: str, who: str) -> bool:
        """Whether somebody may give away the row: who is accountable, and Ana, who leads."""
        return who in ("ana", self.model.rows[item].accountable)

    def ref(self, who: str) -> str:
        return f"<@U{who.upper()}>"

    def item(self, key: str, at: datetime) -> Item:
        with self.database.read() as session:
            project = projects.one(session, self.project, at)
        assert project is not None
        found = project.item(key)
        assert found is not None
        return found

    def now(self, at: datetime | None = None) -> dict[str, Row]:
        """The rows as the record has them, at a moment."""
        with self.database.read() as session:
            project = projects.one(session, self.project, at or self.team.now)
        assert project is not None
        rows = {}
        for key in ITEMS:
            item = project.item(key)
            assert item is not None
            held = [one.holder for one in item.assignments if one.letter is A]
            assert len(held) <= 1, "never two"
            doing = (one.holder for one in item.assignments if one.letter is R)
            named = (self.called(one) for one in doing if isinstance(one, PersonHolder))
            rows[key] = Row(self.called(held[0]) if held else None, frozenset(named))
        return rows

    def responsible(self, key: str) -> list[Holder]:
        found = self.item(key, self.team.now)
        return [one.holder for one in found.assignments if one.letter is R]

    def called(self, holder: Holder) -> str:
        return VACANT if isinstance(holder, Vacancy) else self.name(holder.person)  # type: ignore[union-attr] # no group is given a letter here

    def name(self, person: int) -> str:
        keys = self.team.charter.people.keys(self.team.workspace)
        return keys[person]


@pytest.mark.timeout(300)
def test_whatever_is_done_with_letters(database_url: str) -> None:
    database = Database(database_url)
    machine = type("OnThisDatabase", (Letters,), {"database": database})
    try:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=8,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                phases=PHASES,
            ),
        )
    finally:
        database.close()
