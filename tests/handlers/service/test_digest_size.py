"""What a digest of many projects takes: one message, and as many statements as of few."""

import pytest

from bot.cadence import Cadence
from bot.orders import SetDigest
from handlers.views.digests import previewed
from handlers.views.kit import Message
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.test_digests import loaded
from tests.support.counting import counted
from tests.support.documents import sample

DAILY = SetDigest(Cadence.DAILY)


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
        with counted(team.database) as statements:
            preview = team.charter.digests.preview(team.actor("ana"), HERE)
        taken[size] = len(statements)
        assert preview.digest is not None
        assert len(preview.digest.parts) == size
        message = previewed(preview)
        assert len(message.blocks) <= 50
        assert f"and {size - shown(message)} more projects" in str(message.blocks[-1])
    assert taken[200] == taken[20] <= 26


def shown(message: Message) -> int:
    return sum(block["type"] == "actions" for block in message.blocks)
