"""A project that is archived while its standup waits does not stand in the way of the others."""

import pytest

from bot.errors import BadInput, Refused, Why
from bot.orders import AnswerStandup, AnswerStandups, PassStandups
from bot.rounds import Next, Taken
from bot.standups import LONGEST_BLOCKER, QUESTIONS, State
from handlers.views import standups as views
from tests.handlers.service.conftest import Team
from tests.handlers.service.standup_support import TUESDAY
from tests.handlers.service.test_standup_days import Busy


@pytest.fixture
def busy(team: Team) -> Busy:
    """Bea is asked of Atlas and Beacon; then Atlas is archived."""
    made = Busy(team)
    for name in ("Atlas", "Beacon"):
        made.begin(name)
    made.at(8)
    made.sent()
    return made


def archive(busy: Busy) -> None:
    charter, ana = busy.team.charter, busy.team.actor("ana")
    charter.projects.archive(ana, None, busy.place("Atlas"), True)


@pytest.mark.parametrize("state", [State.SKIPPED, State.NOTHING_NEW])
def test_all_are_passed_but_for_what_is_archived(busy: Busy, state: State) -> None:
    archive(busy)
    said = PassStandups(TUESDAY.date(), state)
    busy.team.charter.standups.answer(busy.team.actor("bea"), said)
    assert {name: entry.state for name, entry in busy.entries().items()} == {"Beacon": state}


def test_a_form_that_was_open_meanwhile_is_taken_without_it_and_that_is_said(busy: Busy) -> None:
    keys = {name: entry.id for name, entry in busy.entries().items()}
    archive(busy)
    pages = tuple(
        AnswerStandup(keys[name], State.POSTED, (f"{name} done", "", ""))
        for name in ("Atlas", "Beacon")
    )
    bea, standups = busy.team.actor("bea"), busy.team.charter.standups
    told = views.noted(standups.answer(bea, AnswerStandups(pages)), "Bea").text
    assert "Noted for the standup of Beacon" in told
    assert "Atlas is archived by now: nothing was taken for its standup." in told
    assert busy.entries()["Beacon"].answers[0][1] == "Beacon done"
    with pytest.raises(Refused) as refused:
        standups.answer(bea, AnswerStandups(pages[:1]))
    assert refused.value.why is Why.ARCHIVED


def test_what_is_typed_goes_to_what_waits_still(busy: Busy) -> None:
    archive(busy)
    bea, standups = busy.team.actor("bea"), busy.team.charter.standups
    row = busy.told()[0]
    place = (row.posted_in or "", row.ts)
    said = standups.typed(bea, "Done: x\nNext: y", *place, "1", is_other=False)
    assert isinstance(said, Taken)
    assert busy.entries()["Beacon"].state is State.POSTED
    assert standups.open_ones(bea) == ()
    assert standups.maybe_typed(bea, "I worked on the labels all day", place[0], "1") is None


def test_a_blocker_that_is_too_long_is_refused_before_it_is_kept(busy: Busy) -> None:
    bea, standups = busy.team.actor("bea"), busy.team.charter.standups
    archive(busy)
    row = busy.told()[0]
    place = (row.posted_in or "", row.ts)
    for text in ("labels", "the model"):
        assert isinstance(standups.typed(bea, text, *place, "1", is_other=False), Next)
    with pytest.raises(BadInput) as refused:
        standups.typed(bea, "x" * (LONGEST_BLOCKER + 1), *place, "1", is_other=False)
    assert refused.value.why is Why.TEXT_TOO_LONG
    assert isinstance(standups.typed(bea, "no export", *place, "1", is_other=False), Taken)
    answers = [answer for _, answer in busy.entries()["Beacon"].answers]
    assert answers == ["labels", "the model", "no export"]
    assert len(QUESTIONS) == len(answers)
