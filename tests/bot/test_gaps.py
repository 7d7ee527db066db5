"""What is missing, and in which order it is told."""

from dataclasses import replace

from bot.exports.gaps import gaps as gaps_sheet
from bot.exports.material import Material
from bot.gaps import LackKind, missing
from bot.project import Letter, Scope, Status
from bot.team import GapsShown
from handlers.views import team
from tests.bot.team import TEAM, project, with_status
from tests.support.clock import T0

FULL = "A ana, R bea"
A, R = Letter.A, Letter.R


def _told(*projects: object) -> list[tuple[str, str, Letter]]:
    found = missing(projects, TEAM)  # type: ignore[arg-type]  # projects, as made here
    return [(gap.project.name, gap.item.key, gap.missing) for gap in found.seats]


def test_r4_gaps_come_in_one_order_whatever_order_they_are_looked_for_in() -> None:
    beta = with_status(
        project({"idea": "R bea", "modelling": "C cy"}, "Beta", id=4), modelling=Status.IN_PROGRESS
    )
    alpha = project({"idea": "A ana", "framing": FULL, "rollout": "R vacant Developer"}, "alpha")
    want = [
        ("Beta", "modelling", A),  # under way, with nobody accountable
        ("alpha", "rollout", A),
        ("Beta", "idea", A),
        ("Beta", "modelling", R),
        ("alpha", "idea", R),
        ("alpha", "rollout", R),
    ]
    assert _told(alpha, beta) == want
    assert _told(beta, alpha) == want


def test_s3_a_missing_target_and_an_unowned_stage_are_exactly_two_gaps() -> None:
    rows = dict.fromkeys(("idea", "framing", "rollout", "metrics"), FULL)
    found = missing([project({**rows, "data_pipeline": "R bea"}, scope=Scope())], TEAM)
    assert [(gap.item.key, gap.missing) for gap in found.seats] == [("data_pipeline", A)]
    assert [lack.kind for lack in found.lacks] == [LackKind.NO_TARGET]
    assert (found.owned, found.stages, found.number) == (4, 5, 2)
    assert missing([project(rows)], TEAM).number == 0


def test_what_is_closed_or_archived_has_no_gaps() -> None:
    done = project({"idea": "", "framing": ""}, done=("idea", "framing"), scope=Scope())
    assert missing([done], TEAM).number == 0
    archived = replace(project({"idea": ""}), archived_at=T0)
    assert missing([archived], TEAM).number == 0


def test_somebody_who_has_left_leaves_a_gap() -> None:
    assert _told(project({"idea": "A dee, R bea"})) == [("Atlas", "idea", A)]


def test_r4_the_workbook_lists_what_slack_lists_in_the_same_order() -> None:
    made = [
        project({"idea": "A dee, R bea", "framing": "A ana"}, "Beta", id=4, scope=Scope()),
        with_status(project({"rollout": "R vacant Developer"}), rollout=Status.BLOCKED),
    ]
    material = Material("Portfolio", tuple(made), TEAM, (), False, T0, "UTC")
    in_book = [[str(cell or "") for cell in row] for row in gaps_sheet(material).rows]
    shown = team.gaps(GapsShown(None, missing(made, TEAM), TEAM)).text.splitlines()[1:]
    told = [line.partition(": ")[0] for line in shown]
    assert told == [
        f"{kind} · {item} ({project})" if item else f"{kind} · {why} ({project})"
        for project, item, kind, _status, why, _id in in_book
    ]
    assert [row[4] for row in in_book] == [
        "",
        "Dee Sample has left",
        "vacant (Developer)",
        "",
        "no success metric has a target",
    ]
