"""From the names in a question to the projects and items that are meant.

A project named in the text wins over the channel's; a component that only one project has names
that project; several that fit equally are asked back, and what is named but not held is said to be
missing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from bot.qa.facts import Facts
from bot.qa.grammar import Question
from bot.qa.mentions import Mention
from bot.qa.names import ProjectNames
from bot.qa.wording import SHOWN
from bot.qa.words import Intent

_COUNTED = 200  # further options are counted up to here, then "many"

# Of these, a project as such has somebody: its lead.
_OF_PROJECTS = (Intent.OWNER, Intent.ACCOUNTABLE, Intent.CONTACT)


@dataclass(frozen=True, slots=True)
class Target:
    """One item of a project (by key), or the project itself; and the mention that led to it."""

    project: int
    item: str | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """Several fit. `more`: how many beyond the options; None when they are too many to count."""

    options: tuple[Target, ...]
    more: int | None = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """Named, but not held; in that project, or anywhere."""

    said: str
    project: ProjectNames | None = None


Resolved = tuple[Target, ...] | Unclear | Missing


@dataclass(frozen=True, slots=True)
class Choice:
    """What was picked among options, by key: it settles what the text leaves open."""

    project: str | None = None
    item: str | None = None
    person: str | None = None


@dataclass(slots=True)
class _Group:
    """Items that are named together with their projects."""

    items: list[Mention]
    projects: list[Mention]
    items_first: bool


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves one question."""

    facts: Facts
    question: Question
    choice: Choice = Choice()

    def targets(self) -> Resolved:
        """What the question is about."""
        pinned = self._pinned()
        if pinned and self.choice.item:
            return (Target(pinned.project_id, self.choice.item),)
        groups = self._groups()
        context = self.question.context
        if not pinned and context and not self._elsewhere(groups, context[0].project_id):
            pinned = context[0]
        if not groups:
            return self._as_a_whole(pinned)
        found: list[Target] = []
        for group in groups:
            resolved = self._group(group, pinned, found)
            if not isinstance(resolved, tuple):
                return resolved
            found += [target for target in resolved if not _among(target, found)]
        return tuple(found)

    def projects_named(self) -> Resolved:
        """The projects that limit what is listed; none means all."""
        pinned = self._pinned()
        if pinned:
            return (Target(pinned.project_id),)
        named = [mention for mention in self.question.mentions if mention.projects]
        found: list[Target] = []
        for mention in named:
            one = self._project(mention)
            if isinstance(one, Unclear):
                return one
            found.append(Target(one.project_id, None, (mention,)))
        if not found and self.question.here:
            return tuple(Target(number) for number in self._channel())
        return tuple(found)

    def _pinned(self) -> ProjectNames | None:
        return self.facts.view.keyed(self.choice.project) if self.choice.project else None

    def _channel(self) -> list[int]:
        view = self.facts.view
        return [number for number in self.facts.channel_projects if view.project(number)]

    # --- which mention is a project, which an item ---------------------------------------------

    def _groups(self) -> list[_Group]:
        groups: list[_Group] = []
        for mention, as_item in self._roles():
            last = groups[-1] if groups else None
            if as_item:
                if last is None or (last.items_first and last.projects):
                    groups.append(_Group([mention], [], items_first=True))
                else:
                    last.items.append(mention)
            elif last is None or (not last.items_first and last.items):
                groups.append(_Group([], [mention], items_first=False))
            else:
                last.projects.append(mention)
        return groups

    def _roles(self) -> Iterator[tuple[Mention, bool]]:
        """Each mention, and whether it is an item; a word that can be both is what is wanted."""
        mentions = self.question.mentions
        sure_item = any(m.is_item and not m.projects for m in mentions)
        sure_project = any(m.projects and not m.is_item for m in mentions)
        for mention in mentions:
            if not (mention.is_item and mention.projects):
                yield mention, mention.is_item
            elif sure_project != sure_item:
                yield mention, sure_project
            else:
                yield mention, self._in_channel(mention) != []
                sure_project = sure_project or not self._in_channel(mention)

    # --- one group -----------------------------------------------------------------------------

    def _group(
        self, group: _Group, pinned: ProjectNames | None, before: Sequence[Target]
    ) -> Resolved:
        projects: list[tuple[ProjectNames, Mention]] = []
        for mention in group.projects:
            one = self._project(mention)
            if isinstance(one, Unclear):
                if not pinned:
                    return self._with_items(one, group)
                one = pinned
            projects.append((one, mention))
        if pinned and not projects:
            return self._in_projects(group.items, [(pinned, None)])
        if projects:
            return self._in_projects(group.items, projects)
        if before and self._all_in(group.items, before[-1].project):
            entry = self.facts.view.project(before[-1].project)
            if entry:
                return self._in_projects(group.items, [(entry, None)])
        return self._anywhere(group.items)

    def _project(self, mention: Mention) -> ProjectNames | Unclear:
        """The project of that name: one that goes on before one that is archived."""
        live = [entry for entry in mention.projects if not entry.archived]
        fitting = live or list(mention.projects)
        channel = self._channel()
        here = [entry for entry in fitting if entry.project_id in channel]
        if len(fitting) == 1 or len(here) == 1:
            return (here or fitting)[0]
        options = [Target(entry.project_id, None, (mention,)) for entry in fitting]
        return _unclear(options)

    def _with_items(self, unclear: Unclear, group: _Group) -> Unclear:
        """The same item in each of the projects that could be meant."""
        if len(group.items) != 1:
            return unclear
        options = tuple(
            Target(option.project, item, (group.items[0], *option.mentions))
            for option in unclear.options
            for item in self._items(group.items[0], option.project)[:1]
        )
        return Unclear(options, unclear.more) if options else unclear

    def _in_projects(
        self,
        items: Sequence[Mention],
        projects: Sequence[tuple[ProjectNames, Mention | None]],
    ) -> Resolved:
        found: list[Target] = []
        for entry, by in projects:
            named = (by,) if by else ()
            if not items:
                found.append(Target(entry.project_id, None, named))
            for mention in items:
                keys = self._items(mention, entry.project_id)
                if not keys:
                    return Missing(self.question.said(mention), entry)
                targets = [Target(entry.project_id, key, (mention, *named)) for key in keys]
                if len(targets) > 1:
                    return _unclear(targets)
                found += targets
        return self._with_letters(found)

    def _with_letters(self, found: list[Target]) -> Resolved:
        """A project as such has a lead, but nobody who is consulted: then a stage must be named."""
        bare = [target for target in found if target.item is None]
        if not bare or self.question.intent in _OF_PROJECTS or self.question.intent is None:
            return tuple(found)
        project = self.facts.project(bare[0].project)
        return _unclear(
            [Target(project.id, item.key, bare[0].mentions) for item in project.stages()]
        )

    def _all_in(self, items: Sequence[Mention], project: int) -> bool:
        return all(self._items(mention, project) for mention in items)

    def _elsewhere(self, groups: Sequence[_Group], project: int) -> bool:
        """Whether the question names something that this project does not have."""
        return not all(self._all_in(group.items, project) for group in groups)

    def _items(self, mention: Mention, project: int) -> list[str]:
        """The items of one project that a mention can mean; titles before aliases. Where there is
        none, what was taken out of it.
        """
        held = self.facts.project(project)
        ladder = self.facts.names.ladder
        titled: dict[str, bool] = {}
        for key in mention.keys:
            for place in self.facts.view.items_in(key, project):
                if place.item:
                    titled[place.item.key] = titled.get(place.item.key, False) or place.titled
        own = {item.key for item in held.items}
        for stage in mention.stages & own:
            is_title = any(ladder.exact(key).get(stage, False) for key in mention.keys)
            titled[stage] = titled.get(stage, False) or is_title
        by_title = [key for key, is_title in titled.items() if is_title]
        order = [item.key for item in held.items]
        chosen = by_title if len(by_title) == 1 else titled
        present = sorted((key for key in chosen if key in own), key=order.index)
        called = mention.stages | set(titled)
        return present or [gone.key for gone in held.gone if gone.key in called]

    def _in_channel(self, mention: Mention) -> list[Target]:
        return [
            Target(project, key, (mention,))
            for project in self._channel()
            for key in self._items(mention, project)
        ]

    def _anywhere(self, items: Sequence[Mention]) -> Resolved:
        """Items without a project: the channel's, else the only one, else a question back."""
        found: list[Target] = []
        for mention in items:
            fitting = self._in_channel(mention)
            if not fitting and mention.stages and self._channel() and not mention.has_items:
                entry = self.facts.view.project(self._channel()[0])
                return Missing(self.question.said(mention), entry)
            if not fitting:
                resolved = _first(self._everywhere(mention))
                if isinstance(resolved, Unclear):
                    return resolved
                fitting = list(resolved)
            if not fitting:
                return Missing(self.question.said(mention))
            if len(fitting) > 1:
                return _unclear(fitting)
            found += fitting
        return tuple(found)

    def _everywhere(self, mention: Mention) -> Iterator[Target]:
        """Where an item of that name is, by the names of the projects; archived ones last."""
        view = self.facts.view
        seen: set[tuple[int, str]] = set()
        archived: list[Target] = []
        if mention.stages and not self._channel():
            for entry in view.listed():
                for stage in sorted(mention.stages):
                    seen.add((entry.project_id, stage))
                    yield Target(entry.project_id, stage, (mention,))
        found = False
        for place in merge(*map(view.items, mention.keys), key=lambda place: place.entry.order):
            at = (place.entry.project_id, place.item.key if place.item else "")
            if at in seen:
                continue
            seen.add(at)
            target = Target(at[0], at[1], (mention,))
            if place.entry.archived:
                archived.append(target)
                continue
            found = True
            yield target
        if not found and not mention.stages:
            yield from archived

    def _as_a_whole(self, pinned: ProjectNames | None) -> Resolved:
        """No name at all: the project that is talked about here, if one is asked for."""
        if pinned:
            return self._with_letters([Target(pinned.project_id)])
        if not (self.question.whole or self.question.here):
            return Missing("")
        channel = [Target(number) for number in self._channel()]
        if len(channel) == 1:
            return self._with_letters(channel)
        if channel:
            return _unclear(channel)
        return _first(Target(entry.project_id) for entry in self.facts.view.listed())


def _among(target: Target, found: Iterable[Target]) -> bool:
    return any((other.project, other.item) == (target.project, target.item) for other in found)


def _unclear(options: Sequence[Target]) -> Unclear:
    return Unclear(tuple(options[:SHOWN]), max(0, len(options) - SHOWN))


def _first(fitting: Iterator[Target]) -> tuple[Target, ...] | Unclear:
    """The only one; or the first few, and how many more there are."""
    options = tuple(islice(fitting, SHOWN))
    more = sum(1 for _ in islice(fitting, _COUNTED))
    if len(options) < 2:
        return options
    return Unclear(options, more if more < _COUNTED else None)
