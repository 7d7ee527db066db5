"""What waits for somebody, each with the button that settles it."""

from collections.abc import Mapping
from typing import assert_never

from bot.people import Person
from bot.waiting import ApprovalWaits, InputWaits, OfferWaits, ReviewWaits, TickWaits, Waiting
from handlers.views import offers
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Piece,
    actions,
    bold,
    button,
    counted,
    cut,
    name,
    paragraph,
)

LONGEST_QUESTION = 200


def row(one: Waiting, people: Mapping[int, Person]) -> list[Block]:
    """Two blocks: what it is, and what can be done about it."""
    match one:
        case OfferWaits():
            return _offer(one, people)
        case InputWaits():
            return _input(one)
        case TickWaits():
            return _tick(one)
        case ApprovalWaits():
            return _approval(one)
        case ReviewWaits():
            return _review(one)
        case _:
            assert_never(one)


def _offer(one: OfferWaits, people: Mapping[int, Person]) -> list[Block]:
    return [
        paragraph(*offers.wish(one.project, one.item, one.offer, people)),
        *actions(*offers.answers(one.item, one.offer)),
    ]


def _input(one: InputWaits) -> list[Block]:
    title, value = name(one.item.title), {"n": one.asked.id}
    answer = button(
        "Give input",
        Act.CONSULTATION_OPEN,
        value,
        style="primary",
        spoken=f"Give input on {name(one.item.title, 50)}",
    )
    nothing = button(
        "Nothing to add",
        Act.CONSULTATION_NOTHING,
        value,
        spoken=f"Nothing to add on {name(one.item.title, 50)}",
    )
    question = cut(name(one.asked.question, LONGEST_QUESTION), LONGEST_QUESTION)
    return [
        paragraph(
            "Your input on ",
            bold(title),
            f" ({name(one.project.name)}) is asked for by {one.asked.due.isoformat()}: {question}",
        ),
        *actions(answer, nothing),
    ]


def _tick(one: TickWaits) -> list[Block]:
    where = {"p": one.project.key, "i": one.item.key}
    title = name(one.item.title, 40)
    tick = button(
        f"Tick: {name(one.missing[0].text, 60)}",
        Act.GATE_TICK,
        {**where, "k": one.missing[0].key},
        style="primary",
        spoken=f"Say that this is met at the gate of {title}",
    )
    show = button("Show gate", Act.GATE_SHOW, where, spoken=f"Show the gate of {title}")
    missing = counted(len(one.missing), "criterion", "criteria")
    return [
        paragraph(
            "The gate of ",
            bold(name(one.item.title)),
            f" ({name(one.project.name)}) waits for your tick: {missing} missing.",
        ),
        *actions(tick, show),
    ]


def _approval(one: ApprovalWaits) -> list[Block]:
    where, version = {"p": one.project.key}, one.project.scope.version
    title = name(one.project.name, 40)
    approve = button(
        "Sign off",
        Act.SCOPE_APPROVE,
        where,
        style="primary",
        spoken=f"Sign off the scope of {title}",
    )
    look = button("Look at it", Act.SCOPE_SHOW, where, spoken=f"Show the scope of {title}")
    said: list[str | Piece] = ["The scope of ", bold(name(one.project.name)), f" (v{version}) "]
    why = (
        "changed in what matters since it was signed off: it waits for you again."
        if one.is_stale
        else "was never signed off: it waits for you."
    )
    return [paragraph(*said, why), *actions(look, approve)]


def _review(one: ReviewWaits) -> list[Block]:
    where, title = {"p": one.project.key}, name(one.project.name, 40)
    true = button(
        "Still true", Act.REVIEW_TRUE, where, style="primary", spoken=f"{title} is still true"
    )
    look = button("Show", Act.PROJECT_SHOW, where, spoken=f"Show {title}")
    said = f" is unconfirmed for {counted(one.days, 'day')}: is it all still true?"
    return [paragraph(bold(name(one.project.name)), said), *actions(true, look)]
