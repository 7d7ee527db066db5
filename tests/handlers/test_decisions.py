"""Decisions kept from what the team says: by reaction, by a message's menu, by command."""

from dataclasses import replace

import pytest

from handlers.playground.double import Double
from handlers.talking import Talking
from handlers.views.acts import Act
from tests.handlers.talk import mentioned, new_project, typed


@pytest.fixture
def transport() -> str:
    return "http"


def heads(workspace: Double) -> int:
    """What Charter has said of decisions in the channel, for everybody."""
    said = workspace.person("ana").sees("ml-fraud")
    return sum(" of Fraud Radar: “" in one.said and not one.is_ephemeral for one in said)


def test_s7_a_reaction_keeps_a_message_once(workspace: Double, talking: Talking) -> None:
    ana, bea, cy = (workspace.person(one) for one in ("ana", "bea", "cy"))
    new_project(workspace)
    said = bea.says("We use boosted trees, see https://a.example", "ml-fraud")
    ana.reacts(said, "scroll")
    told = ana.hears(
        "D-1 of Fraud Radar: “We use boosted trees, see https://a.example”", "ml-fraud"
    )
    assert told.thread_ts == said.ts
    assert f"/archives/C0FRAUD/p{said.ts.replace('.', '')}" in str(told.blocks)
    cy.reacts(said, "scroll")
    ana.reacts(said, "tada")
    ana.unreacts(said, "scroll")
    asked = ana.hears("You took the reaction :scroll: away from D-1")
    ana.reacts(said, "scroll")
    listed = typed(ana, "decisions")
    assert ": 1 decision." in listed.said
    assert (
        "D-1 We use boosted trees, see https://a.example – said by Bea Lind, kept by Ana Silva, "
        in (listed.said)
    )
    assert heads(workspace) == 1
    ana.presses(asked, "Keep")
    ana.hears("D-1 of Fraud Radar stays as it is")
    assert ": 1 decision." in typed(cy, "decisions").said
    assert workspace.problems == []


