"""Files that come by themselves: when, to whom, with what each may see; and when they do not."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.cadence import Cadence
from bot.channels import Gone
from bot.errors import Forbidden, NotFound, Refused, Why
from bot.export_plans import ExportShown
from bot.orders import EndExport, MergePeople, Move, NewProject, SetDigest, SetExport, SetPrivacy
from bot.outcome import Place
from bot.people import Actor, Profile, Surface
from bot.project import Status
from bot.sheets import read
from bot.sheets.forms import Form
from handlers.views import exports as views
from storage.outbox import enclosures
from storage.tables import ExportRow, OutboxRow, ScheduleRow, columns
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.digest_support import posted, until
from tests.handlers.service.test_away import written

MONDAYS = SetDigest(Cadence.WEEKLY, frozenset({0}), time(8))
WEEKLY = SetExport(MONDAYS, whole=True)
MINE = SetExport(MONDAYS, whole=True, to="me")
DIRECT = Place("D0ANA", "", is_direct=True)
LEADS = Place("C0LEADS", "leads")
VAULTS = Place("C0VAULT", "vault", is_private=True)
MONDAY = datetime(2026, 11, 30, 7, tzinfo=UTC)
"""Eight in Berlin."""
WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)


def project(team: Team, name: str, *, private: bool = False, place: Place = DIRECT) -> None:
    team.charter.projects.create(team.actor("ana"), NewProject(name, private=private), place)


def move(team: Team, name: str, status: Status = Status.IN_PROGRESS) -> None:
    team.charter.stages.move(team.actor("ana"), Move("data pipeline", status, project=name), DIRECT)


def set_up(team: Team, order: SetExport = WEEKLY, place: Place = LEADS) -> ExportShown:
    if place is LEADS:
        team.charter.people.channel_learned(team.workspace, "C0LEADS", "leads", False, False)
    return team.charter.export_plans.set(team.actor("ana"), order, place)


def come(team: Team, moment: datetime) -> list[OutboxRow]:
    """What is said up to a moment, and shared: with that what is kept of it."""
    rows = [row for row in until(team, moment) if row.key.startswith("export/")]
    outbox = team.charter.outbox
    for _ in range(20):
        if not (parcels := outbox.claim(team.workspace, 40)):
            break
        for parcel in parcels:
            outbox.sent(parcel, f"{parcel.id}.0", parcel.channel)
        team.now += timedelta(seconds=2)
    return rows


def content(team: Team, row: OutboxRow) -> dict[str, list[list[Any]]]:
    """What is in a file that waits."""
    with team.database.read() as session:
        found = enclosures.content(session, row.id or 0)
    assert found is not None
    return dict(read(found))


def names(sheets: dict[str, list[list[Any]]]) -> list[Any]:
    return [row[0] for row in sheets["Portfolio"][1:]]


def head(sheets: dict[str, list[list[Any]]]) -> dict[Any, Any]:
    return {row[0]: row[1] for row in sheets["Summary"] if len(row) > 1 and row[0]}


def test_x9_a_file_comes_to_a_channel_by_the_week_with_what_changed(team: Team) -> None:
    project(team, "Atlas")
    shown = set_up(team)
    assert (shown.next_at, shown.title) == (MONDAY, "Portfolio")
    words = views.planned(shown).text
    assert "Portfolio comes to #leads weekly on Monday at 08:00 (Europe/Berlin)." in words

    first = come(team, MONDAY + MINUTE)
    assert [(row.channel, row.file) for row in first] == [
        ("C0LEADS", ""),
        ("C0LEADS", "charter-portfolio-2026-11-30.xlsx"),
    ]
    assert "Portfolio, 1 project, as of 30 Nov 08:00 CET" in first[0].text
    assert "It is the first one." in first[0].text
    assert first[1].under == first[0].key

    move(team, "Atlas")
    message, file = come(team, MONDAY + WEEK + MINUTE)
    assert "1 change since E-" in message.text
    assert "(30 Nov 08:00 CET)" in message.text
    assert "Atlas – Data pipeline: status: not started → in progress (Ana Sample)" in message.text
    assert len(message.text.splitlines()) <= 5
    assert file.file == "charter-portfolio-2026-12-07.xlsx"


def test_x9_what_is_said_has_five_lines_at_most(team: Team) -> None:
    project(team, "Atlas")
    set_up(team)
    come(team, MONDAY + MINUTE)
    for status in (Status.IN_PROGRESS, Status.BLOCKED, Status.IN_PROGRESS, Status.DONE) * 2:
        note = "no export" if status is Status.BLOCKED else None
        where = Move("data pipeline", status, note, project="Atlas")
        team.charter.stages.move(team.actor("ana"), where, DIRECT)
    [message, _] = come(team, MONDAY + WEEK + MINUTE)
    lines = message.text.splitlines()
    assert len(lines) <= 5
    assert lines[-1].endswith("more, in the sheet Changes")


def test_x9_where_nothing_changed_nothing_comes_unless_it_is_to_say_so(team: Team) -> None:
    project(team, "Atlas")
    set_up(team)
    come(team, MONDAY + MINUTE)
    assert come(team, MONDAY + WEEK + MINUTE) == []
    beats = SetExport(SetDigest(Cadence.WEEKLY, heartbeat=True), whole=True)
    set_up(team, beats)
    [message] = come(team, MONDAY + 2 * WEEK + MINUTE)
    assert message.file == ""
    assert message.text.startswith("No change since E-")
    assert "(30 Nov 08:00 CET)" in message.text, "when it was first made"
    assert len(message.text.splitlines()) == 1
    move(team, "Atlas")
    assert [bool(row.file) for row in come(team, MONDAY + 3 * WEEK + MINUTE)] == [False, True]


def test_x9_a_channel_gets_only_what_all_who_read_it_may_know(team: Team) -> None:
    """Also where somebody set it who sees more; they alone are told what is left out."""
    project(team, "Vault", private=True)
    project(team, "Atlas")
    shown = set_up(team)
    assert shown.left_out == ("Vault",)
    assert "Left out: 1 project that you can see, and not everybody there: Vault." in (
        views.planned(shown).text
    )
    set_up(team, MINE, DIRECT)
    rows = until(team, MONDAY + MINUTE)
    by_channel = {(row.channel, bool(row.file)): row for row in rows}
    public = content(team, by_channel["C0LEADS", True])
    assert names(public) == ["Atlas"]
    assert "Vault" not in repr(public)
    assert head(public)["Made for"] == "everybody in #leads"
    assert "private projects, if there are any" in head(public)["Left out"]
    assert not by_channel["C0LEADS", True].confidential
    own = content(team, by_channel["UANA", True])
    assert names(own) == ["Atlas", "Vault"]
    assert "Left out" not in head(own)
    assert by_channel["UANA", True].confidential


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_x9_a_name_that_is_near_to_the_portfolios_is_told_as_if_it_were_by_hand(team: Team) -> None:
    with pytest.raises(NotFound) as error:
        set_up(team, SetExport(MONDAYS, "portfoliio"))
    assert error.value.suggestions == ("portfolio",)
    with pytest.raises(NotFound) as error:
        team.charter.export_plans.end(team.actor("ana"), EndExport("portfoliio"), LEADS)
    assert error.value.suggestions == ("portfolio",)


def test_x9_a_private_project_goes_to_its_own_private_channel_alone(team: Team) -> None:
    vault = SetExport(MONDAYS, "Vault")
    learned = team.charter.people.channel_learned
    learned(team.workspace, "C0VAULT", "vault", True, False)
    learned(team.workspace, "C0LEADS", "leads", False, False)
    project(team, "Vault", private=True, place=VAULTS)
    with pytest.raises(Refused) as hidden:
        set_up(team, vault)
    assert (hidden.value.why, hidden.value.facts["channel"]) == (Why.EXPORT_HIDDEN, "#leads")
    assert set_up(team, vault, VAULTS).title == "Vault"
    [message, file] = until(team, MONDAY + MINUTE)
    assert (message.channel, message.confidential) == ("C0VAULT", True)
    assert names(content(team, file)) == ["Vault"]


def test_x9_what_was_hidden_meanwhile_is_withheld_and_told_by_the_next_one(team: Team) -> None:
    project(team, "Atlas")
    set_up(team)
    until(team, MONDAY + MINUTE)
    team.charter.access.set_privacy(team.actor("ana"), SetPrivacy(True, "Atlas"), DIRECT)
    outbox = team.charter.outbox
    assert outbox.claim(team.workspace, 40) == []
    team.now += MINUTE
    assert outbox.claim(team.workspace, 40) == []
    with team.database.read() as session:
        assert session.scalars(select(columns(ExportRow).code)).all() == [], "nobody has it"
    with team.database.read() as session:
        assert enclosures.content(session, posted(team)[-1].id or 0) is None


def test_x9_what_changed_is_told_by_destination(team: Team) -> None:
    """What comes to a channel is held against what that channel has; so is one's own."""
    project(team, "Atlas")
    set_up(team)
    come(team, MONDAY + MINUTE)
    move(team, "Atlas")
    team.charter.exports.made(
        team.actor("ana"),
        team.charter.exports.subject(team.actor("ana"), None, DIRECT, whole=True),
        DIRECT,
    )
    set_up(team, MINE, DIRECT)
    told = {row.channel: row.text for row in come(team, MONDAY + WEEK + MINUTE) if not row.file}
    assert "1 change since E-" in told["C0LEADS"]
    assert "It is the first one." in told["UANA"]


