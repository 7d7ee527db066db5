"""Pull requests from forks, squashed and pushed anew: what they belong to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.attaching import By
from bot.orders import Follow, LinkNames
from bot.people import Profile
from bot.sources.base import Checks, Kind, PullRequest, PullState, Ref, Run, RunState
from storage.tables import PullRequestRow, RunRow
from tests.handlers.service.conftest import ELSEWHERE, HERE
from tests.handlers.service.linking import Linking, at_work
from tests.support.clock import T0
from tests.support.evidence import PULL, RUN

HEAD, PUSHED, SQUASHED = "a" * 40, "b" * 40, "c" * 40
REPO = "https://github.com/acme/churn"
EXPERIMENT = "https://mlflow.acme.example/#/experiments/3"
FORK = replace(PULL, is_fork=True, author="cy-forks", updated=T0)


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    with at_work(database_url) as made:
        made.atlas()
        yield made


def follows(team: Linking, where: str, by: By, pattern: str = "", item: str | None = None) -> None:
    team.charter.follows.follow(team.actor("ana"), Follow(where, by, pattern, item, "Atlas"), HERE)


def pulls(team: Linking) -> list[tuple[int, str | None]]:
    with team.database.read() as session:
        rows = session.exec(select(PullRequestRow)).all()
        return [(row.number, row.item_key) for row in rows if row.unlinked_at is None]


def runs(team: Linking) -> dict[str, str | None]:
    with team.database.read() as session:
        return {row.run_id: row.item_key for row in session.exec(select(RunRow)).all()}


def test_edge_60_a_forks_branch_is_nothing_until_its_author_is_known(team: Linking) -> None:
    follows(team, REPO, By.BRANCH, "retry-", "data pipeline")
    team.github.tells(FORK)
    team.sync()
    assert pulls(team) == []
    names = LinkNames("Cy", (("github", "Cy-Forks"),))
    team.charter.identities.link(team.actor("ana"), names, ELSEWHERE)
    team.wait(hours=1)
    team.github.tells(replace(FORK, updated=team.now))
    team.sync()
    assert pulls(team) == [(7, "data_pipeline")]


def test_edge_60_who_left_names_no_branches(team: Linking) -> None:
    names = LinkNames("Cy", (("github", "cy-forks"),))
    team.charter.identities.link(team.actor("ana"), names, ELSEWHERE)
    gone = Profile("UCY", "Cy Sample", "Cy", "Europe/Berlin", deleted=True)
    team.charter.people.learned(team.workspace, gone)
    follows(team, REPO, By.BRANCH, "retry-", "data pipeline")
    team.github.tells(FORK)
    team.sync()
    assert pulls(team) == []


def test_edge_60_what_somebody_linked_of_a_fork_stays(team: Linking) -> None:
    follows(team, REPO, By.BRANCH, "retry-", "data pipeline")
    team.github.tells(FORK)
    team.link()
    team.wait(hours=1)
    team.github.tells(replace(FORK, updated=team.now, checks=Checks.FAILING, failing=("unit",)))
    team.sync()
    assert pulls(team) == [(7, None)]


def at(commit: str, id: str) -> Run:
    ref = Ref("mlflow", Kind.RUN, id, f"{EXPERIMENT}/runs/{id}")
    return replace(
        RUN, ref=ref, state=RunState.FINISHED, commit=commit, repo="acme/churn", ended=T0
    )


def test_edge_60_a_run_at_the_commit_that_a_pull_request_was_squashed_to_is_of_it(
    team: Linking,
) -> None:
    merged = replace(
        PULL, state=PullState.MERGED, merged=T0, head=HEAD, commits=(SQUASHED,), updated=T0
    )
    team.github.tells(merged)
    team.link(item="data pipeline")
    follows(team, EXPERIMENT, By.LABEL, "team=none")
    team.mlflow.tells(at(SQUASHED, "5a5a"), at(HEAD, "6b6b"), at(PUSHED, "7c7c"))
    team.sync()
    assert runs(team) == {"5a5a": "data_pipeline", "6b6b": "data_pipeline"}


def test_edge_60_after_a_force_push_the_new_head_counts_and_the_card_says_its_checks(
    team: Linking,
) -> None:
    team.github.tells(replace(PULL, head=HEAD, checks=Checks.PASSING, updated=T0))
    team.link(item="data pipeline")
    assert "CI passing" in team.card()
    team.wait(hours=1)
    pushed: PullRequest = replace(PULL, head=PUSHED, checks=Checks.PENDING, updated=team.now)
    team.github.tells(pushed)
    follows(team, EXPERIMENT, By.LABEL, "team=none")
    team.mlflow.tells(replace(at(PUSHED, "7c7c"), ended=team.now))
    team.sync()
    team.wait(seconds=timedelta(minutes=10).total_seconds())
    team.sync()
    assert "CI passing" not in team.card()
    assert runs(team) == {"7c7c": "data_pipeline"}
    assert pulls(team) == [(7, "data_pipeline")]
