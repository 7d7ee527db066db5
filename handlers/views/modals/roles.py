"""The form that says a job role otherwise."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.deciding import LONGEST_NAME, LONGEST_NOTE
from bot.errors import BadInput, Why
from bot.orders import EditRole
from bot.team import RoleShown
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import Block, View
from handlers.views.modals.fields import (
    field,
    needed,
    option,
    options_of,
    several,
    text_input,
    text_of,
)
from handlers.views.modals.frame import modal


def role(shown: RoleShown) -> View:
    """What it is called, what it does, its usual stages, and whom it works with."""
    one = shown.role
    stages = [option(key, title) for key, title in shown.titles.items()]
    others = [option(each.key, each.title) for each in shown.roles.values() if each.key != one.key]
    blocks = [
        field("title", "Name", text_input(one.title, longest=LONGEST_NAME)),
        field(
            "does",
            "What it does",
            text_input(one.does, longest=LONGEST_NOTE, lines=True),
            optional=True,
        ),
        field(
            "stages",
            "Stages that it usually holds",
            several(stages, _chosen(stages, one.stages)),
            optional=True,
        ),
        field(
            "works_with",
            "Works with",
            several(others, _chosen(others, one.works_with)),
            optional=True,
        ),
    ]
    kept: Values = {"r": one.key, "v": shown.role.mark}
    return modal(Form.ROLE, "Edit a role", "Save", blocks, kept)


def _chosen(options: Sequence[Block], keys: Sequence[str]) -> list[Block]:
    return [one for one in options if one["value"] in keys]


def read_role(view: Mapping[str, Any]) -> EditRole:
    kept = unpack(view.get("private_metadata", ""))
    title = needed(text_of(view, "title"), "title")
    key = str(kept.get("r") or "")
    if not key:
        raise BadInput(Why.EMPTY_TEXT, {"field": "role"}, "title")
    return EditRole(
        role=key,
        title=title,
        does=text_of(view, "does"),
        stages=tuple(options_of(view, "stages")),
        works_with=tuple(options_of(view, "works_with")),
        seen=str(kept.get("v") or ""),
    )
