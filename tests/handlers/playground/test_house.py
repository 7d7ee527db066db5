"""The playground put together: the real bot, a clock that moves, and a small world outside."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.settings import Settings
from bot.sources import sources
from bot.sources.base import Checks, PullRequest, PullState, Review, Run, RunState, Source
from handlers.playground.house import House, tries
from handlers.playground.outside import followed, pointed_at
from storage import uptimes

DAY = timedelta(days=1)


STARTED = time.monotonic()
TUESDAY = datetime(2026, 11, 24, 6, tzinfo=UTC)


def now() -> datetime:
    """A real clock, on a Tuesday morning in Europe."""
    return TUESDAY + timedelta(seconds=time.monotonic() - STARTED)


def opened(url: str) -> House:
    return House(url, Settings.read({"host": "127.0.0.1", "port": 0}), now)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """No source but the recorded ones, whatever the environment names."""
    for name in list(os.environ):
        if name.startswith(("GITHUB_", "MLFLOW_")):
            monkeypatch.delenv(name)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/playground.db"


@pytest.fixture
def house(url: str) -> Iterator[House]:
    house = opened(url)
    yield house
    house.close()


def moved(house: House, by: timedelta) -> None:
    house.clock.move(house.clock() + by, house.heartbeat)


def test_the_bot_lives_in_the_time_that_the_clock_was_moved_to(house: House) -> None:
    moved(house, 2 * DAY)
    bea = house.double.person("bea")
    message = bea.says("@Charter who owns the data pipeline?", "proj-berth")
    assert abs(float(message.ts) - (now() + 2 * DAY).timestamp()) < 60
    answer = bea.hears("Bea Lind", "proj-berth", message, after=message)
    assert float(answer.ts) > float(message.ts)
    assert house.double.late_acks == []
    with house.records.database.read() as session:
        assert uptimes.downs(session, house.talking.workspace, now() - DAY) == ()


def test_a_standup_comes_to_everybody_at_their_own_time(house: House) -> None:
    nia = house.double.person("nia")
    nia.slash("/charter standup", "proj-berth")
    nia.gets_modal("Standup")
    nia.fills({"Days": [str(day) for day in range(7)], "Time": "09:30"})
    assert nia.submits() is None
    nia.hears("every day at 09:30", "proj-berth")
    before = house.clock()
    moved(house, DAY)
    for name in ("nia", "ivo", "cy", "tariq"):
        person = house.double.person(name)
        asked = [m for m in person.sees() if m.said.startswith("Standup of Berth Planner")]
        times = [datetime.fromtimestamp(float(m.ts), ZoneInfo(person.user.tz)) for m in asked]
        assert [(at.hour, at.minute) for at in times] == [(9, 30)], name
    reports = [m for m in nia.sees("proj-berth") if m.said.startswith("Standup of Berth Planner")]
    assert len(reports) == 1
    assert before.timestamp() < float(reports[0].ts) < house.clock().timestamp()
    assert house.double.problems == []


def test_the_time_stays_when_the_house_is_opened_again(url: str) -> None:
    house = opened(url)
    moved(house, 3 * DAY)
    ivo = house.double.person("ivo")
    ivo.slash("/charter stage modelling blocked: no GPUs", "proj-berth")
    ivo.hears("in progress → blocked", "proj-berth")
    then = house.clock() - timedelta(minutes=1)
    house.close()
    again = opened(url)
    try:
        assert again.clock() >= then
        assert again.clock() < then + timedelta(minutes=5)
    finally:
        again.close()


def test_questions_are_answered_after_the_house_was_opened_again(url: str) -> None:
    for _ in range(2):
        house = opened(url)
        try:
            bea = house.double.person("bea")
            asked = bea.says("@Charter who owns the data pipeline?", "proj-berth")
            bea.hears("Bea Lind", "proj-berth", asked, after=asked)
            dm = bea.dms("who owns the data pipeline?")
            bea.hears("Berth Planner", after=dm)
        finally:
            house.close()


def test_a_record_without_moves_goes_by_the_real_clock(url: str) -> None:
    opened(url).close()
    house = opened(url)
    try:
        assert abs(house.clock() - now()) < timedelta(minutes=1)
    finally:
        house.close()


@pytest.fixture
def outside(house: House) -> Iterator[tuple[Source, ...]]:
    found = sources(pointed_at(Settings.read({}), house.address), None, house.clock)
    yield found
    for source in found:
        source.close()


def test_what_can_be_tried_is_there(house: House, outside: tuple[Source, ...]) -> None:
    github, mlflow = outside
    tried = tries(house.address)
    pull = github.recognises(tried["pull_request"])
    run = mlflow.recognises(tried["run"])
    assert pull is not None
    assert run is not None
    seen = github.fetch([pull])[pull]
    assert isinstance(seen, PullRequest)
    assert (seen.review, seen.checks) == (Review.CHANGES_REQUESTED, Checks.FAILING)
    assert not seen.private
    found = mlflow.fetch([run])[run]
    assert isinstance(found, Run)
    assert (found.state, found.metrics["mae"]) == (RunState.RUNNING, 6.9)
    moved(house, 2 * DAY)
    later = github.fetch([pull], {pull: seen})[pull]
    assert isinstance(later, PullRequest)
    assert (later.state, later.review) == (PullState.MERGED, Review.APPROVED)
    moved(house, timedelta(hours=1))
    assert github.fetch([pull], {pull: later}) == {}
    finished = mlflow.fetch([run])[run]
    assert isinstance(finished, Run)
    assert (finished.state, finished.metrics["mae"]) == (RunState.FINISHED, 4.8)


def test_a_card_moves_with_the_clock(house: House) -> None:
    bea = house.double.person("bea")
    tried = tries(house.address)
    said = bea.says(f"please look at {tried['pull_request']}", "proj-berth")
    bea.hears("Wind features", "proj-berth", said, after=said)
    ran = bea.says(tried["run"], "proj-berth")
    bea.hears("gbm-tide-wind", "proj-berth", ran, after=ran)
    moved(house, 2 * DAY)
    bea.hears("Merged", "proj-berth", said, after=said)
    # One message a second in a channel: the second card comes up to a second later.
    bea.hears("4.8", "proj-berth", ran, after=ran)
    assert len(bea.sees("proj-berth", ran)) == 2
    assert house.double.problems == []


@pytest.mark.timeout(300)
def test_the_recorded_work_comes_to_a_project_by_itself(house: House) -> None:
    bea = house.double.person("bea")
    bea.slash("/charter burn-up", "proj-berth")
    shown = bea.hears("Metrics of Berth Planner", "proj-berth")
    assert "at this slope the target is met on" in shown.said
    moved(house, 2 * DAY)
    card = bea.hears("Hourly loads instead of nightly", "proj-berth")
    assert "stage Data pipeline" in card.said
    assert "Linked by: files in data/" in card.said
    reached = bea.hears("Target reached", "proj-berth")
    assert "the target 5.0 is reached, from 11.5" in reached.said
    promoted = house.double.person("cy").hears("berth-arrival")
    assert "champion" in promoted.said
    asked = bea.hears("asks for your review")
    assert "Hourly loads instead of nightly" in asked.said
    assert house.double.problems == []


@pytest.mark.timeout(300)
def test_whoever_works_without_a_letter_hears_of_it_on_monday(url: str) -> None:
    sunday = datetime(2026, 11, 29, 22, tzinfo=UTC)
    settings = Settings.read({"host": "127.0.0.1", "port": 0})
    house = House(url, settings, lambda: sunday + (now() - TUESDAY))
    try:
        moved(house, timedelta(hours=12))
        told = house.double.person("leo").hears("you hold no letter there")
        assert "Data pipeline of Berth Planner" in told.said
    finally:
        house.close()


def test_nothing_is_followed_where_real_servers_are_set() -> None:
    address = "http://127.0.0.1:3000"
    real = Settings.read(
        {"github_token": "not-a-real-one", "mlflow_tracking_uri": "http://127.0.0.1:5000"}
    )
    assert list(followed(pointed_at(real, address), address)) == []
    ours = list(followed(pointed_at(Settings.read({}), address), address))
    assert sorted({order.where for order in ours}) == [
        f"{address}/github/tern/berth-planner",
        f"{address}/mlflow/#/experiments/1",
    ]


def test_both_servers_answer_the_doctor(outside: tuple[Source, ...]) -> None:
    github, mlflow = outside
    assert github.answers() == "5,000 of 5,000 requests left this hour"
    assert mlflow.answers() == "version 3.17.2"
