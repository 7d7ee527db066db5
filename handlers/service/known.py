"""What the directory says of a project without reading it, and finding one by what it is called."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.project import Kind
from bot.qa.facts import ItemNames, ProjectNames
from bot.rights import Role
from bot.sight import admits
from bot.spelling import folded
from bot.stages import LadderStage
from storage.directory import Entry


@dataclass(frozen=True, slots=True)
class Known:
    """What the directory says of a project without reading it."""

    id: int
    workspace: int
    key: str
    name: str
    lead: int | None
    private: bool
    shows_titles: bool
    archived: bool
    version: int
    members: frozenset[int]
    grants: Mapping[int, Role]
    glass: Mapping[int, datetime]
    own_channels: tuple[str, ...]
    spellings: frozenset[str]
    names: ProjectNames
    is_sample: bool = False
    group: str | None = None
    inside: frozenset[int] = frozenset()
    guests: frozenset[int] = frozenset()
    outsiders: frozenset[int] = frozenset()

    @property
    def is_gone(self) -> bool:
        """Whether it is there for nobody any more: a sample that was removed."""
        return self.is_sample and self.archived

    @property
    def is_open(self) -> bool:
        """Whether everybody may know of it who is no guest."""
        return admits(self, None)

    @property
    def readers(self) -> frozenset[int]:
        """The people who may know of it by what they are to it, where not everybody may, or through
        broken glass: whoever else does, stands in a channel of its own.
        """
        if self.is_gone:
            return frozenset()
        named = self.grants.keys() | self.glass.keys()
        if self.is_open:
            return self.guests & named
        return frozenset(named | self.members | self.inside | _one(self.lead))

    @property
    def named_outside(self) -> frozenset[int]:
        """Those of its people who may be from outside: who leads it, and who is known to be."""
        return self.outsiders | _one(self.lead)


def _one(person: int | None) -> frozenset[int]:
    return frozenset() if person is None else frozenset((person,))


def seated(known: Known, inside: frozenset[int], guests: frozenset[int]) -> Known:
    """The same with those who are about it by now."""
    if (known.inside, known.guests) == (inside, guests):
        return known
    return replace(known, inside=inside, guests=guests)


def _named(entry: Entry, rungs: Mapping[str, LadderStage]) -> ProjectNames:
    """A project's own names; a rung of the ladder is in the index once, for all projects."""
    own = tuple(
        ItemNames(key, Kind(kind), title, tuple(aliases))
        for key, kind, title, aliases in entry.items
        if aliases or key not in rungs or rungs[key].title != title
    )
    aliases = tuple(entry.aliases)
    return ProjectNames(entry.id, entry.key, entry.name, aliases, own, archived=entry.archived)


def read_known(entry: Entry, workspace: int, rungs: Mapping[str, LadderStage]) -> Known:
    return Known(
        id=entry.id,
        workspace=workspace,
        key=entry.key,
        name=entry.name,
        lead=entry.lead,
        private=entry.private,
        shows_titles=entry.shows_titles,
        archived=entry.archived,
        version=entry.version,
        members=frozenset(entry.members),
        grants=entry.grants,
        glass=entry.glass,
        own_channels=tuple(entry.channels),
        spellings=frozenset(folded(name) for name in (entry.key, entry.name, *entry.aliases)),
        names=_named(entry, rungs),
        is_sample=entry.is_sample,
        group=entry.group,
        outsiders=frozenset(entry.outsiders),
    )


Word = TypeVar("Word", bound=Hashable)


def index(
    now: Mapping[int, Known],
    touched: Iterable[int],
    held: Mapping[int, Known],
    before: Mapping[Word, tuple[int, ...]],
    words: Callable[[Known], Collection[Word]],
) -> Mapping[Word, tuple[int, ...]]:
    """Projects by channel, by spelling or by person: the index as it was `before`, with the
    projects whose words are others now taken out and put in.
    """
    out: dict[Word, set[int]] = {}
    put: dict[Word, list[int]] = {}
    for project in touched:
        was, known = held.get(project), now[project]
        if was is known:
            continue
        old = words(was) if was else ()
        new = words(known)
        if old == new:
            continue
        for word in old:
            out.setdefault(word, set()).add(project)
        for word in new:
            put.setdefault(word, []).append(project)
    if not out and not put:
        return before
    index = dict(before)
    for word in {**out, **put}:
        stay = (key for key in index.get(word, ()) if key not in out.get(word, ()))
        index[word] = (*stay, *put.get(word, ()))
    return index
