"""Letters of documents against the record: nothing is overwritten, nobody who left takes one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.document import Tally
from bot.errors import BadDocument, Problem
from storage import audit
from storage.tables import AssignmentRow
from tests.storage.loading_support import Desk, open_desk
from tests.support.clock import T0

Raw = dict[str, Any]
Row = tuple[datetime | None, datetime | None, datetime, datetime | None]
"""Since, until, recorded at, and when its end was recorded."""

HOUR = timedelta(hours=1)
LATER = T0 + HOUR


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


MARCH, MAY, JUNE = day("2026-03-01"), day("2026-05-01"), day("2026-06-01")
DECEMBER, NEXT_YEAR = day("2026-12-01"), day("2027-01-01")


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with open_desk(database_url) as desk:
        yield desk


def held(person: str, letter: str = "A", **also: str) -> Raw:
    return {"project": "p", "item": "idea", "raci": letter, "person": person, **also}


def team(*assignments: Raw, **left: bool) -> Raw:
    """A document with a project of two stages; `dev=False` says that Dev has left."""
    people = {"ana": "Ana Sol", "bea": "Bea Lind", "dev": "Dev Rao"}
    return {
        "people": [
            {"key": key, "name": name, "active": left.get(key, True)}
            for key, name in people.items()
        ],
        "stages": [{"key": "idea", "title": "Idea"}, {"key": "framing", "title": "Framing"}],
        "projects": [{"key": "p", "name": "P", "stages": {"idea": {}, "framing": {}}}],
        "assignments": list(assignments),
    }


def recorded(desk: Desk) -> list[Row]:
    with desk.database.read() as session:
        rows = session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))).all()
        return [(row.since, row.until, row.recorded_at, row.ended_recorded_at) for row in rows]


@pytest.mark.parametrize("letter", ["A", "R"])
@pytest.mark.parametrize(
    ("first", "then", "void", "new"),
    [
        ({"since": "2026-05-01"}, {"since": "2026-03-01"}, (MAY, MAY), (MARCH, None)),
        ({"since": "2026-03-01"}, {"since": "2026-05-01"}, (MARCH, MARCH), (MAY, None)),
        ({}, {"since": "2026-03-01"}, (LATER, LATER), (MARCH, None)),
        (
            {"until": "2026-12-01"},
            {"until": "2027-01-01"},
            (DECEMBER, DECEMBER),
            (None, NEXT_YEAR),
        ),
        (
            {"since": "2026-05-01", "until": "2026-12-01"},
            {"until": "2026-06-01"},
            (MAY, MAY),
            (MAY, JUNE),
        ),
        (
            {"since": "2026-05-01"},
            {"since": "2026-03-01", "until": "2026-12-01"},
            (MAY, MAY),
            (MARCH, DECEMBER),
        ),
    ],
)
def test_a_corrected_time_is_recorded_beside_the_one_before(
    desk: Desk,
    letter: str,
    first: Raw,
    then: Raw,
    void: tuple[datetime, datetime],
    new: tuple[datetime | None, datetime | None],
) -> None:
    desk.load(team(held("bea", letter, **first)))
    raw = team(held("bea", letter, **then))
    assert desk.load(raw, LATER).parts["assignments"].changed == 1
    ended = LATER if new[1] else None
    assert recorded(desk) == [(*void, T0, LATER), (*new, LATER, ended)]
    lines = desk.lines()
    for again in (raw, desk.dump(LATER)):
        assert desk.load(again, LATER + HOUR).changed == 0
    assert desk.lines() == lines
    assert len(recorded(desk)) == 2


def test_a_letter_without_an_end_ends_where_it_stands(desk: Desk) -> None:
    desk.load(team(held("bea", since="2026-03-01")))
    desk.load(team(held("ana", since="2026-05-01")), LATER)
    assert recorded(desk) == [(MARCH, MAY, T0, LATER), (MAY, None, LATER, None)]


def test_a_hand_over_keeps_the_end_that_was_planned_in_the_record(desk: Desk) -> None:
    desk.load(team(held("bea", since="2026-03-01", until="2026-12-01")))
    desk.load(team(held("ana")), LATER)
    assert recorded(desk) == [
        (MARCH, MARCH, T0, LATER),
        (MARCH, LATER, LATER, LATER),
        (LATER, None, LATER, None),
    ]
    assert desk.accountable("p", "idea", T0) == ["bea"]
    assert desk.accountable("p", "idea", LATER) == ["ana"]


@pytest.mark.parametrize("letter", ["A", "R"])
def test_a_void_letter_counts_for_nothing(desk: Desk, letter: str) -> None:
    desk.load(team(held("bea", letter, until="2026-12-01")))
    desk.load(team(held("bea", letter, until="2026-06-01")), LATER)
    assert recorded(desk)[0][:2] == (DECEMBER, DECEMBER)
    begins = LATER + HOUR
    raw = team(held("bea", letter, since=begins.isoformat()))
    assert desk.load(raw, begins).parts["assignments"] == Tally(created=1)
    assert recorded(desk)[1:] == [(None, JUNE, LATER, LATER), (begins, None, begins, None)]


def test_the_record_says_in_words_what_was_put_right(desk: Desk) -> None:
    desk.load(team(held("bea", since="2026-05-01")))
    desk.load(team(held("bea", since="2026-03-01")), LATER)
    item = desk.project("p").item("idea")
    assert item is not None
    with desk.database.read() as session:
        [line] = audit.since_version(session, desk.workspace, item.id, item.version - 1)
        assert audit.verify(session).faults == ()
    assert line.summary == "accountable: Bea Lind since 2026-03-01, not since 2026-05-01"


@pytest.mark.parametrize("letter", ["A", "R"])
@pytest.mark.parametrize("also", [{}, {"since": "2026-12-01"}, {"until": "2026-12-01"}])
def test_nobody_who_left_is_given_a_letter_anew(desk: Desk, letter: str, also: Raw) -> None:
    desk.load(team(held("ana"), dev=False))
    before, lines = desk.dump(), desk.lines()
    for item in ("idea", "framing"):
        row = held("dev", letter, **also) | {"item": item}
        with pytest.raises(BadDocument) as caught:
            desk.load(team(held("ana", "C"), row, dev=False), LATER)
        message = "Dev Rao has left and cannot be given a letter anew"
        assert caught.value.problems == (Problem("assignments[1]", message),)
    assert (desk.dump(), desk.lines()) == (before, lines)


def test_somebody_who_left_keeps_what_is_recorded_and_comes_with_new_items(desk: Desk) -> None:
    raw = team(held("dev", since="2026-05-01"))
    desk.load(raw)
    raw = team(held("dev", since="2026-05-01"), dev=False)
    assert desk.load(raw, LATER).parts["assignments"].unchanged == 1
    raw["projects"][0]["components"] = [{"key": "new", "title": "New", "stage": "idea"}]
    raw["assignments"] += [held("dev") | {"item": "new"}]
    assert desk.load(raw, LATER).parts["assignments"].created == 1
    raw["assignments"][0]["since"] = "2026-03-01"
    assert desk.load(raw, LATER + HOUR).parts["assignments"].changed == 1
    raw["assignments"] += [held("dev", "R", until="2026-03-01")]
    assert desk.load(raw, LATER + HOUR).parts["assignments"].created == 1
    assert desk.accountable("p", "new") == desk.accountable("p", "idea") == ["dev"]


def test_who_comes_back_in_the_same_document_may_take_one(desk: Desk) -> None:
    desk.load(team(held("ana"), dev=False))
    desk.load(team(held("dev")), LATER)
    assert desk.accountable("p", "idea", LATER) == ["dev"]
