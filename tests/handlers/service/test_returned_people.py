"""Exports that come back after somebody whom they name was erased, or is called otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import Ambiguous, NotFound
from bot.orders import Move, RaiseRaid
from bot.people import Profile
from bot.project import Status
from bot.raid import RaidKind
from tests.handlers.service.returned_team import (
    A_BEA,
    C_CY,
    LETTER,
    PERSON,
    R_BEA,
    TEAM,
    cell,
    counts,
    write,
)
from tests.handlers.service.returning import HERE, TABLES, Desk, file_of, kept

PIPELINE = "atlas/data_pipeline"
ERASED = (
    "Somebody whom this file names was erased here since it was exported: their name counts as not "
    "edited, and is written nowhere."
)


@pytest.fixture
def desk(sqlite_template: Path) -> Iterator[Desk]:
    with kept(sqlite_template, TEAM) as made:
        yield made


def test_x8_whoever_was_erased_since_is_no_edit_and_no_error(desk: Desk) -> None:
    bea, charter = desk.actor("bea"), desk.charter
    charter.people.learned(desk.workspace, Profile("UBEA", "Bea Lind", "Bea", "Europe/Berlin"))
    note = "Bea Lind is alone here; who was Bea Sample can be asked"
    charter.stages.move(bea, Move("data pipeline", Status.IN_PROGRESS, note, "atlas"), HERE)
    said = (("text", "Bea Lind may leave"), ("owner", "Bea Lind"))
    charter.raid.lift(bea, RaiseRaid(RaidKind.RISK, said, "atlas"), HERE)
    whole = desk.export()
    charter.personal.erase(desk.operator, "Bea Lind")
    before = desk.letters()
    for names in (TABLES, (*TABLES, "Load")):
        file = file_of(whole, names)
        done = desk.take(file.bytes())
        assert (counts(done), done.plan.planned) == ((0, 0, 0, 0, 0), ())
        assert ERASED in done.plan.notes
    assert counts(desk.take(whole)) == (0, 0, 0, 0, 0)
    assert desk.letters() == before
    file = file_of(whole)
    file.find(C_CY)[PERSON] = "Dee Sample"
    write(file, "Matrix", PIPELINE, "Cy Sample", None)
    write(file, "Stages", "atlas/idea", "Note", "begun with bea LIND")
    assert counts(desk.take(file.bytes())) == (0, 2, 0, 0, 0)
    assert desk.letters()[f"{PIPELINE}/C/dee"] == 1
    [atlas] = [one for one in desk.projects() if one.key == "atlas"]
    assert [one.note for one in atlas.items if one.key == "idea"] == ["begun with former member 1"]


def test_x8_an_edit_of_who_was_erased_since_is_told(desk: Desk) -> None:
    """Who is accountable goes to nobody unasked; another letter of theirs is an error, and so is a
    name that is nobody's, though theirs is none any more either.
    """
    whole = desk.export()
    desk.charter.personal.erase(desk.operator, "Bea Sample")
    file = file_of(whole)
    file.find(A_BEA)[PERSON] = "Cy Sample"
    file.find(R_BEA)[LETTER] = "I"
    del file.sheets["Matrix"]
    done = desk.take(file.bytes())
    assert counts(done) == (0, 0, 0, 1, 1)
    [fault], [conflict] = done.plan.faults, done.plan.conflicts
    assert isinstance(fault.error, NotFound)
    assert (conflict.base, conflict.theirs) == ("former member 1", "Cy Sample")
    file = file_of(whole, (*TABLES, "Load"))
    for row in (file.find(A_BEA), file.find(R_BEA)):
        row[PERSON] = "Zoe Nobody"
    [first, second] = desk.take(file.bytes()).plan.faults
    assert [one.cell for one in (first, second)] == [
        cell(file, "RACI", id_, "Person") for id_ in (A_BEA, R_BEA)
    ]


def test_x8_a_newcomer_who_is_called_like_them_takes_nothing_over(desk: Desk) -> None:
    whole = desk.export()
    desk.charter.personal.erase(desk.operator, "Bea Sample")
    newcomer = Profile("UBEA2", "Bea Sample", "Bea", "Europe/Berlin")
    desk.charter.people.learned(desk.workspace, newcomer)
    before = desk.letters()
    assert counts(desk.take(whole)) == (0, 0, 0, 0, 0)
    done = desk.take(file_of(whole).bytes())  # without the sheet that knows them by their keys
    assert counts(done)[:3] == (0, 0, 0)
    assert done.plan.faults != ()
    assert desk.letters() == before


def test_x8_a_new_row_may_say_what_somebody_was_called_in_the_export(desk: Desk) -> None:
    """Also whoever held no letter in it; somebody who is called so by now makes it two."""
    file = file_of(desk.export())

    def add(*rows: tuple[str, str, str]) -> None:
        file.letters.extend(
            ["Atlas", stage, None, letter, name, None, None, None, None]
            for stage, letter, name in rows
        )

    def learn(user: str, name: str) -> None:
        desk.charter.people.learned(
            desk.workspace, Profile(user, name, name.split(maxsplit=1)[0], "UTC")
        )

    learn("UEVE", "Eve Sample")
    file = file_of(desk.export())
    for user, name in {"UBEA": "Bea Lind", "UEVE": "Eve Berg", "UCY": "Cy Dahl"}.items():
        learn(user, name)
    learn("UBEA", "Bea Strand")
    add(("Modelling", "R", "Bea Sample"), ("Modelling", "C", "Eve Sample"))
    add(("Modelling", "I", "Bea Strand"))
    done = desk.take(file.bytes())
    assert (counts(done), done.written) == ((3, 0, 0, 0, 0), True)
    there = {f"atlas/modelling/{one}" for one in ("R/bea", "I/bea")}
    assert there <= desk.letters().keys()
    assert any(one.startswith("atlas/modelling/C/") for one in desk.letters())
    learn("UCY2", "Cy Sample")
    add(("Roll-out", "C", "Cy Sample"))
    [fault] = desk.take(file.bytes()).plan.faults
    assert isinstance(fault.error, Ambiguous)
    assert {ref for _, ref in fault.error.options} == {"<@UCY>", "<@UCY2>"}
    asked = {"Cy Sample": "<@UCY>"}
    assert counts(desk.take(file.bytes(), people=asked)) == (1, 0, 0, 0, 0)
    assert desk.letters()["atlas/rollout/C/cy"] == 1
    file.letters[-1][PERSON] = "Bea Lind"  # what they were called between then and now
    assert counts(desk.take(file.bytes())) == (0, 0, 0, 1, 0)
