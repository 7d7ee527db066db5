"""Questions about pull requests: what of them everybody may know."""

from dataclasses import replace

import pytest

from bot.project import Project
from bot.qa.answer import answer
from bot.qa.evidence import Known, Pull
from bot.qa.facts import Facts
from bot.sources.base import Checks, PullState, Review
from tests.bot.qa.told import pull
from tests.bot.qa.worlds import facts, project, somebody

KIM = somebody(1, "Kim Roe")
ATLAS: Project = project(1, "Atlas")


def opened(number: int, title: str, *, private: bool = False) -> Pull:
    made = pull(
        {
            "repo": "sample/atlas",
            "number": number,
            "title": title,
            "author": "kim",
            "state": PullState.OPEN.value,
            "review_state": Review.REVIEW_REQUIRED.value,
            "ci_state": Checks.FAILING.value,
            "project": "atlas",
            "opened": "2027-02-20",
        },
        {"kim": 1},
        {"atlas": 1},
    )
    return replace(made, seen=replace(made.seen, private=private))


def world() -> Facts:
    base = facts([ATLAS], [KIM], asker=KIM)
    told = (opened(7, "Open join"), opened(8, "Secret launch", private=True))
    return replace(base, evidence=Known(pull_requests=told))


@pytest.mark.parametrize(
    "asked", ["open PRs in Atlas?", "what is PR 8?", "is PR 8 approved?", "PRs of Kim"]
)
def test_a3_of_a_private_repository_number_and_state_are_all_that_is_told(asked: str) -> None:
    said = answer(asked, world()).text
    assert "Secret" not in said
    if "8" in said:
        assert "#8 (Atlas): open, in a private repository" in said


def test_a3_what_is_asked_of_reviews_and_checks_leaves_private_repositories_out() -> None:
    for asked in ("which PRs are failing?", "which PRs wait for review?"):
        said = answer(asked, world()).text
        assert "#7 Open join" in said
        assert "#8" not in said


def test_g2_whoever_is_asked_for_a_review_is_called_by_their_name() -> None:
    one = opened(7, "Open join")
    asked = replace(one, seen=replace(one.seen, requested=("Kim-Roe", "zoe")), known={"kim-roe": 1})
    here = replace(world(), evidence=Known(pull_requests=(asked,)))
    said = answer("which PRs wait for review?", here).text
    assert "waiting for Kim Roe, zoe" in said


def test_g1_what_cannot_be_merged_says_so_but_not_of_a_private_repository() -> None:
    told = [opened(7, "Open join"), opened(8, "Secret launch", private=True)]
    torn = [replace(one, seen=replace(one.seen, mergeable=False, base="main")) for one in told]
    here = replace(world(), evidence=Known(pull_requests=tuple(torn)))
    assert "CI failing, conflicts with main" in answer("what is PR 7?", here).text
    assert "conflicts" not in answer("what is PR 8?", here).text


def test_g2_who_reviewed_the_last_one_is_told_as_far_as_its_host_tells() -> None:
    said = {"kim-roe": "approved", "zoe": "changes_requested"}
    one = opened(9, "Faster join")
    seen = replace(one.seen, opinions=said)
    one = replace(one, seen=seen, known={"kim-roe": 1})
    here = replace(world(), evidence=Known(pull_requests=(opened(7, "Open join"), one)))
    told = answer("who reviewed the last PR?", here)
    assert told.text.startswith(
        "Reviewed by Kim Roe (approved) and zoe (changes requested). "
        "#9 Faster join (Atlas, by Kim Roe): open, "
    )
    assert told.people == (1,)
    bare = replace(world(), evidence=Known(pull_requests=(opened(7, "Open join"),)))
    assert "No review of it is on record." in answer("who reviewed the last PR?", bare).text
    hidden = replace(one, seen=replace(seen, private=True))
    here = replace(world(), evidence=Known(pull_requests=(hidden,)))
    told = answer("who reviewed the last PR?", here)
    assert told.people == ()
    assert "#9 (Atlas): open, in a private repository." in told.text
    assert "zoe" not in told.text
