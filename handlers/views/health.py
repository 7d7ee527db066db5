"""How a project does, in words: never by a colour alone."""

from collections.abc import Mapping

from bot.health import Health, HealthShown
from bot.people import Person
from handlers.views.kit import Message, Piece, bold, bullets, cut, message, name, paragraph, quiet
from handlers.views.names import told_apart


def shown(shown: HealthShown) -> Message:
    """The worst of four things, each with its sentence; and what somebody says of it."""
    people, health = told_apart(shown.people), shown.health
    rows: list[list[str | Piece]] = [
        [
            bold(rating.dimension.value.capitalize()),
            f": {rating.light.words.lower()}. {name(rating.sentence, 300)}",
            f" (and {rating.more} more)" if rating.more else "",
        ]
        for rating in health.ratings
    ]
    return message(
        paragraph(bold(name(shown.project.name)), ": ", *line(health, people)),
        bullets(rows),
        quiet(
            "Say it otherwise with /charter health amber because …; /charter health auto ends it."
        ),
    )


def line(health: Health, people: Mapping[int, Person]) -> list[str | Piece]:
    """In one line: "Green (set by Pia: signed off; computed Red: Recall is 3 days overdue)"."""
    opinion = health.opinion
    words = bold(f"{health.light.sign} {health.light.words}")
    if opinion is None:
        return [words, f": {cut(health.reason, 300)}"]
    by = people.get(opinion.by or 0)
    who = name(by.name) if by else "the operator"
    computed = f"computed {health.computed.words}: {cut(health.reason.rstrip('.'), 300)}"
    return [words, f" (set by {who}: {cut(opinion.reason, 300)}; {computed})"]
