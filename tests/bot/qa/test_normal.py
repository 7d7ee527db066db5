"""Questions that ask the same in other words are one; those that do not are several."""

import pytest

from bot.feedback import Audience, audience
from bot.project import Kind
from bot.qa.ladder import Stage
from bot.qa.names import ItemNames, Names, ProjectNames
from bot.qa.normal import Normal, normal
from bot.qa.view import View

LADDER = [
    Stage("data_pipeline", "Data pipeline", ("ETL",)),
    Stage("annotation", "Annotation", ()),
    Stage("rollout", "Rollout", ()),
]
PROJECTS = [
    ProjectNames(
        1, "size", "Size Recommender", ("SR",), (ItemNames("tide", Kind.COMPONENT, "Tide feed"),)
    ),
    ProjectNames(2, "churn", "Churn Radar"),
    ProjectNames(3, "moth", "Moth Ledger"),
]
VIEW = View(Names.build(LADDER, [], PROJECTS).replaced((), [3]))

PHRASINGS = {
    "vendor portal": (
        "who owns the vendor portal?",
        "hey, who owns the vendor portals please",
        "vendor portal owner?",
        "whom do I ask about the vendor portal in Churn Radar?",
        "Who is responsible for VENDOR PORTAL stuff?",
    ),
    "escrow accounts": (
        "who handles escrow accounts",
        "who is on the escrow accounts?",
        "Hi team! who's in charge of the escrow account?",
        "is anybody responsible for escrow accounts?",
    ),
    "GPU": (
        "who pays for the GPUs?",
        "how do I request a GPU?",
        "who gives me GPU access, please?",
    ),
    "Zed": ("what does Zed own?", "is Zed the owner of annotation?", "does Zed own anything?"),
    "the pipeline's owner": (
        "who owns the ETL?",
        "who owns the data pipeline",
        "owner of the data pipeline please",
        "who ownes the data pipelines in Size Recommender?",
        "who leads the ETL in SR?",
    ),
}


def form(question: str) -> str:
    found = normal(question, VIEW)
    assert found is not None, question
    return found.form


def test_q5_twenty_phrasings_are_five_questions() -> None:
    forms = {name: {form(one) for one in said} for name, said in PHRASINGS.items()}
    assert sum(map(len, PHRASINGS.values())) == 20
    assert {name: len(found) for name, found in forms.items()} == dict.fromkeys(PHRASINGS, 1)
    assert len(set.union(*forms.values())) == len(PHRASINGS)


@pytest.mark.parametrize(
    "said",
    [
        "hello",
        "thanks!",
        "good morning team",
        "make Bea the owner of annotation",
        "ok?",
        "",
        "x" * 900 + "?",
    ],
)
def test_q5_what_is_no_question_has_no_form(said: str) -> None:
    assert normal(said, VIEW) is None


def test_q5_what_the_asker_may_not_see_is_a_word_like_any_other() -> None:
    hidden, nothing = (normal(f"who owns the {name} Ledger?", VIEW) for name in ("Moth", "Mist"))
    assert hidden is not None
    assert nothing is not None
    assert hidden.projects == nothing.projects == ()
    assert hidden.form.replace("moth", "mist") == nothing.form


def test_q5_people_stay_mentions_and_hidden_marks_do_not() -> None:
    found = normal("who owns <@U0BEA> widgets <!channel>?", VIEW)
    assert found is not None
    assert "<@U0BEA>" in found.sentence
    assert "channel" not in found.sentence


@pytest.mark.parametrize(
    ("named", "owners", "here", "whose"),
    [
        ((2,), (1,), (1,), Audience(2)),
        ((), (1,), (), Audience(1)),
        ((), (1, 2), (2,), Audience(2)),
        ((), (), (1,), Audience(1)),
        ((), (), (), Audience(None)),
        ((1, 2), (), (), Audience(None)),
        ((1, 9), (), (1,), Audience(None, is_own=True)),
        ((), (), (2, 9), Audience(None, is_own=True)),
    ],
)
def test_q5_whose_a_question_is(
    named: tuple[int, ...], owners: tuple[int, ...], here: tuple[int, ...], whose: Audience
) -> None:
    asked = Normal("x", "x?", "x", "", named, owners)
    assert audience(asked, here, lambda key: key == 9) == whose
