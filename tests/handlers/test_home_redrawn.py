"""Home goes on by itself: whoever has opened it sees what others do, soon, and no more than once.

That is seen to by the clockwork, beside all answers; the rules of whom a change touches have tests
of their own (tests/bot/test_home.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import select

from handlers.home import WAIT
from handlers.service import services
from handlers.service.homes import KEPT_FOR, LOOKED_THROUGH_EVERY, PACE
from handlers.timers import Heartbeat
from storage.database import Database
from storage.tables import HomeRow, table_of
from tests.handlers.mornings import Morning
from tests.handlers.talk import eventually, new_project, typed

HOURS = timedelta(hours=5)


@dataclass(slots=True)
class Homes:
    """What the tests look at, besides what people see."""

    morning: Morning
    database: Database

    def rows(self) -> dict[str, HomeRow]:
        with self.database.read() as session:
            return {row.slack_id: row for row in session.exec(select(HomeRow))}

    def opens(self, name: str, words: str = "What you hold") -> str:
        """Somebody opens their Home; gives what it says once Charter has noted that it stands."""
        person = self.morning.person(name)
        before = self.noted(person.id)
        person.opens_home()
        person.gets_home(words)
        eventually(lambda: True if self.noted(person.id) != before else None)
        return self.shows(name)

    def knows(self, slack_id: str) -> bool:
        """Whether Charter takes somebody for active."""
        found = self.morning.charter.people.known(self.morning.talking.workspace, slack_id)
        return found is not None and found.active

    def noted(self, slack_id: str) -> str | None:
        row = self.rows().get(slack_id)
        return row.hash if row else None

    def shows(self, name: str) -> str:
        view = self.morning.person(name).home
        assert view is not None
        return view.said

    def drawn(self) -> list[str]:
        """The answer to each Home that was published, in order: "ok", or what went wrong."""
        calls = self.morning.workspace.calls
        return [call.error or "ok" for call in calls if call.method == "views.publish"]

    def goes_on(self, by: timedelta = PACE) -> None:
        self.morning.clock.now += by
        self.morning.settle()


@pytest.fixture
def homes(morning: Morning, database: Database) -> Homes:
    new_project(morning.workspace)
    return Homes(morning, database)


def test_o2_home_is_drawn_anew_after_a_change_that_somebody_else_made(homes: Homes) -> None:
    morning = homes.morning
    assert "You hold no letter yet." in homes.opens("bea")
    typed(morning.person("ana"), "raci data pipeline A @Bea Lind")
    typed(morning.person("ana"), "raci modelling R @Bea Lind")
    homes.goes_on()
    assert "A – Data pipeline" in homes.shows("bea")
    assert "R – Modelling" in homes.shows("bea")
    assert homes.drawn() == ["ok", "ok"]  # both changes together, after the one she opened
    typed(morning.person("ana"), "raci data pipeline C @Cy Moss")
    homes.goes_on()
    assert homes.drawn() == ["ok", "ok"]  # it says what it said: nothing is published


def test_o2_a_hand_over_comes_to_the_one_it_is_offered_to_and_goes(homes: Homes) -> None:
    morning = homes.morning
    typed(morning.person("ana"), "raci data pipeline A @Bea Lind")
    homes.opens("cy")
    typed(morning.person("bea"), "raci data pipeline A @Cy Moss hand over")
    homes.goes_on()
    assert "Bea Lind wants to hand Data pipeline (Fraud Radar) over to you." in homes.shows("cy")
    typed(morning.person("bea"), "raci data pipeline A @Bea Lind")
    morning.person("cy").presses(morning.person("cy").gets_home(), "Accept")
    morning.person("cy").gets_home("A – Data pipeline")


def test_a_project_that_others_begin_or_archive_comes_and_goes(homes: Homes) -> None:
    homes.opens("bea")
    new_project(homes.morning.workspace, "Churn Radar")
    homes.goes_on()
    assert "Churn Radar – led by Ana Silva" in homes.shows("bea")
    typed(homes.morning.person("ana"), "archive churn-radar")
    homes.goes_on()
    assert "Churn Radar" not in homes.shows("bea")


def test_pages_stay_turned_to_where_they_are(homes: Homes) -> None:
    homes.opens("ana")
    ana = homes.morning.person("ana")
    ana.presses(ana.gets_home(), "Next")
    ana.gets_home("Previous")
    eventually(lambda: True if homes.rows()["U0ANA"].turned["gaps"] == 2 else None)
    typed(homes.morning.person("bea"), "raci modelling A @Ana Silva")
    homes.goes_on()
    assert "A – Modelling" in homes.shows("ana")
    assert "Previous" in str(ana.gets_home().blocks)


def test_who_does_not_come_any_more_is_left_alone(homes: Homes) -> None:
    homes.opens("bea")
    homes.opens("cy")
    homes.morning.clock.now += KEPT_FOR - timedelta(days=1)
    homes.opens("cy")
    homes.morning.clock.now += timedelta(days=2)
    before = len(homes.drawn())
    typed(homes.morning.person("ana"), "raci data pipeline A @Bea Lind")
    typed(homes.morning.person("ana"), "raci modelling A @Cy Moss")
    homes.goes_on()
    assert homes.drawn()[before:] == ["ok"]
    assert "A – Modelling" in homes.shows("cy")
    homes.morning.charter.homes.sweep(homes.morning.talking.workspace)
    assert set(homes.rows()) == {"U0CY"}


def test_a_restart_forgets_nobody_and_no_change(homes: Homes, database: Database) -> None:
    homes.opens("bea")
    typed(homes.morning.person("ana"), "raci data pipeline A @Bea Lind")
    homes.morning.heart.close()
    morning, clock = homes.morning, homes.morning.clock
    clock.now += PACE
    fresh = services(database, clock)
    heart = Heartbeat(fresh, morning.talking.slack, morning.talking.workspace, clock)
    heart.settle()
    heart.close()
    assert "A – Data pipeline" in homes.shows("bea")


def test_of_two_replicas_one_draws(homes: Homes, database: Database) -> None:
    homes.opens("bea")
    typed(homes.morning.person("ana"), "raci data pipeline A @Bea Lind")
    homes.morning.clock.now += PACE
    workspace, clock = homes.morning.talking.workspace, homes.morning.clock
    one, other = services(database, clock).homes, services(database, clock).homes
    one.look(workspace)
    clock.now += PACE
    other.look(workspace)
    assert [len(one.claim(workspace, 9)), len(other.claim(workspace, 9))] == [1, 0]
    clock.now += timedelta(minutes=1)  # whoever took it died: its lease is over
    assert len(other.claim(workspace, 9)) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("due", "held", "comes"),
    [(HOURS, None, True), (None, HOURS, True), (timedelta(minutes=14), None, False)],
    ids=["called for", "in hand", "waits for Slack"],
)
def test_what_waits_for_a_clock_that_was_ahead_is_drawn_soon(
    homes: Homes, database: Database, due: timedelta | None, held: timedelta | None, comes: bool
) -> None:
    """By a process that begins at once, by one that lives on within five minutes."""
    homes.opens("bea")
    workspace, clock = homes.morning.talking.workspace, homes.morning.clock
    living, another = services(database, clock).homes, services(database, clock).homes
    living.look(workspace)
    wrong = {"due_at": due and clock() + due, "lease_until": held and clock() + held}
    with database.begin() as session:
        session.execute(update(table_of(HomeRow)).values(owner="another", **wrong))
    living.look(workspace)
    assert living.claim(workspace, 9) == []
    clock.now += LOOKED_THROUGH_EVERY
    for one in (living, another):
        one.look(workspace)
        assert (len(one.claim(workspace, 9)) == 1) is comes
        with database.begin() as session:
            session.execute(update(table_of(HomeRow)).values(**wrong))


Trouble = Callable[[Homes], None]


def throttled(homes: Homes) -> None:
    homes.morning.workspace.throttle("views.publish", retry_after=20)


def taken_away(homes: Homes) -> None:
    homes.morning.workspace.refuse("views.publish", "account_inactive")


@pytest.mark.parametrize(("trouble", "wait"), [(throttled, 20), (taken_away, WAIT.seconds)])
def test_where_slack_asks_to_wait_home_is_drawn_later(
    homes: Homes, trouble: Trouble, wait: int
) -> None:
    homes.opens("bea")
    typed(homes.morning.person("ana"), "raci data pipeline A @Bea Lind")
    trouble(homes)
    homes.goes_on()
    assert homes.drawn()[-1] != "ok"
    homes.goes_on(timedelta(seconds=wait - 2))
    assert "You hold no letter yet." in homes.shows("bea")
    homes.goes_on(timedelta(seconds=2))
    assert "A – Data pipeline" in homes.shows("bea")


def test_who_can_have_no_home_any_more_is_forgotten(homes: Homes) -> None:
    homes.opens("bea")
    homes.opens("cy")
    homes.morning.workspace.change_user("cy", deleted=True)
    eventually(lambda: None if homes.knows("U0CY") else True)
    homes.morning.workspace.refuse("views.publish", "user_not_found")
    typed(homes.morning.person("ana"), "raci data pipeline A @Bea Lind")
    homes.goes_on()
    assert homes.rows() == {}


def test_what_stands_there_otherwise_is_drawn_over(homes: Homes) -> None:
    """Another Home than the one that is known of: perhaps one that another replica drew."""
    homes.opens("bea")
    homes.morning.talking.slack.publish("U0BEA", {"type": "home", "blocks": []})
    typed(homes.morning.person("ana"), "raci data pipeline A @Bea Lind")
    homes.goes_on()
    assert homes.drawn()[-2:] == ["hash_conflict", "ok"]
    assert "A – Data pipeline" in homes.shows("bea")


def test_nothing_is_drawn_by_itself_while_charter_is_held(homes: Homes) -> None:
    homes.opens("bea")
    homes.morning.charter.settings.hold(homes.morning.talking.workspace, homes.morning.clock())
    typed(homes.morning.person("ana"), "raci data pipeline A @Bea Lind")
    homes.goes_on()
    assert "You hold no letter yet." in homes.shows("bea")
    assert "A – Data pipeline" in homes.opens("bea", "A – Data pipeline")


def test_what_somebody_lost_sight_of_leaves_their_home(homes: Homes) -> None:
    homes.opens("bea")
    assert "Fraud Radar" in homes.shows("bea")
    typed(homes.morning.person("ana"), "access private")
    homes.goes_on()
    assert "Fraud Radar" not in homes.shows("bea")
