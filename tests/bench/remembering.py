"""What remembering costs, in a process of its own: `python -m tests.bench.remembering ORDERS`.

ORDERS is a list in JSON. Each holds the `url` of a team's database, `raw` (a second one for the
driver alone), `projects` and `people` of the team, and how often. Prints seconds, a line each.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

from bot.changes import AliasChanged
from bot.orders import Due
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.stages import LADDER
from handlers import observe
from handlers.service import Charter, services
from handlers.service.facts import FactsCache
from storage import ledger
from storage.database import Database
from tests.bench import raw
from tests.bench.team import Question, Team

Seconds = list[float]

OPERATOR = Actor(1, None, Surface.CLI, is_admin=True)
FIRST_DAY = date(2026, 12, 1)
WARM = 5


def now() -> datetime:
    return datetime.now(UTC)


def timed(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def writes(charter: Charter, team: Team, url: str, times: int) -> dict[str, Seconds]:
    """A due date moved through the use case, and the same rows by the driver alone, in turn."""
    ours: Seconds = []
    plain: Seconds = []
    with raw.writing(url) as write:
        for number in range(times + WARM):
            ours.append(timed(_due(charter, team, number)))
            plain.append(timed(partial(write, 1 + number % len(LADDER))))
    return {"write": ours[WARM:], "raw": plain[WARM:]}


def _due(charter: Charter, team: Team, number: int) -> Callable[[], object]:
    day = FIRST_DAY + timedelta(days=number)
    order = Due("data pipeline", day, project=team.names[number % len(team.names)])
    return lambda: charter.stages.due(OPERATOR, order, Place())


def rebuilds(database: Database, times: int) -> Seconds:
    """The facts renewed after an alias came to one project, as the next question would."""
    cache = FactsCache()
    found = []
    for number in range(times + 1):
        with database.begin() as session, ledger.opened(session, OPERATOR, now()) as book:
            book.apply(AliasChanged(1 + number, None, f"also {number}", added=True), {})
        with database.read() as session:
            found.append(timed(partial(cache.current, session, 1)))
    return found[1:]


def ask(charter: Charter, question: Question) -> float:
    """Seconds that one question takes. Raises `AssertionError` for a wrong answer."""
    began = time.perf_counter()
    answer = charter.questions.ask(OPERATOR, question.text, Place(), private_reply=True)
    seconds = time.perf_counter() - began
    assert question.owner in answer.text, (question, answer.text)
    return seconds


def questions(database: Database, team: Team, times: int) -> dict[str, Seconds]:
    """The first question of a process; then one about a new project, and the same once more."""
    asked = list(islice(team.questions("remembering"), times))
    cold = []
    for question in asked[:3]:
        charter = services(database, now)
        cold.append(ask(charter, question))
    charter = services(database, now)
    ask(charter, asked[0])
    found: dict[str, Seconds] = {"cold": cold, "unread": [], "warm": []}
    seen: set[str] = {asked[0].text.rpartition(" in ")[2]}
    for question in asked[1:]:
        project = question.text.rpartition(" in ")[2]
        first = ask(charter, question)
        if project not in seen:
            found["unread"].append(first)
        seen.add(project)
        found["warm"].append(ask(charter, question))
    return found


def main(order: dict[str, Any]) -> None:
    team = Team(order["projects"], order["people"])
    database = Database(order["url"])
    charter = services(database, now)
    ask(charter, next(team.questions("warm")))
    found = questions(database, team, order["questions"])
    found |= writes(charter, team, order["raw"], order["writes"])
    found["rebuild"] = rebuilds(database, order["rebuilds"])
    database.close()
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    for one in json.loads(sys.argv[1]):
        main(one)
