"""A standup that is ended while its question waits: that closes, and comes back with it."""

import pytest

from bot.orders import AnswerStandup, EndStandup
from bot.rounds import Idle, Over
from bot.standups import Entry, State
from handlers.views import standups as views
from storage import standups
from tests.handlers.service.conftest import Team
from tests.handlers.service.standup_support import TUESDAY
from tests.handlers.service.test_standup_days import Busy


@pytest.fixture
def busy(team: Team) -> Busy:
    """Bea is asked of Atlas and Beacon; then the standup of Atlas is ended."""
    made = Busy(team)
    for name in ("Atlas", "Beacon"):
        made.begin(name)
    made.at(8)
    made.sent()
    end(made, "Atlas")
    return made


def end(busy: Busy, name: str) -> int:
    return busy.team.charter.standups.end(
        busy.team.actor("ana"), EndStandup(), busy.place(name)
    ).seq


def entries(busy: Busy) -> list[Entry]:
    """Bea's of that day, of Atlas and of Beacon."""
    with busy.team.database.read() as session:
        return standups.of_person(session, busy.team.person("bea").id, TUESDAY.date())


def test_the_question_closes_and_opens_again_where_that_is_undone(busy: Busy) -> None:
    assert "Atlas: this standup has ended" in busy.told()[0].text
    seq, bea = end(busy, "Beacon"), busy.team.actor("bea")
    assert "Answer" not in busy.told()[0].text
    assert busy.team.charter.standups.open_ones(bea) == ()
    busy.team.charter.projects.undo(busy.team.actor("ana"), seq)
    assert "Beacon: the report goes to #beacon" in busy.told()[0].text
    assert [one.project.name for one in busy.team.charter.standups.open_ones(bea)] == ["Beacon"]


def test_what_is_typed_goes_to_what_waits_still_or_is_refused_in_words(busy: Busy) -> None:
    bea, service = busy.team.actor("bea"), busy.team.charter.standups
    row = busy.told()[0]
    place = (row.posted_in or "", row.ts)
    service.typed(bea, "done: x", *place, "1", is_other=False)
    assert [one.state for one in entries(busy)] == [State.ASKED, State.POSTED]
    for text, thread in (("the labels", place[1]), ("done: x", None)):
        said = service.typed(bea, text, place[0], thread, "2", is_other=False)
        assert isinstance(said, Over)
        told = views.said(said, "Bea Lind").text
        assert told == "The standup of Atlas has ended: nothing was taken."
    assert service.typed(bea, "who owns it?", *place, "3", is_other=True) is None
    assert service.typed(bea, "the labels", place[0], None, "4", is_other=False) is None


def test_a_form_that_was_open_meanwhile_is_kept(busy: Busy) -> None:
    order = AnswerStandup(entries(busy)[0].id, State.POSTED, ("did", "", ""))
    busy.team.charter.standups.answer(busy.team.actor("bea"), order)
    assert "did" in busy.told()[0].text


def test_where_nothing_waits_any_more_exit_says_so(busy: Busy) -> None:
    bea, service = busy.team.actor("bea"), busy.team.charter.standups
    row = busy.told()[0]
    place = (row.posted_in or "", row.ts)
    service.typed(bea, "done: x", *place, "1", is_other=False)
    end(busy, "Beacon")
    said = service.typed(bea, "exit", *place, "2", is_other=True)
    assert isinstance(said, Idle)
    assert "Nothing waits for an answer here." in views.said(said, "Bea Lind").text
