"""Charter and Slack through a planned day: the clock stands where something happens, and moves on
to what is next.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from http import HTTPStatus

from bot.cadence import Cadence
from bot.orders import AddLink, SetDigest, SetStandup
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.sources.base import PullState
from bot.stages import LADDER
from handlers import webhooks
from handlers.playground.double import Double, Message, Person, serving
from handlers.service import services
from handlers.service.documents import Documents
from handlers.slack import Slack
from handlers.talking import build
from handlers.tenants import One
from handlers.timers import Heartbeat
from handlers.web import EVENTS, Web
from storage.database import Database
from tests.company.plan import BEGINS, DIGEST_AT, STANDUP_AT, Asked, Deed, Delivery, Edit, Plan
from tests.handlers.mornings import SECOND, Clock
from tests.handlers.talk import eventually, installed, mentioned, typed
from tests.support.evidence import PULL, Told

SECRET = "It's a Secret to Everybody"
OPERATOR = Actor(1, None, Surface.CLI, is_admin=True)
ERRANDS_EVERY = timedelta(minutes=30)
ANSWERS_EVERY = timedelta(minutes=10)
WORKING_DAYS = frozenset(range(5))


def channel(project: int) -> str:
    return f"C0PRJ{project:04d}"


@dataclass(frozen=True, slots=True)
class Heard:
    """What a question or a command was answered."""

    deed: Asked | Edit
    answer: Message


class Day:
    """A company at work. `heard` grows while it runs."""

    def __init__(self, plan: Plan, database: Database, workspace: Double, slack: Slack) -> None:
        self.plan = plan
        self.workspace = workspace
        self.clock = Clock(BEGINS - timedelta(hours=1))
        workspace.space.clock = self.clock
        self.github = Told()
        one = One(slack)
        Documents(database).load(None, json.dumps(plan.document), self.clock())
        self.charter = services(
            database, self.clock, quiet_until=one.quiet_until, sources=(self.github,)
        )
        self.talking = build(self.charter, one, self.clock)
        self.heart = Heartbeat(self.charter, slack, self.talking.workspace, self.clock)
        self.hook = webhooks.github(SECRET, self.charter.deliveries.said_by_github)
        self.errands = self.clock()
        self.heard: list[Heard] = []
        self.statuses: list[HTTPStatus] = []

    def prepare(self) -> None:
        """Channels, standups, digests and linked pull requests, the evening before."""
        plan = self.plan
        for number in range(plan.projects):
            members = [plan.team.slack_id(one) for one in plan.members(number)]
            self.workspace.add_channel(f"prj-{number}", members, id=channel(number))
            place, key = Place(channel(number), f"prj-{number}"), f"prj{number}"
            self.charter.people.channel_learned(1, channel(number), f"prj-{number}", False, False)
            standup = SetStandup(
                ("Done?", "Next?"), WORKING_DAYS, time(STANDUP_AT), channel(number), project=key
            )
            self.charter.standups.set_up(OPERATOR, standup, place)
            digest = SetDigest(Cadence.DAILY, at=time(DIGEST_AT), zone="UTC", region="none")
            self.charter.digests.set(OPERATOR, digest, place)
        for number in range(1, plan.pulls + 1):
            self._pull(number, PullState.OPEN)
            project = f"prj{number % plan.projects}"
            self.charter.links.link(OPERATOR, AddLink(self._url(number), None, project), Place())

    @staticmethod
    def _url(number: int) -> str:
        return f"https://github.com/acme/churn/pull/{number}"

    def _pull(self, number: int, state: PullState) -> None:
        ref = replace(PULL.ref, key=f"acme/churn#{number}", url=self._url(number))
        told = replace(PULL, ref=ref, number=number, state=state, updated=self.clock())
        self.github.tells(told)

    # The day

    def run(self) -> None:
        """All deeds in their order; whoever was asked in a standup answers some minutes later."""
        waiting = set(self.plan.answering)
        looked = self.clock()
        for deed in self.plan.deeds:
            self._until(deed.at)
            if deed.at - looked >= ANSWERS_EVERY:
                self._answered(waiting)
                looked = deed.at
            self._do(deed)
        self._until(self.plan.ends - SECOND)
        self._answered(waiting)
        self.heart.settle()

    def _until(self, moment: datetime) -> None:
        """Let the clock run until then: what is due comes at its time, errands every half hour."""
        while (due := self.heart.next_due()) is not None and due <= moment:
            self.clock.now = max(self.clock.now, due)
            self.heart.settle(errands=self._is_time_for_errands())
            if self.heart.next_due() == due:
                self.clock.now += SECOND  # what waits for its turn in a channel
        self.clock.now = max(self.clock.now, moment)

    def _is_time_for_errands(self) -> bool:
        if self.clock() - self.errands < ERRANDS_EVERY:
            return False
        self.errands = self.clock()
        return True

    def _do(self, deed: Deed) -> None:
        match deed:
            case Asked():
                person = self.workspace.person(self.plan.team.slack_id(deed.person))
                said = f"@Charter {deed.question.text}"
                self.heard.append(Heard(deed, mentioned(person, said, f"prj-{deed.project}")))
            case Edit():
                person = self.workspace.person(self.plan.team.slack_id(deed.person))
                said = f"due {LADDER[deed.stage].title} {deed.due.isoformat()}"
                self.heard.append(Heard(deed, typed(person, said, f"prj-{deed.project}")))
            case Delivery():
                state = PullState.MERGED if deed.is_merged else PullState.OPEN
                self._pull(deed.pull, state)
                self.statuses.append(self._delivered(deed))

    def _delivered(self, deed: Delivery) -> HTTPStatus:
        body = json.dumps(
            {
                "action": "closed" if deed.is_merged else "synchronize",
                "repository": {"full_name": "acme/churn"},
                "pull_request": {"number": deed.pull},
            }
        ).encode()
        signed = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        headers = {
            "x-github-event": "pull_request",
            "x-github-delivery": f"delivery-{deed.number}",
            "x-hub-signature-256": f"sha256={signed}",
        }
        return self.hook(headers, body)

    def _answered(self, waiting: set[int]) -> None:
        """Whoever was asked and is to answer presses “Nothing new”, and sees that it was heard: by
        a clock that went on meanwhile, what a press is answered with would come too late.
        """
        for number in sorted(waiting):
            person = self.workspace.person(self.plan.team.slack_id(number))
            asked = [one for one in person.sees() if one.said.startswith("Standup of")]
            if asked:
                self._heard_out(person, asked[-1])
                waiting.remove(number)

    @staticmethod
    def _heard_out(person: Person, asked: Message) -> None:
        def now() -> str:
            return next(one.said for one in person.sees() if one.ts == asked.ts)

        before = now()
        person.presses(asked, "Nothing new")
        eventually(lambda: now() != before or None)


@contextmanager
def company(plan: Plan, url: str) -> Iterator[Day]:
    """A company with Charter in its Slack, on an empty database, before the day begins."""
    workspace = installed()
    for number, told in enumerate(plan.document["people"]):
        workspace.add_user(plan.team.slack_id(number), told["name"], tz=told["timezone"])
    with ExitStack() as parts:  # closed from the last to the first, also where it goes wrong
        database = Database(url)
        parts.callback(database.close)
        parts.enter_context(workspace.serve())
        slack = Slack.reach(workspace.app.bot_token, workspace.api_url)
        parts.callback(slack.close)
        day = Day(plan, database, workspace, slack)
        parts.callback(day.heart.close)
        day.prepare()
        bolt = day.talking.bolt
        web = Web(bolt, workspace.app.signing_secret, database.answers)
        workspace.app_url = parts.enter_context(serving(web)) + EVENTS
        parts.callback(bolt.listener_runner.listener_executor.shutdown)
        workspace.transport = "http"
        yield day
