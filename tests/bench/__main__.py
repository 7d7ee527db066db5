"""`python -m tests.bench [--quick] [--one-root] [--only PART …] [--json FILE]`: measures, and
prints tables. Ends with 1 where a goal is missed.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.bench import parts, programs, stores, table, trust
from tests.bench.goals import BARE, LARGE, SMALL, STOCK
from tests.bench.processes import started
from tests.bench.results import Results
from tests.bench.sizes import FULL, QUICK, Size
from tests.bench.stores import Built
from tests.bench.talking import Measured, Talk
from tests.bench.team import Team
from tests.support.postgres import running

Say = Callable[[str], None]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small round, to see that it works")
    parser.add_argument("--json", metavar="FILE", help="keep every number in this file")
    parser.add_argument(
        "--one-root", action="store_true", help="without the system's roots, which (a) reads a lot"
    )
    parser.add_argument(
        "--only",
        metavar="PART",
        nargs="+",
        choices=parts.PARTS,
        help="these parts alone",
    )
    options = parser.parse_args(arguments)
    if not Path("/proc/self/stat").exists():
        print("Measuring needs Linux: CPU and memory are read from /proc.", file=sys.stderr)
        return 1
    size = QUICK if options.quick else FULL
    if options.only:
        found = run_parts(size, _say, options.only)
        goals = parts.part_goals(found)
        if goals:
            print("\n".join(table.goal_lines(goals)))
        kept = json.dumps(found, indent=1)
    else:
        results = run(size, _say, one_root=options.one_root)
        print("\n".join(table.lines(results)))
        goals = table.all_goals(results)
        kept = results.as_json()
    if options.json:
        Path(options.json).write_text(kept, encoding="utf-8")
    # A small round shows that measuring works; what it measures says nothing.
    return 0 if options.quick or all(goal.is_met for goal in goals) else 1


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def run_parts(size: Size, say: Say, only: Sequence[str]) -> dict[str, dict[str, list[float]]]:
    """Measure some parts, in a folder that goes at the end."""
    with tempfile.TemporaryDirectory(prefix="charter-bench-") as name:
        folder = Path(name)
        say(f"Building a workspace of {size.small} projects …")
        built = stores.charter(folder, Team(size.small, size.people))
        found: dict[str, dict[str, list[float]]] = {}
        for together in [only] if size.is_quick else [[one] for one in only]:
            measured = parts.measured(folder, size, built, say, together)
            for part, numbers in measured.items():  # at once: what comes after it may fail
                print("\n".join(parts.PARTS[part].lines(numbers)), flush=True)
            found |= measured
        return found


def run(size: Size, say: Say, *, one_root: bool = False) -> Results:
    """Measure everything, in a folder that goes at the end."""
    with tempfile.TemporaryDirectory(prefix="charter-bench-") as name:
        folder = Path(name)
        teams = {
            "small": Team(size.small, size.people),
            "large": Team(size.large, size.people),
        }
        say(f"Building workspaces of {size.small} and {size.large} projects …")
        built = {name: stores.charter(folder, team) for name, team in teams.items()}
        trusted = trust.issued(folder, one_root=one_root)
        return Results(
            size=size,
            programs=_talked(folder, size, teams, built, trusted, say),
            memories=_remembered(folder, size, teams, built, say),
            parts=parts.measured(folder, size, built["small"], say),
            built=built,
            roots=trusted.roots,
        )


def _talked(
    folder: Path,
    size: Size,
    teams: dict[str, Team],
    built: dict[str, Built],
    trusted: trust.Trust,
    say: Say,
) -> dict[str, Measured]:
    small, large = teams["small"], teams["large"]
    everyone = [
        programs.plain(STOCK, small, stores.simple(folder, small, STOCK)),
        programs.plain(BARE, small, stores.simple(folder, small, BARE)),
        programs.charter(SMALL, small, stores.copied(built["small"].path, SMALL)),
        programs.charter(LARGE, large, stores.copied(built["large"].path, LARGE)),
    ]
    with ExitStack() as stack:
        talk = Talk(programs.Field(folder, trusted, size, stack), everyone, size)
        say("Starting each program …")
        talk.starts()
        say(f"{size.rounds} rounds, then {size.loads} times {size.seconds:g} s at {size.rate}/s …")
        talk.rounds_and_loads()
        return talk.measured


def _remembered(
    folder: Path, size: Size, teams: dict[str, Team], built: dict[str, Built], say: Say
) -> dict[str, dict[str, list[float]]]:
    """In a process for each database; in a small round in one for all, which starts once."""
    say("Questions and writes without Slack …")
    orders = {}
    for name, team in teams.items():
        path = built[name].path
        urls = (stores.copied(path, f"{name}-ours"), stores.copied(path, f"{name}-raw"))
        orders[name] = _order(size, team, *urls)
    with running() as server:
        url = server.create("ours")
        stores.made_durable(url)
        stores.built(url, teams["small"], folder)
        orders["postgresql"] = _order(size, teams["small"], url, server.create("raw", "ours"))
        if size.is_quick:
            return _measured(folder, orders)
        each = (_measured(folder, {name: order}) for name, order in orders.items())
        return {name: found for one in each for name, found in one.items()}


def _order(size: Size, team: Team, url: str, raw: str) -> dict[str, Any]:
    return {
        "url": url,
        "raw": raw,
        "projects": team.projects,
        "people": team.people,
        "questions": size.questions,
        "writes": size.writes,
        "rebuilds": size.rebuilds,
    }


def _measured(
    folder: Path, orders: Mapping[str, dict[str, Any]]
) -> dict[str, dict[str, list[float]]]:
    words = ["-m", "tests.bench.remembering", json.dumps([*orders.values()])]
    with started(words, {}, folder / "remembering.log") as child:
        return {name: json.loads(child.line(stores.LONGEST)) for name in orders}


if __name__ == "__main__":
    sys.exit(main())
