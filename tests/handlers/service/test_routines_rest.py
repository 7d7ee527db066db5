"""What comes by itself rests while it cannot be told, and goes on without catching up."""

from datetime import timedelta

import pytest

from bot.cadence import Cadence
from bot.channels import Gone
from bot.orders import SetBrief, SetDigest, SetOwnDigest
from bot.outcome import Place
from bot.project import Status
from storage.tables import OutboxRow
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.digest_support import DAILY, NINE, move, posted, until
from tests.handlers.service.test_brief_plans import DIRECT

LEADS = Place("C0LEADS", "leads")
DAY = timedelta(days=1)
BRIEF = SetBrief(DAILY)


def begun(team: Team, place: Place = LEADS) -> None:
    """Cy briefs a channel and Bea has a digest there; Bea has both for herself."""
    team.atlas()
    team.charter.people.channel_learned(team.workspace, "C0LEADS", "leads", False, False)
    team.charter.brief_plans.set(team.actor("cy"), BRIEF, place)
    team.charter.digests.set(team.actor("bea"), SetDigest(Cadence.DAILY, heartbeat=True), place)
    bea = team.actor("bea")
    team.charter.brief_plans.set(bea, BRIEF, DIRECT)
    team.charter.own_digests.set(bea, SetOwnDigest(SetDigest(Cadence.DAILY, heartbeat=True)))
    until(team, NINE + DAY / 12)


def rests(team: Team, place: Place, why: Gone) -> list[OutboxRow]:
    """What is said by itself while a channel is gone, over two mornings."""
    before = len(posted(team))
    team.charter.channels.gone(team.workspace, place.channel or "", why)
    until(team, NINE + 2.5 * DAY)
    return posted(team)[before:]


def told(rows: list[OutboxRow], channel: str) -> list[str]:
    """The kinds of what came to a channel, or to somebody, by itself."""
    kinds = (row.key.split("/")[0] for row in rows if row.channel == channel)
    return sorted(kind for kind in kinds if kind in {"brief", "digest"})


def notices(rows: list[OutboxRow]) -> list[tuple[str, str]]:
    found = [
        (row.channel, row.text.split(": ")[0]) for row in rows if row.key.startswith("channel/")
    ]
    return sorted(found)


@pytest.mark.parametrize(
    "why",
    [
        pytest.param(Gone.ARCHIVED, id="edge_30_archived"),
        pytest.param(Gone.DELETED, id="edge_31_deleted"),
        pytest.param(Gone.REMOVED, id="edge_31_kicked"),
    ],
)
def test_edge_30_31_what_comes_to_a_channel_that_is_gone_rests_and_who_set_it_is_told_once(
    team: Team, why: Gone
) -> None:
    """What comes by direct message goes on: it is of no channel."""
    begun(team)
    rows = rests(team, LEADS, why)
    assert notices(rows) == [
        ("UBEA", "The digest of #leads rests"),
        ("UCY", "The brief of #leads rests"),
    ]
    assert told(rows, "C0LEADS") == []
    assert told(rows, "UBEA") == ["brief", "brief", "digest", "digest"]
    team.charter.channels.back(team.workspace, "C0LEADS")
    rows = until(team, NINE + 3.5 * DAY)
    assert told(rows, "C0LEADS") == ["brief", "digest"]
    assert notices(rows) == []


def test_edge_30_who_set_both_is_told_in_one_message(team: Team) -> None:
    begun(team)
    team.charter.brief_plans.set(team.actor("bea"), SetBrief(SetDigest(Cadence.WEEKLY)), LEADS)
    assert notices(rests(team, LEADS, Gone.ARCHIVED)) == [
        ("UBEA", "The digest and the brief of #leads rest")
    ]


def test_edge_30_of_a_channel_of_a_project_its_accountable_is_told_and_briefs_rest_too(
    team: Team,
) -> None:
    begun(team, HERE)
    rows = rests(team, HERE, Gone.ARCHIVED)
    assert notices(rows) == []
    said = [row.channel for row in rows if "has a channel that was archived" in row.text]
    assert said == ["UANA"]
    assert told(rows, "C0ATLAS") == []
    team.charter.channels.back(team.workspace, "C0ATLAS")
    assert told(until(team, NINE + 3.5 * DAY), "C0ATLAS") == ["brief", "digest"]


def test_edge_36_briefs_and_digests_are_held_until_an_admin_confirms_and_none_is_caught_up_with(
    team: Team,
) -> None:
    begun(team)
    team.charter.settings.hold(team.workspace, team.now)
    move(team, Status.IN_PROGRESS)
    held, before = NINE + 2.5 * DAY, len(posted(team))
    while team.now < held:
        team.wait(hours=1)
        team.charter.timers.run_due(team.workspace)
    assert posted(team)[before:] == []
    team.charter.settings.resume(team.actor("ana"))
    assert [told(until(team, held + DAY / 4), to) for to in ("C0LEADS", "UBEA")] == [[], []]
    rows = until(team, held + DAY)
    assert [told(rows, to) for to in ("C0LEADS", "UBEA")] == [["brief", "digest"]] * 2
    digest = next(row for row in rows if row.key.startswith("digest/") and row.channel == "C0LEADS")
    assert "status not started → in progress" in digest.text
