"""Errors that somebody can settle with one press: which one, instead of whom, and what now."""

import json
from collections.abc import Sequence
from dataclasses import fields, replace

from bot.commands import (
    Order,
    ShowMatrix,
    ShowRow,
    ShowStandup,
    as_slack_sends,
    command,
    spoken,
)
from bot.errors import Ambiguous, NotFound, SecondAccountable, Stale
from bot.moments import day
from bot.orders import Assign, Move, SetAlias, SetScope, SetStandup
from bot.raid import RaidKind
from handlers.views.acts import LONGEST_VALUE, Act, Values
from handlers.views.changes import WHEN
from handlers.views.errors.filling import filled
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    code,
    cut,
    length,
    listed,
    message,
    moment,
    name,
    paragraph,
)

MOST_OPTIONS = 8
MOST_CHANGES = 8
MOST_THERE = 12

_KINDS = {
    "person": "anybody",
    "project": "a project",
    "item": "a stage or component",
    "stage": "a stage",
    "command": "a command",
    "channel": "a channel",
    "change": "a change",
    "offer": "an offer",
    "decision": "a decision",
    "milestone": "a milestone",
    "sheet": "a sheet",
    "format": "a format",
    **{
        kind.value: f"an {kind.value}" if kind.value[0] in "ai" else f"a {kind.value}"
        for kind in RaidKind
    },
    "standup": "a standup of yours",
    "role": "a job role",
    "rule": "a rule",
    "region": "a region",
    "run": "a run",
    "metric": "a metric",
    "repository": "a repository",
}


_SLOTS = {
    "person": ("holder", "person", "to", "source"),
    "project": ("project", "source"),
    "stage": ("item",),
    "milestone": ("name",),
    "region": ("region",),
}
"""The fields of orders that name such a thing, the likeliest first."""

_ANY_QUESTION = (
    "Whatever you want to know, ask it in your own words: "
    "`/charter ask who owns the data pipeline?`"
)


def not_found(error: NotFound, order: Order | SetStandup | None) -> Message:
    if error.what == "command":
        return _no_command(error)
    kind = _KINDS.get(error.what, name(error.what))
    buttons = [
        button(
            name(label, 70),
            Act.COMMAND_RUN,
            values,
            spoken=f"Do that with {name(label, 60)}",
        )
        for label in error.suggestions[:4]
        if (values := _again(order, error.what, error.text, label))
    ]
    near = f" Did you mean {_or(error.suggestions)}?" if error.suggestions else ""
    if error.there:
        near = f" There {_are(error.there)}."
    return message(
        paragraph("I do not know ", f"{kind} called “", bold(name(error.text)), f"”.{near}"),
        paragraph(*filled(_way_on(error, order), {})),
        actions(*buttons),
    )


def _are(names: Sequence[str]) -> str:
    return f"is {listed(names)}" if len(names) == 1 else f"are {listed(names, MOST_THERE)}"


def _or(names: Sequence[str]) -> str:
    return " or ".join(name(each) for each in names[:4])


def _way_on(error: NotFound, order: Order | SetStandup | None) -> str:
    match error.what, order:
        case "project", SetScope() | Move():
            return (
                "If “in …” belongs to your text, put a colon before the text: "
                "`/charter scope goal: fewer returns in shops`."
            )
        case "item", SetAlias():
            return "Another name for the project itself: `/charter alias CR = project`."
        case what, _:
            return _SEE.get(what, "See what I understand with `/charter help`.")


_SEE = {
    "project": "See the projects with `/charter list`.",
    "item": "See all stages with `/charter raci`, or `/charter raci in PROJECT`.",
    "stage": "See them all with `/charter ladder`.",
    "milestone": "See them all with `/charter milestones`.",
    "repository": (
        "I tell of those that a project which you see follows, or has pull requests of: "
        "`/charter follow acme/churn path data/ to data pipeline`."
    ),
    "decision": "See them all with `/charter decisions`.",
    **{kind.value: f"See them all with `/charter {kind.plural}`." for kind in RaidKind},
    "role": "See the roles with `/charter role`.",
    "region": (
        "Write a country's code, with that of its part behind it: `/charter away region DE-BY`, or "
        "`/charter away region none`."
    ),
    "run": (
        "A run is known by its id (or how that begins), its name or its address, once it is "
        "linked: `/charter link URL`."
    ),
    "metric": "See the metrics of a project with `/charter scope`.",
    "rule": "See what the linter finds with `/charter lint`.",
    "finding": "See what is about you with `/charter drift`.",
    "person": "Mention them as in `@bea`, or leave the seat open with `vacant ROLE`.",
}


