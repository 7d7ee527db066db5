"""A stage or component to choose."""

from bot.project import Kind, Project
from handlers.views.kit import Block, length, name
from handlers.views.modals.fields import (
    LONGEST_OPTION_VALUE,
    MOST_OPTIONS,
    field,
    option,
    select,
)

NO_ITEM = "-"
"""The option that stands for no item at all."""


def items(project: Project, chosen: str | None = None, *, none: str = "") -> Block:
    """The items to choose from, and before them (if it has words) `none` of them."""
    stages = list(project.stages())
    ordered = [one for stage in stages for one in (stage, *project.components(stage.key))]
    ordered += [one for one in project.components() if one not in ordered]
    usable = [one for one in ordered if length(one.key) <= LONGEST_OPTION_VALUE]
    options = [
        option(one.key, one.title if one.kind is Kind.STAGE else f"– {name(one.title)}")
        for one in usable
    ] or [option(NO_ITEM, "This project has no stages yet")]
    if none:
        options.insert(0, option(NO_ITEM, none))
    more = len(usable) - MOST_OPTIONS
    hint = f"and {more} more: use a command for those." if more > 0 else ""
    initial = chosen or (NO_ITEM if none else None)
    return field("item", "Stage or component", select(options, initial), hint=hint)
