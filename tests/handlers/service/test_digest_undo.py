"""How a channel's digest was set, taken back: where, how long, and nothing untold is lost by it."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from bot.cadence import Cadence
from bot.errors import NotFound, Refused, Why
from bot.orders import SetDigest
from bot.project import Status
from storage.tables import AuditRow, columns
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.digest_support import (
    DAILY,
    NINE,
    move,
    tell_of_atlas,
    until,
    watermark,
)


@pytest.fixture
def quiet(team: Team) -> Team:
    tell_of_atlas(team)
    return team


def test_the_first_one_is_undone_by_having_none(team: Team) -> None:
    team.atlas()
    ana = team.actor("ana")
    made = team.charter.digests.set(ana, DAILY, HERE)
    assert made.undo_until == team.now + timedelta(minutes=10)
    back = team.charter.digests.undo(team.actor("bea"), made.seq, HERE)
    assert (back.plan, back.undone, back.undo_until) == (None, True, None)
    move(team, Status.IN_PROGRESS)
    assert until(team, NINE + timedelta(days=7)) == []
    with team.database.read() as session:
        line = columns(AuditRow)
        undoes = session.scalars(select(line.undoes).where(line.action == "DigestEnded")).all()
    assert list(undoes) == [made.seq]


def test_one_that_is_undone_goes_on_as_it_was_set(quiet: Team) -> None:
    before = watermark(quiet)
    order = SetDigest(Cadence.WEEKLY, frozenset({4}), time(17), "Asia/Tokyo")
    made = quiet.charter.digests.set(quiet.actor("bea"), order, HERE)
    move(quiet, Status.IN_PROGRESS)
    back = quiet.charter.digests.undo(quiet.actor("ana"), made.seq, HERE)
    assert back.plan is not None
    assert back.plan.cadence is Cadence.DAILY
    assert watermark(quiet) == before
    [message] = until(quiet, NINE + timedelta(days=5))
    assert message.created_at == back.next_at
    assert "Daily digest of #proj-atlas" in message.text
    assert "in progress" in message.text


def test_one_that_is_not_turned_off_after_all_loses_nothing_untold(quiet: Team) -> None:
    before = watermark(quiet)
    move(quiet, Status.IN_PROGRESS)
    ended = quiet.charter.digests.end(quiet.actor("bea"), HERE)
    quiet.wait(minutes=10)
    move(quiet, Status.AT_RISK)
    back = quiet.charter.digests.undo(quiet.actor("bea"), ended.seq, HERE)
    assert watermark(quiet) == before
    [message] = until(quiet, NINE + timedelta(days=2))
    assert message.created_at == back.next_at
    assert "at risk" in message.text


def test_a_digest_is_undone_in_time_in_its_channel_and_while_it_stands(quiet: Team) -> None:
    ana, digests = quiet.actor("ana"), quiet.charter.digests
    order = SetDigest(Cadence.WEEKLY)
    made = digests.set(ana, order, HERE)
    digests.set(ana, DAILY, ELSEWHERE)  # of another channel: it is in nobody's way
    for seq, place in ((made.seq, ELSEWHERE), (10_000, HERE), (1, HERE)):
        with pytest.raises(NotFound):
            digests.undo(ana, seq, place)
    with pytest.raises(NotFound):
        quiet.charter.projects.undo(ana, made.seq)
    digests.set(ana, DAILY, HERE)
    again = digests.set(ana, order, HERE)
    with pytest.raises(Refused) as overtaken:
        digests.undo(ana, made.seq, HERE)
    assert overtaken.value.why is Why.UNDO_OVERTAKEN
    digests.undo(ana, again.seq, HERE)
    with pytest.raises(Refused) as twice:
        digests.undo(ana, again.seq, HERE)
    assert twice.value.why is Why.UNDO_OVERTAKEN
    ended = digests.end(ana, HERE)
    quiet.wait(minutes=10, seconds=1)
    with pytest.raises(Refused) as late:
        digests.undo(ana, ended.seq, HERE)
    assert late.value.why is Why.UNDO_LATE
    assert digests.shown(ana, HERE).plan is None
