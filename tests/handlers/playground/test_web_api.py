"""The Web API: tokens, scopes, arguments and errors as Slack words them."""

import json
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from handlers.playground.double import Double, Person
from tests.handlers.playground.conftest import Client, Clock
from tests.handlers.playground.kit import METHODS, SCOPES, home, modal, plain, section, text_input


def post(double: Double, path: str, body: str, **headers: str) -> tuple[int, str]:
    """A bare POST, for what slack_sdk would not send."""
    url = urlsplit(double.base_url)
    connection = HTTPConnection(url.hostname or "", url.port or 0, timeout=5)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("POST", path, body, named)
    response = connection.getresponse()
    answer = response.read().decode()
    connection.close()
    return response.status, answer


def test_auth_test_says_who_the_app_is_and_what_it_may(client: Client) -> None:
    response = client.web.auth_test()
    assert (response["team_id"], response["user_id"]) == ("T0CHARTER", "U0CHARTER")
    headers = {name.casefold(): value for name, value in response.headers.items()}
    assert "chat:write" in headers["x-oauth-scopes"].split(",")


@pytest.mark.parametrize("method", METHODS)
def test_every_method_takes_json_and_forms(client: Client, method: str) -> None:
    args = METHODS[method]
    assert client.call(method, **args)["ok"] is True
    form = {name: json.dumps(arg) if isinstance(arg, dict) else arg for name, arg in args.items()}
    assert client.web.api_call(method, params=form)["ok"] is True


@pytest.mark.parametrize("method", ["chat.delete", "views.push", "search.messages", "nonsense"])
def test_other_methods_do_not_exist(client: Client, method: str) -> None:
    assert client.refused(method) == "unknown_method"


@pytest.mark.parametrize("method", METHODS)
def test_a_token_is_needed_and_must_be_right(double: Double, method: str) -> None:
    assert Client(double, "xoxb-other").refused(method, **METHODS[method]) == "invalid_auth"
    app_token = double.app.app_token
    assert Client(double, app_token).refused(method) == "not_allowed_token_type"
    status, answer = post(double, f"/api/{method}", "")
    assert (status, "not_authed" in answer) == (200, True)


@pytest.mark.parametrize(("method", "scope"), SCOPES.items())
def test_a_missing_scope_is_named(double: Double, client: Client, method: str, scope: str) -> None:
    double.revoke(scope)
    refusal = client.refusal(method, **METHODS[method])
    assert (refusal["error"], refusal["needed"]) == ("missing_scope", scope)
    provided = str(refusal["provided"]).split(",")
    assert scope not in provided
    assert "commands" in provided


def test_private_channels_need_their_own_scope(double: Double, client: Client) -> None:
    double.revoke("groups:read")
    assert client.refusal("conversations.info", channel="C0SECRET")["needed"] == "groups:read"


def test_unknown_and_missing_arguments_are_told(client: Client) -> None:
    refusal = client.refusal("chat.postMessage", text="x", icon_emoji=":wave:")
    assert refusal["error"] == "invalid_arguments"
    assert refusal["response_metadata"] == {
        "messages": [
            "[ERROR] unknown argument: icon_emoji [json-pointer:/icon_emoji]",
            "[ERROR] missing required field: channel [json-pointer:]",
        ]
    }


def test_the_team_may_be_named_but_only_this_one(client: Client) -> None:
    assert client.call("auth.test", team_id="T0CHARTER")["ok"] is True
    assert client.refused("auth.test", team_id="T0OTHER") == "team_not_found"


def test_bodies_that_cannot_be_read(double: Double) -> None:
    token = {"Authorization": f"Bearer {double.app.bot_token}"}
    typed, other = {"Content_Type": "application/json"}, {"Content_Type": "text/plain"}
    assert "invalid_json" in post(double, "/api/auth.test", "{", **token, **typed)[1]
    assert "json_not_object" in post(double, "/api/auth.test", "[]", **token, **typed)[1]
    assert "invalid_post_type" in post(double, "/api/auth.test", "x", **token, **other)[1]
    assert post(double, "/elsewhere", "")[0] == 404


# Messages


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NONE", "channel_not_found"),
        ("C0ELSE", "not_in_channel"),
        ("C0OLD", "is_archived"),
        ("proj-x", "channel_not_found"),
        ("U0OLD", "channel_not_found"),
        ("U0CHARTER", "channel_not_found"),
    ],
)
def test_where_the_app_may_not_write(client: Client, channel: str, error: str) -> None:
    assert client.refused("chat.postMessage", channel=channel, text="x") == error


