"""Names at sources that nobody is known by, and who may be behind each of them.

That is a question to whoever says who is who, and never an answer: until somebody has said so,
nobody is named, credited or written to by it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.identities import KINDS, Name, holder, is_shared
from bot.people import Person, apart
from bot.sources.base import PullRequest, Run
from bot.sources.making import MACHINES
from bot.text import fold

MOST_CANDIDATES = 3
_NOBODY = MACHINES | {"ghost"}
"""What is somebody's name nowhere: accounts that were deleted, and those of machines."""
_SAYABLE = re.compile(r"[\w.@+-]{2,100}")
"""What a command can say as somebody's name."""
_TAIL = re.compile(r"[\d_.-]+$")
_PARTS = re.compile(r"[^\W_]+")


class Clue(StrEnum):
    """Why somebody may be meant."""

    MAIL = "e-mail address"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant."""

    person: Person
    clue: Clue


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name at a service that nobody is known by; `times` are the linked things that it stands on.
    Who may be meant: the likeliest first.
    """

    kind: str
    value: str
    times: int
    candidates: tuple[Candidate, ...] = ()


def unknown(
    seen: Iterable[PullRequest | Run], names: Sequence[Name], people: Mapping[int, Person]
) -> tuple[Unknown, ...]:
    """Those of what was seen that nobody is known by, the most frequent first."""
    called: dict[tuple[str, str], str] = {}
    times: Counter[tuple[str, str]] = Counter()
    for one in seen:
        kind = one.ref.source
        for login, value in _logins(one).items() if kind in KINDS else ():
            called.setdefault((kind, login), value)
            times[kind, login] += 1
    found = [
        Unknown(kind, called[kind, key], count, _candidates(kind, key, names, people))
        for (kind, key), count in times.items()
        if holder(names, kind, key) is None or is_shared(kind, key)
    ]
    return tuple(sorted(found, key=lambda one: (-one.times, one.kind, one.value.casefold())))


def _logins(one: PullRequest | Run) -> dict[str, str]:
    """Whose hands were on it, by the name in lower case: people, neither programs nor teams."""
    some: tuple[str, ...] = (one.user,) if isinstance(one, Run) else ()
    if isinstance(one, PullRequest):
        own = () if one.is_bot else (one.author,)
        some = (*own, *one.requested, *one.opinions, one.merged_by)
    return {
        name.casefold(): name
        for name in some
        if name and "/" not in name and not name.endswith("[bot]") and not name.startswith("app/")
    }


def _candidates(
    kind: str, login: str, names: Sequence[Name], people: Mapping[int, Person]
) -> tuple[Candidate, ...]:
    """Of active people of the workspace that have no name of this kind."""
    if login.partition("@")[0] in _NOBODY or not _SAYABLE.fullmatch(login):
        return ()
    named = {one.person for one in names if one.kind == kind}
    free = [one for one in apart(people) if one.id not in named and _is_here(one)]
    found = {
        one.id: Candidate(one, clue)
        for clue, fits in ((Clue.NAME, _by_name), (Clue.MAIL, _by_mail))
        for one in free
        if fits(login, one)
    }
    ordered = sorted(found.values(), key=lambda one: (one.clue, one.person.name, one.person.id))
    return tuple(ordered[:MOST_CANDIDATES])


def _is_here(person: Person) -> bool:
    return person.active and not (person.is_bot or person.is_guest or person.is_outside)


def _by_mail(login: str, person: Person) -> bool:
    """The address itself, or what stands before its @."""
    mail = (person.email or "").casefold()
    own = mail.partition("@")[0].partition("+")[0]
    return bool(mail) and login in {mail, own} and len(own) > 1


def _by_name(login: str, person: Person) -> bool:
    """Both names in one of the ways in which people are called: bea-lind, lindbea, blind, beal."""
    wanted = "".join(_PARTS.findall(_TAIL.sub("", login.partition("@")[0])))
    return len(wanted) > 2 and wanted in set(_spellings(person))


def _spellings(person: Person) -> Iterator[str]:
    parts = _PARTS.findall(fold(person.name))
    if not parts:
        return
    first, last = parts[0], parts[-1]
    yield first
    if len(parts) > 1:
        yield from (first + last, last + first, first[0] + last, first + last[0], last + first[0])
        yield "".join(parts)
