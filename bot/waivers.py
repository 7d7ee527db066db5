"""Rules of the linter that somebody set aside for a while."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule that is not to be applied up to `last_day`, to one item or (None) the whole project.

    `id` is 0 before it is kept; `set_by` None is the operator.
    """

    rule: str
    item: int | None
    reason: str
    last_day: date
    id: int = 0
    set_by: int | None = None
