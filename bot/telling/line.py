"""What a change is told in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of before → after; an empty text stands for nothing."""

    label: str
    before: str
    after: str


def came(label: str, what: str, *, added: bool) -> Line:
    """The line of what comes or goes as a whole."""
    return Line(label, "" if added else what, what if added else "")
