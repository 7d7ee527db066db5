"""What is in scope, asked in words."""

from dataclasses import replace
from datetime import timedelta

from bot.project import Scope
from bot.qa.answer import answer
from bot.qa.replies import Answer, AnswerKind
from bot.upkeep import Link
from tests.bot.qa.worlds import NOW, facts, project, somebody

ATLAS = project(
    1,
    "Atlas",
    scope=Scope(in_scope=("Europe", "Cards"), out_of_scope=("Pricing",), version=3, changed_at=NOW),
)
GOAL = Scope({"goal": "Fewer refunds"}, version=1, changed_at=NOW)
HIDDEN = project(2, "Falcon", private=True, scope=Scope(in_scope=("Takeover",)))


def scoped(text: str, *, channel: int | None = None) -> Answer:
    return answer(text, facts([ATLAS, HIDDEN], [somebody(1, "Kim Roe")], channel=channel))


def test_s6_what_is_in_scope_is_answered_with_version_and_date() -> None:
    told = scoped("what is in scope?", channel=1)
    assert told.kind is AnswerKind.ANSWER
    assert told.text == (
        "In scope of Atlas: Europe; Cards. Out of scope of Atlas: Pricing. "
        f"That is v3, saved {NOW.date()}; not approved yet."
    )
    assert told.scopes == ("atlas",)
    assert scoped("what's out of scope for atlas?").text == told.text


def test_s6_the_goal_leads_to_the_whole_scope() -> None:
    told = answer("what is the goal of Atlas?", facts([replace(ATLAS, scope=GOAL)], []))
    assert told.text.startswith("Goal of Atlas: Fewer refunds.")
    assert told.scopes == ("atlas",)


def test_s6_a_private_project_is_answered_as_any_unknown_name() -> None:
    hidden, unknown = (scoped(f"what is in scope for {name}?") for name in ("Falcon", "Walrus"))
    assert hidden.kind is AnswerKind.UNKNOWN
    assert hidden.text.replace("Falcon", "Walrus") == unknown.text


def test_s6_an_empty_scope_says_so() -> None:
    told = answer("what is in scope of Berth?", facts([project(3, "Berth")], []))
    assert told.text == "What is in and out of scope of Berth has not been written down yet."


def test_s6_which_project_is_asked_back_and_settled() -> None:
    berth = project(3, "Berth", scope=Scope(in_scope=("Ferries",)))
    asked_back = answer("what is out of scope?", facts([ATLAS, berth], []))
    assert asked_back.kind is AnswerKind.CLARIFY
    option = next(one for one in asked_back.options if one.label == "Berth")
    settled = answer(option.question, facts([ATLAS, berth], []), option.choice)
    assert settled.text.startswith("In scope of Berth: Ferries.")


def test_which_documents_need_a_review_is_answered_with_day_and_reader() -> None:
    day = NOW.date()
    links = (
        Link("Labelling guide", "https://docs.example/a", day - timedelta(days=2)),
        Link("Plan", "https://docs.example/b", day + timedelta(days=30)),
    )
    atlas = replace(ATLAS, lead=1, scope=Scope(links=links))
    known = facts([atlas, HIDDEN], [somebody(1, "Kim Roe")])
    for text in (
        "which documents need a review in Atlas?",
        "which documents of Atlas are due for review?",
        "which docs need to be reviewed in Atlas?",
    ):
        told = answer(text, known)
        assert told.kind is AnswerKind.ANSWER, text
        assert told.text.startswith(
            "Atlas – Labelling guide is to be reviewed by Kim Roe, due "
            f"{links[0].review}, 2 days late."
        ), told.text
    none = answer("which documents need a review in Atlas?", facts([ATLAS], []))
    assert none.text.startswith("No document of Atlas is due for a review.")
