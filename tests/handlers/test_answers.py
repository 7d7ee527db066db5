"""Answers of every kind as they are read and pressed in Slack."""

import pytest

from handlers.playground.double import Double
from handlers.talking import Talking
from tests.handlers.talk import new_project, typed

pytestmark = [
    pytest.mark.parametrize("transport", ["http"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


def test_q8_a_gap_is_filled_from_the_answer_that_lists_it(
    workspace: Double, talking: Talking
) -> None:
    new_project(workspace)
    ana = workspace.person("ana")
    said = typed(ana, "ask which stages have no owner in Fraud Radar?")
    assert said.text.startswith("Nobody is accountable for:\n• ")
    ana.presses(said, "Assign Data pipeline")
    assert "Data pipeline" in str(ana.gets_modal("Assign").blocks)
    assert workspace.problems == []


def test_q4_what_is_asked_back_is_answered_in_its_place(
    workspace: Double, talking: Talking
) -> None:
    new_project(workspace)
    ana = workspace.person("ana")
    workspace.add_channel("size-guide")
    workspace.add_channel("general")
    new_project(workspace, "Size Guide", "size-guide")
    asked = typed(ana, "ask is the data pipeline blocked?", "general")
    assert "Which project do you mean" in asked.said
    ana.presses(asked, "Fraud Radar")
    told = ana.hears("Data pipeline in Fraud Radar is not started", "general")
    assert told.ts == asked.ts
    assert told.said.startswith("No. ")
    assert workspace.problems == []
