"""What CODEOWNERS and letters disagree about, as somebody is told."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.codeowners import (
    Claim,
    Difference,
    Owners,
    Proposal,
    Standing,
    differences,
    proposed,
    read,
)
from bot.sources.owning import Ownership


@dataclass(frozen=True, slots=True)
class OwnershipShown:
    """A repository as it was asked for (`asked`), and as its host tells of it, held against the
    paths that projects give to stages. `projects` are the names of those looked at, `names` what
    people who are named there are called, by their names at the host in lower case.
    """

    asked: str
    there: Ownership
    owners: Owners
    projects: tuple[str, ...]
    claims: tuple[Claim, ...]
    differences: tuple[Difference, ...]
    proposals: tuple[Proposal, ...]
    names: Mapping[str, str]

    @property
    def was_renamed(self) -> bool:
        return self.there.repo.lower() != self.asked.lower()


def compared(
    asked: str,
    there: Ownership,
    projects: tuple[str, ...],
    claims: tuple[Claim, ...],
    left: frozenset[str],
    names: Mapping[str, str],
) -> OwnershipShown:
    """`left` are the names at the host, in lower case, of those who left."""
    owners = read(there.text)
    known = Standing(left, there.writers, there.refused, there.teams)
    return OwnershipShown(
        asked,
        there,
        owners,
        projects,
        claims,
        differences(owners, claims, known),
        proposed(owners, claims, known),
        names,
    )