def test_a_private_channel_without_the_app_does_not_exist(double: Double, client: Client) -> None:
    double.add_channel("hidden", id="C0HIDDEN", is_private=True, without_app=True)
    assert client.refused("chat.postMessage", channel="C0HIDDEN", text="x") == "channel_not_found"
    assert client.refused("conversations.info", channel="C0HIDDEN") == "channel_not_found"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({}, "no_text"),
        ({"text": " "}, "no_text"),
        ({"blocks": []}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": {}}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [section("")]}, "invalid_blocks"),
        ({"text": 7}, "invalid_arguments"),
        ({"text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        (
            {"text": "x", "metadata": {"event_type": "x", "event_payload": "y"}},
            "invalid_metadata_format",
        ),
    ],
)
def test_what_cannot_be_posted(client: Client, content: dict[str, object], error: str) -> None:
    assert client.refused("chat.postMessage", channel="C0X", **content) == error


def test_a_message_is_kept_as_it_was_posted(client: Client, ana: Person) -> None:
    metadata = {"event_type": "digest", "event_payload": {"key": "d/1"}}
    told = client.call(
        "chat.postMessage",
        channel="C0X",
        text="fallback",
        blocks=[section("Hello <@U0ANA> in <#C0X>")],
        metadata=metadata,
        mrkdwn=False,
    )
    (message,) = ana.sees("proj-x")
    assert message.said == "Hello @Ana Silva in #proj-x"
    assert (message.ts, message.metadata, message.mrkdwn) == (told["ts"], metadata, False)
    assert message.blocks[0]["block_id"]


def test_faults_are_reported_to_the_app_and_to_the_test(double: Double, client: Client) -> None:
    refusal = client.refusal("chat.postMessage", channel="C0X", blocks=[section("x" * 3001)])
    fault = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert refusal["errors"] == [fault]
    assert refusal["response_metadata"] == {"messages": [f"[ERROR] {fault}"]}
    assert double.problems == [f"chat.postMessage: {fault}"]


def test_replies_stand_under_their_parent(client: Client, ana: Person) -> None:
    parent = ana.says("hello", channel="proj-x")
    told = client.call("chat.postMessage", channel="C0X", text="yes?", thread_ts=parent.ts)
    assert [m.text for m in ana.sees("proj-x", thread=parent)] == ["hello", "yes?"]
    again = {"channel": "C0X", "text": "x", "thread_ts": told["ts"]}
    assert client.refused("chat.postMessage", **again) == "cannot_reply_to_message"


def test_message_times_are_the_clocks_and_always_grow(
    clock: Clock, client: Client, ana: Person
) -> None:
    first = client.call("chat.postMessage", channel="C0X", text="one")["ts"]
    second = client.call("chat.postMessage", channel="C0X", text="two")["ts"]
    assert first == f"{int(clock.at.timestamp())}.000000"
    assert str(second) > str(first)


def test_an_update_changes_text_and_blocks(client: Client, ana: Person) -> None:
    ts = client.call("chat.postMessage", channel="C0X", text="a", blocks=[section("a")])["ts"]
    client.call("chat.update", channel="C0X", ts=ts, text="b")
    (message,) = ana.sees("proj-x")
    assert (message.text, message.blocks, message.edited) == ("b", (), True)


def test_an_update_without_text_keeps_nothing_but_what_was_left_out(
    client: Client, ana: Person
) -> None:
    ts = client.call("chat.postMessage", channel="C0X", text="a", blocks=[section("a")])["ts"]
    client.call("chat.update", channel="C0X", ts=ts, blocks=[section("c")])
    (message,) = ana.sees("proj-x")
    assert (message.text, message.said) == ("a", "c")


