"""What the directory says of a project without reading it, and finding one by what it is called."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.project import Kind
from bot.qa.facts import ItemNames, ProjectNames
from bot.rights import Role
from bot.spelling import folded
from bot.stages import LadderStage
from storage.directory import Entry


@dataclass(frozen=True, slots=True)
class Known:
    """What the directory says of a project without reading it."""

    id: int
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


def read_known(entry: Entry, rungs: Mapping[str, LadderStage]) -> Known:
    return Known(
        id=entry.id,
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


def index(
    now: Mapping[int, Known],
    moved: list[Entry],
    held: Mapping[int, Known],
    before: Mapping[str, tuple[int, ...]],
    words: Callable[[Known], Iterable[str]],
) -> Mapping[str, tuple[int, ...]]:
    """Projects by channel or by spelling: the index as it was `before`, with the projects whose
    words are others now taken out and put in.
    """
    changed = [
        entry.id
        for entry in moved
        if entry.id not in held or words(held[entry.id]) != words(now[entry.id])
    ]
    if not changed:
        return before
    index = dict(before)
    for project in changed:
        for word in words(held[project]) if project in held else ():
            index[word] = tuple(key for key in index[word] if key != project)
        for word in words(now[project]):
            index[word] = (*index.get(word, ()), project)
    return index
