"""The form for a new project."""

from collections.abc import Mapping
from typing import Any

from bot import templates
from bot.deciding import LONGEST_NAME
from bot.orders import NewProject
from bot.outcome import Place
from bot.project import Mode
from handlers.views.acts import Form
from handlers.views.kit import View, name, quiet
from handlers.views.modals.fields import (
    field,
    needed,
    option,
    option_of,
    radio,
    select,
    text_input,
    text_of,
    tick,
    ticked,
    user,
    user_of,
)
from handlers.views.modals.frame import modal


def new_project(
    project_name: str,
    place: Place,
    asker: str | None = None,
    *,
    is_bound: bool = False,
    template: str = "",
) -> View:
    """A new project. `asker` (a Slack id) is its lead unless they choose somebody else.

    Where the channel belongs to a project already (`is_bound`), it is not bound unasked. `template`
    is the one chosen so far.
    """
    kinds = [option(one.key, one.title, one.says) for one in templates.TEMPLATES]
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
        field("template", "Kind of project", select(kinds, template or templates.GENERIC.key)),
        field("mode", "How you work", radio(modes, Mode.TEAM.value)),
    ]
    if place.channel and not place.is_direct and not place.is_shared:
        label = f"Bind it to #{name(place.name, 50)}" if place.name else "Bind it here"
        box = tick(label, ticked=not is_bound)
        blocks.append(field("bind", "This channel", box, optional=True))
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


def read_new_project(view: Mapping[str, Any]) -> NewProject:
    lead = user_of(view, "lead")
    return NewProject(
        name=needed(text_of(view, "name"), "name"),
        lead=f"<@{lead}>" if lead else None,
        mode=Mode(option_of(view, "mode") or Mode.TEAM),
        bind_here=ticked(view, "bind"),
        private=ticked(view, "private"),
        template=option_of(view, "template") or "",
    )
