"""Home: what a person holds, what waits for them, where the gaps are, their projects.

It is drawn where somebody opens it or presses something there. Of those who have opened it lately,
it is drawn anew, a little later and off the path of any answer, where a change touches them.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_bolt import App

from bot.errors import CharterError
from bot.home import HomePage, Turned
from bot.people import Actor
from handlers import agent, observe
from handlers.service import Charter
from handlers.service.homes import LONGEST_WAIT, Visit, digest, turned
from handlers.slack import Slack
from handlers.slack.posting import Never, NotNow, Posting
from handlers.views import home
from handlers.views.kit import View

log = structlog.get_logger("charter.home")

FIRST = Turned()
AT_ONCE = 2
"""Homes drawn in one beat, at most: Slack takes about a hundred a minute."""
WAIT = timedelta(seconds=30)
"""How long a Home waits for Slack, or for the next try, where Slack says nothing else."""


def register(bolt: App) -> None:
    bolt.event("app_home_opened")(on_home_opened)


def on_home_opened(event: dict[str, Any], charter: Charter, actor: Actor, slack: Slack) -> None:
    charter.people.heard_from(actor)
    if event.get("tab") == "home":
        publish(charter, actor, slack, event["user"])
    else:
        agent.suggest(event, charter, actor, slack)


def publish(
    charter: Charter, actor: Actor, slack: Slack, user: str, turned: Turned = FIRST
) -> None:
    """Draw somebody's Home, who is looking at it."""
    page, view = drawn(charter, actor, turned)
    mark = slack.publish(user, view)
    charter.homes.opened(actor, user, page, view, mark)


def drawn(charter: Charter, actor: Actor, turned: Turned) -> tuple[HomePage, View]:
    asked = charter.standups.open_ones(actor)
    page = charter.projects.home(actor, turned)
    return page, home.home(page, asked)


class Redrawing:
    """Draws anew the Homes of one workspace that changes have touched. Made once a process."""

    def __init__(
        self, charter: Charter, slack: Slack, workspace: int, clock: Callable[[], datetime]
    ) -> None:
        self._charter = charter
        self._homes = charter.homes
        self._posting = Posting(slack)
        self._workspace = workspace
        self._clock = clock
        self._rests_until: datetime | None = None

    def run_due(self) -> int:
        """Draw some of those that are due now; gives how many these were."""
        self._homes.look(self._workspace)
        if self._rests():
            return 0
        visits = self._homes.claim(self._workspace, AT_ONCE)
        for visit in visits:
            self._see_to(visit)
        return len(visits)

    def _rests(self) -> bool:
        """Whether Slack has asked to be left alone; not by a clock that was put back since."""
        until, now = self._rests_until, self._clock()
        return until is not None and now < until <= now + LONGEST_WAIT

    def _see_to(self, visit: Visit) -> None:
        """One that fails for reasons of its own holds up no other."""
        try:
            self._draw(visit)
        except NotNow as error:
            wait = min(error.wait or WAIT, LONGEST_WAIT)
            self._rests_until = self._clock() + wait
            self._homes.later(visit, wait)
            log.warning("home_waits", why=error.why, seconds=wait.total_seconds())
        except Never as error:
            self._refused(visit, error.why)
        except CharterError as error:
            self._homes.later(visit, WAIT)
            log.warning("home_waits", **observe.refusal(error))
        except Exception as error:
            self._homes.forget(visit)
            log.error("home_failed", **observe.fault(error))

    def _draw(self, visit: Visit) -> None:
        actor = self._homes.visitor(self._workspace, visit)
        if actor is None:
            self._homes.forget(visit)
            return
        page, view = drawn(self._charter, actor, turned(visit))
        if digest(view) == visit.digest:
            self._homes.unchanged(visit, page)
            return
        mark = self._posting.publish(visit.slack_id, view, visit.hash)
        self._homes.drawn(visit, page, view, mark)

    def _refused(self, visit: Visit, why: str) -> None:
        if why == "hash_conflict":  # somebody else drew it meanwhile: perhaps of before the change
            self._homes.later(visit, timedelta(0))
            return
        self._homes.forget(visit)
        log.warning("home_refused", why=why)
