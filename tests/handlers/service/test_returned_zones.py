"""Days of an export that comes back are those of the zone in which the file told them."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.exports import Form
from bot.outcome import Place
from bot.people import Profile
from tests.handlers.service.returned_team import PERSON, SINCE, TEAM, counts
from tests.handlers.service.returning import ALL, HERE, Desk, File, file_of, kept

LATE = datetime(2026, 11, 23, 20, 30, tzinfo=UTC)
"""In Tokyo it is the next day."""
LEADS = Place("C0LEADS", "leads")
NEW = "atlas/framing/C/cy"


@pytest.fixture
def desk(sqlite_template: Path) -> Iterator[Desk]:
    team = deepcopy(TEAM)
    for person in team["people"]:
        person["timezone"] = "Asia/Tokyo" if person["key"] == "bea" else "Europe/Berlin"
    with kept(sqlite_template, team) as made:
        made.now = LATE
        made.assign("framing", "C", "cy")
        made.wait(hours=1)
        yield made


def exported(desk: Desk, place: Place = HERE) -> File:
    bea, here = desk.actor("bea"), place is not HERE
    return file_of(desk.charter.exports.made(bea, ALL, place, here=here).content)


@pytest.mark.parametrize(("place", "importer"), [(LEADS, "dee"), (HERE, "")])
def test_x8_whoever_exported_and_whoever_imports_who_edits_a_row_is_in_no_conflict(
    desk: Desk, importer: str, place: Place
) -> None:
    file = exported(desk, place)
    row = file.find(NEW)
    assert row[SINCE] == date(2026, 11, 24), "of Tokyo"
    row[PERSON] = "Dee Sample"
    done = desk.take(file.bytes(), importer)
    assert (counts(done), done.written) == ((0, 1, 0, 0, 0), True)
    assert NEW not in desk.letters()


def test_x8_who_lives_elsewhere_by_now_changed_no_day_by_that(desk: Desk) -> None:
    file = exported(desk)
    file.find(NEW)[PERSON] = "Dee Sample"
    moved = Profile("UBEA", "Bea Sample", "Bea", "America/New_York")
    desk.charter.people.learned(desk.workspace, moved)
    bea = desk.charter.people.keyed(desk.workspace, "bea")
    assert bea is not None
    assert bea.timezone == "America/New_York"
    assert counts(desk.take(file.bytes(), "bea")) == (0, 1, 0, 0, 0)


@pytest.mark.parametrize(("form", "is_told"), [(Form.CSV, True), (Form.XLSX, False)])
def test_x8_a_csv_without_an_id_says_that_it_may_change_back(
    desk: Desk, form: Form, *, is_told: bool
) -> None:
    content = desk.charter.exports.made(desk.operator, ALL, HERE, form=form).content
    assert any("has no export id" in one for one in desk.preview(content).plan.notes) is is_told
