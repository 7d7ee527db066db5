"""The ladder that new projects of a workspace begin with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rung:
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class RungsChanged:
    """The stages that new projects begin with, in their order."""

    before: tuple[Rung, ...]
    after: tuple[Rung, ...]
