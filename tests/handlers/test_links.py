"""Addresses that are pasted, said and typed in a workspace, and the cards that stand there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from bot.sources.base import PullState, Trouble, Why
from handlers.manifest import manifest
from handlers.playground.double import App, Double, Message, Person
from handlers.service import Charter, services
from handlers.slack import Slack
from handlers.talking import Talking, build
from handlers.tenants import One
from handlers.timers import Heartbeat
from storage.database import Database
from tests.handlers.service.test_pages import URL as PLAN
from tests.handlers.service.test_pages import Docs
from tests.handlers.talk import eventually, installed, new_project, now, reached, typed
from tests.support.evidence import PULL, RUN, Told

URL = PULL.ref.url


@dataclass(slots=True)
class Clock:
    """The clock of Charter, which a test moves on; the workspace's own goes on by itself."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return now() + self.ahead


@dataclass(slots=True)
class Desk:
    """A workspace at work, with a code host and a tracker."""

    workspace: Double
    heartbeat: Heartbeat
    clock: Clock
    github: Told
    mlflow: Told

    def hears(
        self, who: str, words: str, channel: str | None = "ml-fraud", thread: Message | None = None
    ) -> Message:
        """What somebody reads as soon as it stands there; the outbox is emptied meanwhile."""
        person = self.workspace.person(who)

        def found() -> Message | None:
            self.clock.ahead += timedelta(seconds=2)  # Slack takes a message a second
            self.heartbeat.settle()
            seen = person.sees(channel, thread)
            return next((one for one in reversed(seen) if words in one.said), None)

        return eventually(found, 15)

    def person(self, name: str) -> Person:
        return self.workspace.person(name)


@pytest.fixture
def workspace() -> Iterator[Double]:
    """Charter installed for the links of a code host and a tracker."""
    app = App.from_manifest(
        manifest(hosts=("github.com", "mlflow.acme.example", "docs.acme.example"))
    )
    double = installed(app)
    double.add_user("U0ANA", "Ana Silva", tz="Europe/Lisbon")
    double.add_user("U0BEA", "Bea Lind", tz="Europe/Stockholm")
    double.add_user("U0CY", "Cy Moss", tz="Asia/Tokyo")
    double.add_channel("ml-fraud", id="C0FRAUD")
    double.add_channel("random", id="C0RANDOM")
    with double.serve():
        yield double


@pytest.fixture
def transport() -> str:
    return "http"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def github() -> Told:
    made = Told()
    made.tells(PULL)
    return made


@pytest.fixture
def mlflow() -> Told:
    made = Told("mlflow", "mlflow.acme.example")
    made.tells(RUN)
    return made


@pytest.fixture
def charter(database: Database, clock: Clock, github: Told, mlflow: Told) -> Iterator[Charter]:
    made = services(database, clock, sources=(github, mlflow, Docs("docs", "docs.acme.example")))
    yield made
    made.links.close()


@pytest.fixture
def desk(
    workspace: Double,
    slack: Slack,
    charter: Charter,
    database: Database,
    transport: str,
    clock: Clock,
    github: Told,
    mlflow: Told,
) -> Iterator[Desk]:
    built: Talking = build(charter, One(slack), clock)
    heartbeat = Heartbeat(charter, slack, built.workspace, clock)
    with reached(built, workspace, database, transport):
        yield Desk(workspace, heartbeat, clock, github, mlflow)
    heartbeat.close()
    assert workspace.late_acks == []
    assert workspace.problems == []


def test_a_pasted_pull_request_becomes_a_card_that_follows_it(desk: Desk) -> None:
    new_project(desk.workspace)
    ana, bea = desk.person("ana"), desk.person("bea")
    pasted = bea.says(f"could you look at {URL} please", "ml-fraud")
    card = desk.hears("ana", "Retry the weather feed", thread=pasted)
    assert card.thread_ts == pasted.ts
    assert "Open · by bea-x" in card.said
    assert "Linked to Fraud Radar, no stage yet." in card.said

    ana.presses(card, "Set stage")
    ana.gets_modal("Set the stage")
    ana.fills({"Stage or component": "Data pipeline"})
    assert ana.submits() is None
    told = ana.hears("pull request #7", "ml-fraud")
    assert told.only_for == ana.id
    changed = desk.hears("bea", "stage Data pipeline", thread=pasted)
    assert changed.ts == card.ts
    assert "nobody accountable" in changed.said.casefold()

    typed(ana, "raci data pipeline A @Cy Moss")
    desk.github.tells(replace(PULL, state=PullState.MERGED))
    desk.clock.ahead += timedelta(minutes=11)
    merged = desk.hears("bea", "Merged", thread=pasted)
    assert merged.ts == card.ts
    assert "Accountable: Cy Moss" in merged.said

    ana.presses(merged, "Open")  # the button opens its page by itself
    ana.presses(merged, "Unlink")
    gone = desk.hears("bea", "no longer linked", thread=pasted)
    assert gone.ts == card.ts
    undo = ana.hears("Data pipeline → nothing", "ml-fraud")
    ana.presses(undo, "Undo")
    assert desk.hears("bea", "Merged", thread=pasted).ts == card.ts


