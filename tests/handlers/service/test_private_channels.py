"""A public project may live in a private channel, whose name Slack hides from all not in it."""

from dataclasses import replace

import pytest

from bot.orders import EndStandup
from bot.outcome import Place, Shown
from bot.people import Actor, Surface
from handlers.views import changes, home, modals, projects, standups
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.standup_support import ASKED, WISH, Standup, begun
from tests.handlers.service.test_exports import everything

NAME = "falcon-takeover"
SECRET = Place("C0SECRET", NAME, is_private=True)


@pytest.fixture
def standup(team: Team) -> Standup:
    """Atlas is everybody's, is bound to a private channel, and has its standup there."""
    made = begun(team)
    team.charter.people.channel_learned(team.workspace, "C0SECRET", NAME, True, False)
    team.charter.projects.bind(team.actor("ana"), "atlas", SECRET)
    team.charter.standups.set_up(team.actor("ana"), replace(WISH, channel="C0SECRET"), HERE)
    return made


def test_where_a_project_is_shown(standup: Standup) -> None:
    service, bea = standup.charter.projects, standup.team.actor("bea")
    told = (
        projects.shown(service.shown(bea, "atlas", ELSEWHERE)),
        projects.listed(service.listed(bea, 1, ELSEWHERE)),
        home.home(service.home(bea)),
    )
    for payload in map(repr, told):
        assert "Atlas" in payload
        assert "a private channel" in payload
        assert NAME not in payload


def test_where_it_is_bound_and_released(standup: Standup) -> None:
    service, ana = standup.charter.projects, standup.team.actor("ana")
    gone = service.unbind(ana, SECRET, "atlas")
    told = (gone, service.undo(ana, gone.seq), service.unbind(ana, SECRET, "atlas"))
    for done in told:
        payload = repr(changes.done(done, "Ana"))
        assert "bound to a private channel" in payload
        assert NAME not in payload


def test_where_its_standup_is_set_and_asked(standup: Standup) -> None:
    team, service = standup.team, standup.charter.standups
    bea = team.actor("bea")
    standup.at(ASKED)
    shown = service.shown(bea, "atlas", ELSEWHERE)
    answered = standup.answered("bea", "All well")
    moved = service.set_up(bea, WISH, HERE)
    back = standup.charter.projects.undo(bea, moved.seq)
    ended = service.end(bea, EndStandup("atlas"), HERE)
    told = (
        repr(standups.shown(shown)),
        repr(modals.standup(shown)),
        repr(standups.asked(answered.whole)),
        repr(standups.noted(answered, "Bea")),
        repr(changes.done(moved, "Bea")),
        repr(changes.done(back, "Bea")),
        repr(changes.done(ended, "Bea")),
        *standup.said_to("bea"),
    )
    assert sum("a private channel" in payload for payload in told) >= 6
    for payload in told:
        assert NAME not in payload


def test_where_changes_are_listed(standup: Standup) -> None:
    team = standup.team
    standup.charter.standups.set_up(team.actor("ana"), WISH, HERE)
    for actor in (team.actor("bea"), Actor(team.workspace, None, Surface.CLI)):
        for whole in (True, False):
            exports = standup.charter.exports
            subject = exports.subject(actor, None if whole else "atlas", ELSEWHERE, whole=whole)
            cells = everything(exports.made(actor, subject, ELSEWHERE))
            assert "channel: – → a private channel" in cells
            assert "standup channel: a private channel → #proj-atlas" in cells
            assert NAME not in cells


def test_those_who_see_a_private_project_see_where_it_lives(team: Team) -> None:
    team.charter.people.channel_learned(team.workspace, "C0SECRET", NAME, True, False)
    team.atlas(private=True)
    team.charter.projects.bind(team.actor("ana"), "atlas", SECRET)
    shown = team.charter.projects.shown(team.actor("ana"), "atlas", ELSEWHERE)
    assert f"#{NAME}" in repr(projects.shown(shown))
    public = Shown(replace(shown.project, private=False), None, shown.people)
    assert NAME not in repr(projects.shown(public))
