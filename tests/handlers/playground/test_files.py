"""Files: announced with their length, uploaded once, then shared in a channel."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from handlers.playground.double import Double, Person
from tests.handlers.playground.conftest import Client
from tests.handlers.playground.recorder import Recorder

PLAN = b"plan"


def put(url: object, content: bytes, method: str = "POST") -> tuple[int, str]:
    parts = urlsplit(str(url))
    connection = HTTPConnection(parts.hostname or "", parts.port or 0, timeout=5)
    connection.request(method, parts.path, content)
    response = connection.getresponse()
    answer = response.read().decode()
    connection.close()
    return response.status, answer


def announced(client: Client, content: bytes = PLAN) -> tuple[str, object]:
    """The id of a file and the address that takes it."""
    args = {"filename": "plan.txt", "length": len(content)}
    told = client.call("files.getUploadURLExternal", **args)
    return str(told["file_id"]), told["upload_url"]


def uploaded(client: Client) -> str:
    file_id, url = announced(client)
    assert put(url, PLAN) == (200, "OK - 4")
    return file_id


def complete(client: Client, file_id: str, **more: object) -> dict[str, object]:
    files = [{"id": file_id, "title": "The plan"}]
    return client.call("files.completeUploadExternal", files=files, **more)


def test_slacks_own_client_shares_a_file(client: Client, ana: Person) -> None:
    root = ana.says("the plan?", "proj-x")
    told = client.web.files_upload_v2(
        filename="plan.txt",
        content=PLAN,
        title="The plan",
        channel="C0X",
        thread_ts=root.ts,
        initial_comment="Here it is",
    )
    message = ana.sees("proj-x", root)[-1]
    (file,) = message.files
    assert (message.text, message.said) == ("Here it is", "Here it is\nThe plan")
    assert (file.name, file.title, file.size) == ("plan.txt", "The plan", 4)
    assert file.mimetype == "text/plain"
    assert ana.downloads(message, "plan.txt") == PLAN
    assert told["file"]["shares"] == {"public": {"C0X": [{"ts": message.ts}]}}


def test_only_those_who_see_the_channel_can_download(
    client: Client, ana: Person, bea: Person
) -> None:
    complete(client, uploaded(client), channel_id="C0SECRET")
    (message,) = bea.sees("secret")
    assert bea.downloads(message, "plan.txt") == PLAN
    with pytest.raises(LookupError):
        ana.downloads(message, "plan.txt")
    with pytest.raises(LookupError):
        bea.downloads(message, "other.txt")


def test_a_file_is_in_the_history(client: Client) -> None:
    complete(client, uploaded(client), channel_id="C0X")
    (message,) = client.web.conversations_history(channel="C0X")["messages"]
    (file,) = message["files"]
    assert (file["name"], file["mimetype"], file["filetype"]) == ("plan.txt", "text/plain", "txt")


def test_the_app_hears_of_its_own_file_in_a_direct_message(
    double: Double, client: Client, app: Recorder
) -> None:
    dm = client.web.conversations_open(users="U0ANA")["channel"]["id"]
    complete(client, uploaded(client), channel_id=dm)
    double.courier.close()
    event = app.last["event"]
    assert (event["subtype"], event["files"][0]["title"]) == ("file_share", "The plan")
    assert event["bot_id"] == "B0CHARTER"


def test_without_a_channel_nobody_sees_it(client: Client, ana: Person) -> None:
    (file,) = client.web.api_call(
        "files.completeUploadExternal", json={"files": [{"id": uploaded(client)}]}
    )["files"]
    assert (file["title"], file["shares"]) == ("plan.txt", {})
    assert ana.sees("proj-x") == []


def test_an_upload_takes_exactly_what_was_announced_once(client: Client) -> None:
    file_id, url = announced(client)
    assert put(url, b"longer") == (400, "upload_size_mismatch")
    assert put(url, PLAN, "PUT") == (405, "method_not_supported")
    files = [{"id": file_id}]
    refused = client.refused("files.completeUploadExternal", files=files)
    assert refused == "file_update_failed"
    assert put(url, PLAN) == (200, "OK - 4")
    assert put(url, PLAN) == (404, "upload_not_found")
    assert put(f"{url}x", PLAN) == (404, "upload_not_found")


@pytest.mark.parametrize(
    ("length", "error"),
    [
        (0, "invalid_arguments"),
        ("many", "invalid_arguments"),
        (True, "invalid_arguments"),
        (50_000_001, "file_upload_size_restricted"),
    ],
)
def test_lengths_that_are_none(client: Client, length: object, error: str) -> None:
    args = {"filename": "plan.txt", "length": length}
    assert client.refused("files.getUploadURLExternal", **args) == error


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"channel_id": "C0NONE"}, "channel_not_found"),
        ({"channel_id": "C0ELSE"}, "not_in_channel"),
        ({"channel_id": "C0OLD"}, "is_archived"),
        ({"channel_id": "U0ANA"}, "invalid_channel"),
        ({"channel_id": "proj-x"}, "invalid_channel"),
        ({"channel_id": "C0X", "thread_ts": "1.0"}, "thread_not_found"),
        ({"files": [{"id": "F0NONE"}]}, "file_not_found"),
        ({"files": []}, "invalid_arguments"),
        ({"files": [{"title": "x"}]}, "invalid_arguments"),
        ({"files": "x"}, "invalid_arguments"),
    ],
)
def test_what_cannot_be_shared(
    client: Client, ana: Person, more: dict[str, object], error: str
) -> None:
    files = [{"id": uploaded(client), "title": "The plan"}]
    args = {"files": files, "channel_id": "C0X", **more}
    assert client.refused("files.completeUploadExternal", **args) == error
    assert ana.sees("proj-x") == []
    assert complete(client, files[0]["id"], channel_id="C0X")["ok"] is True


def test_a_file_is_shared_once(client: Client) -> None:
    file_id = uploaded(client)
    complete(client, file_id, channel_id="C0X")
    files = [{"id": file_id}]
    assert client.refused("files.completeUploadExternal", files=files) == "file_not_found"


def test_sharing_takes_the_scope_for_files(double: Double, client: Client) -> None:
    file_id = uploaded(client)
    double.revoke("files:write")
    refusal = client.refusal("files.completeUploadExternal", files=[{"id": file_id}])
    assert (refusal["error"], refusal["needed"]) == ("missing_scope", "files:write")


# What people share


def got(double: Double, address: object, token: str) -> tuple[str, bytes]:
    """What kind of thing an address gives to whoever shows a token, and the thing."""
    parts = urlsplit(str(address))
    connection = HTTPConnection(parts.hostname or "", parts.port or 0, timeout=5)
    connection.request("GET", parts.path, headers={"Authorization": f"Bearer {token}"})
    response = connection.getresponse()
    told = response.headers.get_content_type(), response.read()
    connection.close()
    return told


def test_the_app_reads_what_people_share_where_it_is(
    double: Double, client: Client, ana: Person
) -> None:
    (file,) = ana.shares("plan.txt", PLAN, "the plan", channel="proj-x").files
    told = client.call("files.info", file=file.id)["file"]
    assert isinstance(told, dict)
    assert (told["name"], told["size"], told["user"]) == ("plan.txt", 4, "U0ANA")
    assert got(double, told["url_private"], double.app.bot_token) == ("text/plain", PLAN)
    assert got(double, told["url_private"], "xoxb-other")[0] == "text/html"
    (other,) = ana.shares("plan.txt", PLAN, channel="elsewhere").files
    assert client.refused("files.info", file=other.id) == "file_not_found"
    elsewhere = str(told["url_private"]).replace(file.id, other.id)
    assert got(double, elsewhere, double.app.bot_token)[0] == "text/html"
    double.revoke("files:read")
    refusal = client.refusal("files.info", file=file.id)
    assert (refusal["error"], refusal["needed"]) == ("missing_scope", "files:read")
    assert got(double, told["url_private"], double.app.bot_token)[0] == "text/html"


def test_the_app_hears_of_a_file_as_of_any_message(
    app: Recorder, double: Double, ana: Person
) -> None:
    ana.shares("plan.txt", PLAN, "only us", channel="proj-x")
    assert app.received == []
    root = ana.shares("plan.txt", PLAN, "for @Charter", channel="proj-x")
    event = app.last["event"]
    assert (event["type"], "subtype" in event) == ("app_mention", False)
    assert event["files"][0]["name"] == "plan.txt"
    inside = ana.shares("plan.txt", PLAN, channel="proj-x", thread=root)
    assert inside.thread_ts == root.ts
    ana.shares("plan.txt", PLAN)
    event = app.last["event"]
    assert (event["type"], event["subtype"], event["text"]) == ("message", "file_share", "")
