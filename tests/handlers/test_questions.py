"""Conversations about more than one plain question."""

import pytest

from handlers.playground.double import Double, Person
from handlers.talking import Talking
from storage.database import Database
from tests.handlers.talk import eventually, mentioned, new_project, typed, written
from tests.support.counting import counted

pytestmark = [
    pytest.mark.parametrize("transport", ["http"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


def test_q1_two_questions_are_answered_in_one_reply(ana: Person, workspace: Double) -> None:
    bea = workspace.person("bea")
    answer = mentioned(
        bea, "@Charter who owns the data pipeline? and who owns the billing service?"
    )
    owner = answer.said.index("Ana Silva is accountable for Data pipeline in Fraud Radar")
    nothing = answer.said.index('I have nothing called "billing service" on record')
    assert owner < nothing
    assert len([one for one in bea.sees("ml-fraud") if one.thread_ts == answer.thread_ts]) == 1
    bea.presses(answer, "Show Data pipeline")
    assert bea.hears("Ana Silva", "ml-fraud", after=answer).only_for == bea.id
    assert workspace.problems == []


def test_q7_a_day_that_can_be_read_in_two_ways_is_asked_back_with_buttons(
    ana: Person, workspace: Double
) -> None:
    bea = workspace.person("bea")
    asked = mentioned(bea, "@Charter who owned the data pipeline on 03/04/2026?")
    assert "Which day do you mean: 2026-04-03 or 2026-03-04?" in asked.said
    bea.presses(asked, "2026-04-03")
    told = bea.hears("who was accountable for Data pipeline", "ml-fraud")
    assert told.ts == asked.ts, "it is answered in the place of the question"
    assert told.said.startswith("No record before")
    assert workspace.problems == []


def test_what_somebody_wants_done_is_offered_to_those_who_may(
    ana: Person, workspace: Double
) -> None:
    bea, cy = workspace.person("bea"), workspace.person("cy")
    typed(ana, "access @Cy Moss viewer")
    command = '/charter stage "Data pipeline" in progress in "Fraud Radar"'

    offer = mentioned(bea, "@Charter please mark the data pipeline as in progress in Fraud Radar")
    assert "I have changed nothing" in offer.said
    assert command in offer.said
    assert "not started" in typed(ana, "stage data pipeline").said.casefold()

    # The button is on everybody's screen; whoever presses it has their own rights.
    cy.presses(offer, command)
    refused = cy.hears("may", "ml-fraud", after=offer)
    assert refused.only_for == cy.id
    assert "Ana Silva" in refused.said
    assert "not started" in typed(ana, "stage data pipeline").said.casefold()
    bea.presses(offer, command)
    assert bea.hears("n progress", "ml-fraud", after=refused).only_for == bea.id
    assert "in progress" in typed(ana, "stage data pipeline").said.casefold()

    # Who may not is offered no button, but told who may.
    told = mentioned(cy, "@Charter make me the owner of the data pipeline in Fraud Radar")
    assert "which may be given by Ana Silva or an admin" in told.said
    with pytest.raises(LookupError):
        cy.presses(told, '/charter raci "Data pipeline" A @Cy Moss in "Fraud Radar"')
    assert workspace.problems == []


def test_q1_a_follow_up_leans_on_what_a_button_settled(ana: Person, workspace: Double) -> None:
    bea = workspace.person("bea")
    typed(ana, "raci rollout A @Bea Lind")
    workspace.add_channel("ml-size", id="C0SIZE")
    new_project(workspace, "Size Guide", "ml-size")
    asked = written(bea, "who owns the data pipeline?")
    bea.presses(asked, "Fraud Radar")
    assert "Ana Silva is accountable" in bea.hears("Ana Silva is accountable").said
    assert "Bea Lind is accountable for" in written(bea, "and rollout?").said
    order = written(bea, "mark the rollout as done")
    bea.presses(order, "Fraud Radar")
    bea.hears('/charter stage Roll-out done in "Fraud Radar"')
    assert workspace.problems == []


def test_q1_a_follow_up_in_the_thread_leans_on_the_question_before(
    ana: Person, workspace: Double
) -> None:
    bea = workspace.person("bea")
    typed(ana, "raci rollout A @Bea Lind")
    question = bea.says("@Charter who owns the data pipeline in Fraud Radar?", "ml-fraud")
    first = bea.hears("Ana Silva is accountable", "ml-fraud", question)
    ana.says("@Charter and rollout?", "ml-fraud", thread=question.ts)
    second = bea.hears("Bea Lind is accountable for", "ml-fraud", question, after=first)
    assert 'Understood as "who owns the rollout in Fraud Radar?".' in second.said
    elsewhere = mentioned(ana, "@Charter and rollout?")
    assert "Bea Lind" not in elsewhere.said

    written(ana, "who owns the data pipeline in Fraud Radar?")
    assert "Bea Lind is accountable for" in written(ana, "what about rollout?").said
    assert workspace.problems == []


def test_a_project_at_the_end_of_ones_own_words_is_asked_about_and_nothing_is_written(
    workspace: Double, talking: Talking
) -> None:
    new_project(workspace)
    workspace.add_channel("size-guide")
    new_project(workspace, "Size Guide", "size-guide")
    ana = workspace.person("ana")
    for command in (
        "block data pipeline: no export in size guide",
        "stage data pipeline at risk: the vendor is late in Size Guide",
        "decision we use trees in Size Guide",
        "risk add the sensor may fail in Size Guide",
    ):
        told = typed(ana, command).said
        assert (
            'Is this for Size Guide? Then write it in quotes at the end, in "Size Guide".' in told
        )
    assert "not started" in typed(ana, "stage data pipeline").said.casefold()
    assert "Size Guide" in typed(ana, 'block data pipeline: no export in "Size Guide"').said
    own = typed(ana, "block data pipeline: no export in size guide.").said
    assert "Fraud Radar" in own
    assert "no export in size guide." in own
    assert "Fraud Radar" in typed(ana, "block rollout: no port in Fraud Radar").said
    assert workspace.problems == []


ANSWERED = [
    "BEGIN",
    "SELECT workspaces.revision,",
    "SELECT channels.slack_id,",
    "BEGIN IMMEDIATE",
    "INSERT INTO claims",
    "BEGIN",
    "SELECT workspaces.revision,",
    "SELECT threads.question",
    "BEGIN IMMEDIATE",
    "INSERT INTO threads",
    "BEGIN IMMEDIATE",
    "UPDATE claims SET",
]
"""What is read and written for the answer to a mention about a project that is in memory."""


def test_an_answer_takes_five_short_transactions_that_do_not_wait_for_the_disk(
    ana: Person, workspace: Double, database: Database
) -> None:
    begun = 0
    with counted(database, with_settings=True) as statements:
        for _ in range(2):
            begun = len(statements)
            answer = mentioned(ana, "@Charter who owns the data pipeline in Fraud Radar?")
            assert "Ana Silva is accountable" in answer.said
            eventually(lambda: statements[-1].startswith("UPDATE claims") or None)
    told = [" ".join(one.split()[: 2 if "SELECT" in one else 3]) for one in statements[begun:]]
    assert [one for one in told if not one.startswith("PRAGMA")] == ANSWERED
    durable = [one for one in statements if one.startswith("PRAGMA synchronous")]
    assert set(durable) == {"PRAGMA synchronous=NORMAL"}
    assert workspace.problems == []
