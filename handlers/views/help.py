"""Help: everything Charter understands, from the same table that reads it."""

from collections.abc import Sequence

from bot.commands import CHAPTERS, Chapter, Command, chapter, command
from bot.text import clip
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

_TOPIC = 75  # characters of a topic in a button's value

QUESTIONS = (
    "who owns the data pipeline?",
    "who do I ask about labelling in Churn Radar?",
    "what do I own?",
)


def helped(topic: str | None = None) -> Message:
    """The overview, one chapter with what its commands do, or one command with its forms."""
    if topic and (found := chapter(topic)):
        return _chapter(found)
    known = command(topic) if topic else None
    return _one(known) if known else overview(CHAPTERS)


def overview(chapters: Sequence[Chapter]) -> Message:
    """Every command by name, under its topic: what each does is one click further."""
    return message(
        paragraph(
            "I know who does what in your ML projects. ",
            bold("Just ask"),
            ": mention me in a channel, write to me directly, or use /charter ask.",
        ),
        bullets([[code(question)] for question in QUESTIONS]),
        paragraph(bold("Commands"), ", each after /charter:"),
        bullets([_named(each) for each in chapters], len(chapters)),
        quiet(
            "More about one: press its topic, or /charter help raci. Without “in PROJECT”, the "
            "project of the channel is meant."
        ),
        actions(*(_topic(each) for each in chapters)),
        actions(
            button("New project", Act.PROJECT_NEW),
            button("How to assign", Act.HELP_SHOW, {"t": "raci"}, spoken="Help: assigning letters"),
        ),
    )


def _named(chapter: Chapter) -> list[str | Piece]:
    names = [code(entry.name) for entry in chapter.commands]
    between: list[str | Piece] = [part for each in names for part in (", ", each)]
    return [f"{chapter.title}: ", *between[1:]]


def _topic(chapter: Chapter) -> Block:
    title = chapter.title
    return button(title, Act.HELP_SHOW, {"t": clip(title, _TOPIC)}, spoken=f"Help about: {title}")


def _chapter(chapter: Chapter) -> Message:
    entries = chapter.commands
    rows: list[list[str | Piece]] = [
        [code(f"/charter {entry.name}"), f" – {entry.help}"] for entry in entries
    ]
    return message(
        paragraph(bold(chapter.title)),
        bullets(rows, len(rows)),
        actions(
            *(
                button(
                    entry.name,
                    Act.HELP_SHOW,
                    {"t": entry.name},
                    spoken=f"Help about {entry.name}, with examples",
                )
                for entry in entries
            ),
            button("All topics", Act.HELP_SHOW),
        ),
    )


def _one(entry: Command) -> Message:
    rows: list[list[str | Piece]] = [[code(f"/charter {form}")] for form in entry.forms]
    return message(
        paragraph(bold(f"/charter {entry.name}"), f": {capital(entry.help)}."),
        bullets(rows),
        paragraph("For example: ", code(f"/charter {entry.example}")),
        [paragraph(*marked(more)) for more in entry.more],
        actions(
            *(_topic(each) for each in CHAPTERS if entry in each.commands),
            button("All topics", Act.HELP_SHOW),
        ),
    )


def marked(text: str) -> list[Piece]:
    """Our own words, with what stands between backticks as code."""
    parts = text.split("`")
    return [piece(part, code=bool(at % 2)) for at, part in enumerate(parts) if part]
