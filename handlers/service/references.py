"""Words that name a project, an item or a holder → the thing meant, exactly or not at all.

Orders change the record, so nothing is guessed here: a near miss is an error with suggestions, and
what the actor may not see is as if it were not there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot import deciding, permissions, rights, spelling
from bot.errors import Ambiguous, BadInput, NotFound, Refused, Why
from bot.moments import known, own_day
from bot.outcome import Place
from bot.people import Actor, Person, apart
from bot.project import Group, Holder, Item, PersonHolder, Project, Vacancy
from bot.roles import Role, called
from bot.sight import Sight, seen
from bot.spelling import folded
from bot.telling import person_ref
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.known import Known
from storage import directory, user_groups

_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_GROUP = re.compile(r"<!subteam\^(S[A-Z0-9]+)(?:\|@?([^>]*))?>")
_VACANT = re.compile(
    r"(?:a\s+)?vacan(?:t|cy)\b[\s:(]*(?P<role>.*?)(?:[\s,]+(?P<req>[A-Z]{1,6}-\d+))?\)?", re.I
)
_OUTSIDE = re.compile(
    r"outside (?P<name>.+?) of (?P<company>.+?)"
    r"(?: (?:<mailto:)?(?P<mail>[^\s<>|@]+@[^\s<>|@]+)(?:\|[^>]*)?>?)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """All that is needed to look something up for one actor, in one transaction."""

    session: Session
    facts: WorkspaceFacts
    cache: FactsCache
    actor: Actor
    now: datetime
    place: Place

    def sees(self, project: int) -> bool:
        """Whether the actor may know of a project: always, as the operator; else as `bot.sight`
        says.
        """
        return bool(self.sight(project))

    def sight(self, project: int) -> Sight:
        known = self.facts.projects.get(project)
        if known is None or known.is_gone:
            return Sight.NOTHING
        person = self.actor.person
        return Sight.PLAIN if person is None else seen(known, person.id, self.place, self.now)

    @property
    def today(self) -> date:
        """The date where the actor is."""
        return own_day(self.now, self.zone)

    @property
    def zone(self) -> str:
        """The time zone where the actor is."""
        return known(self.actor.zone)

    def stands_for(self, project: Project) -> frozenset[int]:
        """The people for whom the actor acts in a project today, in their days."""
        me, people = self.actor.person_id, self.facts.people
        return frozenset(
            acting.person
            for acting in self.facts.delegations
            if acting.delegate == me
            and acting.project in (None, project.id)
            and acting.covers(own_day(self.now, people[acting.person].timezone))
        )

    def role(self, project: Project, item: Item | None = None) -> rights.Role:
        """What the actor is to a project, or to an item of it: through broken glass a viewer."""
        if self.sight(project.id) is Sight.THROUGH_GLASS:
            return rights.Role.VIEWER
        return permissions.in_project(self.actor, project, item, self.stands_for(project))

    def knows(self, person: Person) -> bool:
        """Whether the actor may know of somebody: of who is from outside, where they see a project
        that names them.
        """
        return not person.is_outside or self.actor.person is None or self._is_named(person.id)

    def is_told_of(self, person: Person) -> bool:
        """Whether somebody is named to the actor who did not name them: to a guest, who stands in a
        project that they see.
        """
        me = self.actor.person
        if me is None or not me.is_guest or person.id == me.id:
            return self.knows(person)
        return any(self.is_of(known, person.id) for known in self.visible())

    def _is_named(self, person: int) -> bool:
        return any(person in known.outsiders or person == known.lead for known in self.visible())

    def is_of(self, known: Known, person: int) -> bool:
        """Whether somebody stands in a project: leads it, is listed there, or holds a letter."""
        if person == known.lead or person in known.members or person in known.grants:
            return True
        project = self.cache.project(self.session, self.facts, known.id, self.now)
        held = (one.holder for item in project.items for one in item.assignments)
        return PersonHolder(person) in held

    def visible(self) -> Iterable[Known]:
        return (known for known in self.facts.projects.values() if self.sees(known.id))


def project_id(desk: Desk, ref: str | None, place: Place, *, archived: bool = False) -> int:
    """The project that `ref` names, or (None) the one bound to the place.

    Of several the open ones are meant, or with `archived` those that were put away.
    """
    if ref is None:
        return _of_channel(desk, place)
    if ref.startswith("#"):
        name = ref.removeprefix("#")
        return _of_channel(desk, _channel_named(desk, name))
    found = [key for key in desk.facts.by_spelling.get(folded(ref), ()) if desk.sees(key)]
    exact = [key for key in found if desk.facts.projects[key].key == ref] or found
    meant = [key for key in exact if desk.facts.projects[key].archived is archived] or exact
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise Ambiguous("project", ref, _options(desk, meant))
    spelled = {one: known.name for known in desk.visible() for one in known.spellings}
    raise NotFound("project", ref, spelling.near(ref, spelled))


def _channel_named(desk: Desk, name: str) -> Place:
    """The channel of that name. A private one is known to those who are in it, and to the operator;
    to others it is as if there were none.
    """
    found = directory.channel_named(desk.session, desk.facts.workspace, name)
    if found is None or not found.is_private or found.channel == desk.place.channel:
        return found or Place(None, name)
    person = desk.actor.person
    users = desk.facts.rooms.get(found.channel or "", frozenset())
    return found if person is None or person.slack_id in users else Place(None, name)


def _of_channel(desk: Desk, place: Place) -> int:
    bound = [key for key in desk.facts.by_channel.get(place.channel or "", ()) if desk.sees(key)]
    open_ones = [key for key in bound if not desk.facts.projects[key].archived] or bound
    if len(open_ones) == 1:
        return open_ones[0]
    if open_ones:
        raise Ambiguous("project", "", _options(desk, open_ones))
    raise Refused(Why.NO_CHANNEL)


def _options(desk: Desk, keys: Iterable[int]) -> tuple[tuple[str, str], ...]:
    return tuple((desk.facts.projects[key].name, desk.facts.projects[key].key) for key in keys)


def role(desk: Desk, ref: str) -> Role:
    """The job role that `ref` names. Raises `NotFound` (what "role") with those that are near."""
    found = called(ref, desk.facts.roles)
    if found is None:
        raise NotFound("role", ref, near(ref, [one.title for one in desk.facts.roles.values()]))
    return found


def item(desk: Desk, project: Project, ref: str) -> Item:
    """The item of a project that `ref` names: by key, title or alias, its own or the ladder's."""
    wanted = folded(ref)
    if not wanted:
        raise BadInput(Why.EMPTY_TEXT, {"field": "item"}, field="item")
    rungs = {stage.key: stage.aliases for stage in desk.facts.ladder}
    spelled = {
        one.key: {
            folded(name) for name in (one.key, one.title, *one.aliases, *rungs.get(one.key, ()))
        }
        for one in project.items
    }
    found = [one for one in project.items if wanted in spelled[one.key]]
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous("item", ref, tuple((one.title, one.key) for one in found))
    _refuse_gone(project, ref)
    names = {name: one.title for one in project.items for name in spelled[one.key]}
    close = tuple(dict.fromkeys(names[name] for name in near(wanted, names)))
    there = () if close else tuple(one.title for one in project.items)
    raise NotFound("item", ref, close, there)


