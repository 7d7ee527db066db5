"""When somebody is left in peace."""

from dataclasses import dataclass

from bot.hours import Hours


@dataclass(frozen=True, slots=True)
class HoursSet:
    """Somebody's own working days and quiet hours. It is of no project."""

    person: int
    before: Hours
    after: Hours
