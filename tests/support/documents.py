"""Workspace documents for tests: the playground's sample, and any that hypothesis can think of."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.support.tree import ROOT

SAMPLE = ROOT / "handlers" / "playground" / "sample.json"

Raw = dict[str, Any]


def sample() -> Raw:
    """The playground's workspace, as plain values to change."""
    raw: Raw = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return raw


def written_documents() -> list[Path]:
    """Whole documents to try: the sample, and the reference workspace where it lies beside us."""
    reference = ROOT.parent / "shared" / "qa" / "workspace.json"
    return [SAMPLE, *([reference] if reference.exists() else [])]


def ordered(plain: Raw) -> Raw:
    """A document's plain values without the order of what has none."""
    return {
        **plain,
        "assignments": sorted(
            plain["assignments"], key=lambda row: json.dumps(row, sort_keys=True)
        ),
        "projects": [
            {**project, "members": sorted(project.get("members", []))}
            for project in plain["projects"]
        ],
    }


_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
_TEXT = st.text(_CHARACTERS, max_size=30)
_LINE = _TEXT.map(str.strip).filter(lambda text: len(text.splitlines()) == 1)
_KEY = st.text("abcdefgäλ01_-.", min_size=1, max_size=6)
_DAY = st.dates(date(1950, 1, 1), date(2050, 1, 1)).map(date.isoformat)
_PAST_DAY = st.dates(date(1950, 1, 1), date(2026, 11, 22)).map(date.isoformat)
_NUMBER = (
    st.none() | st.integers(-(10**6), 10**6) | st.floats(allow_nan=False, allow_infinity=False)
)
_STATUS = st.sampled_from(
    ["not_started", "in_progress", "at_risk", "blocked", "done", "skipped", "on_hold"]
)
_LINES = st.lists(_LINE, max_size=3, unique=True)