def _refuse_gone(project: Project, ref: str) -> None:
    """Raise `Refused` where a name means something that was taken out of the project."""
    for gone in project.gone:
        if folded(ref) in {folded(name) for name in (gone.key, gone.title, *gone.names)}:
            facts = {"item": gone.title, "on": gone.at.date().isoformat()}
            raise Refused(Why.ITEM_REMOVED, facts, field="item")


def user_group(desk: Desk, ref: str) -> Group:
    """A Slack user group that Slack has told of. Raises `Refused` for another one."""
    meant = _GROUP.fullmatch(ref.strip())
    wanted = meant[1] if meant else ref.strip().removeprefix("@")
    for group in user_groups.known(desk.session, desk.facts.workspace):
        if wanted == group.slack_id or wanted.casefold() == group.handle.casefold():
            return group
    name = (meant[2] or meant[1]) if meant else ref.strip()
    raise Refused(Why.GROUP_UNKNOWN, {"name": name}, field="group")


def holder(desk: Desk, ref: str) -> Holder:
    """Who shall hold a letter. Raises `NotFound` for a person whom the workspace does not know."""
    ref = ref.strip()
    if group := _GROUP.fullmatch(ref):
        return Group(group[1], deciding.checked_line(group[2] or group[1], "group"))
    if vacant := _VACANT.fullmatch(ref):
        role = vacant["role"].strip(" :(),")
        if not role:
            raise BadInput(Why.EMPTY_TEXT, {"field": "role"}, field="vacant_role")
        return Vacancy(deciding.checked_line(role, "role"), vacant["req"])
    if stranger := outsider(ref):
        known = known_outsider(desk, stranger)
        if known is None:
            raise NotFound("person", stranger.name)
        return PersonHolder(known.id)
    return PersonHolder(person(desk, ref).id)


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody who works elsewhere, as an order names them."""

    name: str
    company: str
    mail: str | None


def outsider(ref: str) -> Outsider | None:
    """`outside NAME of COMPANY [MAIL]`; None for whatever else. `BadInput` where no company is
    named.
    """
    ref = " ".join(ref.split())
    if not ref.casefold().startswith("outside "):
        return None
    found = _OUTSIDE.fullmatch(ref)
    if found is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "company"}, field="outside")
    name, company = (deciding.checked_line(found[part], part) for part in ("name", "company"))
    mail = found["mail"]
    return Outsider(name, company, mail.casefold() if mail else None)


def known_outsider(desk: Desk, stranger: Outsider) -> Person | None:
    """The person whom an order names so: by the e-mail address, else by name and company.

    An address tells nobody the name of somebody whom they do not know.
    """
    wanted = (folded(stranger.name), folded(stranger.company))
    everyone = desk.facts.people.values()
    if stranger.mail is not None:
        for one in everyone:
            has_it = one.email is not None and one.email.casefold() == stranger.mail
            if has_it and desk.knows(one):
                return one
    outside = (one for one in everyone if one.is_outside and one.active)
    same = [one for one in outside if (folded(one.name), folded(one.company)) == wanted]
    return same[0] if len(same) == 1 else None


def person(desk: Desk, ref: str) -> Person:
    """Somebody by `<@U1>`, `key:KEY`, full name, a first name of one active person, or "me"."""
    ref = ref.strip()
    if not ref:
        raise BadInput(Why.EMPTY_TEXT, {"field": "holder"}, field="holder")
    if user := _USER.fullmatch(ref):
        known = desk.facts.by_slack.get(user[1])
        if known is None:
            raise NotFound("person", ref)
        return known
    if folded(ref) in {"me", "myself", "i"} and desk.actor.person:
        return desk.facts.people[desk.actor.person.id]
    everyone = [one for one in apart(desk.facts.people) if desk.knows(one)]
    wanted = folded(ref.lstrip("@"))
    if ref.startswith("key:"):
        keyed = [one for one in everyone if one.key == ref.removeprefix("key:")]
        if keyed:
            return keyed[0]
    for names in (_full_name, _first_name, _keys):
        found = [one for one in everyone if wanted in names(one)]
        found = [one for one in found if one.active] or found
        if len(found) == 1:
            return found[0]
        if options := [one for one in found if desk.is_told_of(one)]:
            raise Ambiguous(
                "person", ref, tuple((told_apart(one), person_ref(one)) for one in options)
            )
    there = (one for one in everyone if one.active and not one.is_bot)
    raise NotFound("person", ref, near(ref, {one.name for one in there if desk.is_told_of(one)}))


def _keys(one: Person) -> set[str]:
    return {folded(one.key), one.key.casefold()}


def _full_name(one: Person) -> set[str]:
    return {folded(one.name)}


def _first_name(one: Person) -> set[str]:
    return {folded(one.first_name)} if one.first_name else set()


def told_apart(one: Person) -> str:
    return f"{one.name}, {one.job_title}" if one.job_title else one.name


def near(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The nearest names, best first."""
    return spelling.near(text, {folded(name): name for name in sorted(names)})
