"""Conflicts that somebody settled: the file's word is taken, or what is so here stays.

A conflict goes by a key that is made of all it tells, its three sides included. Where one of them
is another by now, so is the key, and it is asked anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from bot.imports.outcomes import Conflict


class Side(StrEnum):
    """Whose word counts."""

    THEIRS = "theirs"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Settled:
    """Which side conflicts go to, by their keys; `rest` is that of all others, None where these are
    still to be settled.
    """

    sides: Mapping[str, Side] = field(default_factory=dict)
    rest: Side | None = None

    def side(self, conflict: Conflict) -> Side | None:
        return self.sides.get(key_of(conflict), self.rest)


def key_of(conflict: Conflict) -> str:
    """Eight signs, told alike by every process."""
    return sha256(repr(conflict.told).encode()).hexdigest()[:8]
