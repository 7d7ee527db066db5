"""The index of all names: immutable, shared by all questions, and cheap to follow one change.

It is kept in layers. A change of one project puts a small layer on top, which hides what the layers
below say of that project; layers of like size are folded together, so that there are few of them
and a write costs about as much in a large workspace as in a small one.

An asker's index holds what they may know of, and nothing else: the layers of what everybody may,
which all share, and on top of them small ones of what they may know beside that. So neither what is
found nor how long it takes to find nothing depends on what they may not know of. What nobody is to
find there any more is taken out of the layers, not passed over.
"""

from __future__ import annotations  # array takes no type at run time before Python 3.12

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
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


Layers: TypeAlias = "tuple[tuple[Layer, frozenset[int]], ...]"
"""The lowest first, each with the projects that one above has replaced."""


def layered(entries: Sequence[ProjectNames]) -> Layers:
    """These projects in one layer."""
    return ((Layer.build(entries), frozenset()),) if entries else ()


def relayered(
    layers: Layers, changed: Iterable[ProjectNames], removed: Iterable[int] = ()
) -> Layers:
    """The layers after a change. One that holds a name of what is removed is made anew without."""
    entries = list(changed)
    new = frozenset(entry.project_id for entry in entries)
    gone = frozenset(removed) - new
    below = [(layer, dead | (new & layer.numbers.keys())) for layer, dead in layers]
    while entries and below and _alive(*below[-1]) <= _FOLDED_AT * len(entries):
        layer, dead = below.pop()
        entries += _left(layer, dead | gone)
    kept = (
        ((layer, dead),) if gone.isdisjoint(layer.numbers) else layered(_left(layer, dead | gone))
        for layer, dead in below
    )
    return (*chain.from_iterable(kept), *layered(entries))


def _alive(layer: Layer, dead: frozenset[int]) -> int:
    return len(layer.entries) - len(dead)


def _left(layer: Layer, dead: frozenset[int]) -> list[ProjectNames]:
    return [entry for entry in layer.entries if entry.project_id not in dead]


@dataclass(frozen=True, slots=True)
class Names:
    """All names that somebody may know of, or everybody."""

    ladder: Ladder
    people: People
    layers: Layers

    @classmethod
    def build(
        cls,
        ladder: Iterable[Stage],
        people: Iterable[Person],
        entries: Iterable[ProjectNames],
    ) -> Self:
        return cls(Ladder(ladder), People(people), layered(tuple(entries)))

    def replaced(
        self,
        changed: Iterable[ProjectNames],
        removed: Iterable[int] = (),
        *,
        people: Iterable[Person] | None = None,
        ladder: Iterable[Stage] | None = None,
    ) -> Self:
        """The index after a change; this one stays as it is for those who are still reading it."""
        return type(self)(
            self.ladder if ladder is None else Ladder(ladder),
            self.people if people is None else self.people.after(people),
            relayered(self.layers, changed, removed),
        )
