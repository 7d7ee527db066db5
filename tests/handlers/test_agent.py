"""The agent view: what is suggested from where somebody looks, a status and a title."""

from dataclasses import replace

import pytest
from slack_bolt import BoltRequest

from handlers.playground.double import Beside, Double, Person
from handlers.slack.aside import WORKING
from handlers.talking import Talking
from tests.handlers.talk import eventually, typed, written

pytestmark = [
    pytest.mark.parametrize("transport", ["http"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


def suggested(person: Person, word: str) -> Beside:
    """What is suggested to somebody, once it says this word."""

    def look() -> Beside | None:
        found = person.beside
        return found if any(word in title for title, _ in found.prompts) else None

    return eventually(look)


def test_q1_what_to_ask_comes_from_the_channel_that_is_looked_at(
    ana: Person, workspace: Double
) -> None:
    typed(ana, "block data pipeline: the loader is down")
    ana.looks_at("ml-fraud")
    found = suggested(ana, "What is blocking Data pipeline?")
    assert len(found.prompts) <= 4
    for _, message in found.prompts:
        assert "in Fraud Radar" in message or "Fraud Radar" in message
    told = written(ana, found.prompts[0][1])
    assert "the loader is down" in told.said
    ana.looks_at(None)
    suggested(ana, "What do I own?")
    assert workspace.problems == []


def test_the_messages_are_opened_beside_a_channel(ana: Person, workspace: Double) -> None:
    ana.opens_home("messages")
    suggested(ana, "What do I own?")
    ana.looks_at("ml-fraud")
    suggested(ana, "Fraud Radar")
    ana.opens_home("messages")
    suggested(ana, "Fraud Radar")
    assert workspace.problems == []


def test_edge_53_of_a_private_project_its_members_alone_are_suggested_anything(
    ana: Person, workspace: Double
) -> None:
    bea, cy = workspace.person("bea"), workspace.person("cy")
    typed(ana, "access @Bea Lind editor")
    typed(ana, "access private")
    bea.looks_at("ml-fraud")
    suggested(bea, "Fraud Radar")
    cy.looks_at("ml-fraud")
    hidden = suggested(cy, "What do I own?")
    assert "Fraud Radar" not in str(hidden)
    assert workspace.problems == []


def test_a_status_is_shown_while_an_answer_is_made_and_cleared_after_it(
    ana: Person, workspace: Double
) -> None:
    said = ana.dms("who owns the data pipeline in Fraud Radar?")
    ana.hears("Ana Silva is accountable", after=said)
    cleared = eventually(lambda: workspace.calls if _states(workspace)[-1:] == [""] else None)
    states = [one.args for one in cleared if one.method == "assistant.threads.setStatus"]
    assert [one["status"] for one in states] == [WORKING, ""]
    assert {one["thread_ts"] for one in states} == {said.ts}
    assert ana.beside.status == ""
    assert ana.beside.titles == ((said.ts, "who owns the data pipeline in Fraud Radar?"),)
    assert workspace.problems == []


def _states(workspace: Double) -> list[str]:
    return [
        str(one.args["status"])
        for one in workspace.calls
        if one.method == "assistant.threads.setStatus"
    ]


def test_a_status_is_cleared_where_there_is_no_answer_too(ana: Person, workspace: Double) -> None:
    told = written(ana, "show Atlantis")
    assert "Atlantis" in told.said
    eventually(lambda: True if _states(workspace)[-1:] == [""] else None)
    assert ana.beside.status == ""
    assert workspace.problems == []


def test_in_a_channel_there_is_no_status(ana: Person, workspace: Double) -> None:
    said = ana.says("@Charter who owns the data pipeline?", "ml-fraud")
    ana.hears("Ana Silva is accountable", "ml-fraud", said, after=said)
    assert _states(workspace) == []


def test_without_the_scope_everything_else_works(ana: Person, workspace: Double) -> None:
    workspace.revoke("assistant:write")
    for _ in range(3):
        assert "Ana Silva" in written(ana, "who owns the data pipeline in Fraud Radar?").said
    ana.looks_at("ml-fraud")
    ana.opens_home("home")
    assert ana.gets_home() is not None
    assert ana.beside == Beside()
    refused = [one for one in workspace.calls if one.error == "missing_scope"]
    assert len(refused) == 1, "it is tried once"


def test_an_app_that_is_no_agent_is_told_of_no_channel(ana: Person, workspace: Double) -> None:
    workspace.install(replace(workspace.app, is_agent=False))
    ana.looks_at("ml-fraud")
    ana.opens_home("messages")
    suggested(ana, "What do I own?")
    assert workspace.problems == []


def test_edge_53_who_looks_is_not_guessed_from_who_installed_it(
    ana: Person, workspace: Double, talking: Talking
) -> None:
    """Slack names some installation beside an event, whoever it is that looks."""
    typed(ana, "access private")
    cy = workspace.person("cy")
    cy.looks_at("ml-fraud")
    suggested(cy, "What do I own?")
    entity = {"type": "slack#/types/channel_id", "value": "C0FRAUD"}
    context = {"entities": [entity]}
    body = {
        "team_id": "T0CHARTER",
        "type": "event_callback",
        "event_id": "Ev0LOOKED",
        "event": {"type": "app_context_changed", "channel": "D0CY", "context": context},
        "authorizations": [{"user_id": "U0ANA", "is_bot": False}],
    }
    assert talking.bolt.dispatch(BoltRequest(body=body, mode="socket_mode")).status == 200
    ana.looks_at("ml-fraud")
    suggested(ana, "Fraud Radar")
    said = [
        one.args
        for one in workspace.calls
        if one.method == "assistant.threads.setSuggestedPrompts"
        and one.args["channel_id"] == "D0CY"
    ]
    assert said
    assert "Fraud Radar" not in str(said)
