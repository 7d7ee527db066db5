"""What is kept of a person: shown to them, taken away on request, and not kept for ever."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Text, cast, select, update
from sqlmodel import SQLModel

from bot.cadence import Cadence
from bot.errors import Forbidden, Refused, Why
from bot.exports import unpacked
from bot.exports.material import PORTFOLIO
from bot.orders import (
    Assign,
    EndAway,
    LinkNames,
    MergePeople,
    Move,
    SetAway,
    SetBrief,
    SetDigest,
    SetMilestone,
    SetOwnDigest,
    SetRegion,
    SetScope,
    SetZone,
)
from bot.people import Actor, Profile, Surface
from bot.project import Letter, PersonHolder, Status, Vacancy
from handlers.service.exports import Subject
from storage import audit, ledger, outbox
from storage.tables import (
    AbsenceRow,
    AuditRow,
    AuditTextRow,
    BriefPlanRow,
    DigestPlanRow,
    ExportBaseRow,
    OutboxRow,
    PersonRow,
    ScheduleRow,
    StandupRow,
    columns,
    table_of,
)
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team

A = Letter.A


def operator(team: Team) -> Actor:
    return Actor(team.workspace, None, Surface.CLI, is_admin=True)


def gives(team: Team, first: str, item: str, by: str = "ana") -> None:
    order = Assign(item, (A,), first, "Atlas", hand_over=True, unasked="sorted out")
    team.charter.raci.assign(team.actor(by), order, ELSEWHERE)


def says(team: Team, day: date, text: str, first: str = "Bea") -> None:
    """A standup of somebody's, with a line of the record that holds its words."""
    person = team.person(first)
    with team.database.begin() as session:
        entry = StandupRow(
            workspace_id=team.workspace,
            project_id=1,
            person_id=person.id,
            day=day,
            state="posted",
            today=text,
            answers=[["What comes next?", text]],
            recorded_at=team.now,
            source="modal",
        )
        session.add(entry)
        session.flush()
        with ledger.opened(session, team.actor(first), team.now) as book:
            change = {"id": entry.id, "before": {}, "after": {"today": text}}
            book.note("StandupAnswered", change, "", project=1, moves=False)


def a_life(team: Team) -> None:
    """Bea has been here: letters, words of hers and about her, names elsewhere, messages."""
    team.atlas()
    gives(team, "Bea", "data pipeline")
    gives(team, "Cy", "data quality", by="bea")
    ana = team.actor("ana")
    link = LinkNames("Bea", (("github", "bea-x"), ("email", "bea@acme.example")))
    team.charter.identities.link(ana, link, ELSEWHERE)
    note = "waits for Bea Sample, ask bea@acme.example or <@UBEA>"
    team.charter.stages.move(ana, Move("modelling", Status.BLOCKED, note, "Atlas"), HERE)
    team.charter.scopes.scope(
        ana, SetScope("problem", "What Bea Sample saw in March", "Atlas"), HERE
    )
    planned = SetMilestone("Handbook of Bea Sample", date(2027, 1, 15), project="Atlas")
    team.charter.milestones.set(ana, planned, HERE)
    says(team, date(2026, 11, 20), "Bea was here")
    renamed = Profile("UBEA", "Bea Lindqvist", "Bea", "Europe/Berlin", email="bea@acme.example")
    team.charter.people.learned(team.workspace, renamed)
    with team.database.begin() as session:
        outbox.say(session, team.workspace, "dm", "UBEA", "Good morning, Bea", [], team.now)
        sent = columns(OutboxRow)
        arrived = update(table_of(OutboxRow)).where(sent.key == "dm")
        session.execute(arrived.values(sent_version=sent.version, sent_at=team.now))
        named = [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "UBEA"}]}]
        told = [{"type": "rich_text", "elements": named}]
        outbox.say(session, team.workspace, "c", "C0ATLAS", "Bea Sample knows", told, team.now)
    team.wait(hours=1)