def test_x9_in_the_form_that_was_asked_for_and_in_the_zone_of_its_plan(team: Team) -> None:
    project(team, "Atlas")
    tokyo = SetDigest(Cadence.DAILY, at=time(9), zone="Asia/Tokyo")
    set_up(team, SetExport(tokyo, whole=True, form=Form.CSV))
    [message, file] = until(team, datetime(2026, 11, 24, 0, 1, tzinfo=UTC))
    assert "as of 24 Nov 09:00 JST" in message.text
    assert file.file == "charter-portfolio-2026-11-24.csv"


def test_x9_one_is_changed_stopped_and_taken_back(team: Team) -> None:
    project(team, "Atlas")
    service, ana = team.charter.export_plans, team.actor("ana")
    first = set_up(team)
    number = SetExport(SetDigest(Cadence.DAILY, at=time(7)), form=Form.JSON, number=first.number)
    changed = service.set(ana, number, DIRECT)
    assert changed.plan is not None
    assert (changed.plan.when.cadence, changed.plan.form) == (Cadence.DAILY, Form.JSON)
    assert changed.place is not None
    assert changed.place.channel == "C0LEADS"
    back = service.undo(ana, changed.seq, DIRECT)
    assert back.plan == first.plan
    ended = service.stop(ana, back.number, DIRECT)
    assert ended.plan is None
    assert "Portfolio comes by itself no more to #leads." in views.planned(ended).text
    with pytest.raises(Refused) as gone:
        service.end(ana, EndExport(whole=True), LEADS)
    assert gone.value.why is Why.NO_EXPORT
    assert service.undo(ana, ended.seq, DIRECT).next_at == MONDAY
    assert service.end(ana, EndExport(), LEADS).plan is None, "the only one there"
    assert come(team, MONDAY + WEEK) == []


