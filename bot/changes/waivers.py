"""Rules of the linter that are set aside for a while."""

from dataclasses import dataclass

from bot.waivers import Waiver


@dataclass(frozen=True, slots=True)
class WaiverChanged:
    """A rule that is waived for an item or (None) the project, otherwise, or no more (`after`)."""

    project: int
    item: int | None
    rule: str
    before: Waiver | None
    after: Waiver | None