def all_words(team: Team) -> str:
    """Every text in the database."""
    with team.database.read() as session:
        return "\n".join(
            str(value)
            for table in SQLModel.metadata.sorted_tables
            for row in session.execute(select(*(cast(column, Text) for column in table.columns)))
            for value in row
        )


def test_a7_a_person_is_erased_everywhere_and_the_record_stays_whole(team: Team) -> None:
    a_life(team)
    bea = team.person("Bea")
    with team.database.read() as session:
        before = session.execute(
            select(columns(AuditRow).seq, columns(AuditRow).hash).order_by(columns(AuditRow).seq)
        ).all()
    done = team.charter.personal.erase(team.actor("ana"), "Bea Lindqvist", "asked for it")
    assert (done.name, done.standups, done.shared) == ("former member 1", 1, ())
    words = all_words(team)
    for gone in ("Bea Sample", "Bea Lindqvist", "bea-x", "bea@acme.example", "UBEA", "was here"):
        assert gone not in words, gone
    assert "waits for former member 1, ask former member 1 or former member 1" in words
    assert "accountable: vacant (Data Engineer) → former member 1" in words
    with team.database.read() as session:
        said = outbox.keyed(session, team.workspace, "c")
        assert outbox.keyed(session, team.workspace, "dm") is None
    assert said is not None
    assert said.text == "former member 1 knows"
    [section] = said.blocks[0]["elements"]
    assert section["elements"] == [{"type": "text", "text": "former member 1"}]
    with team.database.read() as session:
        verified = audit.verify(session)
        after = session.execute(
            select(columns(AuditRow).seq, columns(AuditRow).hash).order_by(columns(AuditRow).seq)
        ).all()
    assert verified.faults == ()
    assert after[: len(before)] == before
    shown = team.charter.projects.row(team.actor("ana"), "data pipeline", "Atlas", ELSEWHERE)
    assert shown.item is not None
    [vacant] = [held.holder for held in shown.item.assignments if held.letter is A]
    assert isinstance(vacant, Vacancy)
    last = shown.item.last_accountable
    assert last is not None
    assert (last.holder, last.until) == (PersonHolder(bea.id), team.now)
    assert shown.people[bea.id].name == "former member 1"
    assert team.charter.people.known(team.workspace, "UBEA") is None
    shown = team.charter.projects.row(team.actor("ana"), "modelling", "Atlas", ELSEWHERE)
    assert shown.item is not None
    assert "former member 1" in (shown.item.note or "")


def test_a7_days_away_zone_and_holidays_are_erased_and_what_came_by_itself_ends(
    team: Team,
) -> None:
    team.atlas()
    bea, today, charter = team.actor("bea"), team.now.date(), team.charter
    charter.presences.set_region(bea, SetRegion("DE-BY"))
    charter.presences.set_zone(bea, SetZone("America/New_York"))
    charter.presences.set_away(bea, SetAway(today, today + timedelta(days=3)))
    charter.presences.end_away(bea, EndAway())
    daily = SetDigest(Cadence.DAILY)
    charter.own_digests.set(bea, SetOwnDigest(daily))
    charter.brief_plans.set(bea, SetBrief(daily, own=True), ELSEWHERE)
    key = team.person("bea").id

    def kept() -> list[str]:
        """What tells where they live, when they were away, and what comes to them."""
        profile, line, words = columns(PersonRow), columns(AuditRow), columns(AuditTextRow)
        mine = [
            (columns(AbsenceRow).person_id, ()),
            (columns(ScheduleRow).person_id, ()),
            (columns(DigestPlanRow).person_id, (columns(DigestPlanRow).until.is_(None),)),
            (columns(BriefPlanRow).person_id, (columns(BriefPlanRow).until.is_(None),)),
        ]
        said = ("ZoneSet", "RegionSet", "AbsenceSet", "AbsenceEnded")
        asked = [
            select(profile.id).where(profile.id == key, profile.own_zone != ""),
            select(profile.id).where(profile.id == key, profile.zone_since.is_not(None)),
            select(profile.id).where(profile.id == key, profile.holiday_region != ""),
            *(select(column).where(column == key, *open_ones) for column, open_ones in mine),
            select(line.action)
            .join(table_of(AuditTextRow), words.audit_id == line.id)
            .where(line.action.in_(said))
            .order_by(line.seq),
        ]
        with team.database.read() as session:
            return [str(one) for each in asked for one in session.execute(each).scalars()]

    said = ["RegionSet", "ZoneSet", "AbsenceSet", "AbsenceEnded"]
    assert kept() == [*[str(key)] * 8, *said]  # two schedules
    charter.personal.erase(team.actor("ana"), "<@UBEA>")
    assert kept() == []
    with team.database.read() as session:
        assert audit.verify(session).faults == ()


