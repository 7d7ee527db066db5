"""What a project's channel hears of its runs."""

from collections import Counter
from collections.abc import Sequence

from bot.announcing import LONG, Announcement, News
from bot.evidence import comparison_words, numbers
from bot.links import Card, ref_title
from bot.project import Project
from handlers.views.kit import (
    Message,
    Piece,
    bold,
    bullets,
    counted,
    link,
    message,
    moment,
    name,
    paragraph,
)
from handlers.views.names import at_source, told_apart

_HEADS = {
    News.REACHED: "Target reached",
    News.BEST: "Best so far",
    News.FAILED: "Failed",
    News.LONG: f"Running for {LONG.days} days",
}


def announced(one: Announcement, card: Card) -> Message:
    """One run: what it is told for, whose it is, and how it stands against the scope."""
    return message(paragraph(*_line(one, card)))


def summed_up(some: Sequence[tuple[Announcement, Card]], project: Project) -> Message:
    """Many runs at once, after a time without an answer: how many, and the furthest alone."""
    counts = Counter(one.news for one, _ in some)
    told = [
        f"{counted(counts[news], 'run')} {words}"
        for news, words in (
            (News.FAILED, "failed"),
            (News.LONG, f"running for {LONG.days} days or longer"),
        )
        if counts[news]
    ]
    rows: list[Sequence[str | Piece]] = [
        _line(one, card) for one, card in some if one.news in (News.REACHED, News.BEST)
    ]
    return message(
        paragraph("There is news of several runs of ", bold(name(project.name)), "."),
        bullets([*rows, *([each] for each in told)], most=10),
    )


def _line(one: Announcement, card: Card) -> list[str | Piece]:
    """ "Best so far: gbm-wind by Bea Lind, stage Modelling. Recall 0.77: 66.7 % of the gap from
    0.71 to 0.80 (before it: 0.75)."
    """
    run = one.run
    said: list[str | Piece] = [
        bold(_HEADS[one.news]),
        ": ",
        link(run.name or ref_title(run.ref), run.ref.url),
    ]
    if run.user:
        said.append(f" by {at_source(run.user, card.logins, told_apart(card.people))}")
    if card.item is not None:
        said.append(f", {card.item.kind.value} {name(card.item.title)}")
    said.append(".")
    if one.comparison is not None:
        said.append(f" {name(comparison_words(one.comparison), 300)}{_before(one)}.")
    if one.news is News.LONG and run.started:
        said += [
            " It began on ",
            moment(run.started, "{date_short_pretty}"),
            ". Is it still alive?",
        ]
    return said


def _before(one: Announcement) -> str:
    if one.before is None or one.comparison is None:
        return ""
    before, _ = numbers(one.before, one.comparison.value)
    return f", before it {before}"
