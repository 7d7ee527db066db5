"""Exports that come back edited are merged three-way: base, the file, and what is true by now."""

import json
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.errors import Forbidden
from bot.imports import Slip
from bot.orders import Grant, RenameItem
from bot.rights import Role
from handlers.service.importing import Asked
from storage import kept_exports
from storage.kept_exports import KEPT_FOR
from tests.handlers.service.returned_team import (
    A_BEA,
    C_CY,
    LETTER,
    PERSON,
    R_BEA,
    SEAT,
    SINCE,
    SOURCE,
    TEAM,
    UNTIL,
    counts,
    sides,
)
from tests.handlers.service.returning import HERE, Desk, file_of, kept


@pytest.fixture
def desk(sqlite_template: Path) -> Iterator[Desk]:
    with kept(sqlite_template, TEAM) as made:
        yield made


def test_x8_only_what_changed_in_the_file_is_taken_and_the_second_time_nothing(desk: Desk) -> None:
    file = file_of(desk.export())
    file.find(C_CY)[PERSON] = "Dee Sample"
    file.letters.remove(file.find(R_BEA))
    file.letters.append(["Atlas", "Problem framing", None, "A", "Cy Sample", *[None] * 4])
    desk.wait(hours=1)
    desk.assign("modelling", "R", "bea")
    before = desk.letters()
    done = desk.take(file.bytes())
    assert (counts(done), done.written) == ((1, 2, 1, 0, 0), True)
    gone = {C_CY, R_BEA}
    new = {"atlas/data_pipeline/C/dee", "atlas/framing/A/cy"}
    assert set(desk.letters()) == set(before) - gone | new
    again = desk.take(file.bytes())
    assert counts(again) == (0, 0, 0, 0, 0)
    assert again.plan.unchanged == len(file.letters) - 1 + 1, "each row, and the one that is gone"


def test_x8_the_same_cell_changed_on_both_sides_is_a_conflict_and_the_rest_is_taken(
    desk: Desk,
) -> None:
    file = file_of(desk.export())
    row = file.find(A_BEA)
    row[PERSON] = "Cy Sample"
    cell = f"E{file.letters.index(row) + 1}"
    file.find(C_CY)[LETTER] = "I"
    desk.assign("data pipeline", "A", "dee")
    before = desk.letters()
    refused = desk.take(file.bytes())
    assert not refused.written
    assert desk.letters() == before
    assert [sides(one) for one in refused.plan.conflicts] == [
        (cell, "Bea Sample", "Cy Sample", "Dee Sample")
    ]
    done = desk.take(file.bytes(), partial=True)
    assert (counts(done), done.written) == ((0, 1, 0, 0, 1), True)
    assert desk.accountable("atlas", "data_pipeline") == ["dee"]
    assert desk.letters() == before - Counter([C_CY]) + Counter(["atlas/data_pipeline/I/cy"])


def test_x8_what_both_sides_changed_to_the_same_is_no_change(desk: Desk) -> None:
    file = file_of(desk.export())
    file.find(A_BEA)[PERSON] = "Dee Sample"
    file.letters.remove(file.find(C_CY))
    desk.assign("data pipeline", "A", "dee")
    desk.clear("data pipeline", "C", "cy")
    before = desk.letters()
    done = desk.take(file.bytes())
    assert (counts(done), desk.letters()) == ((0, 0, 0, 0, 0), before)


def test_x8_two_accountable_in_the_file_are_an_error_of_the_row(desk: Desk) -> None:
    file = file_of(desk.export())
    file.letters.append(["Atlas", "Data pipeline", None, "A", "Cy Sample", *[None] * 4])
    done = desk.take(file.bytes(), partial=True)
    [fault] = done.plan.faults
    assert (fault.slip, fault.cell) == (Slip.TWO_ACCOUNTABLE, f"D{len(file.letters)}")
    assert fault.facts["first"] == "Bea Sample"
    assert desk.accountable("atlas", "data_pipeline") == ["bea"]


