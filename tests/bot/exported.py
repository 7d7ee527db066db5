"""A small team and its project, as a workbook would tell of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.condition import Blocker
from bot.exports import Material, book
from bot.project import (
    Assignment,
    Call,
    Item,
    Kind,
    Letter,
    Metric,
    PersonHolder,
    Project,
    Scope,
    Status,
    Vacancy,
    Verdict,
)
from bot.sheets import read, write
from bot.upkeep import Link
from tests.bot.support import ANA, BEA, CY, DEE, PEOPLE, held
from tests.support.clock import T0

TODAY = T0.date()
A, R, C = Letter.A, Letter.R, Letter.C
SHEETS = [
    *("Summary", "Portfolio", "Timeline", "Matrix", "RACI"),
    *("Risks & decisions", "Blockers", "Gaps", "Milestones"),
    *("Load", "Trend", "Burn-up", "Changes", "Standups"),
    *("Stages", "Links", "Lists & README"),
]
TEAM = {
    **PEOPLE,
    ANA: replace(PEOPLE[ANA], role="product_manager"),
    BEA: replace(PEOPLE[BEA], role="data_engineer"),
    CY: replace(PEOPLE[CY], job_title="Wizard"),
    DEE: replace(PEOPLE[DEE], role="data_engineer"),
}


def stage(key: str, *letters: Assignment, number: int = 1, **more: Any) -> Item:
    title = key.replace("_", " ").capitalize()
    return Item(number, key, Kind.STAGE, title, assignments=letters, **more)


def person(letter: Letter, who: int) -> Assignment:
    return held(letter, PersonHolder(who))


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def ago(number: int) -> datetime:
    return T0 - timedelta(days=number)


ATLAS = Project(
    3,
    "atlas",
    "Atlas",
    lead=ANA,
    items=(
        stage("framing", person(A, ANA), person(R, ANA), status=Status.DONE, updated=ago(90)),
        stage(
            "data_pipeline",
            person(A, BEA),
            held(R, Vacancy("Data Engineer", "DE-1")),
            person(C, CY),
            number=2,
            status=Status.BLOCKED,
            note="no export",
            updated=ago(4),
            blockers=(Blocker(1, "no export", None, T0 - timedelta(days=4)),),
            due=days(10),
            baseline_due=days(3),
            due_moves=3,
        ),
        Item(
            3,
            "feed",
            Kind.COMPONENT,
            "Tide feed",
            parent="data_pipeline",
            inherits_raci=True,
            status=Status.IN_PROGRESS,
        ),
        stage("rollout", person(A, DEE), number=4, due=days(40), baseline_due=days(33)),
        stage("metrics", number=5, status=Status.SKIPPED, note="not here"),
    ),
    scope=Scope(
        fields={"goal": "=10 % fewer", "expected_saving": "10k EUR a month", "cost": "a lot"},
        metrics=(
            Metric("Speed", (), True, "", None, None, 3, None),
            Metric("Error", (), False, "min", 12, 6, 9, None),
        ),
        links=(Link("Brief", "https://docs.example/brief"),),
        verdict=Verdict(Call.GO, "It pays.", ANA, T0),
    ),
)


def material(*projects: Project, title: str = "Portfolio", **more: Any) -> Material:
    asked: dict[str, Any] = {
        "people": TEAM,
        "changes": (),
        "more_changes": False,
        "now": T0,
        "zone": "Europe/Berlin",
        "reader": "Ana Sample",
        **more,
    }
    return Material(title, projects, **asked)


def sheets(*projects: Project, **more: Any) -> Mapping[str, list[list[Any]]]:
    return read(write(book(material(*projects, **more))))


def rows(sheet: list[list[Any]]) -> list[dict[str, Any]]:
    head, *more = sheet
    return [dict(zip(head, row, strict=True)) for row in more]
