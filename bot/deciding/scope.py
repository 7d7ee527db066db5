"""What a project is for."""

from bot.changes import ScopeChanged
from bot.deciding.projects import refuse_archived
from bot.deciding.texts import LONGEST_FIELD, checked_text
from bot.errors import BadInput, Refused, Why
from bot.project import Project

SCOPE_TEXTS = (
    "problem",
    "goal",
    "why_ml",
    "current_system",
    "expected_saving",
    "deadline",
    "sponsor",
)
SCOPE_LISTS = ("in_scope", "out_of_scope")


def set_scope(project: Project, name: str, value: str) -> ScopeChanged:
    """Set one field of the scope; a list is given as lines. `BadInput` for an unknown field."""
    refuse_archived(project)
    if name not in (*SCOPE_TEXTS, *SCOPE_LISTS):
        raise BadInput(
            Why.BAD_FIELD, {"field": name, "known": ", ".join((*SCOPE_TEXTS, *SCOPE_LISTS))}
        )
    value = checked_text(value, LONGEST_FIELD, name)
    before = scope_value(project, name)
    if name in SCOPE_LISTS:
        value = "\n".join(
            dict.fromkeys(line.strip(" -•*\t") for line in value.splitlines() if line.strip())
        )
    if value == before:
        raise Refused(Why.NOTHING_CHANGES, {"item": name.replace("_", " ")})
    return ScopeChanged(project.id, name, before, value)


def scope_value(project: Project, name: str) -> str:
    if name == "in_scope":
        return "\n".join(project.scope.in_scope)
    if name == "out_of_scope":
        return "\n".join(project.scope.out_of_scope)
    return project.scope.fields.get(name, "")
