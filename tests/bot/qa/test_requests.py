"""Requests to act: the command that would do it is offered, and nothing else."""

import pytest

from bot.commands import parse
from bot.qa.answer import answer
from tests.bot.qa.worlds import harbour

TODAY = harbour().now.date()  # a Monday

OFFERED = (
    ("make Kofi the owner of labelling in No-Show Predictor", ["raci Labelling A @Kofi Mensah"]),
    ("Please make Kofi Mensah responsible for labelling here.", ["raci Labelling R @Kofi Mensah"]),
    ("can you add me to the informed for deployment?", ["raci Deployment I @Hiro Nakamura"]),
    (
        "assign labelling in No-Show Predictor to Kofi",
        ["raci Labelling A @Kofi Mensah", "raci Labelling R @Kofi Mensah"],
    ),
    ("hand over labelling to Kofi", ["raci Labelling A @Kofi Mensah"]),
    ("mark labelling as done", ["stage Labelling done"]),
    ("set the status of labelling to on hold", ["stage Labelling on hold"]),
    ("set the deadline of deployment to Friday", ["due Deployment 2027-03-05"]),
    ("set the deadline of deployment to monday, please", ["due Deployment 2027-03-08"]),
    ("move the due date of deployment to 2 April", ["due Deployment 2027-04-02"]),
)


@pytest.mark.parametrize(("text", "commands"), OFFERED, ids=[row[0] for row in OFFERED])
def test_a_request_is_offered_as_its_command(text: str, commands: list[str]) -> None:
    found = answer(text, harbour().facts("hiro", "noshow"))
    shown = [one.shown for one in found.requests]
    ends = ["", " hand over"]
    place = ' in "No-Show Predictor"'  # quoted, for "no" is a word of commands
    assert shown in [[f"/charter {command}{place}{end}" for command in commands] for end in ends]
    assert found.kind == "unknown"
    assert found.people == ()
    assert all(one in found.text for one in shown)


@pytest.mark.parametrize("text", [row[0] for row in OFFERED])
def test_what_is_offered_is_what_the_command_means(text: str) -> None:
    for one in answer(text, harbour().facts("hiro", "noshow")).requests:
        typed = one.shown.removeprefix("/charter ")
        order = parse(typed, TODAY)
        assert type(order) is type(one.order)
        assert one.project == harbour().project("noshow").id


NOT_OFFERED = (
    "make sure labelling in No-Show Predictor is done",
    "make Kofi the owner of labelling in No-Show Predictor and delete the rest",
    "mark labelling in No-Show Predictor as not done",
    "mark labelling and deployment in No-Show Predictor as done",
    "remind Kofi about labelling in No-Show Predictor",
    "ask Kofi for input on labelling in No-Show Predictor",
    "set the deadline of labelling in No-Show Predictor to when Kofi agrees",
    "make Anna the owner of labelling in No-Show Predictor",  # which Anna?
    "make Kofi the owner of the billing service",
    "make Kofi the owner of labelling in Project Nowhere",
)


@pytest.mark.parametrize("text", NOT_OFFERED)
def test_nothing_is_offered_where_a_word_is_left_over_or_unclear(text: str) -> None:
    found = answer(text, harbour().facts("hiro"))
    assert found.requests == ()
    assert found.kind == "unknown"


def test_where_only_the_project_is_open_it_is_asked_back_and_then_offered() -> None:
    facts = harbour().facts("hiro")
    found = answer("mark labelling as done", facts)
    assert (found.kind, found.requests, found.people) == ("unknown", (), ())
    assert found.text.startswith("I have changed nothing. Which project do you mean: ")
    labels = [one.label for one in found.options]
    assert "No-Show Predictor" in labels
    picked = found.options[labels.index("No-Show Predictor")]
    [offered] = answer(picked.question, facts, picked.choice).requests
    assert offered.shown == '/charter stage Labelling done in "No-Show Predictor"'


@pytest.mark.parametrize("text", ["mark labelling as not done", "mark labelling as purple"])
def test_no_project_is_asked_for_where_there_is_no_command(text: str) -> None:
    assert answer(text, harbour().facts("hiro")).options == ()


def test_a_project_out_of_sight_is_offered_no_command() -> None:
    text = "mark labelling in Project Kestrel as done"
    hidden, nowhere = (
        answer(said, harbour().facts("hiro"))
        for said in (text, text.replace("Kestrel", "Zephyrine"))
    )
    assert hidden.requests == nowhere.requests == ()
    assert hidden.text == nowhere.text
