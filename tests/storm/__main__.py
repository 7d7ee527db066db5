"""`python -m tests.storm`: the long form, on both databases; ends with 1 if anything is amiss."""

import argparse
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from storage import migrate
from tests.storm.blowing import Storm, Weathered, weather
from tests.support.postgres import running

REPLICAS = {"sqlite": 1, "postgresql": 4}


@contextmanager
def database(kind: str) -> Iterator[str]:
    """A migrated, empty database."""
    if kind == "postgresql":
        with running() as server:
            url = server.create("storm")
            migrate.upgrade(url)
            yield url
        return
    with TemporaryDirectory(prefix="charter-storm-") as folder:
        url = f"sqlite:///{Path(folder) / 'charter.db'}"
        migrate.upgrade(url)
        yield url


def told(kind: str, storm: Storm, found: Weathered) -> Iterator[str]:
    faults = ", ".join(f"{number} × {fault}" for fault, number in sorted(found.met.items()))
    yield (
        f"{kind}: {storm.replicas} replicas, {storm.items} items, {found.kills} kills, "
        f"seed {storm.seed}, {found.seconds:.0f} s"
    )
    yield f"  Slack: {faults}"
    yield (
        f"  lost {found.lost(storm)}, doubled {found.doubled}, out of order "
        f"{len(found.unordered)} channels, still waiting {len(found.waiting)}, given up "
        f"{len(found.dead)}"
    )
    for one in found.waiting:
        yield f"  waits: {one}"


def is_well(storm: Storm, found: Weathered) -> bool:
    amiss = (found.lost(storm), found.doubled, found.unordered, found.waiting, found.dead)
    return not any(amiss)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.storm", description=__doc__)
    parser.add_argument("databases", nargs="*", choices=[*REPLICAS, []], help="both by default")
    parser.add_argument("--items", type=int, default=500)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20261128)
    parser.add_argument("--speed", type=float, default=10.0)
    parser.add_argument("--off", type=float, default=0.0, help="by how much clocks jump, seconds")
    parser.add_argument(
        "--life", type=float, default=0.6, help="how long a replica lives at most, seconds"
    )
    asked = parser.parse_args()
    logging.getLogger("waitress").setLevel(logging.ERROR)  # it warns of each torn answer
    well = True
    for kind in asked.databases or REPLICAS:
        storm = Storm(
            asked.items,
            asked.kills,
            REPLICAS[kind],
            asked.speed,
            asked.seed,
            asked.life,
            asked.off,
        )
        with database(kind) as url:
            found = weather(url, storm)
        print("\n".join(told(kind, storm, found)), flush=True)
        well = well and is_well(storm, found)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
