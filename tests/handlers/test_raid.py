"""Risks, assumptions, issues and dependencies in Slack: typed, in forms, listed."""

import pytest

from bot.orders import RaiseRaid
from bot.outcome import Place
from bot.people import Surface
from bot.raid import RaidKind
from handlers.playground.double import Double
from handlers.service import Charter
from handlers.talking import Talking
from tests.handlers.talk import new_project, typed


@pytest.fixture
def transport() -> str:
    return "http"


def test_s8_a_risk_is_raised_in_a_form_edited_and_closed(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    empty = typed(ana, "risks")
    assert "Fraud Radar has no risks yet" in empty.said
    ana.presses(empty, "Add a risk")
    ana.gets_modal("Risk")
    ana.fills({"What may go wrong": "The vendor stops", "Stage or component": "Roll-out"})
    ana.fills({"Likelihood": "high", "Impact": "medium", "Owner": bea.id})
    assert ana.submits() is None
    kept = ana.hears("Risk R-1 of Fraud Radar is kept: “The vendor stops”", "ml-fraud")
    assert "Of: Roll-out; likelihood: high; impact: medium; owner: Bea Lind." in kept.said
    assert "mitigation nothing → a second one" in (
        typed(bea, "risk R-1 mitigation: a second one").said
    )
    shown = typed(ana, "risk R-1")
    assert "Risk R-1 of Roll-out (Fraud Radar): “The vendor stops”" in shown.said
    assert "Open. Likelihood × impact: high × medium; owner: Bea Lind." in shown.said
    assert "mitigation nothing → a second one (Bea Lind" in shown.said
    ana.presses(shown, "Edit")
    ana.gets_modal("Risk R-1")
    ana.fills({"Impact": "high"})
    assert ana.submits() is None
    ana.hears("risk R-1 impact medium → high", "ml-fraud")
    typed(ana, "issue add for rollout due 2026-01-10: labels are lost")
    card = typed(bea, "show").said
    assert "Open: 1 risk, 1 issue, 1 past its day. First of all R-1 (high × high)" in card
    [table] = [one for one in typed(ana, "raid").blocks if one["type"] == "data_table"]
    assert [cell["text"] for cell in table["rows"][1][:6]] == [
        *("R-1", "The vendor stops", "Roll-out", "Bea Lind", "high", "high")
    ]
    assert "Say how it was settled: /charter risk R-1 close because" in (
        typed(ana, "risk R-1 close").said
    )
    told = typed(ana, "risk R-1 close because it is under contract")
    assert "open → closed (it is under contract)" in told.said
    ana.presses(told, "Undo")
    ana.hears("Taken back. Roll-out (Fraud Radar): risk R-1", "ml-fraud")
    assert workspace.problems == []


def test_edge_67_and_68_hostile_risks_fill_pages_and_ping_nobody(
    workspace: Double, talking: Talking, charter: Charter
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    person = charter.people.known(talking.workspace, ana.id)
    assert person is not None
    actor = charter.people.actor(talking.workspace, person, Surface.COMMAND)
    here = Place("C0FRAUD", "ml-fraud")
    for n in range(20):
        text = f"=1+1 <!channel> *bold* \u202eabc {n} " + "x" * 900
        charter.raid.lift(actor, RaiseRaid(RaidKind.RISK, (("text", text),)), here)
    typed(ana, "risk add <!channel> *b* `c` \u202e =1+1")
    first = typed(ana, "risks")
    assert "21 of 21 open, page 1 of 2" in first.said
    assert not any(word in str(first.blocks) for word in ('"broadcast"', "\u202e"))
    ana.presses(first, "Next")
    ana.hears("page 2 of 2", "ml-fraud")
    assert "=1+1" in typed(ana, "risk R-1").said
    assert "an issue called “I-7”" in typed(ana, "issue I-7").said
    assert workspace.problems == []


def test_s8_what_others_wrote_meanwhile_is_told_and_nothing_is_lost(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    typed(ana, "risk add the vendor stops")
    ana.slash("/charter risk R-1 edit", "ml-fraud")
    ana.gets_modal("Risk R-1")
    typed(bea, "risk R-1: the vendor is sold")
    ana.fills({"What may go wrong": "the vendor moves"})
    ana.submits()
    asked = ana.gets_modal("Risk R-1")
    assert "the vendor stops → the vendor is sold" in asked.said
    assert "the vendor is sold" in typed(bea, "risk R-1").said
    typed(bea, "risk R-1 impact high")
    ana.submits()
    assert "Save again to put yours in its place" in ana.gets_modal("Risk R-1").said
    ana.submits()
    ana.hears("the vendor is sold → the vendor moves", "ml-fraud")
    assert "likelihood × impact: ? × high" in typed(bea, "risk R-1").said.lower()
    assert workspace.problems == []
