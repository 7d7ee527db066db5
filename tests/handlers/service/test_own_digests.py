"""Row D3: a digest of one's own. What is in it, for whose eyes, and when it comes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import insert, update

from bot.cadence import Cadence
from bot.digests import OwnDigestShown
from bot.errors import NotFound, Refused, Why
from bot.orders import (
    Due,
    NewProject,
    SetDigest,
    SetMilestone,
    SetOwnDigest,
    SetPrivacy,
)
from bot.outcome import Place
from bot.people import Actor, Profile, Surface
from bot.presence import Half, Told
from bot.project import Status
from handlers.views.digests import previewed_own, shown_own
from storage.tables import AbsenceRow, PersonRow, columns, table_of
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.mailing import MONDAY, Letters, delivered, give, move

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
EIGHT = MONDAY.replace(hour=7)
"""Eight o'clock in Berlin."""
TUESDAY = EIGHT + DAY
MORNING = TUESDAY - timedelta(hours=1)
AFTER = TUESDAY + timedelta(minutes=2)


def own(team: Team, who: str, cadence: Cadence = Cadence.DAILY, **more: object) -> OwnDigestShown:
    order = SetDigest(cadence, at=time(8), **more)  # type: ignore[arg-type]  # fields of an order
    return team.charter.own_digests.set(team.actor(who), SetOwnDigest(order))


def until(team: Team, *moments: datetime) -> list[Letters]:
    """What is sent by letting the clock stand at these moments, one after the other."""
    sent: list[Letters] = []
    for moment in moments:
        team.now = max(team.now, moment)
        team.charter.timers.run_due(team.workspace)
        sent += delivered(team)
    return sent


def staffed(team: Team) -> None:
    """Bea is accountable for the data pipeline of Atlas, Cy responsible, and both know it."""
    team.atlas()
    give(team, "A", "bea")
    give(team, "R", "cy")
    until(team, team.now + timedelta(minutes=2))


def digests(sent: list[Letters], who: str) -> list[Letters]:
    return [one for one in sent if one.to == who and one.key.startswith("digest/me/")]


def test_d3_it_tells_of_ones_own_what_is_theirs_first(team: Team) -> None:
    staffed(team)  # Bea is accountable for the data pipeline, Cy responsible
    own(team, "bea")
    own(team, "cy")
    move(team, Status.IN_PROGRESS)
    team.charter.stages.due(team.actor("ana"), Due("data pipeline", date(2026, 12, 1)), HERE)
    sent = until(team, TUESDAY)
    [bea], [cy] = digests(sent, "bea"), digests(sent, "cy")
    assert bea.at == TUESDAY
    assert bea.text.startswith("Your daily digest")
    assert "A Data pipeline (Atlas) – in progress, due 2026-12-01, in 7 days" in bea.text
    assert "R Data pipeline (Atlas) – in progress, due 2026-12-01, in 7 days" in cy.text
    assert "Atlas – you are accountable" in bea.text
    assert "status not started → in progress (by Ana Sample)" in bea.text
    assert bea.text.index("Your rows") < bea.text.index("Changed")
    assert "due 2026-12-01" not in bea.text[bea.text.index("Changed") :].replace("→ 2026-12-01", "")
    assert "Nobody there" in bea.text, "who answers for something reads what nobody does"
    assert "Nobody there" not in cy.text


def test_d3_who_is_informed_reads_milestones_and_decisions_alone(team: Team) -> None:
    staffed(team)
    give(team, "I", "ana", "rollout", by="bea")
    team.charter.projects.create(team.actor("cy"), NewProject("Berth"), Place("C0OTHER", "random"))
    give(team, "I", "bea", "rollout")
    own(team, "bea", Cadence.DAILY)
    team.charter.milestones.set(team.actor("ana"), SetMilestone("Pilot", date(2026, 12, 1)), HERE)
    sent = until(team, TUESDAY)
    [bea] = digests(sent, "bea")
    assert "Pilot – due 2026-12-01, in 7 days" in bea.text
    assert "Berth" not in bea.text, "she holds nothing there"


