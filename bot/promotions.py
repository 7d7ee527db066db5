"""Promotions: a version of a model gets one of its aliases, or reaches a stage of the older kind.

What is held now is compared with what was held at the last look, so that each change is found once;
whether the stage that brings models to their users was signed off is read off its gate.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.attaching import TAG
from bot.evidence import Comparison, compared
from bot.gates import APPROVAL, Check
from bot.people import Person
from bot.project import Item, Kind, Project
from bot.sources.base import ModelVersion, Run
from bot.sources.models import Named, Post, Rank, Registered

ROLLOUT: Final = "rollout"
"""The stage whose Accountable hears of promotions, by its key."""
BY: Final = "charter.by"
"""The tag of a version, or of its model, that says who promotes it, by their name there."""
MOST: Final = 3
"""Promotions that one person is told of piece by piece from one look."""


@dataclass(frozen=True, slots=True)
class Promoted:
    """A version holds what it did not hold at the last look; `before` is the version that did."""

    post: Post
    version: str
    before: str = ""

    @property
    def named(self) -> Named:
        return self.post.model, self.version

    @property
    def words(self) -> str:
        """ "alias production", "stage Production"."""
        return f"{self.post.rank.value} {self.post.name}"


def promoted(known: Mapping[Post, str], told: Registered) -> Iterator[Promoted]:
    """What is held by another version than was known, or by one for the first time."""
    for post, version in told.holders.items():
        if known.get(post) != version:
            yield Promoted(post, version, known.get(post, ""))


def vacated(known: Mapping[Post, str], told: Registered) -> Iterator[Post]:
    """What no version holds any more, as far as all was told."""
    if told.is_whole and told.trouble is None:
        yield from (post for post in known if post not in told.holders)


def mark(told: Registered, named: Named) -> str:
    """What a model, or else the version, says of whose it is: "atlas/rollout"; empty if nothing."""
    version = told.versions.get(named)
    said = told.tags.get(named[0], {}).get(TAG) or (version.tags.get(TAG, "") if version else "")
    return said.strip().lower()


def stage_of(project: Project, marked: str | None) -> Item | None:
    """Where whoever is accountable hears of it: the stage that the model itself names, else the
    roll-out; None where the project has neither.
    """
    named = project.item(marked) if marked else None
    if named is not None and named.kind is Kind.STAGE:
        return named
    return project.item(ROLLOUT)


@dataclass(frozen=True, slots=True)
class Promotion:
    """A promotion as whoever is accountable is told of it: all that the version came to hold.

    `run` made the version, `checks` is the gate of `item` as it stands, `logins` are people's names
    at the registry's source, in lower case; `says_by` is who promoted it by its own tag. `seen_at`
    is when it was found, which is not much later than it was done.
    """

    posts: tuple[Promoted, ...]
    version: ModelVersion
    project: Project
    item: Item | None
    source: str
    seen_at: datetime
    run: Run | None = None
    says_by: str = ""
    checks: tuple[Check, ...] = ()
    people: Mapping[int, Person] = field(default_factory=dict)
    logins: Mapping[str, int] = field(default_factory=dict)

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The run against the success metrics of the scope."""
        return compared(self.run, self.project.scope.metrics) if self.run else ()

    @property
    def approval(self) -> Check | None:
        """What the gate says of whether it was signed off; None where it does not ask for that."""
        return next((one for one in self.checks if one.criterion.key == APPROVAL), None)

    @property
    def is_signed_before(self) -> bool:
        """Whether it was signed off before this version was there at all."""
        one = self.approval
        made = self.version.made
        return bool(one and one.tick and made and one.tick.at < made)

    @property
    def missing(self) -> tuple[Check, ...]:
        """What else the gate asks for and does not have."""
        return tuple(one for one in self.checks if not one.is_met and one.criterion.key != APPROVAL)


def says_by(told: Registered, named: Named) -> str:
    """Who promotes it by its own tag, the version's before the model's."""
    version = told.versions.get(named)
    own = version.tags.get(BY, "") if version else ""
    return (own or told.tags.get(named[0], {}).get(BY, "")).strip()


def merged(some: Sequence[Promoted]) -> Mapping[Named, tuple[Promoted, ...]]:
    """By version: of one that got an alias and a stage at once there is one message."""
    found: dict[Named, tuple[Promoted, ...]] = {}
    for one in sorted(some, key=lambda each: each.post.rank is not Rank.ALIAS):
        found[one.named] = (*found.get(one.named, ()), one)
    return found
