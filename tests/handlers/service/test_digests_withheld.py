"""What is hidden between the making of a message and its sending is told to nobody in it."""

from datetime import UTC, datetime, timedelta

from bot.orders import Assign, Clear, Grant, Move, NewProject, SetPrivacy
from bot.outcome import Place
from bot.project import Letter, Status
from bot.rights import Role
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.digest_support import DAILY, NINE, SECRET, move, tell_of_atlas
from tests.handlers.service.mailing import Letters, delivered, give
from tests.handlers.service.test_brief_plans import DIRECT, MINE, WEEKLY, blocked
from tests.handlers.service.test_own_digests import DAY, TUESDAY, digests, own, staffed, until

WEEK = datetime(2026, 11, 30, 7, tzinfo=UTC)
"""When the brief of the week is due."""
LEADS = Place("C0LEADS", "leads")


def made(team: Team, moment: datetime) -> None:
    """Let the clock make what is due, and send nothing of it."""
    team.now = moment
    team.charter.timers.run_due(team.workspace)


def hide(team: Team, *, private: bool = True) -> None:
    team.charter.access.set_privacy(team.actor("ana"), SetPrivacy(private), HERE)


def keys(sent: list[Letters], kind: str) -> list[str]:
    return [one.to for one in sent if one.key.startswith(kind)]


def test_moonshot_13_a_brief_of_what_was_hidden_meanwhile_goes_nowhere(team: Team) -> None:
    """Neither to a channel nor to somebody who may not know of it, but to whoever may."""
    blocked(team, "Atlas", private=False)
    team.charter.people.channel_learned(team.workspace, "C0LEADS", "leads", False, False)
    team.charter.brief_plans.set(team.actor("ana"), WEEKLY, LEADS)
    for name in ("ana", "cy"):
        team.charter.brief_plans.set(team.actor(name), MINE, DIRECT)
    made(team, WEEK)
    hide(team)
    assert keys(delivered(team), "brief/") == ["ana"]
    made(team, WEEK + 7 * DAY)
    assert sorted(keys(delivered(team), "brief/")) == ["ana", "c0leads", "cy"]


def test_d1_a_digest_that_was_withheld_is_told_by_the_next_one(team: Team) -> None:
    team.atlas()
    team.charter.digests.set(team.actor("ana"), DAILY, HERE)
    made(team, NINE)
    delivered(team)
    move(team, Status.IN_PROGRESS)
    made(team, NINE + DAY)
    hide(team)
    assert keys(delivered(team), "digest/") == []
    hide(team, private=False)
    made(team, NINE + 2 * DAY)
    [sent] = [one for one in delivered(team) if one.key.startswith("digest/")]
    assert "status not started → in progress" in sent.text


def test_r11_findings_of_a_digest_that_was_withheld_are_told_by_the_next_one(team: Team) -> None:
    tell_of_atlas(team)
    delivered(team)
    team.charter.raci.assign(
        team.actor("ana"), Assign("data pipeline", (Letter.R,), "Cy Sample"), HERE
    )
    made(team, NINE + DAY)
    hide(team)
    assert keys(delivered(team), "digest/") == []
    hide(team, private=False)
    made(team, NINE + 2 * DAY)
    [sent] = [one for one in delivered(team) if one.key.startswith("digest/")]
    assert "Note: Cy Sample is the only one responsible for Data pipeline" in sent.text
    made(team, NINE + 3 * DAY)
    assert keys(delivered(team), "digest/") == []


def test_d3_mail_goes_also_where_the_digest_that_took_it_along_may_not(team: Team) -> None:
    """And what the digest was to tell of the others, the next one tells."""
    staffed(team)
    ana = team.actor("ana")
    team.charter.people.channel_learned(team.workspace, "C0SECRET", "secret", True, False)
    team.charter.projects.create(ana, NewProject("Vault", private=True), SECRET)
    team.charter.access.grant(ana, Grant("<@UBEA>", Role.EDITOR, project="vault"), SECRET)
    until(team, TUESDAY)
    own(team, "bea")
    give(team, "R", "bea", "annotation")
    move(team, Status.IN_PROGRESS)
    team.charter.raci.assign(ana, Assign("modelling", (Letter.R,), "<@UBEA>"), SECRET)
    team.charter.stages.move(ana, Move("modelling", Status.IN_PROGRESS, None), SECRET)
    made(team, TUESDAY + DAY)
    team.charter.raci.clear(ana, Clear("modelling", (Letter.R,), "<@UBEA>"), SECRET)
    team.charter.access.grant(ana, Grant("<@UBEA>", None, project="vault"), SECRET)
    [bea] = digests(until(team, team.now + timedelta(minutes=1)), "bea")
    assert "Ana Sample made you responsible for Annotation" in bea.text
    assert "Vault" not in bea.text
    [later] = digests(until(team, TUESDAY + 2 * DAY), "bea")
    assert "status not started → in progress (by Ana Sample)" in later.text
    assert "made you responsible" not in later.text
    assert "Vault" not in later.text
