"""Commands in a sentence to Charter: in a direct message, and after a mention."""

import pytest

from handlers.playground.double import Double, Person
from tests.handlers.talk import mentioned, typed, written

pytestmark = pytest.mark.parametrize("transport", ["http"], indirect=True)


def heard_alone(person: Person, text: str) -> str:
    """What Charter tells in the channel, to nobody but who mentioned it."""
    said = person.says(text, "ml-fraud")
    told = person.hears("", "ml-fraud", after=said)
    assert told.only_for == person.id, told.said
    return told.said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("show Fraud Radar", "Fraud Radar"),
        ("Show fraud radar, please", "Fraud Radar"),
        ("gaps Fraud Radar", "Fraud Radar"),
        ("raci data pipeline in Fraud Radar", "Ana Silva"),
        ("list projects", "Fraud Radar"),
        ("/charter history data pipeline in Fraud Radar", "Ana Silva"),
    ],
)
def test_q1_a_command_that_looks_is_carried_out_as_it_is_said(
    ana: Person, workspace: Double, text: str, told: str
) -> None:
    typed_in_full = typed(ana, text.replace("/charter", "").replace(", please", "").strip())
    assert told in written(ana, text).said
    assert heard_alone(ana, f"@Charter {text}") == typed_in_full.said
    assert workspace.problems == []


def test_help_is_for_everybody_who_reads_the_thread(ana: Person, workspace: Double) -> None:
    told = mentioned(ana, "@Charter help raci")
    assert told.only_for is None
    assert "/charter raci ITEM" in told.said
    assert "/charter raci ITEM" in written(ana, "help raci").said


def test_q1_a_question_is_not_swallowed_by_the_name_of_a_command(
    ana: Person, workspace: Double
) -> None:
    bea = workspace.person("bea")
    typed(ana, "block data pipeline: the loader is down")
    for text in (
        "@Charter gaps in our data?",
        "@Charter show me who owns the data pipeline",
        "@Charter who owns the data pipeline",
        "@Charter history of the data pipeline?",
        "@Charter block on the data pipeline?",
    ):
        answer = mentioned(bea, text)
        assert answer.only_for is None, text
    assert "Ana Silva is accountable" in written(bea, "show me who owns the data pipeline").said
    assert "the loader is down" in mentioned(bea, "@Charter show what blocks Fraud Radar").said
    assert workspace.problems == []


def test_what_changes_something_is_offered_and_done_by_a_press_alone(
    ana: Person, workspace: Double
) -> None:
    bea = workspace.person("bea")
    text = "block Data pipeline: waits for <#C0FRAUD|ml-fraud>"
    offer = bea.says(f"@Charter {text}", "ml-fraud")
    shown = bea.hears("I have changed nothing", "ml-fraud", after=offer)
    assert shown.only_for == bea.id
    command = "/charter block Data pipeline: waits for #ml-fraud"
    assert command in shown.said
    assert "blocked" not in typed(ana, "stage data pipeline").said.casefold()
    bea.presses(shown, command)
    bea.hears("blocked", "ml-fraud", after=shown)
    assert "blocked" in typed(ana, "stage data pipeline").said.casefold()

    told = written(bea, "raci data pipeline A @Bea Lind in Fraud Radar")
    assert "/charter raci data pipeline A @Bea Lind in Fraud Radar" in told.said
    assert "Ana Silva" in typed(ana, "raci data pipeline").said
    bea.presses(told, "/charter raci data pipeline A @Bea Lind in Fraud Radar")
    assert "Bea Lind" in bea.hears("Bea Lind", after=told).said
    assert workspace.problems == []


def test_what_opens_a_form_is_offered_too_for_a_message_has_no_trigger(
    ana: Person, workspace: Double
) -> None:
    offer = written(ana, 'new "Ad Bids"')
    ana.presses(offer, '/charter new "Ad Bids"')
    assert "Ad Bids" in str(ana.gets_modal("New project"))
    assert workspace.problems == []


def test_who_may_not_is_told_who_may_and_offered_nothing(ana: Person, workspace: Double) -> None:
    cy = workspace.person("cy")
    typed(ana, "access @Cy Moss viewer")
    told = written(cy, "block data pipeline in Fraud Radar: no labels")
    assert "Ana Silva" in told.said
    with pytest.raises(LookupError):
        cy.presses(told, "/charter block data pipeline in Fraud Radar: no labels")
    assert workspace.problems == []


def test_a_command_that_is_none_says_what_is_wrong_unless_it_is_a_question(
    ana: Person, workspace: Double
) -> None:
    assert "Atlantis" in written(ana, "show Atlantis").said
    assert "Say what is in its way" in written(ana, "block data pipeline in Fraud Radar").said
    assert workspace.problems == []


def test_edge_53_a_private_project_is_shown_to_its_members_alone_wherever_it_is_typed(
    ana: Person, workspace: Double
) -> None:
    bea, cy = workspace.person("bea"), workspace.person("cy")
    typed(ana, "access @Bea Lind editor")
    typed(ana, "access private")
    assert "Data pipeline" in heard_alone(bea, "@Charter raci data pipeline in Fraud Radar")
    offered = heard_alone(bea, "@Charter block data pipeline in Fraud Radar: no labels")
    assert "I have changed nothing" in offered
    for text in ("raci data pipeline in {0}", "block data pipeline in {0}: no labels"):
        hidden = heard_alone(cy, f"@Charter {text.format('Fraud Radar')}")
        unknown = heard_alone(cy, f"@Charter {text.format('Fraud Rodar')}")
        assert hidden == unknown.replace("Fraud Rodar", "Fraud Radar")
    assert workspace.problems == []
