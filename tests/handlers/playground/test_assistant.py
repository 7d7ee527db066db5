"""What stands beside the direct message with an agent's app: strict as Slack is."""

from dataclasses import replace
from typing import Any

import pytest

from handlers.playground.double import Beside, Double
from tests.handlers.playground.conftest import Client
from tests.handlers.playground.recorder import Recorder

SUGGEST, STATUS, TITLE = (
    f"assistant.threads.set{one}" for one in ("SuggestedPrompts", "Status", "Title")
)
ASK = {"title": "Who owns it?", "message": "who owns it?"}


@pytest.fixture(autouse=True)
def agent(double: Double) -> None:
    scopes = double.app.scopes | {"assistant:write"}
    events = double.app.events | {"app_context_changed"}
    double.install(replace(double.app, is_agent=True, scopes=scopes, events=events))


@pytest.fixture
def beside(double: Double) -> str:
    return double.space.im_with("U0ANA").id


def test_prompts_replace_those_before(double: Double, client: Client, beside: str) -> None:
    client.call(SUGGEST, channel_id=beside, title="Ask", prompts=[ASK])
    other = {"title": "What is late?", "message": "what is late?"}
    client.web.assistant_threads_setSuggestedPrompts(channel_id=beside, prompts=[other, ASK])
    found = double.person("ana").beside
    assert found.prompts == (("What is late?", "what is late?"), ("Who owns it?", "who owns it?"))
    assert found.title == ""


@pytest.mark.parametrize(
    ("prompts", "fault"),
    [
        ([], "no fewer than 1 items allowed"),
        ([ASK] * 5, "no more than 4 items allowed"),
        ([{"title": "x"}], "missing required field: message"),
        ([{"title": "", "message": "x"}], "must be more than 0 characters"),
        ([{**ASK, "icon": "x"}], "no such property: icon"),
        ("ask", "must be an array"),
    ],
)
def test_prompts_must_be_sound(client: Client, beside: str, prompts: Any, fault: str) -> None:
    refusal = client.refusal(SUGGEST, channel_id=beside, prompts=prompts)
    assert refusal["error"] in ("invalid_arguments", "missing_required")
    assert fault in str(refusal) or prompts == []


def test_a_thread_is_not_named_for_prompts_of_an_agent(
    double: Double, client: Client, beside: str
) -> None:
    ts = double.person("ana").dms("hello").ts
    asked = {"channel_id": beside, "prompts": [ASK], "thread_ts": ts}
    assert client.refused(SUGGEST, **asked) == "invalid_arguments"


def test_a_status_stands_until_it_is_cleared_or_the_app_says_something_there(
    double: Double, client: Client, beside: str
) -> None:
    ana = double.person("ana")
    ts = ana.dms("hello").ts
    asked = {"channel_id": beside, "thread_ts": ts, "status": "is thinking…"}
    client.call(STATUS, **asked, loading_messages=["Reading …"])
    assert (ana.beside.status, ana.beside.loading) == ("is thinking…", ("Reading …",))
    client.call(STATUS, **{**asked, "status": ""})
    assert ana.beside == Beside(thread=ts)
    client.call(STATUS, **asked)
    client.call("chat.postMessage", channel=beside, text="elsewhere")
    assert ana.beside.status == "is thinking…"
    client.call("chat.postMessage", channel=beside, text="there", thread_ts=ts)
    assert ana.beside.status == ""


def test_a_title_is_of_a_thread(double: Double, client: Client, beside: str) -> None:
    ts = double.person("ana").dms("hello").ts
    client.web.assistant_threads_setTitle(channel_id=beside, thread_ts=ts, title="Hello")
    assert double.person("ana").beside.titles == ((ts, "Hello"),)
    gone = {"channel_id": beside, "thread_ts": "1.000001"}
    assert client.refused(TITLE, **gone, title="x") == "invalid_thread_ts"
    assert client.refused(STATUS, **gone, status="x") == "invalid_thread_ts"


@pytest.mark.parametrize("channel", ["C0X", "C0NONE"])
def test_there_is_nothing_beside_a_channel(client: Client, channel: str) -> None:
    assert client.refused(SUGGEST, channel_id=channel, prompts=[ASK]) == "channel_not_found"


def test_it_takes_the_scope(double: Double, client: Client, beside: str) -> None:
    double.revoke("assistant:write")
    refusal = client.refusal(SUGGEST, channel_id=beside, prompts=[ASK])
    assert (refusal["error"], refusal["needed"]) == ("missing_scope", "assistant:write")


def test_the_app_is_told_where_somebody_looks(double: Double, app: Recorder) -> None:
    ana = double.person("ana")
    ana.looks_at("C0X")
    event = app.last["event"]
    assert (event["type"], event["user"]) == ("app_context_changed", "U0ANA")
    [entity] = event["context"]["entities"]
    assert (entity["type"], entity["value"]) == ("slack#/types/channel_id", "C0X")
    ana.opens_home("messages")
    assert app.last["event"]["context"] == event["context"]
    ana.looks_at(None)
    assert app.last["event"]["context"] == {}
