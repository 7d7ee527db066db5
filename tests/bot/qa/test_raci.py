"""Vacancies, leavers, delegates, fallbacks: what stands in an answer besides the holder."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import moments
from bot.people import Delegation
from bot.project import (
    Assignment,
    Group,
    Item,
    Kind,
    Letter,
    Offer,
    PersonHolder,
    Project,
    Vacancy,
)
from bot.qa.answer import answer
from bot.qa.replies import Answer
from tests.bot.qa.worlds import NOW, facts, project, seat, somebody, stages

BEA = somebody(1, "Bea Ruiz")
DAN = somebody(2, "Dan Lee")
CY = somebody(3, "Cy Moss")
EVE = somebody(4, "Eve Noor")
GONE = somebody(5, "Gil Orr", active=False, left_on=date(2027, 1, 31))
BOSS = somebody(6, "Ada Pike", is_admin=True)
PEOPLE = (BEA, DAN, CY, EVE, GONE, BOSS)
MARCH = datetime(2026, 3, 4, tzinfo=UTC)
OWNER = "who owns serving in Atlas?"


def _atlas(*seats: Assignment, **more: object) -> Project:
    return replace(project(1, "Atlas", lead=4, items=stages(serving=seats)), **more)  # type: ignore[arg-type] # any field of a project


def _ask(
    text: str,
    world: Project,
    *,
    now: datetime = NOW,
    delegations: tuple[Delegation, ...] = (),
    people: tuple[object, ...] = PEOPLE,
) -> Answer:
    return answer(text, facts([world], people, now=now, delegations=delegations))  # type: ignore[arg-type] # people


# --- since when, and set by whom -----------------------------------------------------------------


def test_says_since_when_and_by_whom() -> None:
    held = replace(seat("A", 1, since=MARCH), set_by=2, recorded_at=MARCH)
    found = _ask(OWNER, _atlas(held, seat("R", 3)))
    assert found.text == (
        "Bea Ruiz is accountable for Serving in Atlas, since 2026-03-04, set by Dan Lee. "
        "Responsible: Cy Moss, since before the record began."
    )
    assert found.people == (1,)
    assert found.stages == (("atlas", "serving"),)


def test_the_operator_set_it() -> None:
    found = _ask(OWNER, _atlas(replace(seat("A", 1, since=MARCH), recorded_at=MARCH)))
    assert "since 2026-03-04, set by the operator" in found.text


def test_r7_what_was_recorded_later_is_marked() -> None:
    late = replace(seat("A", 1, since=MARCH), set_by=2, recorded_at=MARCH + timedelta(days=5))
    found = _ask(OWNER, _atlas(late))
    assert "since 2026-03-04, back-dated by Dan Lee on 2026-03-09." in found.text
    loaded = _ask(OWNER, _atlas(replace(late, source="load")))
    assert "since 2026-03-04, set by Dan Lee." in loaded.text, "a document tells of long ago"


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Tokyo", "2026-03-05"), ("America/Los_Angeles", "2026-03-04")]
)
def test_edge_37_what_was_set_late_is_told_by_the_askers_day(zone: str, day: str) -> None:
    late = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    held = replace(seat("A", 1, since=late), set_by=2, recorded_at=late)
    asker = replace(CY, timezone=zone)
    seen = replace(facts([_atlas(held)], PEOPLE), asker=asker)
    found = answer(OWNER, seen)
    assert f"since {day}, set by Dan Lee." in found.text
    assert list(moments.pieces(found.said))[1] == late
    assert f"since {day}, set by" in answer(f"{OWNER} and when is it due?", seen).text


def _offered(by: int) -> Project:
    world = _atlas(seat("A", 1))
    item = world.item("serving")
    assert item is not None
    offer = Offer(1, world.id, item.id, 1, 3, (Letter.A,), None, NOW - timedelta(days=2), by)
    items = [replace(one, offer=offer) if one is item else one for one in world.items]
    return replace(world, items=tuple(items))


def test_r8_an_open_offer_is_said_beside_the_name() -> None:
    said = _ask(OWNER, _offered(by=1)).text
    assert said.startswith("Bea Ruiz (hand-over to Cy Moss offered 2 d ago) is accountable")
    assert "hand-over to Cy Moss asked for 2 d ago" in _ask(OWNER, _offered(by=3)).text


def test_r8_a_delegate_and_an_offer_share_the_brackets() -> None:
    away = Delegation(1, 2, NOW.date(), NOW.date())
    found = _ask(OWNER, _offered(by=1), delegations=(away,))
    assert found.text.startswith(
        f"Dan Lee (acting until {NOW.date()}; owner Bea Ruiz; hand-over to Cy Moss offered 2 d ago)"
    )
    assert found.people == (2,)


def test_r9_the_projects_own_delegate_comes_before_that_for_all() -> None:
    world, day = _atlas(seat("A", 1)), NOW.date()
    everywhere, here = Delegation(1, 2, day, day), Delegation(1, 3, day, day, project=world.id)
    elsewhere = Delegation(1, 4, day, day, project=world.id + 1)
    found = _ask(OWNER, world, delegations=(everywhere, elsewhere, here))
    assert found.people == (3,)
    assert _ask(OWNER, world, delegations=(elsewhere,)).people == (1,)


def test_a_subject_carries_what_a_view_draws() -> None:
    held = replace(seat("A", 1, since=datetime(2026, 3, 4, tzinfo=UTC)), set_by=2)
    (subject,) = _ask(OWNER, _atlas(held, seat("R", Vacancy("Developer", "D-1")))).subjects
    assert [line.letter for line in subject.letters] == [Letter.A, Letter.R]
    (first,) = subject.letters[0].seats
    assert (first.person, first.since, first.set_by) == (1, held.since, 2)
    (second,) = subject.letters[1].seats
    assert second.vacancy == Vacancy("Developer", "D-1")


# --- nobody there --------------------------------------------------------------------------------


def test_a_vacant_seat_is_said_with_role_and_requisition() -> None:
    vacancy = Vacancy("ML Engineer", "MLE-9")
    found = _ask(OWNER, _atlas(seat("A", vacancy), seat("R", 3)))
    assert (found.kind, found.people) == ("no_owner", (3,))
    assert "a seat is vacant (ML Engineer, requisition MLE-9)" in found.text
    assert "Nearest: Cy Moss (responsible)." in found.text


def test_the_last_accountable_is_named() -> None:
    until = datetime(2027, 2, 4, tzinfo=UTC)
    last = replace(seat("A", 2), until=until)
    world = _atlas()
    items = tuple(
        replace(item, last_accountable=last) if item.key == "serving" else item
        for item in world.items
    )
    found = _ask(OWNER, replace(world, items=items))
    assert "Last: Dan Lee (until 2027-02-04)." in found.text
    assert found.people == (4,)


def test_a_leaver_is_said_and_never_a_contact() -> None:
    world = _atlas(seat("A", 1), seat("R", 5))
    found = _ask("who is responsible for serving in atlas?", world)
    assert (found.kind, found.people) == ("no_owner", (1,))
    assert "Gil Orr has left (2027-01-31)" in found.text
    assert _ask("who should I ask about serving in atlas?", world).people == (1,)


def test_a_vacancy_beside_a_person_is_said() -> None:
    world = _atlas(seat("A", 1), seat("R", 3), seat("R", Vacancy("Developer")))
    found = _ask("who works on serving in atlas?", world)
    assert (found.kind, found.people) == ("answer", (3,))
    assert "a seat is vacant (Developer)" in found.text


def test_a_component_without_owner_falls_back_to_its_stage() -> None:
    part = Item(9, "gate", Kind.COMPONENT, "Gate", parent="serving")
    world = _atlas(seat("A", 1))
    found = _ask("who owns the gate?", replace(world, items=(*world.items, part)))
    assert (found.kind, found.people) == ("no_owner", (1,))
    assert "Nearest: Bea Ruiz (accountable for Serving)." in found.text


def test_a_component_that_inherits_says_so() -> None:
    part = Item(9, "gate", Kind.COMPONENT, "Gate", parent="serving", inherits_raci=True)
    world = _atlas(seat("A", 1))
    found = _ask("who owns the gate?", replace(world, items=(*world.items, part)))
    assert (found.kind, found.people) == ("answer", (1,))
    assert found.stages == (("atlas", "gate"),)
    assert "It takes the letters of its stage, Serving." in found.text


def test_without_a_lead_the_creator_then_the_admins() -> None:
    made = _ask("who leads atlas?", _atlas(lead=None, created_by=2))
    assert (made.kind, made.people) == ("no_owner", (2,))
    assert made.text == "Atlas has no lead. Nearest: Dan Lee (creator)."
    alone = _ask("who leads atlas?", _atlas(lead=5, created_by=None))
    assert (alone.kind, alone.people) == ("no_owner", (6,))
    assert "Ada Pike (admin)" in alone.text
    nobody = _ask("who leads atlas?", _atlas(lead=None), people=(BEA, GONE))
    assert (nobody.kind, nobody.people, nobody.text) == ("no_owner", (), "Atlas has no lead.")


def test_an_archived_project_is_told_as_such() -> None:
    found = _ask(OWNER, _atlas(seat("A", 1), archived_at=datetime(2026, 12, 18, tzinfo=UTC)))
    assert found.people == (1,)
    assert "Atlas was archived on 2026-12-18." in found.text


def test_a_group_is_named_and_is_nobody() -> None:
    world = _atlas(seat("A", 1), seat("R", Group("S1", "@ml-readers")))
    found = _ask("who is responsible for serving in atlas?", world)
    assert (found.kind, found.people) == ("answer", ())
    assert found.text.startswith("the group ml-readers is responsible for Serving in Atlas")


# --- delegates -----------------------------------------------------------------------------------


def _away(person: int, delegate: int, start: date, end: date) -> Delegation:
    return Delegation(person, delegate, start, end)


AUGUST = (date(2027, 8, 3), date(2027, 8, 14))


@pytest.mark.parametrize(
    ("day", "people"),
    [("02", (1,)), ("03", (2,)), ("14", (2,)), ("15", (1,))],
)
def test_a_delegate_acts_on_the_days_given(day: str, people: tuple[int, ...]) -> None:
    now = datetime.fromisoformat(f"2027-08-{day}T12:00:00+00:00")
    found = _ask(OWNER, _atlas(seat("A", 1)), now=now, delegations=(_away(1, 2, *AUGUST),))
    assert found.people == people
    acting = "Dan Lee (acting until 2027-08-14; owner Bea Ruiz) is accountable for Serving"
    assert found.text.startswith(acting) is (people == (2,))


@pytest.mark.parametrize(
    ("zone", "people"),
    [("Pacific/Auckland", (2,)), ("UTC", (1,)), ("America/New_York", (1,)), ("No/Where", (1,))],
)
def test_the_day_is_the_owners(zone: str, people: tuple[int, ...]) -> None:
    bea = replace(BEA, timezone=zone)
    late = datetime(2027, 8, 2, 20, tzinfo=UTC)  # already the third in Auckland
    found = _ask(
        OWNER,
        _atlas(seat("A", 1)),
        now=late,
        delegations=(_away(1, 2, *AUGUST),),
        people=(bea, *PEOPLE[1:]),
    )
    assert found.people == people


NOW_AWAY = (date(2027, 2, 1), date(2027, 3, 31))


def test_a_delegate_of_a_delegate_acts_until_the_earlier_day() -> None:
    chain = (_away(1, 2, *NOW_AWAY), _away(2, 3, date(2027, 2, 1), date(2027, 3, 5)))
    found = _ask(OWNER, _atlas(seat("A", 1)), delegations=chain)
    assert found.people == (3,)
    assert "Cy Moss (acting until 2027-03-05; owner Bea Ruiz)" in found.text


def test_the_first_delegation_may_end_first() -> None:
    chain = (_away(1, 2, date(2027, 2, 1), date(2027, 3, 5)), _away(2, 3, *NOW_AWAY))
    found = _ask(OWNER, _atlas(seat("A", 1)), delegations=chain)
    assert "Cy Moss (acting until 2027-03-05; owner Bea Ruiz)" in found.text


def test_a_loop_of_delegations_leaves_the_owner() -> None:
    loop = (_away(1, 2, *NOW_AWAY), _away(2, 1, *NOW_AWAY))
    found = _ask(OWNER, _atlas(seat("A", 1)), delegations=loop)
    assert found.people == (1,)
    assert "Bea Ruiz (delegation loop)" in found.text


@pytest.mark.parametrize(("hops", "people"), [(3, (4,)), (4, (1,))])
def test_at_most_three_hops(hops: int, people: tuple[int, ...]) -> None:
    chain = tuple(_away(number, number + 1, *NOW_AWAY) for number in range(1, hops + 1))
    here = tuple(replace(person, active=True) for person in PEOPLE)
    found = _ask(OWNER, _atlas(seat("A", 1)), delegations=chain, people=here)
    assert found.people == people
    assert ("chain of delegations too long" in found.text) is (hops == 4)


def test_a_delegate_who_has_left_does_not_act() -> None:
    found = _ask(OWNER, _atlas(seat("A", 1)), delegations=(_away(1, 5, *NOW_AWAY),))
    assert found.people == (1,)


def test_a_delegate_who_cannot_see_the_project_does_not_act() -> None:
    world = _atlas(seat("A", 1), private=True, members=frozenset((1,)))
    found = answer(OWNER, facts([world], PEOPLE, asker=BEA, delegations=(_away(1, 2, *NOW_AWAY),)))
    assert found.people == (1,)
    assert "delegate has no access to this project" in found.text


def test_a_verdict_is_about_the_owner_though_a_delegate_acts() -> None:
    away = (_away(1, 2, *NOW_AWAY),)
    world = _atlas(seat("A", 1))
    owner = _ask("is Bea the owner of serving in Atlas?", world, delegations=away)
    assert (owner.verdict, owner.people) == ("yes", (2,))
    acting = _ask("is Dan the owner of serving in Atlas?", world, delegations=away)
    assert (acting.verdict, acting.people) == ("no", (2,))


def test_what_somebody_holds_says_for_whom_they_act() -> None:
    found = _ask("what does Dan own?", _atlas(seat("A", 1)), delegations=(_away(1, 2, *NOW_AWAY),))
    assert (found.kind, found.stages, found.verdict) == ("answer", (), "no")
    assert "Also acting for Bea Ruiz until 2027-03-31." in found.text


# --- names ---------------------------------------------------------------------------------------


def test_namesakes_are_told_apart() -> None:
    twins = (
        replace(BEA, email="bea.r@corp.example"),
        replace(DAN, name="Bea Ruiz", first_name="Bea", job_title="Statistician"),
    )
    found = _ask(OWNER, _atlas(seat("A", 1), seat("R", 2)), people=twins)
    assert found.text.startswith("Bea Ruiz (b…@) is accountable")
    assert "Responsible: Bea Ruiz (Statistician)" in found.text


def test_a_letter_held_by_somebody_unknown_counts_for_nobody() -> None:
    ghost = replace(seat("A", 1), holder=PersonHolder(99))
    found = _ask(OWNER, _atlas(ghost))
    assert found.kind == "no_owner"


@pytest.mark.parametrize(
    ("lead", "creator", "said"),
    [
        (4, 3, "Nearest: Eve Noor (lead)."),
        (None, 3, "Nearest: Cy Moss (creator)."),
        (5, 3, "Nearest: Cy Moss (creator)."),
        (None, None, "Nearest: Ada Pike (admin)."),
    ],
)
def test_edge_6_whom_to_ask_where_nobody_is_accountable(
    lead: int | None, creator: int | None, said: str
) -> None:
    world = _atlas(seat("A", Vacancy("Developer")), lead=lead, created_by=creator)
    assert said in _ask(OWNER, world).text