def test_a7_who_is_erased_is_erased_with_the_accounts_that_turned_out_to_be_theirs(
    team: Team,
) -> None:
    """All that stays with such an account where both have one: it is theirs all the same."""
    a_life(team)
    charter, ana, day = team.charter, team.actor("ana"), team.now.date() - timedelta(days=1)
    twin = Profile("UBEA2", "Bea Lindqvist", "Bea", "Europe/Berlin", email="bea2@acme.example")
    charter.people.learned(team.workspace, twin)
    says(team, day, "Bea at her second desk", first="bea2")
    says(team, day, "Cy was there too", first="Cy")
    for first in ("cy", "bea2"):
        daily = SetDigest(Cadence.DAILY)
        charter.own_digests.set(team.actor(first), SetOwnDigest(daily))
        charter.brief_plans.set(team.actor(first), SetBrief(daily, own=True), ELSEWHERE)
    keys = {team.person(one).id for one in ("Bea", "bea2", "Cy")}
    charter.identities.merge(ana, MergePeople("<@UBEA>", "<@UBEA2>"), ELSEWHERE)
    charter.identities.merge(ana, MergePeople("<@UBEA2>", "Cy Sample"), ELSEWHERE)
    done = charter.personal.erase(ana, "Cy Sample")
    assert (done.name, done.standups, done.shared) == ("former member 1", 3, ())
    words = all_words(team)
    for gone in ("Bea Sample", "Bea Lindqvist", "Cy Sample", "acme.example", "UBEA", "UCY"):
        assert gone not in words, gone
    for gone in ("second desk", "was there too", "Bea was here"):
        assert gone not in words, gone
    profile = columns(PersonRow)
    own = (DigestPlanRow, BriefPlanRow)
    with team.database.read() as session:
        left = session.execute(
            select(profile.name, profile.key, profile.erased_at)
            .where(profile.id.in_(keys))
            .order_by(profile.key)
        )
        found = [tuple(row) for row in left]
        open_ones = [
            key
            for table in own
            for key in session.execute(
                select(columns(table).person_id).where(columns(table).until.is_(None))
            ).scalars()
        ]
        assert audit.verify(session).faults == ()
    assert found == [
        ("former member 1", key, team.now)
        for key in ("former_member_1", "former_member_1_2", "former_member_1_3")
    ]
    assert open_ones == []
    charter.people.learned(team.workspace, Profile("UEVE", "Eve Sample", "Eve", "UTC"))
    assert charter.personal.erase(ana, "Eve Sample").name == "former member 2"


def test_a7_what_is_kept_of_exports_names_nobody_who_is_erased(team: Team) -> None:
    a_life(team)
    team.charter.exports.made(team.actor("ana"), Subject(PORTFOLIO), ELSEWHERE)

    def kept() -> str:
        with team.database.read() as session:
            [base] = session.scalars(select(columns(ExportBaseRow).packed)).all()
        return str(unpacked(base))

    assert "Bea Lindqvist" in kept()
    team.charter.personal.erase(team.actor("ana"), "Bea Lindqvist")
    assert "Bea Lindqvist" not in kept()
    assert "former member 1" in kept()


