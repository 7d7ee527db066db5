"""What a project is for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScopeChanged:
    """One field of the scope: a text, or the lines of a list."""

    project: int
    name: str
    before: str
    after: str
