"""Guests of the workspace who stand where a file is shared: it holds what they may see, too."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.channels import Rest
from bot.errors import Refused, Unavailable, Why
from bot.exports.material import PORTFOLIO
from bot.orders import Grant, NewProject, SetExport, SetPrivacy
from bot.outcome import Place
from bot.people import Profile
from bot.rights import Role
from bot.sheets import read
from handlers.service import services
from handlers.service.exports import Subject
from handlers.views.exports import plans as plan_listed
from storage.tables import ProjectRow, columns
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.digest_support import until
from tests.handlers.service.test_export_plans import (
    LEADS,
    MINUTE,
    MONDAY,
    MONDAYS,
    WEEK,
    WEEKLY,
    come,
    move,
    names,
    set_up,
)

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NAMES = select(columns(ProjectRow).id, columns(ProjectRow).name)
ALL = Subject(PORTFOLIO)
SOME = "projects, if there are any that not all of its readers may see"
PRIVATE = f"private {SOME}"


@dataclass
class Rooms:
    """Slack, which tells who is in a channel; of those in `new` that they are guests."""

    inside: dict[str, set[str]] = field(default_factory=dict)
    new: frozenset[str] = frozenset()
    is_down: bool = False

    def __call__(
        self, _workspace: int, channel: str, met: Collection[str]
    ) -> tuple[frozenset[str], bool]:
        if self.is_down:
            raise Unavailable("slack")
        users = frozenset(self.inside.get(channel, ()))
        return users, bool(users.difference(met) & self.new)


@pytest.fixture
def rooms(team: Team) -> Rooms:
    """Atlas has a channel of its own, Cedar and Dune have none; Gil and Hal are guests."""
    made = Rooms()
    team.charter = services(team.database, lambda: team.now, readers=made)
    for first in ("Gil", "Hal"):
        guest = Profile(f"U{first.upper()}", f"{first} Guest", first, "UTC", is_guest=True)
        team.charter.people.learned(team.workspace, guest)
    team.atlas()
    for name in ("Cedar", "Dune"):
        team.charter.projects.create(team.actor("ana"), NewProject(name), Place())
    return made


def admit(team: Team, guest: str, *projects: str, role: Role | None = Role.VIEWER) -> None:
    for name in projects:
        team.charter.access.grant(team.actor("ana"), Grant(f"<@U{guest}>", role, name), Place())


def shared(team: Team, place: Place, subject: Subject = ALL) -> list[str]:
    """The projects of a file that is shared in a place."""
    made = team.charter.exports.made(team.actor("ana"), subject, place, here=True)
    sheets = dict(read(made.content))
    told = repr(sheets)
    assert not [name for name in made.left_out if name in told], "nothing hints at the rest"
    assert sorted([*names(sheets), *made.left_out]) == ["Atlas", "Cedar", "Dune"]
    return list(names(sheets))


def came(team: Team, moment: datetime) -> list[list[str]]:
    """The projects of each file that comes by itself up to a moment."""
    with team.database.read() as session:
        called = {row.id: row.name for row in session.execute(NAMES)}
    return [[called[key] for key in one.why["projects"]] for one in come(team, moment) if one.file]


def test_a4_what_a_guest_there_is_not_admitted_to_is_left_out(team: Team, rooms: Rooms) -> None:
    every = ["Atlas", "Cedar", "Dune"]
    rooms.inside["C0LEADS"] = {"UANA", "UBEA", "UBUILD", "UNKNOWN"}
    assert shared(team, LEADS) == every
    rooms.inside["C0LEADS"].add("UGIL")
    assert shared(team, LEADS) == []
    admit(team, "GIL", "Cedar", "Dune")
    assert shared(team, LEADS) == ["Cedar", "Dune"]
    rooms.inside["C0LEADS"].add("UHAL")  # of several each has to be admitted
    admit(team, "HAL", "Atlas", "Dune")
    assert shared(team, LEADS) == ["Dune"]
    admit(team, "HAL", "Dune", role=None)
    assert shared(team, LEADS) == []
    rooms.inside["C0LEADS"] -= {"UGIL", "UHAL"}
    assert shared(team, LEADS) == every


def test_a4_a_guest_counts_in_each_channel_in_which_they_stand(team: Team, rooms: Rooms) -> None:
    """In a project's own channel it is theirs to read, and the others are as anywhere."""
    rooms.inside = {"C0ATLAS": {"UGIL"}, "C0LEADS": {"UGIL"}, "C0OTHER": {"UBEA"}}
    assert shared(team, HERE) == ["Atlas"]
    assert shared(team, LEADS) == []
    assert shared(team, Place("C0OTHER", "random")) == ["Atlas", "Cedar", "Dune"]
    admit(team, "GIL", "Cedar")
    assert shared(team, HERE) == ["Atlas", "Cedar"]
    assert shared(team, LEADS) == ["Cedar"]


