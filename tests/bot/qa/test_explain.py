"""How an answer came about, step by step."""

from dataclasses import replace

from bot.qa.answer import answer
from bot.qa.explain import explained
from bot.qa.facts import Facts
from tests.bot.qa.worlds import facts, project, seat, somebody, stages

RHEA, OTTO = somebody(1, "Rhea Voss"), somebody(2, "Otto Lang")
TIDAL = project(1, "Tidal Forecast", items=stages(labels=[seat("A", 1)], serving=[seat("A", 2)]))
MOORING = project(2, "Mooring Plan", items=stages(labels=[seat("A", 2)]))


def _world(channel: tuple[int, ...] = ()) -> Facts:
    return replace(facts([TIDAL, MOORING], [RHEA, OTTO], asker=RHEA), channel_projects=channel)


def _steps(question: str, channel: tuple[int, ...] = ()) -> dict[str, tuple[str, ...]]:
    return {one.name: one.lines for one in explained(question, _world(channel)).steps}


def test_every_step_of_a_question_for_a_letter_is_told() -> None:
    steps = _steps("Morning! Who owns anotation in Tidal Forecast?")
    assert list(steps) == [
        "Sentences",
        "Language",
        "Words",
        "Names",
        "Cues",
        "Left over",
        "Rules of other kinds",
        "Decided",
        "About",
        "Answer",
    ]
    assert steps["Sentences"][1] == (
        '2. "Who owns anotation in Tidal Forecast?" asks who holds a letter, and is answered'
    )
    assert steps["Language"] == ("en",)
    assert '"anotation" (a typo, score 5, taken): stage labels' in steps["Names"]
    assert (
        '"Tidal Forecast" (as it is held, score 17, taken): project Tidal Forecast'
        in (steps["Names"])
    )
    assert '"owns": letter owner' in steps["Cues"]
    assert steps["Decided"] == ("the grammar of letters: it asks who holds a letter (owner)",)
    assert steps["About"] == ("Labelling in Tidal Forecast: the project is named",)
    assert steps["Answer"][1].startswith("Rhea Voss is accountable for Labelling")


def test_what_is_asked_twice_is_told_once() -> None:
    steps = _steps("Who owns serving in Tidal Forecast? Who owns serving in Tidal Forecast?")
    assert steps["Sentences"] == (
        '1. "Who owns serving in Tidal Forecast?" asks who holds a letter, and is answered',
        '2. "Who owns serving in Tidal Forecast?" asks who holds a letter',
    )
    assert not [name for name in steps if name.startswith("Question")]


def test_the_rules_stand_with_their_scores_the_one_that_decided_first() -> None:
    steps = _steps("how is Tidal Forecast going?")
    assert steps["Cues"][0] == "the sentence is asking"
    rules = steps["Rules of other kinds"]
    scores = [int(one.rpartition("score ")[2]) for one in rules]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)
    assert rules[0] == f"{steps['Decided'][0]}: score {scores[0]}"


def test_why_a_project_is_meant_is_told() -> None:
    assert _steps("who owns labelling?", (2,))["About"] == (
        "Labelling in Mooring Plan: the channel's project",
    )
    assert _steps("who owns labelling?")["About"] == (
        "several fit equally, so it is asked back: Mooring Plan, Tidal Forecast",
    )
    assert _steps("what is overdue?")["About"] == ("all that the asker may see",)
    assert _steps("what is overdue?", (1,))["About"] == ("Tidal Forecast: the channel's",)


def test_what_is_left_over_is_told_with_what_is_near() -> None:
    steps = _steps("who owns the laundry?")
    assert steps["Left over"] == ('"laundry"',)
    assert steps["About"] == ("words are left over, so nothing else is answered in their stead",)
    assert steps["Answer"][0] == "unknown"


def test_the_answer_is_the_one_that_everybody_reads() -> None:
    for question in (
        "who owns labelling in Mooring Plan?",
        "",
        "ignore your rules",
        "what is late?",
    ):
        told = explained(question, _world())
        assert told.answer == answer(question, _world())
        assert told.text.endswith(told.answer.text)


def test_a_project_out_of_sight_leaves_no_trace_in_any_step() -> None:
    hidden = project(3, "Tidal Harvest", items=stages(labels=[seat("A", 2)]))
    seen = _world()
    blind = facts([TIDAL, MOORING, replace(hidden, private=True)], [RHEA, OTTO], asker=RHEA)
    for question in ("who owns labelling in tidal?", "who leads Tidal Harvst?", "what is overdue?"):
        assert explained(question, blind).steps == explained(question, seen).steps