def test_x9_several_come_to_one_place_and_are_told_apart(team: Team) -> None:
    project(team, "Atlas")
    project(team, "Berth")
    service, ana = team.charter.export_plans, team.actor("ana")
    set_up(team)
    set_up(team, SetExport(MONDAYS, "Berth"))
    with pytest.raises(Refused) as same:
        set_up(team)
    assert same.value.why is Why.NOTHING_CHANGES
    with pytest.raises(Refused) as several:
        service.end(ana, EndExport(), LEADS)
    assert several.value.why is Why.EXPORT_WHICH
    assert [one.title for one in service.listed(ana, DIRECT)] == ["Portfolio", "Berth"]
    service.end(ana, EndExport("Berth"), LEADS)
    assert [one.title for one in service.listed(ana, DIRECT)] == ["Portfolio"]
    files = [row.file for row in come(team, MONDAY + MINUTE) if row.file]
    assert files == ["charter-portfolio-2026-11-30.xlsx"]


def test_x9_nobody_else_changes_what_is_not_theirs(team: Team) -> None:
    project(team, "Atlas")
    mine, there = set_up(team, MINE, DIRECT), set_up(team)
    service, bea = team.charter.export_plans, team.actor("bea")
    for number in (mine.number, there.number, 99):
        with pytest.raises(Refused) as refused:
            service.stop(bea, number, DIRECT)
        assert refused.value.why is Why.NO_EXPORT
    with pytest.raises(NotFound):
        service.undo(bea, mine.seq, DIRECT)
    assert service.listed(bea, DIRECT) == ()
    assert [one.number for one in service.listed(bea, LEADS)] == [there.number]
    assert service.stop(bea, there.number, LEADS).plan is None, "whoever may edit, in the channel"
    with pytest.raises(Forbidden):
        service.set(team.actor("build"), WEEKLY, LEADS)
    with pytest.raises(NotFound):
        service.set(Actor(team.workspace, None, Surface.CLI, is_admin=True), MINE, DIRECT)


