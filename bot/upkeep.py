"""An address among the links of a scope."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Link:
    """An address and what it is called. `review` is the day by which what lies there is to be
    looked through, `item` the key of the stage or component that it is about, None being all.
    """

    title: str
    url: str
    review: date | None = None
    item: str | None = None
