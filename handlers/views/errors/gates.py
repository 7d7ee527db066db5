"""A gate that is closed: what is missing there, and how to go on."""

from bot.commands import name_word
from bot.errors import GateClosed
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    message,
    name,
    paragraph,
    quiet,
)

MOST_TICKS = 5


def gate_closed(error: GateClosed) -> Message:
    """What the gate still needs, and a button: to tick it, or to ask for it."""
    rows: list[list[str | Piece]] = [[name(text, 200)] for _, text in error.missing]
    title = name(error.item_title, 40)
    where = {"p": error.project_key, "i": error.item_key}
    ticks: list[Block] = [
        button(
            f"Tick: {name(text, 60)}",
            Act.GATE_TICK,
            {**where, "k": key},
            spoken=f"Say that this is met at the gate of {title}",
        )
        for key, text in error.missing
        if key in error.by_hand
    ][:MOST_TICKS]
    return message(
        paragraph(bold(name(error.item_title)), " is not done yet. Its gate still needs:"),
        bullets(rows),
        quiet(
            "The lead or an admin may let it pass: /charter stage "
            f"{name_word(title)} done override: REASON"
        ),
        actions(
            *ticks,
            button("Show the gate", Act.GATE_SHOW, where),
            button("Ask for it", Act.GATE_ASK, where, spoken=f"Ask for what {title} needs")
            if not ticks
            else None,
        ),
    )
