"""The brief at the command line, in words or as JSON, and burn-ups in words."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.brief import Brief, Line
from bot.commands import ShowBrief
from bot.errors import NotFound
from bot.moments import told as dated
from bot.outcome import Place
from bot.people import Actor, Surface
from handlers.service import Charter, services
from handlers.service.workspaces import Workspaces
from handlers.views import brief as views
from handlers.views import measuring
from storage.database import Database


def brief(
    database: Database,
    clock: Callable[[], datetime],
    workspace: int | None,
    projects: Sequence[str],
    person: str | None,
    now: datetime | None,
) -> Brief:
    """The brief of some projects, or of all; of public ones, or as `person` (a key) sees them.

    Raises `NotFound` for an unknown person or project.
    """
    charter = services(database, clock)
    actor = _reader(charter, Workspaces(database, clock).only(workspace), person)
    order = ShowBrief(tuple(projects), whole=not projects)
    return charter.briefs.shown(actor, order, Place(), now)


def burn_up(
    database: Database,
    clock: Callable[[], datetime],
    workspace: int | None,
    project: str,
    person: str | None,
    now: datetime | None,
) -> str:
    """The burn-up of a project's metrics in words; as `person` (a key) sees it, if one is named.

    Raises `NotFound` for an unknown person or project.
    """
    charter = services(database, (lambda: now) if now else clock)
    actor = _reader(charter, Workspaces(database, clock).only(workspace), person)
    return dated(measuring.burn_ups(charter.measures.burn_up(actor, project, Place())).text)


def _reader(charter: Charter, workspace: int, key: str | None) -> Actor:
    reader = charter.people.keyed(workspace, key) if key is not None else None
    if key is not None and reader is None:
        raise NotFound("person", key)
    return Actor(workspace, reader, Surface.CLI)


def in_words(told: Brief) -> str:
    return dated(views.brief(told).text, told.zone)


def as_json(told: Brief) -> str:
    found = {
        "since": told.since.isoformat(),
        "now": told.now.isoformat(),
        "zone": told.zone,
        "projects": len(told.projects),
        "found": {section.value: number for section, number in told.found.items()},
        "lines": [_line(line, told) for line in told.lines],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _line(line: Line, told: Brief) -> dict[str, Any]:
    return {
        "rule": line.rule.name.lower(),
        "section": line.rule.section.value,
        "project": line.project.key,
        "item": line.item.key if line.item else None,
        "what": dated(line.what, told.zone),
        "why": dated(line.why, told.zone),
        "who": [told.people[key].key for key in line.who if key in told.people],
        "by": line.by.isoformat() if line.by else None,
    }
