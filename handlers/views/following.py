"""What a project follows, in words."""

from collections import Counter
from collections.abc import Sequence

from bot.evidence import WHYS
from bot.following import Followed, Following, Watermark
from bot.outcome import Done
from bot.project import Project
from bot.sources.base import PullRequest, PullState
from handlers.views.acts import Act
from handlers.views.kit import (
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    code,
    counted,
    message,
    moment,
    name,
    paragraph,
    quiet,
)

MOST = 30


def set_up(done: Done) -> Message:
    """What is followed now, where it belongs, and the way back."""
    [line] = done.lines
    what = line.label.partition("(")[2].removesuffix(")")
    to = name(done.item.title) if done.item else "the project as a whole"
    undo = button("Undo", Act.UNDO, {"s": done.seq}, spoken=f"Undo following {name(what)}")
    return message(
        paragraph(bold(name(done.project.name)), " follows ", bold(name(what, 200)), f" for {to}."),
        quiet(
            "What happened there in the last 14 days is linked at the next look, within ten "
            "minutes. What somebody linked by hand stays where it is."
        ),
        actions(undo if done.undo_until else None),
    )


def listed(told: Following) -> Message:
    """What a project follows, each with where it belongs and when it was looked at last."""
    project = told.project
    if not told.rules:
        return message(
            paragraph(bold(name(project.name)), " follows no repository and no experiment yet."),
            paragraph("Type ", code("/charter follow URL to ITEM"), "."),
        )
    rows = [_row(project, one, mark) for one, mark in told.rules]
    return message(
        paragraph(bold(name(project.name)), f" follows {counted(len(rows), 'thing')}:"),
        bullets(rows, MOST),
        paragraph(f"Cards come {name(', '.join(one.words for one in told.filters), 500)}.")
        if told.filters
        else {},
        quiet("End one with /charter unfollow URL label NAME"),
    )


def step(told: Sequence[str]) -> Message:
    """What happened to a pull request, in the thread of its card."""
    return message(paragraph(name(". ".join(told), 600), "."))


def summed_up(pulls: Sequence[PullRequest], project: Project) -> Message:
    """Many at once, after a time without a look or on the first one: how many, and how they stand.
    Of none of them a title: each gets its card when something happens to it.
    """
    counts = Counter(pull.state for pull in pulls)
    states = ", ".join(f"{counts[state]} {state.value}" for state in PullState if counts[state])
    return message(
        paragraph(
            f"{counted(len(pulls), 'pull request')} of what ",
            bold(name(project.name)),
            f" follows came at once: {states}. Each gets its card here when it moves.",
        )
    )


def _row(project: Project, one: Followed, mark: Watermark | None) -> list[str | Piece]:
    item = project.item(one.rule.item) if one.rule.item else None
    to = name(item.title) if item else "the project as a whole"
    row: list[str | Piece] = [bold(name(one.words, 200)), f" → {to}, "]
    if mark is None or mark.looked_at is None:
        row.append("not looked at yet")
    else:
        row += ["looked at ", moment(mark.looked_at)]
    if mark is not None and mark.trouble is not None:
        row.append(f" ({WHYS[mark.trouble.why]})")
    return row