def test_d3_who_holds_nothing_is_told_of_all_that_they_may_see(team: Team) -> None:
    team.atlas()
    secret = Place("C0SECRET", "secret", is_private=True)
    team.charter.people.channel_learned(team.workspace, "C0SECRET", "secret", True, False)
    team.charter.projects.create(team.actor("ana"), NewProject("Hush", private=True), secret)
    said = own(team, "cy")
    assert (said.holds, said.projects) == (False, ("Atlas",))
    assert "tells of all projects that you may see" in shown_own(said).text
    preview = previewed_own(team.charter.own_digests.preview(team.actor("cy")))
    [sent] = digests(until(team, TUESDAY), "cy")
    assert "Atlas" in sent.text
    assert "new project (by Ana Sample)" in sent.text
    for text in (sent.text, preview.text):
        assert "Hush" not in text
        assert "other project" not in text, "no count tells of a hidden one, either"
    [lead] = [own(team, "ana")]
    assert lead.projects == ("Atlas", "Hush")


def test_d3_it_is_the_one_message_of_its_day_and_takes_the_mail_along(team: Team) -> None:
    staffed(team)
    own(team, "bea", Cadence.DAILY)
    team.now = MONDAY.replace(hour=18)
    give(team, "R", "bea", "annotation")  # waits for the morning, and for the digest of it
    evening = TUESDAY + timedelta(hours=9)
    [bea] = [one for one in until(team, MORNING, TUESDAY, AFTER, evening) if one.to == "bea"]
    assert bea.at == TUESDAY
    assert "What your letters have for you today" in bea.text
    assert "Ana Sample made you responsible for Annotation" in bea.text
    assert "Because" in bea.text
    team.charter.stages.due(team.actor("ana"), Due("annotation", date(2027, 3, 1)), HERE)
    give(team, "A", "bea", "rollout")  # the day has had its message
    sent = until(team, TUESDAY + timedelta(hours=10), TUESDAY + DAY, AFTER + DAY)
    later = [one for one in sent if one.to == "bea"]
    assert [one.at for one in later] == [TUESDAY + DAY]
    assert "accountable for Roll-out" in later[0].text


def test_d3_mail_that_no_digest_takes_along_comes_by_itself(team: Team) -> None:
    """It waits for the digest of its day, which tells it, however little else there is."""
    staffed(team)
    order = SetDigest(Cadence.DAILY, at=time(15))
    team.charter.own_digests.set(team.actor("bea"), SetOwnDigest(order))
    until(team, TUESDAY)
    give(team, "R", "bea", "annotation")
    three = TUESDAY + timedelta(hours=7)
    sent = until(team, AFTER, TUESDAY + timedelta(hours=4), three, three + timedelta(minutes=2))
    [bea] = [one for one in sent if one.to == "bea"]
    assert bea.key.startswith("digest/me/")
    assert bea.at == three
    team.charter.own_digests.end(team.actor("bea"))
    give(team, "C", "bea", "rollout")
    [mail] = [one for one in until(team, TUESDAY + DAY, AFTER + DAY) if one.to == "bea"]
    assert mail.key.startswith("daily/")


def test_d3_after_a_blocker_it_waits_for_the_next_morning(team: Team) -> None:
    staffed(team)
    own(team, "bea")
    team.now = TUESDAY - timedelta(hours=1)
    move(team, Status.BLOCKED, "no export")
    sent = delivered(team) + until(team, TUESDAY, AFTER, TUESDAY + DAY, AFTER + DAY)
    bea = [one for one in sent if one.to == "bea"]
    assert [one.key.partition("/")[0] for one in bea] == ["urgent", "digest"]
    assert bea[1].at == TUESDAY + DAY
    assert "A Data pipeline (Atlas) – blocked, in its way: no export, 1 working day" in bea[1].text


def test_d5_in_quiet_hours_and_on_days_off_it_waits_for_the_next_opening(team: Team) -> None:
    team.atlas()
    order = SetDigest(Cadence.WEEKLY, frozenset({5}), time(6))  # Saturday, at six
    team.charter.own_digests.set(team.actor("ana"), SetOwnDigest(order))
    saturday = EIGHT + 5 * DAY - timedelta(hours=2)
    [sent] = digests(until(team, saturday, EIGHT + 5 * DAY, EIGHT + 7 * DAY), "ana")
    assert sent.at == EIGHT + 7 * DAY, "Monday, when her day begins"
    assert sent.key.endswith("/2026-11-30T07:00:00+00:00")


