"""The form that saves a message as a decision."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.deciding import LONGEST_FIELD
from bot.decisions import Source
from bot.orders import KeepDecision
from bot.project import Project
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import View, bold, name, paragraph
from handlers.views.modals.fields import (
    field,
    needed,
    option,
    option_of,
    select,
    text_input,
    text_of,
)
from handlers.views.modals.frame import modal
from handlers.views.modals.items import NO_ITEM, items


def decision(
    text: str, source: Source, project: Project | None, options: Sequence[tuple[str, str]]
) -> View:
    """The message's words to put right; its project, where the channel does not tell; its stage."""
    blocks = [field("text", "Decision", text_input(text, longest=LONGEST_FIELD, lines=True))]
    if project is not None:
        blocks.insert(0, paragraph("A decision of ", bold(name(project.name))))
        blocks.append(items(project, none="The project as a whole"))
    else:
        choices = [option(key, title) for title, key in options]
        blocks.append(field("project", "Project", select(choices)))
        hint = "By its name; leave it empty for the project as a whole."
        blocks.append(
            field("item", "Stage or component", text_input(longest=120), hint=hint, optional=True)
        )
    kept: Values = {
        "p": project.key if project else None,
        "c": source.channel,
        "m": source.ts,
        "t": source.thread,
        "u": source.author,
        "k": source.permalink,
    }
    return modal(Form.DECISION, "Save as decision", "Save", blocks, kept)


def read_decision(view: Mapping[str, Any]) -> KeepDecision:
    kept = unpack(view.get("private_metadata", ""))

    def text(key: str) -> str:
        return str(kept.get(key) or "")

    project = text("p")
    chosen = option_of(view, "item") if project else text_of(view, "item")
    item = None if chosen in (None, "", NO_ITEM) else chosen
    return KeepDecision(
        needed(text_of(view, "text"), "text"),
        item,
        project or option_of(view, "project"),
        Source(text("c"), text("m"), text("u"), text("k"), text("t")),
    )
