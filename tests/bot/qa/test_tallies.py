"""What is counted over all projects is what is found by looking at each of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import blockers, health
from bot.condition import Blocker
from bot.filling import fills
from bot.people import Person
from bot.project import (
    Assignment,
    Item,
    Kind,
    Letter,
    PersonHolder,
    Project,
    Status,
    Vacancy,
)
from bot.qa.answer import answer
from bot.qa.facts import Facts, in_memory
from bot.qa.tallies import (
    RAID,
    STATES,
    Mark,
    Tallies,
    Tally,
    Wanted,
    has_left,
    in_states,
    lacks,
    of,
)
from bot.qa.topics.having import NAMED
from bot.qa.wording import LONGEST
from bot.raid import RaidEntry, RaidKind, Revision, Said
from bot.stages import LADDER

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
PEOPLE = {
    number: Person(number, f"p{number}", name, name.split()[0], active=number != 3)
    for number, name in enumerate(("Kim Roe", "Ines Vogt", "Omar Ali"), start=1)
}
STAGES = tuple((rung.key, rung.title) for rung in LADDER)

holders = st.one_of(
    st.sampled_from(sorted(PEOPLE)).map(PersonHolder), st.just(Vacancy("ml engineer"))
)
days = st.none() | st.integers(-9, 9).map(lambda day: TODAY + timedelta(days=day))


entries = st.tuples(st.sampled_from(RaidKind), st.booleans())


@st.composite
def items(draw: st.DrawFn, project: int) -> tuple[Item, ...]:
    return tuple(
        Item(
            project * 100 + place,
            key,
            Kind.STAGE,
            title,
            inherits_raci=draw(st.booleans()),
            status=draw(st.sampled_from(STATES)),
            due=draw(days),
            blockers=tuple(
                Blocker(number, f"b{number}", None, NOW)
                for number in range(draw(st.integers(0, 2)))
            ),
            assignments=tuple(
                Assignment(number, draw(st.sampled_from(Letter)), holder, None, None, NOW, 1, "")
                for number, holder in enumerate(draw(st.lists(holders, max_size=3)))
            ),
        )
        for place, (key, title) in enumerate(STAGES[: draw(st.integers(0, 3))])
    )


@st.composite
def projects(draw: st.DrawFn) -> Project:
    number = draw(st.integers(1, 12))
    return Project(
        number,
        f"p{number}",
        draw(st.sampled_from(("Atlas", "atlas", "Birch", "Ceres"))),
        lead=draw(st.none() | st.sampled_from(sorted(PEOPLE))),
        private=draw(st.booleans()),
        members=draw(st.frozensets(st.sampled_from(sorted(PEOPLE)))),
        items=draw(items(number)),
        raid=tuple(
            RaidEntry(kind, place, (Revision(Said("said", closed=closed), None, NOW),))
            for place, (kind, closed) in enumerate(draw(st.lists(entries, max_size=4)), start=1)
        ),
    )


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of thing, as it is counted and as it is found in one project."""

    wanted: Wanted
    found: Callable[[Project, Mapping[int, Person]], int]


def _letters(project: Project) -> Iterable[Assignment]:
    return (one for item in project.items for one in item.assignments)


def _without(letter: Letter) -> Callable[[Project, Mapping[int, Person]], int]:
    return lambda project, people: sum(
        not item.inherits_raci
        and item.status is not Status.SKIPPED
        and not any(one.letter is letter and fills(one.holder, people) for one in item.assignments)
        for item in project.items
    )


def _kept(kind: RaidKind) -> Callable[[Project, Mapping[int, Person]], int]:
    return lambda project, _: sum(one.kind is kind and not one.said.closed for one in project.raid)


SORTS = {
    "late": Sort(
        Wanted(before=TODAY),
        lambda project, _: sum(health.days_late(item, TODAY) > 0 for item in project.items),
    ),
    "at risk or blocked": Sort(
        in_states((Status.AT_RISK, Status.BLOCKED)),
        lambda project, _: sum(
            item.status in (Status.AT_RISK, Status.BLOCKED) for item in project.items
        ),
    ),
    "blockers": Sort(
        of(Mark.BLOCKERS),
        lambda project, _: sum(len(blockers.of(item)) for item in project.items),
    ),
    "unowned": Sort(of(Mark.UNOWNED), _without(Letter.A)),
    "nobody works on it": Sort(of(Mark.UNMANNED), _without(Letter.R)),
    "vacant": Sort(
        of(Mark.VACANT),
        lambda project, _: sum(isinstance(one.holder, Vacancy) for one in _letters(project)),
    ),
    "left": Sort(
        of(Mark.LEFT),
        lambda project, people: sum(has_left(one.holder, people) for one in _letters(project)),
    ),
    "nobody leads it": Sort(
        of(Mark.UNLED),
        lambda project, people: project.lead is None or not people[project.lead].active,
    ),
    **{f"open {kind.plural}": Sort(of(RAID[kind]), _kept(kind)) for kind in RaidKind},
}


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.lists(projects(), max_size=6), st.lists(st.integers(1, 12)))),
    st.sampled_from((None, *PEOPLE)),
    st.sampled_from(sorted(SORTS)),
)
def test_after_any_changes_it_counts_what_looking_at_each_project_finds(
    steps: list[tuple[list[Project], list[int]]], asker: int | None, sort: str
) -> None:
    tallies = Tallies()
    held: dict[int, Project] = {}
    for changed, removed in steps:
        unique = {project.id: project for project in changed}
        gone = [number for number in removed if number not in unique]
        tallies = tallies.replaced((Tally.of(one, PEOPLE) for one in unique.values()), gone)
        held = {key: one for key, one in (held | unique).items() if key not in gone}
    assert tallies == Tallies.build(Tally.of(one, PEOPLE) for one in held.values())

    def sees(number: int) -> bool:
        return held[number].visible_to(asker)

    one = SORTS[sort]
    seen = sorted(
        (project for project in held.values() if project.visible_to(asker)),
        key=lambda project: (project.name.casefold(), project.key),
    )
    counts = {project.id: one.found(project, PEOPLE) for project in seen}
    for sees_open in (True, False):
        assert tallies.count(one.wanted, sees, sees_open=sees_open) == sum(counts.values())
    found = [number for _, _, number in tallies.orders(one.wanted, sees)]
    assert found == [key for key, count in counts.items() if count]


