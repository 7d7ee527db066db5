"""The index of names that one asker is answered from.

What everybody may know of, all share. What some may know of besides (private projects, those that a
guest was let into, people from outside whom only these name) lies on top in small layers, kept for
each set of projects that somebody sees; whoever sees none of them has the shared index alone. So
nothing that an asker may not know of is looked at on the way to their answer.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from threading import Lock

from cachetools import LRUCache

from bot import text
from bot.outcome import Place
from bot.people import Person
from bot.qa.facts import Names, ProjectNames
from bot.qa.ladder import People
from bot.qa.names import Layers, layered, relayered
from handlers.service.facts import WorkspaceFacts
from handlers.service.snapshots import forget

KEPT = 10_000
"""Projects and people in the layers on top, kept per process; a project with its names is about
4 kB. What nobody asked with for the longest time goes first.
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """Of what somebody may know: of all that everybody may (`is_wide`) or of nothing by itself, of
    which projects `besides` (ids), and of whom from outside (ids) whom not everybody may know of.
    """

    is_wide: bool
    besides: tuple[int, ...]
    outsiders: frozenset[int]

    @classmethod
    def of(
        cls,
        known: WorkspaceFacts,
        person: Person | None,
        place: Place,
        sees: Callable[[int], bool],
    ) -> "Reach":
        """That of somebody in a place, or (None) of the operator, who knows of everybody."""
        told = known.told_outside.by_id.keys()
        if person is None:
            return cls(True, (), known.outside.difference(told))
        is_wide = person.id not in known.guests
        named = {
            *known.by_reader.get(person.id, ()),
            *known.by_channel.get(place.channel or "", ()),
        }
        besides = tuple(
            key
            for key in sorted(named)
            if not (is_wide and known.projects[key].is_open) and sees(key)
        )
        people = (known.projects[key].named_outside for key in besides)
        outsiders = known.outside.intersection(chain.from_iterable(people))
        return cls(is_wide, besides, outsiders.difference(told) if is_wide else outsiders)


@dataclass(frozen=True, slots=True)
class _Own:
    """The names of what somebody may know of besides, and what they were made from."""

    entries: tuple[ProjectNames, ...]
    outsiders: tuple[Person, ...]
    layers: Layers
    people: People


class Indexes:
    """The indexes of those who ask. Thread-safe. What all share is not kept here: what was, would
    stay for as long as somebody had asked with it last.
    """

    def __init__(self, most: int = KEPT) -> None:
        def size(own: _Own) -> int:
            return min(1 + len(own.entries) + len(own.outsiders), most)

        self._lock = Lock()
        self._kept: LRUCache[tuple[int, Reach], _Own] = LRUCache(most, size)

    def of(self, known: WorkspaceFacts, reach: Reach) -> Names:
        """All names within somebody's reach, and no other."""
        shared, own = known.names, self._own(known, reach)
        if not reach.is_wide:
            return Names(shared.ladder, shared.people.beside(own.people), own.layers)
        people = shared.people.beside(known.told_outside, own.people)
        return Names(shared.ladder, people, (*shared.layers, *own.layers))

    def _own(self, known: WorkspaceFacts, reach: Reach) -> _Own:
        entries = tuple(known.projects[key].names for key in reach.besides)
        outsiders = tuple(known.people[key] for key in sorted(reach.outsiders))
        with self._lock:
            held = self._kept.get((known.workspace, reach))
        if held is not None and (held.entries, held.outsiders) == (entries, outsiders):
            return held
        own = _made(entries, outsiders, held)
        with self._lock:
            self._kept[known.workspace, reach] = own
        return own

    def forget(self, workspace: int) -> None:
        """Keep none of that workspace."""
        with self._lock:
            forget(self._kept, workspace)


def _made(
    entries: tuple[ProjectNames, ...], outsiders: tuple[Person, ...], held: _Own | None
) -> _Own:
    """Made anew, as far as somebody or something is called otherwise than in what was `held`."""
    if held is None:
        return _Own(entries, outsiders, layered(entries), People(outsiders))
    pairs = zip(held.entries, entries, strict=True)
    layers = relayered(held.layers, [now for was, now in pairs if now != was])
    return _Own(entries, outsiders, layers, held.people.after(outsiders))


@dataclass(frozen=True, slots=True)
class Metrics:
    """Projects by the names of their success metrics: those that everybody may know of, and the
    names for each.
    """

    told: Mapping[str, Sequence[int]]
    by_project: Mapping[int, frozenset[str]]

    @classmethod
    def build(cls, known: WorkspaceFacts, named: Iterable[tuple[int, Iterable[str]]]) -> "Metrics":
        """From projects and what each of their metrics is called."""
        keys: dict[int, set[str]] = {}
        for project, names in named:
            keys.setdefault(project, set()).update(text.key(text.words(name)) for name in names)
        told = _by_name(one for one in keys.items() if known.projects[one[0]].is_open)
        return cls(told, {key: frozenset(names) for key, names in keys.items()})

    def within(self, reach: Reach) -> Callable[[str], Sequence[int]]:
        """The projects within somebody's reach that have a metric of a name."""
        told = self.told if reach.is_wide else {}
        own = _by_name((key, self.by_project.get(key, ())) for key in reach.besides)
        return lambda name: sorted((*told.get(name, ()), *own.get(name, ())))


def _by_name(named: Iterable[tuple[int, Iterable[str]]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for project, names in named:
        for name in names:
            found.setdefault(name, []).append(project)
    return found
