"""Owners in words, alike wherever they are named: whoever acts, and what is offered."""

from dataclasses import replace
from datetime import date, timedelta

from bot import moments
from bot.acting import Acting, standing_ins
from bot.condition import Blocker
from bot.digests import Material, Window, compose
from bot.exports import Material as Workbook
from bot.exports.stages import stages
from bot.exports.standing import blocker_owner, owner
from bot.people import Delegation
from bot.project import Item, Kind, Letter, Offer, PersonHolder, Project, Status
from bot.telling import owners
from tests.bot.support import ANA, BEA, CY, PEOPLE, held
from tests.support.clock import T0

DAY = timedelta(days=1)
STUCK = Blocker(1, "no export", None, T0 - DAY)
ROW = Item(
    *(7, "s7", Kind.STAGE, "Stage 7"),
    status=Status.BLOCKED,
    blockers=(STUCK,),
    assignments=(held(Letter.A, PersonHolder(BEA), 1),),
)
ATLAS = Project(3, "atlas", "Atlas", lead=ANA, items=(ROW,))
AWAY = {BEA: Acting(CY, date(2026, 12, 4))}
ACTED = "Cy Sample (acting until 2026-12-04; owner Bea Sample)"
OFFERED = replace(ROW, offer=Offer(1, 3, 7, BEA, CY, (Letter.A,), None, T0 - 2 * DAY, BEA))


def test_r9_a_delegate_is_named_first_in_lists_workbooks_and_blockers() -> None:
    assert owners.owner(ATLAS, ROW, PEOPLE, AWAY) == ACTED
    assert owner(ATLAS, ROW, PEOPLE, AWAY).value == ACTED
    assert blocker_owner(ATLAS, ROW, STUCK, PEOPLE, AWAY).value == ACTED
    assert owners.of_blocker(CY, ATLAS, ROW, PEOPLE, AWAY) == "Cy Sample"
    assert owners.owner(ATLAS, ROW, PEOPLE) == "Bea Sample"
    nobody = {BEA: Acting(None, trouble="delegation loop")}
    assert owners.owner(ATLAS, ROW, PEOPLE, nobody) == "Bea Sample (delegation loop)"


def test_r9_the_day_after_the_owner_is_named_again() -> None:
    given = (Delegation(BEA, CY, date(2026, 11, 20), T0.date()),)
    for now, words in ((T0, "Cy Sample (acting until"), (T0 + DAY, "Bea Sample")):
        acting = standing_ins(ATLAS, PEOPLE, given, now)
        assert owners.owner(ATLAS, ROW, PEOPLE, acting).startswith(words)
        digest = compose(
            Material((ATLAS,), PEOPLE, delegations=given), Window(now - 9 * DAY, now, "UTC")
        )
        assert digest is None or digest.parts[0].acting == acting


def test_r8_an_open_offer_is_told_with_its_age_and_in_a_file_with_its_day() -> None:
    project = replace(ATLAS, items=(OFFERED,))
    told = owners.owner(project, OFFERED, PEOPLE, now=T0)
    assert told == "Bea Sample (hand-over to Cy Sample offered 2 d ago)"
    both = owners.owner(project, OFFERED, PEOPLE, AWAY, T0)
    assert both == f"{ACTED[:-1]}; hand-over to Cy Sample offered 2 d ago)"
    day = (T0 - 2 * DAY).date().isoformat()
    kept = f"Bea Sample (hand-over to Cy Sample offered on {day})"
    assert moments.told(str(owner(project, OFFERED, PEOPLE).value)) == kept
    sheet = stages(Workbook("Atlas", (project,), PEOPLE, (), False, T0, "UTC"))
    cells = [getattr(cell, "value", cell) for cell in sheet.rows[0]]
    assert kept in [moments.told(str(cell)) for cell in cells]
