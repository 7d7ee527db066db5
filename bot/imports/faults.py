"""What is wrong with a cell, as facts; `handlers.views.imports` words it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.errors import CharterError


class Slip(StrEnum):
    """Why what a cell says cannot be taken."""

    BAD_LETTER = "bad_letter"
    TWO_ACCOUNTABLE = "two_accountable"
    NO_STAGE = "no_stage"
    NO_PROJECT = "no_project"
    NO_LETTER = "no_letter"
    NO_HOLDER = "no_holder"
    NO_LAYOUT = "no_layout"
    UNPLACED = "unplaced"
    UNCOMPUTED = "uncomputed"
    TWO_DATES = "two_dates"
    BAD_DATE = "bad_date"
    UNTIL_AHEAD = "until_ahead"
    ROLE_WANTED = "role_wanted"
    ROLE_HELD = "role_held"
    INHERITS = "inherits"
    UNTIL_EDITED = "until_edited"
    SINCE_GONE = "since_gone"
    UNSETTLED = "unsettled"
    NOT_TAKEN = "not_taken"
    ELSEWHERE = "elsewhere"
    NEW_LINE = "new_line"
    NO_HEAD = "no_head"
    HEAD_GONE = "head_gone"
    BAD_STATUS = "bad_status"
    BLOCKED_NOTE = "blocked_note"
    SAID_TWICE = "said_twice"


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell of which something cannot be taken: by a `slip` with its facts, or by an `error` that
    the same words typed would have met.
    """

    sheet: str
    cell: str
    slip: Slip | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    error: CharterError | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """All that makes it this one, to compare."""
        why = self.slip.value if self.slip else repr(self.error)
        return (self.sheet, self.cell, why, *(f"{key}={self.facts[key]}" for key in self.facts))


class Slipped(Exception):
    """Raised while a cell is decided whose words cannot be taken."""

    def __init__(self, slip: Slip, facts: Mapping[str, str] | None = None) -> None:
        self.slip, self.facts = slip, facts or {}

    def at(self, sheet: str, cell: str) -> Fault:
        return Fault(sheet, cell, self.slip, self.facts)
