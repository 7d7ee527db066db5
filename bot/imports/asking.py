"""Names that nobody has here, or several people have: whoever imports is asked whom they mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.errors import Ambiguous, NotFound
from bot.imports.faults import Fault
from bot.spelling import folded

LEFT_OUT = "left out"
"""What is said of a name that is not to count."""
_LEFT_OUT = frozenset({LEFT_OUT, "leave out", "nobody", "not read", "ignore", "-"})


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name of a file, and those who may be meant: how they are shown, by what is said of them."""

    name: str
    near: Mapping[str, str]


def unknown_in(faults: Iterable[Fault]) -> list[Unknown]:
    """The names that are not understood, each once, in the order of the file."""
    found: dict[str, Unknown] = {}
    for fault in faults:
        match fault.error:
            case NotFound(what="person", text=text, suggestions=near):
                found.setdefault(folded(text), Unknown(text, {one: one for one in near}))
            case Ambiguous(what="person", text=text, options=options):
                may_be = {key: label for label, key in options}
                found.setdefault(folded(text), Unknown(text, may_be))
    return list(found.values())


def is_left_out(who: str) -> bool:
    """Whether what is said of a name is that it is not to count."""
    return who.strip().casefold() in _LEFT_OUT
