"""The page's server: for this machine only, and nothing but what the acting person may see."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urljoin, urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from handlers.playground.clock import MovableClock, turning
from handlers.playground.double import Double, Person, serving
from handlers.playground.guard import is_loopback
from handlers.playground.page import Around, wsgi
from tests.handlers.playground.conftest import Client, Clock
from tests.handlers.playground.kit import actions, button, input_block, modal, option, select
from tests.handlers.playground.recorder import Recorder
from tests.support.clock import T0

Json = dict[str, Any]
Ask = Callable[..., tuple[int, dict[str, str], str]]


def bot(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"bot"]


def neighbour(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "9")])
    return [b"neighbour"]


class Still:
    """Nothing is ever due."""

    def next_due(self) -> datetime | None:
        return None

    def pass_over(self) -> None:
        return

    def settle(self) -> None:
        return


@pytest.fixture
def turned(clock: Clock) -> MovableClock:
    return MovableClock(clock)


@pytest.fixture
def ask(double: Double, turned: MovableClock) -> Iterator[Ask]:
    """Asks the page's server; gives the status, headers and body."""
    around = Around(
        deeds={"clock": turning(turned, Still)},
        neighbours={"/github/": neighbour},
        tries={"question": "who?"},
    )
    with serving(wsgi(double, bot, around)) as url:
        target = urlsplit(url)

        def asked(
            method: str, path: str, body: Json | None = None, **headers: str
        ) -> tuple[int, dict[str, str], str]:
            connection = HTTPConnection(target.hostname or "", target.port or 0, timeout=10)
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            text = json.dumps(body) if body is not None else None
            connection.request(method, path, text, named)
            response = connection.getresponse()
            told = response.read().decode()
            found = {name.casefold(): value for name, value in response.getheaders()}
            connection.close()
            return response.status, found, told

        yield asked


def state(ask: Ask, who: str = "U0ANA", at: str = "C0X") -> Json:
    found: Json = json.loads(ask("GET", f"/playground/api/state?as={who}&at={at}")[2])
    return found


def do(ask: Ask, deed: str, **asked: Any) -> tuple[int, Json]:
    status, _, told = ask("POST", f"/playground/api/{deed}", {"as": "U0ANA", **asked})
    return status, json.loads(told)