def test_a7_what_was_replaced_cannot_be_replaced_once_more(team: Team) -> None:
    a_life(team)
    team.charter.personal.erase(team.actor("ana"), "Bea Lindqvist")
    text = table_of(AuditTextRow)
    with team.database.begin() as session:
        session.execute(
            update(text)
            .where(text.c.redacted_by.is_not(None))
            .values(summary=text.c.summary + " by the boss")
        )
    with team.database.read() as session:
        faults = audit.verify(session).faults
    assert faults != ()
    assert {one.what for one in faults} == {"its words were changed"}


def test_a7_words_cannot_be_called_replaced_where_no_line_says_so(team: Team) -> None:
    a_life(team)
    text = table_of(AuditTextRow)
    with team.database.begin() as session:
        last = session.execute(select(columns(AuditRow).seq).order_by(columns(AuditRow).seq.desc()))
        top = last.scalars().first()
        session.execute(
            update(text).where(text.c.audit_id == 3).values(summary="forged", redacted_by=top)
        )
    with team.database.read() as session:
        assert [one.seq for one in audit.verify(session).faults] == [3]


def test_a7_a_second_erasure_has_the_next_name_and_keeps_the_first(team: Team) -> None:
    a_life(team)
    team.charter.personal.erase(team.actor("ana"), "Bea Lindqvist")
    done = team.charter.personal.erase(team.actor("ana"), "Cy Sample")
    assert done.name == "former member 2"
    with team.database.read() as session:
        assert audit.verify(session).faults == ()
    assert "Cy Sample" not in all_words(team)


def test_a7_the_name_of_a_namesake_stays_theirs(team: Team) -> None:
    team.atlas()
    twin = Profile("UBEA2", "Bea Sample", "Bea", "Europe/Berlin")
    other = team.charter.people.learned(team.workspace, twin)
    gives(team, "<@UBEA2>", "data quality")
    gives(team, "<@UBEA>", "data pipeline")
    done = team.charter.personal.erase(team.actor("ana"), "<@UBEA>")
    assert done.shared == ("Bea Sample",)
    words = all_words(team)
    assert "→ Bea Sample" in words
    assert "→ former member 1" in words
    known = team.charter.people.known(team.workspace, "UBEA2")
    assert known is not None
    assert (known.id, known.name) == (other.id, "Bea Sample")


def test_a7_only_an_admin_erases_and_nobody_twice(team: Team) -> None:
    with pytest.raises(Forbidden):
        team.charter.personal.erase(team.actor("bea"), "Cy Sample")
    team.charter.personal.erase(team.actor("ana"), "Cy Sample")
    with pytest.raises(Refused) as refused:
        team.charter.personal.erase(team.actor("ana"), "former member 1")
    assert refused.value.why is Why.NOT_ERASABLE


def test_a7_texts_of_standups_go_when_they_are_old_and_the_days_stay(team: Team) -> None:
    team.atlas()
    today = team.now.date()
    says(team, today - timedelta(days=366), "long ago")
    says(team, today - timedelta(days=364), "not so long ago")
    team.charter.timers.stand(team.workspace)
    team.wait(hours=18)
    team.charter.timers.run_due(team.workspace)
    words = all_words(team)
    with team.database.read() as session:
        entry = columns(StandupRow)
        rows = session.execute(select(entry.day, entry.state, entry.today).order_by(entry.day))
        found = [tuple(row) for row in rows]
        verified = audit.verify(session)
    assert found == [
        (today - timedelta(days=366), "posted", None),
        (today - timedelta(days=364), "posted", "not so long ago"),
    ]
    assert "long ago" not in words.replace("not so long ago", "")
    assert verified.faults == ()
