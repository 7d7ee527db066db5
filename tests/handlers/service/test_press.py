"""Large workbooks come from a process of their own: the same bytes, whatever happens to it."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from multiprocessing import active_children
from pathlib import Path

import pytest

from bot.errors import NotFound, Unavailable
from bot.exports import Form
from bot.sheets import Step, unheard
from handlers.service import exports, press, services
from handlers.service.audience import Audience
from handlers.service.elsewhere import Order, T
from handlers.service.exports import Exports, Subject, Wanted, Workbook
from handlers.service.facts import FactsCache
from handlers.service.filing import Due
from handlers.service.press import Press, PressError
from handlers.views.errors import plain
from storage.kept_exports import Whose, last_other
from tests.handlers.service.conftest import ELSEWHERE, Team
from tests.handlers.service.test_export_plans import (
    MINUTE,
    MONDAY,
    WEEK,
    WEEKLY,
    come,
    move,
    set_up,
)
from tests.handlers.talk import eventually

PATIENCE = 60.0
WHOLE = Subject("Portfolio")


@pytest.fixture
def wanted(team: Team) -> Wanted:
    team.atlas()
    return Wanted(team.actor("ana"), WHOLE, ELSEWHERE, team.now)


@dataclass
class Noted:
    """A press that makes everything here, and knows of what."""

    team: Team
    orders: list[object] = field(default_factory=list)

    def __call__(self, order: Order[T], tell: Step) -> T:
        self.orders.append(order)
        return order.made(self.team.database, tell)


@contextmanager
def pressing(url: str) -> Iterator[tuple[Press, Callable[[Wanted], Future[Workbook]]]]:
    """A press, and a way to let it work while the test goes on."""
    made = Press(url)
    with ThreadPoolExecutor(2) as pool:
        try:
            yield made, lambda wanted: pool.submit(made, wanted)
        finally:
            made.close()


def process(but: int | None = None) -> int:
    """The one that is at work, as soon as there is another than `but`."""
    return eventually(
        lambda: next((one.pid for one in active_children() if one.pid != but), None), PATIENCE
    )


@pytest.fixture
def here(team: Team) -> Exports:
    cache = FactsCache()
    return Exports(team.database, lambda: team.now, cache, Audience(team.database, cache))


@pytest.mark.slow
def test_another_process_makes_the_same_and_keeps_it(
    team: Team, database_url: str, wanted: Wanted, here: Exports
) -> None:
    steps: list[tuple[str, int, int]] = []
    found = Press(database_url)(wanted, lambda *step: steps.append(step))
    assert active_children() == []
    assert steps[0] == ("reading", 0, 0)
    assert [step[0] for step in steps[1:]] == ["writing"] * steps[-1][2]
    as_json = replace(wanted, form=Form.JSON, here=True)
    whose = Whose(team.workspace, wanted.actor.person_id, None)
    with team.database.read() as session:
        kept = last_other(session, whose, "", team.now + timedelta(seconds=1))
    assert kept is not None
    assert kept.at == team.now
    assert found == here.made_here(wanted)
    assert (found.projects, found.is_kept) == (1, True)
    assert Press(database_url)(as_json) == here.made_here(as_json)


@pytest.mark.slow
def test_what_is_wrong_is_told_as_if_it_were_here(database_url: str, wanted: Wanted) -> None:
    with pressing(database_url) as (made, _):
        with pytest.raises(NotFound) as error:
            made(replace(wanted, sheet="Nowhere"))
        assert error.value.there[:2] == ("Summary", "Portfolio")
        with pytest.raises(PressError, match="AttributeError"):
            made(replace(wanted, sheet=5))  # type: ignore[arg-type]  # our own fault


@pytest.mark.slow
def test_what_is_killed_is_begun_once_again(
    database_url: str, wanted: Wanted, here: Exports
) -> None:
    with pressing(database_url) as (_, begin):
        coming = begin(wanted)
        first = process()
        gladness = Path(f"/proc/{first}/oom_score_adj")
        assert eventually(lambda: gladness.read_text() == "1000\n" or None, PATIENCE)
        os.kill(first, signal.SIGKILL)
        assert coming.result(PATIENCE) == here.made_here(wanted)

        coming = begin(wanted)
        first = process()
        os.kill(first, signal.SIGKILL)
        os.kill(process(but=first), signal.SIGKILL)
        with pytest.raises(Unavailable) as error:
            coming.result(PATIENCE)
    assert active_children() == []
    assert plain(error.value) == (
        "I cannot reach the process that writes workbooks just now, so nothing was written. "
        "Please try again in a minute."
    )


@pytest.mark.slow
def test_who_waits_is_let_go_when_charter_ends(database_url: str, wanted: Wanted) -> None:
    with pressing(database_url) as (made, begin):
        coming, behind = begin(wanted), begin(wanted)
        process()
        made.close()
        for one in (coming, behind):
            with pytest.raises(Unavailable):
                one.result(PATIENCE)
        assert active_children() == []
        with pytest.raises(Unavailable):
            made(wanted)


@pytest.mark.slow
def test_no_more_wait_than_there_are_threads_for(
    monkeypatch: pytest.MonkeyPatch, database_url: str, wanted: Wanted
) -> None:
    monkeypatch.setattr(press, "MOST_WAITING", 1)
    with pressing(database_url) as (made, begin):
        coming = begin(wanted)
        process()
        with pytest.raises(Unavailable):
            made(wanted)
        assert coming.result(PATIENCE).projects == 1


def test_only_many_projects_go_to_the_press(
    monkeypatch: pytest.MonkeyPatch, team: Team, wanted: Wanted, here: Exports
) -> None:
    noted = Noted(team)
    asked = noted.orders
    charter = services(team.database, lambda: team.now, press=noted)
    one = charter.exports.subject(wanted.actor, "atlas", ELSEWHERE, whole=False)
    charter.exports.made(wanted.actor, WHOLE, ELSEWHERE)
    assert asked == []
    monkeypatch.setattr(exports, "FEW", 0)
    charter.exports.made(wanted.actor, one, ELSEWHERE)
    assert asked == []
    made = charter.exports.made(wanted.actor, WHOLE, ELSEWHERE, form=Form.CSV, sheet="Stages")
    assert asked == [made_by := replace(wanted, form=Form.CSV, sheet="Stages")]
    assert made == here.made_here(made_by)


def test_x9_so_do_files_of_many_projects_that_come_by_themselves(
    monkeypatch: pytest.MonkeyPatch, team: Team
) -> None:
    team.atlas()
    noted = Noted(team)
    team.charter = services(team.database, lambda: team.now, press=noted)
    set_up(team)
    set_up(team, replace(WEEKLY, whole=False, project="Atlas"))
    few = come(team, MONDAY + MINUTE)
    assert noted.orders == []
    assert [bool(row.file) for row in few] == [False, True] * 2
    monkeypatch.setattr(exports, "FEW", 0)
    move(team, "Atlas")
    many = come(team, MONDAY + WEEK + MINUTE)
    [order] = noted.orders
    assert isinstance(order, Due)
    assert [bool(row.file) for row in many] == [False, True] * 2
    assert all("1 change since E-" in row.text for row in many if not row.file)


@pytest.mark.slow
def test_x9_another_process_makes_what_comes_by_itself(team: Team, database_url: str) -> None:
    team.atlas()
    plan = set_up(team).number
    due = Due(team.workspace, plan, MONDAY, MONDAY)
    with pressing(database_url) as (made, _):
        found = made(due)
        assert found == due.made(team.database, unheard)
        assert found is not None
        assert found.name == "charter-portfolio-2026-11-30.xlsx"
        assert made(replace(due, plan=plan + 1)) is None, "nobody is to have it"


@pytest.mark.parametrize(
    ("url", "reached"),
    [
        ("sqlite://", False),
        ("sqlite:///:memory:", False),
        ("sqlite:///var/charter.db", True),
        ("postgresql://charter@127.0.0.1/charter", True),
    ],
)
def test_a_database_in_memory_is_no_other_process_s(url: str, *, reached: bool) -> None:
    assert (Press.of(url, "info") is not None) is reached
