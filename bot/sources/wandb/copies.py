"""Runs of another tracker that is gone, as neptune-exporter loads them into W&B.

The project is called after Neptune's (`acme/churn` as `acme_churn`), in the entity that somebody
named then; the run after Neptune's, whose attributes are its configuration (`sys/id` as `sys_id`).
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.sources import reading
from bot.sources.wandb.address import Address, Project
from bot.sources.wandb.looking import asked
from bot.sources.web import Visit

MOST_ENTITIES = 10
"""Teams of the key's owner that are asked."""
_OWNERS = "query Owners { viewer { entity teams { edges { node { name } } } } }"
_LOADED = """
query Loaded($entity: String!, $project: String!, $filters: JSONString) {
  project(name: $project, entityName: $entity) {
    runs(filters: $filters, order: "-created_at", first: 1) { edges { node { name } } }
  }
}
"""
_NO_NAME = re.compile(r"[^A-Za-z0-9_-]")


def loaded(visit: Visit, project: str, run: str) -> Address | None:
    """The run that was loaded from `project` under this name, the newest where it was loaded twice.
    Raises `Failed`.
    """
    name = _NO_NAME.sub("_", project)
    wanted = [
        {"config.sys_id.value": run},
        {"config.sys_custom_run_id.value": run},
        {"display_name": run},
    ]
    for entity in _entities(visit):
        variables = {"entity": entity, "project": name, "filters": json.dumps({"$or": wanted})}
        told = asked(visit, _LOADED, variables)
        for edge in reading.objects(reading.mapping(told, "data", "project", "runs").get("edges")):
            if id := reading.text(reading.mapping(edge, "node").get("name")):
                return Address(Project(entity, name), id)
    return None


def _entities(visit: Visit) -> list[str]:
    """Where the key's owner writes by themselves, and their teams. Raises `Failed`."""
    viewer = reading.mapping(asked(visit, _OWNERS, {}), "data", "viewer")
    return list(dict.fromkeys(_names(viewer)))[:MOST_ENTITIES]


def _names(viewer: Mapping[str, Any]) -> Iterator[str]:
    teams = reading.objects(reading.mapping(viewer, "teams").get("edges"))
    names = (reading.mapping(edge, "node").get("name") for edge in teams)
    yield from filter(None, map(reading.text, (viewer.get("entity"), *names)))
