"""What the linter finds, the worst first, each with what helps."""

from bot.lint import Finding, Report, Severity
from bot.project import Letter, Project
from bot.team import LintShown
from handlers.views import seats
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    counted,
    cut,
    data_table,
    message,
    name,
    paragraph,
    quiet,
    section,
)

MOST_FINDINGS = 20
MOST_WAIVED = 8
MOST_PROJECTS = 99


def lint(shown: LintShown) -> Message:
    if shown.whole and len(shown.reports) != 1:
        return _whole(shown)
    return _one(shown.reports[0], shown)


def _whole(shown: LintShown) -> Message:
    bad = [report for report in shown.reports if report.findings]
    if not bad:
        number = counted(len(shown.reports), "open project")
        return message(paragraph(f"Nothing found in the {number} that you can see."))
    rows: list[list[str | int]] = [
        [name(report.project.name), *(report.number(severity) for severity in Severity)]
        for report in bad
    ]
    return message(
        paragraph(
            bold(f"{counted(len(bad), 'project')} with findings"),
            f", of {len(shown.reports)} that you can see:",
        ),
        data_table(
            "What the linter found",
            ("Project", "Errors", "Warnings", "Notes"),
            rows[:MOST_PROJECTS],
        ),
        quiet("See them with /charter lint PROJECT"),
    )


def _one(report: Report, shown: LintShown) -> Message:
    project = report.project
    told = [_finding(finding, project) for finding in report.findings[:MOST_FINDINGS]]
    more = len(report.findings) - MOST_FINDINGS
    return message(
        paragraph(bold(name(project.name)), f": {_summed_up(report)}"),
        told,
        quiet(f"and {more} more, which are less bad." if more > 0 else ""),
        _waived(report),
        _set_aside(report),
    )


def _summed_up(report: Report) -> str:
    if not report.findings:
        return "nothing found." if not report.waived else "nothing found that is not waived."
    told = [
        counted(number, severity.value)
        for severity in Severity
        if (number := report.number(severity))
    ]
    return f"{', '.join(told)}."


def _finding(finding: Finding, project: Project) -> Block:
    rule, found = finding.rule, finding.found
    said = f"{seats.capital(rule.severity.value)} {rule.id}: {cut(found.said, 300)}"
    if found.item is None or found.letter is None:
        return section(said, _matrix(project))
    where = {
        "p": project.key,
        "i": found.item.key,
        "l": found.letter.value,
        "v": found.item.version,
    }
    title = name(found.item.title, 40)
    if found.letter not in {Letter.A, Letter.R}:
        spoken = f"Show who holds letters of {title}"
        return section(said, button("Show", Act.ROW_SHOW, where, spoken=spoken))
    spoken = f"Assign who is {found.letter.word} for {title}"
    return section(said, button("Assign", Act.ASSIGN_OPEN, where, spoken=spoken))


def _matrix(project: Project) -> Block:
    spoken = f"Show all letters of {name(project.name, 40)}"
    return button("All letters", Act.MATRIX_SHOW, {"p": project.key}, spoken=spoken)


def _waived(report: Report) -> list[Block]:
    if not report.waived:
        return []
    rows: list[list[str | Piece]] = [
        [
            f"{finding.rule.id}: {cut(finding.found.said, 200)} – until "
            f"{finding.waiver.last_day.isoformat()}: {cut(finding.waiver.reason, 200)}"
        ]
        for finding in report.waived
        if finding.waiver
    ]
    return [paragraph(bold("Waived for now:")), bullets(rows, MOST_WAIVED)]


def _set_aside(report: Report) -> list[Block]:
    if not report.findings:
        return []
    project = report.project
    spoken = f"Set a rule aside for a while in {name(project.name, 30)}"
    return actions(button("Set one aside …", Act.WAIVER_OPEN, {"p": project.key}, spoken=spoken))
