"""Risks, assumptions, issues and dependencies: raised, said otherwise, closed and opened again."""

from dataclasses import dataclass

from bot.raid import RaidKind, Said


@dataclass(frozen=True, slots=True)
class RaidRaised:
    """A new entry; `place` is what it is about, in words. `taken_back`: it was a mistake."""

    project: int
    item: int | None
    kind: RaidKind
    number: int
    said: Said
    place: str = ""
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class RaidChanged:
    """What is said of an entry from now on. Closing it, and opening it again, is such a change."""

    project: int
    item: int | None
    kind: RaidKind
    number: int
    before: Said
    after: Said
    place_before: str = ""
    place_after: str = ""


RaidChange = RaidRaised | RaidChanged
