"""Digests of channels by the clock: what each is told, when, up to where, and what it never is."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from pydantic import TypeAdapter
from sqlalchemy import func, insert, select

from bot.cadence import Cadence
from bot.errors import Refused, Why
from bot.orders import AllowTitles, Assign, Due, Move, NewProject, SetDigest
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.project import Letter, Status
from bot.sources.base import PullRequest
from handlers.service import Documents, health
from handlers.views.digests import previewed
from handlers.views.digests import shown as shown_words
from storage.tables import AuditRow, DigestPlanRow, Identity, PullRequestRow, columns, table_of
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.digest_support import (
    DAILY,
    NINE,
    SECRET,
    move,
    posted,
    tell_of_atlas,
    until,
    watermark,
)
from tests.support.documents import sample
from tests.support.evidence import PULL


@pytest.fixture
def quiet(team: Team) -> Team:
    """Atlas has been told of, and nothing has happened since."""
    tell_of_atlas(team)
    return team


# --- when -----------------------------------------------------------------------------------------


def test_the_first_digest_tells_of_the_day_before_it_was_set(team: Team) -> None:
    team.atlas()
    shown = team.charter.digests.set(team.actor("bea"), DAILY, HERE)
    assert shown.next_at == NINE
    assert shown.projects == ("Atlas",)
    assert shown.plan is not None
    assert shown.plan.zone == "Europe/Berlin"
    [message] = until(team, NINE)
    assert (message.channel, message.created_at) == (HERE.channel, NINE)
    assert message.key.endswith("/2026-11-24")
    assert "Daily digest of #proj-atlas" in message.text
    assert "new project (by Ana Sample)" in message.text
    assert watermark(team) == (_revision(team), NINE)


def _revision(team: Team) -> int:
    with team.database.read() as session:
        return int(session.execute(select(func.max(columns(AuditRow).seq))).scalar_one())


def test_d2_where_nothing_changes_it_is_silent_for_weeks(quiet: Team) -> None:
    before = watermark(quiet)
    assert until(quiet, NINE + timedelta(days=20)) == []
    assert watermark(quiet) == before


def test_d5_it_is_silent_on_weekends_and_tells_it_all_on_monday(quiet: Team) -> None:
    saturday = NINE + timedelta(days=4)
    assert until(quiet, saturday) == []
    move(quiet, Status.IN_PROGRESS)
    assert until(quiet, saturday + timedelta(days=1)) == []
    [message] = until(quiet, NINE + timedelta(days=6))
    assert "status not started → in progress (by Ana Sample)" in message.text


def test_what_is_undone_before_it_is_told_was_never_there(quiet: Team) -> None:
    done = quiet.charter.stages.move(
        quiet.actor("ana"), Move("data pipeline", Status.AT_RISK), HERE
    )
    quiet.charter.projects.undo(quiet.actor("ana"), done.seq)
    assert until(quiet, NINE + timedelta(days=2)) == []


def test_d5_many_edits_are_one_line_of_one_message(quiet: Team) -> None:
    for day in range(1, 13):
        order = Due("data pipeline", date(2027, 3, day))
        quiet.charter.stages.due(quiet.actor("bea" if day > 6 else "ana"), order, HERE)
    [message] = until(quiet, NINE + timedelta(days=3))
    told = "due nothing → 2027-03-12 (by Ana Sample and Bea Sample, 12 edits)"
    assert told in message.text


def test_a_blocker_is_told_when_it_begins_and_at_its_third_working_day(quiet: Team) -> None:
    give = Assign("data pipeline", (Letter.A,), "Bea Sample")
    quiet.charter.raci.assign(quiet.actor("ana"), give, HERE)
    move(quiet, Status.BLOCKED, "no export")
    days = {message.created_at.day: message.text for message in until(quiet, NINE.replace(day=30))}
    assert list(days) == [25, 27]
    assert "no export – owner Bea Sample, 1 working day, since 2026-11-24" in days[25]
    assert "3 working days" in days[27]


def test_another_blocker_leaves_the_age_of_the_first(quiet: Team) -> None:
    move(quiet, Status.BLOCKED, "no export")
    until(quiet, NINE + timedelta(days=2))
    move(quiet, Status.BLOCKED, "no disk")
    said = {one.channel: one for one in until(quiet, NINE + timedelta(days=3))}
    assert set(said) == {HERE.channel, "UANA"}, "who leads it hears that nobody owns what lasts"
    message = said[HERE.channel or ""]
    assert "no export – nobody owns it, 3 working days, since 2026-11-24" in message.text
    assert "no disk – nobody owns it, 1 working day, since 2026-11-26" in message.text


def test_d4_each_slot_is_told_once_whoever_looks(quiet: Team) -> None:
    move(quiet, Status.IN_PROGRESS)
    quiet.now = NINE + timedelta(days=1)
    before = len(posted(quiet))
    for charter in (quiet.charter, quiet.replica(), quiet.charter):
        charter.timers.run_due(quiet.workspace)
    assert len(posted(quiet)) == before + 1


def test_a_slot_that_is_missed_is_told_with_the_next(quiet: Team) -> None:
    move(quiet, Status.IN_PROGRESS)
    quiet.now = NINE + timedelta(days=1, hours=3)
    quiet.charter.timers.run_due(quiet.workspace)
    [message] = until(quiet, NINE + timedelta(days=2))
    assert "not started → in progress" in message.text


# --- setting it -----------------------------------------------------------------------------------


def test_set_otherwise_it_goes_on_where_the_last_one_ended(quiet: Team) -> None:
    before = watermark(quiet)
    order = SetDigest(Cadence.WEEKLY, frozenset({4}), time(17), "Asia/Tokyo")
    shown = quiet.charter.digests.set(quiet.actor("bea"), order, HERE)
    assert watermark(quiet) == before
    assert shown.next_at == datetime(2026, 11, 27, 8, tzinfo=UTC)
    move(quiet, Status.IN_PROGRESS)
    [message] = until(quiet, NINE + timedelta(days=5))
    assert message.created_at == shown.next_at
    assert "Weekly digest of #proj-atlas" in message.text
    with pytest.raises(Refused) as same:
        quiet.charter.digests.set(quiet.actor("ana"), order, HERE)
    assert same.value.why is Why.NOTHING_CHANGES


def test_turned_off_it_says_no_more(quiet: Team) -> None:
    move(quiet, Status.IN_PROGRESS)
    assert quiet.charter.digests.end(quiet.actor("bea"), HERE).plan is None
    assert until(quiet, NINE + timedelta(days=20)) == []
    with pytest.raises(Refused) as none:
        quiet.charter.digests.end(quiet.actor("bea"), HERE)
    assert none.value.why is Why.NO_DIGEST


def test_how_it_is_set_stands_in_the_record(quiet: Team) -> None:
    quiet.charter.digests.end(quiet.actor("bea"), HERE)
    line = columns(AuditRow)
    with quiet.database.read() as session:
        told = session.execute(
            select(line.action, line.actor_id, line.project_id)
            .where(line.action.like("Digest%"))
            .order_by(line.seq)
        ).all()
        plan = columns(DigestPlanRow)
        kept = session.execute(select(plan.since, plan.until, plan.set_by)).one()
    ana, bea = quiet.person("ana").id, quiet.person("bea").id
    assert [tuple(row) for row in told] == [("DigestSet", ana, None), ("DigestEnded", bea, None)]
    assert (kept.until, kept.set_by) == (quiet.now, ana)
    assert kept.since < kept.until


@pytest.mark.parametrize("place", [Place(), Place("D1", is_direct=True)])
def test_a_digest_is_for_a_channel(team: Team, place: Place) -> None:
    for deed in (team.charter.digests.shown, team.charter.digests.preview):
        with pytest.raises(Refused) as caught:
            deed(team.actor("ana"), place)
        assert caught.value.why is Why.NOT_A_CHANNEL


def test_a_channel_that_slack_hides_gets_none(team: Team) -> None:
    with pytest.raises(Refused) as caught:
        team.charter.digests.set(team.actor("ana"), DAILY, Place("C0HIDDEN", is_private=True))
    assert caught.value.why is Why.CHANNEL_UNREADABLE


# --- previewing -----------------------------------------------------------------------------------


def test_d2_a_preview_is_what_is_posted_then_and_moves_nothing_on(quiet: Team) -> None:
    move(quiet, Status.BLOCKED, "no export")
    quiet.now = NINE + timedelta(days=1)
    before = watermark(quiet)
    preview = previewed(quiet.charter.digests.preview(quiet.actor("cy"), HERE))
    assert watermark(quiet) == before
    quiet.charter.timers.run_due(quiet.workspace)
    message = posted(quiet)[-1]
    assert preview.blocks[1:] == message.blocks
    assert preview.text.split("\n", 1)[1] == message.text


def test_a_preview_says_that_it_would_be_silent(quiet: Team) -> None:
    preview = quiet.charter.digests.preview(quiet.actor("ana"), HERE)
    assert (preview.digest, preview.is_set) == (None, True)
    assert "nothing has changed" in previewed(preview).text


def test_a_preview_where_none_is_set_is_of_a_week(team: Team) -> None:
    team.atlas()
    preview = team.charter.digests.preview(team.actor("ana"), HERE)
    assert preview.window.now - preview.window.since == timedelta(days=7)
    assert "none is set" in previewed(preview).text
    assert posted(team) == []


# --- who may know ---------------------------------------------------------------------------------


def private(team: Team, name: str, place: Place) -> None:
    team.charter.people.channel_learned(
        team.workspace, place.channel or "", place.name, place.is_private, False
    )
    new = NewProject(name, private=True)
    team.charter.projects.create(team.actor("ana"), new, place)


def test_a_private_project_is_told_of_in_its_private_channel_alone(team: Team) -> None:
    private(team, "Hush", SECRET)
    team.atlas()
    for place in (SECRET, HERE, ELSEWHERE):
        team.charter.people.channel_learned(
            team.workspace, place.channel or "", place.name, place.is_private, False
        )
        team.charter.digests.set(team.actor("ana"), DAILY, place)
    told = {message.channel: message for message in until(team, NINE)}
    assert set(told) == {SECRET.channel, HERE.channel, ELSEWHERE.channel}
    assert "Hush" in told["C0SECRET"].text
    assert told["C0SECRET"].confidential
    for channel in ("C0ATLAS", "C0OTHER"):
        assert "Hush" not in f"{told[channel].text} {told[channel].blocks}"
        assert "Atlas" in told[channel].text
        assert not told[channel].confidential
    assert "Nothing to tell" not in told["C0OTHER"].text


def test_the_name_of_a_private_channel_is_told_in_that_channel_alone(team: Team) -> None:
    """Slack hides it from all who are not in it, also where the project is everybody's."""
    team.atlas()
    for place in (SECRET, HERE, ELSEWHERE):
        team.charter.people.channel_learned(
            team.workspace, place.channel or "", place.name, place.is_private, False
        )
        team.charter.digests.set(team.actor("ana"), DAILY, place)
    team.charter.projects.bind(team.actor("ana"), "atlas", SECRET)
    told = {message.channel: message for message in until(team, NINE)}
    for channel in ("C0ATLAS", "C0OTHER"):
        assert "new project" in told[channel].text
        assert SECRET.name not in f"{told[channel].text} {told[channel].blocks}"
    assert "Atlas is bound to a private channel now" in told["C0SECRET"].text


