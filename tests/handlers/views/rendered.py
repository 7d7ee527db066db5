"""Every view as it goes to Slack, made of harmless words."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from bot.errors import CharterError
from handlers.views.kit import Message
from tests.handlers.views.made import Maker
from tests.handlers.views.test_everything import SURELY, VIEWS

CHOICES = 3
MANY = 2


@cache
def rendered() -> tuple[tuple[str, Any], ...]:
    """The name of each view, and what it says: the blocks of a message, a form or Home."""
    return tuple((name, one) for name in VIEWS for one in told(name))


def told(name: str, maker: type[Maker] = Maker) -> Iterator[Any]:
    """What a view says, made of harmless words."""
    view = VIEWS[name]
    kinds = len(CharterError.__subclasses__()) if name.startswith("errors.") else 0
    for pick in range(max(CHOICES, kinds)):
        made = SURELY.get(name, dict)(maker("Word", MANY, pick).arguments(view))
        if made is None:
            continue
        try:
            said = view(**made)
        except ValueError:  # what a view says it does not take; see `held_to_slack`
            continue
        for one in said if isinstance(said, list) else [said]:
            yield one.blocks if isinstance(one, Message) else one


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Everything that a view is made of, at any depth."""
    if isinstance(node, dict):
        yield node
        node = tuple(node.values())
    if isinstance(node, list | tuple):
        for one in node:
            yield from parts(one)