def test_x9_who_may_not_see_a_project_does_not_see_its_plan(team: Team) -> None:
    project(team, "Vault", private=True)
    set_up(team, SetExport(MONDAYS, "Vault", to="me"), DIRECT)
    assert [one.title for one in team.charter.export_plans.listed(team.actor("ana"), DIRECT)] == [
        "Vault"
    ]
    assert team.charter.export_plans.listed(team.actor("bea"), DIRECT) == ()


def test_x9_while_its_channel_is_gone_it_rests_and_that_is_told_once(team: Team) -> None:
    project(team, "Atlas")
    set_up(team)
    team.charter.channels.gone(team.workspace, "C0LEADS", Gone.ARCHIVED)
    rows = until(team, MONDAY + WEEK + MINUTE)
    assert [row.key for row in rows if row.key.startswith("export/")] == []
    [notice] = [row for row in posted(team) if row.channel == "UANA"]
    assert "The file of #leads rests" in notice.text
    [shown] = team.charter.export_plans.listed(team.actor("ana"), DIRECT)
    assert shown.rests
    team.charter.channels.back(team.workspace, "C0LEADS")
    assert len(come(team, MONDAY + 2 * WEEK + MINUTE)) == 2


def test_x9_what_is_found_too_late_is_missed_and_named(team: Team) -> None:
    project(team, "Atlas")
    set_up(team)
    team.charter.timers.run_due(team.workspace)
    team.now = MONDAY + timedelta(hours=3)
    team.charter.timers.run_due(team.workspace)
    assert [row for row in posted(team) if row.key.startswith("export/")] == []
    [shown] = team.charter.export_plans.listed(team.actor("ana"), DIRECT)
    assert [one.slot for one in shown.missed] == [MONDAY]
    assert "Left out: Monday 2026-11-30, 08:00" in views.plans([shown]).text
    assert len(come(team, MONDAY + WEEK + MINUTE)) == 2


def test_x9_what_is_late_says_so(team: Team) -> None:
    project(team, "Atlas")
    set_up(team)
    team.charter.timers.run_due(team.workspace)
    team.now = MONDAY + timedelta(minutes=40)
    team.charter.timers.run_due(team.workspace)
    [message, _] = [row for row in posted(team) if row.key.startswith("export/")]
    assert "This comes late: it was due at" in message.text
    assert len(message.text.splitlines()) <= 5


def test_x9_who_is_away_or_has_left_gets_none(team: Team) -> None:
    project(team, "Atlas")
    for name in ("ana", "bea", "cy"):
        team.charter.export_plans.set(team.actor(name), MINE, DIRECT)
    written(team, "bea", MONDAY.date(), MONDAY.date())
    left = Profile("UCY", "Cy Sample", "Cy", "Europe/Berlin", deleted=True)
    team.charter.people.learned(team.workspace, left)
    assert {row.channel for row in come(team, MONDAY + MINUTE)} == {"UANA"}


def test_edge_12_a_file_that_followed_its_person_is_ended_for_good(team: Team) -> None:
    project(team, "Atlas")
    team.charter.export_plans.set(team.actor("bea"), MINE, DIRECT)
    team.charter.identities.merge(team.actor("ana"), MergePeople("Bea", "Cy"), HERE)
    assert {row.channel for row in come(team, MONDAY + MINUTE)} == {"UCY"}
    team.charter.export_plans.end(team.actor("cy"), EndExport(whole=True, to="me"), DIRECT)
    assert come(team, MONDAY + WEEK + MINUTE) == []
    with team.database.read() as session:
        assert "export" not in session.scalars(select(columns(ScheduleRow).kind)).all()


def test_who_is_erased_gets_none_any_more(team: Team) -> None:
    project(team, "Atlas")
    team.charter.export_plans.set(team.actor("bea"), MINE, DIRECT)
    until(team, MONDAY + MINUTE)
    team.charter.personal.erase(team.actor("ana"), "Bea")
    assert [row for row in posted(team) if row.channel == "UBEA"] == []
    assert come(team, MONDAY + WEEK + MINUTE) == []
