"""The stages that new projects begin with."""

from collections.abc import Sequence

from bot.stages import LadderStage
from bot.telling import Line
from handlers.views.changes import stepped
from handlers.views.kit import Message, Piece, bold, bullets, message, name, paragraph, quiet

MOST = 40


def shown(ladder: Sequence[LadderStage], changed: Sequence[Line] = ()) -> Message:
    """All of them in their order, and what has just become otherwise."""
    rows: list[list[str | Piece]] = [
        [bold(name(stage.title)), f" – {name(stage.question, 200)}" if stage.question else ""]
        for stage in ladder
    ]
    return message(
        [paragraph("Changed for new projects: ", *stepped(line)) for line in changed],
        paragraph(bold("New projects begin with these stages"), ":"),
        bullets(rows, MOST),
        quiet(
            "Admins change them with /charter ladder add, rename and remove. Projects that there "
            "are keep theirs: /charter stage add."
        ),
    )
