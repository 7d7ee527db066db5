"""The form of a risk, an assumption, an issue or a dependency."""

from collections.abc import Mapping
from typing import Any

from bot.deciding import LONGEST_NOTE
from bot.errors import Stale
from bot.orders import EditRaid, RaiseRaid
from bot.outcome import RaidShown, Shown
from bot.people import Person
from bot.project import Project
from bot.raid import Level, RaidEntry, RaidKind, Said
from handlers.views import seats
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import Block, View, bold, name, paragraph
from handlers.views.modals.fields import (
    day,
    day_of,
    field,
    filled_again,
    needed,
    option,
    option_of,
    select,
    text_input,
    text_of,
    user,
    user_of,
)
from handlers.views.modals.frame import modal
from handlers.views.modals.items import NO_ITEM, items
from handlers.views.modals.stages import meanwhile

UNSAID = "-"
"""The option of a level that nobody has said."""
_ABOUT = {
    RaidKind.RISK: ("What may go wrong", "What is done about it", "Look at it again on"),
    RaidKind.ASSUMPTION: ("What is taken for granted", "What if it is not so", "Check it on"),
    RaidKind.ISSUE: ("What has gone wrong", "What is done about it", "To be mended by"),
    RaidKind.DEPENDENCY: ("What is waited for, and from whom", "What if it is late", "Due"),
}


def new_raid(shown: Shown, kind: RaidKind) -> View:
    kept: Values = {"p": shown.project.key, "k": kind.value}
    return _form(shown.project, shown.people, kind, Said(""), kept)


def edit_raid(shown: RaidShown) -> View:
    one = shown.entry
    kept: Values = {
        "p": shown.project.key,
        "k": one.kind.value,
        "n": one.number,
        "v": len(one.revisions),
    }
    return _form(shown.project, shown.people, one.kind, one.said, kept, one)


def _form(
    project: Project,
    people: Mapping[int, Person],
    kind: RaidKind,
    said: Said,
    kept: Values,
    entry: RaidEntry | None = None,
) -> View:
    text, plan, due = _ABOUT[kind]
    owner = people.get(said.owner) if said.owner is not None else None
    item = next((one.key for one in project.items if one.id == said.item), None)
    title = f"{seats.capital(kind.value)}{f' {entry.label}' if entry else ''}"
    blocks = [
        paragraph(bold(title), f" of {name(project.name)}"),
        field("text", text, text_input(said.text, longest=LONGEST_NOTE, lines=True)),
        items(project, item, none="The project as a whole"),
    ]
    if kind is RaidKind.RISK:
        blocks += [_level("likelihood", said.likelihood), _level("impact", said.impact)]
    blocks += [
        field("owner", "Owner", user(owner.slack_id if owner else None), optional=True),
        field(
            "mitigation",
            plan,
            text_input(said.mitigation, longest=LONGEST_NOTE, lines=True),
            optional=True,
        ),
        field("due", due, day(said.due.isoformat() if said.due else None), optional=True),
    ]
    # Whoever has no account here cannot be chosen in the form, and stays unless somebody else is.
    values: Values = {**kept, "w": owner.key if owner and not owner.slack_id else None}
    return modal(Form.RAID, title, "Save", blocks, values)


def raid_clash(view: Mapping[str, Any], stale: Stale) -> View:
    """The form as it was sent, with what others wrote of the same field: saving again means it."""
    kept: Values = {**unpack(view.get("private_metadata", "")), "y": stale.version}
    asked = "Save again to put yours in its place, or cancel to keep theirs."
    blocks = [filled_again(block, view) for block in view["blocks"] if block["type"] == "input"]
    title = view["title"]["text"]
    return modal(
        Form.RAID, title, "Save mine", [*meanwhile(stale), paragraph(asked), *blocks], kept
    )


def _level(name: str, level: Level | None) -> Block:
    options = [option(UNSAID, "not said"), *(option(each.value, each.value) for each in Level)]
    return field(name, seats.capital(name), select(options, level.value if level else UNSAID))


def read_raid(view: Mapping[str, Any]) -> RaiseRaid | EditRaid:
    kept = unpack(view.get("private_metadata", ""))
    kind, project = RaidKind(str(kept.get("k"))), str(kept.get("p") or "") or None
    user = user_of(view, "owner")
    stays = f"key:{kept['w']}" if kept.get("w") else ""
    values = {
        "text": needed(text_of(view, "text"), "text"),
        "item": _unless(option_of(view, "item"), NO_ITEM),
        "owner": f"<@{user}>" if user else stays,
        "mitigation": text_of(view, "mitigation"),
        "due": day_of(view, "due") or "",
    }
    if kind is RaidKind.RISK:
        for level in ("likelihood", "impact"):
            values[level] = _unless(option_of(view, level), UNSAID)
    number, seen = kept.get("n"), kept.get("v")
    if not isinstance(number, int):
        given = tuple((name, value) for name, value in values.items() if value)
        return RaiseRaid(kind, given, project)
    told = kept.get("y")
    return EditRaid(
        kind,
        number,
        tuple(values.items()),
        project,
        seen if isinstance(seen, int) else None,
        told if isinstance(told, int) else None,
    )


def _unless(chosen: str | None, nothing: str) -> str:
    return "" if chosen in (None, nothing) else str(chosen)
