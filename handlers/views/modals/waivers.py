"""The form that sets a rule of the linter aside for a while."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.errors import BadInput, Why
from bot.lint import Report
from bot.orders import Waive
from handlers.views.acts import Form, unpack
from handlers.views.kit import Block, View, bold, name, paragraph
from handlers.views.modals.fields import (
    LONGEST_OPTION_VALUE,
    date_in,
    day,
    day_of,
    field,
    option,
    option_of,
    select,
    text_input,
    text_of,
)
from handlers.views.modals.frame import modal

USUAL = timedelta(days=30)
LONGEST_REASON = 500
_WHOLE = "*"


def waive(report: Report, today: date) -> View:
    """What was found, row by row and then rule by rule; `report` has findings."""
    project = report.project
    return modal(
        Form.WAIVE,
        "Set a rule aside",
        "Set aside",
        [
            paragraph(
                bold(name(project.name)),
                ": what is set aside is found all the same, and told apart until its day is over.",
            ),
            field("rule", "Rule", select(_options(report))),
            field(
                "until",
                "Until",
                day((today + USUAL).isoformat()),
                hint="Included, and within a year. Then the rule counts again by itself.",
            ),
            field("why", "Why", text_input(longest=LONGEST_REASON)),
        ],
        {"p": project.key},
    )


def _options(report: Report) -> list[Block]:
    rows = {
        (finding.rule.id, finding.found.item.key): name(finding.found.item.title, 50)
        for finding in report.findings
        if finding.found.item
    }
    whole = {(finding.rule.id, _WHOLE): "the whole project" for finding in report.findings}
    return [
        option(value, f"{rule}: {where}")
        for (rule, item), where in (rows | whole).items()
        if len(value := f"{rule} {item}") <= LONGEST_OPTION_VALUE
    ]


def read_waive(view: Mapping[str, Any]) -> Waive:
    rule, _, item = (option_of(view, "rule") or "").partition(" ")
    until = date_in(day_of(view, "until"))
    if until is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "until"}, "until")
    project = str(unpack(view.get("private_metadata", ""))["p"])
    return Waive(rule, until, text_of(view, "why"), None if item == _WHOLE else item, project)