def test_a4_what_is_left_out_is_told_as_far_as_its_readers_may_know(
    team: Team, rooms: Rooms
) -> None:
    ana, exports = team.actor("ana"), team.charter.exports

    def summary() -> str:
        made = exports.made(ana, ALL, LEADS, here=True)
        return repr(dict(read(made.content))["Summary"])

    assert PRIVATE in summary()
    rooms.inside["C0LEADS"] = {"UGIL"}
    assert SOME in summary()
    assert PRIVATE not in summary()
    cedar = exports.subject(ana, "Cedar", LEADS, whole=False)
    with pytest.raises(Refused) as refused:
        exports.refuse_hidden(ana, cedar, LEADS)
    assert refused.value.why is Why.EXPORT_HIDDEN
    admit(team, "GIL", "Cedar")
    exports.refuse_hidden(ana, cedar, LEADS)


def test_a4_whom_charter_never_met_and_slack_does_not_tell_may_see_nothing_more(
    team: Team, rooms: Rooms
) -> None:
    admit(team, "GIL", "Cedar", "Dune")
    admit(team, "HAL", "Dune")
    rooms.inside = {"C0LEADS": {"UNEW"}, "C0ATLAS": {"UNEW"}}
    assert shared(team, LEADS) == ["Atlas", "Cedar", "Dune"]
    rooms.new = frozenset({"UNEW"})
    assert (shared(team, LEADS), shared(team, HERE)) == ([], ["Atlas"])
    rooms.is_down = True  # then any guest of the workspace may be there
    assert (shared(team, LEADS), shared(team, HERE)) == (["Dune"], ["Atlas", "Dune"])


def test_x9_what_comes_by_itself_holds_what_the_guests_there_may_see_at_that_time(
    team: Team, rooms: Rooms
) -> None:
    shown = set_up(team, WEEKLY)
    assert shown.left_out == ()
    admit(team, "GIL", "Cedar")
    rooms.inside["C0LEADS"] = {"UGIL"}
    assert came(team, MONDAY) == [["Cedar"]]
    rooms.inside["C0LEADS"] = set()
    move(team, "Dune")
    assert came(team, MONDAY + WEEK) == [["Atlas", "Cedar", "Dune"]]
    rooms.inside["C0LEADS"] = {"UGIL"}
    move(team, "Atlas")
    assert came(team, MONDAY + 2 * WEEK) == [["Cedar"]]


def test_x9_a_project_is_not_set_to_come_where_a_guest_may_not_see_it(
    team: Team, rooms: Rooms
) -> None:
    rooms.inside["C0LEADS"] = {"UGIL"}
    with pytest.raises(Refused) as refused:
        set_up(team, SetExport(MONDAYS, "Cedar"))
    assert refused.value.why is Why.EXPORT_HIDDEN
    assert set_up(team, WEEKLY).left_out == ("Atlas", "Cedar", "Dune")
    admit(team, "GIL", "Cedar")
    set_up(team, SetExport(MONDAYS, "Cedar"))
    admit(team, "GIL", "Cedar", role=None)
    assert came(team, MONDAY) == [[]], "the portfolio alone, and of Cedar nothing"


def test_x9_a_file_that_rests_for_a_guest_is_told_once_to_who_set_it(
    team: Team, rooms: Rooms
) -> None:
    set_up(team, SetExport(MONDAYS, "Cedar"))
    [shown] = team.charter.export_plans.listed(team.actor("ana"), LEADS)
    assert (shown.rests, shown.rest) == (False, None)
    rooms.inside["C0LEADS"] = {"UGIL"}
    said = [one for n in range(2) for one in until(team, MONDAY + n * WEEK + MINUTE)]
    [told] = [one for one in said if "rests" in one.text]
    assert told.channel == "UANA"
    assert told.text.startswith(
        "The file of Cedar in #leads rests: a guest stands there who may not see the project. Let "
        "them see it with /charter access, or take them out of the channel, or stop it"
    )
    [shown] = team.charter.export_plans.listed(team.actor("ana"), LEADS)
    assert (shown.rests, shown.rest) == (True, Rest.GUEST)
    assert "It rests: a guest stands there" in plan_listed([shown]).text
    admit(team, "GIL", "Cedar")
    assert came(team, MONDAY + 2 * WEEK + MINUTE) == [["Cedar"]]
    [shown] = team.charter.export_plans.listed(team.actor("ana"), LEADS)
    assert not shown.rests


def test_x9_where_who_set_it_may_not_know_any_more_its_lead_is_told(
    team: Team, rooms: Rooms
) -> None:
    """And of a project that became private it is said that it did."""
    bea = team.actor("bea")
    team.charter.people.channel_learned(team.workspace, "C0LEADS", "leads", False, False)
    team.charter.export_plans.set(bea, SetExport(MONDAYS, "Cedar"), LEADS)
    team.charter.access.set_privacy(team.actor("ana"), SetPrivacy(True, "Cedar"), Place())
    [told] = [one for one in until(team, MONDAY + MINUTE) if "rests" in one.text]
    assert (told.channel, told.confidential) == ("UANA", True)
    assert "the project is private by now" in told.text
