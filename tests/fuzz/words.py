"""What people write and choose, odd, within requests that are whole: as Slack itself sends them.

The requests are those of somebody who types every command, asks, opens what opens and presses every
kind of button in the sample workspace. Whatever is thrown here somebody could bring about: it fails
also where all that Charter could say was that something went wrong.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from handlers.manifest import manifest
from handlers.playground.double import App, Double, payloads
from handlers.playground.double.blocks import placed
from handlers.playground.double.elements import offered
from handlers.playground.double.inputs import shortcoming
from handlers.views.acts import unpack
from tests.fuzz.doors import Door
from tests.fuzz.listening import UNFORESEEN, listening
from tests.fuzz.mutating import Change, byte_changes, changed
from tests.fuzz.slack import body_of, kind_of
from tests.fuzz.walking import WHO, sample, walked
from tests.handlers.talk import installed

Json = dict[str, Any]
WORDS = ("c", "q", "x", "name")
"""What buttons hold that somebody wrote: a command, a question, a text, a project's name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What somebody writes or chooses otherwise: at one of the places, by whatever fits there."""

    number: int
    changes: tuple[Change, ...]
    day: date
    pick: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request holds what somebody wrote or chose, with the element of a message or a form
    that it stands in.
    """

    holder: Any
    key: str
    element: Json | None = None


def hits() -> st.SearchStrategy[list[Hit]]:
    changes = st.lists(byte_changes(), min_size=1, max_size=4).map(tuple)
    hit = st.builds(Hit, st.integers(0, 60), changes, st.dates(), st.integers(0, 400))
    return st.lists(hit, max_size=4)


def odd(request: Json, hits: Sequence[Hit], known: "Known") -> Json:
    """The request of somebody who wrote or chose otherwise. What Slack's client would not let them
    send stays as it was.
    """
    made: Json = json.loads(json.dumps(request))
    for hit in hits:
        found = list(places(made))
        if not found:
            return made
        place = found[hit.number % len(found)]
        before = place.holder[place.key]
        place.holder[place.key] = known.other(place, hit)
        if kept_back(made):
            place.holder[place.key] = before
    return made


def places(request: Json) -> Iterator[Place]:
    """Whatever of a request somebody wrote or chose."""
    if "command" in request:
        yield Place(request, "text")
    event = request.get("event") or {}
    for key in ("text", "reaction"):
        if key in event:
            yield Place(event, key)
    for link in event.get("links", ()):
        yield Place(link, "url")
    if request.get("type") == "message_action":
        yield Place(request["message"], "text")
    elements = _elements(request)
    for action in request.get("actions", ()):
        yield from _chosen(action, elements.get((action["block_id"], action["action_id"])))
    state = (request.get("view") or {}).get("state") or request.get("state") or {}
    for block, values in state.get("values", {}).items():
        for action_id, value in values.items():
            yield from _chosen(value, elements.get((block, action_id)))


def _chosen(state: Json, element: Json | None) -> Iterator[Place]:
    for key in state:
        if key == "value" or key.startswith("selected_"):
            yield Place(state, key, element)


def _elements(request: Json) -> dict[tuple[str, str], Json]:
    """What a message or a form has, by the ids of its blocks and its own."""
    shown = request.get("view") or request.get("message") or {}
    return {
        (block["block_id"], element["action_id"]): element
        for block in shown.get("blocks", ())
        for _, element in placed(block)
    }


def kept_back(request: Json) -> bool:
    """Whether Slack's own client would say that something is missing in a form, or too long."""
    if request.get("type") != "view_submission":
        return False
    view = request["view"]
    for block in view["blocks"]:
        if block["type"] == "input":
            state = view["state"]["values"].get(block["block_id"], {})
            if shortcoming(block, state.get(block["element"]["action_id"])):
                return True
    return False


class Known:
    """What can stand in the place of something: whom and which channels there are, and what
    buttons hold anywhere.
    """

    def __init__(self, requests: Sequence[Json], workspace: Double) -> None:
        self._people = [*workspace.space.users, "U0GONE"]
        self._channels = [*workspace.space.channels, "C0GONE"]
        self._held: dict[str, list[Any]] = {}
        for request in requests:
            for action in request.get("actions", ()):
                for key, value in unpack(str(action.get("value") or "")).items():
                    if value not in self._held.setdefault(key, []):
                        self._held[key].append(value)

    def other(self, place: Place, hit: Hit) -> Any:
        before, element = place.holder[place.key], place.element or {}
        match place.key:
            case "selected_date":
                return hit.day.isoformat()
            case "selected_time":
                return f"{hit.pick % 24:02}:{hit.pick % 60:02}"
            case "selected_date_time":
                return hit.pick * 10**7
            case "selected_option" | "selected_options":
                return _picked(place, offered(element), hit)
            case "selected_user" | "selected_users":
                return _picked(place, self._people, hit)
            case "selected_channel" | "selected_conversation":
                return _picked(place, self._channels, hit)
            case "value" if place.holder.get("type") == "button":
                return self._pressed(before, hit)
        return _written(str(before or ""), hit)

    def _pressed(self, before: str, hit: Hit) -> str:
        """A button of what is something else by now, or gone; or with other words in it."""
        values: Json = dict(unpack(before))
        if not values:
            return before
        key = sorted(values)[hit.number % len(values)]
        held = self._held.get(key) or [values[key]]
        values[key] = held[hit.pick % len(held)]
        if key in WORDS:
            values[key] = _written(str(values[key]), hit)
        elif isinstance(values[key], int) and hit.pick % 3 == 0:
            values[key] = hit.pick * 1000
        return json.dumps(values)


def _picked(place: Place, known: Sequence[Any], hit: Hit) -> Any:
    """One of these, or several where several can be chosen; what there was where there are none."""
    if not known:
        return place.holder[place.key]
    if place.key.endswith("s"):
        most = min(hit.pick % 4, len(known))
        return [known[(hit.pick + more) % len(known)] for more in range(most)]
    return known[hit.pick % len(known)]


def _written(text: str, hit: Hit) -> str:
    return changed(text.encode("utf-8", "replace"), hit.changes).decode("utf-8", "replace")


@contextmanager
def words(folder: Path) -> Iterator[Door]:
    """The sample workspace on loopback, and what was done in it once, done again with odd words."""
    app = App.from_manifest(manifest(hosts=("github.com",)))
    workspace = installed(app, team_id="T0WORDS")
    document = sample(workspace)
    with listening(workspace, folder / "words.db", UNFORESEEN, document) as charter:
        requests = walked(charter)
        known = Known(requests, workspace)

        def push(data: bytes) -> None:
            request = json.loads(data)
            user = workspace.space.users[WHO]
            for name in {"trigger_id", "response_url"} & request.keys():
                request[name] = {
                    "trigger_id": workspace.space.tickets.trigger(user.id),
                    "response_url": payloads.response_url(workspace.space, user.id, "C0"),
                }[name]
            if "event_id" in request:
                request["event_id"] = f"Ev{workspace.space.new_ts()}"
            body = body_of(request)
            charter.push(body[1:], kind_of(body))

        thrown = st.builds(
            lambda request, hits: json.dumps(odd(request, hits, known)).encode(),
            st.sampled_from(requests),
            hits(),
        )
        yield Door(thrown, push)
