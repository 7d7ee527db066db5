"""The index of all names: immutable, shared by all questions, and cheap to follow one change.

It is kept in layers. A change of one project puts a small layer on top, which hides what the layers
below say of that project; layers of like size are folded together, so that there are few of them
and a write costs about as much in a large workspace as in a small one.

Nothing here is filtered: `bot.qa.view.View` lets one asker see only what they may.
"""

from __future__ import annotations  # array takes no type at run time before Python 3.12

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple, Self, TypeAlias

from bot import text
from bot.people import Person
from bot.project import Kind
from bot.qa.ladder import Ladder, People, Stage
from bot.qa.spelling import Spelling

_PLACE_BITS = 15  # of a code, for the item's place in its project and the flag
_PLACE_MASK = (1 << 14) - 1
_FOLDED_AT = 8  # a layer less than so many times larger than what comes on top is folded in


class ItemNames(NamedTuple):
    """What an item is called in its own project, beyond what the ladder calls it."""

    key: str
    kind: Kind
    title: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectNames:
    """All names that belong to one project: its own, and those of its items."""

    project_id: int
    key: str
    name: str
    aliases: tuple[str, ...] = ()
    items: tuple[ItemNames, ...] = ()
    archived: bool = False

    @property
    def order(self) -> tuple[str, str]:
        """Projects are listed by name."""
        return (self.name.casefold(), self.key)


class Place(NamedTuple):
    """Something that has a name: a project (`item` None) or one of its items."""

    entry: ProjectNames
    item: ItemNames | None
    titled: bool


Codes: TypeAlias = "int | array[int]"


@dataclass(slots=True)
class Layer:
    """Some projects and their names.

    A name leads to codes: the project's place in `entries`, the item's place in the project, and
    whether it is the title. A name that only one thing has is the code itself, not a list of one.
    """

    entries: tuple[ProjectNames, ...]
    numbers: dict[int, int]
    keys: dict[str, int]
    projects: dict[str, Codes] = field(default_factory=dict)
    items: dict[str, Codes] = field(default_factory=dict)
    terms: list[str] = field(default_factory=list)
    sizes: bytearray = field(default_factory=bytearray)
    holding: dict[str, array[int]] = field(default_factory=dict)
    spelling: Spelling = field(default_factory=lambda: Spelling(()))

    @classmethod
    def build(cls, entries: Iterable[ProjectNames]) -> Self:
        ordered = tuple(sorted(entries, key=lambda entry: entry.order))
        layer = cls(
            ordered,
            numbers={entry.project_id: number for number, entry in enumerate(ordered)},
            keys={entry.key: number for number, entry in enumerate(ordered)},
        )
        layer._fill()
        return layer

    def _fill(self) -> None:
        projects: dict[str, list[int]] = {}
        items: dict[str, list[int]] = {}
        seen: set[tuple[str, frozenset[str]]] = set()
        for number, entry in enumerate(self.entries):
            first = number << _PLACE_BITS
            for titled, name in _names(entry.name, entry.aliases):
                _code(projects, seen, name, first | titled)
            for place, item in enumerate(entry.items):
                for titled, name in _names(item.title, item.aliases):
                    _code(items, seen, name, first | place << 1 | titled)
        self.projects = {key: _packed(codes) for key, codes in projects.items()}
        self.items = {key: _packed(codes) for key, codes in items.items()}
        for number, (key, words) in enumerate(sorted(seen, key=itemgetter(0))):
            self.terms.append(key)
            roots = {text.root(word) for word in words}
            self.sizes.append(min(len(roots), 255))
            for rooted in roots:
                self.holding.setdefault(rooted, array("I")).append(number)
        self.spelling = Spelling(word for _, words in seen for word in words)

    def places(self, codes: Iterable[int], *, of_items: bool) -> Iterator[Place]:
        for code in codes:
            entry = self.entries[code >> _PLACE_BITS]
            item = entry.items[code >> 1 & _PLACE_MASK] if of_items else None
            yield Place(entry, item, bool(code & 1))

    def coded_projects(self, key: str) -> Sequence[int]:
        return _listed(self.projects.get(key))

    def coded_items(self, key: str) -> Sequence[int]:
        return _listed(self.items.get(key))

    def codes_of(self, project_id: int) -> tuple[int, int]:
        """Between which two numbers the codes of one project lie."""
        number = self.numbers[project_id]
        return number << _PLACE_BITS, (number + 1) << _PLACE_BITS


def _names(title: str, aliases: Iterable[str]) -> Iterator[tuple[bool, str]]:
    yield True, title
    yield from ((False, alias) for alias in aliases)


def _code(
    index: dict[str, list[int]], seen: set[tuple[str, frozenset[str]]], name: str, code: int
) -> None:
    """Adds a name, once for each thing that has it; its words once for each way to write it."""
    found = text.tokens(name)
    if not (key := "".join(map(text.stem, found))):
        return
    codes = index.setdefault(key, [])
    if codes and codes[-1] >> 1 == code >> 1:
        codes[-1] |= code
    else:
        codes.append(code)
    seen.add((key, frozenset(found)))


def _packed(codes: list[int]) -> Codes:
    return codes[0] if len(codes) == 1 else array("Q", codes)


def _listed(codes: Codes | None) -> Sequence[int]:
    if codes is None:
        return ()
    return (codes,) if isinstance(codes, int) else codes


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a workspace. `layers`: each with the projects that one above has replaced."""

    ladder: Ladder
    people: People
    layers: tuple[tuple[Layer, frozenset[int]], ...]

    @classmethod
    def build(
        cls,
        ladder: Iterable[Stage],
        people: Iterable[Person],
        entries: Iterable[ProjectNames],
    ) -> Self:
        return cls(Ladder(ladder), People(people), ((Layer.build(entries), frozenset()),))

    def replaced(
        self,
        changed: Iterable[ProjectNames],
        removed: Iterable[int] = (),
        *,
        people: Iterable[Person] | None = None,
        ladder: Iterable[Stage] | None = None,
    ) -> Self:
        """The index after a change; this one stays as it is for those who are still reading it."""
        entries = list(changed)
        gone = frozenset(removed) | {entry.project_id for entry in entries}
        layers = [
            (layer, dead | {number for number in gone if number in layer.numbers})
            for layer, dead in self.layers
        ]
        while entries and layers and _alive(*layers[-1]) <= _FOLDED_AT * len(entries):
            layer, dead = layers.pop()
            entries += [entry for entry in layer.entries if entry.project_id not in dead]
        if entries:
            layers.append((Layer.build(entries), frozenset()))
        return type(self)(
            self.ladder if ladder is None else Ladder(ladder),
            self.people if people is None else self.people.after(people),
            tuple(layers),
        )


def _alive(layer: Layer, dead: frozenset[int]) -> int:
    return len(layer.entries) - len(dead)