def _no_command(error: NotFound) -> Message:
    """The commands that are near, each with an example; and that a question needs no command."""
    near = [known for each in error.suggestions[:2] if (known := command(each))]
    rows: list[list[str | Piece]] = [
        [code(f"/charter {known.example}"), f" – {known.help}"] for known in near
    ]
    meant = " Did you mean:" if rows else ""
    return message(
        paragraph("I do not know the command “", bold(name(error.text, 40)), f"”.{meant}"),
        [bullets(rows)] if rows else [],
        paragraph(*filled(_ANY_QUESTION, {})),
        actions(
            *(
                button(
                    f"Help: {known.name}",
                    Act.HELP_SHOW,
                    {"t": known.name},
                    spoken=f"Help about {known.name}",
                )
                for known in near
            ),
            button("All commands", Act.HELP_SHOW),
        ),
    )


def ambiguous(error: Ambiguous, order: Order | SetStandup | None) -> Message:
    shown = error.options[:MOST_OPTIONS]
    buttons = [
        button(label, Act.COMMAND_RUN, values, spoken=f"I mean {name(label, 60)}")
        for label, key in shown
        if (values := _again(order, error.what, error.text, key))
    ]
    labels = [label for label, _ in error.options]
    asked = f" for “{name(error.text)}”" if error.text else " here"
    what = {"person": "person", "project": "project", "run": "run"}.get(error.what, "thing")
    return message(
        paragraph("Which one do you mean", f"{asked}?"),
        bullets([[bold(name(label))] for label in labels], MOST_OPTIONS),
        paragraph(f"Write the {what}’s name in full, and I will do it."),
        actions(*buttons),
    )


def _slot(order: Order | SetStandup | None, what: str, said: str) -> str | None:
    """The field of an order that was meant; of several, the one that holds what was said."""
    if order is None:
        return None
    held = {field.name: getattr(order, field.name) for field in fields(order)}
    there = [name for name in _SLOTS.get(what, (what,)) if name in held]
    return next((name for name in there if held[name] == said), next(iter(there), None))


def _again(order: Order | SetStandup | None, what: str, said: str, chosen: str) -> Values | None:
    """The order with the right name in it, as a command that fits into a button; else None."""
    slot = _slot(order, what, said)
    if not isinstance(order, Order) or slot is None:
        return None  # there is none, or only a form can say it
    return _run(replace(order, **{slot: chosen}))  # type: ignore[arg-type] # the field is one of the order's own


def _run(order: Order) -> Values | None:
    """The order as a button's value; None where it is longer than a button bears."""
    run = as_slack_sends(spoken(order))
    return {"c": run} if length(json.dumps(run, ensure_ascii=False)) < LONGEST_VALUE - 50 else None


def second_accountable(error: SecondAccountable, order: Order | SetStandup | None) -> Message:
    """An item has one Accountable: hand over, make R, or cancel."""
    wanted, present = name(error.wanted), name(error.present)
    letters = "".join(order.letters) if isinstance(order, Assign) else "A"
    since = order.since.isoformat() if isinstance(order, Assign) and order.since else None
    values: Values = {
        "p": error.project_key,
        "i": error.item_key,
        "h": cut(error.wanted_ref, 300),
        "v": error.item_version,
        "l": letters,
        "d": since,
    }
    began = f" since {day(error.since)}" if error.since else ""
    if error.changed:
        began = f" now (changed {name(error.changed)})"
    return message(
        paragraph(
            bold(present),
            " is accountable for ",
            bold(name(error.item_title)),
            f" ({name(error.project_name)}){began}, and there can be only one. Nothing was "
            f"changed. Choose: it is handed over to {wanted}, or {wanted} becomes responsible.",
        ),
        actions(
            button(
                f"Hand over to {name(wanted, 50)}",
                Act.HAND_OVER,
                values,
                style="primary",
                spoken=f"Hand over from {name(present, 25)} to {name(wanted, 25)}",
            ),
            button(f"Make {name(wanted, 40)} responsible", Act.MAKE_RESPONSIBLE, values),
            button("Cancel", Act.DISMISS, spoken="Cancel: change nothing"),
        ),
    )


def stale(error: Stale, order: Order | SetStandup | None) -> Message:
    rows: list[list[str | Piece]] = [
        [
            bold(name(change.by)),
            ", ",
            moment(change.at, WHEN),
            f": {name(change.what, 300)}",
        ]
        for change in error.changes
    ]
    return message(
        paragraph(
            bold(name(error.what)),
            " has changed since you looked at it, so your change was not made."
            + (" Meanwhile:" if rows else ""),
        ),
        [bullets(rows, MOST_CHANGES)] if rows else [],
        paragraph("Look at it again, then decide."),
        actions(_show_now(order)),
    )


def _show_now(order: Order | SetStandup | None) -> Block | None:
    item, project = getattr(order, "item", None), getattr(order, "project", None)
    look: Order = ShowRow(item, project) if isinstance(item, str) else ShowMatrix(project)
    if order is None:
        return None
    if isinstance(order, SetStandup):
        look = ShowStandup(project)
    run = _run(look)
    if run is None:
        return None
    return button("Show how it stands now", Act.COMMAND_RUN, run, style="primary")
