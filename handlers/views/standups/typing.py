"""What is said to somebody who types their answers."""

from typing import assert_never

from bot.rounds import Asked, Idle, Next, Offered, Over, Put, Said, Stays, Taken
from handlers.views.acts import LONGEST_VALUE, Act, Values, pack
from handlers.views.kit import (
    Block,
    Message,
    actions,
    bold,
    button,
    counted,
    listed,
    message,
    name,
    paragraph,
    quiet,
)
from handlers.views.standups.noting import noted

MOST_OFFERED = 5
"""Projects with a button of their own; for the others there is the form."""


def said(said: Said, by_name: str) -> Message:
    """What became of a text that somebody typed while a standup waits."""
    match said:
        case Next():
            return message(*_next(said), quiet("Or write: skip, nothing new, exit."))
        case Taken(answered=answered, then=then):
            told = noted(answered, by_name)
            more = _next(then) if then is not None else []
            return message(told.blocks, *more)
        case Put():
            return _put(said)
        case Offered():
            return _offered(said)
        case Stays():
            return _stays(said)
        case Idle():
            return message(
                paragraph(
                    "Nothing waits for an answer here. To say something else, press Change above."
                )
            )
        case Over(asked=asked):
            names = bold(listed([name(one.project.name) for one in asked]))
            has = "has" if len(asked) == 1 else "have"
            return message(paragraph("The standup of ", names, f" {has} ended: nothing was taken."))
        case _:
            assert_never(said)


def _next(one: Next) -> list[Block]:
    entry = one.asked.entry
    question = next(iter(entry.questions[one.question :]), "")
    where = f"{name(one.asked.project.name)}, {one.question + 1} of {len(entry.questions)}: "
    return [paragraph(where, bold(name(question, 150)))]


def _put(one: Put) -> Message:
    values: Values = {"e": one.asked.entry.id}
    project = bold(name(one.asked.project.name))
    go_on = button("Go on", Act.STANDUP_GO_ON, values, spoken="Go on with the standup")
    if one.kept is None:
        return message(paragraph("Later, then: nothing was said of ", project, " yet."))
    hours = counted(round(one.kept.total_seconds() / 3600), "hour")
    told = paragraph(
        "Later, then. What you have said of ", project, f" is kept for {hours}, and told nobody."
    )
    return message(told, actions(go_on))


def _stays(one: Stays) -> Message:
    project, values = name(one.asked.project.name), Values({"e": one.asked.entry.id})
    why = (
        "You deleted a message. What you said in it stays in your standup of "
        if one.is_deleted
        else "Nothing was changed: in another place you have said otherwise meanwhile in your "
        "standup of "
    )
    change = button("Change", Act.STANDUP_ANSWER, values, spoken="Change your answers")
    return message(paragraph(why, bold(project), "."), actions(change))


def _offered(one: Offered) -> Message:
    """A press takes the text; one that is too long for a button goes into the form."""
    takes = [_take(asked, one) for asked in one.asked[:MOST_OFFERED]]
    day: Values = {"d": one.asked[0].entry.day.isoformat()} if one.asked else {}
    form = button("Answer in the form", Act.STANDUP_ANSWER, day) if one.asked else None
    told = paragraph(
        "Your standup waits for an answer. Is this it? I have not taken it yet."
        if len(one.asked) == 1
        else "Your standups wait for an answer. Which one is this for? I have not taken it yet."
    )
    return message(told, actions(*takes, form))


def _take(asked: Asked, one: Offered) -> Block | None:
    values: Values = {"e": asked.entry.id, "x": one.text, "m": one.ts}
    try:
        pack(values, LONGEST_VALUE)
    except ValueError:
        return None
    title = name(asked.project.name, 40)
    label = "Take it as my standup" if len(one.asked) == 1 else f"Take it for {title}"
    return button(label, Act.STANDUP_TAKE, values, spoken=f"Take it as my standup of {title}")
