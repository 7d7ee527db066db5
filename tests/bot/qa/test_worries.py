"""Which projects there are, which do badly and why, and what may go wrong in them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.project import Project, Status
from bot.qa.answer import answer
from bot.qa.replies import Answer, AnswerKind
from bot.raid import Level, RaidEntry, RaidKind, Revision, Said
from tests.bot.qa.worlds import facts, project, seat, somebody, stages

ANA, BEA = somebody(1, "Ana Cruz"), somebody(2, "Bea Lind")
AT = datetime(2027, 2, 1, 9, tzinfo=UTC)
INTAKE = 1


def entry(kind: RaidKind, number: int, said: Said) -> RaidEntry:
    return RaidEntry(kind, number, (Revision(said, ANA.id, AT),))


HEAVY = entry(
    RaidKind.RISK,
    1,
    Said("Labels come late", INTAKE, BEA.id, Level.HIGH, Level.HIGH, due=date(2027, 4, 1)),
)
LIGHT = entry(RaidKind.RISK, 2, Said("A sensor drifts", None, None, Level.LOW, Level.LOW))
OVER = entry(RaidKind.RISK, 3, Said("The vendor leaves", closed=True))
TAKEN = entry(RaidKind.ASSUMPTION, 1, Said("Five years of data are enough"))


def owned(number: int, name: str, **more: object) -> Project:
    """A project in which all is well: somebody is accountable for its one stage, under way."""
    [first, *rest] = stages(intake=[seat("A", ANA.id)])
    items = (
        replace(first, status=Status.IN_PROGRESS),
        *(replace(one, status=Status.SKIPPED) for one in rest),
    )
    return replace(project(number, name, items=items), **{"lead": ANA.id, **more})  # type: ignore[arg-type] # any field


def blocked(one: Project) -> Project:
    first, *rest = one.items
    return replace(one, items=(replace(first, status=Status.BLOCKED), *rest))


ATLAS = blocked(owned(1, "Atlas", raid=(LIGHT, HEAVY, OVER, TAKEN)))
BIRCH = owned(2, "Birch", raid=(entry(RaidKind.RISK, 1, Said("No GPU quota")),))
HIDDEN = blocked(owned(3, "Cedar", lead=BEA.id, private=True, raid=(replace(HEAVY, number=7),)))


def ask(said: str, **more: object) -> Answer:
    asked = {"asker": ANA, **more}
    return answer(said, facts([ATLAS, BIRCH, HIDDEN], [ANA, BEA], **asked))  # type: ignore[arg-type] # any of its names


@pytest.mark.parametrize(
    "said",
    [
        "which projects are there?",
        "list all projects",
        "how many projects do we have?",
        "welche Projekte gibt es?",
        "¿qué proyectos tenemos?",
        "有哪些项目？",
    ],
)
def test_all_projects_are_listed_with_how_they_do(said: str) -> None:
    found = ask(said)
    assert found.text == "2 projects: Atlas (red, lead Ana Cruz); Birch (green, lead Ana Cruz)."
    assert ask(said, asker=BEA).text.startswith("3 projects: Atlas")


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("which projects are red?", {"Atlas"}),
        ("which projects are at risk?", {"Atlas"}),
        ("which projects are on track?", {"Birch"}),
        ("which projects are not on track?", {"Atlas"}),
    ],
)
def test_projects_by_how_they_do(said: str, named: set[str]) -> None:
    found = ask(said)
    assert found.kind is AnswerKind.ANSWER
    assert {one.project.name for one in found.subjects} == named
    assert "Cedar" not in found.text


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("is Atlas red?", "yes"), ("is Birch red?", "no"), ("is Birch not red?", "yes")],
)
def test_whether_a_project_is_red(said: str, verdict: str) -> None:
    found = ask(said)
    assert found.verdict == verdict
    assert found.text.endswith(".")


@pytest.mark.parametrize("said", ["which is in trouble?", "which stages are in trouble?"])
def test_what_is_in_trouble_is_blocked_or_at_risk(said: str) -> None:
    [worried, *rest] = ATLAS.items
    birch = replace(BIRCH, items=(replace(worried, status=Status.AT_RISK), *rest))
    found = answer(said, facts([ATLAS, birch], [ANA, BEA], asker=ANA))
    assert found.text == "Blocked or at risk: Atlas: Data intake; Birch: Data intake."
    assert "blocked" not in answer("what is at risk?", facts([ATLAS, birch], [ANA])).text.lower()


@pytest.mark.parametrize(
    "said", ["why is Atlas red?", "why is Atlas red", "how is Atlas?", "hows Atlas"]
)
def test_why_a_project_does_badly(said: str) -> None:
    assert ask(said).text.startswith("Atlas is red: 0 of 1 stages are done. Data intake is blocked")


@pytest.mark.parametrize(
    "said",
    ["what are the risks?", "open risks across all projects", "top risks", "what could go wrong?"],
)
def test_open_risks_come_heaviest_first_and_only_those_that_one_may_see(said: str) -> None:
    found = ask(said)
    assert found.text == (
        "3 open risks: R-1 of Atlas: Labels come late (high × high, Data intake, owner Bea Lind, "
        "due 2027-04-01); R-2 of Atlas: A sensor drifts (low × low, no owner); R-1 of Birch: "
        "No GPU quota (no owner)."
    )
    assert found.people == (BEA.id,)
    assert "4 open risks" in ask(said, asker=BEA).text


def test_risks_of_a_project_or_a_stage_and_other_kinds() -> None:
    assert "1 open risk in Birch: R-1 of Birch" in ask("what are the risks of Birch?").text
    assert "1 open risk: R-1 of Atlas" in ask("risks of data intake in Atlas").text
    assert "1 open assumption in Atlas" in ask("assumptions in Atlas").text
    assert ask("dependencies of Atlas").text == "No open dependencies on record in Atlas."
    assert ask("are there any risks in Birch?").verdict == "yes"


def test_where_nothing_is_on_record_it_says_so() -> None:
    empty = answer("which projects are there?", facts([HIDDEN], [ANA, BEA], asker=ANA))
    assert empty.text.startswith("No project is on record that you may see.")


def told(one: Project, said: str, status: Status = Status.BLOCKED) -> Project:
    first, *rest = one.items
    return replace(one, items=(replace(first, status=status, note=said), *rest))


CAMERA = told(owned(4, "Delta"), "The crane camera feed is down")
NOTED = told(owned(5, "Elm"), "The pier cameras are late", Status.AT_RISK)
SECRET = told(owned(6, "Fir", lead=BEA.id, private=True), "The crane camera feed is dark")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("what's blocking the crane camera feed?", ["Delta"]),
        ("what is blocking the camera feed", ["Delta"]),
        ("what is blocking the cameras?", ["Delta", "Elm"]),
        ("what is blocking the cameras in Elm?", ["Elm"]),
    ],
)
def test_a_blocker_is_found_by_its_own_words(said: str, found: list[str]) -> None:
    told_of = answer(said, facts([ATLAS, CAMERA, NOTED, SECRET], [ANA, BEA], asker=ANA))
    assert told_of.kind is AnswerKind.ANSWER
    assert [subject.project.name for subject in told_of.subjects] == found
    assert "dark" not in told_of.text


@pytest.mark.parametrize("said", ["what's blocking the crane elevator?", "what is blocking lunch?"])
def test_what_no_blocker_tells_of_is_not_on_record(said: str) -> None:
    told_of = answer(said, facts([ATLAS, CAMERA, NOTED, SECRET], [ANA, BEA], asker=ANA))
    assert told_of.kind is AnswerKind.UNKNOWN
    assert "I have nothing called" in told_of.text