# Who is let in


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:3000", "127.0.0.1:3000", "127.0.0.9", "[::1]:3000"]
)
def test_this_machine_by_any_name(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "192.0.2.1", "[::"],
)
def test_no_other_name(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("path", ["/", "/playground/api/state", "/api/auth.test", "/slack/events"])
def test_a_name_that_was_pointed_here_is_refused(ask: Ask, path: str) -> None:
    assert ask("GET", path, Host="evil.example")[0] == 403


@pytest.mark.parametrize("path", ["/playground/api/say", "/api/auth.test", "/hooks/x", "/slack"])
def test_another_site_is_refused(ask: Ask, path: str) -> None:
    assert ask("POST", path, {}, Origin="http://evil.example")[0] == 403
    assert ask("POST", path, {}, Origin="null")[0] == 403
    assert ask("POST", path, {}, Sec_Fetch_Site="cross-site")[0] == 403


def test_the_page_itself_may_ask(ask: Ask, double: Double) -> None:
    host = "127.0.0.1:3000"
    headers = {"Host": host, "Origin": f"http://{host}", "Sec_Fetch_Site": "same-origin"}
    assert ask("POST", "/playground/api/home", {"as": "U0ANA"}, **headers)[0] == 200
    assert ask("GET", "/", Sec_Fetch_Site="cross-site")[0] == 200


# What is where


def test_page_double_and_bot_share_one_address(ask: Ask) -> None:
    assert "<!doctype html>" in ask("GET", "/")[2]
    assert json.loads(ask("POST", "/api/auth.test")[2])["error"] == "not_authed"
    assert json.loads(ask("POST", "/hooks/none", {})[2])["ok"] is False
    assert ask("POST", "/upload/v1/none", {})[2] == "upload_not_found"
    assert ask("GET", "/github/x")[2] == "neighbour"
    assert ask("GET", "/healthz")[2] == "bot"
    assert ask("POST", "/slack/events", {})[2] == "bot"


def test_only_the_pages_own_files_are_served(ask: Ask) -> None:
    status, headers, script = ask("GET", "/playground/static/app.js")
    assert (status, headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert "import" in script
    for path in ("../page.py", "%2e%2e/page.py", "none.js", ""):
        assert ask("GET", f"/playground/static/{path}")[0] == 404
    assert ask("DELETE", "/playground/api/state")[0] == 405
    assert ask("POST", "/playground/api/nonsense", {})[0] == 404


def test_nothing_comes_from_elsewhere(ask: Ask) -> None:
    _, headers, page = ask("GET", "/")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "http://" not in page
    assert "https://" not in page


def test_no_script_makes_markup_from_data(ask: Ask) -> None:
    scripts = [name for name in ask("GET", "/")[2].split('"') if name.endswith("app.js")]
    seen: set[str] = set()
    while scripts:
        path = scripts.pop()
        seen.add(path)
        code = ask("GET", path)[2]
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert word not in code, f"{word} in {path}"
        found = [part for part in code.split('"') if part.startswith(("./", "../"))]
        scripts += [p for name in found if (p := urljoin(path, name)) not in seen]
        assert "import" in code or "export" in code
    assert len(seen) > 30


# What a person sees and does


def test_a_person_sees_what_is_theirs(ask: Ask, double: Double, ana: Person) -> None:
    ana.says("hello", channel="proj-x")
    double.space.slackbot("U0BEA", "C0X", "for Bea")
    hers, other = state(ask), state(ask, who="U0BEA")
    assert [message["text"] for message in hers["messages"]] == ["hello"]
    assert [message["text"] for message in other["messages"]] == ["hello", "for Bea"]
    assert other["messages"][1]["ephemeral"] is True
    assert "C0SECRET" not in [channel["id"] for channel in hers["channels"]]
    assert "C0SECRET" in [channel["id"] for channel in other["channels"]]


def test_a_private_channel_cannot_be_asked_for(ask: Ask, bea: Person) -> None:
    bea.says("quiet", channel="secret")
    seen = state(ask, at="C0SECRET")
    assert (seen["at"], seen["messages"]) == ("C0X", [])


def test_unknown_people_and_places_are_the_first_there_are(ask: Ask) -> None:
    seen = state(ask, who="U0NONE", at="C0NONE")
    assert (seen["me"], seen["at"]) == ("U0ANA", "C0X")


def test_news_are_waited_for(ask: Ask, ana: Person) -> None:
    revision = state(ask)["revision"]
    told: list[Json] = []

    def wait() -> None:
        path = f"/playground/api/state?as=U0ANA&at=C0X&after={revision}"
        told.append(json.loads(ask("GET", path)[2]))

    waiting = threading.Thread(target=wait)
    waiting.start()
    ana.says("news", channel="proj-x")
    waiting.join(timeout=5)
    assert told[0]["revision"] > revision
    assert told[0]["messages"][-1]["text"] == "news"


def test_people_have_a_zone_and_perhaps_a_word_from_the_app(ask: Ask, double: Double) -> None:
    people = {person["id"]: person for person in state(ask)["people"]}
    assert (people["U0BEA"]["zone"], people["U0BEA"]["dm"]) == ("Europe/Stockholm", "")
    dm = double.space.im_with("U0BEA")
    ts = double.space.post(dm.id, "U0CHARTER", "news").ts
    people = {person["id"]: person for person in state(ask)["people"]}
    assert (people["U0BEA"]["dm"], people["U0BEA"]["latest"]) == (dm.id, ts)


def test_channels_have_a_topic_and_members(ask: Ask, double: Double) -> None:
    double.change_channel("proj-x", topic="Where x is planned")
    channel = next(one for one in state(ask)["channels"] if one["id"] == "C0X")
    assert channel["topic"] == "Where x is planned"
    assert channel["member_ids"] == ["U0ANA", "U0BEA", "U0CHARTER"]


def test_there_are_things_to_try(ask: Ask) -> None:
    assert state(ask)["tries"] == {"question": "who?"}


def test_files_are_listed_and_downloaded_by_those_who_see_them(ask: Ask, client: Client) -> None:
    client.web.files_upload_v2(
        filename="Überblick, neu.xlsx", content=b"cells", title="Portfolio", channel="C0SECRET"
    )
    (message,) = state(ask, who="U0BEA", at="C0SECRET")["messages"]
    (file,) = message["files"]
    assert (file["name"], file["title"], file["size"]) == ("Überblick, neu.xlsx", "Portfolio", 5)
    status, headers, content = ask("GET", file["url"])
    assert (status, content, headers["content-type"]) == (200, "cells", file["type"])
    name = "attachment; filename*=UTF-8''%C3%9Cberblick%2C%20neu.xlsx"
    assert headers["content-disposition"] == name
    for who in ("U0ANA", "U0NONE", ""):
        other = file["url"].replace("U0BEA", who)
        assert ask("GET", other)[0] == 404
    assert ask("GET", "/playground/files/F0NONE/x?as=U0BEA")[0] == 404
    assert ask("GET", "/playground/files/")[0] == 404


def test_the_clock_is_shown_and_moved(ask: Ask, clock: Clock, turned: MovableClock) -> None:
    assert state(ask)["clock"] == {"now": T0.isoformat(), "zone": "Europe/Lisbon"}
    later = T0 + timedelta(hours=2)
    assert do(ask, "clock", to=later.isoformat()) == (200, {"now": later.isoformat()})
    assert turned() == later
    assert do(ask, "clock", by=-60) == (400, {"error": "The clock goes forward only."})
    assert do(ask, "clock")[0] == 400


def test_looking_changes_nothing(ask: Ask) -> None:
    state(ask)
    assert state(ask)["revision"] == state(ask)["revision"]


def test_saying_and_commanding(ask: Ask, app: Recorder, ana: Person) -> None:
    assert do(ask, "say", at="C0X", text="@Charter hello") == (200, {})
    assert app.last["event"]["type"] == "app_mention"
    assert do(ask, "say", at="C0X", text="/charter help") == (200, {})
    assert app.last["command"] == "/charter"
    parent = ana.sees("proj-x")[0]
    do(ask, "say", at="C0X", text="more", thread=parent.ts)
    assert [m.text for m in ana.sees("proj-x", thread=parent)] == [parent.text, "more"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"at": "C0X", "text": " "}, "there is nothing to say"),
        ({"at": "C0OLD", "text": "x"}, "#old is archived"),
        ({"at": "C0SECRET", "text": "x"}, "ana.silva is not in #secret"),
        (
            {"at": "C0X", "text": "/charter x", "thread": "1.0"},
            "/charter is not supported in threads. Sorry!",
        ),
        ({"as": "Nobody", "at": "C0X", "text": "x"}, "no such person, or more than one: Nobody"),
    ],
)
def test_what_cannot_be_done_is_told(ask: Ask, asked: Json, words: str) -> None:
    assert do(ask, "say", **asked) == (400, {"error": words})


