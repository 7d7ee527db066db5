"""Letters that act, in Slack: a stage is blocked, and everybody hears what their letter brings."""

from handlers.playground.double import Message
from handlers.views.acts import Act
from tests.handlers.mornings import Morning
from tests.handlers.talk import new_project, typed

PIPELINE = "data pipeline"


def staffed(morning: Morning) -> None:
    """Bea is accountable, Cy is consulted, in Ana's project; both know since Monday."""
    new_project(morning.workspace)
    typed(morning.person("ana"), f"raci {PIPELINE} A @Bea Lind")
    typed(morning.person("ana"), f"raci {PIPELINE} C @Cy Moss")
    morning.until("12:00", day=24)


def told(morning: Morning, name: str, words: str) -> Message:
    """The one message in somebody's DM that says so."""
    [found] = [one for one in morning.person(name).sees() if words in one.said]
    return found


def test_r12_a_blocked_stage_reaches_everybody_by_their_letter(morning: Morning) -> None:
    staffed(morning)
    typed(morning.person("ana"), f"stage {PIPELINE} blocked: no export yet")
    morning.settle()
    bea = told(morning, "bea", "is blocked")
    assert "Because you are accountable for Data pipeline." in bea.said
    assert "no export yet" in bea.said
    assert not [one for one in morning.person("cy").sees() if "Your input" in one.said]
    morning.until("00:30", day=25)  # 09:30 in Tokyo
    assert "What could unblock it?" in told(morning, "cy", "Your input is asked for").said
    assert not [one for one in morning.person("ana").sees() if "is blocked" in one.said]


def test_why_a_message_came_is_one_press_away(morning: Morning) -> None:
    staffed(morning)
    typed(morning.person("ana"), f"stage {PIPELINE} blocked: no export yet")
    morning.settle()
    bea = morning.person("bea")
    bea.presses(told(morning, "bea", "is blocked"), Act.NOTICE_WHY)
    why = bea.hears("A (accountable) is told at once.")
    assert "Fraud Radar: a stage is blocked." in why.said
    assert "What a letter brings stops when you no longer hold it" in why.said
    assert "/charter quiet" in why.said
    every = typed(bea, "why").said
    assert "Fraud Radar: somebody is given a letter." in every
    assert "_" not in every, "names of the code are no words for people"
    assert "no messages yet" in typed(morning.person("ana"), "why").said


def test_input_is_given_in_a_form_and_stands_in_the_place_of_the_question(
    morning: Morning,
) -> None:
    staffed(morning)
    typed(morning.person("ana"), f"stage {PIPELINE} blocked: no export yet")
    morning.until("00:30", day=25)
    cy = morning.person("cy")
    question = told(morning, "cy", "Your input is asked for")
    row = typed(morning.person("bea"), f"raci {PIPELINE}")
    assert "Input of Cy Moss: asked for by" in row.said
    cy.presses(question, Act.CONSULTATION_OPEN)
    cy.gets_modal("Your input")
    cy.fills({"answer": "Ask the vendor"})
    assert cy.submits() is None
    cy.hears("Noted: your input on Data pipeline of Fraud Radar")
    morning.settle()
    again = [one for one in cy.sees() if one.ts == question.ts]
    assert "“Ask the vendor”" in again[0].said
    assert (
        "Input of Cy Moss: “Ask the vendor”"
        in typed(morning.person("bea"), f"raci {PIPELINE}").said
    )
    morning.until("07:30", day=25)
    assert "Cy Moss gave input on Data pipeline" in told(morning, "bea", "gave input").said


def test_nothing_to_add_is_an_answer(morning: Morning) -> None:
    staffed(morning)
    typed(morning.person("ana"), f"stage {PIPELINE} blocked: no export yet")
    morning.until("00:30", day=25)
    cy = morning.person("cy")
    cy.presses(told(morning, "cy", "Your input is asked for"), Act.CONSULTATION_NOTHING)
    cy.hears("“Nothing to add.”")


def test_r12_silence_is_shown_on_the_row(morning: Morning) -> None:
    staffed(morning)
    typed(morning.person("ana"), f"stage {PIPELINE} blocked: no export yet")
    morning.until("20:00", day=30)
    assert (
        "Input of Cy Moss: C silent since 3 d"
        in typed(morning.person("ana"), f"raci {PIPELINE}").said
    )
    assert "said nothing by 2026-11-27" in told(morning, "bea", "said nothing").said


def test_d5_quiet_hours_are_set_shown_and_set_back(morning: Morning) -> None:
    new_project(morning.workspace)
    bea = morning.person("bea")
    assert "from 18:00 to 08:00 and all day on Saturday, Sunday" in typed(bea, "quiet").said
    said = typed(bea, "quiet 20:00-7:00 Mon-Thu")
    assert "all day on Friday to Sunday" in said.said
    assert "Europe/Stockholm" in said.said
    bea.presses(said, "Undo")
    bea.hears("→ from 18:00 to 08:00 and all day on Saturday, Sunday", "ml-fraud")
    assert "never" in typed(bea, "quiet off").said
    for wrong in ("quiet loud", "quiet 25:00-8:00", "quiet 18:00", "quiet 18:00-8:00 someday"):
        assert "/charter quiet 18:00-8:00 Mon-Thu" in typed(bea, wrong).said


def test_a_group_is_mentioned_in_one_thread_of_the_channel(morning: Morning) -> None:
    staffed(morning)
    ana = morning.person("ana")
    typed(ana, f"raci {PIPELINE} R <!subteam^S0LABEL|@labellers>")
    typed(ana, f"stage {PIPELINE} blocked: no export yet")
    morning.settle()
    [post] = [one for one in ana.sees("ml-fraud") if "For @labellers, responsible for" in one.said]
    assert "Data pipeline of Fraud Radar is blocked." in post.said
    typed(ana, f"stage {PIPELINE} in progress")
    morning.settle()
    thread = ana.sees("ml-fraud", post)
    assert "is no longer blocked" in thread[-1].said