@pytest.mark.parametrize("changed", [1, 40])
def test_what_was_counted_stays_as_it_was_for_its_readers(changed: int) -> None:
    before = Tallies.build(Tally.of(one, PEOPLE) for one in _many(80))
    was = Tallies.build(Tally.of(one, PEOPLE) for one in _many(80))
    new = [replace(one, name=f"Z{one.id}", private=True, items=()) for one in _many(changed)]
    after = before.replaced(Tally.of(one, PEOPLE) for one in new)
    assert before == was
    late = Wanted(before=TODAY)
    assert (before.count(late, bool, sees_open=True), after.count(late, bool, sees_open=True)) == (
        80,
        80 - changed,
    )


def test_a_skipped_stage_and_one_that_inherits_lack_nobody() -> None:
    [item] = _many(1)[0].items
    assert lacks(item, Letter.R, PEOPLE)
    assert not lacks(replace(item, status=Status.SKIPPED), Letter.R, PEOPLE)
    assert not lacks(replace(item, inherits_raci=True), Letter.R, PEOPLE)


# --- answers over all projects --------------------------------------------------------------------

LARGE = 3_000
QUESTIONS = {
    "what is overdue?": "3000 items are overdue",
    "which stages are blocked?": "Blocked: Number 0001",
    "any blockers?": "And 29",
    "which stages have no owner?": "Nobody is accountable for",
    "is any stage vacant?": "No seat is vacant.",
    "which seats are vacant?": "No seat is vacant.",
    "which projects have no lead?": "Without a lead: Number 0001 (last Omar Ali, who has left); ",
    "who left but is still listed?": "Left, and still listed: Omar Ali",
}


def _many(count: int) -> list[Project]:
    """Projects of one stage each: late, blocked, held by somebody who left."""
    key, title = STAGES[0]
    held = Assignment(1, Letter.A, PersonHolder(3), None, None, NOW, 1, "")
    return [
        Project(
            number,
            f"p{number}",
            f"Number {number:04}",
            lead=3,
            items=(
                Item(
                    number,
                    key,
                    Kind.STAGE,
                    title,
                    status=Status.BLOCKED,
                    due=TODAY - timedelta(days=1),
                    assignments=(held,),
                ),
            ),
        )
        for number in range(1, count + 1)
    ]


def _counting(count: int) -> tuple[Facts, list[int], list[int]]:
    """Facts, the projects that are read for an answer, and those whose sight is asked for."""
    read: list[int] = []
    asked: list[int] = []
    base = in_memory(_many(count), PEOPLE.values(), (), now=NOW)

    def several(keys: Iterable[int]) -> Mapping[int, Project]:
        wanted = list(keys)
        read.extend(wanted)
        return base.projects(wanted)

    def sees(number: int) -> bool:
        asked.append(number)
        return base.sees(number)

    facts = replace(base, projects=several, sees=sees, sees_open=True)
    return facts, read, asked


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_over_all_projects_reads_and_asks_of_no_more_than_it_names(
    question: str,
) -> None:
    facts, read, asked = _counting(LARGE)
    found = answer(question, facts)
    assert QUESTIONS[question] in found.text
    assert len(found.text) <= LONGEST
    assert len(set(read)) <= NAMED
    assert len(asked) <= 4 * NAMED
    assert len(found.stages) <= NAMED


def test_the_rest_of_a_long_list_is_counted() -> None:
    facts, _read, _asked = _counting(LARGE)
    found = answer("what is overdue?", facts)
    assert found.told is not None
    shown = found.text.count("Number ")
    assert 10 < shown < 60
    assert sum(one.things for one in found.told.points) == shown
    assert found.text.endswith(f"and {LARGE - shown} more.")


def test_q2_what_a_private_project_counts_is_for_its_members_alone() -> None:
    seen, hidden = _many(2)
    hidden = replace(hidden, private=True, members=frozenset((1,)))
    told = {
        asker: answer(
            "what is overdue?",
            replace(
                in_memory((seen, hidden), PEOPLE.values(), (), now=NOW, asker=PEOPLE[asker]),
                sees_open=True,
            ),
        ).text
        for asker in (1, 2)
    }
    assert told[1].startswith("2 items are overdue: Number 0001")
    assert told[2].startswith("1 item is overdue: Number 0001")
    assert "0002" not in told[2]
