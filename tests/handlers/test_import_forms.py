"""What is said of a sheet in forms: what columns mean, whom names mean, and which side holds."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from handlers.playground.double import Double, Message, Person, View
from handlers.talking import Talking
from tests.handlers.talk import new_project, typed
from tests.handlers.test_imports import buttons, edited, known, shares

pytestmark = [
    pytest.mark.parametrize("transport", ["http"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
ODD = b"Stage;The boss;Mood\nRoll-out;A;quite happy\nAnnotation;A;so so\n"
COLUMNS, PEOPLE, CONFLICTS = "Columns", "Who is who", "Conflicts"


def opens(person: Person, card: Message, button: str, title: str) -> View:
    """The form that a button of the card opens, once it is made."""
    person.presses(card, button)
    return person.gets_modal(title)


def chosen(view: View) -> dict[str, str]:
    """By the blocks of a form, what is chosen in its selects at first."""
    inputs = [block for block in view.blocks if block["type"] == "input"]
    return {
        block["block_id"]: (block["element"].get("initial_option") or {}).get("value", "")
        for block in inputs
    }


def test_x7_what_columns_mean_is_chosen_in_a_form(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    known(workspace)
    refused = shares(ana, ODD)
    view = opens(ana, refused, "Columns", COLUMNS)
    assert chosen(view) == {"1!A1": "stage", "1!B1": "holder", "1!C1": ""}
    ana.fills({"1!C1": "not read"})
    assert ana.submits() is None
    unknown = ana.hears("There is no person “The boss” here")
    assert buttons(unknown) == ["Who is who", "Columns", "Close"]
    people = opens(ana, unknown, "Who is who", PEOPLE)
    assert [block["block_id"] for block in people.blocks[1:]] == ["who:The boss", "user:The boss"]
    ana.fills({"user:The boss": workspace.person("bea").id})
    assert ana.submits() is None
    card = ana.hears("A of Roll-out (Fraud Radar): ")
    assert "Bea Lind" in card.said
    assert buttons(card) == ["Apply", "Columns", "Cancel"]
    # What was said before still holds, and is what the form shows.
    assert chosen(opens(ana, card, "Columns", COLUMNS))["1!C1"] == "not read"
    ana.closes()
    ana.presses(card, "Apply")
    ana.hears("raci.csv is taken: ")
    assert "Bea Lind" in typed(ana, "raci annotation").said
    assert workspace.problems == []


def test_x7_a_mapping_that_places_only_some_columns_is_refused_at_the_field(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    known(workspace)
    card = shares(ana, ODD)
    before = len(ana.sees())
    opens(ana, card, "Columns", COLUMNS)
    for choice, field, words in (
        ({"1!B1": "not read", "1!C1": "not read"}, "1!A1", "No column of this sheet gives letters"),
        ({"1!B1": "person"}, "1!B1", "none that says which letter they have"),
        ({"1!B1": "letter"}, "1!B1", "none that says who has it"),
        ({"1!B1": "A", "1!C1": "holder"}, "1!B1", "would not be read beside the other columns"),
        ({"1!A1": "not read", "1!C1": "not read"}, "1!A1", "says which stage a line is of"),
        (
            {"1!A1": "project", "1!B1": "holder", "1!C1": "project"},
            "1!C1",
            "Another column of this sheet says that already",
        ),
    ):
        ana.fills(choice)
        errors = ana.submits()
        assert errors is not None
        assert list(errors) == [field]
        assert words in errors[field]
    assert len(ana.sees()) == before
    ana.fills({"1!A1": "stage", "1!B1": "A", "1!C1": "not read"})
    assert ana.submits() is None
    ana.hears("There is no person “A” here")
    assert workspace.problems == []


def test_x7_the_form_shows_each_sheet_also_one_that_was_not_read(
    workspace: Double, talking: Talking
) -> None:
    """Two sheets with the same heads are told apart, and lines beside a file go on to count."""
    ana = workspace.person("ana")
    new_project(workspace)
    known(workspace)
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "One"
    for row in (("Stage", "Boss"), ("Roll-out", "Bea Lind")):
        first.append(row)
    second = book.create_sheet("Two")
    second.append(("What we said", None))
    for row in (("Stage", "Boss"), ("Annotation", "Cy Moss")):
        second.append(row)
    out = BytesIO()
    book.save(out)
    ana.shares("two.xlsx", out.getvalue(), "project Fraud Radar")
    card = ana.hears("No table with RACI letters was found")
    view = opens(ana, card, "Columns", COLUMNS)
    assert chosen(view) == {
        "1!A1": "stage",
        "1!B1": "not read",
        "2!A2": "stage",
        "2!B2": "not read",
    }
    ana.fills({"1!B1": "A", "2!B2": "C"})
    assert ana.submits() is None
    card = ana.hears("A of Roll-out (Fraud Radar)")
    assert "Two!B3: C of Annotation (Fraud Radar): " in card.said
    assert "→ Cy Moss" in card.said
    view = opens(ana, card, "Columns", COLUMNS)
    ana.fills({"2!A2": "not read", "2!B2": "not read"})
    assert ana.submits() is None
    # The card that stands there is edited in its place.
    workspace.wait(lambda: "Annotation" not in ana.hears("A of Roll-out (Fraud Radar)").said)
    assert workspace.problems == []


def test_x8_unknown_people_are_asked_about_one_by_one(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    known(workspace)
    table = (
        "Stage;A;R;C\nRoll-out;Bea Lindt;Zoe Nobody;Yan Nobody\nAnnotation;;Zoe Nobody;Bea Lindt\n"
    )
    card = shares(ana, table.encode())
    assert "Who is who" in buttons(card)
    view = opens(ana, card, "Who is who", PEOPLE)
    near = view.blocks[1]["element"]["options"]
    assert [one["value"] for one in near] == ["Bea Lind", "vacant", "left out"]
    ana.fills({"who:Bea Lindt": "Bea Lind", "user:Bea Lindt": workspace.person("cy").id})
    assert ana.submits() == {
        "user:Bea Lindt": "Two answers are given here. Leave one of the two empty, or Leave it out."
    }
    ana.fills({"user:Bea Lindt": None, "who:Zoe Nobody": "left out"})
    assert ana.submits() is None
    card = ana.hears("Left out, as you said: Zoe Nobody.")
    assert "There is no person “Yan Nobody” here" in card.said
    opens(ana, card, "Who is who", PEOPLE)
    ana.fills({"who:Yan Nobody": "vacant"})
    assert ana.submits() is None
    card = ana.hears("0 errors.")
    assert "A of Roll-out (Fraud Radar): " in card.said
    assert "1 unchanged" in card.said, "the seat is vacant already"
    ana.presses(card, "Apply")
    ana.hears("raci.csv is taken: ")
    assert "Zoe" not in typed(ana, "raci roll-out").said
    assert workspace.problems == []


def both_changed(workspace: Double) -> Message:
    """The card of an export in which C of two stages was changed, as it was here since then."""
    ana = workspace.person("ana")
    new_project(workspace)
    known(workspace)
    for order in ("data pipeline C @bea", "annotation C @bea", "data pipeline A @bea"):
        typed(ana, f"raci {order}")
    typed(ana, "export")
    ana.hears("Here is the workbook")
    message = next(one for one in reversed(ana.sees()) if one.files)
    content = ana.downloads(message, message.files[0].name)
    for stage in ("data pipeline", "annotation"):
        typed(ana, f"raci {stage} clear C @bea")
        typed(ana, f"raci {stage} C @cy")
    back = edited(
        content,
        ("Data pipeline", "Bea Lind", "Ana Silva"),
        ("Annotation", "Bea Lind", "Ana Silva"),
    )
    ana.shares("back.xlsx", back, "")
    return ana.hears("In conflict")


def test_x8_each_conflict_goes_to_the_side_that_was_chosen(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    card = both_changed(workspace)
    assert "Settle conflicts" in buttons(card)
    view = opens(ana, card, "Settle conflicts", CONFLICTS)
    keys = [key for key in chosen(view) if key != "all"]
    first, second = keys[:2]
    ana.fills({first: "theirs"})
    assert ana.submits() is None
    card = ana.hears("1 conflict")
    opens(ana, card, "Settle conflicts", CONFLICTS)
    ana.fills({second: "ours"})
    assert ana.submits() is None
    card = ana.hears("0 errors.")
    assert buttons(card)[0] == "Apply"
    ana.presses(card, "Apply")
    ana.hears("back.xlsx is taken: ")
    assert workspace.problems == []


def test_x8_what_was_settled_alike_can_be_settled_one_by_one_again(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    card = both_changed(workspace)
    opens(ana, card, "Settle conflicts", CONFLICTS)
    ana.fills({"all": "theirs"})
    assert ana.submits() is None
    card = ana.hears("0 errors.")
    view = opens(ana, card, "Settle conflicts", CONFLICTS)
    assert set(chosen(view).values()) == {"theirs"}
    first, second = [key for key in chosen(view) if key != "all"]
    ana.fills({"all": "each", first: "open", second: "ours"})
    assert ana.submits() is None
    card = ana.hears("1 conflict")
    view = opens(ana, card, "Settle conflicts", CONFLICTS)
    assert chosen(view) == {"all": "each", first: "open", second: "ours"}
    ana.fills({"all": "ours"})
    assert ana.submits() is None
    ana.presses(ana.hears("0 errors."), "Apply")
    ana.hears("back.xlsx is taken: ")
    assert "Consulted: Cy" in typed(ana, "raci annotation").said
    assert workspace.problems == []


def test_x8_a_conflict_that_moved_on_is_asked_anew(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    card = both_changed(workspace)
    view = opens(ana, card, "Settle conflicts", CONFLICTS)
    keys = [key for key in chosen(view) if key != "all"]
    ana.fills(dict.fromkeys(keys, "theirs"))
    assert ana.submits() is None
    card = ana.hears("0 errors.")
    typed(ana, "raci annotation clear C @cy")
    ana.presses(card, "Apply")
    renewed = ana.hears("Something changed since the last preview")
    assert "Consulted: nobody" in typed(ana, "raci annotation").said
    assert "1 conflict" in renewed.said
    assert workspace.problems == []
