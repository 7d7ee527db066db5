"""The digest of very many projects: composed before anybody has to wait for it, of what moved."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event

import pytest
from sqlmodel import Session

from bot.cadence import Cadence
from bot.orders import Assign, ChangeSetting, SetDigest, SetPrivacy
from bot.outcome import Place
from bot.project import Letter, Status
from handlers.service import digesting, digests
from handlers.service.facts import FactsCache
from handlers.service.timers import Occurrence, Timers
from storage import digests as stored
from storage import projects
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.digest_support import (
    DAILY,
    NINE,
    move,
    posted,
    tell_of_atlas,
    watermark,
)
from tests.handlers.service.mailing import delivered
from tests.handlers.service.test_digest_size import fleet
from tests.support.counting import counted

DAY = timedelta(days=1)
EVERYWHERE = Place("C0EVERY", "every")


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few are very many here."""
    for module in (digesting, digests):
        monkeypatch.setattr(module, "FEW", 0)


def clock(team: Team, meanwhile: Callable[[], object] = lambda: None) -> Timers:
    """The clock with digests alone; `meanwhile` happens after one was composed."""
    duty = digests.duty(team.database, lambda: team.now, FactsCache())
    assert duty.fetch is not None
    composed = duty.fetch

    def fetch(occurrence: Occurrence) -> object:
        made = composed(occurrence)
        meanwhile()
        return made

    duties = {digests.KIND: replace(duty, fetch=fetch)}
    return Timers(team.database, lambda: team.now, FactsCache(), duties)


def texts(team: Team) -> list[str]:
    return [one.text for one in posted(team) if one.key.startswith("digest/")]


def test_what_is_done_while_one_is_composed_is_told_by_the_next(team: Team) -> None:
    tell_of_atlas(team)
    move(team, Status.IN_PROGRESS)
    team.now = NINE + DAY
    clock(team, lambda: move(team, Status.AT_RISK)).run_due(team.workspace)
    _, second = texts(team)
    assert "status not started → in progress" in second
    team.now += DAY
    clock(team).run_due(team.workspace)
    *_, third = texts(team)
    assert "status in progress → at risk" in third
    assert watermark(team)[1] == team.now
    team.now += DAY
    clock(team).run_due(team.workspace)
    assert len(texts(team)) == 3, "nothing is told twice"


def test_what_is_hidden_while_one_is_composed_is_withheld_and_told_by_the_next(
    team: Team,
) -> None:
    tell_of_atlas(team)
    delivered(team)
    move(team, Status.IN_PROGRESS)
    team.now = NINE + DAY
    ana = team.actor("ana")

    def hide() -> None:
        team.charter.access.set_privacy(ana, SetPrivacy(True), HERE)

    clock(team, hide).run_due(team.workspace)
    assert not [one for one in delivered(team) if one.key.startswith("digest/")]
    team.charter.access.set_privacy(ana, SetPrivacy(False), HERE)
    team.now += DAY
    clock(team).run_due(team.workspace)
    [sent] = [one for one in delivered(team) if one.key.startswith("digest/")]
    assert "status not started → in progress" in sent.text


def test_one_that_was_set_otherwise_while_it_was_composed_is_not_told_as_composed(
    team: Team,
) -> None:
    """Its readers would be told of less than they do not know."""
    tell_of_atlas(team)
    move(team, Status.IN_PROGRESS)
    team.now = NINE + DAY

    def again() -> None:
        order = SetDigest(Cadence.DAILY, heartbeat=True)
        team.charter.digests.set(team.actor("ana"), order, HERE)

    clock(team, again).run_due(team.workspace)
    assert len(texts(team)) == 1, "the slot was another's by then"
    team.now += DAY
    clock(team).run_due(team.workspace)
    assert "status not started → in progress" in texts(team)[-1]


