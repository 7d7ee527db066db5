"""The catalogue of job roles: what each does, which stages it usually holds, whom it works with.

Charter ships those of an ML team; a workspace may say them otherwise, add its own and drop those
that it has no use for.
"""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.people import Person
from bot.project import Letter
from bot.spelling import folded
from bot.stages import LADDER, seed

_IN_FULL = re.compile(r"\bmachine[ -]learning\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Role:
    """A job role. `stages` are keys of the ladder, in its order; `works_with` keys of other roles.

    `is_own`: the workspace said it itself, or said it otherwise than it is shipped.
    """

    key: str
    title: str
    does: str = ""
    stages: tuple[str, ...] = ()
    works_with: tuple[str, ...] = ()
    is_own: bool = False

    @property
    def mark(self) -> str:
        """Tells whether it is still said as somebody saw it."""
        return format(zlib.crc32(repr(self).encode("utf-8", "replace")), "x")


Catalogue = Mapping[str, Role]
"""Roles by key, in the order in which they are told."""


def _usual(role: str) -> tuple[str, ...]:
    """The stages of which the seed gives a role the A or the R."""
    working = {Letter.A, Letter.R}
    return tuple(
        rung.key
        for rung in LADDER
        if any(who == role and letter in working for letter, who in seed(rung.key))
    )


def _shipped(key: str, title: str, does: str, works_with: str, *stages: str) -> Role:
    return Role(key, title, does, stages or _usual(key), tuple(works_with.split()))


SHIPPED: tuple[Role, ...] = (
    _shipped(
        "product_manager",
        "Product Manager",
        "Finds out which feature needs ML at all, says what users would gain by it, and keeps what "
        "is built in line with that.",
        "business_stakeholder data_analyst data_scientist",
    ),
    _shipped(
        "business_stakeholder",
        "Business Stakeholder",
        "Knows what the problem costs today, says what a solution may cost, and judges whether the "
        "result pays.",
        "product_manager data_analyst",
        "idea",
        "framing",
    ),
    _shipped(
        "data_analyst",
        "Data Analyst",
        "Measures the present state, looks for what the data can and cannot tell, checks its "
        "quality, and reports the metrics.",
        "product_manager data_engineer data_scientist",
    ),
    _shipped(
        "data_engineer",
        "Data Engineer",
        "Builds and runs what takes data in, stores it and brings it to those who train models.",
        "data_scientist data_analyst ml_engineer",
    ),
    _shipped(
        "data_scientist",
        "Data Scientist",
        "Turns the business problem into one that data can answer, explores and cleans the data, "
        "trains models and compares them.",
        "product_manager data_analyst data_engineer research_scientist ml_engineer",
    ),
    _shipped(
        "research_scientist",
        "Research Scientist",
        "Follows research, tries new methods, and advises which of them are worth building on.",
        "data_scientist ml_engineer",
    ),
    _shipped(
        "ml_engineer",
        "ML Engineer",
        "Brings models into production: serving, speed, monitoring and retraining.",
        "data_scientist data_engineer developer",
    ),
    _shipped(
        "developer",
        "Developer",
        "Builds the product around the model: the back end that calls it and what users see of it.",
        "ml_engineer product_manager",
    ),
    _shipped(
        "annotation_team",
        "Annotation Team",
        "Labels data by agreed guidelines, inside the company or as a vendor, and reports where "
        "these do not fit.",
        "data_scientist data_analyst",
    ),
    _shipped(
        "engineering_manager",
        "Engineering Manager",
        "Finds people, time and machines for the work, and clears what stands in its way.",
        "product_manager data_scientist ml_engineer",
        "resourcing",
    ),
    _shipped(
        "full_stack_data_scientist",
        "Full-stack Data Scientist",
        "Does nearly all of it in a small team, from the question to the running model, until "
        "others join and take stages over.",
        "product_manager developer",
        *(rung.key for rung in LADDER),
    ),
)

CATALOGUE: Catalogue = {role.key: role for role in SHIPPED}


def catalogue(own: Iterable[Role], gone: Iterable[str] = ()) -> Catalogue:
    """What a workspace has: the shipped roles as it says them, without those gone, then its own."""
    said = {role.key: role for role in own}
    dropped = set(gone)
    shipped = [said.pop(role.key, role) for role in SHIPPED if role.key not in dropped]
    added = sorted(said.values(), key=lambda role: (folded(role.title), role.key))
    return {role.key: role for role in (*shipped, *added)}


def title(key: str, roles: Catalogue = CATALOGUE) -> str:
    """A role in words; a key that the catalogue does not have as a document wrote it."""
    known = roles.get(key)
    return known.title if known else key.replace("_", " ")


def titled(text: str, roles: Catalogue) -> Role | None:
    """The role of that title, or the one that is shipped under it; case and plural aside.

    "Machine learning" is "ML".
    """
    wanted = folded(_IN_FULL.sub("ML", text))
    own = {folded(_IN_FULL.sub("ML", role.title)): role for role in reversed(tuple(roles.values()))}
    shipped = {
        folded(CATALOGUE[key].title): role for key, role in roles.items() if key in CATALOGUE
    }
    return own.get(wanted) or shipped.get(wanted)


def called(text: str, roles: Catalogue) -> Role | None:
    """The role that is meant: by its title, else by its key, as documents write it."""
    wanted = folded(text)
    keyed = (role for role in roles.values() if wanted and folded(role.key) == wanted)
    return titled(text, roles) or next(keyed, None)


def having(role: Role, roles: Catalogue, people: Iterable[Person]) -> tuple[Person, ...]:
    """Active people of a role, by name: as it was said of them, else by their job title."""
    found = (one for one in people if one.active and not one.is_bot and _has(one, role, roles))
    return tuple(sorted(found, key=lambda person: (person.name.casefold(), person.id)))


def _has(person: Person, role: Role, roles: Catalogue) -> bool:
    if person.role:
        return person.role == role.key
    return bool(person.job_title.strip()) and called(person.job_title, roles) == role


def of(person: Person, roles: Catalogue) -> str:
    """What somebody is, in words: their role, else their job title; empty where neither is said."""
    known = roles.get(person.role)
    return known.title if known else " ".join((person.role or person.job_title).split())
