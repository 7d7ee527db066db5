"""Whom and what the words of a sheet mean, for who imports it."""

import re
from collections.abc import Callable, Mapping
from functools import cached_property

from bot import deciding
from bot.errors import Ambiguous, NotFound, Refused
from bot.identities import Name
from bot.imports import Wanted, vacant_in
from bot.imports.asking import is_left_out
from bot.people import Person, apart
from bot.project import Group, Item, PersonHolder, Project
from bot.rights import Right
from bot.roles import called
from bot.sources import LOGINS
from bot.spelling import folded
from bot.telling import person_ref
from handlers.service import references, rights
from handlers.service.references import Desk
from storage import identities

_MAIL = re.compile(r"(?:mailto:)?([^\s<>|@]+@[^\s<>|@]+\.[^\s<>|@]+)", re.IGNORECASE)
_LEFT = re.compile(r"\s*\(left\)$", re.IGNORECASE)


class Names:
    """What there is, for one importer. `named` is the project of lines that name none, `people`
    says whom names mean, `then` what some were called in the export that comes back.
    """

    def __init__(
        self,
        desk: Desk,
        read: Callable[[int], Project],
        named: int | None,
        people: Mapping[str, str],
        then: Mapping[int, str],
    ) -> None:
        self._desk, self._read, self._named = desk, read, named
        self._meant = {folded(name): who for name, who in people.items()}
        self._then = {key: folded(name) for key, name in then.items()}
        self._permitted: dict[int, Project] = {}
        self._alike: dict[str, str] = {}
        self._left: dict[str, str] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        alike = (
            f"“{sheet}” names no project: it was taken for that of {name}, as it is called so."
            for sheet, name in self._alike.items()
        )
        left = f"Left out, as you said: {', '.join(self._left.values())}."
        return (*alike, left) if self._left else tuple(alike)

    def project(self, words: str, sheet: str) -> Project | None:
        """See `World`. Nobody is looked up for whoever may change nothing of a project: they would
        learn who is there.
        """
        if words:
            return self._permit(references.project_id(self._desk, words, self._desk.place))
        if self._named is not None:
            return self._permit(self._named)
        try:
            key = references.project_id(self._desk, sheet, self._desk.place)
        except (NotFound, Ambiguous):
            return None
        project = self._permit(key)
        self._alike[sheet] = project.name
        return project

    def seen(self, key: str) -> Project | None:
        return self._read(self._keys[key]) if key in self._keys else None

    @cached_property
    def _keys(self) -> Mapping[str, int]:
        return {known.key: known.id for known in self._desk.visible()}

    def _permit(self, key: int) -> Project:
        if key not in self._permitted:
            project = self._read(key)
            deciding.refuse_archived(project)
            rights.require(self._desk, Right.EDIT, project)
            self._permitted[key] = project
        return self._permitted[key]

    def item(self, project: Project, words: str, within: str) -> Item:
        try:
            return references.item(self._desk, project, words)
        except Ambiguous as error:
            stage = folded(within)
            keys = {key for _, key in error.options}
            parents = {
                one.key for one in project.items if stage in (folded(one.title), folded(one.key))
            }
            inside = [one for one in project.items if one.key in keys and one.parent in parents]
            if len(inside) != 1:
                raise
            return inside[0]

    def holder(self, words: str, group: str) -> Wanted | None:
        plain = _LEFT.sub("", words.strip())
        who = self._meant.get(folded(plain))
        if who is None:
            return self._holder(words, plain, group)
        if is_left_out(who):
            self._left[folded(plain)] = plain
            return None
        return self._holder(who, who, group)

    def _holder(self, words: str, plain: str, group: str) -> Wanted:
        seat = vacant_in(plain)
        if seat is not None:
            role, requisition = seat
            return self._seat(words, role or group, requisition)
        if (user_group := self._group(plain)) is not None:
            return Wanted(f"@{user_group.handle.lstrip('@')}", user_group)
        if (person := self._elsewhere(plain)) is not None:
            return Wanted(person.name, PersonHolder(person.id))
        try:
            person = self._person(plain)
        except NotFound:
            role_named = called(plain, self._desk.facts.roles)
            if role_named is None:
                raise
            return Wanted(role_named.title, role=role_named.title, role_key=role_named.key)
        return Wanted(person.name, PersonHolder(person.id))

    def _person(self, words: str) -> Person:
        """Somebody by what they are called, or were in the export that comes back."""
        spelled = folded(words)
        found = {
            one.id: one
            for one in apart(self._desk.facts.people)
            if self._then.get(one.id) == spelled and self._desk.knows(one)
        }
        try:
            person = references.person(self._desk, words)
        except NotFound:
            if not found:
                raise
        else:
            found[person.id] = person
        if len(found) > 1:
            told = ((references.told_apart(one), person_ref(one)) for one in found.values())
            raise Ambiguous("person", words, tuple(told))
        return next(iter(found.values()))

    def _seat(self, words: str, role: str, requisition: str) -> Wanted:
        known = called(role, self._desk.facts.roles) if role else None
        title = known.title if known else role and deciding.checked_line(role, "role")
        key = known.key if known else ""
        return Wanted(words, None, title, key, requisition, is_open=True)

    def _group(self, words: str) -> Group | None:
        if not words.startswith(("@", "<!subteam^")):
            return None
        try:
            return references.user_group(self._desk, words)
        except Refused:
            return None

    def _elsewhere(self, words: str) -> Person | None:
        """Somebody by their e-mail address, or by their name at a service ("@bea-x")."""
        mail = _MAIL.fullmatch(words.strip("<>").split("|")[0])
        wanted = (mail[1] if mail else words.lstrip("@")).casefold()
        if mail is None and not words.startswith("@"):
            return None
        kinds = {"email"} if mail else {*LOGINS}
        people = {one.id: one for one in apart(self._desk.facts.people)}
        found = {
            name.person
            for name in self._names
            if name.kind in kinds and name.value.casefold() == wanted and name.person in people
        }
        if mail:
            found |= {one.id for one in people.values() if (one.email or "").casefold() == wanted}
        known = [people[key] for key in sorted(found) if self._desk.knows(people[key])]
        return known[0] if len(known) == 1 else None

    @cached_property
    def _names(self) -> tuple[Name, ...]:
        return identities.names(self._desk.session, self._desk.facts.workspace)
