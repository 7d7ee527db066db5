"""A change: before → after, who else holds a letter, the way back."""

from dataclasses import replace

import pytest

from bot.outcome import Done
from bot.telling import Line
from handlers.views import changes
from handlers.views.acts import Act, act_of, unpack
from tests.handlers.views.worlds import (
    CHURN,
    METRICS,
    PEOPLE,
    PIPELINE,
    T0,
    button_of,
    buttons,
    sound,
)

SEAT = "vacant (Data Engineer, DE-114)"
HANDED = Done(
    project=CHURN,
    item=PIPELINE,
    lines=(Line("accountable", "Cy Moss", "Bea Lind"),),
    seq=42,
    at=T0,
    undo_until=T0.replace(minute=10),
    people=PEOPLE,
)


def test_before_and_after_stand_in_the_first_line() -> None:
    lines = sound(changes.done(HANDED, "Ana Ruiz")).text.splitlines()
    assert lines[0] == "Data pipeline (Churn Radar): accountable Cy Moss → Bea Lind"


def test_who_else_holds_a_letter_and_who_did_it() -> None:
    lines = changes.done(HANDED, "Ana Ruiz").text.splitlines()
    assert lines[1:] == [
        "Now: accountable Bea Lind; responsible Cy Moss and vacant (Data Engineer, DE-114); "
        "informed @labellers.",
        "By Ana Ruiz, 2026-11-23 10:00 UTC",
        "It can be undone for 10 minutes.",
    ]


def test_o4_when_it_was_done_is_told_in_the_readers_zone() -> None:
    aside = next(one for one in changes.done(HANDED, "Ana Ruiz").blocks if one["type"] == "context")
    [when] = [one["text"] for one in aside["elements"] if one["type"] == "mrkdwn"]
    stamp = int(HANDED.at.timestamp())
    assert when == f"<!date^{stamp}^{{date_short_pretty}} at {{time}}|2026-11-23 10:00 UTC>"


def test_undo_carries_the_audit_line() -> None:
    pressed = button_of(changes.done(HANDED, "Ana Ruiz").blocks, "Undo")
    assert act_of(pressed["action_id"]) is Act.UNDO
    assert unpack(pressed["value"]) == {"s": 42}


def test_what_cannot_be_undone_has_no_button() -> None:
    said = sound(changes.done(replace(HANDED, undo_until=None, undone=True), "Ana Ruiz"))
    assert said.text.startswith("Taken back. Data pipeline (Churn Radar)")
    assert buttons(said.blocks) == []


def test_nothing_and_nobody_are_said_in_words() -> None:
    lines = (Line("accountable", "", "Bea Lind"), Line("responsible", "Cy Moss", ""))
    item = replace(PIPELINE, assignments=PIPELINE.assignments[:1])
    text = changes.done(replace(HANDED, item=item, lines=lines), "Ana Ruiz").text
    assert "• accountable nobody → Bea Lind" in text
    assert "• responsible Cy Moss → nobody" in text
    due = replace(HANDED, lines=(Line("due", "", "2026-12-01"),))
    assert "due nothing → 2026-12-01" in changes.done(due, "Ana Ruiz").text


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("", "Cy Moss", f"responsible {SEAT} → {SEAT}, Cy Moss"),
        ("", SEAT, f"responsible Cy Moss → Cy Moss, {SEAT}"),
        ("Bea Lind", "", f"responsible Cy Moss, {SEAT}, Bea Lind → Cy Moss, {SEAT}"),
        ("", "Ana Ruiz", "responsible nobody → Ana Ruiz"),  # it went on since
    ],
)
def test_who_holds_a_letter_besides_stands_on_both_sides(
    before: str, after: str, words: str
) -> None:
    line = Line("responsible", before, after)
    text = changes.done(replace(HANDED, lines=(line,)), "Ana Ruiz").text
    assert text.startswith(f"Data pipeline (Churn Radar): {words}\n")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Line("archived", "no", "yes"), "Churn Radar is archived: it can be read"),
        (Line("archived", "yes", "no"), "Churn Radar is back"),
        (Line("channel", "", "#churn"), "Churn Radar is bound to #churn now: it is meant"),
        (Line("channel", "#churn", ""), "Churn Radar is no longer bound to #churn."),
        (Line("alias", "", "CR"), "Churn Radar is also called “CR” now."),
        (Line("alias", "CR", ""), "Churn Radar is no longer called “CR”."),
    ],
    ids=str,
)
def test_what_is_no_value_is_said_in_a_sentence(line: Line, words: str) -> None:
    said = sound(changes.done(replace(HANDED, item=None, lines=(line,)), "Ana Ruiz"))
    assert said.text.startswith(words)


def test_moving_on_without_anybody_accountable_is_said_with_a_button() -> None:
    moved = replace(HANDED, item=METRICS, lines=(Line("status", "not started", "in progress"),))
    said = sound(changes.done(moved, "Ana Ruiz"))
    assert (
        "Nobody accountable, the last was Bea Lind, until 2026-11-23 10:00 UTC; nobody responsible."
        in said.text
    )
    assert [(one["text"]["text"], one.get("style")) for one in buttons(said.blocks)] == [
        ("Assign accountable", "primary"),
        ("Undo", None),
    ]


def test_a_new_project_leads_to_its_empty_seats() -> None:
    made = replace(HANDED, item=None, lines=(Line("project", "", "Churn Radar"),), undo_until=None)
    said = sound(changes.done(made, "Ana Ruiz"))
    assert said.text.startswith("Churn Radar stands, with the stages of an ML project.")
    assert "It is bound to #churn-radar." in said.text
    assert "5 seats wait for somebody" in said.text
    assert unpack(button_of(said.blocks, "Fill the seats")["value"]) == {"p": "churn"}
