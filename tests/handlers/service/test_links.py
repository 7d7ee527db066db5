"""Linking, and the cards that say so, on both databases, with sources in memory."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import NotFound, Refused
from bot.errors import Why as Refusal
from bot.links import LinkKept, Posted, Synced
from bot.orders import AddLink, Assign, Follow, MoveLink, NewProject
from bot.project import Letter
from bot.sources.base import (
    Kind,
    RunState,
)
from handlers.service.links import Where
from tests.handlers.service.conftest import ELSEWHERE, HERE
from tests.handlers.service.linking import DIRECT, URL, Linking, accuracy, at_work, known_as
from tests.support.evidence import PULL, RUN


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    with at_work(database_url) as made:
        yield made


def test_a_pull_request_gets_its_card_in_the_channel(team: Linking) -> None:
    team.atlas()
    known_as(team, "bea", "github", "Bea-X")
    order = Assign("data pipeline", (Letter.A,), "Cy Sample")
    team.charter.raci.assign(team.actor("ana"), order, HERE)
    made = team.link(item="data pipeline")
    assert made.posted is Posted.HERE
    assert made.done is not None
    [row] = team.cards()
    assert (row.channel, row.thread_ts, row.about) == ("C0ATLAS", None, "pull_request/1")
    assert row.text.splitlines() == [
        "Retry the weather feed acme/churn#7",
        "Open · by Bea Sample · retry-feed → main",
        "Waiting for cy-m · CI pending",
        "Linked to Atlas, stage Data pipeline. Accountable: Cy Sample.",
    ]
    labels = [one["text"]["text"] for one in row.blocks[-1]["elements"]]
    assert labels == ["Change stage", "Open", "Unlink"]
    assert row.blocks[-1]["elements"][1]["url"] == URL
    assert team.is_scheduled()


def test_a_run_is_held_against_the_scope(team: Linking) -> None:
    team.atlas()
    accuracy(team)
    team.mlflow.tells(replace(RUN, state=RunState.FINISHED, ended=team.now - timedelta(minutes=55)))
    team.link(RUN.ref.url)
    assert team.card().splitlines() == [
        "gbm-wind · experiment churn",
        "Finished · by bea · started 2026-11-23 07:00 UTC · took 2 h 5 min",
        "• accuracy 0.77: 66.7 % of the gap from 0.71 to 0.80 (↑ higher is better)",
        "Parameters: depth 7 and learning_rate 0.03",
        "Linked to Atlas, no stage yet.",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"metrics": {"accuracy": float("nan")}}, "accuracy is not a number"),
        ({"metrics": {}}, "accuracy is not logged by this run yet"),
        ({"metrics": {"accuracy": 0.8}}, "the target 0.80 is reached, from 0.71"),
        ({"metrics": {"accuracy": 0.6}}, "worse than the baseline 0.71, target 0.80"),
        ({"deleted": True}, "Deleted in its tracker"),
    ],
)
def test_every_outcome_of_a_run_has_its_words(
    team: Linking, change: dict[str, Any], words: str
) -> None:
    team.atlas()
    accuracy(team)
    team.mlflow.tells(replace(RUN, **change))
    team.link(RUN.ref.url)
    assert words in team.card()


def test_linked_again_it_is_one_row_with_cards_in_both_threads(team: Linking) -> None:
    team.atlas()
    assert team.paste(said="1.1") is None
    assert team.paste(said="2.2", by="bea") is None
    assert team.paste(said="2.2") is None
    assert [(row.key, row.thread_ts) for row in team.cards()] == [
        ("card/pull_request/1/C0ATLAS/1.1", "1.1"),
        ("card/pull_request/1/C0ATLAS/2.2", "2.2"),
    ]
    assert len(team.github.asked) == 1, "it was seen just now"
    assert "Linked to Atlas, no stage yet." in team.cards()[0].text
    team.github.tells(replace(PULL, title="Retry everything"))
    team.wait(minutes=10)
    team.sync()
    assert [row.text.splitlines()[0] for row in team.cards()] == [
        "Retry everything acme/churn#7"
    ] * 2


def test_the_stage_is_set_moved_and_undone_on_the_card(team: Linking) -> None:
    team.atlas()
    team.paste()
    about = (Kind.PULL_REQUEST, 1)
    ana = team.actor("ana")
    assert team.charter.links.shown(ana, *about, HERE).item is None
    done = team.charter.links.move(ana, MoveLink(*about, "rollout"), HERE)
    assert "stage Roll-out" in team.card()
    with pytest.raises(Refused) as caught:
        team.charter.links.move(ana, MoveLink(*about, "rollout"), HERE)
    assert caught.value.why is Refusal.NOTHING_CHANGES
    with pytest.raises(NotFound):
        team.charter.links.move(ana, MoveLink(*about, "nonsense"), HERE)
    undone = team.charter.projects.undo(ana, done.seq)
    assert undone.undone
    assert "no stage yet" in team.card()


def test_what_was_moved_on_since_is_not_undone(team: Linking) -> None:
    team.atlas()
    made = team.link()
    about, ana = (Kind.PULL_REQUEST, 1), team.actor("ana")
    first = team.charter.links.move(ana, MoveLink(*about, "rollout"), HERE)
    team.charter.links.move(ana, MoveLink(*about, "modelling"), HERE)
    assert made.done is not None
    for seq in (first.seq, made.done.seq):
        with pytest.raises(Refused) as caught:
            team.charter.projects.undo(ana, seq)
        assert caught.value.why is Refusal.UNDO_OVERTAKEN
    assert "stage Modelling" in team.card()


def test_unlinked_the_card_says_so_and_nobody_looks_any_more(team: Linking) -> None:
    team.atlas()
    team.paste()
    ana = team.actor("ana")
    done = team.charter.links.unlink(ana, Kind.PULL_REQUEST, 1, HERE)
    assert team.card() == "acme/churn#7 is no longer linked to Atlas."
    assert team.sync()["github"] == Synced("github", 0)
    for gone in (
        lambda: team.charter.links.unlink(ana, Kind.PULL_REQUEST, 1, HERE),
        lambda: team.charter.links.shown(ana, Kind.PULL_REQUEST, 1, HERE),
        lambda: team.charter.links.shown(ana, Kind.RUN, 9, HERE),
    ):
        with pytest.raises(NotFound):
            gone()
    team.charter.projects.undo(ana, done.seq)
    assert "Retry the weather feed" in team.card()
    assert team.sync()["github"].looked_at == 1


def test_undoing_the_link_itself_unlinks(team: Linking) -> None:
    team.atlas()
    made = team.link(item="data pipeline")
    assert made.done is not None
    team.charter.projects.undo(team.actor("ana"), made.done.seq)
    assert team.card() == "acme/churn#7 is no longer linked to Atlas."


def test_an_unknown_host_is_kept_and_never_called(team: Linking) -> None:
    team.atlas()
    ana = team.actor("ana")
    last = 0
    for url in ("https://docs.acme.example/plan", "https://github.com.evil.example/a/b/pull/7"):
        kept = team.charter.links.link(ana, AddLink(url), HERE)
        assert isinstance(kept, LinkKept)
        last = kept.done.seq
        assert (kept.url, kept.done.project.scope.links[-1].url) == (url, url)
    assert team.github.asked == team.mlflow.asked == []
    assert team.cards() == []
    team.charter.projects.undo(ana, last)
    shown = team.charter.projects.shown(ana, None, HERE)
    assert [link.title for link in shown.project.scope.links] == ["docs.acme.example/plan"]


def test_an_archived_project_takes_no_link_and_nobody_is_asked(team: Linking) -> None:
    team.atlas()
    team.charter.projects.archive(team.actor("ana"), "atlas", HERE, archived=True)
    with pytest.raises(Refused) as caught:
        team.link()
    assert caught.value.why is Refusal.ARCHIVED
    assert team.cards() == []


# --- which project ---


def test_where_no_project_is_meant_the_one_who_pasted_it_is_asked(team: Linking) -> None:
    team.atlas()
    for name in ("Berth", "Chart"):
        new = NewProject(name, lead="Bea Sample", bind_here=False)
        team.charter.projects.create(team.actor("bea"), new, ELSEWHERE)
    asked = team.paste(ELSEWHERE, by="bea")
    assert asked is not None
    assert asked.options == (("Berth", "berth"), ("Chart", "chart"), ("Atlas", "atlas"))
    assert team.cards() == []
    assert team.github.asked == []

    # Once it is linked somewhere, that project is meant wherever nothing else says so.
    team.link(project="Chart", place=ELSEWHERE, where=Where("C0OTHER", "1.1", "1.1"))
    assert team.paste(ELSEWHERE, said="9.9") is None
    assert [row.key for row in team.cards()] == [
        "card/pull_request/1/C0OTHER/1.1",
        "card/pull_request/1/C0OTHER/9.9",
    ]
    # In the channel of a project that project is meant: the same pull request serves both.
    assert team.paste(HERE) is None
    assert "Linked to Atlas" in team.cards()[-1].text


def test_a_channel_of_several_projects_asks_which_of_them(team: Linking) -> None:
    team.atlas()
    team.charter.projects.create(team.actor("bea"), NewProject("Berth"), HERE)
    team.charter.projects.create(team.actor("bea"), NewProject("Chart", bind_here=False), HERE)
    asked = team.paste()
    assert asked is not None
    assert {key for _name, key in asked.options} == {"atlas", "berth"}


def test_without_any_project_nobody_is_asked(team: Linking) -> None:
    assert team.paste() is None
    assert team.paste(DIRECT) is None
    assert team.cards() == []


def test_g6_a_repository_that_may_not_be_read_is_refused(team: Linking) -> None:
    team.atlas()
    team.link()
    team.github.bars = "acme/churn"
    asked = len(team.github.asked)
    for linking in (
        lambda: team.link("https://github.com/acme/churn/pull/8"),
        lambda: team.charter.follows.follow(
            team.actor("ana"), Follow("acme/churn", project="Atlas"), HERE
        ),
    ):
        with pytest.raises(Refused) as refused:
            linking()
        assert refused.value.why is Refusal.REPOSITORY_BARRED
        assert refused.value.facts == {"repository": "acme/churn"}
    team.wait(hours=2)
    team.sync()
    assert len(team.github.asked) == asked, "what was linked before is looked at no more"
    assert team.charter.links.recognised(f"<{URL}>") == ()
