"""Milestones: a day that was promised first, and every other that was told since."""

from dataclasses import dataclass
from datetime import date, datetime

from bot import slips


@dataclass(frozen=True, slots=True)
class Forecast:
    """One line of the slip ledger: the day, who told it, when and why."""

    due: date
    reason: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone of a project, or (`item`, by its id) of one item of it.

    `baseline` is the first day that it was given, and never changes; the last of the `forecasts`
    is when it is expected now. `removed`: only its history belongs to the project any more.
    """

    id: int
    key: str
    title: str
    item: int | None
    baseline: date
    forecasts: tuple[Forecast, ...]
    met_on: date | None = None
    removed: bool = False

    @property
    def due(self) -> date:
        return self.forecasts[-1].due

    @property
    def moves(self) -> int:
        """How often it was given another day."""
        return len(self.forecasts) - 1

    @property
    def slip(self) -> int:
        """Days after the baseline: of when it was met, else of when it is expected."""
        return slips.slip(self.baseline, self.met_on or self.due) or 0

    @property
    def slip_words(self) -> str:
        return slips.words(self.slip, self.moves)
