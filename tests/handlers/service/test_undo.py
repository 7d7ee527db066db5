"""Undo: for ten minutes, and only while nothing came after."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import (
    Forbidden,
    Refused,
    Stale,
    Why,
)
from bot.orders import Assign, Clear, Due, Move, SetAlias, SetScope
from bot.outcome import Done
from bot.people import Profile
from bot.project import PersonHolder, Status, Vacancy
from bot.rights import Right
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.support import A, R, accountable, give


def test_undo_within_ten_minutes(team: Team) -> None:
    team.atlas()
    first = give(team, "<@UBEA>")
    team.wait(minutes=9)
    undone = team.charter.projects.undo(team.actor("bea"), first.seq)
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


def test_r3_undo_of_somebodys_a_is_for_who_gave_it_who_has_it_and_who_answers_for_it(
    team: Team,
) -> None:
    team.atlas()
    met = Profile("UEVE", "Eve Sample", "Eve")
    team.charter.people.learned(team.workspace, met)
    for by in ("cy", "bea", "ana"):
        given = give(team, "<@UBEA>", by="cy")
        with pytest.raises(Forbidden) as caught:
            team.charter.projects.undo(team.actor("eve"), given.seq)
        assert caught.value.right is Right.ANSWER
        assert caught.value.who_can == ("Ana Sample", "Bea Sample", "an admin")
        assert accountable(team) == [PersonHolder(team.person("bea").id)]
        assert team.charter.projects.undo(team.actor(by), given.seq).undone


def test_r3_what_any_editor_might_do_any_editor_undoes(team: Team) -> None:
    """A row that was cleared gets its A back, and a letter that is no A is taken again."""
    team.atlas()
    give(team, "<@UBEA>")
    cleared = team.charter.raci.clear(team.actor("bea"), Clear("data pipeline", (A,)), HERE)
    assert team.charter.projects.undo(team.actor("cy"), cleared.seq).undone
    assert accountable(team) == [PersonHolder(team.person("bea").id)]
    order = Assign("data pipeline", (R,), "<@UBEA>")
    given = team.charter.raci.assign(team.actor("ana"), order, HERE)
    assert team.charter.projects.undo(team.actor("cy"), given.seq).undone


def test_r3_a_beginning_that_was_put_right_takes_nobodys_row(team: Team) -> None:
    team.atlas()
    give(team, "<@UBEA>")
    sooner = give(team, "<@UBEA>", since=team.now.date() - timedelta(days=3))
    assert team.charter.projects.undo(team.actor("cy"), sooner.seq).undone
    assert accountable(team) == [PersonHolder(team.person("bea").id)]


def test_r8_an_offer_is_undone_by_those_who_may_call_it_off(team: Team) -> None:
    team.atlas()
    team.charter.people.learned(team.workspace, Profile("UEVE", "Eve Sample", "Eve"))
    give(team, "<@UBEA>")
    for by in ("bea", "ana", "cy"):
        offered = give(team, "<@UCY>", by="bea", hand_over=True)
        with pytest.raises(Refused) as caught:
            team.charter.projects.undo(team.actor("eve"), offered.seq)
        assert caught.value.why is Why.NOT_YOUR_OFFER
        assert team.charter.projects.undo(team.actor(by), offered.seq).undone
