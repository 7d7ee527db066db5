"""One card for each pull request that is followed, and what happens to it in its thread."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.errors import Refused
from bot.filters import Mode, Trait
from bot.orders import Follow, SetFilter
from bot.sources.base import Checks, PullRequest, PullState, Review
from storage.tables import OutboxRow
from tests.handlers.service.conftest import HERE
from tests.handlers.service.linking import Linking, at_work, known_as
from tests.support.clock import T0
from tests.support.evidence import PULL

REPO = "https://github.com/acme/churn"


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    """Atlas follows the repository, and has looked at it once: there was nothing."""
    with at_work(database_url) as made:
        made.atlas()
        made.github.things.clear()
        made.charter.follows.follow(made.actor("ana"), Follow(REPO, project="Atlas"), HERE)
        made.sync()
        yield made


def pull(team: Linking, number: int = 7, **more: Any) -> None:
    """The repository has this pull request, touched just now."""
    ref = replace(PULL.ref, key=f"acme/churn#{number}", url=f"{REPO}/pull/{number}")
    made: PullRequest = replace(PULL, ref=ref, number=number, updated=team.now, **more)
    team.github.tells(made)


def look(team: Linking, **later: float) -> None:
    team.wait(**(later or {"minutes": 10}))
    team.sync()


def said(team: Linking) -> list[OutboxRow]:
    with team.database.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        return [row for row in rows if row.key.startswith(("card/", "followed/"))]


def replies(team: Linking) -> list[str]:
    return [row.text for row in said(team) if row.under]


def test_g3_one_card_edited_in_place_and_the_rest_in_its_thread(team: Linking) -> None:
    known_as(team, "cy", "github", "cy-m")
    pull(team, requested=())
    look(team)
    [card] = said(team)
    assert (card.channel, card.thread_ts, card.under) == ("C0ATLAS", None, None)
    assert "Linked by: repository acme/churn" in card.text
    pull(team, requested=("cy-m",))
    look(team)
    pull(
        team,
        requested=(),
        opinions={"cy-m": "changes_requested"},
        review=Review.CHANGES_REQUESTED,
        checks=Checks.FAILING,
        failing=("lint",),
    )
    look(team)
    pull(team, opinions={"cy-m": "approved"}, review=Review.APPROVED, approvals=1, requested=())
    look(team)
    pull(
        team,
        opinions={"cy-m": "approved"},
        review=Review.APPROVED,
        approvals=1,
        requested=(),
        state=PullState.MERGED,
        merged=team.now,
        merged_by="bea-x",
    )
    look(team)
    look(team)
    assert replies(team) == [
        "Review asked of Cy Sample.",
        "Changes requested by Cy Sample. CI failing: lint.",
        "Approved by Cy Sample.",
        "Merged by bea-x.",
    ]
    cards = [row for row in said(team) if not row.under]
    assert [row.key for row in cards] == [card.key], "nothing else stands in the channel"
    assert "Merged" in cards[0].text
    assert {row.under for row in said(team) if row.under} == {card.key}


def test_g3_a_label_that_is_added_later_brings_the_card_whoever_sees_it_first(
    team: Linking,
) -> None:
    order = SetFilter(Trait.LABEL, "data", Mode.ONLY)
    team.charter.follows.set_filter(team.actor("ana"), order, HERE)
    pull(team, labels=())
    opened = team.now
    look(team)
    assert said(team) == []
    team.wait(hours=3)
    pull(team, 8, labels=("other",))
    look(team)
    team.github.tells(replace(PULL, updated=opened, labels=("data",)))
    look(team)
    look(team)
    assert [row.channel for row in said(team)] == ["C0ATLAS"]


def test_g3_what_is_pasted_where_its_card_stands_goes_on_in_that_cards_thread(
    team: Linking,
) -> None:
    pull(team)
    look(team)
    [card] = said(team)
    pull(team, state=PullState.MERGED, merged=team.now, merged_by="bea-x")
    team.wait(minutes=2)
    team.paste()
    assert replies(team) == ["Merged by bea-x."]
    [row] = [row for row in said(team) if not row.under]
    assert row.key == card.key
    assert "Merged" in row.text


def test_g3_a_slow_look_overwrites_none_that_began_later(team: Linking) -> None:
    def meanwhile() -> None:
        team.wait(minutes=1)
        pull(team, state=PullState.MERGED, merged=team.now)
        team.sync()

    pull(team)
    look(team)
    team.wait(minutes=2)
    team.github.meanwhile = meanwhile
    team.paste()
    assert "Merged" in next(row.text for row in said(team) if not row.under)


def test_g3_a_card_that_was_pasted_stays_as_it_is(team: Linking) -> None:
    pull(team)
    team.paste()
    look(team)
    pull(team, state=PullState.MERGED)
    look(team)
    [row] = said(team)
    assert (row.key.rpartition("/")[2], row.thread_ts) == ("1.1", "1.1")


@pytest.mark.parametrize(
    ("trait", "value", "mode", "kept", "left_out"),
    [
        (Trait.BOTS, "", Mode.WITHOUT, {}, {"is_bot": True}),
        (Trait.BOTS, "", Mode.ONLY, {"is_bot": True}, {}),
        (Trait.DRAFTS, "", Mode.WITHOUT, {}, {"state": PullState.DRAFT}),
        (Trait.LABEL, "wip", Mode.WITHOUT, {"labels": ("data",)}, {"labels": ("data", "WIP")}),
        (Trait.LABEL, "data", Mode.ONLY, {"labels": ("data",)}, {"labels": ()}),
        (Trait.AUTHOR, "Renovate", Mode.WITHOUT, {}, {"author": "renovate"}),
        (Trait.AUTHOR, "bea-x", Mode.ONLY, {}, {"author": "cy-m"}),
        (Trait.PATH, "etl/", Mode.ONLY, {"paths": ("etl/a.sql",)}, {"paths": ("docs/a.md",)}),
        (Trait.PATH, "docs/", Mode.WITHOUT, {"paths": ()}, {"paths": ("docs/a.md",)}),
    ],
)
def test_g3_filters_leave_out_and_keep(
    team: Linking,
    trait: Trait,
    value: str,
    mode: Mode,
    kept: dict[str, Any],
    left_out: dict[str, Any],
) -> None:
    order = SetFilter(trait, value, mode, "Atlas")
    done = team.charter.follows.set_filter(team.actor("bea"), order, HERE)
    with pytest.raises(Refused):
        team.charter.follows.set_filter(team.actor("bea"), order, HERE)
    pull(team, 7, **kept)
    pull(team, 8, **left_out)
    look(team)
    assert ["#7" in row.text for row in said(team)] == [True]
    # It is linked all the same, and speaks up when the filter has gone.
    team.charter.projects.undo(team.actor("bea"), done.seq)
    pull(team, 8, **{**left_out, "title": "Another title"})
    look(team)
    assert ["#8" in row.text for row in said(team)] == [False, True]


def test_g3_a_draft_that_becomes_ready_and_a_label_added_later_get_their_card(
    team: Linking,
) -> None:
    for order in (
        SetFilter(Trait.DRAFTS, "", Mode.WITHOUT, "Atlas"),
        SetFilter(Trait.LABEL, "data", Mode.ONLY, "Atlas"),
    ):
        team.charter.follows.set_filter(team.actor("bea"), order, HERE)
    pull(team, 7, state=PullState.DRAFT, labels=("data",))
    pull(team, 8)
    look(team)
    assert said(team) == []
    pull(team, 7, labels=("data",))
    pull(team, 8, labels=("data",))
    look(team)
    assert ["#7" in row.text for row in said(team)] == [True, False]


def test_edge_60_of_a_private_repository_a_public_channel_reads_number_and_state(
    team: Linking,
) -> None:
    pull(team, private=True, requested=())
    look(team)
    pull(team, private=True, requested=("cy-m",), labels=("secret",))
    look(team)
    pull(team, private=True, state=PullState.MERGED, merged_by="bea-x")
    look(team)
    card, reply = said(team)
    assert card.text.splitlines() == [
        "Pull request #7 – merged",
        "Linked to Atlas, no stage yet.",
        "Linked by a rule of the project",
    ]
    assert reply.text == "Merged."


def test_edge_63_after_a_week_without_an_answer_there_is_one_line(team: Linking) -> None:
    pull(team, 7)
    look(team)
    team.wait(days=7)
    for number in range(8, 28):
        pull(team, number)
    pull(team, 7, state=PullState.MERGED)
    team.sync()
    card, line = said(team)
    assert "Merged" in card.text, "edited in place"
    assert line.text == (
        "20 pull requests of what Atlas follows came at once: 20 open. "
        "Each gets its card here when it moves."
    )
    look(team)
    assert len(said(team)) == 2, "the same page twice"
    pull(team, 9, title="Now it moves")
    look(team)
    assert "Now it moves" in said(team)[2].text


def test_edge_63_what_ended_before_it_was_followed_gets_no_card(database_url: str) -> None:
    with at_work(database_url) as team:
        team.atlas()
        ended = T0 - timedelta(days=2)
        pull(team, 7, state=PullState.MERGED, merged=ended)
        pull(team, 8)
        team.charter.follows.follow(team.actor("ana"), Follow(REPO, project="Atlas"), HERE)
        team.sync()
        assert ["#8" in row.text for row in said(team)] == [True]


def test_g3_files_are_asked_for_where_a_filter_goes_by_them(team: Linking) -> None:
    assert team.github.by_paths == []
    order = SetFilter(Trait.PATH, "etl/", Mode.ONLY, "Atlas")
    team.charter.follows.set_filter(team.actor("ana"), order, HERE)
    team.wait(minutes=10)
    team.sync()
    assert team.github.by_paths == ["acme/churn"]
