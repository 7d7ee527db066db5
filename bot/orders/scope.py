"""What a project is for, and whether it is worth it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.project import Call
from bot.scope import MetricWish


@dataclass(frozen=True, slots=True)
class SetScope:
    """Set one field of a project's scope, or (an empty value) take away what it says.

    Lists (`in_scope`, `out_of_scope`) take a line each, a day its ISO form.
    """

    name: str
    value: str
    project: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class EditScope:
    """What a form says of a scope: fields by name, and the parts of one metric.

    `seen` is the version of the scope that the form showed, `metric` what its metric was called.
    """

    values: Mapping[str, str]
    metric: str
    project: str | None
    seen: int


@dataclass(frozen=True, slots=True)
class SetMetric:
    """What a success metric is to be, or where it stands; a new one where there is none yet."""

    name: str
    wish: MetricWish
    project: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveMetric:
    name: str
    project: str | None = None


@dataclass(frozen=True, slots=True)
class ApproveScope:
    """Sign off the scope as it is."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class GiveVerdict:
    """Decide whether a project is worth doing, and why."""

    call: Call
    reason: str
    project: str | None = None