def test_edge_32_a_channel_that_is_private_no_more_is_told_of_nothing_private(team: Team) -> None:
    private(team, "Hush", SECRET)
    team.atlas()
    team.charter.digests.set(team.actor("ana"), DAILY, SECRET)
    team.charter.people.channel_learned(team.workspace, "C0SECRET", "secret", False, False)
    assert until(team, NINE) == []  # and no portfolio in its place, either
    shown = team.charter.digests.shown(team.actor("cy"), replace(SECRET, is_private=False))
    assert (shown.projects, shown.is_portfolio) == ((), False)


def test_a_channel_shared_with_others_is_told_of_nothing(team: Team) -> None:
    team.atlas()
    team.charter.digests.set(team.actor("ana"), DAILY, HERE)
    team.charter.people.channel_learned(team.workspace, "C0ATLAS", "proj-atlas", False, True)
    [told] = until(team, NINE + timedelta(days=2))
    assert told.channel == "UANA", "who set it is told, and once"
    assert told.text.startswith(
        "The digest in #proj-atlas rests: another organisation reads along there by now. Set it in "
        "a channel of your own, or end the sharing."
    )
    shown = team.charter.digests.shown(team.actor("ana"), replace(HERE, is_shared=True))
    assert "It rests: another organisation" in shown_words(shown).text
    with team.database.read() as session:
        [found] = health.of_workspace(session, team.workspace, (), (), team.now)
    assert found.what.startswith("#proj-atlas is shared with another organisation")


