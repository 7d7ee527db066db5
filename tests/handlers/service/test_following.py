"""What is followed is linked by itself: by its rule, once, and never against what somebody did."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.attaching import By
from bot.errors import BadInput, Refused, Why
from bot.orders import Follow, MoveLink, NewProject, Unfollow
from bot.sources.base import Kind, PullRequest, Ref, Run, RunState, Trouble
from bot.sources.base import Why as Cause
from storage.tables import (
    AttachRuleRow,
    AuditRow,
    OutboxRow,
    PullRequestRow,
    RunRow,
    ScheduleRow,
    WatermarkRow,
)
from tests.handlers.service.conftest import ELSEWHERE, HERE
from tests.handlers.service.linking import Linking, at_work
from tests.support.clock import T0
from tests.support.evidence import PULL, RUN

REPO = "https://github.com/acme/churn"
EXPERIMENT = "https://mlflow.acme.example/#/experiments/3"
PIPELINE, MODELLING = "data_pipeline", "modelling"


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    with at_work(database_url) as made:
        made.atlas()
        yield made


def follow(
    team: Linking, where: str = REPO, by: By = By.STREAM, pattern: str = "", **more: str
) -> None:
    order = Follow(where, by, pattern, more.get("item"), more.get("project", "Atlas"))
    team.charter.follows.follow(team.actor("ana"), order, HERE)


def pull(number: int, **more: Any) -> PullRequest:
    """Another pull request of the repository, touched just now."""
    url = f"{REPO}/pull/{number}"
    ref = replace(PULL.ref, key=f"acme/churn#{number}", url=url)
    return replace(PULL, ref=ref, number=number, **{"updated": T0, **more})


def run(id: str, **more: Any) -> Run:
    ref = replace(RUN.ref, key=id, url=f"{EXPERIMENT}/runs/{id}")
    return replace(RUN, ref=ref, **more)


def linked(team: Linking) -> dict[int, tuple[int, str | None, str]]:
    """Pull requests that are linked: project, item, and who did so."""
    with team.database.read() as session:
        rows = session.exec(select(PullRequestRow).order_by(col(PullRequestRow.id))).all()
        return {
            row.number: (row.project_id, row.item_key, row.source)
            for row in rows
            if row.unlinked_at is None
        }


def mark(team: Linking) -> WatermarkRow:
    with team.database.read() as session:
        return session.exec(select(WatermarkRow)).one()


def test_g1_a_rule_links_what_is_there_and_its_card_says_which(team: Linking) -> None:
    follow(team, item="data pipeline", by=By.LABEL, pattern="data")
    team.github.tells(pull(7, labels=("Data",)), pull(8))
    team.sync()
    assert linked(team) == {7: (1, PIPELINE, "clock")}
    assert team.github.followed == [("acme/churn", T0 - timedelta(days=14, minutes=10))]
    assert "Linked by: label data" in team.card()


def test_g1_what_a_rule_links_is_looked_at_from_then_on(team: Linking) -> None:
    follow(team)
    team.sync()
    with team.database.read() as session:
        kinds = session.exec(select(ScheduleRow.kind).order_by(col(ScheduleRow.kind))).all()
    assert kinds == ["follow", "sync"]


def test_g1_the_explicit_one_wins_and_says_so(team: Linking) -> None:
    team.link(item="modelling")
    follow(team, item="data pipeline", by=By.BRANCH, pattern="retry-")
    team.github.tells(pull(7), pull(8, labels=("x",), marks=("atlas/modelling",)))
    team.sync()
    assert linked(team) == {7: (1, MODELLING, "command"), 8: (1, MODELLING, "clock")}
    assert "branch retry-… would have it in Data pipeline (Atlas)" in team.cards()[0].text


def test_g1_what_somebody_moved_or_unlinked_stays_as_they_left_it(team: Linking) -> None:
    follow(team, item="data pipeline")
    team.github.tells(pull(7), pull(8))
    team.sync()
    assert linked(team) == {7: (1, PIPELINE, "clock"), 8: (1, PIPELINE, "clock")}
    team.charter.links.move(team.actor("bea"), MoveLink(Kind.PULL_REQUEST, 1, MODELLING), HERE)
    team.charter.links.unlink(team.actor("bea"), Kind.PULL_REQUEST, 2, HERE)
    team.wait(minutes=10)
    team.github.tells(pull(7, updated=team.now), pull(8, updated=team.now))
    team.sync()
    assert linked(team) == {7: (1, MODELLING, "command")}


def test_g3_a_label_that_is_added_later_takes_effect(team: Linking) -> None:
    follow(team)
    follow(team, by=By.LABEL, pattern="data", item="data pipeline")
    team.charter.projects.create(team.actor("ana"), NewProject("Churn"), ELSEWHERE)
    follow(team, by=By.LABEL, pattern="churn", project="Churn")
    team.sync()
    assert linked(team)[7] == (1, None, "clock")
    team.wait(minutes=10)
    team.github.tells(pull(7, labels=("data",), updated=team.now))
    team.sync()
    assert linked(team)[7] == (1, PIPELINE, "clock")
    # Another project's: it moves over there, as nobody has said otherwise, and back.
    team.wait(minutes=10)
    team.github.tells(pull(7, labels=("churn",), updated=team.now))
    team.sync()
    assert linked(team)[7] == (2, None, "clock")
    team.wait(minutes=10)
    team.github.tells(pull(7, labels=("data",), updated=team.now))
    team.sync()
    assert linked(team)[7] == (1, PIPELINE, "clock")


def test_e2_runs_are_attached_by_tag_experiment_and_the_commit_of_a_linked_pull_request(
    team: Linking,
) -> None:
    team.link(item="modelling")
    team.charter.projects.create(team.actor("ana"), NewProject("Churn"), ELSEWHERE)
    follow(team, EXPERIMENT, item="annotation")

    team.mlflow.tells(
        run("0ab12"),
        run("0ab13", tags={"charter.project": "churn/data pipeline"}, commit=PULL.head),
        run("0ab14", commit="abc123"),
    )
    team.github.tells(replace(PULL, head="abc1234567890"))
    team.wait(minutes=10)
    team.sync()
    team.wait(minutes=10)
    team.mlflow.tells(run("0ab15", commit="abc1234", started=team.now))
    team.sync()
    with team.database.read() as session:
        rows = session.exec(select(RunRow).order_by(col(RunRow.run_id))).all()
        found = {row.run_id: (row.project_id, row.item_key) for row in rows}
    assert found == {
        "0ab12": (1, "annotation"),
        "0ab13": (2, PIPELINE),
        "0ab14": (1, "annotation"),  # six characters are no commit
        "0ab15": (1, MODELLING),
    }


def test_e2_of_several_pull_requests_with_a_commit_that_of_the_runs_repository_counts(
    team: Linking,
) -> None:
    fork = replace(
        PULL,
        ref=Ref("github", Kind.PULL_REQUEST, "bea/churn#2", "https://github.com/bea/churn/pull/2"),
        repo="bea/churn",
        number=2,
        head=PULL.head + "4567",
    )
    team.github.tells(replace(PULL, head=PULL.head + "4567"), fork)
    team.link(item="modelling")
    team.link(fork.ref.url, item="annotation")
    team.charter.projects.create(team.actor("ana"), NewProject("Churn"), ELSEWHERE)
    follow(team, EXPERIMENT, project="Churn", by=By.LABEL, pattern="kind=other")
    for number, repo in enumerate(("bea/churn", "acme/renamed", "")):
        key = f"0ab2{number}"
        ref = replace(RUN.ref, key=key, url=f"{EXPERIMENT}/runs/{key}")
        team.mlflow.tells(replace(RUN, ref=ref, commit=PULL.head + "4567"[: number + 1], repo=repo))
    team.sync()
    with team.database.read() as session:
        rows = session.exec(select(RunRow).order_by(col(RunRow.run_id))).all()
        found = {row.run_id: row.item_key for row in rows}
    assert found == {"0ab20": "annotation", "0ab21": MODELLING, "0ab22": MODELLING}


def test_e6_what_was_told_already_changes_nothing_and_nothing_is_missed(team: Linking) -> None:
    follow(team)
    team.sync()
    assert mark(team).until == PULL.updated
    # A clock that is five minutes behind ours, and the same page once more.
    team.wait(minutes=10)
    team.github.tells(pull(8, updated=PULL.updated - timedelta(minutes=5)))
    team.sync()
    assert team.github.followed[-1] == ("acme/churn", PULL.updated - timedelta(minutes=10))
    assert sorted(linked(team)) == [7, 8]
    before = lines(team)
    team.wait(minutes=10)
    team.sync()
    assert lines(team) == before
    assert mark(team).until == PULL.updated, "it never goes back"


def test_e6_a_failure_in_the_middle_is_made_up_for(team: Linking) -> None:
    follow(team)
    follow(team, EXPERIMENT)
    team.github.trouble = Trouble(Cause.AWAY)
    team.sync()
    assert linked(team) == {}
    with team.database.read() as session:
        runs = session.exec(select(RunRow)).all()
        marks = session.exec(select(WatermarkRow).order_by(col(WatermarkRow.source))).all()
    assert [run.run_id for run in runs] == ["0ab12"], "the tracker told all the same"
    assert [(one.source, one.trouble, one.looked_at) for one in marks] == [
        ("github", "away", None),
        ("mlflow", "", T0),
    ]
    told = team.charter.follows.followed(team.actor("bea"), None, HERE)
    assert [one.trouble and one.trouble.why for _, one in told.rules if one] == [Cause.AWAY, None]
    team.github.trouble = None
    team.wait(days=7)
    team.sync()
    assert sorted(linked(team)) == [7]
    assert team.github.followed[-1][1] == T0 - timedelta(days=14, minutes=10)


def test_e6_two_replicas_that_look_at_once_link_it_once(team: Linking) -> None:
    follow(team)
    streams = [replica.polling for replica in (team.replica(), team.replica())]
    for one in streams:
        one.sync(team.workspace)
    assert len([line for line in actions(team) if line == "PullRequestLinked"]) == 1


def test_a_rule_looks_back_though_others_have_looked_already(team: Linking) -> None:
    follow(team, by=By.LABEL, pattern="data")
    team.github.tells(pull(7), pull(8, labels=("data",)))
    team.sync()
    assert sorted(linked(team)) == [8]
    team.wait(hours=1)
    follow(team, item="modelling")
    team.sync()
    assert linked(team)[7] == (1, MODELLING, "clock")
    assert linked(team)[8] == (1, MODELLING, "clock"), "of the same project, it says more"


def test_what_ended_long_ago_is_linked_and_not_looked_at_again(team: Linking) -> None:
    follow(team, EXPERIMENT)
    ended = T0 - timedelta(days=3)
    team.mlflow.tells(replace(RUN, state=RunState.FINISHED, ended=ended))
    team.sync()
    with team.database.read() as session:
        [row] = session.exec(select(RunRow)).all()
    assert (row.state, row.is_polled) == ("finished", False)


def test_a_rule_is_a_line_of_the_record_and_can_be_undone(team: Linking) -> None:
    order = Follow("acme/churn", By.LABEL, "data", "data pipeline")
    done = team.charter.follows.follow(team.actor("ana"), order, HERE)
    assert [(one.label, one.before, one.after) for one in done.lines] == [
        ("what is followed (repository acme/churn, label data)", "", "Data pipeline")
    ]
    with pytest.raises(Refused) as caught:
        team.charter.follows.follow(team.actor("ana"), order, HERE)
    assert caught.value.why is Why.NOTHING_CHANGES
    team.charter.projects.undo(team.actor("ana"), done.seq)
    assert team.charter.follows.followed(team.actor("ana"), None, HERE).rules == ()
    team.sync()
    assert linked(team) == {}
    with team.database.read() as session:
        [row] = session.exec(select(AttachRuleRow)).all()
    assert (row.since, row.until) == (T0, T0), "nothing is overwritten"


def test_followed_no_more_what_is_linked_stays_linked(team: Linking) -> None:
    follow(team, by=By.LABEL, pattern="data")
    team.github.tells(pull(7, labels=("data",)))
    team.sync()
    done = team.charter.follows.unfollow(team.actor("ana"), Unfollow(REPO), HERE)
    assert done.lines[0].after == "", "the one rule about it is meant"
    team.github.tells(pull(8, labels=("data",)))
    team.wait(minutes=10)
    team.sync()
    assert sorted(linked(team)) == [7]
    with pytest.raises(Refused) as caught:
        team.charter.follows.unfollow(team.actor("ana"), Unfollow(REPO), HERE)
    assert caught.value.why is Why.NOT_FOLLOWED
    assert caught.value.facts["rule"] == "repository acme/churn"


@pytest.mark.parametrize(
    ("where", "by", "pattern", "why"),
    [
        ("https://github.com.evil.tld/acme/churn", By.STREAM, "", Why.NO_STREAM),
        ("https://github.com/acme/churn/pull/7", By.STREAM, "", Why.NO_STREAM),
        ("lunch", By.STREAM, "", Why.NO_STREAM),
        (EXPERIMENT, By.BRANCH, "retry-", Why.BAD_RULE),
        (EXPERIMENT, By.LABEL, "data", Why.BAD_RULE),
        (REPO, By.LABEL, "x" * 201, Why.TEXT_TOO_LONG),
    ],
)
def test_what_no_source_knows_or_no_rule_can_say_is_refused(
    team: Linking, where: str, by: By, pattern: str, why: Why
) -> None:
    with pytest.raises(BadInput) as caught:
        follow(team, where, by, pattern)
    assert caught.value.why is why
    assert "StreamFollowed" not in actions(team)


def test_it_is_asked_by_the_clock_while_something_is_followed(team: Linking) -> None:
    follow(team)
    team.wait(minutes=10)
    team.charter.timers.run_due(team.workspace)
    assert sorted(linked(team)) == [7]
    team.charter.follows.unfollow(team.actor("ana"), Unfollow(REPO), HERE)
    asked = len(team.github.followed)
    for _ in range(2):
        team.wait(minutes=10)
        team.charter.timers.run_due(team.workspace)
    assert len(team.github.followed) == asked


def test_e5_a_run_that_failed_is_told_in_the_channel_of_the_project_it_belongs_to(
    team: Linking,
) -> None:
    team.charter.projects.create(team.actor("ana"), NewProject("Churn"), ELSEWHERE)
    follow(team, EXPERIMENT, By.LABEL, "team=churn", project="Churn")
    follow(team, EXPERIMENT)
    ref = replace(RUN.ref, key="0ab13", url=f"{EXPERIMENT}/runs/0ab13")
    team.mlflow.tells(
        replace(RUN, state=RunState.FAILED, ended=T0),
        replace(RUN, ref=ref, state=RunState.FAILED, ended=T0, tags={"team": "churn"}),
    )
    team.sync()
    with team.database.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        said = {row.channel: row.key for row in rows if row.key.startswith("run/")}
    assert said == {"C0ATLAS": "run/1/failed", "C0OTHER": "run/2/failed"}


def test_a_rule_of_a_private_project_is_told_to_nobody_else(team: Linking) -> None:
    team.link(item="modelling")
    team.charter.projects.create(team.actor("ana"), NewProject("Secret", private=True), ELSEWHERE)
    follow(team, project="Secret")
    team.wait(minutes=1)
    team.sync()
    assert linked(team) == {7: (1, MODELLING, "command")}
    assert "would have it" not in team.card()


def actions(team: Linking) -> list[str]:
    with team.database.read() as session:
        return list(session.exec(select(AuditRow.action).order_by(col(AuditRow.seq))))


def lines(team: Linking) -> int:
    return len(actions(team))


def test_g1_files_that_were_not_asked_for_again_are_not_forgotten(team: Linking) -> None:
    follow(team, by=By.PATH, pattern="etl/**", item="data pipeline")
    team.github.tells(pull(7, paths=("etl/load.sql",)))
    team.sync()
    team.wait(minutes=10)
    team.github.tells(pull(7, title="Load it twice"))
    team.sync()
    with team.database.read() as session:
        [row] = session.exec(select(PullRequestRow)).all()
    assert row.details["seen"]["paths"] == ["etl/load.sql"]
    assert row.title == "Load it twice"


def test_g1_a_look_that_asks_for_no_files_moves_nothing_from_where_its_files_put_it(
    team: Linking,
) -> None:
    follow(team)
    follow(team, by=By.PATH, pattern="etl/**", item="data pipeline")
    team.github.tells(pull(7, paths=("etl/load.sql",)))
    team.sync()
    assert linked(team)[7][1] == PIPELINE
    before = actions(team)
    team.wait(minutes=10)
    team.github.tells(pull(7, title="Load it twice"))
    team.sync()
    assert linked(team)[7][1] == PIPELINE
    assert actions(team) == before
