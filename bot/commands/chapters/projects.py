"""Projects as such: how they begin, what they are called, where they are bound, how they end."""

import re
from datetime import date

from bot import templates
from bot.commands.chapter import Command
from bot.commands.items import read_alias
from bot.commands.orders import Archive, Bind, ListProjects, OpenNew, Order, Show, Unbind
from bot.commands.reading import needed_project, page_of, project_of
from bot.commands.words import unwrapped
from bot.orders import NewProject

_TEMPLATE = re.compile(r"\btemplate\s*[=:]\s*(\S+|\"[^\"]+\")\s*$", re.IGNORECASE)


def _new(rest: str, today: date) -> Order:
    """With a name and a template nothing is left to ask for."""
    found = _TEMPLATE.search(rest)
    if found is None:
        return OpenNew(unwrapped(rest))
    template = templates.named(unwrapped(found[1])).key
    name = unwrapped(rest[: found.start()])
    return NewProject(name, private=None, template=template) if name else OpenNew("", template)


PROJECTS: tuple[Command, ...] = (
    Command(
        "new",
        ("new", "new NAME", "new NAME template=TEMPLATE"),
        'new "Size recommender" template=recsys',
        "start a project: a form asks for the rest, or a template knows it",
        _new,
        (
            "The project begins with the stages of an ML project and the usual job roles as vacant "
            "seats, so that you only have to fill in people.",
            "TEMPLATE: "
            + "; ".join(f"{one.key} ({one.says})" for one in templates.TEMPLATES)
            + ". It brings the usual metrics, and skips what such projects do without.",
        ),
        ("create",),
    ),
    Command(
        "list",
        ("list", "list PAGE"),
        "list 2",
        "the projects that you can see",
        lambda rest, today: ListProjects(page_of(rest)),
        also=("projects",),
    ),
    Command(
        "show",
        ("show", "show PROJECT"),
        "show Churn Radar",
        "a project at a glance: its stages, who leads it, what is missing",
        lambda rest, today: Show(project_of(rest)),
    ),
    Command(
        "bind",
        ("bind PROJECT",),
        "bind Churn Radar",
        "make a project the default of this channel",
        lambda rest, today: Bind(needed_project(rest)),
    ),
    Command(
        "unbind",
        ("unbind", "unbind PROJECT"),
        "unbind Churn Radar",
        "release this channel from its project",
        lambda rest, today: Unbind(project_of(rest)),
    ),
    Command(
        "archive",
        ("archive", "archive PROJECT"),
        "archive Churn Radar",
        "put a project away: it can still be read, nothing is deleted",
        lambda rest, today: Archive(project_of(rest)),
        ("For the project's lead (or who created it, where it has none) and admins.",),
    ),
    Command(
        "unarchive",
        ("unarchive PROJECT",),
        "unarchive Churn Radar",
        "bring an archived project back",
        lambda rest, today: Archive(needed_project(rest), archived=False),
        also=("restore",),
    ),
    Command(
        "alias",
        ("alias NAME = ITEM", "alias NAME = project", "alias remove NAME = ITEM"),
        "alias click stream = data pipeline in Churn Radar",
        "give a stage, component or project another name, or take it away",
        read_alias,
        ("`for` does the same as `=`: `alias CR for project Churn Radar`.",),
    ),
)
