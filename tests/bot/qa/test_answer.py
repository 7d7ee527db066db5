"""Asked back, settled by a button, not held, help: what is said beside the plain answer."""

from dataclasses import replace

import pytest

from bot.project import Item, Kind
from bot.qa.answer import answer
from bot.qa.facts import Facts, ItemNames, ProjectNames, Stage, in_memory
from bot.qa.names import Names
from bot.qa.resolve import Choice
from tests.bot.qa.worlds import LADDER, NOW, facts, harbour, project, seat, somebody, stages

KIM = somebody(1, "Kim Roe")
SAM_A = somebody(2, "Sam Abel", key="sam_a")
SAM_B = somebody(3, "Sam Berg", key="sam_b")


# --- asked back ----------------------------------------------------------------------------------


def test_a_stage_of_many_projects_is_asked_back() -> None:
    found = answer("who owns deployment?", harbour().facts("hiro"))
    assert found.kind == "clarify"
    assert found.people == ()
    assert [option.label for option in found.options] == [
        "Atlas",
        "Bed Flow Planner",
        "No-Show Predictor",
        "Radiology Report Drafts",
        "Sepsis Early Warning",
    ]
    assert found.text == (
        "Which project do you mean: Atlas, Bed Flow Planner, No-Show Predictor, "
        "Radiology Report Drafts, Sepsis Early Warning or 1 more?"
    )
    assert found.options[1].question == "who owns Deployment in Bed Flow Planner?"


AMBIGUOUS = (
    ("who owns deployment?", None, "hiro"),
    ("who signs off the evaluation?", None, "hiro"),
    ("who works on labels?", None, "hiro"),
    ("who should I ask about monitoring?", None, "hiro"),
    ("whose input do we need on the protocol?", None, "hiro"),
    ("who do I notify when we deploy?", None, "hiro"),
    ("who owns the dicom gateway?", None, "bjorn"),
    ("who owns the guide?", None, "hiro"),
    ("who owns atlas?", None, "kofi"),
    ("who owns modelling in atlas?", None, "kofi"),
    ("who is responsible for bed flow?", None, "hiro"),
    ("who leads the project?", None, "hiro"),
    ("what does Anna own?", None, "hiro"),
    ("is Anna the owner of data cleaning in stroke?", None, "hiro"),
    ("what does Ruth own in atlas?", None, "kofi"),
    ("is Kofi responsible for the dicom gateway?", None, "hiro"),
)


@pytest.mark.parametrize(("text", "channel", "asker"), AMBIGUOUS, ids=[row[0] for row in AMBIGUOUS])
def test_every_option_leads_to_its_answer(text: str, channel: str | None, asker: str) -> None:
    world = harbour().facts(asker, channel)
    asked = answer(text, world)
    assert asked.kind == "clarify"
    assert len(asked.options) >= 2
    seen = set()
    for option in asked.options:
        assert len(option.label) <= 75
        found = answer(option.question, world, option.choice)
        assert found.kind in ("answer", "no_owner"), option
        if option.item:
            assert found.stages == ((option.project, option.item),)
        if option.person:
            person = harbour().person(option.person)
            assert person.name in option.question
        seen.add((option.project, option.item, option.person))
    assert len(seen) == len(asked.options)


def test_an_option_needs_no_choice_where_names_differ() -> None:
    world = harbour().facts("hiro")
    for option in answer("who owns the dicom gateway?", world).options:
        assert answer(option.question, world).stages == ((option.project, option.item),)


def test_a_choice_settles_a_project_that_no_word_can_name() -> None:
    odd = replace(
        project(1, "🔥", items=stages(serving=[seat("A", 1)])), key="fire", aliases=("who",)
    )
    plain = project(2, "Atlas", items=stages(serving=[seat("A", 2)]))
    world = facts([odd, plain], [KIM, SAM_A])
    asked = answer("who owns serving?", world)
    assert {option.project for option in asked.options} == {"fire", "atlas"}
    fire = next(option for option in asked.options if option.project == "fire")
    assert answer(fire.question, world, fire.choice).people == (1,)


