"""Review requests reach the person: one message, in their hours, edited where it stands."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.commands import ShowReviews
from bot.orders import AllowTitles, Assign, Delegate, EndAway, NewProject, SetAway
from bot.project import Group, Letter
from bot.sources.base import PullRequest, PullState, Review
from handlers.views import reviewers as views
from storage.tables import OutboxRow
from tests.handlers.service.conftest import ELSEWHERE, HERE
from tests.handlers.service.linking import Linking, at_work, known_as
from tests.support.clock import T0
from tests.support.evidence import PULL

FREE = replace(PULL, requested=(), review=Review.NONE)
ASKED = replace(
    PULL, requested=("Bea-X",), author="cy-m", asked={"Bea-X": T0}, asked_by={"Bea-X": "ana-s"}
)
TEAM = replace(PULL, requested=("acme/Labellers",), author="cy-m")


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    with at_work(database_url) as made:
        yield made


def followed(team: Linking, pull: PullRequest = FREE, *, private: bool = False) -> None:
    """Atlas, with people known at the code host, and a pull request linked to a stage."""
    for first, login in (("ana", "ana-s"), ("bea", "bea-x")):
        known_as(team, first, "github", login)
    team.atlas(private=private)
    team.github.tells(pull)
    team.link(item="data pipeline")


def asked_of(team: Linking) -> list[OutboxRow]:
    with team.database.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        return [row for row in rows if row.key.startswith("ask/review/")]


def then(team: Linking, pull: PullRequest, **time: float) -> None:
    team.github.tells(pull)
    team.wait(**(time or {"minutes": 10}))
    team.sync()


def post(team: Linking) -> None:
    """All that is due is sent, as the worker does it."""
    with team.database.begin() as session:
        for row in session.exec(select(OutboxRow)).all():
            if row.due_at is not None and row.due_at <= team.now:
                row.ts, row.posted_in, row.sent_at = f"{row.id}.1", "D1", team.now
                row.sent_version, row.due_at = row.version, None
                session.add(row)


def test_g2_who_is_asked_for_a_review_is_told_once(team: Linking) -> None:
    followed(team)
    assert asked_of(team) == []
    then(team, ASKED)
    then(team, replace(ASKED, updated=T0))
    [row] = asked_of(team)
    assert (row.channel, row.due_at, row.is_unasked) == ("UBEA", T0 + timedelta(minutes=10), False)
    assert row.text.splitlines()[:3] == [
        "Ana Sample asks for your review:",
        "Retry the weather feed acme/churn#7 by cy-m",
        "For Atlas, stage Data pipeline, asked 2026-11-23 10:00 UTC.",
    ]
    assert "Because you are Bea-X there." in row.text
    assert "https://github.com/acme/churn/pull/7" in str(row.blocks)


def test_g2_asked_again_the_same_message_says_so(team: Linking) -> None:
    followed(team, ASKED)
    post(team)
    later = T0 + timedelta(hours=5)
    then(team, replace(ASKED, asked={"Bea-X": later}), hours=5)
    [row] = asked_of(team)
    assert row.version == 2
    assert row.text.startswith("Ana Sample asks for your review again:\n")
    assert "asked 2026-11-23 15:00 UTC." in row.text


def test_g2_by_a_host_that_does_not_say_when_it_is_since_it_was_seen(team: Linking) -> None:
    plain = replace(ASKED, asked={}, asked_by={})
    followed(team)
    then(team, plain)
    post(team)
    then(team, plain, hours=3)
    [row] = asked_of(team)
    assert (row.version, row.text.splitlines()[0]) == (1, "cy-m asks for your review:")
    assert "asked 2026-11-23 10:10 UTC." in row.text
    then(team, replace(plain, requested=()))
    then(team, plain)
    [row] = asked_of(team)
    assert row.text.startswith("cy-m asks for your review again:")


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (replace(FREE, opinions={"bea-x": "approved"}), "Reviewed: it is approved."),
        (
            replace(FREE, opinions={"bea-x": "changes_requested"}),
            "Reviewed: changes are requested.",
        ),
        (FREE, "It waits for your review no more."),
        (replace(ASKED, state=PullState.MERGED), "It is merged: no review is needed any more."),
        (replace(ASKED, state=PullState.CLOSED), "It is closed: no review is needed any more."),
        (
            replace(ASKED, state=PullState.DRAFT),
            "It is a draft again: no review is needed for now.",
        ),
    ],
)
def test_g2_what_is_over_is_edited_quietly_or_was_never_told(
    team: Linking, after: PullRequest, words: str
) -> None:
    followed(team, ASKED)
    post(team)
    then(team, after)
    [row] = asked_of(team)
    assert row.text.splitlines()[1:3] == [words, "It was for Atlas, stage Data pipeline."]
    assert row.ts is not None


def test_g2_what_is_over_before_it_was_told_is_told_to_nobody(team: Linking) -> None:
    team.wait(hours=10)
    followed(team, ASKED)
    assert len(asked_of(team)) == 1
    then(team, replace(ASKED, state=PullState.MERGED))
    assert asked_of(team) == []


@pytest.mark.parametrize(
    ("hours", "away", "due"),
    [
        (0, 0, datetime(2026, 11, 23, 10, tzinfo=UTC)),
        (10, 0, datetime(2026, 11, 24, 7, tzinfo=UTC)),
        (5 * 24, 0, datetime(2026, 11, 30, 7, tzinfo=UTC)),
        (0, 2, datetime(2026, 11, 26, 7, tzinfo=UTC)),
    ],
    ids=["in her hours", "in the evening", "at the weekend", "away"],
)
def test_g2_it_comes_in_their_working_hours(
    team: Linking, hours: int, away: int, due: datetime
) -> None:
    if away:
        today = team.now.date()
        days = SetAway(today, today + timedelta(days=away))
        team.charter.presences.set_away(team.actor("bea"), days)
    team.wait(hours=hours)
    followed(team, replace(ASKED, asked={"Bea-X": team.now}, updated=team.now))
    [row] = asked_of(team)
    assert row.due_at == due


def test_g2_who_is_back_earlier_is_told_then(team: Linking) -> None:
    today, bea = team.now.date(), team.actor("bea")
    team.charter.presences.set_away(bea, SetAway(today, today + timedelta(days=2)))
    followed(team, ASKED)
    team.charter.presences.end_away(bea, EndAway(None, None))
    [row] = asked_of(team)
    assert row.due_at == team.now


def test_g2_of_a_login_that_nobody_has_nobody_is_told(team: Linking) -> None:
    followed(team, replace(ASKED, requested=("bea", "cy-m", "beasample")))
    assert asked_of(team) == []


@pytest.mark.parametrize(
    "first", [replace(ASKED, is_bot=True), replace(ASKED, state=PullState.DRAFT)]
)
def test_g2_drafts_and_programs_ask_nobody(team: Linking, first: PullRequest) -> None:
    followed(team, first)
    assert asked_of(team) == []
    then(team, ASKED)
    assert [row.channel for row in asked_of(team)] == ["UBEA"]


def test_g2_a_team_is_its_user_group_in_the_channel(team: Linking) -> None:
    groups = {Group("S0LABEL", "labellers"): ["UBEA", "UCY"]}
    team.charter.user_groups.learned(team.workspace, groups)
    followed(team, TEAM)
    then(team, replace(TEAM, updated=T0))
    [row] = asked_of(team)
    assert (row.channel, row.due_at) == ("C0ATLAS", T0)
    assert '"usergroup_id": "S0LABEL"' in json.dumps(row.blocks)
    assert "cy-m asks for a review:" in row.text
    assert "Because the team acme/Labellers is asked." in row.text


def test_g2_a_team_without_a_group_is_who_is_responsible_and_it_says_why(team: Linking) -> None:
    followed(team)
    order = Assign("data pipeline", (Letter.R,), "bea")
    team.charter.raci.assign(team.actor("ana"), order, HERE)
    then(team, TEAM)
    [row] = asked_of(team)
    assert row.channel == "UBEA"
    assert (
        "The team acme/Labellers is asked, and no user group here has its name. "
        "Because you are responsible for Data pipeline." in row.text
    )
    post(team)
    then(team, replace(TEAM, state=PullState.MERGED))
    [row] = asked_of(team)
    assert "It is merged" in row.text


def test_g2_who_opened_it_is_not_asked_for_the_team(team: Linking) -> None:
    followed(team)
    order = Assign("data pipeline", (Letter.R,), "bea")
    team.charter.raci.assign(team.actor("ana"), order, HERE)
    then(team, replace(TEAM, author="bea-x"))
    assert asked_of(team) == []


def test_g2_a_pull_request_of_two_projects_is_one_message(team: Linking) -> None:
    followed(team, ASKED)
    team.charter.projects.create(team.actor("ana"), NewProject("Beacon"), ELSEWHERE)
    team.link(project="beacon")
    [row] = asked_of(team)
    assert "For Atlas, stage Data pipeline" in row.text
    then(team, replace(ASKED, requested=()))
    assert asked_of(team) == []


def test_g2_what_was_asked_long_ago_rings_no_bell_when_it_is_linked(team: Linking) -> None:
    old = replace(ASKED, asked={"Bea-X": T0 - timedelta(days=4)})
    followed(team, old)
    then(team, replace(old, updated=team.now))
    assert asked_of(team) == []


def test_g2_of_a_private_project_hears_who_may_know_of_it(team: Linking) -> None:
    followed(team, ASKED, private=True)
    assert asked_of(team) == []


def test_g6_a_private_repository_is_told_to_who_is_asked_and_by_number_to_who_is_responsible(
    team: Linking,
) -> None:
    followed(team)
    order = Assign("data pipeline", (Letter.R,), "ana")
    team.charter.raci.assign(team.actor("ana"), order, HERE)
    both = ("Bea-X", "acme/Labellers")
    then(team, replace(ASKED, requested=both, private=True))
    bea, ana = asked_of(team)
    assert (bea.channel, ana.channel) == ("UBEA", "UANA")
    assert "Retry the weather feed" in bea.text
    assert ana.text.splitlines()[:2] == ["A review is asked for:", "Pull request #7"]
    assert "A team is asked, and no user group here has its name." in ana.text
    assert "cy-m" not in ana.text
    assert "Labellers" not in ana.text
    assert "https://" not in json.dumps(ana.blocks)


def reviews(team: Linking, by: str = "ana", **order: Any) -> str:
    actor, asked = team.actor(by), ShowReviews(**order)
    return views.listed(team.charter.review_lists.shown(actor, asked, HERE)).text


def test_g4_the_longest_wait_comes_first_in_the_hours_of_who_is_asked(team: Linking) -> None:
    friday = datetime(2026, 11, 20, 16, tzinfo=UTC)
    both = {"Bea-X": T0, "cy-m": friday}
    followed(team, replace(ASKED, requested=("Bea-X", "cy-m"), asked=both, updated=T0))
    team.wait(minutes=40)
    assert reviews(team).splitlines() == [
        "What waits for a review in Atlas, the longest first:",
        "• 4 h: Retry the weather feed acme/churn#7, cy-m",
        "• 40 min: Retry the weather feed acme/churn#7, Bea Sample",
        "Waits are counted in the working hours of whoever is asked.",
    ]
    assert "cy-m" not in reviews(team, "bea", mine=True)
    assert "40 min: Retry the weather feed acme/churn#7, Atlas" in reviews(team, "bea", mine=True)
    assert reviews(team, "cy", mine=True) == "No pull request waits for your review."
    then(team, replace(ASKED, state=PullState.DRAFT))
    assert reviews(team) == "No pull request waits for a review in Atlas."


def test_g4_who_is_away_is_said_and_who_acts_for_them(team: Linking) -> None:
    followed(team, ASKED)
    today, bea = team.now.date(), team.actor("bea")
    last = today + timedelta(days=1)
    team.charter.presences.set_away(bea, SetAway(today, last))
    assert "Bea Sample (away until 2026-11-25)" in reviews(team)
    team.charter.delegations.set_up(bea, Delegate("cy", today, last), HERE)
    assert "Bea Sample (away until 2026-11-25; Cy Sample acts for them)" in reviews(team)


def test_g6_of_a_private_repository_others_read_the_number_alone(team: Linking) -> None:
    followed(team, replace(ASKED, private=True))
    told = reviews(team)
    assert "#7 in a private repository" in told
    assert "Bea Sample" not in told
    assert "Retry the weather feed" in reviews(team, "bea", mine=True)


def test_g6_where_the_project_allows_titles_everybody_reads_what_waits(team: Linking) -> None:
    followed(team, replace(ASKED, private=True))
    team.charter.access.allow_titles(team.actor("ana"), AllowTitles(allowed=True), HERE)
    assert "Retry the weather feed" in reviews(team)


def test_g4_of_a_private_project_others_read_nothing(team: Linking) -> None:
    followed(team, ASKED, private=True)
    assert reviews(team, "cy") == "No pull request waits for a review."


def test_a_team_is_told_in_no_channel_where_another_organisation_reads(team: Linking) -> None:
    team.charter.user_groups.learned(team.workspace, {Group("S0LABEL", "labellers"): ["UBEA"]})
    team.charter.people.channel_learned(team.workspace, "C0ATLAS", "atlas", False, True)
    followed(team)
    order = Assign("data pipeline", (Letter.R,), "bea")
    team.charter.raci.assign(team.actor("ana"), order, HERE)
    then(team, TEAM)
    assert [row.channel for row in asked_of(team)] == ["UBEA"]


def test_one_that_cannot_be_told_of_holds_up_none_of_the_others(team: Linking) -> None:
    url = "https://github.com/acme/churn/pull/8"
    other = replace(
        FREE, ref=replace(PULL.ref, key="acme/churn#8", url=url), number=8, author="cy-m"
    )
    followed(team, ASKED)
    team.github.tells(other)
    team.link(url)
    post(team)
    team.github.tells(replace(other, requested=("Bea-X",), title="Widen the feed"))
    no_zone = {"Bea-X": ASKED.asked["Bea-X"].replace(tzinfo=None)}
    then(team, replace(ASKED, asked=no_zone, updated=T0))
    assert [row.text.splitlines()[1] for row in asked_of(team)] == [
        "Retry the weather feed acme/churn#7 by cy-m",
        "Widen the feed acme/churn#8 by cy-m",
    ]


def test_g7_what_is_gone_waits_no_more_and_what_cannot_be_seen_says_so(team: Linking) -> None:
    followed(team, ASKED)
    team.github.things.clear()
    team.wait(hours=2)
    team.sync()
    assert "Retry the weather feed acme/churn#7, Bea Sample, last seen 2 h ago (" in reviews(team)
    team.wait(days=8)
    team.sync()
    assert reviews(team) == "No pull request waits for a review in Atlas."