def test_a_public_project_bound_to_another_channel_stays_there(team: Team) -> None:
    team.atlas()
    team.charter.people.channel_learned(team.workspace, "C0OTHER", "random", False, False)
    team.charter.projects.create(team.actor("ana"), NewProject("Berth"), ELSEWHERE)
    team.charter.digests.set(team.actor("ana"), DAILY, HERE)
    [message] = until(team, NINE)
    assert "Berth" not in message.text


def test_an_archived_project_says_so_once_and_then_no_more(quiet: Team) -> None:
    quiet.charter.projects.archive(quiet.actor("ana"), None, HERE, True)
    [message] = until(quiet, NINE + timedelta(days=2))
    assert "archived (by Ana Sample)" in message.text
    assert "nobody" not in message.text
    assert until(quiet, NINE + timedelta(days=20)) == []


# --- other servers --------------------------------------------------------------------------------


def test_d1_a_digest_of_a_document_tells_what_waits_and_how_runs_stand(team: Team) -> None:
    loaded(team)
    team.now = datetime(2026, 11, 24, 6, tzinfo=UTC)
    team.charter.people.channel_learned(team.workspace, "C0WAKE", "proj-wake", False, False)
    order = SetDigest(Cadence.DAILY)
    team.charter.digests.set(team.actor("ana"), order, Place("C0WAKE", "proj-wake"))
    team.charter.digests.set(team.actor("ana"), order, HERE)
    text = "\n".join(message.text for message in until(team, NINE))
    assert "tern/fare-finder#17 Demand by sailing – open for 36 h, waiting for a review" in text
    assert "Recall 0.82: 77.1 % of the gap from 0.55 to 0.90 (↑ higher is better)" in text
    assert "best run detector-rough-sea" in text


