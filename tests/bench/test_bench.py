"""The benchmark itself works, from end to end; no time is asserted."""

import json
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from bot.document import read
from bot.qa.answer import answer
from tests.bench.__main__ import main
from tests.bench.goals import BARE, LARGE, SMALL, STOCK, Goal, cpu_each
from tests.bench.many import Many, some
from tests.bench.parts import USUAL, part_goals
from tests.bench.sizes import FULL, QUICK
from tests.bench.talking import Load
from tests.bench.team import MOST, Team
from tests.support.tree import ROOT

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="CPU and memory are read from /proc"
)


@needs_proc
@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.timeout(420)
def test_a_quick_round_measures_everything(tmp_path: Path) -> None:
    kept = tmp_path / "numbers.json"
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--quick", "--json", str(kept)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    goals = [line for line in run.stdout.splitlines() if line.endswith((" pass", " MISS"))]
    numbers = json.loads(kept.read_text(encoding="utf-8"))
    assert len(goals) == 4 + len(part_goals(numbers["parts"]))
    assert numbers["size"]["large"] == QUICK.large
    assert set(numbers["programs"]) == {STOCK, BARE, SMALL, LARGE}
    for measured in numbers["programs"].values():
        assert len(measured["ack"]) == len(measured["event"]) == 2 * QUICK.rounds * QUICK.each
        assert len(measured["answer"]) == len(measured["busy"]) == QUICK.rounds * QUICK.each
        assert len(measured["start"]) == len(measured["first"]) == QUICK.starts
        assert all(load["sent"] == load["answered"] for load in measured["loads"])
        assert measured["idle"] > 10
    for figures in numbers["memories"].values():
        assert len(figures["write"]) == len(figures["raw"]) == QUICK.writes
        assert len(figures["rebuild"]) == QUICK.rebuilds
    assert tuple(numbers["parts"]) == USUAL


@needs_proc
def test_one_part_can_be_measured_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "numbers.json"
    assert main(["--quick", "--only", "routing", "--json", str(kept)]) == 0
    assert capsys.readouterr().out.count(" people hear is routed in ") == 2
    assert list(json.loads(kept.read_text(encoding="utf-8"))) == ["routing"]


def test_many_items_have_names_of_their_own_and_answers() -> None:
    world = Many(200, 30)
    assert len(set(world.titles)) == 110
    assert sum(len(project.items) for project in world.projects) == 200
    facts = world.facts()
    for probe in (*some(world.letters("x"), 12), *some(world.topics("x"), 12)):
        assert probe.told in answer(probe.text, facts).text


@pytest.mark.parametrize("size", [QUICK.small, QUICK.large, FULL.small, FULL.large])
def test_a_team_has_as_many_projects_as_asked_for(size: int) -> None:
    team = Team(size, 500)
    assert len(set(team.names)) == size <= MOST
    assert len(set(team.members)) == 500


def test_a_team_is_a_good_document_and_always_the_same() -> None:
    text = json.dumps(Team(QUICK.large, QUICK.people).document())
    document = read(text)
    assert text == json.dumps(Team(QUICK.large, QUICK.people).document())
    assert len(document.assignments) == 32 * QUICK.large
    rows = {(project, stage): owner for project, stage, owner in Team(40, 30).rows()}
    assert len(rows) == 40 * 9
    for question in islice(Team(40, 30).questions("x"), 50):
        stage, _, project = question.text.removeprefix("who owns the ").partition(" in ")
        assert rows[project.removesuffix("?"), stage] == question.owner


def test_questions_about_a_few_projects_stay_with_these() -> None:
    asked = islice(Team(1000, 30).questions("x", among=20), 400)
    assert len({question.text.rpartition(" in ")[2] for question in asked}) == 20


def test_a_goal_is_met_up_to_its_limit() -> None:
    assert Goal("any", 1.2, 1.2).is_met
    assert not Goal("any", 1.21, 1.2).is_met
    busy, idle = (
        Load(sent=10, answered=5, late=0, cpu=cpu, took=1, ack=[], answer=[]) for cpu in (3.0, 1.0)
    )
    assert cpu_each([idle, busy, busy]) == pytest.approx(0.6)
