"""What a document says of milestones, decisions, risks and the like."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import pytest

from bot.errors import BadDocument
from bot.raid import Level, RaidKind
from storage import decisions
from storage.database import Database
from tests.storage.loading_support import Desk, new_desk, open_desk
from tests.support.clock import T0

FIRST, THEN, LAST = (f"2026-11-{day}T12:00:00Z" for day in (18, 19, 20))
RISK = {"kind": "risk", "number": 1}
PLANS: dict[str, Any] = {
    "milestones": [
        {
            "title": "Pilot live",
            "item": "idea",
            "forecasts": [
                {"due": "2027-05-01", "at": FIRST, "by": "ana"},
                {"due": "2027-05-15", "at": THEN, "reason": "the contract is late"},
            ],
        },
        {
            "title": "Kickoff",
            "forecasts": [{"due": "2026-01-10", "at": FIRST}],
            "met_on": "2026-01-12",
            "removed": True,
        },
    ],
    "decisions": [
        {"number": 1, "text": "boosted trees", "at": FIRST, "item": "audit"},
        {
            "number": 3,
            "text": "no third party data",
            "at": THEN,
            "by": "ana",
            "said_by": "bo",
            "permalink": "https://a.example/p1",
            "withdrawn": LAST,
            "withdrawn_by": "bo",
            "withdrawn_because": "the law changed",
        },
    ],
    "raid": [
        {
            "kind": "dependency",
            "number": 2,
            "text": "the gateway",
            "at": FIRST,
            "due": "2027-01-01",
        },
        {**RISK, "text": "the feed stops", "at": FIRST, "by": "ana", "likelihood": "low"},
        {
            **RISK,
            "text": "the feed stops",
            "at": THEN,
            "item": "idea",
            "owner": "bo",
            "likelihood": "high",
            "impact": "high",
            "mitigation": "a second vendor",
            "closed": True,
            "because": "it is signed",
        },
    ],
    "review": {"days": 0},
}
GONE = {"removed": [{"key": "audit", "title": "Label audit", "kind": "stage", "at": FIRST}]}


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with open_desk(database_url) as desk:
        yield desk


def document(plans: dict[str, Any] | None = PLANS) -> dict[str, Any]:
    project: dict[str, Any] = {"key": "atlas", "name": "Atlas", "work": GONE}
    project["stages"] = {"idea": {}, "framing": {}}
    if plans is not None:
        project["plans"] = plans
    people = [{"key": "ana", "name": "Ana Sample"}, {"key": "bo", "name": "Bo Sample"}]
    return {"people": people, "projects": [project]}


def changed(part: str, *rows: dict[str, Any]) -> dict[str, Any]:
    return document({**PLANS, part: list(rows)})


def test_s8_plans_are_loaded_and_dumped_as_they_are(desk: Desk) -> None:
    desk.load(document())
    atlas, ids = desk.project("atlas"), desk.people()
    live, kickoff = atlas.milestones
    assert (live.baseline, live.due, live.moves, live.slip) == (
        *(date(2027, 5, 1), date(2027, 5, 15), 1, 14),
    )
    assert live.slip_words == "14 days later than first planned, re-dated once"
    assert (kickoff.met_on, kickoff.removed) == (date(2026, 1, 12), True)
    with desk.database.read() as session:
        second, first = decisions.of_project(session, atlas.id)
    assert (first.label, atlas.title_of(first.item)) == ("D-1", "Label audit")
    assert (second.author, second.withdrawn_by) == (ids["bo"], ids["bo"])
    gateway, feed = atlas.raid
    assert (gateway.kind, gateway.label) == (RaidKind.DEPENDENCY, "DEP-2")
    assert [one.said.likelihood for one in feed.revisions] == [Level.LOW, Level.HIGH]
    assert (feed.raised.by, feed.settled.by, feed.said.owner) == (ids["ana"], None, ids["bo"])
    assert atlas.review is not None
    assert atlas.review.every == 0

    dumped = desk.dump()
    assert dumped["projects"][0]["plans"] == PLANS
    lines = desk.lines()
    desk.load(document())
    desk.load(dumped)
    assert desk.lines() == lines, "loading the same again writes nothing"
    assert desk.dump() == dumped


def test_s8_a_dump_makes_the_same_workspace_elsewhere(desk: Desk, database_url: str) -> None:
    desk.load(document())
    dumped = desk.dump()
    with closing(Database(database_url)) as database:
        other = new_desk(database)
        other.load(dumped)
        assert other.dump() == dumped


def test_s8_a_document_without_plans_leaves_them_as_they_are(desk: Desk) -> None:
    desk.load(document())
    before = desk.dump()
    desk.load(document(None))
    desk.load(document({}))
    assert desk.dump() == before


def test_s8_what_was_told_since_is_added_and_nothing_is_lost(desk: Desk) -> None:
    desk.load(document())
    later = (T0 + timedelta(days=1)).isoformat()
    moved = PLANS["milestones"][0]["forecasts"] + [{"due": "2027-06-01", "at": later, "by": "bo"}]
    again = {**RISK, "text": "it stopped", "at": later}
    desk.load(
        document(
            {
                "milestones": [{"title": "pilot LIVE", "forecasts": moved}],
                "decisions": [{"number": 1, "text": "x", "at": FIRST, "withdrawn": later}],
                "raid": [again],
            }
        ),
        T0 + timedelta(days=2),
    )
    atlas = desk.project("atlas", T0 + timedelta(days=3))
    assert [one.due for one in atlas.milestones[0].forecasts][-2:] == [
        *(date(2027, 5, 15), date(2027, 6, 1))
    ]
    feed = atlas.raid[1]
    assert [one.said.text for one in feed.revisions][-2:] == ["the feed stops", "it stopped"]
    assert feed.is_open
    with desk.database.read() as session:
        first = decisions.numbered(session, atlas.id, 1)
    assert first is not None
    assert (first.text, first.withdrawn_at is None) == ("boosted trees", False)


def test_s8_a_baseline_is_never_another(desk: Desk) -> None:
    desk.load(document())
    before = desk.dump()
    other = {"title": "Pilot live", "forecasts": [{"due": "2027-04-01", "at": FIRST}]}
    with pytest.raises(BadDocument) as caught:
        desk.load(changed("milestones", other))
    [problem] = caught.value.problems
    assert problem.path == "projects[0].plans.milestones[0].forecasts[0].due"
    assert problem.message == "'Pilot live' was first planned for 2027-05-01, and stays so"
    assert desk.dump() == before


@pytest.mark.parametrize(
    ("raw", "path", "message"),
    [
        (changed("raid", {**PLANS["raid"][1], "owner": "be"}), "raid[0].owner", "is no person"),
        (changed("raid", {**PLANS["raid"][1], "item": "x"}), "raid[0].item", "is no stage"),
        (
            changed("raid", {**PLANS["raid"][0], "impact": "low"}),
            "raid[0].impact",
            "is of risks alone",
        ),
        (changed("raid", PLANS["raid"][2], PLANS["raid"][1]), "raid[1].at", "is not after"),
        (
            changed("milestones", {"title": "A", "forecasts": []}),
            "milestones[0].forecasts",
            "must not be empty",
        ),
        (
            changed("decisions", PLANS["decisions"][0], PLANS["decisions"][0]),
            "decisions[1].number",
            "has the number of",
        ),
        (
            changed("milestones", PLANS["milestones"][1], PLANS["milestones"][1]),
            "milestones[1].title",
            "has the title of",
        ),
        (document({"review": {"days": 400}}), "review.days", "365"),
    ],
)
def test_s8_what_does_not_fit_is_told_with_its_place(
    desk: Desk, raw: dict[str, Any], path: str, message: str
) -> None:
    with pytest.raises(BadDocument) as caught:
        desk.load(raw)
    [problem] = caught.value.problems
    assert problem.path == f"projects[0].plans.{path}"
    assert message in problem.message
