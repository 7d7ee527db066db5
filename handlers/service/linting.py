"""The linter at the command line: what it found, in words or as JSON."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from bot.errors import NotFound
from bot.lint import Finding, Report, Severity
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.team import LintShown
from handlers.service import services
from handlers.service.workspaces import Workspaces
from storage.database import Database


def found(
    database: Database,
    clock: Callable[[], datetime],
    workspace: int | None,
    project: str | None,
    person: str | None,
) -> LintShown:
    """What the rules find in a project, or in all; as the operator sees it, or `person` (a key).

    Raises `NotFound` for an unknown person or project.
    """
    charter = services(database, clock)
    only = Workspaces(database, clock).only(workspace)
    reader = None
    if person is not None:
        reader = charter.people.keyed(only, person)
        if reader is None:
            raise NotFound("person", person)
    actor = Actor(only, reader, Surface.CLI, is_admin=reader is None)
    return charter.linter.found(actor, project, Place(), whole=project is None)


def is_bad(shown: LintShown, least: Severity) -> bool:
    return any(report.is_bad(least) for report in shown.reports)


def in_words(shown: LintShown) -> str:
    """A line a finding: "atlas/data_pipeline: error no-a: nobody is accountable for …"."""
    lines = [line for report in shown.reports for line in _lines(report)]
    numbers = {one: sum(report.number(one) for report in shown.reports) for one in Severity}
    total = ", ".join(f"{number} {one.value}{'s' if number != 1 else ''}"
                      for one, number in numbers.items())  # fmt: skip
    return "\n".join([*lines, total])


def _lines(report: Report) -> Iterator[str]:
    for finding in report.findings:
        said = f"{finding.rule.severity.value} {finding.rule.id}: {finding.found.said}"
        yield f"{_where(report, finding)}: {said}"
    for finding in report.waived:
        assert finding.waiver is not None
        until = finding.waiver.last_day.isoformat()
        yield f"{_where(report, finding)}: waived until {until} {finding.rule.id}"


def _where(report: Report, finding: Finding) -> str:
    item = finding.found.item
    return f"{report.project.key}/{item.key}" if item else report.project.key


def as_json(shown: LintShown) -> str:
    findings = [
        _told(report, finding)
        for report in shown.reports
        for finding in (*report.findings, *report.waived)
    ]
    return json.dumps({"findings": findings}, ensure_ascii=False, indent=2)


def _told(report: Report, finding: Finding) -> dict[str, Any]:
    waiver, item = finding.waiver, finding.found.item
    return {
        "project": report.project.key,
        "item": item.key if item else None,
        "rule": finding.rule.id,
        "severity": finding.rule.severity.value,
        "said": finding.found.said,
        "waived_until": waiver.last_day.isoformat() if waiver else None,
        "waived_because": waiver.reason if waiver else None,
    }
