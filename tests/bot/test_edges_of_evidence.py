"""Pull requests and runs as they are seldom: two trackers, forks, programs, drafts on and off."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.announcing import News, announcements
from bot.attaching import By, Names, Rule, attached
from bot.burnup import improvements
from bot.comparing import meant
from bot.errors import Ambiguous
from bot.evidence import Sighting, best, looked
from bot.links import Linked
from bot.logins import unknown
from bot.project import Metric
from bot.qa.evidence import Tried
from bot.reviewing import Came, owed, turns
from bot.sources.base import Kind, PullRequest, PullState, Ref, Review, Run, RunState
from tests.support.clock import T0
from tests.support.evidence import PULL, RUN

HOUR = timedelta(hours=1)
ACCURACY = Metric("accuracy", (), True, "", 0.71, 0.80, None, None)
HERE = replace(RUN, state=RunState.FINISHED, ended=T0 - HOUR, metrics={"accuracy": 0.75})
THERE = replace(
    HERE,
    ref=Ref("wandb", Kind.RUN, RUN.ref.key, "https://wandb.ai/acme/churn/runs/0ab12"),
    ended=T0,
    metrics={"accuracy": 0.78},
)


def tried(run: Run) -> Tried:
    return Tried(3, None, None, run, Sighting(run.ref, run, T0), T0.date())


def test_edge_62_two_trackers_with_one_run_name_have_two_runs() -> None:
    assert HERE.name == THERE.name
    steps = improvements(ACCURACY, [THERE, HERE], T0)
    assert [(one.run.ref.source, one.value) for one in steps] == [("mlflow", 0.75), ("wandb", 0.78)]
    top = best([HERE, THERE], ACCURACY)
    assert top is not None
    assert top[0].ref.source == "wandb"
    looks = [
        (Linked(row, 3, None, Sighting(run.ref)), Linked(row, 3, None, Sighting(run.ref, run, T0)))
        for row, run in ((2, THERE), (1, HERE))
    ]
    [news] = announcements(looks, (), (ACCURACY,), T0)
    assert (news.news, news.run.ref.source, news.linked.id) == (News.BEST, "wandb", 2)


def test_edge_62_which_of_two_runs_of_one_name_is_meant_is_asked_back() -> None:
    other = replace(THERE, ref=replace(THERE.ref, key="77xyz"))
    runs = [tried(one) for one in (HERE, other)]
    with pytest.raises(Ambiguous) as asked:
        meant("gbm-wind", runs)
    assert [key for _, key in asked.value.options] == ["0ab12", "77xyz"]
    assert meant("77xyz", runs).seen.ref.source == "wandb"


def test_edge_60_a_fork_belongs_to_the_repository_that_it_is_aimed_at() -> None:
    fork = replace(PULL, is_fork=True, author="stranger")
    rules = [Rule(9, 1, "data-pipeline", "github", "acme/churn", By.STREAM)]
    found = attached(fork, rules, Names({}, {}), {})
    assert found is not None
    assert (found.project, found.item) == (1, "data-pipeline")
    [asked] = turns(None, fork)
    assert (asked.who, asked.came, asked.by) == ("cy-m", Came.ASKED, "stranger")


@pytest.mark.parametrize(
    ("author", "is_fork", "known", "place"),
    [
        ("stranger", True, set(), None),
        ("stranger", True, {"bea-x"}, None),
        ("Bea-X", True, {"bea-x"}, "data-pipeline"),
        ("stranger", False, set(), "data-pipeline"),
    ],
)
def test_edge_60_a_forks_branch_counts_where_somebody_known_named_it(
    author: str, is_fork: bool, known: set[str], place: str | None
) -> None:
    pull = replace(PULL, is_fork=is_fork, author=author)
    rules = [Rule(9, 1, "data-pipeline", "github", "acme/churn", By.BRANCH, "retry-")]
    found = attached(pull, rules, Names({}, {}), {}, known)
    assert (found.item if found else None) == place


def test_edge_60_a_strangers_fork_belongs_by_its_files_and_labels_all_the_same() -> None:
    fork = replace(PULL, is_fork=True, author="stranger", paths=("etl/load.sql",), labels=("data",))
    for by, pattern in ((By.PATH, "etl/"), (By.LABEL, "data"), (By.STREAM, "")):
        rule = Rule(9, 1, "data-pipeline", "github", "acme/churn", by, pattern)
        branch = Rule(8, 2, "rollout", "github", "acme/churn", By.BRANCH, "retry-")
        found = attached(fork, [branch, rule], Names({}, {}), {})
        assert found is not None
        assert (found.project, found.by, found.overruled) == (1, by, ())


def test_edge_60_a_force_push_changes_the_head_and_asks_nobody_anew() -> None:
    asked = replace(PULL, review=Review.APPROVED, approvals=1, paths=("etl/load.sql",))
    before = Sighting(asked.ref, asked, T0 - HOUR, T0 - 2 * HOUR)
    pushed = replace(
        asked, head="fff999", review=Review.REVIEW_REQUIRED, approvals=0, paths=(), asked={}
    )
    after = looked(before, pushed, T0)
    assert isinstance(after.seen, PullRequest)
    assert (after.seen.head, after.changed_at) == ("fff999", T0)
    assert after.seen.paths == ("etl/load.sql",), "files are not asked for with every look"
    assert after.seen.asked == asked.asked, "the review has been waited for since before"
    assert list(turns(asked, after.seen)) == []


def test_edge_60_a_program_asks_nobody_and_is_nobody() -> None:
    made = replace(PULL, author="renovate", is_bot=True)
    assert owed(made) == {}
    assert list(turns(None, made)) == []
    assert "renovate" not in {one.value for one in unknown([made], (), {})}


def test_edge_60_a_draft_that_is_toggled_is_told_of_each_time_and_once() -> None:
    draft = replace(PULL, state=PullState.DRAFT)
    told = [
        [one.came for one in turns(before, after)]
        for before, after in ((PULL, draft), (draft, draft), (draft, PULL), (PULL, PULL))
    ]
    assert told == [[Came.DRAFT], [], [Came.ASKED], []]
