"""A channel gets its digest: set by a command, previewed, posted in time, and pressed on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from handlers.playground.double import Double, Message
from handlers.service import Charter, services
from handlers.slack import Slack
from handlers.talking import build
from handlers.tenants import One
from handlers.timers import Heartbeat
from storage.database import Database
from tests.handlers.talk import new_project, reached, typed

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


@dataclass(slots=True)
class Day:
    """Charter at work, and the clock of its workspace, which a test moves."""

    charter: Charter
    heartbeat: Heartbeat
    workspace: Double
    team: int
    now: datetime = MONDAY

    def comes(self, moment: datetime) -> None:
        """Time passes, with everything that is due on the way."""
        while (due := self.heartbeat.next_due()) is not None and due <= moment:
            self.now = max(self.now, due) + timedelta(seconds=2)
            self.heartbeat.settle()
        self.now = moment

    def digests(self, who: str = "ana", channel: str = "ml-fraud") -> list[Message]:
        seen = self.workspace.person(who).sees(channel)
        return [said for said in seen if not said.only_for and "digest of" in said.said]


@pytest.fixture
def day(database: Database, workspace: Double, slack: Slack, transport: str) -> Iterator[Day]:
    made: list[Day] = []

    def clock() -> datetime:
        return made[0].now if made else MONDAY

    charter = services(database, clock)
    workspace.space.clock = clock
    built = build(charter, One(slack), clock)
    heartbeat = Heartbeat(charter, slack, built.workspace, clock)
    made.append(Day(charter, heartbeat, workspace, built.workspace))
    with reached(built, workspace, database, transport):
        yield made[0]
    heartbeat.close()
    assert workspace.problems == []


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_a_week_of_digests(workspace: Double, day: Day) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    shown = typed(bea, "digest daily at 9:30")
    assert shown.only_for == bea.id
    # A channel has no zone: it is the one of whoever sets it, which is said.
    assert "daily from Monday to Friday at 09:30 (Europe/Stockholm)" in shown.said
    assert "The next one: Tuesday 2026-11-24, 09:30 (Europe/Stockholm)" in shown.said
    typed(ana, "raci data pipeline A @Bea Lind")
    typed(ana, "stage data pipeline blocked: no export yet")

    bea.presses(shown, "Preview")
    preview = bea.hears("Only you see it", "ml-fraud")
    assert preview.only_for == bea.id
    assert day.digests() == []
    day.comes(at(24, 8, 35))
    [first] = day.digests()
    assert "no export yet – owner Bea Lind, 1 working day, since 2026-11-23" in first.said
    assert "accountable vacant (Data Engineer) → Bea Lind (by Ana Silva)" in first.said

    # Nothing happens on Tuesday and Wednesday; on Thursday the blocker is three days old.
    day.comes(at(25, 12))
    assert len(day.digests()) == 1
    day.comes(at(26, 12))
    assert "3 working days" in day.digests()[-1].said
    assert len(day.digests()) == 2

    ana.presses(first, "Show")
    assert ana.hears("is led by Ana Silva", "ml-fraud").only_for == ana.id
    ana.presses(first, "Assign Data pipeline")
    ana.gets_modal("Assign")

    bea.presses(typed(bea, "digest off"), "Undo")
    back = bea.hears("Taken back", "ml-fraud")
    assert "gets a digest daily" in back.said
    assert back.only_for == bea.id
    off = typed(bea, "digest off")
    assert "gets no digest" in off.said
    typed(ana, "stage data pipeline done")
    day.comes(at(30, 12))
    assert len(day.digests()) == 2


def test_d3_a_digest_of_ones_own_comes_by_direct_message(workspace: Double, day: Day) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    shown = typed(ana, "digest me daily at 8:00")
    assert shown.only_for == ana.id
    assert "You get a digest daily from Monday to Friday at 08:00 (local time)" in shown.said
    ana.presses(shown, "Undo")
    assert "You get no digest of your own" in ana.hears("Taken back", "ml-fraud").said
    typed(ana, "digest me daily at 8:00")
    preview = typed(ana, "digest me preview")
    assert preview.only_for == ana.id
    assert "new project" in preview.said
    day.comes(at(24, 8, 5))
    told = [one for one in ana.sees() if "Your daily digest" in one.said]
    assert len(told) == 1
    ana.presses(told[0], "Why?")
    assert "/charter digest me tells how it is set" in ana.hears("You wanted a digest").said


def test_digests_are_set_in_a_form(workspace: Double, day: Day) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    ana.slash("/charter digest set", "ml-fraud")
    ana.gets_modal("Digest")
    ana.fills({"How often": "daily", "Days": ["0"]})
    assert ana.submits() == {
        "days": "Tick two days or more for daily, and one day for what comes by the week or on its "
        "first, second, third, fourth or last day of a month."
    }
    ana.fills({"How often": "monthly", "In a month": "working/-1", "Time": "16:00"})
    assert ana.submits() is None
    shown = ana.hears("monthly on the last working day at 16:00 (Europe/Lisbon)", "ml-fraud")
    ana.presses(shown, "Change")
    ana.gets_modal("Digest")
    ana.fills({"Where nothing has changed": ["yes"]})
    assert ana.submits() is None
    assert ana.hears("with a heartbeat", "ml-fraud").only_for == ana.id
    ana.opens_home()
    ana.presses(ana.gets_home("Hello"), "My digest")
    ana.gets_modal("Digest")
    assert ana.submits() is None
    told = ana.hears("You get a digest weekly on Monday at 09:00 (local time)")
    assert "The next one: Monday 2026-11-30, 09:00 (Europe/Lisbon)" in told.said


def test_a_preview_is_what_is_posted_then(workspace: Double, day: Day) -> None:
    new_project(workspace)
    typed(workspace.person("ana"), "digest weekly Tuesday at 12 in Berlin")
    day.comes(at(24, 10, 59))
    preview = typed(workspace.person("cy"), "digest preview")
    day.comes(at(24, 11, 1))
    [posted] = day.digests()
    assert preview.said.partition("\n")[2] == posted.said


def test_elsewhere_it_tells_of_every_public_project(workspace: Double, day: Day) -> None:
    ana = workspace.person("ana")
    workspace.add_channel("general", id="C0GENERAL")
    new_project(workspace)
    shown = typed(ana, "digest daily in Asia/Kolkata", "general")
    assert "No project is bound to it, so it is told of all public ones" in shown.said
    day.comes(at(24, 4))
    [told] = day.digests(channel="general")
    assert "Daily digest of all public projects" in told.said
    assert "Fraud Radar" in told.said


def test_a_channel_that_turned_public_is_looked_at_before_anything_is_said(
    workspace: Double, day: Day
) -> None:
    ana = workspace.person("ana")
    workspace.add_channel("secret", id="C0SECRET", is_private=True)
    new_project(workspace, "Hush", "secret")  # private, as is usual in a private channel
    assert "It is told of Hush" in typed(ana, "digest daily", "secret").said
    workspace.change_channel("secret", is_private=False)
    day.comes(at(24, 12))
    assert day.digests(channel="secret") == []
    [(key, why)] = day.charter.outbox.waiting(day.team).dead
    assert key.startswith("digest/")
    assert why == "the channel is not private any more"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("digest daily at noon", "I cannot take “noon” as a time of the day"),
        ("digest weekly Noday", "I cannot take “Noday” as a day of the week"),
        ("digest daily in Atlantis", "I do not know the time zone “Atlantis”"),
        ("digest off", "This channel gets no digest"),
    ],
)
def test_what_cannot_be_taken_is_told(
    workspace: Double, day: Day, command: str, words: str
) -> None:
    assert words in typed(workspace.person("ana"), command).said
