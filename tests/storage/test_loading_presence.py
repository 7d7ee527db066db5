"""What a document says of people's days: their own zone, their holidays, when they are away."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.errors import BadDocument
from bot.presence import Absence, Half
from storage import absences, ledger, people
from storage.tables import AbsenceRow
from tests.storage.loading_support import Desk, open_desk
from tests.support.clock import T0

LEAVE = {"from": "2026-12-21", "until": "2026-12-23", "half": "day"}
HALF = {"from": "2026-12-24", "until": "2026-12-24", "half": "morning"}
ANA = {
    "key": "ana",
    "name": "Ana Sample",
    "timezone": "Europe/Berlin",
    "own_zone": "America/New_York",
    "holiday_region": "DE-BY",
    "absences": [LEAVE, HALF],
}
BEA = {"key": "bea", "name": "Bea Sample"}


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with open_desk(database_url) as desk:
        yield desk


def told(desk: Desk, key: str) -> dict[str, Any]:
    """What a dump tells of somebody."""
    [found] = [one for one in desk.dump()["people"] if one["key"] == key]
    return {name: found[name] for name in ANA.keys() & found.keys()}


def test_days_off_zone_and_holidays_are_loaded_and_dumped_as_they_are(desk: Desk) -> None:
    desk.load({"people": [ANA, BEA]})
    ana = desk.people()["ana"]
    with desk.database.read() as session:
        person = people.everyone(session, desk.workspace)[ana]
        away = absences.standing(session, desk.workspace, 1)[ana]
    assert (person.timezone, person.own_zone, person.region) == (
        *("America/New_York", "America/New_York"),
        "DE-BY",
    )
    assert [(one.first, one.last, one.half) for one in away] == [
        (date(2026, 12, 21), date(2026, 12, 23), Half.DAY),
        (date(2026, 12, 24), date(2026, 12, 24), Half.MORNING),
    ]
    assert all(isinstance(one, Absence) for one in away)
    assert told(desk, "ana") == ANA
    assert told(desk, "bea") == {**BEA, "timezone": "UTC"}
    lines = desk.lines()
    report = desk.load(desk.dump())
    assert (report.created, report.changed, desk.lines()) == (0, 0, lines)
    assert report.parts["absences"].unchanged == 2


def test_what_is_left_out_stays_and_what_is_empty_goes(desk: Desk) -> None:
    desk.load({"people": [ANA]})
    desk.load({"people": [{"key": "ana", "name": "Ana Sample"}]})
    assert told(desk, "ana") == ANA
    desk.load({"people": [{**ANA, "own_zone": "", "holiday_region": "", "absences": []}]})
    assert told(desk, "ana") == {
        name: ANA[name] for name in ("key", "name", "timezone", "absences")
    }


def test_what_a_status_says_and_what_was_called_off_is_in_no_dump(desk: Desk) -> None:
    desk.load({"people": [ANA]})
    row = {
        "workspace_id": desk.workspace,
        "person_id": desk.people()["ana"],
        "first_day": date(2026, 12, 1),
        "last_day": date(2026, 12, 2),
    }
    off = {"ended_at": T0, "ended_on": date(2026, 12, 1)}
    with (
        desk.database.begin() as session,
        ledger.opened(session, desk.operator, T0) as book,
    ):
        for more in ({"told": "status"}, off):
            book.insert("AbsenceSet", AbsenceRow, [{**row, **more, **book.recorded()}])
    assert told(desk, "ana") == ANA


@pytest.mark.parametrize(
    ("said", "path", "message"),
    [
        ({"own_zone": "Mars/Base"}, "people[0].own_zone", "is no time zone"),
        ({"holiday_region": "Atlantis"}, "people[0].holiday_region", "is no region"),
        ({"absences": [LEAVE, LEAVE]}, "people[0].absences[1].from", "has the from and until"),
        (
            {"absences": [{"from": "2026-12-21", "until": "2026-12-20"}]},
            "people[0].absences[0].until",
            "2026-12-20 lies before 2026-12-21",
        ),
    ],
)
def test_what_cannot_be_is_told_with_its_place(
    desk: Desk, said: dict[str, Any], path: str, message: str
) -> None:
    with pytest.raises(BadDocument) as refused:
        desk.load({"people": [{**BEA, **said}]})
    [problem] = refused.value.problems
    assert problem.path == path
    assert message in problem.message
