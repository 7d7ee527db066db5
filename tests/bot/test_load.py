"""Who bears too much, who bears it alone, and who is free."""

from dataclasses import replace

from bot.load import idle, load, loads
from bot.project import Kind, Mode
from tests.bot.team import ANA, BEA, CY, EVA, TEAM, project, stage
from tests.support.clock import T0

STAGES = ("idea", "framing", "data_pipeline", "data_quality", "annotation", "modelling")
BOTH = "R bea, R cy"


def test_r11_more_rows_than_the_limit_is_load() -> None:
    made = project(dict.fromkeys(STAGES, f"A ana, {BOTH}"))
    [over] = loads([made], TEAM, 5)
    assert over.person.id == ANA
    assert (len(over.accountable), over.is_over, over.alone) == (6, True, ())
    assert loads([made], TEAM, 6) == ()


def test_r11_the_only_responsible_of_a_stage_is_a_single_point_of_failure() -> None:
    made = project({"idea": "A ana, R bea", "framing": f"A ana, {BOTH}", "rollout": "R cy, R dee"})
    found = {one.person.id: [row.item.key for row in one.alone] for one in loads([made], TEAM, 5)}
    assert found == {BEA: ["idea"], CY: ["rollout"]}


def test_r11_a_group_beside_somebody_makes_them_not_the_only_one() -> None:
    assert loads([project({"idea": "A ana, R bea, R @labellers"})], TEAM, 5) == ()


def test_r11_archived_projects_and_what_is_done_do_not_count() -> None:
    made = project(dict.fromkeys(STAGES, "A ana, R bea"))
    assert loads([replace(made, archived_at=T0)], TEAM, 5) == ()
    finished = project(dict.fromkeys(STAGES, "A ana, R bea"), done=STAGES)
    assert loads([finished], TEAM, 5) == ()


def test_r11_rows_of_all_projects_add_up_components_included() -> None:
    first = project(dict.fromkeys(STAGES[:3], f"A ana, {BOTH}"), "First")
    part = stage("dashboard", f"A ana, {BOTH}", kind=Kind.COMPONENT)
    second = replace(
        project(dict.fromkeys(STAGES[:2], f"A ana, {BOTH}"), "Second", id=4), items=(part,)
    )
    found = load(TEAM[ANA], [second, first], TEAM, 3)
    assert [row.project.name for row in found.accountable] == ["First"] * 3 + ["Second"]
    assert found.is_over


def test_edge_3_somebody_alone_in_a_start_up_bears_one_row_and_is_no_warning() -> None:
    alone = project(dict.fromkeys(STAGES, "A/R eva, C vacant Data Analyst"), mode=Mode.STARTUP)
    assert loads([alone], TEAM, 5) == ()
    [row] = load(TEAM[EVA], [alone], TEAM, 5).accountable
    assert row.together == len(STAGES)
    # The same letters in a team: now the rule of load counts.
    [over] = loads([replace(alone, mode=Mode.TEAM)], TEAM, 5)
    assert over.is_over
    assert len(over.alone) == len(STAGES)


def test_r4_idle_are_active_people_of_the_workspace_without_a_letter() -> None:
    made = project({"idea": "A ana, C bea"})
    assert [one.key for one in idle([made], TEAM)] == ["cy", "eva"]
    archived = replace(project({"idea": "A cy"}, id=9), archived_at=T0)
    assert [one.key for one in idle([made, archived], TEAM)] == ["cy", "eva"]
