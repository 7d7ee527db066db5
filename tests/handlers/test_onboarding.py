"""From the invitation to the first true answer; and a sample that goes as it came."""

from datetime import date

from bot.commands import Ask, parse
from handlers.playground.double import Double, Message, Person
from handlers.service.sample import ASK, NAME
from handlers.talking import Talking
from tests.handlers.talk import new_project, now, typed


def pressed(person: Person, message: Message, what: str) -> Message:
    """What Charter says when somebody presses that."""
    person.presses(message, what)
    return person.hears("", "ml-fraud", after=message)


def sampled(person: Person) -> Message:
    """The sample that somebody tries, in the one click after the command."""
    begun = typed(person, "")
    assert "Three ways to begin" in begun.said
    return pressed(person, begun, "Try a sample project")


def test_o1_from_the_command_to_a_true_answer_in_three_clicks(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    tried = sampled(ana)  # 1: the command, 2: the button
    assert f"{NAME} stands" in tried.said
    assert ASK in tried.said
    answer = pressed(ana, tried, "Ask that")  # 3
    assert answer.said.startswith("Ana Silva is accountable for Data pipeline")
    assert isinstance(parse(f"ask {ASK}", now().date()), Ask)


def test_o1_the_sample_goes_with_one_click_and_comes_back(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    tried = sampled(ana)
    assert NAME in typed(bea, "list").said
    refused = pressed(bea, typed(bea, ""), "Remove the sample")
    assert "Ana Silva" in refused.said  # she says who can
    gone = pressed(ana, tried, "Remove the sample")
    assert "is removed: it is in no list any more, and its name is free again." in gone.said
    assert "Undo" not in str(gone.blocks)
    for who in (ana, bea):
        told = typed(who, "list").said
        assert NAME not in told
        assert "archived" not in told
        assert NAME not in typed(who, f'show "{NAME}"').said.replace(f"“{NAME}”", "")
        assert "Ana Silva is accountable" not in typed(who, f"ask {ASK}").said
    assert f"{NAME} stands" in sampled(ana).said
    assert NAME in typed(bea, "list").said


def test_o1_there_is_one_sample_whoever_tries_it(workspace: Double, talking: Talking) -> None:
    sampled(workspace.person("ana"))
    bea = workspace.person("bea")
    bea.opens_home()
    home = bea.gets_home(NAME)
    assert "Try a sample project" not in str(home.blocks)
    assert "1 project that you can see." in typed(bea, "").said


def test_o1_a_sheet_is_said_to_come_by_a_document(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    told = pressed(ana, typed(ana, ""), "Import a sheet")
    assert "app.py load FILE" in told.said
    steps = [line.split("/charter ")[1] for line in told.said.splitlines() if "/charter " in line]
    orders = [type(parse(step, date(2026, 11, 23))).__name__ for step in steps]
    assert orders == ["Assign", "AddItem", "CloneRaci"]
    assert "Start here" in str(told.blocks)


def test_the_bare_command_says_how_things_stand(workspace: Double, talking: Talking) -> None:
    new_project(workspace)
    bea = workspace.person("bea")
    told = typed(bea, "")
    assert (
        "1 project that you can see. You are accountable for 0 things; nothing waits" in told.said
    )
    assert "You hold no letter" not in told.said
    assert "Fraud Radar" in pressed(bea, told, "Projects").said
