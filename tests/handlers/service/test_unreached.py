"""Somebody in a standup whom no direct message reaches: told once, and not taken for silent."""

import pytest

from bot.recurrence import DAY
from tests.handlers.service import test_team_standups as teams
from tests.handlers.service.conftest import Team
from tests.handlers.service.standup_support import ASKED, REPORTED, TUESDAY, Standup, begun

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LOST = "Slack takes no direct message to Bea Sample"


def carry(standup: Standup, *lost: str) -> list[tuple[str, str]]:
    """What stands in Slack by now, where it goes and its words; none of the `lost` gets any."""
    team, sent = standup.team, list[tuple[str, str]]()
    while parcels := team.charter.outbox.claim(team.workspace, 10):
        for one in parcels:
            if one.channel in lost:
                team.charter.outbox.give_up(one, "cannot_dm", refused=True)
            else:
                team.charter.outbox.sent(one, f"{team.now.timestamp()}{one.id}", f"D{one.channel}")
                sent.append((one.channel, one.text))
        team.wait(seconds=1)
    return sent


def test_edge_28_whoever_is_accountable_hears_once_and_nobody_is_called_silent(team: Team) -> None:
    standup = begun(team)
    standup.at(ASKED - DAY)
    carry(standup)
    told: list[tuple[str, str]] = []
    for day in (TUESDAY, TUESDAY + DAY):
        standup.at(ASKED + (day - TUESDAY))
        told += carry(standup, "UBEA")
        for hour in (9, 10):
            standup.at(day.replace(hour=hour, minute=45))
            told += carry(standup, "UBEA")
        [report] = standup.report(day)
        assert "Not reached by direct message: Bea Sample" in report.text
        assert "Not answered yet: Ana Sample, Cy Sample" in report.text
    notices = [(to, text) for to, text in told if LOST in text]
    assert [to for to, _ in notices] == ["UANA"]
    assert "nobody asks them in the standup of Atlas. They can answer on my Home" in notices[0][1]
    assert "Because you lead Atlas." in notices[0][1]
    assert not [text for text in standup.said_to("bea") if text.startswith("Still open")]

    thursday = TUESDAY + 2 * DAY  # Slack takes messages to her again
    standup.at(ASKED + 2 * DAY)
    back = carry(standup)
    standup.at(REPORTED + 2 * DAY)
    back += carry(standup)
    assert "UBEA" in [to for to, _ in back]
    assert not [text for _, text in back if LOST in text]
    assert "Not answered yet: Ana Sample, Bea Sample" in standup.report(thursday)[0].text


def test_edge_28_of_a_team_whoever_set_its_standup_hears_of_it(team: Team) -> None:
    standup = teams.begun(team)
    standup.at(ASKED)
    told = carry(standup, "UBEA")
    notices = [(to, text) for to, text in told if LOST in text]
    assert [to for to, _ in notices] == ["UANA"]
    assert "nobody asks them in the standup of @ml-team." in notices[0][1]
