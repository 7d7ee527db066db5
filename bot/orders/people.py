"""What is done about people who left, and are back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FillSeats:
    """Give the chosen seats (by number) that somebody left to one holder. `gone` is a person's
    key.
    """

    gone: str
    chosen: tuple[int, ...]
    holder: str


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Give somebody who is back what is vacant still."""

    gone: str
