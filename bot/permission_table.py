"""Who may do what, command by command, as docs/permissions.md prints it."""

from collections.abc import Iterator, Mapping

from bot import commands
from bot.commands.forms import tried
from bot.needed import ORDERS
from bot.rights import Right, Role

_OTHERS_A = (Right.ANSWER, "for the A of somebody else: answer for it")
_OTHERS_LETTERS = (Right.ANSWER, "for the letters of somebody else: answer for it")
_OTHERS_ROLES = (Right.ANSWER, "where somebody else holds every role: answer for it")

IN_PART: Mapping[str, tuple[Right, str]] = {
    "raci ITEM A HOLDER hand over now because REASON": (
        Right.ANSWER,
        "where somebody would have to be asked: answer for it",
    ),
    "raci ITEM A HOLDER hand over": (
        Right.ANSWER,
        "for the A of somebody else, to a third person: answer for it",
    ),
    "raci ITEM clear LETTERS": _OTHERS_A,
    "raci ITEM clear LETTERS HOLDER": _OTHERS_A,
    "delegate PERSON to PERSON from DATE to DATE": (
        Right.RUN,
        "for somebody else: in one project answer for it, in all run the workspace",
    ),
    "transfer PERSON to PERSON": _OTHERS_LETTERS,
    "transfer PERSON to PERSON in PROJECT": _OTHERS_LETTERS,
    "transfer PERSON to PERSON everywhere because REASON": _OTHERS_LETTERS,
    "split ROLE to PERSON": _OTHERS_ROLES,
    "split ROLE to PERSON since DATE": _OTHERS_ROLES,
    "stage remove ITEM": _OTHERS_A,
    "component remove NAME": _OTHERS_A,
    "stage ITEM done override: REASON": (
        Right.ANSWER,
        "where something of its gate is missing: answer for it",
    ),
}
"""Forms that take more than their order does, the most of it, and when: it is looked at where the
change is decided, since only there it is known whose it is.
"""


def markdown() -> str:
    """The table as docs/permissions.md prints it."""
    roles = " | ".join(role.value for role in Role)
    rule = " | ".join("---" for _ in Role)
    head = f"| Command | takes | {roles} |\n| --- | --- | {rule} |\n"
    return head + "".join(_row(name, right) for name, right in _by_command())


def _by_command() -> Iterator[tuple[str, Right]]:
    """Every form of every command, and what it takes."""
    for entry in commands.COMMANDS:
        for form in entry.forms:
            yield form, ORDERS[type(tried(entry, form))]


def _row(form: str, right: Right) -> str:
    most, when = IN_PART.get(form, (right, ""))
    takes = f"{right}; {when}" if when else right.value
    may = " | ".join(_may(role, right, most) for role in Role)
    return f"| `{form}` | {takes} | {may} |\n"


def _may(role: Role, right: Right, most: Right) -> str:
    if not role.may(right):
        return "no"
    return "yes" if role.may(most) else "in part"
