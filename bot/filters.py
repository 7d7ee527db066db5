"""Of which pull requests a project's channel gets a card by itself: filters that leave out, and
such that keep these alone. They hold for cards; what is linked is not theirs to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from bot.attaching import path_fits
from bot.sources.base import PullRequest, PullState
from bot.spelling import folded


class Trait(StrEnum):
    """What a filter goes by; each but the first two has a value."""

    BOTS = "bots"
    DRAFTS = "drafts"
    LABEL = "label"
    AUTHOR = "author"
    PATH = "path"

    @property
    def has_value(self) -> bool:
        return self not in (Trait.BOTS, Trait.DRAFTS)


class Mode(StrEnum):
    """Whether those with a trait are left out, or those without one."""

    WITHOUT = "without"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class Filter:
    """One of them; of several `ONLY` about one trait any will do."""

    trait: Trait
    value: str
    mode: Mode

    @property
    def words(self) -> str:
        """ "without label wip"."""
        return f"{self.mode.value} {trait_words(self.trait, self.value)}"


def trait_words(trait: Trait, value: str) -> str:
    return f"{trait.value} {value}".strip()


def has(pull: PullRequest, trait: Trait, value: str) -> bool:
    match trait:
        case Trait.BOTS:
            return pull.is_bot or pull.author.endswith("[bot]")
        case Trait.DRAFTS:
            return pull.state is PullState.DRAFT
        case Trait.LABEL:
            return folded(value) in map(folded, pull.labels)
        case Trait.AUTHOR:
            return pull.author.lower() == value.lower().removeprefix("@")
        case Trait.PATH:
            return any(path_fits(path, value) for path in pull.paths)
        case _:
            assert_never(trait)


def admits(filters: Sequence[Filter], pull: PullRequest) -> bool:
    """Whether it gets a card: it has nothing that is left out, and of each trait that alone is kept
    one of the values.
    """
    kept: dict[Trait, bool] = {}
    for one in filters:
        fits = has(pull, one.trait, one.value)
        if one.mode is Mode.WITHOUT:
            if fits:
                return False
        else:
            kept[one.trait] = kept.get(one.trait, False) or fits
    return all(kept.values())
