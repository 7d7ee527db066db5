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


def insiders(there: Ownership) -> frozenset[str]:
    """Who surely sees the repository at its host, by their names there in lower case: who writes
    there, and who owns something by the file, alone or in a team.
    """
    owners = {owner.lower() for entry in read(there.text).entries for owner in entry.owners}
    inside = (people for team, people in there.teams.items() if team in owners)
    return frozenset(owners).union(there.writers or (), *inside)


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