def test_x8_unknown_people_are_not_created(desk: Desk) -> None:
    file = file_of(desk.export())
    file.find(C_CY)[PERSON] = "Zoe Nobody"
    done = desk.take(file.bytes())
    assert counts(done) == (0, 0, 0, 1, 0)
    assert desk.letters()[C_CY] == 1


def test_x8_rows_may_be_reordered_and_ids_lost_where_the_row_says_the_same(desk: Desk) -> None:
    file = file_of(desk.export())
    head, *rows = file.letters
    rows.reverse()
    rows[0][-1] = None
    first, second = rows[1], rows[2]
    first[-1], second[-1] = second[-1], first[-1]
    file.sheets["RACI"] = [head, *rows]
    assert counts(desk.take(file.bytes())) == (0, 0, 0, 0, 0)


def test_x8_what_things_are_called_by_now_does_not_matter(desk: Desk) -> None:
    file = file_of(desk.export())
    file.find(C_CY)[LETTER] = "I"
    renamed = deepcopy(TEAM)
    renamed["people"][2]["name"] = "Cyril Moss"
    desk.wait(hours=1)
    desk.charter.documents.load(None, json.dumps(renamed), desk.now)
    desk.charter.ladders.rename(
        desk.operator, RenameItem("data pipeline", "Feeding", "atlas"), HERE
    )
    done = desk.take(file.bytes())
    assert counts(done) == (0, 1, 0, 0, 0)
    assert "atlas/data_pipeline/I/cy" in desk.letters()
    assert C_CY not in desk.letters()


def test_x8_a_part_of_the_list_takes_nothing_away_from_projects_that_are_not_in_it(
    desk: Desk,
) -> None:
    file = file_of(desk.export())
    before = desk.letters()
    head, *rows = file.letters
    file.sheets["RACI"] = [head, *[row for row in rows if row[0] == "Cedar"]]
    done = desk.take(file.bytes())
    assert (counts(done), desk.letters()) == ((0, 0, 0, 0, 0), before)
    assert any("No line of “Atlas”" in note for note in done.plan.notes)


def test_x8_edge_4_who_is_accountable_is_taken_out_and_a_vacant_seat_stays(desk: Desk) -> None:
    file = file_of(desk.export())
    file.letters.remove(file.find(A_BEA))
    assert counts(desk.take(file.bytes())) == (0, 1, 1, 0, 0)
    [seat] = desk.accountable("atlas", "data_pipeline")
    assert seat.startswith("vacant:")
    assert counts(desk.take(file.bytes())) == (0, 0, 0, 0, 0)


def test_x8_nobody_needs_a_right_for_what_they_did_not_change(desk: Desk) -> None:
    file = file_of(desk.export("dee"))
    file.find("cedar/idea/A/dee")[LETTER] = "A/R"
    done = desk.take(file.bytes(), "dee")
    assert counts(done) == (1, 0, 0, 0, 0)
    viewer = Grant("Dee Sample", Role.VIEWER, "atlas")
    desk.charter.access.grant(desk.operator, viewer, HERE)
    assert counts(desk.take(file.bytes(), "dee")) == (0, 0, 0, 0, 0)
    file.find(C_CY)[PERSON] = "Dee Sample"
    file.letters.remove(file.find(R_BEA))
    refused = desk.take(file.bytes(), "dee", partial=True)
    assert [type(one.error) for one in refused.plan.faults] == [Forbidden, Forbidden]
    assert desk.letters()[C_CY] == desk.letters()[R_BEA] == 1


def test_x8_what_somebody_may_not_see_was_never_exported_for_them(desk: Desk) -> None:
    file = file_of(desk.export("ana"))
    same = desk.preview(file.bytes(), "dee")
    [fault] = same.plan.faults
    assert "Secret" in str(fault.error)
    file.find("secret/idea/A/ana")[PERSON] = "Bea Sample"
    other = desk.preview(file.bytes(), "dee")
    assert [one.told for one in other.plan.faults] == [fault.told], "it tells nothing apart"
    file.letters.remove(file.find("secret/idea/A/ana"))
    file.sheets = {"RACI": file.letters}
    assert counts(desk.preview(file.bytes(), "dee")) == (0, 0, 0, 0, 0)


