"""Which job roles there are in a workspace, and who has which."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.changes import JobGiven, RoleDefined
from bot.deciding.texts import LONGEST_NOTE, checked_line, checked_text
from bot.errors import BadInput, Refused, Why
from bot.people import Person
from bot.roles import Catalogue, Role, titled
from bot.text import fold


@dataclass(frozen=True, slots=True)
class Use:
    """Where a role is used: a person who has it, or a vacant seat of an item."""

    what: str


def add_role(
    roles: Catalogue,
    title: str,
    does: str = "",
    stages: Sequence[str] = (),
    works_with: Sequence[str] = (),
) -> RoleDefined:
    """A role of the workspace's own. `Refused` where there is one of that name."""
    title = _title(title)
    _refuse_taken(roles, title)
    key = _fresh_key(title, roles)
    return RoleDefined(
        None, Role(key, title, _does(does), tuple(stages), tuple(works_with), is_own=True)
    )


def edit_role(
    roles: Catalogue,
    role: Role,
    *,
    title: str | None = None,
    does: str | None = None,
    stages: Sequence[str] | None = None,
    works_with: Sequence[str] | None = None,
) -> RoleDefined:
    """Say a role otherwise; what is None stays as it is."""
    if title is not None:
        title = _title(title)
        _refuse_taken({key: one for key, one in roles.items() if key != role.key}, title)
    after = replace(
        role,
        title=role.title if title is None else title,
        does=role.does if does is None else _does(does),
        stages=role.stages if stages is None else tuple(stages),
        works_with=role.works_with if works_with is None else tuple(works_with),
    )
    if after == role:
        raise Refused(Why.NOTHING_CHANGES, {"item": role.title})
    return RoleDefined(role, replace(after, is_own=True))


def remove_role(role: Role, uses: Sequence[Use]) -> RoleDefined:
    """Take a role out of the catalogue. `Refused`, with the list, where somebody needs it still."""
    if uses:
        told = "; ".join(use.what for use in uses[:_MOST_USES])
        more = len(uses) - _MOST_USES
        facts = {"role": role.title, "uses": told + (f"; and {more} more" if more > 0 else "")}
        raise Refused(Why.ROLE_IN_USE, facts)
    return RoleDefined(role, None)


def give_job(person: Person, role: Role | None, roles: Catalogue) -> JobGiven:
    """Say what somebody's job role is; None for none."""
    if person.is_bot:
        raise Refused(Why.HOLDER_IS_BOT, {"name": person.name}, field="holder")
    after = role.key if role else ""
    if after == person.role:
        raise Refused(Why.NOTHING_CHANGES, {"item": person.name})
    before = roles.get(person.role)
    return JobGiven(
        person.id,
        person.role,
        after,
        before.title if before else person.role.replace("_", " "),
        role.title if role else "",
    )


_MOST_USES = 10


def _title(title: str) -> str:
    title = checked_line(title, "role")
    if not any(character.isalnum() for character in title):
        raise BadInput(Why.BAD_NAME, {"name": title}, field="title")
    return title


def _does(does: str) -> str:
    return checked_text(does, LONGEST_NOTE, "does") if does.strip() else ""


def _refuse_taken(roles: Catalogue, title: str) -> None:
    if (taken := titled(title, roles)) is not None:
        raise Refused(Why.ROLE_TAKEN, {"role": taken.title}, field="title")


def _fresh_key(title: str, roles: Catalogue) -> str:
    base = re.sub(r"\W+", "_", fold(title)).strip("_")[:40] or "role"
    keys = (base, *(f"{base}_{number}" for number in range(2, len(roles) + 3)))
    return next(key for key in keys if key not in roles)
