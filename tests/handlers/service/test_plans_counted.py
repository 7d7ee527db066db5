"""However much was decided, promised and feared, it is read in as many statements."""

from collections.abc import Callable
from datetime import date, timedelta

from bot.orders import KeepDecision, MoveMilestone, NewProject, RaiseRaid, SetMilestone
from bot.raid import RaidKind
from handlers.service import Charter
from storage import reviews
from tests.handlers.service.conftest import HERE, Team
from tests.support.counting import counted

MAY = date(2027, 5, 1)
READS: dict[str, Callable[[Charter, Team], object]] = {
    "decisions": lambda charter, team: charter.decisions.listed(team.actor("ana"), None, HERE),
    "milestones": lambda charter, team: charter.projects.shown(team.actor("ana"), None, HERE),
    "risks": lambda charter, team: charter.raid.listed(team.actor("ana"), None, 1, None, HERE),
    "documents": lambda charter, team: charter.documents.dump(team.workspace, team.now),
}


def plan(team: Team, numbers: range) -> None:
    ana, charter = team.actor("ana"), team.charter
    for n in numbers:
        charter.decisions.keep(ana, KeepDecision(f"we keep {n}"), HERE)
        charter.milestones.set(ana, SetMilestone(f"step {n}", MAY), HERE)
        later = MAY + timedelta(days=n + 1)
        charter.milestones.move(ana, MoveMilestone(f"step {n}", later, "late"), HERE)
        charter.raid.lift(ana, RaiseRaid(RaidKind.ISSUE, (("text", f"issue {n}"),)), HERE)


def test_s7_s8_no_count_of_statements_grows_with_what_is_planned(team: Team) -> None:
    team.atlas()
    counts: list[dict[str, int]] = []
    for numbers in (range(1), range(1, 12)):
        plan(team, numbers)
        found = {}
        for name, read in READS.items():
            charter, place = team.replica(), team
            with counted(team.database) as statements:
                read(charter, place)
            found[name] = len(statements)
        counts.append(found)
    assert counts[0] == counts[1]


def test_s9_reviews_of_all_projects_are_read_at_once(team: Team) -> None:
    counts = []
    for n in range(3):
        team.charter.projects.create(team.actor("ana"), NewProject(f"Atlas {n}"), HERE)
        with team.database.read() as session, counted(team.database) as statements:
            standing = list(reviews.standing(session, team.workspace))
        counts.append((len(standing), len(statements)))
    assert [projects for projects, _ in counts] == [1, 2, 3]
    assert len({statements for _, statements in counts}) == 1
