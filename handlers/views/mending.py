"""What somebody can mend besides empty seats: what they bear, what the linter finds in theirs."""

from collections.abc import Sequence

from bot.commands import ShowLint, ShowLoad, spoken
from bot.lint import Report, Severity, besides
from bot.load import Load
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    button,
    counted,
    cut,
    divider,
    header,
    listed,
    name,
    quiet,
    section,
)
from handlers.views.seats import capital

MOST_REPORTS = 4
MOST_STAGES = 3


def mending(load: Load | None, reports: Sequence[Report]) -> list[Block]:
    """Nothing where there is nothing."""
    if load is None and not reports:
        return []
    shown = [_report(one) for one in reports[:MOST_REPORTS]]
    rest = len(reports) - len(shown)
    return [
        divider(),
        header("What else you can mend"),
        *([_load(load)] if load else []),
        *shown,
        *([quiet(f"and {counted(rest, 'more project')}: /charter lint all")] if rest else []),
    ]


def _load(load: Load) -> Block:
    told = []
    if load.is_over:
        rows = counted(len(load.accountable), "open row")
        told.append(f"You are accountable for {rows}, where {load.limit} are the limit.")
    if load.alone:
        stages = [
            f"{name(row.item.title, 40)} ({name(row.project.name, 40)})" for row in load.alone
        ]
        told.append(f"Only you are responsible for {listed(stages, MOST_STAGES)}.")
    command = spoken(ShowLoad(f"key:{load.person.key}"))
    show = button("Show my load", Act.COMMAND_RUN, {"c": command}, spoken="Show what I bear")
    return section(" ".join(told), show)


def _report(report: Report) -> Block:
    numbers = [
        counted(number, severity.value)
        for severity in Severity
        if (number := report.number(severity))
    ]
    title = name(report.project.name)
    [worst, *_] = besides(report)
    command = spoken(ShowLint(report.project.key))
    show = button(
        "Show findings",
        Act.COMMAND_RUN,
        {"c": command},
        spoken=f"Show what the linter finds in {name(title, 40)}",
    )
    return section(f"{title}: {', '.join(numbers)}. {capital(cut(worst.found.said, 200))}.", show)
