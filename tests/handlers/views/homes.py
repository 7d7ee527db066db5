"""Homes for the views: empty ones, and some as full as they can be."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from hypothesis import strategies as st

from bot.consultations import Consultation, Occasion
from bot.gates import Criterion, Knows
from bot.home import HomePage, Running, Turned, holding, leaf
from bot.identities import PeopleMap, Unmapped
from bot.outcome import Finding, Gap
from bot.people import Person
from bot.project import Item, Letter, Offer, Project
from bot.waiting import ApprovalWaits, InputWaits, OfferWaits, ReviewWaits, TickWaits, Waiting
from tests.handlers.views.worlds import ANA, PEOPLE, T0, names, people, person, projects


def home_page(
    person: Person = ANA,
    held: Iterable[tuple[Project, Item, Letter]] = (),
    projects: Sequence[Project] = (),
    gaps: Sequence[Gap] = (),
    waiting: Sequence[Waiting] = (),
    people: dict[int, Person] = PEOPLE,
    turned: Turned | None = None,
) -> HomePage:
    """Home of somebody who holds that, with what waits for them and what nobody holds."""
    turned = turned or Turned()
    letters: dict[int, tuple[Project, list[tuple[int, Letter]]]] = {}
    for project, item, letter in held:
        letters.setdefault(project.id, (project, []))[1].append((item.id, letter))
    holdings = [holding(project, found) for project, found in letters.values()]
    return HomePage(
        person,
        sum(Letter.A in row[1] for one in holdings for row in one.rows),
        leaf(list(waiting), turned.waiting, 6),
        leaf(holdings, turned.letters, 6),
        leaf(list(gaps), turned.gaps, 8),
        leaf(list(projects), turned.projects, 8),
        dict(people),
    )


def running(number: int, held_since: datetime | None = None) -> Running:
    """What an admin sees where so many people are not known and so many things are wrong."""
    lacking = tuple(
        Unmapped(person(n, f"Person {n}"), ("github", "email")) for n in range(1, number + 1)
    )
    wrong = Finding("3 messages were given up (not_in_channel)", False, "Invite Charter.")
    return Running(
        map=PeopleMap(number + 1, {"github": 1, "email": 1}, lacking),
        unmapped=leaf(lacking, 1, 5),
        findings=(wrong,) * number,
        given_up=3 * number,
        held_since=held_since,
    )


RUNNING = running(12, T0)


@st.composite
def homes(draw: st.DrawFn) -> HomePage:
    """Homes, among them those that are as full as they can be."""
    found = draw(st.lists(projects(most=2), max_size=2))
    times = draw(st.sampled_from([1, 40]))
    pairs = [(project, item) for project in found for item in project.items[:3]]
    text = draw(names)
    page = home_page(
        person(1, draw(names)),
        [
            (replace(one, id=n), item, letter)
            for n, (one, item) in enumerate(pairs * times)
            for letter in Letter
        ],
        found * times,
        [Gap(project, item, Letter.A) for project, item in pairs * times],
        [one for project, item in pairs * times for one in waiting_on(project, item, text)],
        draw(people),
        Turned(*(draw(st.integers(1, 3)) for _ in range(4))),
    )
    return replace(page, running=draw(st.none() | st.just(RUNNING)))


def waiting_on(project: Project, item: Item, text: str) -> list[Waiting]:
    """One of each kind."""
    offer = Offer(1, project.id, item.id, 1, 2, (Letter.A,), None, T0, 1)
    asked = Consultation(1, project.id, item.id, 1, Occasion.GATE, text, T0, date(2026, 12, 1))
    return [
        OfferWaits(project, item, offer),
        InputWaits(project, item, asked),
        TickWaits(project, item, (Criterion("c", Knows.TICK, text),)),
        ApprovalWaits(project, is_stale=True),
        ReviewWaits(project, 37),
    ]
