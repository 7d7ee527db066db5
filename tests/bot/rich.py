"""A workbook with something in every sheet: three projects at work for three months."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.brief import Material as BriefMaterial
from bot.brief import all_found
from bot.burnup import burn_ups
from bot.condition import Blocker
from bot.decisions import Decision
from bot.digests import Linked
from bot.digests.values import Window
from bot.evidence import Sighting
from bot.exports import Material, Since, Told
from bot.exports.material import Attended
from bot.gates import Gate
from bot.hindsight import WEEK, Course, Stood, WasInTheWay
from bot.milestones import Forecast, Milestone
from bot.project import Item, Metric, Mode, Project, Scope, Status
from bot.raid import Level, RaidEntry, RaidKind, Revision, Said
from bot.sources.base import Run, RunState
from bot.standups import State
from bot.upkeep import Link
from tests.bot.exported import ATLAS, TEAM, A, C, R, ago, days, material, person, stage
from tests.bot.support import ANA, BEA, CY
from tests.support.clock import T0
from tests.support.evidence import PULL, RUN

CODE, BEFORE = "E-0123456789AB", "E-BA9876543210"
RECALL = Metric("Recall", (), True, "", 0.70, 0.90, 0.74, None)
SPOKEN = "https://sample.example/archives/C1/p1"

BERTH = Project(
    4,
    "berth",
    "Berth planner",
    lead=BEA,
    items=(
        stage(
            "framing",
            person(A, BEA),
            person(R, CY),
            number=11,
            status=Status.DONE,
            updated=ago(40),
            due=days(-35),
            baseline_due=days(-42),
        ),
        stage(
            "modelling",
            person(A, CY),
            person(R, CY),
            person(C, ANA),
            number=12,
            status=Status.IN_PROGRESS,
            updated=ago(40),
            due=days(21),
            baseline_due=days(7),
            due_moves=2,
        ),
        stage(
            "rollout",
            person(A, ANA),
            person(R, BEA),
            number=13,
            due=days(70),
            baseline_due=days(70),
        ),
    ),
    scope=Scope(
        fields={"goal": "fewer idle berths", "sponsor": "person:2"},
        metrics=(RECALL,),
        links=(Link("Brief", "https://docs.example/brief"),),
        version=1,
    ),
    milestones=(
        Milestone(
            1,
            "pilot live",
            "Pilot live",
            None,
            days(14),
            (Forecast(days(14), "", ANA, ago(50)), Forecast(days(30), "no labels", BEA, ago(9))),
        ),
    ),
    raid=(
        RaidEntry(
            RaidKind.RISK,
            1,
            (
                Revision(
                    Said(
                        "=the feed stops",
                        12,
                        BEA,
                        Level.HIGH,
                        Level.HIGH,
                        "a second vendor",
                        days(-1),
                    ),
                    ANA,
                    ago(12),
                ),
            ),
        ),
    ),
)
COVE = Project(
    5,
    "cove",
    "Cove watch",
    mode=Mode.STARTUP,
    private=True,
    lead=CY,
    items=(
        stage(
            "framing",
            person(A, CY),
            number=21,
            status=Status.IN_PROGRESS,
            updated=ago(3),
            due=days(12),
            baseline_due=days(12),
        ),
        Item(22, "labels", stage("x").kind, "Labels", status=Status.IN_PROGRESS, updated=ago(5)),
    ),
)


def _run(value: float, back: int) -> Run:
    ended = ago(back)
    return replace(
        RUN,
        ref=replace(RUN.ref, key=f"r{back}"),
        name=f"gbm-{back}",
        state=RunState.FINISHED,
        started=ended - timedelta(hours=2),
        ended=ended,
        metrics={"recall": value},
    )


RUNS = [_run(0.72, 38), _run(0.76, 24), _run(0.79, 12), _run(0.83, 4)]
SECRET = replace(
    PULL,
    ref=replace(PULL.ref, key="acme/churn#8", url="https://github.com/acme/churn/pull/8"),
    number=8,
    private=True,
)
LINKED = (
    Linked(1, 4, Sighting(PULL.ref, PULL, ago(1)), ago(6)),
    Linked(2, 4, Sighting(SECRET.ref, SECRET, ago(1)), ago(7)),
    *(
        Linked(9 - at, 4, Sighting(one.ref, one, ago(1)), ago(30 - at))
        for at, one in enumerate(RUNS)
    ),
)


def _stood(*told: tuple[Status, int], until: int = 0) -> tuple[Stood, ...]:
    """Since how many days ago; before that there was nothing."""
    ends = [back for _, back in told[1:]] + [until]
    return tuple(
        Stood(status, None, ago(back), ago(end) if end else None)
        for (status, back), end in zip(told, ends, strict=True)
    )


COURSES = {
    3: Course(
        statuses={
            1: _stood((Status.IN_PROGRESS, 100), (Status.DONE, 90)),
            2: _stood((Status.NOT_STARTED, 100), (Status.IN_PROGRESS, 60), (Status.BLOCKED, 4)),
            4: _stood((Status.NOT_STARTED, 100)),
        },
        hurdles={2: (WasInTheWay(Blocker(1, "no export", None, ago(4)), ago(4), None),)},
    ),
    4: Course(
        statuses={
            11: _stood((Status.IN_PROGRESS, 70), (Status.DONE, 40)),
            12: _stood((Status.NOT_STARTED, 70), (Status.IN_PROGRESS, 40)),
            13: _stood((Status.NOT_STARTED, 70)),
        }
    ),
    5: Course(statuses={21: _stood((Status.IN_PROGRESS, 3)), 22: _stood((Status.IN_PROGRESS, 5))}),
}
PROJECTS = (ATLAS, BERTH, COVE)
TREND = burn_ups(BERTH, RUNS, T0, "Europe/Berlin")
CHANGES = (
    Told(T0 - timedelta(hours=2), 4, 12, "due: 2026-12-07 → 2026-12-14", BEA, "/charter"),
    Told(T0 - timedelta(days=2), 3, 2, "A: Cy Sample → Bea Sample", ANA, "a form"),
    Told(T0 - timedelta(days=30), 3, None, "loaded from a document", None, "command line"),
)
ATTENDED = (
    Attended(3, days(-7), State.POSTED, 3),
    Attended(3, days(-6), State.POSTED, 2),
    Attended(3, days(-6), State.AWAY, 1),
    Attended(3, days(-6), State.ASKED, 1),
    Attended(3, days(0), State.NOTHING_NEW, 2),
    Attended(3, days(0), State.SKIPPED, 1),
)
_BEFORE = {
    "RACI": {
        "atlas/data_pipeline/A/bea": {"Person": "Bea Sample", "Letter": "A", "Since": None},
    },
    "Stages": {
        "berth/modelling": {
            "Forecast due": days(14).isoformat(),
            "Status": "● in progress",
            "Note": None,
        },
    },
}


def since(code: str = BEFORE, at: datetime = T0 - timedelta(days=5)) -> Since:
    return Since(code, at, _BEFORE)


def rich(*projects: Project, **more: Any) -> Material:
    told = projects or PROJECTS
    brief = BriefMaterial(
        projects=told,
        people=TEAM,
        courses={one.id: COURSES.get(one.id, Course()) for one in told},
        evidence=LINKED,
        aims={},
        highers={},
        gates={item.id: Gate() for one in told for item in one.items},
    )
    asked: dict[str, Any] = {
        "courses": COURSES,
        "linked": LINKED,
        "lines": all_found(brief, Window(T0 - WEEK, T0, "Europe/Berlin")),
        "trends": {4: TREND},
        "attended": ATTENDED,
        "changes": tuple(one for one in CHANGES if one.project in {each.id for each in told}),
        "decisions": {4: (Decision(1, 4, 12, 1, "boosted trees", T0, ANA, BEA, SPOKEN),)},
        "load_limit": 1,
        "code": CODE,
        "since": since(),
        **more,
    }
    return material(*told, **asked)
