"""The forms of milestones: a day promised, another day with its reason, the day that it was met."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.deciding import LONGEST_NAME, LONGEST_NOTE
from bot.milestones import Milestone
from bot.orders import MeetMilestone, MoveMilestone, SetMilestone
from bot.outcome import Shown
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import Block, View, bold, name, paragraph
from handlers.views.modals.fields import (
    date_in,
    day,
    day_of,
    field,
    needed,
    option_of,
    text_input,
    text_of,
)
from handlers.views.modals.frame import modal
from handlers.views.modals.items import NO_ITEM, items

ADD, MOVE, MEET = "add", "move", "meet"


def new_milestone(shown: Shown) -> View:
    project = shown.project
    blocks = [
        paragraph(
            "A milestone of ", bold(name(project.name)), ". Its first day stays its baseline."
        ),
        field("milestone", "Milestone", text_input(longest=LONGEST_NAME)),
        field("day", "Day", day()),
        items(project, none="The project as a whole"),
    ]
    return modal(Form.MILESTONE, "New milestone", "Save", blocks, {"p": project.key, "k": ADD})


def move_milestone(shown: Shown, one: Milestone) -> View:
    blocks = [
        _about(shown, one),
        field("day", "Expected on", day(one.due.isoformat())),
        field("reason", "Why it moves", text_input(longest=LONGEST_NOTE, lines=True)),
    ]
    return modal(Form.MILESTONE, "Move a milestone", "Save", blocks, _kept(shown, one, MOVE))


def meet_milestone(shown: Shown, one: Milestone) -> View:
    today = shown.today.isoformat() if shown.today else None
    blocks = [_about(shown, one), field("day", "Met on", day(today))]
    return modal(Form.MILESTONE, "Milestone met", "Save", blocks, _kept(shown, one, MEET))


def _about(shown: Shown, one: Milestone) -> Block:
    slip = f" ({one.slip_words})" if one.slip_words else ""
    return paragraph(
        bold(name(one.title)),
        f" of {name(shown.project.name)}: first planned for {one.baseline.isoformat()}, expected "
        f"on {one.due.isoformat()}{slip}.",
    )


def _kept(shown: Shown, one: Milestone, what: str) -> Values:
    return {"p": shown.project.key, "k": what, "m": one.title}


def read_milestone(
    view: Mapping[str, Any],
) -> SetMilestone | MoveMilestone | MeetMilestone:
    kept = unpack(view.get("private_metadata", ""))
    project, title = str(kept.get("p") or "") or None, str(kept.get("m") or "")
    chosen: date | None = date_in(needed(day_of(view, "day") or "", "day"))
    assert chosen is not None, "it was needed"
    match kept.get("k"):
        case "move":
            return MoveMilestone(title, chosen, text_of(view, "reason"), project)
        case "meet":
            return MeetMilestone(title, chosen, project)
        case _:
            item = option_of(view, "item")
            return SetMilestone(
                needed(text_of(view, "milestone"), "milestone"),
                chosen,
                None if item in (None, NO_ITEM) else item,
                project,
            )
