"""Help: everything Charter understands, from the same table that reads it."""

from collections.abc import Sequence

from bot.commands import CHAPTERS, Chapter, Command, command
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    code,
    message,
    paragraph,
    piece,
    quiet,
)
from handlers.views.seats import capital

QUESTIONS = (
    "who owns the data pipeline?",
    "who do I ask about labelling in Churn Radar?",
    "what do I own?",
)


def helped(topic: str | None = None) -> Message:
    """The overview, or one command with its forms and an example."""
    known = command(topic) if topic else None
    return _one(known) if known else overview(CHAPTERS)


def overview(chapters: Sequence[Chapter]) -> Message:
    return message(
        paragraph(
            "I know who does what in your ML projects. ",
            bold("Just ask"),
            ": mention me in a channel, write to me directly, or use /charter ask.",
        ),
        bullets([[code(question)] for question in QUESTIONS]),
        [block for chapter in chapters for block in _listed(chapter)],
        quiet(
            "More about one: /charter help raci. Without “in PROJECT”, the project of the channel "
            "is meant."
        ),
        actions(
            button("New project", Act.PROJECT_NEW),
            button("How to assign", Act.HELP_SHOW, {"t": "raci"}, spoken="Help: assigning letters"),
        ),
    )


def _listed(chapter: Chapter) -> list[Block]:
    entries = chapter.commands
    rows: list[list[str | Piece]] = [
        [code(f"/charter {entry.name}"), f" – {entry.help}"] for entry in entries
    ]
    return [paragraph(bold(chapter.title)), bullets(rows, len(rows))]


def _one(entry: Command) -> Message:
    rows: list[list[str | Piece]] = [[code(f"/charter {form}")] for form in entry.forms]
    return message(
        paragraph(bold(f"/charter {entry.name}"), f": {capital(entry.help)}."),
        bullets(rows),
        paragraph("For example: ", code(f"/charter {entry.example}")),
        [paragraph(*marked(more)) for more in entry.more],
        actions(button("All commands", Act.HELP_SHOW)),
    )


def marked(text: str) -> list[Piece]:
    """Our own words, with what stands between backticks as code."""
    parts = text.split("`")
    return [piece(part, code=bool(at % 2)) for at, part in enumerate(parts) if part]
