"""The own digest of somebody who sees very many projects, and holds a letter in none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.cadence import Cadence
from bot.orders import SetDigest, SetOwnDigest
from bot.project import Status
from handlers.service import own_digesting, own_digests
from handlers.service.facts import FactsCache
from handlers.service.timers import Occurrence, Timers
from tests.handlers.service.conftest import Team
from tests.handlers.service.digest_support import move, posted
from tests.handlers.service.mailing import give
from tests.handlers.service.test_digest_size import fleet
from tests.handlers.service.test_own_digests import TUESDAY
from tests.support.counting import counted

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few are very many here."""
    for module in (own_digesting, own_digests):
        monkeypatch.setattr(module, "FEW", 0)


def clock(team: Team, meanwhile: Callable[[], object] = lambda: None) -> Timers:
    """The clock with own digests alone; `meanwhile` happens after one was composed."""
    cache = FactsCache()
    duty = own_digests.duty(team.database, lambda: team.now, cache)
    composed = duty.fetch
    assert composed is not None

    def fetch(occurrence: Occurrence) -> object:
        made = composed(occurrence)
        meanwhile()
        return made

    duties = {own_digests.KIND: replace(duty, fetch=fetch)}
    return Timers(team.database, lambda: team.now, cache, duties)


def own(team: Team, who: str = "cy") -> None:
    order = SetDigest(Cadence.DAILY, at=time(8))
    team.charter.own_digests.set(team.actor(who), SetOwnDigest(order))


def texts(team: Team) -> list[str]:
    return [one.text for one in posted(team) if one.key.startswith("digest/me/")]


def test_nobody_waits_while_it_is_composed(team: Team) -> None:
    """It is composed while somebody else holds all that is written."""
    team.atlas()
    own(team)
    team.now = TUESDAY
    timers = clock(team)
    [occurrence] = timers.claim(team.workspace)
    assert timers.is_errand(occurrence), "so that no beat waits for it either"
    duty = own_digests.duty(team.database, lambda: team.now, FactsCache())
    assert duty.fetch is not None
    with team.database.begin():
        made = duty.fetch(occurrence)
    assert [part.project.name for part in made.digest.parts] == ["Atlas"]


def test_what_is_done_meanwhile_is_told_by_the_next(team: Team) -> None:
    team.atlas()
    own(team)
    team.now = TUESDAY
    clock(team, lambda: move(team, Status.IN_PROGRESS)).run_due(team.workspace)
    for _ in range(2):
        team.now += DAY
        clock(team).run_due(team.workspace)
    first, second = texts(team)
    assert "new project (by Ana Sample)" in first
    assert "in progress" not in first
    assert "status not started → in progress" in second


def test_who_is_given_a_letter_meanwhile_is_told_of_what_is_theirs(team: Team) -> None:
    team.atlas()
    team.charter.people.channel_learned(team.workspace, "C0OTHER", "random", False, False)
    own(team)
    team.now = TUESDAY
    clock(team, lambda: give(team, "R", "cy")).run_due(team.workspace)
    [told] = texts(team)
    assert "Atlas – you are responsible" in told


@pytest.mark.slow
def test_it_says_what_one_of_few_says_and_costs_what_changed(
    team: Team, read_whole: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    cy, taken, statements = team.actor("cy"), {}, {}
    for size in (20, 60):
        fleet(team, size)
        team.now += 30 * DAY
        first = team.charter.own_digests.preview(cy)
        assert first.digest is not None
        assert len(first.digest.parts) + len(first.digest.beyond) == size
        read_whole.clear()
        with counted(team.database) as asked:
            wide = team.charter.own_digests.preview(cy)
        taken[size], statements[size] = len(read_whole), len(asked)
        monkeypatch.setattr(own_digesting, "FEW", 200)
        narrow = team.charter.own_digests.preview(cy)
        monkeypatch.setattr(own_digesting, "FEW", 0)
        assert wide.digest is not None
        assert narrow.digest is not None
        assert wide.digest.parts == narrow.digest.parts[:12]
        assert wide.digest.projects == narrow.digest.projects
    assert taken[60] == taken[20] <= 12
    assert statements[60] == statements[20]
