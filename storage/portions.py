"""Statements about very many projects, which are told of a portion of them at a time."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Executable
from sqlmodel import Session

from storage.database import plainly

PORTION = 10_000
"""SQLite takes 32,766 parameters in a statement, and PostgreSQL 65,535."""


def in_portions(
    session: Session, statement: Executable, projects: Sequence[int], **asked: Any
) -> Iterator[Any]:
    """The rows that a statement finds of these `projects`; whatever their order, it is that of each
    portion.
    """
    for begin in range(0, len(projects), PORTION):
        some = list(projects[begin : begin + PORTION])
        yield from plainly(session).execute(statement, {"projects": some, **asked})
