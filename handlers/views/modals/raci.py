"""The form that gives a letter."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.deciding import LONGEST_NAME
from bot.errors import BadInput, Why
from bot.orders import Assign
from bot.outcome import Shown
from bot.people import Person
from bot.project import Item, Letter, Project
from handlers.views import seats
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import Block, View, bold, name, paragraph
from handlers.views.modals.fields import (
    date_in,
    day,
    day_of,
    field,
    needed,
    option,
    option_of,
    select,
    text_input,
    text_of,
    tick,
    ticked,
    user,
    user_of,
)
from handlers.views.modals.frame import modal
from handlers.views.modals.items import items
from handlers.views.names import told_apart


def assign(shown: Shown, letter: Letter | None = None) -> View:
    """Give a letter of one item (`shown.item`) or of any; A of an item that has one: hand over."""
    project, item, people = shown.project, shown.item, told_apart(shown.people)
    kept: Values = {"p": project.key}
    if item is not None:
        kept |= {"i": item.key, "v": item.version}
    present = _accountable(project, item, people) if item and letter is Letter.A else ""
    blocks = [paragraph(*_asked(project, item, present))]
    if item is None:
        blocks.append(items(project))
    if present:
        kept |= {"l": Letter.A.value, "h": True}
    else:
        blocks.append(_letters(letter))
    blocks += [
        field("holder", "Person", user(), optional=True),
        field(
            "role",
            "Or an open seat",
            text_input(longest=LONGEST_NAME, placeholder="Data Engineer DE-114"),
            hint="The role you look for, and its requisition if there is one.",
            optional=True,
        ),
        field(
            "outside",
            "Or somebody from outside",
            text_input(longest=2 * LONGEST_NAME, placeholder="Vera Poe of Label Works"),
            hint="Name and company, and an e-mail address if you like. They are never written to.",
            optional=True,
        ),
        field("since", "Since", day(), hint="Leave empty for today.", optional=True),
    ]
    if not present:
        label = "Hand over if somebody else is accountable"
        blocks.append(field("handover", "There can be one A", tick(label), optional=True))
    title = "Hand over" if present else "Assign"
    return modal(Form.ASSIGN, title, "Hand over" if present else "Assign", blocks, kept)


def _accountable(project: Project, item: Item, people: Mapping[int, Person]) -> str:
    """Who is accountable now; empty for nobody, a vacant seat, or somebody who has left."""
    for one in seats.held(project.raci(item), Letter.A):
        if seats.active(one, people):
            return f"{seats.holder(one, people)} is accountable {seats.since(one)}"
    return ""


def _asked(project: Project, item: Item | None, present: str) -> list[str | Block]:
    if item is None:
        return ["Who does what in ", bold(name(project.name)), "?"]
    about: list[str | Block] = [bold(name(item.title)), f" in {name(project.name)}: "]
    return [*about, f"{present}. Who takes over?" if present else "who holds which letter?"]


def _letters(letter: Letter | None) -> Block:
    options = [
        option("A", "A – accountable", "Answers for it; exactly one"),
        option("R", "R – responsible", "Does the work"),
        option("AR", "A and R", "Answers for it and does the work"),
        option("C", "C – consulted", "Is asked before it is decided"),
        option("I", "I – informed", "Is told afterwards"),
    ]
    return field("letters", "Letter", select(options, letter.value if letter else None))


def read_assign(view: Mapping[str, Any], today: date | None = None) -> Assign:
    """With `today` (where the person is), a later `since` is refused here already."""
    kept = unpack(view.get("private_metadata", ""))
    letters = str(kept.get("l") or option_of(view, "letters") or "")
    if not letters:
        raise BadInput(Why.BAD_LETTER, {"letters": ""}, "letters")
    item = str(kept.get("i") or option_of(view, "item") or "")
    since = date_in(day_of(view, "since"))
    if since and today and since > today:
        raise BadInput(Why.FUTURE_DATE, {"date": since.isoformat()}, "since")
    seen = kept.get("v")
    return Assign(
        item=needed(item, "item"),
        letters=tuple(Letter(letter) for letter in letters),
        holder=_holder(view),
        project=str(kept["p"]) if "p" in kept else None,
        since=since,
        hand_over=bool(kept.get("h")) or ticked(view, "handover"),
        seen=seen if isinstance(seen, int) else None,
    )


def _holder(view: Mapping[str, Any]) -> str:
    """A person, an open seat or somebody from outside: one of them."""
    person, role, outside = user_of(view, "holder"), text_of(view, "role"), text_of(view, "outside")
    if outside and (person or role):
        raise BadInput(Why.WORDS_LEFT_OVER, {"words": outside}, "outside")
    if person and role:
        raise BadInput(Why.WORDS_LEFT_OVER, {"words": role}, "role")
    if person:
        return f"<@{person}>"
    if outside:
        return f"outside {outside}"
    if role.casefold().startswith("vacant"):
        role = needed(role[len("vacant") :].strip(" :"), "role")
    return f"vacant {needed(role, 'holder')}"