def test_a_choice_of_somebody() -> None:
    world = facts(
        [project(1, "Atlas", items=stages(serving=[seat("A", 2)], labels=[seat("A", 3)]))],
        [KIM, SAM_A, SAM_B],
    )
    assert answer("what does Sam own?", world, Choice(person="sam_b")).stages == (
        ("atlas", "labels"),
    )


def test_a_channel_of_two_projects_asks_between_them() -> None:
    one, two, three = (
        project(number, name) for number, name in enumerate(("Ash", "Elm", "Fir"), 1)
    )
    world = replace(facts([one, two, three], [KIM]), channel_projects=(1, 3))
    asked = answer("who owns serving?", world)
    assert [option.project for option in asked.options] == ["ash", "fir"]


def test_two_stages_with_one_alias_are_asked_between() -> None:
    ladder = (Stage("a", "Data intake", ("data",)), Stage("b", "Data cleaning", ("data",)))
    items = tuple(
        Item(number, stage.key, Kind.STAGE, stage.title, stage.aliases)
        for number, stage in enumerate(ladder)
    )
    world = in_memory([project(1, "Atlas", items=items, lead=1)], [KIM], ladder, now=NOW)
    asked = answer("who owns the data in Atlas?", world)
    assert [option.label for option in asked.options] == ["Data intake", "Data cleaning"]


def test_an_archived_project_is_no_option() -> None:
    asked = answer("who owns labelling?", harbour().facts("hiro"))
    assert all(option.project != "wound" for option in asked.options)
    assert not any(
        project == "wound"
        for project, _ in answer("what does Greta own?", harbour().facts("hiro")).stages
    )


# --- understood, and not held --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("who owns the rollout in Stroke Imaging Triage?", "Deployment"),
        ("who owns monitorng in Stroke Imaging Triage?", "Monitoring"),
        ("who owns Deployment in strok imaging triage?", "Stroke Imaging Triage"),
        ("what does Ivanna own?", "Ivana Petrović"),
        ("what does the statistician own?", "Ruth O'Malley"),
        ("who owns the console?", ""),
    ],
)
def test_what_was_understood_is_said(text: str, title: str) -> None:
    found = answer(text, harbour().facts("hiro"))
    assert found.understood == ((title,) if title else ())
    assert ("Understood as" in found.text) is bool(title)
    assert title in found.text


def test_a_name_is_nearer_than_a_word_of_a_question() -> None:
    world = facts([project(1, "Contakt", lead=1)], [KIM])
    found = answer("who leads contaktt?", world)
    assert (found.people, found.understood) == ((1,), ("Contakt",))


def test_what_is_not_held_comes_with_the_nearest_names() -> None:
    found = answer("who owns the vitals screen?", harbour().facts("hiro"))
    assert (found.kind, found.people) == ("unknown", ())
    assert found.suggestions
    assert set(found.suggestions) <= {"Vitals stream", "Alarm screen"}
    assert 'I have nothing called "screen"' in found.text or "vitals screen" in found.text
    assert all(title in found.text for title in found.suggestions)


def test_suggestions_are_three_at_most_and_near() -> None:
    found = answer("who owns the admission feeds archive?", harbour().facts("hiro"))
    assert 1 <= len(found.suggestions) <= 3
    assert found.suggestions[0] == "Admissions feed"


def test_an_alias_of_one_project_does_not_leak_into_another() -> None:
    one = project(1, "Ash", items=(*stages(), Item(9, "belt", Kind.COMPONENT, "Belt", ("band",))))
    two = project(2, "Elm", items=(*stages(), Item(8, "ring", Kind.COMPONENT, "Ring")))
    world = facts([one, two], [KIM])
    assert answer("who owns the band in Elm?", world).kind == "unknown"
    assert answer("who owns the band in Ash?", world).stages == (("ash", "belt"),)


@pytest.mark.parametrize("text", ["", "   ", "👍", "hi", "```\nwho owns sepsis\n```", "> who owns"])
def test_nothing_asked(text: str) -> None:
    found = answer(text, harbour().facts("hiro"))
    assert (found.kind, found.people, found.stages) == ("unknown", (), ())
    assert "You can ask who owns" in found.text