def test_what_cannot_be_updated(double: Double, client: Client, ana: Person) -> None:
    hers = ana.says("mine", channel="proj-x")
    assert client.refused("chat.update", channel="C0X", ts=hers.ts, text="x") == (
        "cant_update_message"
    )
    assert client.refused("chat.update", channel="C0X", ts="1.0", text="x") == "message_not_found"
    told = client.call("chat.postEphemeral", channel="C0X", user="U0ANA", text="x")
    args = {"channel": "C0X", "ts": told["message_ts"], "text": "y"}
    assert client.refused("chat.update", **args) == "message_not_found"
    ts = client.call("chat.postMessage", channel="U0ANA", text="x")["ts"]
    assert client.refused("chat.update", channel="U0ANA", ts=ts, text="y") == "channel_not_found"
    dm = double.space.im_with("U0ANA").id
    assert client.refused("chat.update", channel=dm, ts=ts, text="y" * 4001) == "msg_too_long"
    assert client.call("chat.update", channel=dm, ts=ts, text="y" * 4000)["ok"] is True


def test_an_ephemeral_message_is_seen_by_one(client: Client, ana: Person, bea: Person) -> None:
    client.call("chat.postEphemeral", channel="C0X", user="U0ANA", text="for you")
    assert [m.text for m in ana.sees("proj-x")] == ["for you"]
    assert bea.sees("proj-x") == []
    args = {"channel": "C0SECRET", "user": "U0ANA", "text": "x"}
    assert client.refused("chat.postEphemeral", **args) == "user_not_in_channel"
    args = {"channel": "C0X", "user": "U0NONE", "text": "x"}
    assert client.refused("chat.postEphemeral", **args) == "user_not_found"


# People and conversations


def test_a_person_has_a_zone_and_roles(client: Client) -> None:
    user = client.web.users_info(user="U0BEA")["user"]
    assert (user["tz"], user["tz_offset"], user["is_admin"]) == ("Europe/Stockholm", 3600, True)
    assert user["profile"]["first_name"] == "Bea"
    assert client.refused("users.info", user="U0NONE") == "user_not_found"


def test_a_deactivated_person_has_neither(client: Client) -> None:
    user = client.web.users_info(user="U0OLD")["user"]
    assert user["deleted"] is True
    assert "tz" not in user
    assert "is_admin" not in user


def test_a_channel_tells_what_it_is(double: Double, client: Client) -> None:
    double.add_channel("with-acme", id="C0ACME", is_ext_shared=True)
    assert client.web.conversations_info(channel="C0ACME")["channel"]["is_ext_shared"] is True
    secret = client.web.conversations_info(channel="C0SECRET")["channel"]
    assert (secret["is_private"], secret["is_member"]) == (True, True)
    im = client.web.conversations_info(channel=double.space.im_with("U0ANA").id)["channel"]
    assert (im["is_im"], im["user"]) == (True, "U0ANA")


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("U0NONE", "user_not_found"),
        ("U0OLD", "user_disabled"),
        ("U0CHARTER", "cannot_dm_bot"),
        ("U0ANA,U0BEA", "not_enough_users"),
    ],
)
def test_who_cannot_be_written_to(client: Client, users: str, error: str) -> None:
    assert client.refused("conversations.open", users=users) == error


def test_a_direct_message_is_opened_once(client: Client) -> None:
    first = client.web.conversations_open(users="U0ANA")["channel"]["id"]
    assert first.startswith("D")
    assert client.web.conversations_open(users="U0ANA")["channel"]["id"] == first


# Views


def test_a_trigger_serves_once_and_for_three_seconds(
    double: Double, clock: Clock, client: Client, ana: Person
) -> None:
    trigger = double.space.tickets.trigger("U0ANA")
    clock.passes(seconds=3)
    assert client.call("views.open", trigger_id=trigger, view=modal())["ok"] is True
    assert client.refused("views.open", trigger_id=trigger, view=modal()) == "exchanged_trigger_id"
    late = double.space.tickets.trigger("U0ANA")
    clock.passes(seconds=3.1)
    assert client.refused("views.open", trigger_id=late, view=modal()) == "expired_trigger_id"
    assert client.refused("views.open", trigger_id="1.2.3", view=modal()) == "invalid_trigger_id"


def test_a_view_with_faults_is_refused(double: Double, client: Client) -> None:
    trigger = double.space.tickets.trigger("U0ANA")
    refusal = client.refusal("views.open", trigger_id=trigger, view=modal(title=plain("x" * 25)))
    assert refusal["error"] == "invalid_arguments"
    fault = "must be less than 25 characters [json-pointer:/view/title/text]"
    assert refusal["errors"] == [fault]
    assert double.person("Ana").modal is None


