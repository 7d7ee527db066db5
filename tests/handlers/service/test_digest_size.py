"""What a digest of many projects takes: one message, and as many statements as of few."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from bot.cadence import Cadence
from bot.orders import SetDigest
from handlers.views.digests import previewed
from handlers.views.kit import Message
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.test_digests import loaded
from tests.support.documents import sample

DAILY = SetDigest(Cadence.DAILY)


@contextmanager
def counted(team: Team) -> Iterator[list[str]]:
    """The statements that are run meanwhile."""
    statements: list[str] = []

    def note(*told: object) -> None:
        statements.append(str(told[2]))

    event.listen(team.database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(team.database.engine, "before_cursor_execute", note)


def fleet(team: Team, size: int) -> None:
    raw = sample()
    [first] = [project for project in raw["projects"] if project["key"] == "berth"]
    copies = [
        {**first, "key": f"berth{n}", "name": f"Berth {n}", "channel": None, "aliases": []}
        for n in range(size)
    ]
    raw |= {"projects": copies, "assignments": [], "standups": [], "pull_requests": []}
    raw |= {"runs": [], "history": []}
    loaded(team, raw)


@pytest.mark.slow
def test_a_digest_takes_as_many_statements_for_any_number_of_projects(team: Team) -> None:
    team.charter.digests.set(team.actor("ana"), DAILY, HERE)
    taken = {}
    for size in (20, 200):
        fleet(team, size)
        team.charter.digests.preview(team.actor("ana"), HERE)  # the names of all are known by then
        with counted(team) as statements:
            preview = team.charter.digests.preview(team.actor("ana"), HERE)
        taken[size] = len(statements)
        assert preview.digest is not None
        assert len(preview.digest.parts) == size
        message = previewed(preview)
        assert len(message.blocks) <= 50
        assert f"and {size - shown(message)} more projects" in str(message.blocks[-1])
    assert taken[200] == taken[20] <= 22


def shown(message: Message) -> int:
    return sum(block["type"] == "actions" for block in message.blocks)
