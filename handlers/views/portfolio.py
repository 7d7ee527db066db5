"""Projects side by side, by what they save and cost and how they stand."""

from bot import amounts
from bot.amounts import Amount
from bot.feasibility import Feasibility, Portfolio
from bot.moments import day
from bot.outcome import Shown
from bot.project import Call, Metric
from handlers.views.acts import Act
from handlers.views.kit import (
    NOTHING,
    Block,
    Message,
    actions,
    bold,
    button,
    counted,
    cut,
    data_table,
    message,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart
from handlers.views.projects import pager
from handlers.views.scope import edit_button

HEAD = (
    *("Project", "Health", "Next date", "Verdict", "Saving, first year", "Cost, first year"),
    *("Times its cost", "Metric", "At first", "Target", "Now"),
)


def portfolio(found: Portfolio) -> Message:
    """One page of all open projects that the reader may see, in the order of their names."""
    if not found.rows:
        return message(
            paragraph("There is no project that you can see yet."),
            actions(button("New project", Act.PROJECT_NEW, style="primary")),
        )
    page = f", page {found.page} of {found.pages}" if found.pages > 1 else ""
    said = counted(sum(row.verdict is None for row in found.rows), "project")
    return message(
        paragraph(bold("Portfolio"), f" of the projects that you can see{page}:"),
        data_table(f"Portfolio{page}", HEAD, [_row(row) for row in found.rows]),
        quiet(
            "Amounts count for the first year; what comes once counts once. Compare amounts of one "
            "currency only.",
            f"{said} without a verdict: /charter verdict go because … in PROJECT.",
        ),
        actions(*pager(Act.PORTFOLIO_PAGE, found.page, found.pages)),
    )


def _row(row: Feasibility) -> list[str | int | float]:
    private = " (private)" if row.project.private else ""
    return [
        f"{name(row.project.name)}{private}",
        f"{row.health.light.sign} {row.health.light.words}",
        _next(row),
        row.verdict.call.value if row.verdict else "none yet",
        _amount(row.saving, row.saving_text),
        _amount(row.cost, row.cost_text),
        round(row.ratio, 1) if row.ratio is not None else NOTHING,
        *_metric(row.metric),
    ]


def _next(row: Feasibility) -> str:
    """The day that comes first; one that has gone by says so."""
    if row.next_date is None:
        return NOTHING
    return f"{row.next_date.isoformat()}{', late' if row.is_late else ''}"


def _amount(amount: Amount | None, text: str) -> str:
    """What an amount comes to in the first year; a text that is none as it stands."""
    if amount is None:
        return name(text) if text else NOTHING
    return f"{amounts.money(amount.first_year)} {amount.currency}"


def _metric(metric: Metric | None) -> list[str | int | float]:
    if metric is None:
        return [NOTHING] * 4
    unit = f", {metric.unit.strip()}" if metric.unit.strip() else ""
    way = "higher" if metric.higher else "lower"
    values = (metric.baseline, metric.target, metric.current)
    return [
        f"{name(metric.name)}{unit} ({way} is better)",
        *(NOTHING if one is None else one for one in values),
    ]


def verdict(shown: Shown, row: Feasibility) -> Message:
    """Whether one project is worth it: what it saves, what it costs, what was decided."""
    project, people = shown.project, told_apart(shown.people)
    given = row.verdict
    who = people.get(given.by) if given and given.by is not None else None
    by = f", {name(who.name) if who else 'the operator'} on {day(given.at)}" if given else ""
    decided = f"{given.call.value}: {cut(given.reason, 600)}{by}." if given else "nobody has said."
    return message(
        paragraph(bold(f"Is {name(project.name)} worth it?")),
        paragraph(bold("Expected saving: "), row.saving_text or "not written down yet"),
        paragraph(bold("Cost: "), row.cost_text or "not written down yet"),
        paragraph(bold("In the first year: "), _times(row)),
        paragraph(bold("Verdict: "), decided),
        quiet("Decide with /charter verdict go because REASON, or no-go."),
        actions(*_buttons(shown)),
    )


def _times(row: Feasibility) -> str:
    if row.ratio is not None:
        return f"it saves {row.ratio:.1f} times what it costs."
    if row.saving and row.cost and row.saving.currency != row.cost.currency:
        return "saving and cost are in two currencies, so I do not compare them."
    unread = [
        words
        for words, amount in (("expected saving", row.saving), ("cost", row.cost))
        if amount is None
    ]
    return f"unknown without an amount for {' and '.join(unread) or 'the cost'}."


def _buttons(shown: Shown) -> list[Block]:
    project = shown.project
    if project.archived_at:
        return []
    title = name(project.name, 40)
    return [
        *(
            button(
                f"{'Go' if call is Call.GO else 'No-go'} …",
                Act.VERDICT_OPEN,
                {"p": project.key, "c": call.value},
                spoken=f"Decide {call.value} for {title}",
            )
            for call in Call
        ),
        edit_button(project),
    ]
