"""The tidy list of letters, and the ids by which a row is known again."""

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.exports import book, ids
from bot.exports.ids import SeatId
from bot.project import Group, Letter, PersonHolder, Vacancy
from bot.sheets import write
from tests.bot.exported import ATLAS, TEAM, A, C, R, material, person, rows, sheets, stage
from tests.bot.support import ANA, BEA, held
from tests.support.clock import T0


def test_x2_the_list_has_a_row_a_letter_and_no_letter_twice() -> None:
    found = rows(sheets(ATLAS)["RACI"])
    told = [(row["Stage"], row["Component"], row["Letter"], row["Person"]) for row in found]
    # "Tide feed" takes the letters of its stage, and has none of its own.
    assert told == [
        ("Framing", None, "A", "Ana Sample"),
        ("Framing", None, "R", "Ana Sample"),
        ("Data pipeline", None, "A", "Bea Sample"),
        ("Data pipeline", None, "R", "vacant (Data Engineer, DE-1)"),
        ("Data pipeline", None, "C", "Cy Sample"),
        ("Rollout", None, "A", "Dee Sample"),
    ]
    assert found[0] == {
        "Project": "Atlas",
        "Stage": "Framing",
        "Component": None,
        "Letter": "A",
        "Person": "Ana Sample",
        "Since": T0.date().replace(month=10, day=24),
        "Until": None,
        "Source": "command",
        "ID": "atlas/framing/A/ana",
    }
    assert [row["ID"] for row in found][2:5] == [
        "atlas/data_pipeline/A/bea",
        "atlas/data_pipeline/R/vacant:Data Engineer:DE-1",
        "atlas/data_pipeline/C/cy",
    ]


def test_a_letter_that_was_said_in_slack_leads_there_and_its_id_is_hidden() -> None:
    said = replace(person(A, ANA), message="https://sample.example/p1")
    framing = stage("framing", said, held(C, Group("S0LABEL", "labellers")))
    made = load_workbook(BytesIO(write(book(material(replace(ATLAS, items=(framing,)))))))["RACI"]
    assert made["H2"].hyperlink is not None
    assert made["H2"].hyperlink.target == "https://sample.example/p1"
    assert made["H3"].hyperlink is None
    assert (made["E3"].value, made["I3"].value) == (
        "@labellers",
        "atlas/framing/C/group:S0LABEL",
    )
    assert made.column_dimensions["I"].hidden
    assert not made.column_dimensions["H"].hidden


def test_ids_do_not_hang_on_names_or_on_the_order_of_rows() -> None:
    again = replace(
        ATLAS,
        name="Renamed",
        items=tuple(
            replace(one, title=f"{one.title}!", id=one.id + 70) for one in reversed(ATLAS.items)
        ),
    )
    team = {key: replace(one, name=f"{one.name} II") for key, one in TEAM.items()}
    before = {row["ID"] for row in rows(sheets(ATLAS)["RACI"])}
    assert {row["ID"] for row in rows(sheets(again, people=team)["RACI"])} == before


@pytest.mark.parametrize(
    ("words", "seat"),
    [
        ("atlas/rollout/A/bea", SeatId("atlas", "rollout", A, person="bea")),
        ("atlas/x/C/group:S1", SeatId("atlas", "x", C, group="S1")),
        ("atlas/x/R/vacant:Developer:", SeatId("atlas", "x", R, role="Developer")),
        ("atlas/x/Z/bea", None),
        ("atlas/x/A", None),
        ("atlas//A/bea", None),
        ("", None),
    ],
)
def test_an_id_can_be_taken_apart(words: str, seat: SeatId | None) -> None:
    assert ids.taken_apart(words) == seat


@given(st.text(min_size=1, max_size=20), st.none() | st.text(min_size=1, max_size=9))
def test_whatever_a_vacant_seat_wants_its_id_says_it(role: str, requisition: str | None) -> None:
    try:
        f"{role}{requisition}".encode()
    except UnicodeEncodeError:
        return  # half a pair is no text that a record keeps
    words = ids.of_seat(ATLAS, ATLAS.items[0], Letter.R, Vacancy(role, requisition), TEAM)
    found = ids.taken_apart(words)
    assert found == SeatId("atlas", "framing", R, role=role, requisition=requisition or "")


def test_somebody_unknown_has_an_id_of_their_own() -> None:
    assert ids.of_holder(PersonHolder(BEA), {}) == f"person:{BEA}"
