"""Delegates, in commands, in the form, and by the clock."""

from tests.handlers.mornings import Morning
from tests.handlers.talk import new_project, typed, written


def test_r9_a_delegate_answers_for_as_long_as_it_was_said(morning: Morning) -> None:
    ana, bea, cy = (morning.person(name) for name in ("ana", "bea", "cy"))
    new_project(morning.workspace)
    typed(ana, "raci data pipeline A @Bea Lind")
    said = typed(bea, "delegate @Cy Moss from 25 Nov to 27 Nov because I am on leave").said
    assert "Cy Moss acts for Bea Lind, 2026-11-25 to 2026-11-27, both days included." in said
    assert "Because: I am on leave" in said
    morning.settle()
    cy.hears("You act for Bea Lind from 2026-11-25 to 2026-11-27")

    question = "who owns the data pipeline?"
    assert written(ana, question).said.startswith("Bea Lind is accountable")
    morning.until("12:00", day=25)
    acting = "Cy Moss (acting until 2026-11-27; owner Bea Lind)"
    assert written(ana, question).said.startswith(acting)
    assert typed(ana, "raci data pipeline").said.startswith(acting)
    assert acting in str(typed(ana, "raci").blocks)
    morning.until("12:00", day=28)
    assert written(ana, question).said.startswith("Bea Lind is accountable")
    assert "Nobody acts for you" in typed(bea, "delegate show").said


def test_r9_in_a_form_with_errors_under_its_fields(morning: Morning) -> None:
    ana, bea = morning.person("ana"), morning.person("bea")
    new_project(morning.workspace)
    typed(ana, "raci data pipeline A @Bea Lind")
    bea.slash("/charter delegate", "ml-fraud")
    bea.gets_modal("Delegate")
    bea.fills({"holder": "Bea Lind", "from": "2026-11-25", "until": "2026-11-24"})
    assert bea.submits() == {"until": "The last day lies before the first. Choose a later one."}
    bea.fills({"until": "2026-11-27"})
    assert bea.submits() == {"holder": "Choose somebody else."}
    bea.fills({"holder": "Cy Moss"})
    assert bea.submits() is None
    set_so = bea.hears("Cy Moss acts for Bea Lind", "ml-fraud")
    assert "Cy Moss for Bea Lind: 2026-11-25 to 2026-11-27" in typed(bea, "delegate show").said

    bea.presses(set_so, "Call it off")
    off = bea.hears("no longer acts for Bea Lind", "ml-fraud")
    bea.presses(off, "Undo")
    bea.hears("Cy Moss acts for Bea Lind", "ml-fraud", after=off)


def test_r9_days_alone_open_the_form_with_them(morning: Morning) -> None:
    bea = morning.person("bea")
    new_project(morning.workspace)
    bea.slash("/charter delegate from 25 Nov to 27 Nov", "ml-fraud")
    bea.gets_modal("Delegate")
    bea.fills({"holder": "Cy Moss"})
    assert bea.submits() is None
    bea.hears("Cy Moss acts for Bea Lind", "ml-fraud")
    assert "Cy Moss for Bea Lind: 2026-11-25 to 2026-11-27" in typed(bea, "delegate show").said


def test_r9_what_is_missing_is_said(morning: Morning) -> None:
    bea = morning.person("bea")
    new_project(morning.workspace)
    assert "Say until when" in typed(bea, "delegate @Cy Moss").said
    assert "Say who acts" in typed(bea, "delegate from 25 Nov to 27 Nov because of leave").said
    assert "Nobody acts for Bea Lind" in typed(bea, "delegate off").said
    refused = typed(bea, "delegate @Ana Silva to @Cy Moss from 25 Nov to 27 Nov").said
    assert "Ana Silva" in refused
