"""Values of any type that a view takes, made from what the type says of itself.

A view is only as safe as the worst value that it may be given. So nothing is chosen by hand: every
text is the hostile one, every list as long as is asked for, every choice the one that is asked for.
"""

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache
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

Made = Callable[[int], Any]
"""Makes a value that stands so deep in others."""


def always(value: Any) -> Made:
    return lambda _: value


@cache
def held(kind: Any) -> dict[str, Any]:
    """The types of what a record is made of, by name."""
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind) if one.init}


class Maker:
    """Makes values: texts are `text`, lists `many` long, and of choices the `pick`-th is taken.

    A view is given a hundred thousand values of a few dozen types. So what a type says of itself is
    read once, and becomes a function that makes such a value, of how deep it stands in others.
    """

    def __init__(self, text: str, many: int, pick: int) -> None:
        self.text = text
        self.many = many
        self.pick = pick
        self._ids = cycle(IDS)
        self._known: dict[tuple[Any, str], Made] = {}
        self.people = {
            key: Person(key, f"p{key}", text, text, slack_id=f"U{key}", is_bot=False) for key in IDS
        }

    def arguments(self, view: Callable[..., Any]) -> dict[str, Any]:
        """What the view takes, by name; also what it could do without."""
        return {
            name: self.value(kind, name)
            for name, kind in get_type_hints(view).items()
            if name != "return" and kind != Mapping[str, Any]
        }

    def value(self, kind: Any, name: str = "") -> Any:
        return self._made(kind, name)(0)

    def _made(self, kind: Any, name: str) -> Made:
        """How values of a type are made where they are called this, read once."""

        def later(depth: int) -> Any:
            """A type may hold itself: how it is made is known when the first one is."""
            return self._known[kind, name](depth)

        if (kind, name) not in self._known:
            self._known[kind, name] = later
            self._known[kind, name] = self._read(kind, name)
        return self._known[kind, name]

    def _read(self, kind: Any, name: str) -> Made:
        origin, inner = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            return self._one_of(inner, name)
        if origin is Leaf:
            of = self._made(inner[0], name)
            return lambda depth: leaf([of(depth + 1) for _ in range(self.many)], 2, 8)
        if origin is Literal:
            return always(inner[self.pick % len(inner)])
        if origin is not None:
            return self._many(origin, inner, name)
        return self._plain(kind, name)

    def _one_of(self, kinds: Sequence[Any], name: str) -> Made:
        taken = self._made(kinds[self.pick % len(kinds)], name)
        if type(None) not in kinds:
            return taken
        return lambda depth: None if depth > DEEPEST else taken(depth)

    def _count(self, depth: int) -> int:
        return 0 if depth > DEEPEST else self.many if depth < 3 else min(self.many, 2)

    def _many(self, origin: Any, inner: tuple[Any, ...], name: str) -> Made:
        if origin is tuple and inner == (str, str):  # what is chosen from: a title and its key
            title, key = self._text(name), self._text("key")
            if name == "missing":
                return lambda depth: (key(depth), title(depth))
            return lambda depth: (title(depth), key(depth))
        if origin is tuple and not (len(inner) == 2 and inner[1] is Ellipsis):
            parts = [self._made(one, name) for one in inner]
            return lambda depth: tuple([part(depth + 1) for part in parts])
        if issubclass(origin, Mapping):
            return self._mapping(inner, name)
        of = self._made(inner[0], name)
        many = frozenset if origin in (set, frozenset) else tuple
        return lambda depth: many([of(depth + 1) for _ in range(self._count(depth))])

    def _mapping(self, inner: tuple[Any, ...], name: str) -> Made:
        key, held = inner
        if held is Person:
            return always(self.people)
        of = self._made(held, name)
        if isinstance(key, type) and issubclass(key, Enum):
            return lambda depth: {one: of(depth + 1) for one in key}
        keys = IDS if key is int else [f"k{n}" for n in range(self.many)]
        return lambda depth: {one: of(depth + 1) for one in keys[: self._count(depth)]}

    def _plain(self, kind: Any, name: str) -> Made:
        if kind in SPECIAL:
            return always(SPECIAL[kind])
        if kind is Person:
            return lambda _: self.people[next(self._ids)]
        if isinstance(kind, type) and issubclass(kind, Enum):
            return always(list(kind)[self.pick % len(kind)])
        if kind is CharterError:
            kinds = CharterError.__subclasses__()
            return self._record(kinds[self.pick % len(kinds)])
        if is_dataclass(kind) and isinstance(kind, type):
            return self._record(kind)
        if kind is str:
            return self._text(name)
        if kind is int:
            days = 7 if "day" in name else len(IDS) + 1
            return lambda _: next(self._ids) % days
        made: Mapping[Any, Any] = {
            float: 0.5,
            bool: bool(self.pick % 2),
            datetime: T0,
            date: T0.date(),
            time: T0.time(),
            timedelta: timedelta(minutes=self.pick),
            type(None): None,
        }
        if kind not in made:
            raise TypeError(f"nothing is made of {kind} for {name}")
        return always(made[kind])

    def _text(self, name: str) -> Made:
        if "url" in name or "permalink" in name or "address" in name:
            return always(f"https://x.example/{self.text[:300]}")
        if name in LONGEST:
            return always(self.text[: LONGEST[name]])
        if name in ("key", "keys") or name.endswith("_key"):
            return lambda _: f"k{next(self._ids)}"
        return always(FIXED.get(name, self.text))

    def _record(self, kind: type) -> Made:
        parts = [(name, self._made(of, name)) for name, of in held(kind).items()]

        def record(depth: int) -> Any:
            return kind(**{name: part(depth + 1) for name, part in parts})

        def milestone(depth: int) -> Any:
            """It is known by its name, which is no longer than names are."""
            made = record(depth)
            return replace(made, title=made.title[:LONGEST_NAME])

        return milestone if kind is Milestone else record
