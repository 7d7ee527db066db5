"""The form in which somebody answers a standup."""

from collections.abc import Mapping
from typing import Any

from bot.errors import BadInput, Why
from bot.orders import AnswerStandup
from bot.project import CLOSED, Item, Project, Status
from bot.rounds import Asked
from bot.standups import (
    LONGEST_ANSWER,
    LONGEST_BLOCKER,
    LONGEST_QUESTION,
    MOST_QUESTIONS,
    State,
    blocker_at,
    says_nothing,
)
from handlers.views.acts import Form, unpack
from handlers.views.kit import Block, View, bold, length, name, paragraph, quiet
from handlers.views.modals.fields import (
    LONGEST_OPTION_VALUE,
    field,
    option,
    option_of,
    select,
    text_input,
    text_of,
)
from handlers.views.modals.frame import modal
from handlers.views.standups.days import day_in_words

NONE = "-"
"""The option that marks nothing as blocked."""


def answers(asked: Asked) -> View:
    """The answers of one day, with what was said before."""
    entry, project = asked.entry, asked.project
    block = blocker_at(entry.questions)
    blocks: list[Block] = [
        paragraph(bold(name(project.name)), f", {day_in_words(entry.day)}"),
    ]
    for number, (question, said) in enumerate(entry.answers):
        longest = LONGEST_BLOCKER if number == block else LONGEST_ANSWER
        entered = text_input(_as_written(asked, number, said), longest=longest, lines=True)
        blocks.append(field(f"a{number}", name(question, LONGEST_QUESTION), entered, optional=True))
        if number == block:
            blocks += _marking(project, entry.blocked_item)
    blocks.append(quiet("What you leave empty is left out."))
    return modal(Form.STANDUP_ANSWERS, "Standup", "Send", blocks, {"e": entry.id, "b": block})


def _as_written(asked: Asked, number: int, said: str) -> str:
    """An answer with the lines of it that are withheld, so that they do not go with a change."""
    own = [
        f"{asked.others[line.project]}: {line.text}"
        for line in asked.entry.withheld
        if line.question == number and line.project in asked.others
    ]
    return "\n".join([said, *own] if said else own)


def _marking(project: Project, blocked: int | None) -> list[Block]:
    """The choice of what the blocker blocks; what this standup marked before stays chosen."""
    usable = [
        item
        for item in project.items
        if item.status not in CLOSED and length(item.key) <= LONGEST_OPTION_VALUE
    ]
    if not usable:
        return []
    options = [option(NONE, "none"), *(option(item.key, item.title) for item in usable)]
    chosen = next((item.key for item in usable if _is_marked(item, blocked)), NONE)
    hint = "Moves it to blocked, with what you wrote as the reason."
    return [field("blocked", "Marks as blocked", select(options, chosen), hint=hint, optional=True)]


def _is_marked(item: Item, blocked: int | None) -> bool:
    return item.id == blocked and item.status is Status.BLOCKED


def read_answers(view: Mapping[str, Any]) -> AnswerStandup:
    """`BadInput` where nothing is said at all, or where what blocks something is left empty."""
    kept = unpack(view.get("private_metadata", ""))
    fields = [str(block.get("block_id", "")) for block in view["blocks"]]
    said = tuple(text_of(view, f"a{n}") for n in range(MOST_QUESTIONS) if f"a{n}" in fields)
    if not any(said):
        raise BadInput(Why.EMPTY_TEXT, {"field": "answers"}, "a0")
    chosen = option_of(view, "blocked")
    blocked = chosen if chosen not in (None, NONE) else None
    at = kept.get("b")
    if blocked and (not isinstance(at, int) or says_nothing(said[at])):
        raise BadInput(Why.REASON_NEEDED, {"status": Status.BLOCKED.words}, f"a{at}")
    number = kept.get("e")
    if not isinstance(number, int):
        raise ValueError("no standup is named")
    return AnswerStandup(number, State.POSTED, said, blocked)
