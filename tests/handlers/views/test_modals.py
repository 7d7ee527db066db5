"""Forms: what they show, what they remember, and what their answers order."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.errors import BadInput, Seen, Stale, Why
from bot.orders import Assign, Due, Move, NewProject
from bot.outcome import Place
from bot.project import Letter, Mode, PersonHolder, Status
from handlers.playground.double.inputs import entered, initial_value
from handlers.views import modals
from handlers.views.acts import Form
from handlers.views.kit import message, paragraph
from tests.handlers.views.worlds import (
    CHURN,
    MARCH,
    PIPELINE,
    QUALITY,
    ROLLOUT,
    held,
    shown,
    sound_view,
    words,
)

TODAY = date(2026, 11, 23)
CHANNEL = Place("C1", "churn-radar")


def filled(view: dict[str, Any], **values: str | list[str] | None) -> dict[str, Any]:
    """The view as Slack sends it back, after these values were entered."""
    state: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        name, element = block["block_id"], block["element"]
        now = initial_value(element)
        if name in values:
            now = entered(element, values[name], lambda kind, raw: raw)
        state[name] = {element["action_id"]: now}
    assert set(values) <= set(state), "the form has no such field"
    return {**view, "state": {"values": state}}


def fields(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def _refused(read: Any, view: dict[str, Any], *more: Any) -> tuple[Why, str]:
    with pytest.raises(BadInput) as caught:
        read(view, *more)
    return caught.value.why, caught.value.field


# A new project


def test_a_new_project_is_led_by_who_asks_and_bound_here() -> None:
    view = sound_view(modals.new_project("Churn Radar", CHANNEL, "U1"), "modal")
    assert view["callback_id"] == Form.NEW_PROJECT
    assert modals.read_new_project(filled(view)) == NewProject(
        "Churn Radar", "<@U1>", Mode.TEAM, bind_here=True, private=False, template="generic"
    )


def test_a_new_project_as_chosen() -> None:
    view = modals.new_project("", replace(CHANNEL, is_private=True), "U1")
    chosen = {"mode": "startup", "template": "vision"}
    sent = filled(view, name=" Size ", lead="U2", bind=[], private=["yes"], **chosen)
    assert modals.read_new_project(sent) == NewProject(
        "Size", "<@U2>", Mode.STARTUP, bind_here=False, private=True, template="vision"
    )


def test_without_a_lead_it_is_who_asks() -> None:
    view = modals.new_project("Size", Place())
    assert modals.read_new_project(filled(view)).lead is None


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (CHANNEL, ["name", "lead", "template", "mode", "bind"]),
        (
            replace(CHANNEL, is_private=True),
            ["name", "lead", "template", "mode", "bind", "private"],
        ),
        (replace(CHANNEL, is_direct=True), ["name", "lead", "template", "mode"]),
        (replace(CHANNEL, is_shared=True), ["name", "lead", "template", "mode"]),
        (Place(), ["name", "lead", "template", "mode"]),
    ],
)
def test_only_what_can_be_chosen_there_is_asked(place: Place, expected: list[str]) -> None:
    assert fields(modals.new_project("", place, "U1")) == expected


def test_outside_a_channel_nothing_is_bound() -> None:
    assert not modals.read_new_project(filled(modals.new_project("Size", Place()))).bind_here


def test_a_name_is_needed() -> None:
    view = filled(modals.new_project("", CHANNEL, "U1"))
    assert _refused(modals.read_new_project, view) == (Why.EMPTY_TEXT, "name")


# A letter


def test_a_letter_of_one_item() -> None:
    view = sound_view(modals.assign(shown(QUALITY), Letter.A), "modal")
    assert view["title"]["text"] == "Assign"
    assert fields(view) == ["letters", "holder", "role", "outside", "since", "handover"]
    sent = filled(view, holder="U2", since="2026-03-01")
    assert modals.read_assign(sent, TODAY) == Assign(
        "data_quality", (Letter.A,), "<@U2>", "churn", date(2026, 3, 1), seen=1
    )


def test_an_item_that_somebody_answers_for_is_handed_over() -> None:
    view = sound_view(modals.assign(shown(PIPELINE), Letter.A), "modal")
    assert view["title"]["text"] == "Hand over"
    assert fields(view) == ["holder", "role", "outside", "since"]
    assert "Bea Lind is accountable since 2026-03-01. Who takes over?" in words(view["blocks"])
    order = modals.read_assign(filled(view, holder="U3"), TODAY)
    assert order == Assign("data_pipeline", (Letter.A,), "<@U3>", "churn", hand_over=True, seen=7)


def test_whoever_left_is_replaced_without_being_asked() -> None:
    item = replace(ROLLOUT, assignments=(held(Letter.A, PersonHolder(4)),))
    assert modals.assign(shown(item), Letter.A)["title"]["text"] == "Assign"


def test_any_item_of_a_project_can_be_chosen() -> None:
    view = sound_view(modals.assign(shown()), "modal")
    options = next(b for b in view["blocks"] if b.get("block_id") == "item")["element"]["options"]
    assert [one["text"]["text"] for one in options] == [
        "Data pipeline",
        "– Image ingestion",
        "Data quality",
        "Roll-out",
        "Success metrics",
    ]
    sent = filled(view, item="rollout", letters="AR", holder="U2", handover=["yes"])
    assert modals.read_assign(sent, TODAY) == Assign(
        "rollout", (Letter.A, Letter.R), "<@U2>", "churn", hand_over=True
    )


def test_an_open_seat_instead_of_a_person() -> None:
    view = modals.assign(shown(QUALITY), Letter.R)
    for typed in ("Data Engineer DE-114", "vacant Data Engineer DE-114"):
        order = modals.read_assign(filled(view, role=typed), TODAY)
        assert order.holder == "vacant Data Engineer DE-114"
        assert not order.hand_over


def test_what_is_wrong_with_a_letter_is_said_under_its_field() -> None:
    view, any_item = modals.assign(shown(QUALITY), Letter.A), modals.assign(shown())
    assert _refused(modals.read_assign, filled(view)) == (Why.EMPTY_TEXT, "holder")
    both = filled(view, holder="U2", role="Data Engineer")
    assert _refused(modals.read_assign, both) == (Why.WORDS_LEFT_OVER, "role")
    assert _refused(modals.read_assign, filled(view, role="vacant")) == (Why.EMPTY_TEXT, "role")
    late = filled(view, holder="U2", since="2026-11-24")
    assert _refused(modals.read_assign, late, TODAY) == (Why.FUTURE_DATE, "since")
    none = filled(any_item, item="rollout", holder="U2")
    assert _refused(modals.read_assign, none) == (Why.BAD_LETTER, "letters")
    nothing = filled(any_item, letters="R", holder="U2")
    assert _refused(modals.read_assign, nothing) == (Why.EMPTY_TEXT, "item")


def test_a_project_without_items_still_makes_a_form() -> None:
    sound_view(modals.assign(shown(project=replace(CHURN, items=()))), "modal")


# A stage


def test_moving_a_stage_orders_only_what_was_changed() -> None:
    view = sound_view(modals.move(shown(PIPELINE)), "modal")
    sent = filled(view, status="blocked", note="no export")
    assert modals.read_move(sent) == (
        Move("data_pipeline", Status.BLOCKED, "no export", "churn", seen=7),
    )
    assert modals.read_move(filled(view, due="2027-01-05")) == (
        Due("data_pipeline", date(2027, 1, 5), "churn", seen=7),
    )
    assert modals.read_move(filled(view, due=None)) == (
        Due("data_pipeline", None, "churn", seen=7),
    )


def test_two_changes_are_two_orders_of_which_the_second_follows_the_first() -> None:
    sent = filled(modals.move(shown(PIPELINE)), status="done", due="2027-01-05")
    assert modals.read_move(sent) == (
        Move("data_pipeline", Status.DONE, None, "churn", seen=7),
        Due("data_pipeline", date(2027, 1, 5), "churn", seen=None),
    )


def test_a_note_alone_is_a_change() -> None:
    view = modals.move(shown(QUALITY))
    assert modals.read_move(filled(view, note="no disk")) == (
        Move("data_quality", Status.BLOCKED, "no disk", "churn", seen=1),
    )


def test_what_blocks_it_is_told_in_the_form_and_another_note_is_another_blocker() -> None:
    note = next(block for block in modals.move(shown(QUALITY))["blocks"] if block.get("hint"))
    assert "initial_value" not in note["element"]
    assert note["hint"]["text"].startswith("In its way: waiting for the export.")


def test_what_was_closed_is_opened_again_as_in_progress() -> None:
    done = replace(PIPELINE, status=Status.DONE)
    assert modals.read_move(filled(modals.reopen(shown(done))))[0] == (
        Move("data_pipeline", Status.IN_PROGRESS, None, "churn", seen=7)
    )


def test_edge_46_a_conflict_shows_yours_and_theirs_and_keeps_what_was_typed() -> None:
    sent = filled(modals.move(shown(PIPELINE)), status="done", note="all in", due="2027-01-05")
    theirs = Stale("Data pipeline", (Seen("Cy Moss", MARCH, "status: x → at risk"),), 9)
    asked = sound_view(modals.conflicting(sent, theirs), "modal")
    said = words(asked["blocks"])
    assert "Cy Moss: status: x → at risk" in said
    assert "Yours: done." in said
    assert modals.read_move(filled(asked)) == (
        Move("data_pipeline", Status.DONE, "all in", "churn", seen=9),
        Due("data_pipeline", date(2027, 1, 5), "churn", seen=None),
    )


def test_changing_nothing_is_said_under_the_status() -> None:
    for item in (PIPELINE, QUALITY):
        sent = filled(modals.move(shown(item)))
        assert _refused(modals.read_move, sent) == (Why.NOTHING_CHANGES, "status")


def test_there_is_no_moving_without_an_item() -> None:
    with pytest.raises(ValueError, match="no item"):
        modals.move(shown())


# Instead of a form


def test_a_message_instead_of_a_form_has_no_buttons() -> None:
    view = sound_view(modals.notice(message(paragraph("It changed."))), "modal")
    assert words(view["blocks"]) == "It changed."
    assert "submit" not in view
    assert view["callback_id"] == Form.NOTICE