def test_e4_a_pasted_page_is_answered_with_what_it_is_for(desk: Desk) -> None:
    new_project(desk.workspace)
    ana, bea = desk.person("ana"), desk.person("bea")
    typed(ana, f"link {PLAN} to data pipeline review 2050-12-01")
    pasted = bea.says(f"see {PLAN}", "ml-fraud")
    told = desk.hears("bea", "Among the links of Fraud Radar", thread=pasted)
    assert told.thread_ts == pasted.ts
    assert "stage Data pipeline, looked through by Ana Silva by 2050-12-01." in told.said


def test_a_run_is_linked_by_command_and_in_a_direct_message(desk: Desk) -> None:
    new_project(desk.workspace)
    ana, bea = desk.person("ana"), desk.person("bea")
    answer = typed(ana, f"link {RUN.ref.url} to modelling")
    assert answer.only_for == ana.id
    assert "run 0ab12 is linked to Modelling (Fraud Radar)" in answer.said
    card = desk.hears("bea", "gbm-wind")
    assert card.thread_ts is None
    assert "stage Modelling" in card.said
    ana.presses(answer, "Undo")
    assert desk.hears("bea", "no longer linked").ts == card.ts

    # In a direct message the project must be named, or be known from before.
    asked = ana.hears("", after=ana.dms(f"what about {RUN.ref.url}"))
    assert "Which project does run 0ab12 belong to?" in asked.said
    ana.presses(asked, "Fraud Radar")
    assert "gbm-wind" in desk.hears("ana", "gbm-wind", None).said
    dm = bea.dms(f"link {RUN.ref.url} to rollout in Fraud Radar")
    assert "gbm-wind" in desk.hears("bea", "stage Roll-out", None).said
    assert len(bea.sees()) == 2, "one card for one message"
    cy = desk.person("cy")
    for number in (8, 9):
        pasted = cy.dms(f"https://github.com/acme/churn/pull/{number}")
        cy.hears(f"Which project does acme/churn#{number} belong to?", after=pasted)
    assert len(cy.sees()) == 4, "one question for one message"
    assert dm.channel.startswith("D")


def test_a_mention_and_the_event_about_its_link_lead_to_one_card(desk: Desk) -> None:
    new_project(desk.workspace)
    bea = desk.person("bea")
    said = bea.says(f"@Charter {URL}", "ml-fraud")
    card = desk.hears("ana", "Retry the weather feed", thread=said)
    for _ in range(3):
        desk.clock.ahead += timedelta(seconds=2)
        desk.heartbeat.settle()
    assert desk.person("ana").sees("ml-fraud", said) == [said, card]
    # With a question beside it, it is the question that is answered.
    asked = bea.says(f"@Charter who owns the data pipeline, see {URL} ?", "ml-fraud")
    assert "Data pipeline" in desk.hears("ana", "Data pipeline", thread=asked).said


def test_elsewhere_the_one_who_pasted_is_asked_alone(desk: Desk) -> None:
    new_project(desk.workspace)
    bea = desk.person("bea")
    pasted = bea.says(f"look: {URL}", "random")
    asked = bea.hears("Which project does acme/churn#7 belong to?", "random")
    assert asked.only_for == bea.id
    assert "Fraud Radar" in str(asked.blocks)
    bea.presses(asked, "Fraud Radar")
    card = desk.hears("ana", "Retry the weather feed", "random", pasted)
    assert card.thread_ts == pasted.ts
    assert "is linked to Fraud Radar" in bea.hears("is linked to", "random").said
    # From now on it is known where it belongs.
    again = bea.says(f"again: {URL}", "random")
    assert desk.hears("ana", "Retry the weather feed", "random", again).thread_ts == again.ts


