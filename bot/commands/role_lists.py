"""Orders that look at the catalogue of job roles."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListRoles:
    """The catalogue of job roles."""


@dataclass(frozen=True, slots=True)
class ShowRole:
    """What a job role does here, and who has it."""

    role: str


@dataclass(frozen=True, slots=True)
class OpenRole:
    """Open the form that says a job role otherwise."""

    role: str
