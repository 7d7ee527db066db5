"""A command whose own words end with the name of another project than the one it is for."""

import re
from typing import Any

from bot.errors import BadInput, Why
from handlers.orders import Desk

_LONGEST = 100
_PLACE = re.compile(r"(?=\bin\s+([^\s\"“”:].*)$)", re.IGNORECASE)


def held_to_its_place(order: Any, text: str, desk: Desk) -> None:
    """Raises `BadInput` for "block labels: no export in Wake Watch", said in another project's
    channel: after words of one's own only a quoted project counts, and the change would be written
    to the wrong one.
    """
    said = " ".join(text.split())[-_LONGEST:]
    if getattr(order, "project", "") is not None or said.endswith((".", "!", "?")):
        return
    for found in _PLACE.finditer(said):
        name = desk.charter.projects.elsewhere(desk.actor, found[1], desk.place)
        if name is not None:
            raise BadInput(Why.PROJECT_IN_WORDS, {"project": name}, field="project")
