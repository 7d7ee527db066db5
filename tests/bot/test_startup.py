"""Start-up mode: one person holds every role, until others join."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.changes import ModeChanged, RolesChanged
from bot.deciding import end_start_up, split_role, start_up
from bot.errors import Refused, Why
from bot.gates import approves_own_work, is_own_work
from bot.project import Item, Letter, Mode, PersonHolder, Project
from bot.roles import CATALOGUE, Role
from bot.standups import AT, DAYS, QUESTIONS, Plan, members, report_time
from bot.startup import others, solo
from tests.bot.support import applied
from tests.bot.team import ANA, BOT, CY, DEE, EVA, TEAM, project
from tests.support.clock import T0

NOW = T0 + timedelta(days=10)
ROWS = {
    "idea": "A vacant Product Manager, R vacant Product Manager, C vacant Data Analyst",
    "data_pipeline": "A ana, R vacant Data Engineer",
    "rollout": "R dee, R vacant Developer",
    "metrics": "A ana, R cy",
}


def carried_out(made: Project, changes: tuple[ModeChanged | RolesChanged, ...]) -> Project:
    for change in changes:
        if isinstance(change, ModeChanged):
            made = replace(made, mode=change.after)
            continue
        items = (applied(one, change) if one.id == change.item else one for one in made.items)
        made = replace(made, items=tuple(items))
    return made


def told(item: Item | None) -> dict[str, list[object]]:
    assert item is not None
    found: dict[str, list[object]] = {}
    for held in item.assignments:
        found.setdefault(held.letter.value, []).append(
            held.holder.person if isinstance(held.holder, PersonHolder) else held.holder
        )
    return found


def begun(made: Project) -> Project:
    return carried_out(made, start_up(made, TEAM[EVA], TEAM, NOW))


def test_r10_one_person_takes_every_seat_that_nobody_sits_on() -> None:
    after = begun(project(ROWS))
    assert after.mode is Mode.STARTUP
    for key, accountable in (("idea", EVA), ("data_pipeline", ANA), ("rollout", EVA)):
        assert told(after.item(key))["A"] == [accountable]
        assert EVA in told(after.item(key))["R"]
    # What others hold stays theirs, and seats that need not go stay open.
    assert told(after.item("metrics")) == {"A": [ANA], "R": [CY]}
    assert len(told(after.item("idea"))["C"]) == 1
    assert len(told(after.item("rollout"))["R"]) == 3


def test_start_up_asks_for_somebody_who_can_hold_letters_and_for_a_change() -> None:
    for nobody in (BOT, DEE):
        with pytest.raises(Refused):
            start_up(project(ROWS), TEAM[nobody], TEAM, NOW)
    with pytest.raises(Refused) as caught:
        start_up(begun(project(ROWS)), TEAM[EVA], TEAM, NOW)
    assert caught.value.why is Why.NOTHING_CHANGES


ALONE = project(dict.fromkeys(("idea", "rollout", "metrics"), "A/R eva, I vacant Developer"),
                mode=Mode.STARTUP)  # fmt: skip


def test_r10_rows_of_one_person_are_told_as_one_and_apart_as_soon_as_others_join() -> None:
    alone = solo(ALONE)
    assert alone is not None
    assert (alone.person, [item.key for item in alone.items]) == (
        EVA,
        ["idea", "rollout", "metrics"],
    )
    assert others(ALONE, alone) == ()
    joined = project({"idea": "A/R eva", "rollout": "A/R eva, C cy", "metrics": "A/R eva"},
                     mode=Mode.STARTUP)  # fmt: skip
    alone = solo(joined)
    assert alone is not None
    assert [item.key for item in others(joined, alone)] == ["rollout"]
    assert solo(replace(ALONE, mode=Mode.TEAM)) is None


def test_one_row_is_not_told_as_many() -> None:
    single = project({"idea": "A/R eva", "rollout": "A ana, R cy"}, mode=Mode.STARTUP)
    assert solo(single) is None
    assert others(single, None) == single.items


def test_r10_a_team_again_loses_nothing() -> None:
    before = begun(project(ROWS))
    after = carried_out(before, (end_start_up(before),))
    assert after == replace(before, mode=Mode.TEAM)
    with pytest.raises(Refused) as caught:
        end_start_up(after)
    assert caught.value.why is Why.NOT_STARTUP


def split(made: Project, role: Role, to: int, since: datetime = NOW) -> tuple[RolesChanged, ...]:
    return split_role(made, role, solo(made), TEAM[to], TEAM, since=since, now=NOW)


def test_edge_16_a_role_split_moves_its_usual_stages_with_a_date_and_the_past_stays() -> None:
    since = NOW - timedelta(days=3)
    changes = split(ALONE, CATALOGUE["ml_engineer"], CY, since)
    [change] = changes
    rollout = ALONE.item("rollout")
    assert rollout is not None
    assert (change.item, change.since) == (rollout.id, since)
    assert {held.letter for held in change.ended} == {Letter.A, Letter.R}
    after = carried_out(ALONE, changes)
    assert told(after.item("rollout"))["A"] == [CY] == told(after.item("rollout"))["R"]
    assert after.item("idea") == ALONE.item("idea")


def test_edge_16_the_vacant_seats_of_the_role_are_filled_and_no_others() -> None:
    made = project({"rollout": "A/R eva, R vacant Developer, R vacant SRE", "idea": "A/R eva"},
                   mode=Mode.STARTUP)  # fmt: skip
    after = carried_out(made, split(made, CATALOGUE["developer"], CY))
    assert told(after.item("rollout"))["A"] == [EVA]
    names = [getattr(held, "role", held) for held in told(after.item("rollout"))["R"]]
    assert names == ["SRE", CY]


def test_edge_16_what_somebody_else_holds_stays_theirs() -> None:
    made = project({"rollout": "A ana, R eva", "idea": "A/R eva", "metrics": "A/R eva"},
                   mode=Mode.STARTUP)  # fmt: skip
    after = carried_out(made, split(made, CATALOGUE["ml_engineer"], CY))
    assert told(after.item("rollout")) == {"A": [ANA], "R": [CY]}


def test_a_role_of_ones_own_takes_both_letters_of_its_stages() -> None:
    role = Role("labels", "Labels lead", stages=("idea", "metrics"), is_own=True)
    after = carried_out(ALONE, split(ALONE, role, CY))
    assert told(after.item("metrics"))["A"] == [CY] == told(after.item("metrics"))["R"]


@pytest.mark.parametrize(
    ("made", "role", "to", "why"),
    [
        (replace(ALONE, mode=Mode.TEAM), "ml_engineer", CY, Why.NOT_STARTUP),
        (ALONE, "annotation_team", CY, Why.NO_USUAL_STAGE),
        (ALONE, "ml_engineer", EVA, Why.NOTHING_CHANGES),
        (ALONE, "ml_engineer", DEE, Why.HOLDER_LEFT),
    ],
)
def test_a_split_that_cannot_be_says_why(made: Project, role: str, to: int, why: Why) -> None:
    with pytest.raises(Refused) as caught:
        split(made, CATALOGUE[role], to)
    assert caught.value.why is why


@pytest.mark.parametrize(
    ("letters", "own"),
    [
        ("A/R eva", True),
        ("A/R eva, R vacant Developer", True),
        ("A/R eva, R cy", False),
        ("A/R eva, R @ops", False),
        ("A eva", False),
        ("R eva", False),
    ],
)
def test_edge_17_whoever_alone_did_the_work_approves_their_own(letters: str, own: bool) -> None:
    made = project({"rollout": letters})
    item, eva = made.items[0], next(key for key, one in TEAM.items() if one.key == "eva")
    assert approves_own_work(made, item) is own
    # Who ticks is marked by the same rule, be they accountable or not.
    assert is_own_work(made, item, eva) is (own or letters == "R eva")


def test_edge_14_somebody_alone_is_asked_once_however_many_roles_they_hold() -> None:
    plan = Plan(QUESTIONS, DAYS, AT, "UTC", report_time(AT), "C0", (EVA,))
    assert members(ALONE, TEAM, plan, ALONE.visible_to) == (EVA,)
