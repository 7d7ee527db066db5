"""The forms: a new project, a letter, a stage; and what stands there before or instead of one."""

import zlib
from collections.abc import Mapping

from bot.deciding import LONGEST_NAME, LONGEST_NOTE
from bot.links import Card, ref_title
from bot.outcome import Place, Shown
from bot.people import Person
from bot.project import Item, Kind, Letter, Mode, Project, Status
from handlers.views import seats
from handlers.views.acts import Form, Values, pack
from handlers.views.kit import (
    MOST_VIEW_BLOCKS,
    Block,
    Message,
    View,
    bold,
    length,
    name,
    paragraph,
    plain,
    quiet,
)
from handlers.views.modals.fields import (
    LONGEST_OPTION_VALUE,
    MOST_OPTIONS,
    day,
    field,
    option,
    radio,
    select,
    text_input,
    tick,
    user,
)
from handlers.views.names import told_apart

NO_ITEM = "-"
"""The option that stands for no item at all."""

LONGEST_METADATA = 2000
"""Of Slack's 3000; the rest is for whoever needs to remember where the outcome is to be told."""


def modal(form: Form, title: str, submit: str, blocks: list[Block], kept: Values) -> View:
    return {
        "type": "modal",
        "callback_id": form.value,
        "title": plain(title, 24),
        "submit": plain(submit, 24),
        "close": plain("Cancel", 24),
        "blocks": blocks[:MOST_VIEW_BLOCKS],
        "private_metadata": pack(kept, LONGEST_METADATA),
    }


def new_project(
    project_name: str, place: Place, asker: str | None = None, *, is_bound: bool = False
) -> View:
    """A new project. `asker` (a Slack id) is its lead unless they choose somebody else.

    Where the channel belongs to a project already (`is_bound`), it is not bound unasked.
    """
    modes = [
        option(Mode.TEAM.value, "Team", "The usual job roles, one seat each"),
        option(Mode.STARTUP.value, "Start-up", "One person may hold nearly all seats"),
    ]
    blocks = [
        field(
            "name",
            "Name",
            text_input(project_name, longest=LONGEST_NAME, placeholder="Churn Radar"),
        ),
        field("lead", "Lead", user(asker), hint="Whom to ask where nobody else is named."),
        field("mode", "How you work", radio(modes, Mode.TEAM.value)),
    ]
    if place.channel and not place.is_direct and not place.is_shared:
        label = f"Bind it to #{name(place.name, 50)}" if place.name else "Bind it here"
        ticked = tick(label, ticked=not is_bound)
        blocks.append(field("bind", "This channel", ticked, optional=True))
    if place.is_private:
        label = "Only its lead and members may see it"
        blocks.append(field("private", "Privacy", tick(label, ticked=True), optional=True))
    blocks.append(
        quiet(
            "It begins with the stages of an ML project. The lead takes the seats of their own job "
            "role; the others stay vacant until you fill them."
        )
    )
    return modal(Form.NEW_PROJECT, "New project", "Create", blocks, {})


def assign(shown: Shown, letter: Letter | None = None) -> View:
    """Give a letter of one item (`shown.item`) or of any; A of an item that has one: hand over."""
    project, item, people = shown.project, shown.item, told_apart(shown.people)
    kept: Values = {"p": project.key}
    if item is not None:
        kept |= {"i": item.key, "v": item.version}
    present = _accountable(project, item, people) if item and letter is Letter.A else ""
    blocks = [paragraph(*_asked(project, item, present))]
    if item is None:
        blocks.append(_items(project))
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


def _items(project: Project, chosen: str | None = None, *, none: str = "") -> Block:
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


def _letters(letter: Letter | None) -> Block:
    options = [
        option("A", "A – accountable", "Answers for it; exactly one"),
        option("R", "R – responsible", "Does the work"),
        option("AR", "A and R", "Answers for it and does the work"),
        option("C", "C – consulted", "Is asked before it is decided"),
        option("I", "I – informed", "Is told afterwards"),
    ]
    return field("letters", "Letter", select(options, letter.value if letter else None))


def move(shown: Shown) -> View:
    """Where an item stands and when it is due. ValueError where `shown` has no item."""
    project, item = shown.project, shown.item
    if item is None:
        raise ValueError("no item to move")
    due = item.due.isoformat() if item.due else None
    statuses = [option(status.value, seats.capital(status.words)) for status in Status]
    blocks = [
        paragraph(bold(name(item.title)), f" in {name(project.name)}"),
        field("status", "Status", select(statuses, item.status.value)),
        field(
            "note",
            "Note",
            text_input(item.note or "", longest=LONGEST_NOTE, lines=True),
            hint="Why it is blocked or skipped; empty it when that is over.",
            optional=True,
        ),
        field("due", "Due", day(due), optional=True),
    ]
    kept: Values = {
        "p": project.key,
        "i": item.key,
        "v": item.version,
        "s": item.status.value,
        "n": fingerprint(item.note or ""),
        "d": due,
    }
    return modal(Form.MOVE, "Move a stage", "Save", blocks, kept)


def link_stage(card: Card) -> View:
    """Which stage or component something linked belongs to. ValueError without its project."""
    project = card.project
    if project is None:
        raise ValueError("no project to choose from")
    blocks = [
        paragraph(bold(name(ref_title(card.linked.ref))), f" in {name(project.name)}"),
        _items(project, card.linked.item, none="The project as a whole"),
    ]
    kept: Values = {"k": card.linked.ref.kind.value, "n": card.linked.id}
    return modal(Form.LINK_STAGE, "Set the stage", "Save", blocks, kept)


def fingerprint(text: str) -> str:
    """Tells whether a note was changed, without carrying it along."""
    return format(zlib.crc32(" ".join(text.split()).encode("utf-8", "replace")), "x")


def loading(title: str = "One moment") -> View:
    """What stands there while the form is being made; Slack waits three seconds for something."""
    return _said(title, [paragraph("Loading …")])


def notice(message: Message, title: str = "Charter") -> View:
    """A message in the place of a form, without its buttons, which lead nowhere from there."""
    blocks = [block for block in message.blocks if block["type"] not in {"actions", "table"}]
    return _said(title, blocks or [paragraph(message.text)])


def _said(title: str, blocks: list[Block]) -> View:
    return {
        "type": "modal",
        "callback_id": Form.NOTICE.value,
        "title": plain(title, 24),
        "close": plain("Close", 24),
        "blocks": blocks[:MOST_VIEW_BLOCKS],
    }
