"""Accounts at a code host whose names change: who somebody is goes by the account, not by its name.

The old name stays theirs as long as nobody else is seen by it, so that what they did under it stays
theirs, too.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.changes import IdentityChanged
from bot.identities import MOST_OF_A_KIND
from bot.sources.base import PullRequest

_LOGIN = re.compile(r"[\w.-]{1,100}")


@dataclass(frozen=True, slots=True)
class Known:
    """A person's name at a service, and the account that it is of, if that was told."""

    person: int
    value: str
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Learned:
    """What accounts tell: names that somebody has or has no more, and which name is of which."""

    changes: tuple[IdentityChanged, ...]
    accounts: Mapping[str, str]


def told(pulls: Iterable[PullRequest]) -> dict[str, tuple[str, str]]:
    """The names on these by lower case, each as it is written and with its account: the host and
    the number there.
    """
    return {
        login.casefold(): (login, f"{urlsplit(pull.ref.url).netloc}/{number}")
        for pull in pulls
        for login, number in pull.accounts.items()
        if _LOGIN.fullmatch(login)
    }


def learned(kind: str, names: Mapping[str, tuple[str, str]], known: Sequence[Known]) -> Learned:
    """What follows from names that were seen with their accounts.

    A new name of a known account is the same person's, if nobody else has it. A name that another
    account of the same host has by now is that person's no more.
    """
    by_value = {one.value.casefold(): one for one in known}
    by_account = {one.account: one.person for one in known if one.account}
    own: dict[int, list[str]] = defaultdict(list)
    for one in known:
        own[one.person].append(one.value)
    before = {person: tuple(values) for person, values in own.items()}
    accounts: dict[str, str] = {}
    for name, (written, account) in names.items():
        mine = by_value.get(name)
        if mine is None and account in by_account:
            own[by_account[account]].append(written)
            accounts[written] = account
        elif mine is not None and mine.account and _is_another(mine.account, account):
            own[mine.person].remove(mine.value)
        elif mine is not None and mine.account != account:
            accounts[mine.value] = account
    changes = tuple(
        IdentityChanged(person, kind, before[person], tuple(values[-MOST_OF_A_KIND:]))
        for person, values in own.items()
        if tuple(values) != before[person]
    )
    return Learned(changes, accounts)


def _is_another(account: str, other: str) -> bool:
    """Whether these are two accounts of one host; those of two hosts cannot be told apart."""
    host, _, number = account.rpartition("/")
    theirs, _, another = other.rpartition("/")
    return host == theirs and number != another
