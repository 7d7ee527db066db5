"""What the recorded servers share: a story that unfolds by the clock, and how they are asked."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import parse_qs

Json = dict[str, Any]
Answer = Json | list[Json] | str
"""JSON, or a page for a browser."""


class Unknown(Exception):
    """What was asked for is not there; `body` is how the server words it."""

    def __init__(self, body: Json) -> None:
        super().__init__()
        self.body = body


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, its path counted from where the server stands."""

    method: str
    path: str
    query: str
    content: bytes

    def parameter(self, name: str, otherwise: str = "") -> str:
        return parse_qs(self.query).get(name, [otherwise])[0]

    def json(self) -> Json:
        try:
            found = json.loads(self.content or b"{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Recording:
    """Hours of a recording as moments of the playground's time."""

    clock: Callable[[], datetime]
    began: datetime

    def at(self, hours: float) -> datetime:
        return self.began + timedelta(hours=hours)

    def stamp(self, hours: float | None) -> str | None:
        """As GitHub writes a moment."""
        return None if hours is None else self.at(hours).strftime("%Y-%m-%dT%H:%M:%SZ")

    def milliseconds(self, hours: float) -> int:
        return int(self.at(hours).timestamp() * 1000)

    def has_come(self, hours: float) -> bool:
        return self.at(hours) <= self.clock()

    def so_far(self, story: Sequence[Json]) -> Iterator[Json]:
        """What of a story, told in order, has happened by now."""
        return (event for event in story if self.has_come(event["at"]))


def page(title: str, facts: Mapping[str, object]) -> str:
    """A plain page for those who follow a link from a card."""
    rows = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{escape(str(fact))}</td></tr>"
        for name, fact in facts.items()
    )
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        "<link rel='icon' href='/playground/static/icon.svg'>"
        "<link rel='stylesheet' href='/playground/static/styles/recorded.css'>"
        f"<title>{escape(title)}</title></head><body><main><h1>{escape(title)}</h1>"
        f"<p>A recording of invented work, for the playground.</p><table>{rows}</table>"
        "</main></body></html>"
    )
