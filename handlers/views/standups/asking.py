"""The question to one person, and what they have said by now."""

from collections.abc import Iterator, Sequence

from bot.rounds import Answered, Asked
from bot.standups import Entry, State, city
from handlers.views import changes, lateness
from handlers.views.acts import Act
from handlers.views.kit import (
    LONGEST_TEXT,
    Block,
    Message,
    actions,
    bold,
    bullets,
    button,
    cut,
    length,
    message,
    name,
    paragraph,
    piece,
    quiet,
)
from handlers.views.standups.days import day_in_words

PAGE_LENGTH = 6000
"""What one message holds at most, well below what Slack takes."""


def asked(asked: Asked) -> Message:
    """One day's standup in the DM of the one who is asked: as a question, then what they said."""
    entry = asked.entry
    head = f" of {name(asked.project.name)}, {day_in_words(entry.day)}"
    return message(
        paragraph(bold("Standup"), head),
        lateness.late(asked.late),
        *_said(asked),
        *_withheld(asked),
        quiet(_whereto(asked)),
        actions(*_answering(entry)),
    )


def _said(asked: Asked) -> Iterator[Block]:
    """All of it where one message bears that, else the beginning of each answer."""
    entry = asked.entry
    match entry.state:
        case State.POSTED:
            said = [(question, answer) for question, answer in entry.answers if answer.strip()]
            is_long = sum(length(answer) for _, answer in said) > PAGE_LENGTH
            longest = PAGE_LENGTH // len(said) if is_long else LONGEST_TEXT
            yield from (
                bullets([[piece(f"{question} ", italic=True), cut(answer, longest)]])
                for question, answer in said
            )
            item = next((i for i in asked.project.items if i.id == entry.blocked_item), None)
            if item is not None:
                yield paragraph(f"It marked {name(item.title)} as blocked.")
        case State.SKIPPED:
            yield paragraph("You skip it this time.")
        case State.NOTHING_NEW:
            yield paragraph("Nothing new, you said.")
        case _:
            yield bullets([[question] for question in entry.questions])


def _withheld(asked: Asked) -> list[Block]:
    """To whoever wrote them: which lines are told nowhere, and what to do about it."""
    lines = asked.entry.withheld
    if not lines:
        return []
    about = sorted({asked.others.get(line.project, "another project") for line in lines})
    return [
        paragraph(
            f"Not told, because not everybody who reads {name(asked.project.name)} may know of "
            f"{' and '.join(name(one) for one in about)}:"
        ),
        bullets([[cut(line.text, PAGE_LENGTH // len(lines))] for line in lines]),
    ]


def _whereto(asked: Asked) -> str:
    plan = asked.plan
    if plan is None:
        return "This standup has ended; what you say is kept all the same."
    when = f"{plan.report_at:%H:%M} in {city(plan.zone)}"
    return (
        f"The report goes to {name(asked.channel)} at {when}. What you say later, or say "
        "otherwise, is put right there."
    )


def _answering(entry: Entry) -> list[Block]:
    value = {"e": entry.id}
    if entry.state is State.POSTED:
        return [button("Change", Act.STANDUP_ANSWER, value, spoken="Change your answers")]
    buttons = [button("Answer", Act.STANDUP_ANSWER, value, style="primary")]
    if entry.state is not State.NOTHING_NEW:
        buttons.append(button("Nothing new", Act.STANDUP_NOTHING, value))
    if entry.state is not State.SKIPPED:
        buttons.append(button("Skip", Act.STANDUP_SKIP, value, spoken="Skip this standup"))
    return buttons


def noted(answered: Answered, by_name: str) -> Message:
    """That an answer was taken; with the change that it made, which can be undone."""
    [asked] = answered.asked
    told = paragraph(
        "Noted for the standup of ",
        bold(name(asked.project.name)),
        f", {day_in_words(asked.entry.day)}.",
    )
    rest = [*_withheld(asked), quiet(_whereto(asked))]
    made = [changes.done(moved, by_name).blocks for moved in answered.moved]
    return message(told, *rest, *made)


def open_ones(found: Sequence[Asked]) -> list[Block]:
    """For Home: what one is asked today."""
    blocks: list[Block] = []
    for asked in found:
        title = name(asked.project.name)
        blocks.append(paragraph(bold(title), f": how does it go, {day_in_words(asked.entry.day)}?"))
        value = {"e": asked.entry.id}
        spoken = f"Answer the standup of {name(title, 40)}"
        blocks += actions(
            button("Answer", Act.STANDUP_ANSWER, value, style="primary", spoken=spoken)
        )
    return blocks
