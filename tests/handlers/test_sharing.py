"""An answer that one person reads is posted for all, as far as all may know it."""

import pytest

from handlers.playground.double import Double, Message, Person
from handlers.talking import Talking
from tests.handlers.talk import new_project, typed

pytestmark = [
    pytest.mark.parametrize("transport", ["http"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
QUESTION = "who owns the data pipeline?"


def posted(person: Person, channel: str = "ml-fraud") -> list[Message]:
    return [one for one in person.sees(channel) if "Shared by" in one.said]


def test_q8_an_answer_is_shared_once_by_whoever_asked(ana: Person, workspace: Double) -> None:
    bea = workspace.person("bea")
    answer = typed(bea, f"ask {QUESTION}")
    assert answer.only_for == bea.id
    bea.presses(answer, "Share")
    shared = ana.hears("Shared by Bea Lind", "ml-fraud")
    assert shared.only_for is None
    assert "Ana Silva is accountable for Data pipeline in Fraud Radar" in shared.said
    mine = bea.hears("You shared this with the channel", "ml-fraud")
    assert mine.ts == answer.ts
    with pytest.raises(LookupError):
        bea.presses(mine, "Share")
    assert len(posted(ana)) == 1
    assert workspace.problems == []


def test_q8_two_presses_at_once_post_once(ana: Person, workspace: Double, talking: Talking) -> None:
    """The second press comes before Slack shows what became of the first."""
    answer = typed(ana, f"ask {QUESTION}")
    block = next(block for block in answer.blocks if block["type"] == "actions")
    button = next(one for one in block["elements"] if one["text"]["text"] == "Share")
    hands = ana._hands
    workspace.throttle("chat.postMessage")
    hands.act(ana.user, answer, block["block_id"], button["action_id"])
    hands.act(ana.user, answer, block["block_id"], button["action_id"])
    talking.bolt.listener_runner.listener_executor.shutdown(wait=True)
    assert len(posted(ana)) == 1
    assert "You shared this with the channel" in ana.sees("ml-fraud")[-2].said


def test_q8_nothing_is_shared_that_not_all_who_read_it_may_know(
    ana: Person, workspace: Double
) -> None:
    cy = workspace.person("cy")
    typed(ana, "access private")
    answer = typed(ana, f"ask {QUESTION}")
    assert "Ana Silva is accountable" in answer.said
    ana.presses(answer, "Share")
    told = ana.hears("Nothing was posted", "ml-fraud")
    assert told.only_for == ana.id
    assert "Fraud Radar" not in "".join(one.said for one in cy.sees("ml-fraud"))


def test_q8_where_less_may_be_said_the_sharer_sees_it_first(ana: Person, workspace: Double) -> None:
    workspace.add_channel("vault", ["ana"], id="C0VAULT", is_private=True)
    ana.slash("/charter new Vault", "vault")
    ana.gets_modal("New project")
    assert ana.submits() is None
    ana.hears("Vault", "vault")
    typed(ana, "access private", "vault")
    typed(ana, "raci data pipeline A @Ana Silva", "vault")
    answer = typed(ana, "ask what do I own?")
    assert "Vault" in answer.said
    ana.presses(answer, "Share")
    less = ana.hears("Not posted yet", "ml-fraud")
    assert less.only_for == ana.id
    assert posted(ana) == []
    ana.presses(less, "Share that")
    shared = ana.hears("Shared by Ana Silva", "ml-fraud")
    assert "Fraud Radar: Data pipeline" in shared.said
    assert "Vault" not in f"{shared.said}{shared.blocks}"


def test_q8_it_says_what_to_do_where_it_cannot_post(ana: Person, workspace: Double) -> None:
    workspace.add_channel("lounge", ["ana", "bea"], id="C0LOUNGE")
    workspace.change_channel("lounge", members=frozenset({"U0ANA", "U0BEA"}))
    answer = typed(ana, f"ask {QUESTION}", "lounge")
    ana.presses(answer, "Share")
    ana.hears("I am not in this channel. Invite me", "lounge")
    workspace.change_channel("lounge", is_archived=True)
    ana.presses(answer, "Share")
    ana.hears("This channel is archived")  # where something can be told still
    workspace.change_channel(
        "lounge", is_archived=False, members=frozenset({"U0ANA", workspace.app.bot_user_id})
    )
    ana.presses(answer, "Share")
    assert ana.hears("Shared by Ana Silva", "lounge").only_for is None


def test_q8_there_is_nobody_to_share_with_in_a_direct_message(
    ana: Person, workspace: Double
) -> None:
    before = ana.sees()
    ana.slash(f"/charter ask {QUESTION}")
    answer = ana.hears("is accountable for Data pipeline", after=before[-1] if before else None)
    assert "Share" not in str(answer.blocks)


def test_q1_the_shortcut_asks_and_answers_in_one_form(ana: Person, workspace: Double) -> None:
    bea = workspace.person("bea")
    bea.picks("Who owns…?")
    bea.gets_modal("Who owns…?")
    bea.fills({"Your question": "who owns lunch?"})
    assert bea.submits() is None
    asked = bea.gets_modal("Who owns…?")
    assert "I have nothing called “lunch”" in asked.said.replace('"lunch"', "“lunch”")
    assert asked.values["question"]["value"]["value"] == "who owns lunch?"
    bea.fills({"Your question": "who owns the data pipelin?"})
    assert bea.submits() is None
    told = bea.gets_modal("Who owns…?")
    assert "Ana Silva is accountable for Data pipeline in Fraud Radar" in told.said
    assert "Understood as Data pipeline." in told.said
    assert workspace.problems == []


def test_q1_what_is_asked_back_is_chosen_in_the_form(ana: Person, workspace: Double) -> None:
    new_project(workspace, "Queue Radar")
    ana.picks("Who owns…?")
    ana.gets_modal("Who owns…?")
    ana.fills({"Your question": QUESTION})
    assert ana.submits() is None
    ana.presses(ana.gets_modal("Who owns…?"), "Fraud Radar")
    workspace.wait(lambda: "Ana Silva is accountable" in ana.gets_modal("Who owns…?").said)
    told = ana.gets_modal("Who owns…?")
    assert "Ana Silva is accountable for Data pipeline in Fraud Radar" in told.said
    assert told.values["question"]["value"]["value"] == QUESTION


def test_q8_an_answer_from_the_form_is_shared_where_one_may_post(
    ana: Person, workspace: Double
) -> None:
    bea = workspace.person("bea")
    workspace.add_channel("elsewhere", ["ana"], id="C0ELSE")
    bea.picks("Who owns…?")
    bea.gets_modal("Who owns…?")
    bea.fills({"Your question": QUESTION})
    assert bea.submits() is None
    bea.presses(bea.gets_modal("Who owns…?"), "Share …")
    bea.gets_modal("Share the answer")
    bea.fills({"Post it in": "elsewhere"})
    refused = bea.submits()
    assert refused is not None
    assert refused["channel"].startswith("You are not in that channel")
    bea.fills({"Post it in": "ml-fraud"})
    assert bea.submits() is None
    assert "Shared in #ml-fraud" in bea.gets_modal("Charter").said
    shared = ana.hears("Shared by Bea Lind", "ml-fraud")
    assert "Ana Silva is accountable for Data pipeline" in shared.said
    assert posted(ana, "elsewhere") == []
    assert workspace.problems == []


@pytest.mark.long
def test_q8_in_a_vast_channel_who_is_in_there_is_known_and_who_is_not_is_refused(
    ana: Person, workspace: Double
) -> None:
    """Slack lists members by pages; of a channel of thousands somebody is on none of the first."""
    bea = workspace.person("bea")
    workspace.add_channel("elsewhere", ["ana"], id="C0ELSE")
    crowd = {f"U00{number:05}" for number in range(2_500)}
    lounge = workspace.channel("ml-fraud").members
    workspace.change_channel("ml-fraud", members=lounge | crowd)
    workspace.change_channel("elsewhere", members=frozenset({ana.id}) | crowd)
    bea.picks("Who owns…?")
    bea.gets_modal("Who owns…?")
    bea.fills({"Your question": QUESTION})
    assert bea.submits() is None
    bea.presses(bea.gets_modal("Who owns…?"), "Share …")
    bea.gets_modal("Share the answer")
    bea.fills({"Post it in": "elsewhere"})
    refused = bea.submits()
    assert refused is not None
    assert refused["channel"].startswith("You are not in that channel")
    bea.fills({"Post it in": "ml-fraud"})
    assert bea.submits() is None
    ana.hears("Shared by Bea Lind", "ml-fraud")
    asked = [call.method for call in workspace.calls]
    assert asked.count("users.conversations") == 2
    assert workspace.problems == []


def test_q8_the_form_shows_first_where_a_channel_would_read_less(
    ana: Person, workspace: Double
) -> None:
    typed(ana, "access private")
    new_project(workspace, "Queue Radar")
    typed(ana, "raci labelling A @Ana Silva in Queue Radar")
    ana.picks("Who owns…?")
    ana.gets_modal("Who owns…?")
    ana.fills({"Your question": "what do I own?"})
    assert ana.submits() is None
    ana.presses(ana.gets_modal("Who owns…?"), "Share …")
    assert "Fraud Radar" in ana.gets_modal("Share the answer").said
    ana.fills({"Post it in": "ml-fraud"})
    assert ana.submits() is None
    shown = ana.gets_modal("Share the answer").said
    assert "They would read" in shown
    assert "Fraud Radar" not in shown
    assert posted(ana) == []
    assert ana.submits() is None
    shared = ana.hears("Shared by Ana Silva", "ml-fraud")
    assert "Queue Radar" in shared.said
    assert "Fraud Radar" not in f"{shared.said}{shared.blocks}"
