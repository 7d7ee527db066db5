"""What a project is for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetScope:
    """Set one field of a project's scope; lists (`in_scope`, `out_of_scope`) take a line each."""

    name: str
    value: str
    project: str | None = None
    seen: int | None = None
