"""Looking at a workspace takes as many statements however many projects there are."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from bot.outcome import Place
from bot.people import Actor, Surface
from handlers.service import Charter
from handlers.views import home, lint, matrix, portfolio, projects, team
from handlers.views.kit import Message, View
from storage.database import Database
from tests.handlers.service.conftest import Team
from tests.handlers.service.test_digests import loaded
from tests.support.counting import counted
from tests.support.documents import Raw, sample

FEW, MANY = 20, 200
MOST = 36
"""Of a process that has just begun, for which it reads all names first."""
NOWHERE = Place()
PARTS = ("assignments", "standups", "pull_requests", "runs", "history")

Look = Callable[[Charter, Actor], Message | View]

LOOKS: dict[str, Look] = {
    "home": lambda charter, actor: home.home(charter.projects.home(actor)),
    "matrix": lambda charter, actor: matrix.matrix(
        charter.projects.shown(actor, "Berth 7", NOWHERE)
    ),
    "show": lambda charter, actor: projects.shown(
        charter.projects.shown(actor, "Berth 7", NOWHERE)
    ),
    "list": lambda charter, actor: projects.listed(charter.projects.listed(actor)),
    "portfolio": lambda charter, actor: portfolio.portfolio(
        charter.scopes.portfolio(actor, 1, NOWHERE)
    ),
    "gaps": lambda charter, actor: team.gaps(charter.team.gaps(actor, None, NOWHERE, whole=True)),
    "lint": lambda charter, actor: lint.lint(
        charter.linter.found(actor, None, NOWHERE, whole=True)
    ),
    "load": lambda charter, actor: team.load(charter.team.load(actor, None, NOWHERE)),
}
ANSWERS = {
    "who owns the data pipeline in Berth 7?": "Bea Lind",
    "what is overdue?": "overdue",
    "who is blocked today?": "Bea Lind",
    "open PRs": "pull requests",
    "PR #118": "Backfill of tide readings",
    "which runs failed?": "No such run",
    "which runs finished?": "runs",
    "what is the mae of run mlf-b21-3?": "7.4",
    "who posted a standup today?": "Bea Lind",
    "what did everybody say in standups today?": "Bea Lind",
    "who is away today?": "Greta Solberg",
    "what changed?": "Roll-out due date moved",
    "which stages have no owner?": "Success metrics",
    "what is Bea Lind responsible for?": "Data pipeline",
    "what does a data engineer do?": "Bea Lind",
    "which stages are in progress?": "In progress",
}


def fleet(team: Team, size: int) -> None:
    """So many copies of the sample's first project, with all that is known of it."""
    raw = sample()
    [first] = [project for project in raw["projects"] if project["key"] == "berth"]
    raw["projects"] = [
        {**first, "key": f"berth{n}", "name": f"Berth {n}", "channel": None, "aliases": []}
        for n in range(size)
    ]
    for part in PARTS:
        raw[part] = [copy for row in raw[part] for copy in copied(row, size)]
    loaded(team, raw)


def copied(row: Raw, size: int) -> Iterator[Raw]:
    for n in range(size if row["project"] == "berth" else 0):
        named = {"id": f"{row['id']}-{n}"} if "id" in row else {}
        yield {**row, **named, "project": f"berth{n}"}


def costs(team: Team) -> dict[str, int]:
    """The statements of each look and each answer, by a process that knows nothing yet."""
    person = team.charter.people.known(team.workspace, "U0NIA")
    assert person is not None
    actor = team.charter.people.actor(team.workspace, person, Surface.COMMAND)
    found = {}
    for name, look in LOOKS.items():
        fresh = team.replica()
        with counted(team.database) as statements:
            look(fresh, actor)
        found[name] = len(statements)
    for asked, told in ANSWERS.items():
        fresh = team.replica()
        with counted(team.database) as statements:
            answer = fresh.questions.ask(actor, asked, NOWHERE)
        assert told in answer.text, (asked, answer.text)
        found[asked] = len(statements)
    return found


@pytest.mark.slow
def test_every_look_and_answer_takes_as_many_statements_at_20_as_at_200_projects(
    sqlite_url: str,
) -> None:
    with closing(Database(sqlite_url)) as database:
        team = Team(database)
        fleet(team, FEW)
        few = costs(team)
        fleet(team, MANY)
        assert costs(team) == few
    assert max(few.values()) <= MOST, few