def test_a_question_about_what_is_not_kept_is_said_to_be_none() -> None:
    found = answer(
        "how often has Kofi been the owner of labelling in stroke?", harbour().facts("hiro")
    )
    assert found.kind == "unknown"
    assert "cannot answer that kind of question" in found.text


def test_an_order_is_not_carried_out_but_its_command_is_offered() -> None:
    found = answer("make Kofi the owner of labelling in stroke", harbour().facts("hiro"))
    assert found.kind == "unknown"
    assert found.text == (
        "I have changed nothing. The command for that is /charter raci Labelling A @Kofi Mensah in "
        '"Stroke Imaging Triage".'
    )
    assert [request.shown for request in found.requests] == [
        '/charter raci Labelling A @Kofi Mensah in "Stroke Imaging Triage"'
    ]


def test_an_order_that_is_not_clear_points_to_the_commands() -> None:
    found = answer("make coffee for everybody in stroke", harbour().facts("hiro"))
    assert (found.kind, found.requests) == ("unknown", ())
    assert "/charter help" in found.text


def test_who_asks_must_be_known_for_mine() -> None:
    assert "I do not know who you are" in answer("what do I own?", harbour().facts(None)).text


# --- long ----------------------------------------------------------------------------------------


def _wide(count: int, title: str) -> Facts:
    items = tuple(
        Item(number, f"k{number}", Kind.COMPONENT, f"{title} {number}", assignments=(seat("A", 1),))
        for number in range(count)
    )
    return facts([project(1, "Atlas", items=items)], [KIM])


def test_a_long_load_is_cut_with_a_count() -> None:
    found = answer("what does Kim own?", _wide(300, "Some component of quite a long name"))
    assert len(found.text) <= 1_200
    assert "is accountable for 300 items" in found.text
    shown = found.text.count("Some component")
    assert f"and {300 - shown} more." in found.text
    assert len(found.stages) == len(found.held) == 300


def test_long_names_stay_within_the_limit() -> None:
    people = [somebody(number, f"Kim {'x' * 300}{number}") for number in range(1, 60)]
    seats = [seat("A", 1), *(seat("R", number) for number in range(2, 60))]
    world = facts([project(1, "A" * 400, lead=1, items=stages(serving=seats))], people)
    found = answer("who owns serving?", world)
    assert found.kind == "answer"
    assert len(found.text) <= 1_200


def test_a_question_is_found_in_long_chatter() -> None:
    chatter = "The venue was great and the food was better. " * 400
    text = f"{chatter} Who owns deployment in Stroke Imaging Triage? {chatter}"
    found = answer(text, harbour().facts("hiro"))
    assert found.stages == (("stroke", "deploy"),)


def test_names_are_plain_text() -> None:
    odd = project(1, "<!channel> *Ash* _x_", lead=1)
    found = answer("who leads ash?", facts([odd], [KIM]))
    assert "<!channel> *Ash* _x_" in found.text


# --- the index given by hand ---------------------------------------------------------------------


def test_a_project_may_have_its_own_word_for_a_stage() -> None:
    ash = project(1, "Ash", lead=1, items=stages(labels=[seat("A", 2)]))
    elm = project(2, "Elm", lead=1, items=stages(labels=[seat("A", 3)]))
    world = facts([ash, elm], [KIM, SAM_A, SAM_B])
    names = Names.build(
        LADDER,
        [KIM, SAM_A, SAM_B],
        [
            ProjectNames(1, "ash", "Ash", (), (ItemNames("labels", Kind.STAGE, "Pixel reading"),)),
            ProjectNames(2, "elm", "Elm"),
        ],
    )
    world = replace(world, names=names)
    assert answer("who owns the pixel reading?", world).people == (2,)
    assert answer("who owns the pixel reading in elm?", world).kind == "unknown"
    assert answer("who owns labelling in ash?", world).people == (2,)
