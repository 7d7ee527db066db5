"""A new project from the ML template."""

import secrets

from bot.changes import NewItem, ProjectCreated, Seat
from bot.orders import NewProject
from bot.people import Actor, Person
from bot.project import Channel, Holder, Letter, Mode, PersonHolder, Vacancy
from bot.roles import Catalogue, title
from bot.stages import LadderStage, seed, with_modelling
from handlers.service.roster import fresh_key


def project(
    new: NewProject,
    name: str,
    lead: Person | None,
    actor: Actor,
    channel: Channel | None,
    ladder: tuple[LadderStage, ...],
    taken: set[str],
    roles: Catalogue,
) -> ProjectCreated:
    """The workspace's ladder with Modelling; letters by job role, each a vacant seat until filled.

    The lead sits on the seats of their own job role; in start-up mode on every A and R. A private
    project is seen by its lead and by who made it.
    """
    members = {person.id for person in (lead, actor.person) if person is not None}
    items = tuple(
        NewItem(stage.key, stage.title, _seats(stage.key, new.mode, lead, roles))
        for stage in with_modelling(ladder)
    )
    return ProjectCreated(
        key=fresh_key(_key_base(name, private=new.private), taken),
        name=name,
        mode=new.mode,
        lead=lead.id if lead else None,
        private=new.private,
        members=frozenset(members) if new.private else frozenset(),
        channel=channel,
        items=items,
    )


def _key_base(name: str, *, private: bool) -> str:
    """What a key is made of. A private project's key is never the plain name, so that a public

    namesake gets that, and nobody can tell from a number that there is another.
    """
    return f"{name[:30]} {secrets.token_hex(4)}" if private else name


def _seats(stage: str, mode: Mode, lead: Person | None, roles: Catalogue) -> tuple[Seat, ...]:
    if mode is Mode.STARTUP and lead is not None:
        return tuple(Seat(letter, PersonHolder(lead.id)) for letter in (Letter.A, Letter.R))
    return tuple(Seat(letter, _holder(role, lead, roles)) for letter, role in seed(stage))


def _holder(role: str, lead: Person | None, roles: Catalogue) -> Holder:
    if lead is not None and lead.role == role:
        return PersonHolder(lead.id)
    return Vacancy(title(role, roles))
