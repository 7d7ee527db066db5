"""What somebody held at another time, who took over after them, and loads in what changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.project import Letter
from bot.qa.answer import answer
from bot.qa.evidence import Changed, Known
from bot.qa.replies import Answer, AnswerKind
from tests.bot.qa.test_then import ANA, ATLAS, BEA, BEGUN, HANDED_OVER, INTAKE, SAM, letter, world
from tests.bot.qa.worlds import NOW, facts, project, somebody


def ask(said: str, held: object = HANDED_OVER, **known: object) -> Answer:
    return answer(said, world(held, homes={INTAKE: ATLAS.id}, **known))  # type: ignore[arg-type] # letters


@pytest.mark.parametrize(
    ("said", "holds", "begins"),
    [
        ("what did Bea own in January?", True, "From 2027-01-01 to 2027-01-31, Bea Lind was"),
        ("what did Bea own on 20 January?", True, "On 2027-01-20, Bea Lind was accountable for:"),
        ("what did Bea own on 21 January?", False, "On 2027-01-21, Bea Lind was accountable for"),
        ("what was Sam accountable for last month?", True, "From 2027-02-01 to 2027-02-28, Sam"),
        ("what was Bea responsible for in January?", False, "From 2027-01-01 to 2027-01-31, Bea"),
        ("what did Bea own in Atlas in January?", True, "From 2027-01-01 to 2027-01-31, Bea Lind"),
        ("did Bea own anything in January?", True, "Yes. From 2027-01-01 to 2027-01-31, Bea"),
        ("did Bea own anything in February?", False, "No. From 2027-02-01 to 2027-02-28, Bea"),
        ("what did I own in January?", False, "From 2027-01-01 to 2027-01-31, Ana Cruz was"),
    ],
)
def test_q7_what_somebody_held_in_a_time(said: str, holds: bool, begins: str) -> None:
    found = ask(said)
    assert found.kind is AnswerKind.ANSWER
    assert found.stages == ((("atlas", "intake"),) if holds else ())
    assert found.text[: len(begins)] == begins, found.text


def test_q7_from_when_on_there_is_a_record_is_told_where_it_came_later() -> None:
    found = ask("what did Bea own in December?")
    assert found.text.endswith(
        "accountable for nothing on record. The first on record: 2027-01-10."
    )


@pytest.mark.parametrize("said", ["what did Bea work on yesterday?", "what did Bea do yesterday?"])
def test_what_somebody_did_lately_is_told_in_standups(said: str) -> None:
    assert "standup" in ask(said).text


@pytest.mark.parametrize(
    "said",
    [
        "who took over data intake in Atlas after Bea left?",
        "who took over data intake in Atlas after Bea?",
        "who has taken over data intake in Atlas after Bea moved on?",
    ],
)
def test_q7_who_took_over_after_somebody_left(said: str) -> None:
    found = ask(said)
    assert found.people == (SAM.id,)
    assert found.text.startswith("Right after Bea Lind (2027-01-20), Sam Roe (")


def test_q7_nobody_took_over_from_who_left_and_is_still_listed() -> None:
    gone = replace(BEA, active=False, left_on=(NOW - timedelta(days=3)).date())
    known = Known(held={INTAKE: (letter(BEA, BEGUN),)})
    own = replace(
        ATLAS.items[0], assignments=(letter(BEA, BEGUN), letter(SAM, BEGUN, kind=Letter.R))
    )
    atlas = replace(ATLAS, items=(own, *ATLAS.items[1:]))
    left = replace(facts([atlas], (ANA, gone, SAM), asker=ANA), evidence=known)
    found = answer("who took over data intake in Atlas after Bea left?", left)
    assert (found.kind, found.people) == (AnswerKind.NO_OWNER, (SAM.id,))
    assert found.text.startswith(
        "Nobody took over: Bea Lind left on 2027-02-26, still listed as accountable for "
        "Data intake in Atlas. Nobody is accountable for Data intake in Atlas: "
    )
    assert "Nearest: Sam Roe" in found.text


def test_who_ownz_it_is_who_owns_it() -> None:
    assert answer("who ownz data intake in Atlas?", world(())).stages == (("atlas", "intake"),)


# --- what changed -------------------------------------------------------------------------------


def line(project_id: int, kind: str, summary: str) -> Changed:
    return Changed(
        project=project_id, item=None, at=NOW - timedelta(hours=1), by=None, kind=kind,
        summary=summary, before="", after="",
    )  # fmt: skip


def test_q7_a_load_of_several_projects_is_one_line_among_what_changed() -> None:
    projects = [ATLAS, project(2, "Borea"), project(3, "Cetus")]
    loads = [line(one.id, "ProjectLoaded", "loaded from a document") for one in projects]
    moved = line(2, "ScopeRevised", "scope: version 2")
    asked = facts(projects, (ANA, somebody(9, "Kim")), asker=ANA)
    known = replace(asked, evidence=Known(record=(*loads, moved)))
    told = answer("what changed since yesterday?", known).text
    assert told == (
        "Changed since 2027-02-28: Borea: scope: version 2 (2027-03-01, the operator). "
        "3 projects were loaded from a document (2027-03-01, the operator)."
    )
    alone = replace(asked, evidence=Known(record=tuple(loads)))
    assert answer("what changed since yesterday?", alone).text == (
        "3 projects were loaded from a document (2027-03-01, the operator)."
    )
    one = replace(asked, evidence=Known(record=tuple(loads[:1])))
    assert "Atlas: loaded from a document" in answer("what changed since yesterday?", one).text


def test_q7_of_many_changes_what_matters_most_is_told_first_and_the_rest_counted() -> None:
    names = ("Atlas", "Borea", "Cetus", "Draco", "Eridanus", "Fornax", "Gemini")
    projects = [ATLAS, *(project(key, name) for key, name in enumerate(names[1:], 2))]
    edits = [
        line(one.id, kind, f"{kind} {number} of {one.name}")
        for one in projects
        for kind in ("AliasChanged", "DueMoved")
        for number in range(4)
    ]
    moved = line(7, "StageMoved", "status: in progress → blocked")
    asked = facts(projects, (ANA,), asker=ANA)
    known = replace(asked, evidence=Known(record=(*edits, moved)))
    found = answer("what changed since yesterday?", known)
    assert found.told is not None
    assert len(found.told.points) == 5
    named = [one.text.partition(":")[0] for one in found.told.points]
    assert named == [one.project.name for one in found.subjects][:5]
    assert {one.text.count("the operator)") for one in found.told.points} == {3}
    assert found.told.points[0].text.startswith("Gemini: status: in progress → blocked (")
    assert found.told.points[0].text.endswith("; and 6 more.")
    told = sum(one.things for one in found.told.points)
    assert told + found.told.rest == len(edits) + 1
    assert f"And {found.told.rest} more in other projects; name one to read them." in found.text
    one = answer("what changed in Gemini since yesterday?", known)
    assert one.told is not None
    assert len(one.told.points) == 8
    assert one.text.endswith("; and 1 more.")
