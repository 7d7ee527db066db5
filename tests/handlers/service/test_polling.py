"""Polling: what changes is said in place, what fails says since when, once each."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import NotFound
from bot.links import Synced
from bot.orders import NewProject
from bot.outcome import Place
from bot.sources import Limits
from bot.sources.base import (
    Checks,
    PullRequest,
    PullState,
    Review,
    RunState,
    Trouble,
    Why,
)
from handlers.service import timers
from handlers.service.links import lookout
from storage import links as rows
from tests.handlers.service.conftest import HERE
from tests.handlers.service.linking import Linking, at_work
from tests.support.counting import counted
from tests.support.evidence import PULL, RUN


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    with at_work(database_url) as made:
        yield made


def test_a_change_is_said_in_place_and_only_a_change(team: Linking) -> None:
    team.atlas()
    team.paste()
    team.wait(minutes=10)
    assert team.sync()["github"] == Synced("github", 1)
    assert team.cards()[0].version == 1
    changed = replace(
        PULL,
        state=PullState.MERGED,
        review=Review.APPROVED,
        approvals=2,
        requested=(),
        checks=Checks.PASSING,
    )
    team.github.tells(changed)
    team.wait(minutes=10)
    assert team.sync()["github"] == Synced("github", 1, ("acme/churn#7 merged",))
    assert "Merged" in team.card()
    assert "Approved by 2 · CI passing" in team.card()
    assert team.cards()[0].version == 2


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (Why.UNAUTHORISED, "(the credentials are not accepted)."),
        (Why.FORBIDDEN, "(access refused)."),
        (Why.NOT_FOUND, "(not found there, or hidden from Charter)."),
        (Why.RATE_LIMITED, "(rate limited until 2026-11-23 14:05 UTC)."),
        (Why.AWAY, "(no answer)."),
        (Why.GARBAGE, "(an answer that makes no sense)."),
    ],
)
def test_in_trouble_the_card_keeps_what_was_seen_and_says_since_when(
    team: Linking, why: Why, words: str
) -> None:
    team.atlas()
    team.paste()
    until = team.now.replace(hour=14, minute=5) if why is Why.RATE_LIMITED else None
    for minutes in (0, 10, 20, 60):
        team.wait(minutes=10)
        later = until + timedelta(minutes=minutes) if until else None
        team.github.trouble = Trouble(why, later)
        [synced] = [one for one in team.sync().values() if one.looked_at]
        assert synced == Synced("github", 1, (), {why: 1})
    lines = team.card().splitlines()
    assert lines[0] == "Retry the weather feed acme/churn#7"
    assert lines[-1] == f"Last seen 2026-11-23 10:00 UTC {words}"
    assert team.cards()[0].version == 2, "edited once, not with every pass"
    team.github.trouble = None
    team.wait(minutes=10)
    team.sync()
    assert "Last seen" not in team.card()


def test_a_tracker_back_after_a_week_says_nothing_new(team: Linking) -> None:
    team.atlas()
    team.link(RUN.ref.url)
    team.mlflow.trouble = Trouble(Why.AWAY)
    for _day in range(7):
        team.wait(days=1)
        team.sync()
    assert "no answer" in team.card()
    team.mlflow.trouble = None
    team.mlflow.tells(replace(RUN, state=RunState.FAILED, ended=team.now - timedelta(days=5)))
    team.wait(minutes=10)
    team.sync()
    [row] = team.cards()
    assert "Failed" in row.text
    assert row.version == 3


def test_what_has_ended_is_looked_at_no_more(team: Linking) -> None:
    team.atlas()
    team.paste()
    team.github.tells(replace(PULL, state=PullState.CLOSED))
    team.wait(minutes=10)
    assert team.charter.timers.run_due(team.workspace) == 1
    assert "Closed" in team.card()
    assert team.is_scheduled()
    for _hour in range(26):
        team.wait(hours=1)
        team.charter.timers.run_due(team.workspace)
    assert not team.is_scheduled()
    asked = len(team.github.asked)
    assert team.sync() == {"github": Synced("github", 0), "mlflow": Synced("mlflow", 0)}
    assert len(team.github.asked) == asked
    # Pasted anew it is looked at, and reopened it is followed again.
    team.github.tells(PULL)
    team.paste(said="7.7")
    assert "Open" in team.cards()[0].text
    assert team.is_scheduled()


def test_what_was_never_found_is_looked_for_seven_days(team: Linking) -> None:
    team.atlas()
    team.github.things.clear()
    team.link()
    for _day in range(7):
        team.wait(days=1)
        assert team.sync()["github"].troubles == {Why.NOT_FOUND: 1}
    team.wait(days=1)
    team.sync()
    assert team.sync()["github"] == Synced("github", 0)
    # Linked anew it is looked for again.
    ana = team.actor("ana")
    team.charter.links.unlink(ana, PULL.ref.kind, 1, HERE)
    team.link()
    team.wait(days=1)
    assert team.sync()["github"].looked_at == 1


def test_what_belongs_to_an_archived_project_rests_until_it_is_back(team: Linking) -> None:
    team.atlas()
    team.paste()
    ana = team.actor("ana")
    team.charter.projects.archive(ana, "atlas", HERE, archived=True)
    asked = len(team.github.asked)
    team.wait(minutes=10)
    team.charter.timers.run_due(team.workspace)
    assert len(team.github.asked) == asked
    assert not team.is_scheduled()
    team.charter.projects.archive(ana, "atlas", HERE, archived=False)
    team.github.tells(replace(PULL, state=PullState.MERGED))
    team.wait(minutes=10)
    team.charter.timers.run_due(team.workspace)
    assert "Merged" in team.card()


def test_one_source_alone_is_looked_at_where_it_is_named(team: Linking) -> None:
    team.atlas()
    team.paste()
    team.link(RUN.ref.url)
    before = len(team.github.asked)
    [mlflow] = team.charter.polling.sync(team.workspace, "mlflow")
    assert mlflow == Synced("mlflow", 1)
    assert len(team.github.asked) == before
    with pytest.raises(NotFound) as caught:
        team.charter.polling.sync(team.workspace, "gitlab")
    assert caught.value.suggestions == ("github", "mlflow")


def test_what_a_pass_does_not_get_round_to_comes_first_in_the_next(team: Linking) -> None:
    team.atlas()
    pulls = linked(team, range(1, 10))
    team.github.tells(*(replace(pull, state=PullState.MERGED) for pull in pulls))
    team.github.most = 3
    merged: list[str] = []
    for _pass in range(3):
        team.wait(minutes=10)
        merged += team.sync()["github"].changed
        assert not any("Last seen" in card.text for card in team.cards())
    assert sorted(merged) == [f"acme/churn#{n} merged" for n in range(1, 10)]


def linked(team: Linking, numbers: range) -> list[PullRequest]:
    """So many pull requests of one repository, each with its card."""
    pulls = [
        replace(
            PULL,
            ref=replace(PULL.ref, key=f"acme/churn#{n}", url=PULL.ref.url.replace("/7", f"/{n}")),
            number=n,
        )
        for n in numbers
    ]
    team.github.tells(*pulls)
    for pull in pulls:
        team.link(pull.ref.url)
    return pulls


def test_a_pass_without_news_takes_as_many_statements_for_many_as_for_few(team: Linking) -> None:
    team.atlas()
    taken = {}
    for numbers in (range(1, 6), range(6, 51)):
        linked(team, numbers)
        team.sync()  # the names of all are known by then
        team.wait(minutes=10)
        with counted(team.database) as statements:
            [noted] = [one for one in team.sync().values() if one.looked_at]
        assert noted == Synced("github", numbers.stop - 1)
        taken[noted.looked_at] = len(statements)
    assert len(team.cards()) == 50
    assert taken[50] == taken[5] <= 18
    assert {card.version for card in team.cards()} == {1}


def test_a_pass_ends_before_it_is_given_up_and_before_anybody_repeats_it() -> None:
    patience = lookout.LONG_PATIENCE
    assert timedelta(seconds=Limits().longest) < patience < timers.LEASE


def test_two_replicas_at_once_have_one_effect(team: Linking) -> None:
    team.atlas()
    team.paste()
    team.github.tells(replace(PULL, state=PullState.MERGED))
    team.wait(minutes=10)
    replicas = [team.replica(), team.replica()]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: one.timers.run_due(team.workspace), replicas))
        list(pool.map(lambda one: one.polling.sync(team.workspace), replicas))
    [row] = team.cards()
    assert row.version == 2
    assert "Merged" in row.text


def test_an_older_look_does_not_overwrite_a_later_one(team: Linking) -> None:
    team.atlas()
    team.paste()

    def somebody_else_looks() -> None:
        team.github.tells(replace(PULL, title="Later"))
        team.wait(minutes=1)
        team.replica().polling.sync(team.workspace)

    team.wait(minutes=10)
    team.github.meanwhile = somebody_else_looks
    team.sync()
    assert "Later" in team.card()
    assert team.cards()[0].version == 2


def test_what_has_not_moved_is_looked_at_closely_once_an_hour(team: Linking) -> None:
    team.atlas()
    one, other = linked(team, range(1, 3))
    team.github.lists = True
    team.github.tells(replace(one, checks=Checks.FAILING), replace(other, title="Moved"))
    team.github.asked.clear()
    team.wait(minutes=10)
    assert team.sync()["github"] == Synced("github", 2, ("acme/churn#2 open",))
    assert team.github.asked == [{other.ref}]
    team.github.asked.clear()
    team.wait(minutes=49)
    assert team.sync()["github"] == Synced("github", 2)
    assert team.github.asked == [frozenset()]
    team.wait(minutes=1)
    assert team.sync()["github"].changed == ("acme/churn#1 open",)
    assert team.github.asked[1:] == [{one.ref}]


def test_what_is_linked_twice_moves_on_in_both(team: Linking) -> None:
    team.atlas()
    team.link()
    team.github.lists = True
    team.github.tells(replace(PULL, state=PullState.MERGED))
    team.wait(minutes=10)
    team.charter.projects.create(team.actor("ana"), NewProject("Chart"), Place())
    team.link(project="Chart")
    assert team.sync()["github"].changed == ("acme/churn#7 merged",)
    assert all("Merged" in card.text for card in team.cards())


def test_a_source_that_breaks_is_away_and_the_other_one_tells(team: Linking) -> None:
    team.atlas()
    team.paste()
    team.link(RUN.ref.url)
    team.mlflow.tells(replace(RUN, state=RunState.KILLED))
    team.github.breaks = True
    team.wait(minutes=10)
    noted = team.sync()
    assert noted["github"].troubles == {Why.AWAY: 1}
    assert noted["mlflow"].changed == ("gbm-wind killed",)


def test_a_source_that_is_set_up_no_more_is_not_asked(team: Linking) -> None:
    team.atlas()
    team.paste()
    team.github.host = "ghe.acme.example"
    team.wait(minutes=10)
    asked = len(team.github.asked)
    assert team.sync()["github"] == Synced("github", 0)
    assert len(team.github.asked) == asked
    with team.database.read() as session:
        assert len(rows.polled(session, team.workspace)) == 1