def test_x8_who_is_asked_first_is_asked_once(desk: Desk) -> None:
    file = file_of(desk.export())
    file.find(A_BEA)[PERSON] = "Dee Sample"
    done = desk.take(file.bytes(), "ana")
    assert counts(done) == (0, 1, 0, 0, 0)
    assert desk.accountable("atlas", "data_pipeline") == ["bea"]
    assert counts(desk.take(file.bytes(), "ana")) == (0, 0, 0, 0, 0)


def test_x8_people_who_change_places_change_nothing(desk: Desk) -> None:
    file = file_of(desk.export())
    file.letters.append(["Atlas", "Data pipeline", None, "R", "Dee Sample", *[None] * 4])
    desk.take(file.bytes())
    desk.wait(hours=1)
    file = file_of(desk.export())
    one, other = file.find(R_BEA), file.find("atlas/data_pipeline/R/dee")
    one[PERSON], other[PERSON] = other[PERSON], one[PERSON]
    before = desk.letters()
    assert counts(desk.take(file.bytes())) == (0, 0, 0, 0, 0)
    assert desk.letters() == before


def test_x8_a_vacant_seat_is_filled_where_the_file_fills_it_and_stays_where_it_stays(
    desk: Desk,
) -> None:
    file = file_of(desk.export())
    file.find(R_BEA)[PERSON] = "Dee Sample"
    assert counts(desk.take(file.bytes())) == (0, 1, 0, 0, 0)
    assert desk.letters()[SEAT] == 1, "its row is as it was"
    file.find(SEAT)[PERSON] = "Cy Sample"
    assert counts(desk.take(file.bytes())) == (0, 1, 0, 0, 0)
    found = {key for key in desk.letters() if key.startswith("atlas/data_pipeline/R/")}
    assert found == {"atlas/data_pipeline/R/dee", "atlas/data_pipeline/R/cy"}


def test_x8_a_letter_moves_to_another_stage(desk: Desk) -> None:
    file = file_of(desk.export())
    file.find(C_CY)[1] = "Modelling"
    assert counts(desk.take(file.bytes())) == (0, 1, 0, 0, 0)
    assert C_CY not in desk.letters()
    assert "atlas/modelling/C/cy" in desk.letters()


def test_x8_days_are_put_right_and_the_day_of_the_end_is_no_ones_to_write(desk: Desk) -> None:
    file = file_of(desk.export())
    row = file.find("atlas/board/R/cy")
    assert row[SINCE] == date(2026, 3, 2)
    row[SINCE] = date(2026, 3, 9)
    file.find(C_CY)[UNTIL] = date(2027, 1, 1)
    file.find(R_BEA)[SOURCE] = "somewhere"
    done = desk.take(file.bytes(), partial=True)
    assert counts(done) == (0, 1, 0, 2, 0)
    assert {one.slip for one in done.plan.faults} == {Slip.UNTIL_EDITED, Slip.NOT_TAKEN}
    assert file_of(desk.export()).find("atlas/board/R/cy")[SINCE] == date(2026, 3, 9)
    row[SINCE] = date(2026, 3, 16)
    [conflict] = desk.take(file.bytes()).plan.conflicts
    assert conflict.base.endswith("2026-03-02")
    assert conflict.ours.endswith("2026-03-09")
    row[SINCE] = None
    assert Slip.SINCE_GONE in {one.slip for one in desk.take(file.bytes()).plan.faults}


def test_x8_an_export_that_is_not_kept_any_more_is_held_against_the_present(desk: Desk) -> None:
    file = file_of(desk.export())
    file.letters.remove(file.find(C_CY))
    file.letters.remove(file.find("atlas/rollout/R/group:S1"))
    desk.now += KEPT_FOR * 2
    desk.assign("rollout", "C", "bea")
    desk.export()
    done = desk.take(file.bytes())
    assert counts(done) == (0, 0, 0, 0, 0)
    assert desk.letters()[C_CY] == 1
    assert any("not kept any more" in note for note in done.plan.notes)