def test_s7_taking_the_reaction_away_asks_who_recorded_it(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    said = ana.says("No third party data", "ml-fraud")
    ana.reacts(said, "scroll")
    ana.hears("D-1 of Fraud Radar", "ml-fraud")
    bea.reacts(said, "scroll")
    bea.unreacts(said, "scroll")
    ana.unreacts(said, "scroll")
    asked = ana.hears("Does it still hold?")
    assert "\n“No third party data”\n" in asked.said, "what it says stands by itself"
    assert [one for one in bea.sees() if "scroll" in one.said] == []
    told = typed(ana, "decisions").said
    assert ": 1 decision." in told
    assert "– said and kept by Ana Silva, " in told
    ana.presses(asked, "Withdraw")
    ana.hears("is withdrawn")
    gone = typed(bea, "decisions").said
    assert ": 1 decision, 1 withdrawn." in gone
    assert "D-1 withdrawn by Ana Silva" in gone
    assert "No third party data" in gone

    ana.reacts(said, "scroll")
    ana.hears("“No third party data”, holds again", "ml-fraud")
    assert ": 1 decision." in typed(ana, "decisions").said


def test_s7_in_a_thread_the_reply_itself_is_kept(workspace: Double, talking: Talking) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    root = ana.says("Which model?", "ml-fraud")
    reply = bea.says("Trees it is", "ml-fraud", root)
    ana.reacts(reply, "scroll")
    told = ana.hears("D-1 of Fraud Radar: “Trees it is”", "ml-fraud")
    assert told.thread_ts == root.ts
    assert f"thread_ts={root.ts}" in str(told.blocks)


def test_s7_no_project_says_so_and_several_are_asked_about(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    said = ana.says("We start in May", "ml-fraud")
    ana.reacts(said, "scroll")
    ana.hears("No project belongs to this channel", "ml-fraud")
    new_project(workspace)
    new_project(workspace, "Queue Radar")
    typed(ana, "bind Queue Radar")
    ana.unreacts(said, "scroll")
    ana.reacts(said, "scroll")
    asked = ana.hears("Of which project is this a decision?", "ml-fraud")
    assert asked.is_ephemeral
    ana.presses(asked, "Queue Radar")
    ana.hears("D-1 of Queue Radar: “We start in May”", "ml-fraud")
    none = typed(ana, "decisions in Fraud Radar").said
    assert "Nothing is kept as decided" in none
    assert "the emoji :scroll:, choose “Save as decision” in its menu, or type" in none


def test_s7_without_the_scope_it_says_which_one_it_would_need(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    granted = workspace.app.scopes - {"channels:history"}
    workspace.space.app = replace(workspace.app, scopes=granted)
    said = ana.says("We start in May", "ml-fraud")
    ana.reacts(said, "scroll")
    told = ana.hears("takes the scope channels:history", "ml-fraud")
    assert told.is_ephemeral
    ana.picks("Save as decision", said)
    ana.gets_modal("Save as decision")
    assert ana.submits() is None
    ana.hears("D-1 of Fraud Radar: “We start in May”", "ml-fraud")


def test_s7_the_menu_opens_a_form(workspace: Double, talking: Talking) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    said = bea.says("ok <@U0ANA>, raw events for a year", "ml-fraud")
    ana.picks("Save as decision", said)
    form = ana.gets_modal("Save as decision")
    assert form.values["text"]["value"]["value"] == "ok @Ana Silva, raw events for a year"
    ana.fills({"text": "", "item": "data_pipeline"})
    assert ana.submits() is not None
    ana.fills({"text": "Raw events are kept for a year"})
    assert ana.submits() is None
    told = ana.hears("D-1 of Data pipeline (Fraud Radar): “Raw events are kept", "ml-fraud")
    assert told.thread_ts == said.ts
    ana.picks("Save as decision", said)
    workspace.wait(lambda: ana.modal is not None and "D-1 already" in ana.modal.said)
    assert ana.modal is not None
    assert "This message is D-1 already" in ana.modal.said
    assert workspace.problems == []


def test_s7_by_command_withdrawn_with_a_trace_and_undone(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    kept = typed(ana, "decision for data pipeline: raw events for a year")
    assert "D-1 of Data pipeline (Fraud Radar): “raw events for a year”" in kept.said
    gone = typed(ana, "decision D-1 withdraw because the law changed")
    assert "is withdrawn (the law changed)" in gone.said
    assert "Withdrawn by Ana Silva. It can be undone" in gone.said
    assert "Kept on record" not in gone.said
    assert "Taken up again by Ana Silva." in typed(ana, "decision D-1 keep").said
    gone = typed(ana, "decision D-1 withdraw because the law changed")
    assert "withdrawn by Ana Silva because the law changed" in typed(ana, "decisions").said
    assert "stands already" in typed(ana, "decision D-1 withdraw").said
    assert "I do not know a decision called “D-7”" in typed(ana, "decision D-7 withdraw").said
    ana.presses(gone, "Undo")
    ana.hears("Taken back", "ml-fraud")
    assert ": 1 decision." in typed(ana, "decisions").said
    kept = typed(ana, "decision we go live in May")
    ana.presses(kept, Act.UNDO)
    ana.hears("Taken back. Fraud Radar: decision D-2", "ml-fraud")
    assert ": 2 decisions, 1 withdrawn." in typed(ana, "decisions").said
    assert "D-1" in typed(ana, "digest preview").said


def test_s7_a_private_project_keeps_its_decisions_to_itself(
    workspace: Double, talking: Talking
) -> None:
    ana, cy = workspace.person("ana"), workspace.person("cy")
    new_project(workspace, "Open Radar")
    typed(ana, "unbind")
    new_project(workspace, "Hidden Radar")
    typed(ana, "access private")
    said = ana.says("We buy the data", "ml-fraud")
    ana.reacts(said, "scroll")
    told = ana.hears("D-1 of Hidden Radar", "ml-fraud")
    assert told.is_ephemeral, "not everybody in this public channel may know of the project"
    cy.unreacts(said, "scroll")
    cy.reacts(said, "scroll")
    cy.hears("No project belongs to this channel", "ml-fraud")
    assert "D-1 of Open Radar" in typed(cy, 'decision open is open in "Open Radar"').said
    assert "Hidden" not in mentioned(cy, "<@U0CHARTER> what was decided?").said
    assert "I do not know a project" in typed(cy, "decisions in Hidden Radar").said
