"""What a registry of models tells: which version of a model is set above the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from bot.sources.base import ModelVersion, Run, Trouble


class Rank(StrEnum):
    """What sets a version of a model above the others: one of the model's aliases, or a stage of
    the older kind.
    """

    ALIAS = "alias"
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class Post:
    """What one version of a model holds at a time: "production" of a model."""

    model: str
    rank: Rank
    name: str


Named = tuple[str, str]
"""A version: the model's name and the version's."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What a model registry told. `holders` is which version holds what; `tags` are the models'.

    `versions` are those that hold or held what is held otherwise than was known, None for one that
    is not there any more; `runs`, by their ids, made these. What trouble left out of them is told
    in a later look. Without `is_whole` there are more holders than were told.
    """

    holders: Mapping[Post, str] = field(default_factory=dict)
    tags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    versions: Mapping[Named, ModelVersion | None] = field(default_factory=dict)
    runs: Mapping[str, Run] = field(default_factory=dict)
    is_whole: bool = True
    trouble: Trouble | None = None


@runtime_checkable
class Registers(Protocol):
    """A source that has a registry of models."""

    def registered(self, known: Mapping[Post, str] | None) -> Registered:
        """Which version holds what now. What is held otherwise than was `known` is told with its
        versions, so many as one pass can ask for; without `known` none are.
        """
