"""Undo: for ten minutes, and only while nothing came after."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.errors import (
    Refused,
    Stale,
    Why,
)
from bot.orders import Clear, Due, Move, SetAlias, SetScope
from bot.outcome import Done
from bot.project import Status, Vacancy
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.support import A, R, accountable, give


def test_undo_within_ten_minutes(team: Team) -> None:
    team.atlas()
    first = give(team, "<@UBEA>")
    team.wait(minutes=9)
    undone = team.charter.projects.undo(team.actor("cy"), first.seq)
    assert undone.undone
    assert undone.undo_until is None
    assert accountable(team) == [Vacancy("Data Engineer")]
    with pytest.raises(Stale):
        team.charter.projects.undo(team.actor("cy"), first.seq)


def test_undo_comes_too_late_or_after_another_change(team: Team) -> None:
    team.atlas()
    first = give(team, "<@UBEA>")
    give(team, "<@UCY>", hand_over=True, unasked="agreed")
    with pytest.raises(Stale) as stale:
        team.charter.projects.undo(team.actor("ana"), first.seq)
    assert stale.value.changes[0].what == "accountable: Bea Sample → Cy Sample"
    moved = team.charter.stages.move(
        team.actor("ana"), Move("rollout", Status.AT_RISK, "no GPU"), HERE
    )
    team.wait(minutes=10, seconds=1)
    with pytest.raises(Refused) as caught:
        team.charter.projects.undo(team.actor("ana"), moved.seq)
    assert caught.value.why is Why.UNDO_LATE


def test_every_kind_of_change_can_be_undone(team: Team) -> None:
    before = team.atlas().project
    charter, ana = team.charter, team.actor("ana")
    projects = charter.projects
    changes: tuple[Callable[[], Done], ...] = (
        lambda: charter.stages.move(ana, Move("rollout", Status.BLOCKED, "no cluster"), HERE),
        lambda: charter.stages.due(ana, Due("rollout", date(2027, 2, 1)), HERE),
        lambda: charter.scopes.scope(ana, SetScope("goal", "fewer returns"), HERE),
        lambda: projects.alias(ana, SetAlias("shipping day", "rollout"), HERE),
        lambda: projects.alias(ana, SetAlias("map"), HERE),
        lambda: charter.raci.clear(ana, Clear("rollout", (A, R)), HERE),
        lambda: projects.bind(ana, "atlas", ELSEWHERE),
        lambda: projects.unbind(ana, HERE, None),
        lambda: projects.archive(ana, None, HERE, archived=True),
    )
    for change in changes:
        team.wait(seconds=1)
        done = change()
        assert done.lines
        team.wait(seconds=1)
        undone = projects.undo(ana, done.seq)
        assert undone.lines[0].before == done.lines[0].after
        assert undone.lines[0].after == done.lines[0].before
    after = projects.shown(ana, "atlas", HERE).project
    assert after.aliases == before.aliases
    kept = replace(after.scope, version=0, changed_at=None)
    assert kept == before.scope, "there were two versions more, and the last is as the first was"
    assert after.channels == before.channels
    assert after.archived_at is None
    for item in after.items:
        was = before.item(item.key)
        assert was is not None
        assert (item.status, item.note, item.due, item.aliases) == (
            was.status,
            was.note,
            was.due,
            was.aliases,
        )
        assert {(one.letter, one.holder) for one in item.assignments} == {
            (one.letter, one.holder) for one in was.assignments
        }


def test_a_day_that_was_taken_back_is_no_baseline(team: Team) -> None:
    team.atlas()
    ana = team.actor("ana")

    def due(day: date | None) -> Done:
        team.wait(seconds=1)
        return team.charter.stages.due(ana, Due("rollout", day, "atlas"), ELSEWHERE)

    def days() -> tuple[date | None, date | None]:
        found = team.charter.projects.row(ana, "rollout", "atlas", ELSEWHERE).item
        assert found is not None
        return found.baseline_due, found.due

    wrong, right, later = date(2027, 5, 1), date(2027, 5, 15), date(2027, 6, 1)
    team.charter.projects.undo(ana, due(wrong).seq)
    assert days() == (None, None)
    due(right)
    moved = due(later)
    assert days() == (right, later)
    team.charter.projects.undo(ana, moved.seq)
    assert days() == (right, right)
    removed = due(None)
    assert days() == (right, None)
    team.charter.projects.undo(ana, removed.seq)
    due(later)
    assert days() == (right, later)
