"""Which repositories may be read at all, where Charter's token sees more than its readers may."""

import re
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

_NAME = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:/(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100})?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Fence:
    """Accounts, and repositories as `owner/name`, in lower case; none of either: all may be read.

    To GitHub case means nothing.
    """

    inside: frozenset[str] = frozenset()

    @classmethod
    def of(cls, listed: str) -> "Fence":
        """Of names separated by commas. `ValueError` for what is no such name."""
        names = [part.strip() for part in listed.split(",") if part.strip()]
        if not all(_NAME.fullmatch(name) for name in names):
            raise ValueError("accounts or repositories separated by commas: acme,other/churn")
        return cls(frozenset(name.lower() for name in names))

    def admits(self, repo: str) -> bool:
        """Whether a repository (`owner/name`) may be read."""
        known = repo.lower()
        return not self.inside or not self.inside.isdisjoint((known, known.partition("/")[0]))


@runtime_checkable
class Fenced(Protocol):
    """A code host of which not every repository may be read."""

    def barred(self, where: str) -> str:
        """The repository that an address leads to and that may not be read; empty where it may be,
        or where the address leads to none. Asks nobody.
        """
