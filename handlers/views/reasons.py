"""Why a message was sent: what happened, to which letter, by which line of the table."""

from collections.abc import Mapping

from bot.outcome import Explained, Sent
from bot.people import Person
from bot.project import Letter
from bot.routing.table import Deed, Party
from bot.routing.told import Told
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    bold,
    bullets,
    code,
    message,
    moment,
    name,
    paragraph,
    quiet,
)
from handlers.views.notices import because

People = Mapping[int, Person]

_KINDS: Mapping[str, str] = {
    "standup/asked": "You are in a standup; /charter standup show tells who is asked.",
    "standup": "You set a standup that rests now, or it is its report.",
    "digest/me": "You wanted a digest of your own; /charter digest me tells how it is set.",
    "digest": "This channel has a digest; /charter digest tells how it is set.",
    "ask/person": "Somebody has left or is back, and you look after a project of theirs.",
    "channel": "A channel that you had told something is gone.",
    "rests": "Something that you set rests, and comes no more where you wanted it.",
    "unreachable": "Slack lets Charter write you no direct messages.",
}
"""What sends messages besides the letters, by how their keys begin."""
_ELSE = "It answers something that you did."


def explained(told: Explained) -> Message:
    """Messages, each with its reasons."""
    if not told.sent:
        return message(
            paragraph("Charter has sent you no messages yet."),
            quiet(
                "Letters bring them. Accountable: approvals, and what drags on. Responsible: "
                "blockers and questions. Consulted: one question before a gate. Informed: the "
                "digest alone."
            ),
        )
    blocks: list[Block] = []
    for one in told.sent:
        blocks += _one(one, told.people)
    held = any(isinstance(each.to, Letter) for one in told.sent for each in one.tells)
    return message(*blocks, _ends(by_letter=held))


def _one(one: Sent, people: People) -> list[Block]:
    head = paragraph(bold("Sent "), moment(one.at, "{date_short_pretty} at {time}"))
    if not one.is_routed:
        return [head, paragraph(_kind(one.key))]
    return [head, bullets([_rule(each, people) for each in one.tells])]


def _kind(key: str) -> str:
    return next((words for start, words in _KINDS.items() if key.startswith(start)), _ELSE)


def _rule(one: Told, people: People) -> list[str]:
    """The project, what happened, the letter, the line of the table."""
    route = one.route
    rule = f" {_to(one)} {_HEARS[route.deed]} {route.when}." if route else ""
    return [f"{name(one.project_name)}: {one.event.words}. ", because(one, people), rule]


_HEARS: Mapping[Deed, str] = {
    Deed.TELL: "is told",
    Deed.URGENT: "is told",
    Deed.ASK: "is told",
    Deed.CONSULT: "is asked for input, with a last day for it,",
    Deed.SHOW: "can read it",
}
"""What a line of the table does, as the one who gets it has it."""


def _to(one: Told) -> str:
    return f"{one.to} ({one.to.word})" if isinstance(one.to, Letter) else _PARTIES[one.to]


_PARTIES: Mapping[Party, str] = {
    Party.CONCERNED: "Whoever it is about",
    Party.LEAD: "The project's lead",
    Party.ADMIN: "Each admin",
}


def _ends(*, by_letter: bool) -> Block:
    ends: list[str | Piece] = [
        "What a letter brings stops when you no longer hold it: ",
        code("/charter raci"),
        " shows who does. ",
    ]
    return paragraph(
        *(ends if by_letter else []), "When messages come: ", code("/charter quiet"), "."
    )