def loaded(team: Team, raw: object | None = None) -> None:
    system = Actor(team.workspace, None, Surface.LOAD, is_admin=True)
    Documents(team.database).load(system, json.dumps(raw or sample()), team.now)


def link(team: Team, **more: object) -> None:
    """A pull request of Atlas, as a look at its server left it long ago."""
    seen = TypeAdapter(PullRequest).dump_python(PULL, mode="json", exclude={"ref"})
    row = {
        "project_id": 1,
        "repo": PULL.repo,
        "number": PULL.number,
        "state": "open",
        "url": PULL.ref.url,
        "details": {"source": "github", "seen": seen},
        "recorded_at": NINE - timedelta(days=9),
        "source": "command",
        **more,
    }
    with team.database.begin() as session:
        session.execute(insert(table_of(PullRequestRow)), [row])


def test_a_source_in_trouble_loses_no_digest(quiet: Team) -> None:
    trouble = {"trouble": "rate_limited", "trouble_until": NINE + timedelta(days=1, hours=2)}
    link(quiet, seen_at=NINE + timedelta(hours=20), **trouble)
    assert until(quiet, NINE + timedelta(days=1) - timedelta(minutes=1)) == []
    move(quiet, Status.IN_PROGRESS)
    [message] = until(quiet, NINE + timedelta(days=1))
    assert "acme/churn#7 Retry the weather feed – waits for 20 h" in message.text
    assert "waiting for cy-m, CI pending" in message.text
    assert "last seen 4 h ago (rate limited until 11:00)" in message.text


def test_who_is_waited_for_is_named_where_that_is_known(quiet: Team) -> None:
    with quiet.database.begin() as session:
        cy = quiet.person("cy").id
        known = {"workspace_id": quiet.workspace, "person_id": cy, "kind": "github"}
        session.execute(insert(table_of(Identity)), [{**known, "value": "Cy-M"}])
    link(quiet)
    move(quiet, Status.IN_PROGRESS)
    [message] = until(quiet, NINE + timedelta(days=1))
    assert "waiting for Cy Sample, CI pending" in message.text


def test_of_a_private_repository_no_more_than_the_number_is_told(quiet: Team) -> None:
    seen = TypeAdapter(PullRequest).dump_python(PULL, mode="json", exclude={"ref"})
    link(quiet, details={"source": "github", "seen": {**seen, "private": True}}, changed_at=NINE)
    [message] = until(quiet, NINE + timedelta(days=1))
    assert "#7 in a private repository" in message.text
    assert PULL.repo not in f"{message.text} {message.blocks}"


def test_g6_of_a_private_repository_all_is_told_where_the_project_allows_titles(
    quiet: Team,
) -> None:
    seen = TypeAdapter(PullRequest).dump_python(PULL, mode="json", exclude={"ref"})
    link(quiet, details={"source": "github", "seen": {**seen, "private": True}}, changed_at=NINE)
    quiet.charter.access.allow_titles(quiet.actor("ana"), AllowTitles(allowed=True), HERE)
    [message] = until(quiet, NINE + timedelta(days=1))
    assert PULL.title in message.text


def test_what_was_linked_and_never_seen_is_not_told(quiet: Team) -> None:
    link(quiet, details={}, trouble="away")
    move(quiet, Status.IN_PROGRESS)
    [message] = until(quiet, NINE + timedelta(days=1))
    assert PULL.repo not in f"{message.text} {message.blocks}"