def test_bodies_that_make_no_sense(ask: Ask) -> None:
    assert ask("POST", "/playground/api/say")[0] == 400
    assert do(ask, "say")[0] == 400
    assert do(ask, "say", at="C0X", text="x" * 200_001)[0] == 413


def test_pressing_and_choosing(ask: Ask, app: Recorder, client: Client, ana: Person) -> None:
    blocks = [actions(button(), select(action_id="choose"), block_id="acts")]
    client.call("chat.postMessage", channel="C0X", text="x", blocks=blocks)
    where = {"channel": "C0X", "ts": ana.sees("proj-x")[0].ts, "block": "acts"}
    assert do(ask, "act", **where, action="press", value=None) == (200, {"failure": ""})
    assert do(ask, "act", **where, action="choose", value="two")[0] == 200
    assert app.last["actions"][0]["selected_option"] == option("two")
    assert state(ask)["messages"][0]["values"]["acts"]["choose"]["selected_option"]
    assert do(ask, "act", **where, action="choose", value="three")[0] == 400
    assert do(ask, "act", **{**where, "ts": "1.0"}, action="press")[0] == 400


def test_a_modal_from_opening_to_closing(
    ask: Ask, double: Double, app: Recorder, client: Client
) -> None:
    blocks = [input_block(block_id="name"), actions(button(), block_id="acts")]
    trigger = double.space.tickets.trigger("U0ANA")
    view = client.web.views_open(trigger_id=trigger, view=modal(*blocks))["view"]["id"]
    assert do(ask, "submit", view=view, values={})[1]["errors"].keys() == {"name"}
    assert "name" in state(ask)["modal"]["errors"]
    values = {"name": {"value": "Pipe", "gone": "x"}, "other": {"value": "x"}}
    do(ask, "act", view=view, values=values, block="acts", action="press", value=None)
    assert app.last["view"]["state"]["values"]["name"]["value"]["value"] == "Pipe"
    assert do(ask, "submit", view=view, values={}) == (200, {"errors": None})
    assert state(ask)["modal"] is None
    assert do(ask, "close", view=view) == (400, {"error": "This window is not open any more."})


def test_home_is_opened(ask: Ask, app: Recorder) -> None:
    assert do(ask, "home", tab="home") == (200, {})
    assert app.last["event"]["tab"] == "home"


def test_admins_take_accounts_away_and_give_them_again(
    ask: Ask, app: Recorder, double: Double
) -> None:
    words = "Only an admin of the workspace can do this."
    assert do(ask, "deactivate", person="U0BEA") == (400, {"error": words})
    words = "You cannot take your own account away."
    assert do(ask, "deactivate", **{"as": "U0BEA"}, person="U0BEA") == (400, {"error": words})
    assert app.received == []
    assert do(ask, "deactivate", **{"as": "U0BEA"}, person="U0ANA") == (200, {})
    assert app.last["event"]["type"] == "user_change"
    assert app.last["event"]["user"]["deleted"] is True
    assert [one["deleted"] for one in state(ask)["people"] if one["id"] == "U0ANA"] == [True]
    assert do(ask, "deactivate", **{"as": "U0BEA"}, person="U0ANA", back=True) == (200, {})
    assert app.last["event"]["user"]["deleted"] is False
    assert not double.person("Ana").user.deleted


def test_what_was_not_taken_is_shown_and_sent_again(ask: Ask, app: Recorder) -> None:
    app.fails()
    do(ask, "say", at="C0X", text="@Charter hello")
    seen = state(ask)
    assert seen["unacked"] == 1
    assert seen["notices"][0]["text"] == "Charter has not taken your message (http_error)."
    assert do(ask, "retry") == (200, {"failed": 1})
    app.says("")
    assert do(ask, "retry") == (200, {"failed": 0})
    assert state(ask)["unacked"] == 0