def test_edge_39_who_is_away_is_told_once_they_are_back(team: Team) -> None:
    staffed(team)
    own(team, "bea", Cadence.WEEKLY, days=frozenset({1}))
    own(team, "cy")
    leave(team, "bea", date(2026, 11, 24), date(2026, 11, 25))
    leave(team, "cy", date(2026, 11, 24), date(2026, 11, 25))
    move(team, Status.IN_PROGRESS)
    sent = until(team, TUESDAY, TUESDAY + DAY, TUESDAY + 2 * DAY, TUESDAY + 7 * DAY)
    assert [one.at for one in digests(sent, "bea")] == [TUESDAY + 2 * DAY], "on Thursday"
    assert [one.at for one in digests(sent, "cy")] == [TUESDAY + 2 * DAY]


def test_d3_where_nothing_changes_it_is_silent_or_says_so(team: Team) -> None:
    staffed(team)
    own(team, "bea")
    until(team, TUESDAY)
    assert digests(until(team, TUESDAY + DAY), "bea") == []
    assert "nothing is sent" in shown_own(team.charter.own_digests.shown(team.actor("bea"))).text
    own(team, "bea", heartbeat=True)
    [beat] = digests(until(team, TUESDAY + 2 * DAY), "bea")
    assert beat.text.startswith(
        "No change in your projects since Tuesday 2026-11-24, 08:00 (Europe/Berlin)."
    )


def test_d2_a_preview_of_ones_own_is_what_is_sent_then(team: Team) -> None:
    staffed(team)
    own(team, "bea")
    team.now = MONDAY.replace(hour=18)
    give(team, "R", "bea", "annotation")
    until(team, TUESDAY - timedelta(minutes=1))
    team.now = TUESDAY
    preview = previewed_own(team.charter.own_digests.preview(team.actor("bea")))
    again = previewed_own(team.charter.own_digests.preview(team.actor("bea")))
    assert preview == again, "it moves nothing on"
    [sent] = digests(until(team, TUESDAY), "bea")
    assert preview.text.split("\n", 1)[1] == sent.text


def leave(team: Team, who: str, first: date, last: date) -> None:
    row = {
        "workspace_id": team.workspace,
        "person_id": team.person(who).id,
        "first_day": first,
        "last_day": last,
        "half": Half.DAY.value,
        "told": Told.SAID.value,
        "recorded_at": team.now,
        "source": "test",
    }
    with team.database.begin() as session:
        session.execute(insert(table_of(AbsenceRow)).values(row))
    team.charter = team.replica()


def travels(team: Team, who: str, zone: str) -> None:
    person = team.person(who)
    profile = Profile(person.slack_id or "", person.name, person.first_name, zone)
    team.charter.people.learned(team.workspace, profile)


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("America/New_York", datetime(2026, 11, 24, 13, tzinfo=UTC)),
        (
            "Asia/Tokyo",
            datetime(2026, 11, 24, 7, tzinfo=UTC),
        ),  # it is past eight: at once
    ],
)
def test_edge_38_it_follows_who_travels_and_comes_once_a_day_there(
    team: Team, zone: str, due: datetime
) -> None:
    staffed(team)
    own(team, "bea")
    until(team, TUESDAY - timedelta(hours=2))
    travels(team, "bea", zone)
    move(team, Status.IN_PROGRESS)
    hours = [TUESDAY + timedelta(hours=hour) for hour in range(10)]
    sent = digests(until(team, *hours), "bea")
    assert [one.at for one in sent] == [due]


def test_edge_38_who_flies_back_over_the_date_line_has_the_same_date_twice(team: Team) -> None:
    """Each has a digest, and none stands in the way of the next."""
    staffed(team)
    own(team, "bea", heartbeat=True)
    travels(team, "bea", "Pacific/Auckland")
    first = datetime(2026, 11, 24, 19, tzinfo=UTC)  # Wednesday at eight in Auckland
    sent = digests(until(team, *(first - 12 * HOUR, first)), "bea")
    travels(team, "bea", "Pacific/Honolulu")
    again = first + DAY  # Wednesday at nine in Honolulu, when it would have come in Auckland
    sent += digests(until(team, *(first + hour * HOUR for hour in range(1, 25))), "bea")
    assert [one.at for one in sent][-2:] == [first, again]


