"""One method, one use case, one transaction. The only importer of storage among the handlers.

Every method raises an error of `bot.errors` and nothing else that a person could have caused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from handlers.service import digests
from handlers.service.digests import Digests
from handlers.service.documents import Documents
from handlers.service.exports import Exports
from handlers.service.facts import FactsCache
from handlers.service.outbox import Outbox
from handlers.service.people import People
from handlers.service.projects import Projects
from handlers.service.questions import Questions
from handlers.service.records import Records
from handlers.service.rounds import DUTIES as STANDUP_DUTIES
from handlers.service.standups import Standups
from handlers.service.timers import Duty, Timers
from handlers.service.workspaces import Workspaces
from storage.database import Database

__all__ = [
    "Charter",
    "Digests",
    "Documents",
    "Exports",
    "Outbox",
    "People",
    "Projects",
    "Questions",
    "Records",
    "Standups",
    "Timers",
    "Workspaces",
    "services",
]

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Charter:
    """The use cases, as Bolt's listeners get them by the name `charter`."""

    workspaces: Workspaces
    people: People
    projects: Projects
    questions: Questions
    documents: Documents
    standups: Standups
    timers: Timers
    outbox: Outbox
    digests: Digests
    exports: Exports


def services(database: Database, clock: Clock, admins: frozenset[str] = frozenset()) -> Charter:
    """Wire the use cases. `clock` gives aware UTC; `admins` are Slack ids of admins."""
    cache = FactsCache()
    duties: dict[str, Duty] = {**STANDUP_DUTIES, digests.KIND: digests.duty()}
    return Charter(
        workspaces=Workspaces(database, clock),
        people=People(database, clock, cache, admins),
        projects=Projects(database, clock, cache),
        questions=Questions(database, clock, cache),
        documents=Documents(database),
        standups=Standups(database, clock, cache),
        timers=Timers(database, clock, cache, duties),
        outbox=Outbox(database, clock),
        digests=Digests(database, clock, cache),
        exports=Exports(database, clock, cache),
    )