def _keys(most: int, least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(_KEY, min_size=least, max_size=most, unique=True)


def _maybe(values: list[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(values) if values else st.none()


_STATE = st.fixed_dictionaries(
    {
        "status": _STATUS,
        "due": st.none() | _DAY,
        "updated": st.none() | _DAY,
        "blocker": st.none() | _TEXT.filter(bool),
    }
)
_METRIC = st.fixed_dictionaries(
    {
        "name": _LINE,
        "aliases": _LINES,
        "direction": st.sampled_from(["higher", "lower"]),
        "unit": _TEXT.map(lambda text: "".join(text.split())),
        "baseline": _NUMBER,
        "target": _NUMBER,
        "current": _NUMBER,
        "updated": st.none() | _DAY,
    },
    optional={"measured": _TEXT.filter(bool)},
)


@st.composite
def documents(draw: st.DrawFn) -> Raw:
    """A whole valid document."""
    ladder, people = draw(_keys(4)), draw(_keys(5, least=1))
    projects = [draw(_project(key, ladder, people)) for key in draw(_keys(3))]
    items = [
        (project["key"], item)
        for project in projects
        for item in [*project["stages"], *(part["key"] for part in project["components"])]
    ]
    named = {
        project["key"]: [of[1] for of in items if of[0] == project["key"]] for project in projects
    }
    return {
        "meta": {
            "org": draw(_LINE),
            "now": "2026-11-23T10:00:00Z",
            "status_labels": draw(st.dictionaries(_STATUS, _LINE, max_size=3)),
            "run_metric_direction": draw(
                st.dictionaries(_LINE, st.sampled_from(["min", "max"]), max_size=3)
            ),
        },
        "stages": [
            {"key": key, "title": draw(_LINE), "question": draw(_LINE), "aliases": draw(_LINES)}
            for key in ladder
        ],
        "people": [draw(_person(key, n)) for n, key in enumerate(people)],
        "projects": projects,
        "assignments": [row for of in items for row in draw(_letters(of, people))],
        "standups": draw(_standups(named, people)),
        "pull_requests": [],
        "runs": [draw(_run(key, n, people)) for n, key in enumerate(named)],
        "history": [draw(_told(n, of, people)) for n, of in enumerate(items[:3])],
    }


@st.composite
def _person(draw: st.DrawFn, key: str, number: int) -> Raw:
    name = draw(_LINE)
    person: Raw = {
        "key": key,
        "name": name,
        "first_name": draw(st.just(name.split()[0]) | _LINE),
        "job_title": draw(_LINE),
        "role": draw(st.sampled_from(["", "data_engineer"])),
        "timezone": draw(st.sampled_from(["UTC", "Asia/Kathmandu", "Australia/Lord_Howe"])),
        "slack_id": draw(st.none() | st.just(f"U0{number}")),
        "active": draw(st.booleans()),
        "left_on": draw(st.none() | _DAY),
        "standup": draw(st.booleans()),
    }
    if draw(st.booleans()):
        person |= {
            "email": f"{number}@example.org",
            "identities": {"github": [f"gh{number}", "x" * (number + 1)]},
        }
    return person


@st.composite
def _project(draw: st.DrawFn, key: str, ladder: list[str], people: list[str]) -> Raw:
    stages: Raw = {stage: draw(_STATE) for stage in ladder}
    if draw(st.booleans()):
        stages["own+1"] = {
            **draw(_STATE),
            "title": draw(_LINE),
            "aliases": draw(_LINES.filter(bool)),
        }
    parts = [f"part+{n}" for n in range(draw(st.integers(0, 2)))] if stages else []
    project: Raw = {
        "key": key,
        "name": draw(_LINE),
        "aliases": draw(_LINES),
        "channel": draw(st.none() | _KEY.map(lambda name: f"#{name}")),
        "mode": draw(st.sampled_from(["team", "startup"])),
        "lead": draw(_maybe(people)),
        "primary_run_metric": draw(st.none() | _LINE),
        "scope": {
            "problem": draw(_TEXT),
            "goal": draw(_TEXT),
            "in_scope": draw(_LINES),
            "out_of_scope": draw(_LINES),
            "success_metrics": draw(
                st.lists(
                    _METRIC, max_size=2, unique_by=lambda metric: str(metric["name"]).casefold()
                )
            ),
            "stakeholders": draw(st.lists(st.sampled_from(people), max_size=2, unique=True)),
            "links": [{"title": f"Link {key}", "url": "https://example.org/ä?q=1"}],
        },
        "stages": stages,
        "components": [
            {
                "key": part,
                "title": draw(_LINE),
                "stage": draw(st.sampled_from(list(stages))),
                "aliases": draw(_LINES),
                "inherits_raci": draw(st.booleans()),
                **draw(_STATE),
            }
            for part in parts
        ],
    }
    if draw(st.booleans()):
        project |= {"private": True, "members": people[:2]}
    if draw(st.booleans()):
        project["scope"] |= {"cost": draw(_TEXT.filter(bool)), "notes": draw(_LINE)}
        project["scope"] |= draw(
            st.sampled_from([{"sponsor": "Us"}, {"sponsor_person": people[0]}])
        )
        call = draw(st.sampled_from(["go", "no-go"]))
        project |= {"template": "recsys", "verdict": {"call": call, "reason": draw(_TEXT)}}
    return project


@st.composite
def _letters(draw: st.DrawFn, of: tuple[str, str], people: list[str]) -> list[Raw]:
    """At most one Accountable, and others; none that is over, for a dump tells what is true now."""
    start: Raw = {"project": of[0], "item": of[1]}
    nobody = {"person": None, "vacant_role": None, "requisition": None}
    seats: list[Raw] = [{"vacant_role": "Data Engineer", "requisition": draw(st.none() | _LINE)}]
    seats += [{"person": person} for person in people]
    rows: list[Raw] = []
    for letter in draw(st.sets(st.sampled_from("ARCI"))):
        holders = draw(
            st.lists(st.sampled_from(seats), max_size=1 if letter == "A" else 3, unique_by=str)
        )
        rows += [{**start, "raci": letter, **nobody, **holder} for holder in holders]
    for row in rows:
        if draw(st.booleans()):
            row["since"] = draw(st.sampled_from(["2026-03-01", "2027-01-01T00:30:00Z"]))
        if draw(st.booleans()):
            row["until"] = draw(st.sampled_from(["2027-06-01", "2028-01-01T12:00:00.250000Z"]))
    return rows


@st.composite
def _standups(draw: st.DrawFn, items: dict[str, list[str]], people: list[str]) -> list[Raw]:
    rows = []
    for person in people:
        project = draw(_maybe(list(items)))
        row = {
            "date": draw(_DAY),
            "person": person,
            "state": draw(st.sampled_from(["posted", "missing", "out_of_office"])),
            "posted_at": draw(st.none() | st.just("2026-11-23T06:41:00Z")),
            "project": project,
            "stage": draw(_maybe(items[project])) if project else None,
            "yesterday": draw(st.none() | _TEXT),
            "today": draw(st.none() | _TEXT),
            "blocker": draw(st.none() | _TEXT.filter(bool)),
        }
        rows.append(row | ({"note": draw(_LINE)} if draw(st.booleans()) else {}))
    return rows


@st.composite
def _run(draw: st.DrawFn, project: str, number: int, people: list[str]) -> Raw:
    scalar = (
        st.none()
        | st.booleans()
        | st.integers()
        | _TEXT
        | st.floats(allow_nan=False, allow_infinity=False)
    )
    return {
        "project": project,
        "tracker": "mlflow",
        "id": f"run-{number}",
        "name": draw(_LINE),
        "author": draw(_maybe(people)),
        "state": draw(st.sampled_from(["finished", "failed", "running"])),
        "started": draw(st.none() | _DAY),
        "stage": None,
        "metrics": draw(
            st.dictionaries(_LINE, _NUMBER.filter(lambda n: n is not None), max_size=2)
        ),
        "params": draw(st.dictionaries(_LINE, scalar, max_size=2)),
    }


@st.composite
def _told(draw: st.DrawFn, number: int, of: tuple[str, str], people: list[str]) -> Raw:
    return {
        "id": f"h{number}",
        "date": draw(_PAST_DAY),
        "project": of[0],
        "kind": draw(st.sampled_from(["owner_change", "scope_change"])),
        "stage": of[1],
        "summary": draw(_TEXT),
        "from": draw(_maybe(people)),
        "to": draw(_maybe(people)),
        "by": draw(_maybe(people)),
        "approved_by": draw(_maybe(people)),
    }
