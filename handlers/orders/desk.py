"""Where an order is given, and what carries one out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.outcome import Done, Place
from bot.people import Actor
from handlers.service import Charter
from handlers.views import changes
from handlers.views.kit import Message


@dataclass(frozen=True, slots=True)
class Desk:
    """Who gives an order, and where. `private`: nobody else reads the answer."""

    charter: Charter
    actor: Actor
    place: Place
    private: bool


Carry = Callable[[Any, Desk], Message]
"""Does what an order of one kind wants, and says so."""

Carriers = Mapping[type, Carry]
"""By the kind of order."""


def write(act: Callable[[Charter, Actor, Any, Place], Done]) -> Carry:
    """What changes a project, by one of the services: the change is told, with its undo."""

    def carry(order: Any, desk: Desk) -> Message:
        done = act(desk.charter, desk.actor, order, desk.place)
        return changes.done(done, desk.actor.name)

    return carry
