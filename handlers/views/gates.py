"""Gates in words: what must be so before an item is done, and who said that it is."""

from bot.gates import Check, GateShown, Knows
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
    message,
    moment,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart

MOST_TICKS = 8


def shown(shown: GateShown) -> Message:
    """Each criterion, met or missing; for those who may, a button to tick it."""
    item, missing = shown.item, [one for one in shown.checks if not one.is_met]
    about: list[str | Piece] = [bold(name(item.title)), f" ({name(shown.project.name)})"]
    if not shown.checks:
        return message(
            paragraph(*about, " has no gate: it can be done at once."),
            quiet("Ask for something first with /charter gate ITEM add TEXT."),
        )
    sums = f"{counted(len(missing), 'criterion', 'criteria')} missing" if missing else "all is met"
    return message(
        paragraph(bold("Gate"), " of ", *about, f": {sums}."),
        bullets([_row(one, shown) for one in shown.checks]),
        quiet(
            "I see in the record when the others are met."
            if any(one.criterion.knows is not Knows.TICK for one in missing)
            else "",
            "" if shown.may_tick else "Only those who answer for it can tick.",
        ),
        actions(*_buttons(shown, missing)),
    )


def _row(one: Check, shown: GateShown) -> list[str | Piece]:
    state = bold("met" if one.is_met else "missing")
    return [state, f": {name(one.criterion.text, 200)}", *_ticked(one, shown)]


def _ticked(one: Check, shown: GateShown) -> list[str | Piece]:
    tick = one.tick
    if tick is None:
        return []
    people = told_apart(shown.people)
    by = people.get(tick.by or 0)
    who = name(by.name) if by else "the operator"
    own = ", self-approved" if tick.is_self else ""
    note = f": {cut(tick.note, 200)}" if tick.note else ""
    return [f" – {who}, ", moment(tick.at, "{date_short}"), f"{own}{note}"]


def _buttons(shown: GateShown, missing: list[Check]) -> list[Block]:
    if shown.project.archived_at:
        return []
    where = {"p": shown.project.key, "i": shown.item.key}
    title = name(shown.item.title, 40)
    ticks = [
        button(
            f"Tick: {name(one.criterion.text, 60)}",
            Act.GATE_TICK,
            {**where, "k": one.criterion.key},
            spoken=f"Say that this is met at the gate of {title}",
        )
        for one in missing
        if one.is_ticked_by_hand and shown.may_tick
    ][:MOST_TICKS]
    if not missing:
        return [button("Move", Act.STAGE_OPEN, where, spoken=f"Change where {title} stands")]
    return [*ticks, button("Ask for it", Act.GATE_ASK, where, spoken=f"Ask for what {title} needs")]
