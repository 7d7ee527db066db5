"""CODEOWNERS held against letters: who may ask for which repository, and what its paths belong to.

Only who sees a project that has something to do with a repository is told of it: for anybody else
it is as if there were none, and nobody is asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.attaching import By
from bot.codeowners import Claim
from bot.commands import ShowCodeowners
from bot.errors import BadInput, NotFound, Refused, Why
from bot.identities import Name
from bot.outcome import Place
from bot.ownership import OwnershipShown, compared, insiders
from bot.people import Actor, Person
from bot.project import Assignment, Group, Item, Letter, PersonHolder, Project
from bot.sources.base import Stream, Trouble
from handlers.service import references
from handlers.service.links.looking import LookingDesks
from handlers.service.references import Desk
from storage import drift, following, identities, links

ALL = "*"
"""The path of a rule about a whole repository."""


@dataclass(frozen=True, slots=True)
class _Letters:
    """What letters say of a repository."""

    projects: tuple[str, ...]
    claims: tuple[Claim, ...]
    left: frozenset[str]
    names: Mapping[str, str]
    mine: frozenset[str] | None
    """The reader's own names at the host; None for the operator."""


class Codeowners(LookingDesks):
    """What may be read of who owns which code."""

    def shown(self, actor: Actor, order: ShowCodeowners, place: Place) -> OwnershipShown:
        """What the file and the letters disagree about, in the projects that the actor sees.

        `NotFound` for a repository that none of these has to do with, whether it exists or not; and
        for a private one, which Charter's token may see and the actor may not, to whoever neither
        writes there nor owns anything by the file, by their name at the host.
        """
        if not self._lookout.knows_owners:
            raise Refused(Why.NO_CODE_HOST)
        stream = self._lookout.repository(order.where)
        if stream is None:
            self._lookout.check_barred(order.where)
            raise BadInput(Why.NO_REPOSITORY, {"url": order.where[:80]}, field="url")
        with self._reading(actor, place) as desk:
            letters = self._letters(desk, stream, order, place)
        there = self._lookout.ownership(stream)
        if isinstance(there, Trouble):
            raise Refused(Why.REPOSITORY_UNSEEN, _facts(stream, there))
        is_hidden = there.private and there.path != ""  # without a file it tells of letters alone
        if is_hidden and letters.mine is not None and letters.mine.isdisjoint(insiders(there)):
            raise NotFound("repository", stream.key)
        return compared(
            stream.key, there, letters.projects, letters.claims, letters.left, letters.names
        )

    def _letters(self, desk: Desk, stream: Stream, order: ShowCodeowners, place: Place) -> _Letters:
        workspace = desk.actor.workspace
        rules = [
            one.rule
            for one in following.rules(desk.session, workspace)
            if one.stream == stream and desk.sees(one.rule.project)
        ]
        linked = {one.project for one in links.in_repos(desk.session, workspace, [stream.key])}
        keys = {one.project for one in rules} | {key for key in linked if desk.sees(key)}
        if order.project is not None:
            keys &= {references.project_id(desk, order.project, place)}
        if not keys:
            raise NotFound("repository", stream.key)
        projects = {key: self._project(desk, key) for key in sorted(keys)}
        who = _Who(desk, identities.names(desk.session, workspace), stream.source)
        claims: list[Claim] = []
        for rule in rules:
            project = projects.get(rule.project)
            item = project.item(rule.item) if project and rule.item else None
            if project and item and rule.by in (By.PATH, By.STREAM):
                pattern = rule.pattern if rule.by is By.PATH else ALL
                title = item.title if len(projects) == 1 else f"{item.title} of {project.name}"
                claims.append(who.claim(pattern, title, project, item))
        names = tuple(one.name for one in projects.values())
        reader = desk.actor.person_id
        mine = None if reader is None else who.of(reader)
        return _Letters(names, tuple(claims), who.left(), who.names(), mine)


def _facts(stream: Stream, trouble: Trouble) -> dict[str, str]:
    until = trouble.until.isoformat() if trouble.until else ""
    return {
        "repository": stream.key,
        "trouble": trouble.why.value,
        "until": until,
        "detail": trouble.detail,
    }


class _Who:
    """People by their names at a host, for one reader."""

    def __init__(self, desk: Desk, names: Iterable[Name], source: str) -> None:
        self._people = desk.facts.people
        self._by_slack = desk.facts.by_slack
        self._groups = drift.members(desk.session, desk.facts.workspace)
        self._names: dict[int, list[str]] = {}
        for one in names:
            person = self._one(one.person)
            if one.kind == source and person is not None and desk.knows(person):
                self._names.setdefault(person.id, []).append(f"@{one.value}")

    def _one(self, key: int) -> Person | None:
        """Somebody; of accounts that turned out to be somebody's, that person."""
        person = self._people.get(key)
        if person is not None and person.merged_into is not None:
            return self._people.get(person.merged_into)
        return person

    def left(self) -> frozenset[str]:
        """The names of those who left."""
        return frozenset(
            name.lower()
            for person, names in self._names.items()
            if not self._people[person].active
            for name in names
        )

    def of(self, person: int) -> frozenset[str]:
        """Somebody's names, in lower case."""
        return frozenset(name.lower() for name in self._names.get(person, ()))

    def names(self) -> dict[str, str]:
        """What people are called, by their names at the host in lower case."""
        return {
            name.lower(): self._people[person].name
            for person, names in self._names.items()
            for name in names
        }

    def claim(self, pattern: str, title: str, project: Project, item: Item) -> Claim:
        letters = project.raci(item)
        responsible = [*self._holding(letters, Letter.R)]
        answering = [*self._holding(letters, Letter.A), *responsible]
        everyone = [one for letter in Letter for one in self._holding(letters, letter)]
        return Claim(
            pattern,
            title,
            tuple(dict.fromkeys(name for key, _ in responsible for name in self._name(key))),
            frozenset(name for key, _ in everyone if key for name in self._names.get(key, ())),
            tuple(dict.fromkeys(called for _, called in answering)),
            tuple(dict.fromkeys(called for key, called in responsible if not self._name(key))),
        )

    def _name(self, person: int | None) -> list[str]:
        """The name by which somebody is proposed: of several the one that was learned last."""
        return self._names.get(person, [])[-1:] if person else []

    def _holding(
        self, letters: Iterable[Assignment], letter: Letter
    ) -> Iterator[tuple[int | None, str]]:
        """Who holds a letter, with what they are called; a user group by who is in it."""
        for one in letters:
            if one.letter is not letter:
                continue
            match one.holder:
                case PersonHolder(person=key) if person := self._one(key):
                    yield person.id, person.name
                case Group(slack_id=group, handle=handle):
                    inside = [
                        self._by_slack[user]
                        for user in sorted(self._groups.get(group, ()))
                        if user in self._by_slack
                    ]
                    yield from ((person.id, person.name) for person in inside)
                    if not inside:
                        yield None, f"@{handle}"
