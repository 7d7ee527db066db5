"""A small company's morning agrees with its count; and the count notices what is amiss."""

from pathlib import Path

import pytest

from storage import migrate
from tests.company.count import Total, totals
from tests.company.day import company
from tests.company.plan import Asked, Plan

MORNING = Plan(people=40, hours=11, questions=6, edits=6, deliveries=6, pulls=2)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_a_morning_of_a_small_company_agrees_with_its_count(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'charter.db'}"
    migrate.upgrade(url)
    with company(MORNING, url) as day:
        day.run()
        found = [*totals(day, url)]
        assert [total for total in found if not total.agrees] == []
        wanted = {total.what.strip(): total.wanted for total in found}
        assert wanted["questions answered"] == wanted["edits confirmed"] == 6
        assert wanted["people asked in standups"] == len({*MORNING.in_standup} - _in_new_york())
        assert wanted["channels with news and a digest"] == MORNING.projects == 2
        bot = day.workspace.app.bot_user_id
        [answer] = [one.answer for one in day.heard if isinstance(one.deed, Asked)][:1]
        day.workspace.space.post(answer.channel, bot, "again", thread_ts=answer.thread_ts)
        day.heard.pop()
        amiss = {total.what.strip() for total in totals(day, url) if not total.agrees}
        assert "and with one message each" in amiss
        assert amiss & {"questions answered", "edits confirmed"}


def _in_new_york() -> set[int]:
    """They are asked in the afternoon."""
    people = enumerate(MORNING.document["people"])
    return {number for number, told in people if told["timezone"] == "America/New_York"}


def test_a_total_agrees_only_where_both_are_the_same() -> None:
    assert Total("any", 3, 3).agrees
    assert not Total("any", 3, 4).agrees


def test_the_same_plan_is_made_each_time() -> None:
    again = Plan(people=40, hours=11, questions=6, edits=6, deliveries=6, pulls=2)
    assert again.deeds == MORNING.deeds
    assert again.counted == {"Asked": 6, "Edit": 6, "Delivery": 6}
