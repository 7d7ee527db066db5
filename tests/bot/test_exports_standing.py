"""Where a project is."""

from dataclasses import replace

from bot.exports.standing import current
from bot.project import Status
from tests.bot.exported import ATLAS, stage


def test_the_current_stage_is_the_first_under_way() -> None:
    states = (Status.DONE, Status.NOT_STARTED, Status.IN_PROGRESS, Status.AT_RISK)
    items = tuple(stage(f"s{at}", status=status) for at, status in enumerate(states))
    assert current(replace(ATLAS, items=items)) is items[2]
    assert current(replace(ATLAS, items=items[:2])) is items[1]
    assert current(replace(ATLAS, items=items[:1])) is None