def test_a_view_has_a_size(double: Double, client: Client) -> None:
    trigger = double.space.tickets.trigger("U0ANA")
    wide = modal(*[section("x" * 2900) for _ in range(90)])
    assert client.refused("views.open", trigger_id=trigger, view=wide) == "view_too_large"


def test_an_update_needs_the_present_hash(double: Double, client: Client, ana: Person) -> None:
    trigger = double.space.tickets.trigger("U0ANA")
    first = client.web.views_open(trigger_id=trigger, view=modal())["view"]
    update = {"view_id": first["id"], "hash": first["hash"], "view": modal(section("two"))}
    assert client.call("views.update", **update)["ok"] is True
    assert client.refused("views.update", **update) == "hash_conflict"
    without = {"view_id": first["id"], "view": modal(section("three"))}
    assert client.call("views.update", **without)["ok"] is True
    assert "three" in ana.gets_modal("Form").said


def test_an_update_keeps_what_was_filled_in(double: Double, client: Client, ana: Person) -> None:
    trigger = double.space.tickets.trigger("U0ANA")
    view = client.web.views_open(trigger_id=trigger, view=modal())["view"]
    ana.fills({"Name": "Mine"})
    other = {"type": "input", "block_id": "more", "label": plain(), "element": text_input()}
    wider = modal(*view["blocks"], other)
    client.call("views.update", view_id=view["id"], view=wider)
    values = ana.gets_modal("Form").values
    assert values["name"]["value"]["value"] == "Mine"
    assert values["more"]["value"]["value"] is None


def test_views_are_found_by_their_external_id(double: Double, client: Client) -> None:
    tickets = double.space.tickets
    named = modal(external_id="mine")
    client.call("views.open", trigger_id=tickets.trigger("U0ANA"), view=named)
    assert client.call("views.update", external_id="mine", view=named)["ok"] is True
    args = {"trigger_id": tickets.trigger("U0BEA"), "view": named}
    assert client.refused("views.open", **args) == "duplicate_external_id"
    assert client.refused("views.update", external_id="other", view=named) == "not_found"
    assert client.refused("views.update", view=named) == "invalid_arguments"


def test_a_closed_view_cannot_be_updated(double: Double, client: Client, ana: Person) -> None:
    trigger = double.space.tickets.trigger("U0ANA")
    view = client.web.views_open(trigger_id=trigger, view=modal())["view"]
    ana.closes()
    assert client.refused("views.update", view_id=view["id"], view=modal()) == "not_found"


def test_home_is_published_for_one_person(client: Client, ana: Person, bea: Person) -> None:
    view = client.web.views_publish(user_id="U0ANA", view=home(section("Yours")))["view"]
    assert ana.gets_home("Yours").id == view["id"]
    assert bea.home is None
    stale = {"user_id": "U0ANA", "view": home(), "hash": "old"}
    assert client.refused("views.publish", **stale) == "hash_conflict"
    assert client.refused("views.publish", user_id="U0OLD", view=home()) == "user_not_found"
    assert client.refused("views.publish", user_id="U0ANA", view=modal()) == "invalid_arguments"


# On demand


def test_a_method_can_be_throttled(double: Double, client: Client) -> None:
    double.throttle("chat.postMessage", retry_after=7, times=2)
    token = f"Bearer {double.app.bot_token}"
    for _ in range(2):
        status, answer = post(
            double,
            "/api/chat.postMessage",
            "channel=C0X&text=x",
            Authorization=token,
            Content_Type="application/x-www-form-urlencoded",
        )
        assert (status, "ratelimited" in answer) == (429, True)
    assert client.call("chat.postMessage", channel="C0X", text="x")["ok"] is True
    errors = [call.error for call in double.calls if call.method == "chat.postMessage"]
    assert errors == ["ratelimited", "ratelimited", ""]


def test_retry_after_stands_in_the_header(double: Double, client: Client) -> None:
    from slack_sdk.errors import SlackApiError

    double.throttle("auth.test", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        client.web.auth_test()
    assert caught.value.response.headers["Retry-After"] == "7"


def test_a_method_can_be_made_to_fail(double: Double, client: Client) -> None:
    double.refuse("chat.postMessage", "internal_error")
    assert client.refused("chat.postMessage", channel="C0X", text="x") == "internal_error"
    assert client.call("chat.postMessage", channel="C0X", text="x")["ok"] is True
