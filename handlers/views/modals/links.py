"""The form that says to which stage something linked belongs."""

from collections.abc import Mapping
from typing import Any

from bot.links import Card, ref_title
from bot.orders import MoveLink
from bot.sources.base import Kind
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import View, bold, name, paragraph
from handlers.views.modals.fields import option_of
from handlers.views.modals.frame import modal
from handlers.views.modals.items import NO_ITEM, items


def link_stage(card: Card) -> View:
    """Which stage or component something linked belongs to. ValueError without its project."""
    project = card.project
    if project is None:
        raise ValueError("no project to choose from")
    blocks = [
        paragraph(bold(name(ref_title(card.linked.ref))), f" in {name(project.name)}"),
        items(project, card.linked.item, none="The project as a whole"),
    ]
    kept: Values = {"k": card.linked.ref.kind.value, "n": card.linked.id}
    return modal(Form.LINK_STAGE, "Set the stage", "Save", blocks, kept)


def read_link_stage(view: Mapping[str, Any]) -> MoveLink:
    kept = unpack(view.get("private_metadata", ""))
    chosen = option_of(view, "item")
    item = None if chosen in (None, NO_ITEM) else chosen
    return MoveLink(Kind(str(kept.get("k"))), int(kept.get("n") or 0), item)
