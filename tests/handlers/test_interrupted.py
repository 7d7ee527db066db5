"""Files that somebody waits for, where whoever makes them dies: the message comes to say so."""

import subprocess
import sys
from datetime import timedelta

import pytest

from bot.preparing import Preparation, What
from handlers.service import services
from handlers.service.preparing import LEASE, LOOKED_EVERY
from handlers.slack.progress import Progress
from handlers.views import exports as views
from storage.database import Database
from tests.handlers.mornings import Morning

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

MAKES = """
import sys
from datetime import datetime
from bot.preparing import Preparation, What
from handlers.service.preparing import Preparations
from storage.database import Database

url, now, workspace, what, channel, ts = sys.argv[1:]
made = Preparations(Database(url), lambda: datetime.fromisoformat(now))
with made.held(Preparation(int(workspace), What(what), channel, ts)):
    print("in hand", flush=True)
    sys.stdin.read()
"""
"""Another process that prepares a file, and takes its time."""


def begun(morning: Morning) -> Progress:
    talking, ana = morning.talking, morning.person("ana")
    return Progress.begun(talking.slack, ana.id, views.preparing("Portfolio"))


def says(morning: Morning, progress: Progress) -> str:
    ana = morning.person("ana")
    return next(one.said for one in ana.sees() if one.ts == progress.ts)


def beat(morning: Morning, after: timedelta) -> None:
    morning.clock.now += after
    morning.settle()


@on_sqlite
@pytest.mark.slow
def test_whoever_waits_for_a_file_is_told_that_it_was_interrupted_by_a_kill(
    morning: Morning, database_url: str
) -> None:
    progress, workspace = begun(morning), morning.talking.workspace
    asked = [database_url, morning.clock().isoformat(), str(workspace), What.EXPORT]
    makes = subprocess.Popen(
        [sys.executable, "-c", MAKES, *asked, progress.channel, progress.ts],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with makes:
        assert makes.stdout is not None
        assert makes.stdout.readline() == "in hand\n"
        beat(morning, LEASE - timedelta(seconds=1))
        assert says(morning, progress) == "Preparing the workbook Portfolio …"
        makes.kill()
    beat(morning, LOOKED_EVERY)
    words = "I was interrupted while I prepared this file. If it has not come, ask for it again: "
    assert says(morning, progress) == f"{words}/charter export."
    number = len(morning.workspace.calls)
    beat(morning, LEASE + LOOKED_EVERY)
    assert len(morning.workspace.calls) == number, "it is said once"


def test_of_ones_own_data_it_is_said_otherwise_how_to_ask_again() -> None:
    assert "/charter person export" in views.interrupted(What.OWN_DATA).text


@on_sqlite
def test_what_is_still_being_made_is_left_alone_however_long_it_takes(
    morning: Morning, database: Database
) -> None:
    """And what is done is nobody's any more."""
    progress, workspace = begun(morning), morning.talking.workspace
    one = Preparation(workspace, What.EXPORT, progress.channel, progress.ts)
    other = services(database, morning.clock).preparations
    with morning.charter.preparations.held(one):
        for _ in range(8):
            beat(morning, LOOKED_EVERY)
            assert other.look(workspace) == []
    beat(morning, 2 * LEASE)
    assert other.look(workspace) == []
    assert says(morning, progress) == "Preparing the workbook Portfolio …"


def test_one_of_two_that_live_tells_it_and_a_clock_that_was_ahead_holds_nothing_up(
    morning: Morning, database: Database
) -> None:
    progress, workspace = begun(morning), morning.talking.workspace
    one = Preparation(workspace, What.EXPORT, progress.channel, progress.ts)
    dead = services(database, lambda: morning.clock() + timedelta(days=2)).preparations
    gone = dead.held(one)
    gone.__enter__()
    first, second = (services(database, morning.clock).preparations for _ in range(2))
    assert (first.look(workspace), second.look(workspace)) == ([one], [])
    morning.clock.now += LEASE  # Slack did not take what was said
    assert (second.look(workspace), first.look(workspace)) == ([one], [])
    second.told(one)
    morning.clock.now += 2 * LEASE
    assert (first.look(workspace), second.look(workspace)) == ([], [])
