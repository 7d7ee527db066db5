"""Rights and roles: four of each, each role with what the one before it may do, and more."""

from enum import StrEnum


class Right(StrEnum):
    """What something takes that somebody wants done."""

    LOOK = "look"
    EDIT = "edit"
    ANSWER = "answer for it"
    RUN = "run the workspace"


class Role(StrEnum):
    """What somebody is to a project, or (viewer, editor and admin alone) to the workspace."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ACCOUNTABLE = "accountable"
    ADMIN = "admin"

    def may(self, right: Right) -> bool:
        return right in _GIVES[self]


_GIVES: dict[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.LOOK}),
    Role.EDITOR: frozenset({Right.LOOK, Right.EDIT}),
    Role.ACCOUNTABLE: frozenset({Right.LOOK, Right.EDIT, Right.ANSWER}),
    Role.ADMIN: frozenset(Right),
}

GRANTED = (Role.VIEWER, Role.EDITOR)
"""What can be granted; the others come from letters, from leading, and from Slack."""
