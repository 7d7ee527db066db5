"""While too much waits for a thread, whoever asks is told that Charter is busy, and nothing is
lost: not what was typed into a form, nor what Slack brings again.
"""

import threading

import pytest

from handlers.playground.double import PATIENCE, Double, Person
from handlers.pools import MOST_UNTOLD, MOST_WAITING, Listeners, Pool
from handlers.talking import Talking
from tests.handlers.talk import runner_of, typed

BUSY = (
    "I am busy just now, with more than I can answer in time, so nothing was done: wait a moment, "
    "then try again."
)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
both_ways = pytest.mark.parametrize("transport", ["http", "socket"], indirect=True)


@pytest.fixture
def listeners(talking: Talking) -> Listeners:
    """Charter's threads; the test says how much may wait for them."""
    found = runner_of(talking).listener_executor
    assert isinstance(found, Listeners)
    return found


def test_what_waits_is_counted_until_a_thread_is_free() -> None:
    free = threading.Event()
    pool = Pool(1, "one", 2)
    begun = threading.Event()

    def hold() -> bool:
        begun.set()
        return free.wait(PATIENCE)

    held = pool.submit(hold)
    assert begun.wait(PATIENCE)
    assert not pool.is_full, "what runs does not wait"
    first = pool.submit(int, "1")
    assert not pool.is_full
    second = pool.submit(int, "2")
    assert pool.is_full
    free.set()
    assert (held.result(), first.result(), second.result()) == (True, 1, 2)
    assert not pool.is_full
    pool.shutdown()


@on_sqlite
@both_ways
def test_the_excess_is_told_at_once_and_answered_when_it_comes_again(
    workspace: Double, listeners: Listeners, ana: Person
) -> None:
    bea = workspace.person("bea")
    pressed = ana.sees("ml-fraud")[-1]
    listeners.most = 0
    told = typed(bea, "list")
    assert (told.text, told.only_for) == (BUSY, bea.id)
    said = ana.says("@Charter who owns the data pipeline?", "ml-fraud")
    whispered = ana.hears(BUSY, "ml-fraud", after=said)
    assert whispered.only_for == ana.id
    assert ana.hears(BUSY, after=ana.dms("who owns the data pipeline?")).text == BUSY
    ana.presses(pressed, "Undo")
    assert ana.hears(BUSY, "ml-fraud", after=whispered).only_for == ana.id
    assert workspace.unacked == []
    listeners.most = MOST_WAITING
    assert "Fraud Radar" in typed(bea, "list").text


@on_sqlite
@both_ways
def test_a_form_keeps_what_was_typed(workspace: Double, listeners: Listeners, ana: Person) -> None:
    ana.slash("/charter new Churn Radar", "ml-fraud")
    ana.gets_modal("New project")
    ana.fills({"How you work": "Start-up"})
    listeners.most = 0
    ana.submits()
    assert BUSY in ana.gets_modal("Charter").said
    listeners.most = MOST_WAITING
    ana.closes()
    kept = ana.gets_modal("New project")
    assert kept.values["mode"]["value"]["selected_option"]["value"] == "startup"
    assert ana.submits() is None
    assert ana.hears("Churn Radar stands", "ml-fraud").only_for == ana.id


@on_sqlite
@pytest.mark.parametrize("transport", ["http"], indirect=True)
def test_slack_brings_again_what_nobody_waits_for_and_what_could_not_be_told(
    workspace: Double, listeners: Listeners, ana: Person
) -> None:
    listeners.most = listeners.tellers.most = 0
    ana.opens_home()
    said = ana.says("@Charter who owns the data pipeline?", "ml-fraud")
    assert [one.attempt for one in workspace.unacked] == [0, 0]
    listeners.most, listeners.tellers.most = MOST_WAITING, MOST_UNTOLD
    workspace.retry_events()
    assert workspace.unacked == []
    assert "Ana Silva" in ana.hears("", "ml-fraud", said, after=said).text
    assert ana.gets_home().said
