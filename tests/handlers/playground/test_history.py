"""What an app may read of a conversation: bounded, with the scope for its kind, as a member."""

import pytest

from handlers.playground.double import Double, Person
from tests.handlers.playground.conftest import Client, Clock

Told = dict[str, object]
METADATA = {"event_type": "charter_message", "event_payload": {"key": "digest/1"}}


def texts(client: Client, method: str = "conversations.history", **args: object) -> list[str]:
    told = client.call(method, **{"channel": "C0X", **args})
    messages = told["messages"]
    assert isinstance(messages, list)
    return [message["text"] for message in messages]


def test_the_latest_comes_first_and_replies_are_left_out(client: Client, ana: Person) -> None:
    first = ana.says("one", "proj-x")
    ana.says("a reply", "proj-x", first)
    ana.says("two", "proj-x")
    args = {"channel": "C0X", "text": "to all", "thread_ts": first.ts, "reply_broadcast": True}
    client.call("chat.postMessage", **args)
    client.call("chat.postEphemeral", channel="C0X", user="U0ANA", text="for Ana")
    assert texts(client) == ["to all", "two", "one"]
    assert texts(client, "conversations.replies", ts=first.ts) == ["one", "a reply", "to all"]


def test_metadata_comes_only_when_it_is_asked_for(client: Client) -> None:
    ts = client.call("chat.postMessage", channel="C0X", text="x", metadata=METADATA)["ts"]
    for method, more in (("conversations.history", {}), ("conversations.replies", {"ts": ts})):
        plain = client.call(method, channel="C0X", **more)["messages"]
        assert isinstance(plain, list)
        assert "metadata" not in plain[0]
        asked = client.call(method, channel="C0X", include_all_metadata=True, **more)["messages"]
        assert isinstance(asked, list)
        assert asked[0]["metadata"] == METADATA


def test_metadata_is_kept_through_an_edit_and_replaced_by_one(client: Client) -> None:
    ts = client.call("chat.postMessage", channel="C0X", text="x", metadata=METADATA)["ts"]
    client.call("chat.update", channel="C0X", ts=ts, text="y")
    (message,) = client.web.conversations_history(channel="C0X", include_all_metadata=True)[
        "messages"
    ]
    assert (message["text"], message["metadata"]) == ("y", METADATA)
    other = {"event_type": "other", "event_payload": {}}
    client.call("chat.update", channel="C0X", ts=ts, text="y", metadata=other)
    (message,) = client.web.conversations_history(channel="C0X", include_all_metadata=True)[
        "messages"
    ]
    assert message["metadata"] == other


def test_a_window_leaves_its_edges_out_unless_asked(
    clock: Clock, client: Client, ana: Person
) -> None:
    said = []
    for words in ("one", "two", "three"):
        said.append(ana.says(words, "proj-x"))
        clock.passes(seconds=1)
    window = {"oldest": said[0].ts, "latest": said[2].ts}
    assert texts(client, **window) == ["two"]
    assert texts(client, **window, inclusive=True) == ["three", "two", "one"]
    assert texts(client, oldest=said[1].ts) == ["three"]
    assert texts(client, latest=said[1].ts) == ["one"]


def test_never_more_than_fifteen_at_once(client: Client, ana: Person) -> None:
    for number in range(17):
        ana.says(str(number), "proj-x")
    for limit in ({}, {"limit": 999}):
        told = client.call("conversations.history", channel="C0X", **limit)
        assert isinstance(told["messages"], list)
        assert (len(told["messages"]), told["has_more"]) == (15, True)
    assert texts(client, limit=2) == ["16", "15"]
    assert client.web.conversations_history(channel="C0X", limit=1)["has_more"] is True
    assert client.refused("conversations.history", channel="C0X", limit=0) == "invalid_limit"
    assert client.refused("conversations.history", channel="C0X", limit="x") == "invalid_arguments"


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NONE", "channel_not_found"),
        ("C0HIDDEN", "channel_not_found"),
        ("C0ELSE", "not_in_channel"),
        ("U0ANA", "channel_not_found"),
    ],
)
def test_where_the_app_may_not_read(
    double: Double, client: Client, channel: str, error: str
) -> None:
    double.add_channel("hidden", id="C0HIDDEN", is_private=True, without_app=True)
    assert client.refused("conversations.history", channel=channel) == error
    assert client.refused("conversations.replies", channel=channel, ts="1.0") == error


def test_every_kind_of_channel_has_its_scope(double: Double, client: Client) -> None:
    dm = double.space.im_with("U0ANA").id
    places = {"channels": "C0X", "groups": "C0SECRET", "im": dm}
    for kind, channel in places.items():
        assert client.call("conversations.history", channel=channel)["ok"] is True
        double.revoke(f"{kind}:history")
        refusal = client.refusal("conversations.history", channel=channel)
        assert (refusal["error"], refusal["needed"]) == ("missing_scope", f"{kind}:history")
        refusal = client.refusal("conversations.replies", channel=channel, ts="1.0")
        assert refusal["needed"] == f"{kind}:history"


def test_a_thread_has_to_be_there(client: Client, ana: Person) -> None:
    args = {"channel": "C0X", "ts": "1.0"}
    assert client.refused("conversations.replies", **args) == "thread_not_found"
    told = client.call("chat.postEphemeral", channel="C0X", user="U0ANA", text="x")
    args["ts"] = str(told["message_ts"])
    assert client.refused("conversations.replies", **args) == "thread_not_found"
    assert client.refused("conversations.history", channel="C0X", oldest="then") == (
        "invalid_ts_oldest"
    )
