"""The log tells what happened to whom, and neither what was said nor any secret."""

import io
import json
import logging

import pytest
import structlog

from handlers import observe
from handlers.playground.double import Double
from handlers.talking import Talking
from tests.handlers.talk import mentioned, new_project, typed

SECRETS = (
    "xoxb-1234-abc",
    "xapp-1-A0-xyz",
    "hunter2",
    "T1/B2/c3po",
    "8d-r2d2",
    "github_pat_11ABC_xyz",
    "ghs_1234_eyJhbGciOi.J9",
    "eyJtb2RlbA",
    "Y2hhcnRlcjpw",
)


def lines(logs: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in logs.getvalue().splitlines()]


def test_a_line_is_json_with_its_time_level_and_place(logs: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(request="00c0ffee"):
        structlog.get_logger("charter.test").info("handled", ms=1.5)
    [line] = lines(logs)
    assert line.pop("timestamp")
    assert line == {
        "event": "handled",
        "level": "info",
        "logger": "charter.test",
        "ms": 1.5,
        "request": "00c0ffee",
    }


def test_what_looks_like_a_secret_is_hidden_wherever_it_stands(logs: io.StringIO) -> None:
    structlog.get_logger("charter").error(
        "called with xoxb-1234-abc",
        header={"Authorization": "Bearer xapp-1-A0-xyz"},
        urls=["postgresql://ana:hunter2@db/charter", "https://hooks.slack.com/T1/B2/c3po"],
        tokens=["github_pat_11ABC_xyz", "ghs_1234_eyJhbGciOi.J9"],
        headers=["Bearer eyJtb2RlbA", "Basic Y2hhcnRlcjpw"],
    )
    logging.getLogger("library").warning("wss://slack.test/link?ticket=%s", "8d-r2d2")
    written = logs.getvalue()
    assert not [secret for secret in SECRETS if secret in written]
    assert written.count("[hidden]") == len(SECRETS)


def test_an_exception_is_told_by_its_kind_and_places_without_its_words(
    logs: io.StringIO,
) -> None:
    try:
        try:
            int("Bea owns the data pipeline")
        except ValueError as error:
            raise KeyError("Bea") from error
    except KeyError:
        logging.getLogger("library").exception("it broke")
    [line] = lines(logs)
    assert (line["error"], line["causes"]) == ("KeyError", ["ValueError"])
    assert "test_observe.py" in str(line["trace"])
    assert "Bea" not in logs.getvalue()


def test_the_words_of_the_machine_itself_are_kept() -> None:
    assert observe.fault(ConnectionRefusedError(111, "refused"))["error"] == (
        "ConnectionRefusedError: [Errno 111] refused"
    )


def test_libraries_are_quiet(logs: io.StringIO) -> None:
    logging.getLogger("slack_bolt.App").warning("a whole payload")
    logging.getLogger("httpx").info("POST https://slack.com/api/chat.postMessage")
    observe.bolt_logger().warning("a whole payload")
    assert logs.getvalue() == ""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_conversation_leaves_no_word_and_no_token_in_the_log(
    logs: io.StringIO, workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace, "Nightingale")
    typed(ana, "raci data pipeline A @Bea Lind in Nightingale")
    typed(ana, "stage data pipeline blocked in Nightingale: the vendor is bankrupt")
    typed(ana, "scope goal in Nightingale: fewer false alarms")
    typed(ana, "racy everything")
    mentioned(ana, "@Charter who owns the data pipeline in Nightingale?")
    workspace.refuse("chat.postMessage", "invalid_blocks")
    mentioned(ana, "@Charter who owns the data pipeline in Nightingale?")
    workspace.refuse("chat.postMessage", "restricted_action")
    said = ana.says("@Charter who owns Nightingale?", "ml-fraud")
    ana.hears("went wrong", "ml-fraud", after=said)
    talking.bolt.listener_runner.listener_executor.shutdown(wait=True)

    written = logs.getvalue()
    names = [str(line["event"]) for line in lines(logs)]
    assert names.count("handled") >= 9
    assert {"refused", "blocks_refused", "unexpected"} <= set(names)
    app = workspace.app
    for hidden in (
        *("Nightingale", "bankrupt", "false alarms", "racy", "who owns", "Bea Lind", "Ana Silva"),
        *(app.bot_token, app.app_token, app.signing_secret, "/hooks/", "ticket="),
    ):
        assert hidden not in written, hidden
    assert all(
        line.get("request") for line in lines(logs) if str(line["event"]) in ("handled", "refused")
    )