def test_d3_of_a_project_that_is_hidden_by_then_nothing_goes_out(team: Team) -> None:
    team.atlas()
    own(team, "cy")
    team.now = TUESDAY
    team.charter.timers.run_due(team.workspace)
    team.charter.access.set_privacy(team.actor("ana"), SetPrivacy(private=True), HERE)
    assert digests(delivered(team), "cy") == []
    assert digests(until(team, TUESDAY + DAY), "cy") == []


def test_d3_who_cannot_be_written_to_is_told_once_they_can(team: Team) -> None:
    staffed(team)
    own(team, "bea")
    person = columns(PersonRow)
    reach = update(table_of(PersonRow)).where(person.id == team.person("bea").id)
    with team.database.begin() as session:
        session.execute(reach.values(unreachable_since=team.now))
    team.charter = team.replica()
    assert digests(until(team, TUESDAY), "bea") == []
    with team.database.begin() as session:
        session.execute(reach.values(unreachable_since=None))
    team.charter = team.replica()
    [sent] = digests(until(team, TUESDAY + DAY), "bea")
    assert "new project" in sent.text


def test_d3_it_is_set_undone_and_turned_off(team: Team) -> None:
    staffed(team)
    with pytest.raises(Refused) as none:
        team.charter.own_digests.end(team.actor("bea"))
    assert none.value.why is Why.NO_OWN_DIGEST
    first = own(team, "bea", Cadence.WEEKLY)
    assert first.next_at == EIGHT + 7 * DAY
    assert "weekly on Monday at 08:00 (local time)" in shown_own(first).text
    with pytest.raises(Refused) as same:
        own(team, "bea", Cadence.WEEKLY)
    assert same.value.why is Why.NOTHING_CHANGES
    with pytest.raises(NotFound):
        team.charter.own_digests.undo(team.actor("cy"), first.seq)
    second = own(team, "bea", Cadence.DAILY)
    with pytest.raises(Refused) as late:
        team.charter.own_digests.undo(team.actor("bea"), first.seq)
    assert late.value.why is Why.UNDO_OVERTAKEN
    back = team.charter.own_digests.undo(team.actor("bea"), second.seq)
    assert back.plan == first.plan
    off = team.charter.own_digests.end(team.actor("bea"))
    assert "no digest of your own" in shown_own(off).text
    team.wait(minutes=11)
    with pytest.raises(Refused) as gone:
        team.charter.own_digests.undo(team.actor("bea"), off.seq)
    assert gone.value.why is Why.UNDO_LATE
    assert digests(until(team, TUESDAY, EIGHT + 7 * DAY), "bea") == []


def test_d3_the_operator_has_none(team: Team) -> None:
    with pytest.raises(NotFound):
        team.charter.own_digests.shown(Actor(team.workspace, None, Surface.CLI, is_admin=True))


def test_edge_35_somebody_with_an_id_of_the_whole_grid_has_one_like_anybody(team: Team) -> None:
    team.charter.people.learned(
        team.workspace, Profile("W0EVE", "Eve Sample", "Eve", "Europe/Berlin")
    )
    team.atlas()
    eve = team.charter.people.known(team.workspace, "W0EVE")
    assert eve is not None
    actor = team.charter.people.actor(team.workspace, eve, Surface.COMMAND)
    order = SetDigest(Cadence.DAILY, at=time(8))
    team.charter.own_digests.set(actor, SetOwnDigest(order))
    [sent] = digests(until(team, TUESDAY), "w0eve")
    assert "new project (by Ana Sample)" in sent.text


def test_d3_why_it_came_is_told(team: Team) -> None:
    staffed(team)
    own(team, "bea")
    [sent] = digests(until(team, TUESDAY), "bea")
    told = team.charter.reasons.latest(team.actor("bea"), Place())
    assert told.sent[0].key == sent.key
    assert not told.sent[0].is_routed
