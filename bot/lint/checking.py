"""The rules applied to a project."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.lint.rules import RULES
from bot.lint.values import Finding, Found, Ground, Rule, Severity
from bot.project import Project
from bot.waivers import Waiver

_WORST = list(Severity)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a project, the worst first; and what is waived, for as long as it is."""

    project: Project
    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...] = ()

    def number(self, severity: Severity) -> int:
        return sum(one.rule.severity is severity for one in self.findings)

    def is_bad(self, least: Severity) -> bool:
        """Whether something as bad as `least`, or worse, was found and is not waived."""
        reach = _WORST.index(least)
        return any(_WORST.index(one.rule.severity) <= reach for one in self.findings)


SEATS = frozenset({"no-a", "no-r"})
"""Rules about seats that nobody holds: where gaps are told, their findings are told already."""


def besides(report: Report) -> tuple[Finding, ...]:
    """What is wrong besides empty seats: neither these nor notes."""
    return tuple(
        one
        for one in report.findings
        if one.rule.id not in SEATS and one.rule.severity is not Severity.NOTE
    )


def weight(report: Report) -> tuple[object, ...]:
    """The worst report first."""
    name = report.project.name.casefold()
    return (-report.number(Severity.ERROR), -report.number(Severity.WARNING), name)


def checked(
    ground: Ground, waivers: Iterable[Waiver] = (), rules: Iterable[Rule] = RULES
) -> Report:
    """Everything that the rules find; archived projects are left in peace.

    A waiver holds up to and with its last day, and ends by itself.
    """
    if ground.project.archived_at is not None:
        return Report(ground.project, ())
    holding = [one for one in waivers if ground.today <= one.last_day]
    place = {item.id: at for at, item in enumerate(ground.project.items)}
    found = [
        Finding(rule, one, _waiver(rule, one, holding))
        for rule in rules
        for one in rule.check(ground)
    ]
    found.sort(
        key=lambda one: (
            _WORST.index(one.rule.severity),
            place[one.found.item.id] if one.found.item else -1,
        )
    )
    return Report(
        ground.project,
        tuple(one for one in found if one.waiver is None),
        tuple(one for one in found if one.waiver is not None),
    )


def _waiver(rule: Rule, found: Found, waivers: Iterable[Waiver]) -> Waiver | None:
    """The waiver of an item's own, else the project's."""
    here = [
        one
        for one in waivers
        if one.rule == rule.id
        and (one.item is None or (found.item is not None and one.item == found.item.id))
    ]
    return max(here, key=lambda one: (one.item is not None, one.last_day), default=None)
