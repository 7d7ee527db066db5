"""Acknowledgements come first and are never lost, whatever the listeners do."""

import io
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from handlers import observe
from handlers.pools import THREADS, Listeners
from handlers.runner import MOST_FORMS, SHOWN, FormAck, Runner
from handlers.slack import Installation, Installed, SlackClient
from tests.handlers.talk import eventually

ME = Installation("T1", None, "Team", "U0BOT", "B0BOT", "")


def waiting(name: str) -> dict[str, Any]:
    return {"response_action": "push", "view": {"type": "modal", "external_id": name}}


SOON = 5.0


class Bench:
    """A Bolt app with our runner and nothing else; `errors` are those that reached the door."""

    def __init__(self) -> None:
        self.errors: list[Exception] = []
        self.before: list[list[str]] = []
        self.bolt = App(
            name="bench",
            client=SlackClient("xoxb-1", "http://127.0.0.1:9/", httpx.Client()),
            authorize=Installed(ME, "xoxb-1"),
            logger=observe.bolt_logger(),
            listener_executor=Listeners(),
            request_verification_enabled=False,
            raise_error_for_unhandled_request=True,
        )
        self.runner = Runner(self.bolt.listener_runner, self._before, waiting, form_wait=0.05)
        self.bolt._listener_runner = self.runner
        self.bolt.use(self._identity)
        self.bolt.error(self._error)

    def _identity(self, context: Any, next: Callable[[], None]) -> None:
        context["request_id"] = "00000000"
        next()

    def _before(self, request: BoltRequest, names: Sequence[str]) -> None:
        self.before.append(list(names))
        if request.body.get("text") == "stranger":
            raise PermissionError

    def _error(self, error: Exception) -> BoltResponse:
        self.errors.append(error)
        return BoltResponse(status=200)

    def command(self, text: str = "") -> BoltResponse:
        body = {"command": "/charter", "text": text, "user_id": "U1", "team_id": "T1"}
        return self.bolt.dispatch(BoltRequest(body=body, mode="socket_mode"))

    def form(self) -> BoltResponse:
        body = {
            "type": "view_submission",
            "user": {"id": "U1"},
            "team": {"id": "T1"},
            "view": {"callback_id": "form", "type": "modal"},
        }
        return self.bolt.dispatch(BoltRequest(body=body, mode="socket_mode"))

    def finish(self) -> None:
        self.bolt.listener_runner.listener_executor.shutdown(wait=True)


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.finish()


def test_more_commands_than_threads_are_all_acknowledged_while_none_is_done(
    bench: Bench,
) -> None:
    free, done = threading.Event(), threading.Semaphore(0)

    def slow(text: str = "") -> None:
        assert free.wait(SOON)
        done.release()

    bench.bolt.command("/charter")(slow)
    answers = [bench.command() for _ in range(3 * THREADS)]
    assert [answer.status for answer in answers] == [200] * (3 * THREADS)
    assert not done.acquire(blocking=False)
    free.set()
    assert all(done.acquire(timeout=SOON) for _ in answers)


def test_an_error_right_after_the_acknowledgement_does_not_take_it_back(bench: Bench) -> None:
    def failing(ack: Ack) -> None:
        ack()
        raise ZeroDivisionError

    bench.bolt.command("/charter")(failing)
    assert bench.command().status == 200
    bench.finish()
    assert [type(error) for error in bench.errors] == [ZeroDivisionError]


def test_who_acts_is_looked_up_after_the_acknowledgement_for_what_a_listener_asks(
    bench: Bench,
) -> None:
    heard: list[str] = []

    def listener(command: dict[str, Any]) -> None:
        heard.append(command["text"])

    bench.bolt.command("/charter")(listener)
    assert bench.command("hello").status == 200
    assert bench.command("stranger").status == 200
    bench.finish()
    assert bench.before == [["command"], ["command"]]
    assert heard == ["hello"]
    assert [type(error) for error in bench.errors] == [PermissionError]


def test_the_answer_to_a_form_is_what_its_listener_says(bench: Bench) -> None:
    def listener(ack: Ack) -> None:
        ack(response_action="errors", errors={"name": "Give it one"})
        ack()

    bench.bolt.view("form")(listener)
    answer = bench.form()
    assert json.loads(answer.body) == {
        "response_action": "errors",
        "errors": {"name": "Give it one"},
    }


def test_a_form_that_nobody_answers_closes(bench: Bench) -> None:
    bench.bolt.view("form")(lambda view: None)
    answer = bench.form()
    assert (answer.status, answer.body) == (200, "")


def test_an_error_at_the_door_itself_is_logged_and_the_form_is_answered(
    bench: Bench, logs: io.StringIO
) -> None:
    def stuck(error: Exception) -> None:
        raise ZeroDivisionError from error

    bench.bolt.error(stuck)
    bench.bolt.view("form")(failing)
    assert (bench.form().status, bench.form().body) == (200, "")
    bench.finish()
    assert logs.getvalue().count('"event": "door_stuck"') == 2


def failing(ack: Ack) -> None:
    raise KeyError


def test_a_form_that_takes_too_long_is_told_to_wait(bench: Bench) -> None:
    free = threading.Event()
    given: list[BoltResponse] = []
    names: list[str] = []

    def slow(ack: FormAck) -> None:
        names.append(ack.waits)
        assert free.wait(SOON)
        given.append(ack(response_action="errors", errors={"name": "Too late"}))

    bench.bolt.view("form")(slow)
    answer = bench.form()
    told = json.loads(answer.body)
    assert told == waiting(told["view"]["external_id"])
    free.set()
    bench.finish()
    assert names == [told["view"]["external_id"]]
    assert len(given) == 1
    assert json.loads(answer.body) == told


def test_beside_many_forms_that_wait_the_next_is_told_so_at_once(bench: Bench) -> None:
    free = threading.Event()
    bench.runner.form_wait = SOON
    bench.bolt.view("form")(lambda: free.wait(SOON))
    with ThreadPoolExecutor(MOST_FORMS) as others:
        waiting = [others.submit(bench.form) for _ in range(MOST_FORMS)]
        eventually(lambda: bench.runner._forms._value == 0 or None)
        assert json.loads(bench.form().body)["response_action"] == "push"
        assert not any(one.done() for one in waiting)
        free.set()
        assert [one.result().body for one in waiting] == [""] * MOST_FORMS
    assert bench.form().body == "", "there is room again"


def test_what_comes_late_is_put_into_its_place_after_slack_shows_that_it_waits(
    bench: Bench,
) -> None:
    free = threading.Event()
    found: list[tuple[bool, float]] = []

    def slow(ack: FormAck) -> None:
        assert free.wait(SOON)
        found.append((ack.was_late(), time.monotonic()))

    bench.bolt.view("form")(slow)
    bench.form()
    answered = time.monotonic()
    free.set()
    bench.finish()
    [(was_late, at)] = found
    assert was_late
    assert at - answered > SHOWN - 0.1


def test_what_comes_in_time_was_not_late(bench: Bench) -> None:
    found: list[bool] = []

    def quick(ack: FormAck) -> None:
        ack()
        found.append(ack.was_late())

    bench.runner.form_wait = SOON
    bench.bolt.view("form")(quick)
    bench.form()
    bench.finish()
    assert found == [False]


def test_what_no_listener_matches_ends_at_the_error_door(bench: Bench) -> None:
    bench.bolt.view("another")(lambda view: None)
    assert bench.form().status == 200
    assert [type(error) for error in bench.errors] == [BoltUnhandledRequestError]
