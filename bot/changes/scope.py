"""What a project is for, said otherwise, signed off, and judged."""

from dataclasses import dataclass

from bot.project import Call, Metric


@dataclass(frozen=True, slots=True)
class ScopeChanged:
    """One field of the scope: a text, or the lines of a list."""

    project: int
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MetricChanged:
    """A success metric that comes (`before` None), goes (`after` None), or is another now."""

    project: int
    before: Metric | None
    after: Metric | None


ScopePart = ScopeChanged | MetricChanged


@dataclass(frozen=True, slots=True)
class ScopeRevised:
    """Several parts of the scope that were changed together: one version of it."""

    project: int
    parts: tuple[ScopePart, ...]


@dataclass(frozen=True, slots=True)
class ScopeApproved:
    """A version of the scope signed off, or (`given` False) that taken back.

    `fingerprint` is of what was material in it; `before` is the version signed off before.
    """

    project: int
    version: int
    fingerprint: str
    before: int | None
    given: bool = True


@dataclass(frozen=True, slots=True)
class VerdictGiven:
    """Whether the project is worth doing, and why; None: nobody has said."""

    project: int
    before: Call | None
    before_reason: str
    after: Call | None
    reason: str


ScopeChange = ScopePart | ScopeRevised | ScopeApproved | VerdictGiven