def test_one_whose_readers_know_less_by_then_is_composed_anew(team: Team) -> None:
    """As where the last one was withheld meanwhile."""
    tell_of_atlas(team)
    move(team, Status.IN_PROGRESS)
    team.now = NINE + DAY

    def back() -> None:
        with team.database.begin() as session:
            standing = stored.of_channel(session, team.workspace, HERE.channel or "")
            assert standing is not None
            stored.told(session, standing.id, 0, NINE - 2 * DAY)

    clock(team, back).run_due(team.workspace)
    assert "new project (by Ana Sample)" in texts(team)[-1]


def test_nobody_waits_while_one_is_composed(team: Team) -> None:
    """It is composed while somebody else holds all that is written."""
    tell_of_atlas(team)
    move(team, Status.IN_PROGRESS)
    team.now = NINE + DAY
    timers = clock(team)
    [occurrence] = timers.claim(team.workspace)
    duty = digests.duty(team.database, lambda: team.now, FactsCache())
    assert duty.fetch is not None
    assert timers.is_errand(occurrence), "so that no beat waits for it either"
    with team.database.begin():
        made = duty.fetch(occurrence)
    assert [part.project.name for part in made.digest.parts] == ["Atlas"]


def test_a_digest_of_few_projects_is_no_errand(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "FEW", 5)
    tell_of_atlas(team)
    team.now = NINE + DAY
    timers = clock(team)
    [occurrence] = timers.claim(team.workspace)
    assert not timers.is_errand(occurrence)


def test_findings_that_hang_on_what_others_bear_are_told_and_kept(team: Team) -> None:
    """Of a project that stayed as it was itself."""
    tell_of_atlas(team)
    ana = team.actor("ana")
    for stage in ("data pipeline", "modelling"):
        team.charter.raci.assign(ana, Assign(stage, (Letter.A,), "Bea Sample"), HERE)
    team.now = NINE + DAY
    clock(team).run_due(team.workspace)
    assert "Bea Sample is accountable for" not in texts(team)[-1]
    team.charter.settings.change(ana, ChangeSetting("load_limit", "1"))
    for day in (2, 3):
        team.now = NINE + day * DAY
        clock(team).run_due(team.workspace)
    _, _, third = texts(team)
    assert "Bea Sample is accountable for 2 open rows, where 1 are the limit" in third


@pytest.mark.slow
def test_the_next_digest_costs_what_changed_however_many_there_are(
    team: Team, read_whole: list[int]
) -> None:
    team.charter.digests.set(team.actor("ana"), DAILY, EVERYWHERE)
    taken, statements = {}, {}
    for size in (20, 60):
        fleet(team, size)
        team.now += 30 * DAY
        first = team.charter.digests.preview(team.actor("ana"), EVERYWHERE)
        assert first.digest is not None
        assert len(first.digest.parts) + len(first.digest.beyond) == size
        read_whole.clear()
        with counted(team.database) as asked:
            team.charter.digests.preview(team.actor("ana"), EVERYWHERE)
        taken[size], statements[size] = len(read_whole), len(asked)
    assert taken[60] == taken[20] <= 12
    assert statements[60] == statements[20]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_waits_for_the_digest_of_another_workspace(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whose first one reads all its projects, however long that takes."""
    other = Team(team.database, team_id="T2")
    other.charter = team.charter
    slow = team.atlas().project.id
    other.atlas()
    begun, may_end, real = Event(), Event(), projects.read

    def read(session: Session, keys: Sequence[int], at: datetime) -> dict[int, projects.Snapshot]:
        if slow in keys:
            begun.set()
            may_end.wait(10)
        return real(session, keys, at)

    def preview(of: Team) -> object:
        return of.charter.digests.preview(of.actor("ana"), EVERYWHERE).digest

    monkeypatch.setattr(projects, "read", read)
    with ThreadPoolExecutor(2) as pool:
        waits = pool.submit(preview, team)
        begun.wait(10)
        try:
            assert pool.submit(preview, other).result(5) is not None
            assert not waits.done()
        finally:
            may_end.set()
        assert waits.result(10) is not None
