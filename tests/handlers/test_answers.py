"""Answers of every kind as they are read and pressed in Slack."""

import re
from typing import Any

import pytest

from handlers.playground.double import Double
from handlers.talking import Talking
from tests.handlers.talk import mentioned, new_project, typed, written

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


def test_q6_a_letter_is_told_with_the_message_that_it_was_given_under(
    workspace: Double, talking: Talking
) -> None:
    new_project(workspace)
    ana, bea = workspace.person("ana"), workspace.person("bea")
    asked = mentioned(ana, "@Charter who owns the data pipeline?")
    ana.presses(asked, "Assign accountable")
    ana.gets_modal("Assign")
    ana.fills({"Person": "Bea Lind"})
    assert ana.submits() is None
    bea.hears("Bea Lind", "ml-fraud", asked, after=asked)

    told = mentioned(bea, "@Charter who owns the data pipeline?")
    channel, ts = workspace.channel("ml-fraud").id, asked.ts.replace(".", "")
    address = f"/archives/{channel}/p{ts}?thread_ts={asked.thread_ts}&cid={channel}"
    assert "set by Ana Silva" in told.said
    (shown,) = _addresses(told)
    assert shown.endswith(address)
    ana.presses(told, "Details")
    details = ana.hears("Accountable since", "ml-fraud", after=told)
    assert address.replace("&", "&amp;") in str(details.blocks)

    # What is done where not everybody can look has no address.
    typed(ana, "raci data pipeline R @Cy Moss")
    answer = written(bea, "who is responsible for the data pipeline in Fraud Radar?")
    assert "set by Ana Silva" in answer.said
    assert _addresses(answer) == []
    assert workspace.problems == []


def test_q6_from_an_answer_one_writes_to_somebody_and_sees_what_became_of_it(
    workspace: Double, talking: Talking
) -> None:
    new_project(workspace)
    ana, cy = workspace.person("ana"), workspace.person("cy")
    typed(ana, "raci data pipeline A @Bea Lind")
    told = mentioned(cy, "@Charter who owns the data pipeline?")
    cy.presses(told, "Contact Bea")
    shown = cy.hears("Europe", "ml-fraud", after=told)
    assert shown.only_for == cy.id, "a mention that Bea would be told of"
    assert "'user_id': 'U0BEA'" in str(shown.blocks)
    cy.presses(told, "History")
    became = cy.hears("what became of it", "ml-fraud", after=shown)
    assert became.only_for == cy.id
    assert "Bea Lind" in became.said

    own = mentioned(workspace.person("bea"), "@Charter who owns the data pipeline?")
    assert "Contact" not in str(own.blocks), "nobody writes to themselves"
    assert workspace.problems == []


def _addresses(said: Any) -> list[str]:
    """The addresses of messages that a message links to."""
    return re.findall(r"'url': '([^']*/archives/[^']*)'", str(said.blocks))
