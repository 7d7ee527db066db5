"""Forms about answers: what somebody expected, and what settles a question that is open."""

from collections.abc import Mapping
from typing import Any

from bot.deciding import LONGEST_NAME
from bot.feedback import LONGEST_EXPECTED, OpenQuestion
from bot.orders import AddItem, SayExpected, SetAlias, SettleQuestion
from bot.project import Project
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import Block, Piece, View, bold, length, name, paragraph, quiet
from handlers.views.modals.fields import (
    LONGEST_OPTION_VALUE,
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

LONGEST_SHOWN = 200
WHOLE = "The project itself"
OWN = "A stage of its own"


def expected(number: int, question: str) -> View:
    """What somebody expected of an answer; that it was not right is kept already."""
    blocks = [
        paragraph("Noted, this was not answered rightly: ", _quoted(question)),
        field(
            "expected",
            "What did you expect?",
            text_input(longest=LONGEST_EXPECTED, lines=True),
            hint="Whoever can put it right reads it, without your name.",
            optional=True,
        ),
    ]
    return modal(Form.EXPECTED, "Not right", "Send", blocks, {"n": number})


def read_expected(view: Mapping[str, Any]) -> SayExpected:
    return SayExpected(_number(view), text_of(view, "expected"))


def open_alias(project: Project | None, one: OpenQuestion) -> View:
    """What the words of a question are another name of."""
    alias = text_input(one.said, longest=LONGEST_NAME)
    near = one.near.key if one.near else None
    what = [items(project, near, none=WHOLE)] if project else _where("Leave empty for the project.")
    blocks = [_asked(one), field("alias", "These words", alias), *what]
    return modal(Form.OPEN_ALIAS, "Add as alias", "Add", blocks, _kept(project, one))


def read_open_alias(view: Mapping[str, Any]) -> SettleQuestion:
    item = text_of(view, "name") or option_of(view, "item")
    order = SetAlias(
        needed(text_of(view, "alias"), "alias"),
        None if item in (None, NO_ITEM) else item,
        _project(view),
    )
    return SettleQuestion(_number(view), order)


def open_item(project: Project | None, one: OpenQuestion) -> View:
    """A new stage or component, called as the question calls it."""
    blocks = [_asked(one), field("title", "Name", text_input(one.said, longest=LONGEST_NAME))]
    if project:
        options = [option(NO_ITEM, OWN), *_stages(project)]
        blocks.append(field("parent", "What it is", select(options, NO_ITEM)))
    else:
        blocks += _where("A component of this stage; leave empty for a stage of its own.")
    return modal(Form.OPEN_ITEM, "Add as item", "Add", blocks, _kept(project, one))


def read_open_item(view: Mapping[str, Any]) -> SettleQuestion:
    parent = text_of(view, "name") or option_of(view, "parent")
    order = AddItem(
        needed(text_of(view, "title"), "title"),
        parent=None if parent in (None, NO_ITEM) else parent,
        project=_project(view),
    )
    return SettleQuestion(_number(view), order)


def _stages(project: Project) -> list[Block]:
    return [
        option(one.key, f"A component of {name(one.title)}")
        for one in project.stages()
        if length(one.key) <= LONGEST_OPTION_VALUE
    ]


def _quoted(question: str) -> Piece:
    return bold(f"“{name(question, LONGEST_SHOWN)}”")


def _asked(one: OpenQuestion) -> Block:
    return paragraph("Asked was ", _quoted(one.texts[0]))


def _where(hint: str) -> list[Block]:
    """For a question of no project: whose it is, in words."""
    typed = text_input(longest=LONGEST_NAME)
    return [
        field("project", "Project", typed),
        field("name", "Stage or component", typed, hint=hint, optional=True),
        quiet("It is added with your own rights in that project."),
    ]


def _kept(project: Project | None, one: OpenQuestion) -> Values:
    return {"n": one.id, "p": project.key if project else None}


def _project(view: Mapping[str, Any]) -> str:
    kept = unpack(view.get("private_metadata", ""))
    return str(kept.get("p") or needed(text_of(view, "project"), "project"))


def _number(view: Mapping[str, Any]) -> int:
    number = unpack(view.get("private_metadata", "")).get("n")
    if not isinstance(number, int):
        raise ValueError("no question is named")
    return number
