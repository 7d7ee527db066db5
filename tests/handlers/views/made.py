"""Values of any type that a view takes, made from what the type says of itself.

A view is only as safe as the worst value that it may be given. So nothing is chosen by hand: every
text is the hostile one, every list as long as is asked for, every choice the one that is asked for.
"""

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import cycle
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from bot.commands import COMMANDS, Command
from bot.deciding import LONGEST_NAME
from bot.errors import CharterError
from bot.home import Leaf, leaf
from bot.lint import RULES, Rule
from bot.milestones import Milestone
from bot.people import Person
from tests.support.clock import T0

IDS = range(1, 201)
DEEPEST = 7
"""How deep values hold values; below it lists are empty and what may be left out is."""

# What nobody types freely: slugs, zones, what Slack and the code itself say.
FIXED: Mapping[str, str] = {
    **dict.fromkeys(("timezone", "zone", "own_zone", "own_before"), "Europe/Berlin"),
    **dict.fromkeys(("slack_id", "author", "asker", "user"), "U0SOME"),
    **dict.fromkeys(("channel", "into"), "C0SOME"),
    **dict.fromkeys(("ts", "thread", "thread_ts", "said"), "1700000000.000100"),
    **dict.fromkeys(("project", "item", "person", "project_key", "item_key"), "some"),
    **dict.fromkeys(("source", "surface", "through"), "command"),
    "as_contact": "lead",
    **dict.fromkeys(("region", "region_before", "usual"), "DE-BY"),
    "field_name": "goal",
    "template": "generic",
}
SPECIAL: Mapping[Any, Any] = {
    ZoneInfo: ZoneInfo("Europe/Berlin"),
    Rule: RULES[2],
    Command: COMMANDS[0],
}
LONGEST = {"question": 1500, "metric": LONGEST_NAME}
"""A longer question is carried by no button (`answers.carried`), a longer name is not taken."""


class Maker:
    """Makes values: texts are `text`, lists `many` long, and of choices the `pick`-th is taken."""

    def __init__(self, text: str, many: int, pick: int) -> None:
        self.text = text
        self.many = many
        self.pick = pick
        self._ids = cycle(IDS)
        self._hints: dict[type, dict[str, Any]] = {}
        self.people = {
            key: Person(key, f"p{key}", text, text, slack_id=f"U{key}", is_bot=False) for key in IDS
        }

    def arguments(self, view: Callable[..., Any]) -> dict[str, Any]:
        """What the view takes, by name; also what it could do without."""
        hints = get_type_hints(view)
        hints.pop("return", None)
        return {
            name: self.value(kind, name, 0)
            for name, kind in hints.items()
            if kind != Mapping[str, Any]
        }

    def value(self, kind: Any, name: str = "", depth: int = 0) -> Any:
        origin, inner = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            return self._one_of(inner, name, depth)
        if origin is Leaf:
            return leaf([self.value(inner[0], name, depth + 1) for _ in range(self.many)], 2, 8)
        if origin is Literal:
            return inner[self.pick % len(inner)]
        if origin is not None:
            return self._many(origin, inner, name, depth)
        return self._plain(kind, name, depth)

    def _one_of(self, kinds: Sequence[Any], name: str, depth: int) -> Any:
        if depth > DEEPEST and type(None) in kinds:
            return None
        return self.value(kinds[self.pick % len(kinds)], name, depth)

    def _many(self, origin: Any, inner: tuple[Any, ...], name: str, depth: int) -> Any:
        count = 0 if depth > DEEPEST else self.many if depth < 3 else min(self.many, 2)
        if origin is tuple and inner == (str, str):  # what is chosen from: a title and its key
            title, key = self._text(name), self._text("key")
            return (key, title) if name == "missing" else (title, key)
        if origin is tuple and not (len(inner) == 2 and inner[1] is Ellipsis):
            return tuple(self.value(one, name, depth + 1) for one in inner)
        if issubclass(origin, Mapping):
            return self._mapping(inner, name, depth, count)
        made = [self.value(inner[0], name, depth + 1) for _ in range(count)]
        if origin in (set, frozenset):
            return frozenset(made)
        return tuple(made)

    def _mapping(self, inner: tuple[Any, ...], name: str, depth: int, count: int) -> Any:
        key, held = inner
        keys: list[Any]
        if held is Person:
            return self.people
        keys = list(IDS[:count]) if key is int else [f"k{n}" for n in range(count)]
        if isinstance(key, type) and issubclass(key, Enum):
            keys = list(key)
        return {one: self.value(held, name, depth + 1) for one in keys}

    def _plain(self, kind: Any, name: str, depth: int) -> Any:
        if kind in SPECIAL:
            return SPECIAL[kind]
        if kind is Person:
            return self.people[next(self._ids)]
        if isinstance(kind, type) and issubclass(kind, Enum):
            return list(kind)[self.pick % len(kind)]
        if kind is CharterError:
            kinds = CharterError.__subclasses__()
            return self._record(kinds[self.pick % len(kinds)], depth)
        if is_dataclass(kind) and isinstance(kind, type):
            return self._record(kind, depth)
        made: Mapping[Any, Callable[[], Any]] = {
            str: lambda: self._text(name),
            int: lambda: next(self._ids) % 7 if "day" in name else next(self._ids),
            float: lambda: 0.5,
            bool: lambda: bool(self.pick % 2),
            datetime: lambda: T0,
            date: T0.date,
            time: T0.time,
            timedelta: lambda: timedelta(minutes=self.pick),
            type(None): lambda: None,
        }
        if kind not in made:
            raise TypeError(f"nothing is made of {kind} for {name}")
        return made[kind]()

    def _text(self, name: str) -> str:
        if "url" in name or "permalink" in name or "address" in name:
            return f"https://x.example/{self.text[:300]}"
        if name in LONGEST:
            return self.text[: LONGEST[name]]
        if name in ("key", "keys") or name.endswith("_key"):
            return f"k{next(self._ids)}"
        return FIXED.get(name, self.text)

    def _record(self, kind: type, depth: int) -> Any:
        if kind not in self._hints:
            self._hints[kind] = get_type_hints(kind)
        hints = self._hints[kind]
        made = kind(
            **{
                one.name: self.value(hints[one.name], one.name, depth + 1)
                for one in fields(kind)
                if one.init
            }
        )
        if isinstance(
            made, Milestone
        ):  # it is known by its name, which is no longer than names are
            return replace(made, title=made.title[:LONGEST_NAME])
        return made
