"""A small workspace whose exports come back, and what a merge comes to in short."""

from typing import Any

from bot.imports import Conflict
from bot.sheets import address
from handlers.service.importing import Imported
from tests.handlers.service.returning import File

PEOPLE = {
    "ana": ("Ana Sample", "product_manager"),
    "bea": ("Bea Sample", "data_engineer"),
    "cy": ("Cy Sample", "ml_engineer"),
    "dee": ("Dee Sample", "data_engineer"),
}
TEAM: dict[str, Any] = {
    "people": [
        {"key": key, "name": name, "role": role, "slack_id": f"U{key.upper()}"}
        for key, (name, role) in PEOPLE.items()
    ],
    "projects": [
        {
            "key": "atlas",
            "name": "Atlas",
            "lead": "ana",
            "components": [
                {"key": "feed", "title": "Feed", "stage": "data_pipeline", "inherits_raci": True},
                {"key": "board", "title": "Board", "stage": "rollout", "inherits_raci": False},
            ],
        },
        {"key": "cedar", "name": "Cedar", "lead": "dee"},
        {"key": "secret", "name": "Secret", "lead": "ana", "private": True, "members": ["ana"]},
    ],
    "assignments": [
        {"project": "atlas", "item": "data_pipeline", "raci": "A", "person": "bea"},
        {"project": "atlas", "item": "data_pipeline", "raci": "R", "person": "bea"},
        {
            "project": "atlas",
            "item": "data_pipeline",
            "raci": "R",
            "vacant_role": "Data engineer",
            "requisition": "DE-1",
        },
        {"project": "atlas", "item": "data_pipeline", "raci": "C", "person": "cy"},
        {"project": "atlas", "item": "rollout", "raci": "A", "person": "ana"},
        {
            "project": "atlas",
            "item": "rollout",
            "raci": "R",
            "group": {"slack_id": "S1", "handle": "crew"},
        },
        {
            "project": "atlas",
            "item": "board",
            "raci": "R",
            "person": "cy",
            "since": "2026-03-02",
        },
        {"project": "cedar", "item": "idea", "raci": "A", "person": "dee"},
        {"project": "secret", "item": "idea", "raci": "A", "person": "ana"},
    ],
}
A_BEA, R_BEA, C_CY = (f"atlas/data_pipeline/{one}" for one in ("A/bea", "R/bea", "C/cy"))
SEAT = "atlas/data_pipeline/R/vacant:Data engineer:DE-1"
LETTER, PERSON, SINCE, UNTIL, SOURCE = 3, 4, 5, 6, 7


def counts(done: Imported) -> tuple[int, int, int, int, int]:
    plan = done.plan
    return plan.created, plan.changed, plan.removed, len(plan.faults), len(plan.conflicts)


def sides(one: Conflict) -> tuple[str, str, str, str]:
    return one.cell, one.base, one.theirs, one.ours


def cell(file: File, sheet: str, id_: str, head: str) -> str:
    """Where a row's cell is, by its head."""
    rows = file.sheets[sheet]
    row, heads = file.at(sheet, id_)
    return address(rows.index(row) + 1, list(heads).index(head) + 1)


def write(file: File, sheet: str, id_: str, head: str, value: Any) -> str:
    """Write into a cell, and say where that is."""
    row, heads = file.at(sheet, id_)
    row[list(heads).index(head)] = value
    return cell(file, sheet, id_, head)
