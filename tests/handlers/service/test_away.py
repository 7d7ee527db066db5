"""Standups and those who are away: they are not asked, and they miss nothing."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select

from bot.errors import Forbidden, Refused, Why
from bot.orders import (
    Assign,
    Delegate,
    EndAway,
    NewProject,
    SetAway,
    SetZone,
)
from bot.people import Actor, Profile, Surface
from bot.presence import Absence, Half
from bot.presence.shown import Gone
from bot.project import Letter
from handlers.service.facts import FactsCache
from storage import ledger, outbox
from storage.tables import AbsenceRow, OutboxRow, StandupRow, columns
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.mailing import MONDAY, give, staffed, until
from tests.handlers.service.standup_support import ASKED, REPORTED, TUESDAY, Standup, begun

DAY = TUESDAY.date()


@pytest.fixture
def standup(team: Team) -> Standup:
    return begun(team)


def written(team: Team, name: str, first: date, last: date, half: Half = Half.DAY) -> None:
    """Days off, as a row of the record."""
    actor = Actor(team.workspace, None, Surface.CLI)
    row = {
        "workspace_id": team.workspace,
        "person_id": team.person(name).id,
        "first_day": first,
        "last_day": last,
        "half": half.value,
    }
    with (
        team.database.begin() as session,
        ledger.opened(session, actor, team.now) as book,
    ):
        book.insert("AbsenceSet", AbsenceRow, [{**row, **book.recorded()}])


def test_u3_who_is_away_is_not_asked_and_who_is_off_in_the_morning_is_asked_at_one(
    standup: Standup,
) -> None:
    written(standup.team, "bea", DAY - timedelta(days=9), DAY)
    written(standup.team, "cy", DAY, DAY, Half.MORNING)
    standup.at(ASKED)
    assert standup.entries().keys() == {"ana"}
    shown = standup.charter.standups.shown(standup.team.actor("ana"), "atlas", HERE)
    names = {standup.team.person(name).id: name for name in ("ana", "bea", "cy")}
    tomorrow = ASKED + timedelta(days=1)
    assert [(names[seat.person], seat.next_ask) for seat in shown.seats] == [
        ("cy", ASKED.replace(hour=12, minute=0)),
        ("ana", tomorrow),
        ("bea", tomorrow),
    ]
    standup.at(ASKED.replace(hour=11, minute=59))
    assert standup.entries().keys() == {"ana"}
    standup.at(ASKED.replace(hour=12, minute=0))
    assert standup.entries().keys() == {"ana", "cy"}
    standup.at(tomorrow)
    assert standup.entries(tomorrow).keys() == {"ana", "bea", "cy"}


def test_u3_who_was_asked_and_is_away_after_all_is_away_in_the_report(standup: Standup) -> None:
    standup.at(ASKED)
    written(standup.team, "bea", DAY, DAY)
    standup.answer("ana", "Labels", "Model", "none")
    standup.at(REPORTED)
    told = standup.report()[0].text
    assert "Away: Bea Sample" in told
    assert "Not answered yet: Cy Sample" in told


def test_edge_39_everybody_is_away_and_nothing_is_posted(standup: Standup) -> None:
    for name in ("ana", "bea", "cy"):
        written(standup.team, name, DAY, DAY)
    standup.at(ASKED)
    standup.at(REPORTED)
    assert standup.entries() == {}
    assert standup.report() == []


def test_days_off_that_are_long_over_weigh_on_nobody(team: Team) -> None:
    today = team.now.date()
    written(team, "bea", today - timedelta(days=90), today - timedelta(days=61))
    written(team, "bea", today - timedelta(days=60), today - timedelta(days=59))
    with team.database.read() as session:
        facts = FactsCache().current(session, team.workspace)
    bea = team.person("bea").id
    assert [one.first for one in facts.absences[bea]] == [today - timedelta(days=60)]
    assert isinstance(facts.absences[bea][0], Absence)
    assert facts.presence(team.person("ana").id).absences == ()


# What people say of their days


def test_what_waits_comes_when_somebody_is_back_and_not_while_they_are_away(team: Team) -> None:
    staffed(team)
    morning = (team.now + timedelta(days=1)).replace(hour=8, minute=0)  # nine o'clock in Berlin
    until(team, morning)
    bea, presences, row = team.actor("bea"), team.charter.presences, columns(OutboxRow)
    later = morning + timedelta(hours=2)

    def waits() -> dict[str, datetime | None]:
        asked = select(row.key, row.due_at).where(row.channel == "UBEA", row.sent_at.is_(None))
        with team.database.read() as session:
            return {key.split("/")[0]: due for key, due in session.execute(asked)}

    give(team, "R", "bea", "annotation")
    with team.database.begin() as session:
        for kind in ("ask", "urgent"):
            outbox.say(session, team.workspace, f"{kind}/1", "UBEA", "?", [], team.now, due=later)
    assert waits() == {"daily": team.now + timedelta(minutes=1), "ask": later, "urgent": later}
    presences.set_away(bea, SetAway(morning.date(), morning.date() + timedelta(days=40)))
    back = (morning + timedelta(days=41)).replace(hour=7)
    assert waits() == {"daily": back, "ask": back, "urgent": later}
    team.wait(hours=1)
    presences.end_away(bea, EndAway())
    assert waits() == {"daily": team.now + timedelta(minutes=1), "ask": team.now, "urgent": later}


def test_who_says_that_they_are_away_is_and_who_is_back_is_asked_again(standup: Standup) -> None:
    team, service = standup.team, standup.charter.presences
    team.now = TUESDAY.replace(hour=6)
    bea = team.actor("bea")
    shown = service.set_away(bea, SetAway(DAY, DAY + timedelta(days=2)))
    assert shown.days == Absence(team.person("bea").id, DAY, DAY + timedelta(days=2))
    assert shown.shown.presence.back(DAY) == DAY + timedelta(days=3)
    assert shown.offers_deputy is False
    standup.at(ASKED)
    assert standup.entries().keys() == {"ana", "cy"}
    ended = service.end_away(bea, EndAway())
    assert ended.shown.presence.off(DAY) is None
    wednesday = ASKED + timedelta(days=1)
    standup.at(wednesday)
    assert standup.entries(wednesday).keys() == {"ana", "bea", "cy"}
    with team.database.read() as session:
        [row] = session.exec(select(AbsenceRow)).all()
    assert (row.first_day, row.last_day, row.ended_on) == (DAY, DAY + timedelta(days=2), DAY)
    with pytest.raises(Refused) as caught:
        service.end_away(bea, EndAway())
    assert caught.value.why is Why.NOT_AWAY


def test_edge_26_who_answers_for_something_is_offered_a_deputy_and_nothing_happens_by_itself(
    team: Team,
) -> None:
    team.atlas()
    today = team.now.date()
    ana = team.actor("ana")
    written_off = SetAway(today, today + timedelta(days=5))
    team.charter.raci.assign(ana, Assign("modelling", (Letter.A,), "<@UANA>"), HERE)
    assert team.charter.presences.set_away(ana, written_off).offers_deputy is True
    assert team.charter.delegations.shown(ana, None, HERE).delegations == ()
    team.charter.presences.end_away(ana, EndAway())
    morning = SetAway(today, today, half=Half.MORNING)
    assert team.charter.presences.set_away(ana, morning).offers_deputy is False
    days = (today, today + timedelta(days=5))
    team.charter.delegations.set_up(ana, Delegate("<@UBEA>", *days), HERE)
    assert team.charter.presences.set_away(ana, written_off).offers_deputy is False


def test_of_others_admins_and_leads_may_say_it_and_they_hear_of_it(team: Team) -> None:
    team.charter.projects.create(team.actor("cy"), NewProject("Boreas"), ELSEWHERE)
    today = team.now.date()
    bea, cy, presences = team.person("bea"), team.actor("cy"), team.charter.presences
    of_bea = SetAway(today, today, person="<@UBEA>")
    with pytest.raises(Forbidden) as caught:
        presences.set_away(cy, of_bea)
    assert caught.value.who_can == ("Bea Sample", "Ana Sample")
    team.charter.raci.assign(cy, Assign("modelling", (Letter.R,), "<@UBEA>"), ELSEWHERE)
    with pytest.raises(Forbidden) as caught:
        presences.set_away(team.actor("dan"), of_bea)
    assert caught.value.who_can == ("Bea Sample", "Cy Sample", "Ana Sample")
    assert presences.set_away(cy, of_bea).shown.is_own is False
    team.wait(minutes=1)
    presences.end_away(team.actor("ana"), EndAway(person="<@UBEA>"))
    with pytest.raises(Forbidden):
        presences.set_away(team.actor("bea"), SetAway(today, today, person="<@UCY>"))
    with team.database.read() as session:
        mine = select(OutboxRow).where(OutboxRow.channel == bea.slack_id)
        said = session.exec(mine.order_by(col(OutboxRow.id))).all()
    told = [row.text.splitlines()[0] for row in said if row.key.startswith("away/")]
    day = f"today, {today:%A} {today.day} {today:%B}"
    assert told == [
        f"Cy Sample says that you are away {day}.",
        f"Ana Sample says that you are not away {day}.",
    ]


def test_the_list_names_those_of_ones_own_projects_and_of_a_private_one_to_its_people_alone(
    team: Team,
) -> None:
    team.atlas(private=True)
    today = team.now.date()
    for name in ("ana", "bea", "cy"):
        half = Half.AFTERNOON if name == "cy" else Half.DAY
        team.charter.presences.set_away(team.actor(name), SetAway(today, today, half=half))
    ana, bea = team.actor("ana"), team.actor("bea")
    assert team.charter.presences.listed(ana).gone == ()
    assert team.charter.presences.listed(bea) == replace(
        team.charter.presences.listed(bea), gone=(), everybody=0
    )
    team.charter.projects.create(bea, NewProject("Boreas"), ELSEWHERE)
    for name in ("ana", "cy"):
        order = Assign("modelling", (Letter.C,), f"<@U{name.upper()}>")
        team.charter.raci.assign(bea, order, ELSEWHERE)
    found = team.charter.presences.listed(bea)
    back = team.charter.presences.shown(ana, None).presence.back(today)
    assert set(found.gone) == {
        Gone(team.person("ana").id, back),
        Gone(team.person("cy").id, today, is_half=True),
    }
    assert found.everybody == 2


def test_u3_who_is_away_is_answered_and_to_a_guest_of_themselves_alone(team: Team) -> None:
    gil = Profile("UGIL", "Gil Sample", "Gil", "UTC", is_guest=True)
    team.charter.people.learned(team.workspace, gil)
    today = team.now.date()
    for name in ("bea", "gil"):
        team.charter.presences.set_away(team.actor(name), SetAway(today, today))
    told = {
        name: team.charter.questions.ask(team.actor(name), "who is away today?", HERE).people
        for name in ("cy", "gil")
    }
    bea, guest = team.person("bea").id, team.person("gil").id
    assert told == {"cy": (bea, guest), "gil": (guest,)}


# Other clocks


def moved(standup: Standup, name: str, zone: str) -> None:
    """Slack tells that somebody lives by another clock now."""
    first = name.title()
    profile = Profile(f"U{name.upper()}", f"{first} Sample", first, zone, is_admin=name == "ana")
    standup.charter.people.learned(standup.team.workspace, profile)


def asked_on(standup: Standup, name: str) -> list[tuple[str, str]]:
    """The days on which somebody was asked, and when (UTC)."""
    person = standup.team.person(name).id
    with standup.team.database.read() as session:
        rows = session.exec(
            select(StandupRow)
            .where(StandupRow.person_id == person)
            .order_by(columns(StandupRow).id)
        ).all()
    return [(row.day.strftime("%a"), f"{row.asked_at:%a %H:%M}") for row in rows]


def through(standup: Standup, first: datetime, hours: int) -> None:
    for hour in range(2 * hours):
        standup.at(first + timedelta(minutes=30 * hour))


def test_u1_a_zone_of_ones_own_goes_before_slacks_and_counts_from_the_next_day_on(
    standup: Standup,
) -> None:
    team = standup.team
    team.now = TUESDAY.replace(hour=7)
    shown = standup.charter.presences.set_zone(team.actor("bea"), SetZone("Europe/London"))
    assert (shown.person.timezone, shown.own_before) == ("Europe/London", "")
    moved(standup, "bea", "Asia/Tokyo")
    assert team.person("bea").timezone == "Europe/London"
    through(standup, TUESDAY.replace(hour=7), 48)
    assert asked_on(standup, "bea") == [("Tue", "Tue 08:30"), ("Wed", "Wed 09:30")]
    assert standup.charter.presences.set_zone(team.actor("bea"), SetZone("")).person.timezone == (
        "Asia/Tokyo"
    )


@pytest.mark.parametrize("by", ["slack", "command"])
def test_edge_38_zone_changed_at_noon_next_prompt_tomorrow_by_the_new_zone(
    standup: Standup, by: str
) -> None:
    through(standup, TUESDAY, 11)
    if by == "slack":
        moved(standup, "bea", "America/New_York")
    else:
        order = SetZone("America/New_York")
        standup.charter.presences.set_zone(standup.team.actor("bea"), order)
    through(standup, TUESDAY.replace(hour=11), 40)
    assert asked_on(standup, "bea") == [("Tue", "Tue 08:30"), ("Wed", "Wed 14:30")]
    assert passed(standup) == []


def passed(standup: Standup) -> list[str]:
    """What Bea was told of days without a standup."""
    return [text for text in standup.said_to("bea") if "Your time zone is" in text]


def test_edge_38_across_the_date_line_a_day_that_is_over_is_not_asked_and_that_is_told(
    standup: Standup,
) -> None:
    """From Los Angeles to Tokyo before breakfast: there it is Wednesday already."""
    standup.team.now = TUESDAY - timedelta(hours=12)
    moved(standup, "bea", "America/Los_Angeles")
    through(standup, TUESDAY - timedelta(hours=12), 28)
    before = [("Mon", "Mon 17:30")]
    assert asked_on(standup, "bea") == before
    moved(standup, "bea", "Asia/Tokyo")
    through(standup, TUESDAY.replace(hour=16), 33)
    assert asked_on(standup, "bea") == [*before, ("Wed", "Wed 00:30"), ("Thu", "Thu 00:30")]
    [told] = passed(standup)
    assert "Your time zone is Tokyo now, where Tuesday 24 November passed" in told
    assert "The next one comes on Wednesday 25 November at 09:30." in told


def test_edge_38_back_across_the_date_line_no_day_is_asked_twice(standup: Standup) -> None:
    """From Tokyo to Los Angeles at noon: Tuesday has been asked, and comes once more."""
    standup.team.now = TUESDAY - timedelta(hours=12)
    moved(standup, "bea", "Asia/Tokyo")
    through(standup, TUESDAY - timedelta(hours=12), 16)
    assert asked_on(standup, "bea") == [("Tue", "Tue 00:30")]
    moved(standup, "bea", "America/Los_Angeles")
    through(standup, TUESDAY.replace(hour=4), 40)
    assert asked_on(standup, "bea") == [("Tue", "Tue 00:30"), ("Wed", "Wed 17:30")]
    assert passed(standup) == []


def test_edge_38_who_moves_on_a_morning_off_is_asked_in_the_afternoon_all_the_same(
    standup: Standup,
) -> None:
    """The question waits until one o'clock by the old clock; by the new one its time is over."""
    written(standup.team, "bea", DAY, DAY, Half.MORNING)
    through(standup, TUESDAY, 10)
    assert asked_on(standup, "bea") == []
    moved(standup, "bea", "Europe/Helsinki")
    through(standup, TUESDAY.replace(hour=10), 30)
    assert asked_on(standup, "bea") == [("Tue", "Tue 12:00"), ("Wed", "Wed 07:30")]
    assert passed(standup) == []


# What can wait


def test_r9_what_can_wait_is_told_when_they_are_back(team: Team) -> None:
    team.atlas()
    team.now = MONDAY.replace(hour=9)
    leave = SetAway(MONDAY.date(), MONDAY.date() + timedelta(days=2))
    team.charter.presences.set_away(team.actor("bea"), leave)
    give(team, "A", "bea")
    sent = [one for one in until(team, MONDAY + timedelta(days=4)) if one.to == "bea"]
    assert [one.at for one in sent] == [MONDAY + timedelta(days=3, hours=7)]  # 08:00 in Berlin
