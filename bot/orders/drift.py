"""What somebody says of a finding that names them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerDrift:
    """Whether it is right that somebody is silent, or works without a letter."""

    number: int
    is_right: bool