def test_where_charter_is_no_member_and_for_other_hosts_it_is_silent(desk: Desk) -> None:
    new_project(desk.workspace)
    bea = desk.person("bea")
    desk.workspace.add_channel("elsewhere", id="C0ELSE", without_app=True)
    bea.says(f"look: {URL}", "elsewhere")
    bea.says("look: https://github.com.evil.example/acme/churn/pull/7", "ml-fraud")
    bea.says("look: https://github.com/acme/churn/issues/7", "ml-fraud")
    last = bea.says(f"look: {URL}", "ml-fraud")
    desk.hears("ana", "Retry the weather feed", thread=last)
    assert [one.user for one in bea.sees("elsewhere")] == [bea.id]
    assert set().union(*desk.github.asked) == {PULL.ref}
    kept = typed(bea, "link https://github.com.evil.example/acme/churn/pull/7")
    assert "kept among the links of Fraud Radar" in kept.said
    assert "'type': 'link'" not in str(kept.blocks)


def test_what_cannot_be_seen_is_said_with_its_reason(desk: Desk) -> None:
    new_project(desk.workspace)
    ana = desk.person("ana")
    typed(ana, f"link {RUN.ref.url}")
    desk.hears("ana", "gbm-wind")
    desk.mlflow.trouble = Trouble(Why.UNAUTHORISED)
    desk.clock.ahead += timedelta(minutes=11)
    card = desk.hears("ana", "the credentials are not accepted")
    assert "gbm-wind" in card.said
    assert "Last seen" in card.said
    refused = typed(ana, "link ftp://x.example/a")
    assert "is no address that can be linked" in refused.said
    missing = typed(ana, f"link {URL} to nonsense")
    assert "I do not know a stage or component called “nonsense”" in missing.said
    assert desk.github.asked == []


def test_a_private_project_stays_in_its_channel(desk: Desk) -> None:
    ana, bea = desk.person("ana"), desk.person("bea")
    desk.workspace.add_channel("secret", ["ana", "bea"], id="C0SECRET", is_private=True)
    ana.slash("/charter new Secret Radar", "secret")
    ana.gets_modal("New project")
    assert ana.submits() is None
    ana.hears("Secret Radar", "secret")
    pasted = bea.says(f"look: {URL}", "secret")
    card = desk.hears("ana", "Retry the weather feed", "secret", pasted)
    assert "Linked to Secret Radar" in card.said
    answer = typed(ana, f"link {URL} in Secret Radar", "random")
    assert answer.only_for == ana.id
    assert "in your direct messages" in answer.said
    assert "Secret Radar" in desk.hears("ana", "Linked to Secret Radar", None).said
    elsewhere = bea.says(f"and {URL}", "random")
    desk.clock.ahead += timedelta(seconds=5)
    desk.heartbeat.settle()
    assert bea.sees("random", elsewhere) == [elsewhere]


def test_a_mention_elsewhere_says_nothing_of_a_private_project(desk: Desk) -> None:
    """Neither what is linked, nor what is kept, nor that there is such a project at all."""
    ana, bea = desk.person("ana"), desk.person("bea")
    desk.workspace.add_channel("secret", ["ana"], id="C0SECRET", is_private=True)
    ana.slash("/charter new Secret Radar", "secret")
    ana.gets_modal("New project")
    assert ana.submits() is None
    ana.hears("Secret Radar", "secret")
    kept = ana.says("@Charter link https://docs.example/plan in Secret Radar", "random")
    assert ana.hears("is kept among", "random", after=kept).only_for == ana.id
    linked = ana.says(f"@Charter link {URL} in Secret Radar", "random")
    answer = ana.hears("is linked to Secret Radar", "random", after=linked)
    assert answer.only_for == ana.id
    assert "in your direct messages" in answer.said
    assert "Secret Radar" in desk.hears("ana", "Linked to Secret Radar", None).said
    wrong = ana.says(f"@Charter link {URL} in Secrets", "random")
    ana.hears("I do not know a project", "random", after=wrong)
    desk.clock.ahead += timedelta(seconds=5)
    desk.heartbeat.settle()
    assert bea.sees("random") == [kept, linked, wrong]
    # In its own channel everybody may know.
    own = ana.says("@Charter link https://docs.example/more", "secret")
    assert ana.hears("kept among the links of Secret Radar", "secret", own).only_for is None
