"""Sheets that come in from Slack: looked at on a card, and taken by whoever asked."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from handlers.playground.double import Double, Message, Person
from handlers.talking import Talking
from handlers.views.acts import Act
from tests.handlers.talk import new_project, typed

pytestmark = [
    pytest.mark.parametrize("transport", ["http"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
TABLE = b"Stage;Ana Silva;Bea Lind;Cy Moss\nData pipeline;I;A/R;C\n"


def known(workspace: Double) -> None:
    """Charter knows who has said something."""
    for one in ("bea", "cy"):
        typed(workspace.person(one), "list")


def buttons(card: Message) -> list[str]:
    return [
        element["text"]["text"]
        for block in card.blocks
        for element in block.get("elements", ())
        if element.get("type") == "button"
    ]


def shares(
    person: Person, table: bytes, text: str = "project Fraud Radar", told: str = "raci.csv: "
) -> Message:
    """A table sent to Charter, and the card that answers it."""
    person.shares("raci.csv", table, text)
    return person.hears(told)


def test_x7_a_file_sent_to_charter_is_looked_at_and_taken(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    known(workspace)
    card = shares(ana, TABLE)
    assert "A of Data pipeline (Fraud Radar): " in card.said
    assert "letters of Bea Lind" in card.said
    assert buttons(card) == ["Apply", "Columns", "Cancel"]
    assert "Bea Lind" not in typed(ana, "raci data pipeline").said
    ana.presses(card, "Apply")
    ana.hears("raci.csv is taken: ")
    assert "Bea Lind" in typed(ana, "raci data pipeline").said
    again = shares(ana, TABLE, told="0 created, 0 changed, 4 unchanged, 0 errors")
    assert buttons(again) == ["Columns", "Close"]
    assert workspace.problems == []


def test_x7_errors_stand_by_their_cells_and_the_rest_can_be_taken(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    known(workspace)
    card = shares(ana, TABLE + b"Roll-out;X;;\nAnnotation;A;A;\n")
    assert "raci!B3 “X” is no RACI letter" in card.said
    assert "raci!C4 “Annotation” gets a second A" in card.said
    assert buttons(card) == ["Apply the rest", "Columns", "Cancel"]
    ana.presses(card, "Apply the rest")
    ana.hears("Left out")
    assert "Bea Lind" in typed(ana, "raci data pipeline").said


def test_x7_another_truth_shows_another_preview_and_writes_nothing(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    known(workspace)
    card = shares(ana, TABLE)
    typed(ana, "raci data pipeline A @cy")
    ana.presses(card, "Apply")
    renewed = ana.hears("Something changed since the last preview")
    assert "Cy Moss" in renewed.said
    assert buttons(renewed) == ["Apply", "Columns", "Cancel"]


def test_x7_the_menu_of_a_message_shows_its_sheet_to_the_one_who_asks(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    known(workspace)
    said = bea.shares("raci.csv", TABLE, "the letters", channel="ml-fraud")
    ana.picks("Import letters", said)
    card = ana.hears("raci.csv: ", "ml-fraud")
    assert card.only_for == ana.id
    ana.presses(card, "Apply")
    ana.hears("raci.csv is taken: ", "ml-fraud")
    ana.picks("Import letters", bea.says("no file here", "ml-fraud"))
    ana.hears("There is no sheet in this message", "ml-fraud")


def test_x7_nobody_but_who_asked_has_a_preview_applied(workspace: Double, talking: Talking) -> None:
    """The buttons of somebody else's preview, pressed where more people read them."""
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    known(workspace)
    card = shares(ana, TABLE)
    bot = workspace.app.bot_user_id
    passed_on = workspace.space.post("C0FRAUD", bot, "a preview", blocks=list(card.blocks))
    before = typed(ana, "raci").said
    bea.presses(passed_on, "Apply")
    assert "This preview is somebody else's." in bea.hears("preview is", "ml-fraud").said
    assert typed(ana, "raci").said == before


def test_x7_how_a_sheet_is_read_is_changed_by_what_stands_beside_it(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    known(workspace)
    table = b"Stage;The boss;Mood\nRoll-out;A;quite happy\n"
    refused = shares(ana, table)
    assert "raci!C1 Column C “Mood” is not understood" in refused.said
    assert buttons(refused) == ["Columns", "Close"]
    beside = "project Fraud Radar\nThe boss = Bea Lind\nMood = not read"
    card = shares(ana, table, beside, told="A of Roll-out (Fraud Radar): ")
    ana.presses(card, Act.IMPORT_APPLY)
    ana.hears("raci.csv is taken: ")


def test_edge_69_a_file_that_cannot_be_read_is_answered_in_words(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    ana.shares("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    ana.hears("it is in the old format of Excel (.xls): save it as .xlsx")
    ana.shares("big.csv", b"a," * 10_500_000)
    ana.hears("big.csv is larger than 20 MB")
    downloads = [call for call in workspace.calls if call.method == "download"]
    assert len(downloads) == 1


def edited(content: bytes, *changes: tuple[str, str, str]) -> bytes:
    """An export in which somebody wrote other people: by the stage, who it was and who it is."""
    made = load_workbook(BytesIO(content))
    for stage, before, after in changes:
        for row in made["RACI"].iter_rows(min_row=2):
            if (row[1].value, row[4].value) == (stage, before):
                row[4].value = after
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def test_x8_a_card_shows_what_both_sides_changed_and_the_rest_can_be_taken(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    known(workspace)
    for order in ("data pipeline C @bea", "annotation I @bea"):
        typed(ana, f"raci {order}")
    typed(ana, "export")
    ana.hears("Here is the workbook")
    message = next(one for one in reversed(ana.sees()) if one.files)
    [file] = message.files
    content = ana.downloads(message, file.name)
    typed(ana, "raci data pipeline clear C @bea")
    typed(ana, "raci data pipeline C @cy")
    back = edited(
        content, ("Data pipeline", "Bea Lind", "Ana Silva"), ("Annotation", "Bea Lind", "Cy Moss")
    )
    ana.shares("back.xlsx", back, "")
    card = ana.hears("back.xlsx: ")
    assert "0 created, 1 changed, 73 unchanged, 0 errors, 1 conflict" in card.said
    assert "In conflict" in card.said
    said = "C of Data pipeline (Fraud Radar): was Bea Lind, the file says Ana Silva, it is Cy Moss"
    assert said in card.said
    assert "until Settle conflicts says which side holds" in card.said
    assert buttons(card) == ["Apply the rest", "Settle conflicts", "Columns", "Cancel"]
    ana.presses(card, "Apply the rest")
    taken = ana.hears("back.xlsx is taken: ")
    assert said in taken.said
    assert "Send the file again to say which side holds." in taken.said
    assert "Cy Moss" in typed(ana, "raci annotation").said
    ana.shares("back.xlsx", back, "")
    again = ana.hears("0 created, 0 changed, 74 unchanged, 0 errors, 1 conflict")
    assert buttons(again) == ["Settle conflicts", "Columns", "Close"]
    assert workspace.problems == []