def test_x8_so_is_one_that_there_was_no_more_room_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = file_of(desk.export())
    file.letters.remove(file.find(C_CY))
    file.letters.remove(file.find("atlas/rollout/R/group:S1"))
    monkeypatch.setattr(kept_exports, "MOST_BYTES", 1)
    desk.now += timedelta(minutes=1)
    desk.assign("rollout", "C", "bea")
    later = file_of(desk.export())
    done = desk.take(file.bytes())
    assert counts(done) == (0, 0, 0, 0, 0)
    assert any("not kept any more" in note for note in done.plan.notes)
    later.letters.remove(later.find(C_CY))
    assert counts(desk.take(later.bytes()))[2] == 1, "the last one is kept whatever its size"


def test_x8_what_a_preview_showed_is_written_or_nothing(desk: Desk) -> None:
    file = file_of(desk.export())
    file.find(C_CY)[PERSON] = "Dee Sample"
    shown = desk.preview(file.bytes())
    desk.clear("data pipeline", "C", "cy")
    done = desk.charter.importing.take(
        desk.operator, file.bytes(), "back", Asked(partial=True), HERE, shown.plan.mark
    )
    assert (done.moved, done.written) == (True, False)
    assert len(done.plan.conflicts) == 1


@pytest.mark.parametrize("head", ["Project", "Stage", "Component", "Since", "Until", "Source"])
def test_x8_a_column_that_is_gone_was_not_edited(desk: Desk, head: str) -> None:
    file = file_of(desk.export(), ["RACI"])
    file.find(C_CY)[LETTER] = "I"
    at = file.letters[0].index(head)
    file.sheets["RACI"] = [[*row[:at], *row[at + 1 :]] for row in file.letters]
    before = desk.letters()
    done = desk.take(file.bytes())
    assert counts(done) == (0, 1, 0, 0, 0)
    assert desk.letters() == before - Counter([C_CY]) + Counter(["atlas/data_pipeline/I/cy"])


@pytest.mark.parametrize("head", ["Letter", "Person", "ID"])
def test_x8_without_letters_people_or_ids_the_file_is_asked_for_again(
    desk: Desk, head: str
) -> None:
    file = file_of(desk.export())
    at = file.letters[0].index(head)
    file.sheets["RACI"] = [[*row[:at], *row[at + 1 :]] for row in file.letters]
    [fault] = desk.take(file.bytes(), partial=True).plan.faults
    assert (fault.slip, fault.facts["head"]) == (Slip.HEAD_GONE, head)


def test_x8_a_name_that_is_none_is_an_error_though_the_row_has_its_id(desk: Desk) -> None:
    file = file_of(desk.export())
    file.find(C_CY)[0] = "Atlos"
    file.find(R_BEA)[1] = "Data pipelime"
    before = desk.letters()
    done = desk.take(file.bytes(), partial=True)
    assert [str(getattr(one.error, "text", "")) for one in done.plan.faults] == [
        "Data pipelime",
        "Atlos",
    ]
    assert (counts(done), desk.letters()) == ((0, 0, 0, 2, 0), before)


def test_x8_a_filtered_copy_takes_nothing_away_from_what_it_shows(desk: Desk) -> None:
    file = file_of(desk.export(), ["RACI"])
    head, *rows = file.letters
    some = [row for row in rows if row[0] != "Atlas" or row[LETTER] == "R"]
    file.sheets["RACI"] = [head, *some]
    before = desk.letters()
    done = desk.take(file.bytes())
    assert (counts(done), desk.letters()) == ((0, 0, 0, 0, 0), before)
    assert any("3 of the 7 lines of “Atlas” are missing" in note for note in done.plan.notes)


def test_x8_a_conflict_about_one_person_tells_since_when_each(desk: Desk) -> None:
    file = file_of(desk.export(), ["RACI"])
    file.find(A_BEA)[PERSON] = "Cy Sample"
    desk.assign("data pipeline", "A", "dee")
    desk.wait(days=2)
    desk.assign("data pipeline", "A", "bea")
    [conflict] = desk.take(file.bytes()).plan.conflicts
    assert conflict.base.startswith("Bea Sample, since ")
    assert conflict.ours.startswith("Bea Sample, since ")
    assert conflict.base != conflict.ours
