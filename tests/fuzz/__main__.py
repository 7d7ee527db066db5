"""`python -m tests.fuzz`: throws odd things at every door for ten minutes.

Ends with 1 where something went through; it is then kept in tests/fuzz/corpus, as small as it could
be made, and thrown again by every run of the tests.
"""

import argparse
import hashlib
import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.database import InMemoryExampleDatabase

from tests.fuzz.doors import CORPUS, Door, doors

ROUND = 300
"""Things thrown before the next door has its turn."""
LONGEST = 20
"""Seconds that one thing may take, on a machine that is busy."""
MEMORY = 2 * 1024**3
"""Bytes that Charter may take above what it has at the start."""


class TooLong(Exception):
    """What was thrown was not done with in time."""


@contextmanager
def in_time() -> Iterator[None]:
    def late(_number: int, _frame: object) -> None:
        raise TooLong(f"more than {LONGEST} seconds")

    signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)


def bound_memory() -> None:
    with Path("/proc/self/statm").open() as told:
        held = int(told.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, held + MEMORY))


def thrown(door: Door, number: int) -> bytes | None:
    """Throw a round; gives the smallest thing that went through, if any."""
    smallest = b""

    @seed(number)
    @settings(
        max_examples=ROUND,
        deadline=None,
        database=InMemoryExampleDatabase(),
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(door.thrown)
    def throw(data: bytes) -> None:
        nonlocal smallest
        try:
            with in_time():
                door.push(data)
        except Exception:
            smallest = data  # the last one that failed, since Hypothesis goes on to smaller ones
            raise

    try:
        throw()
    except Exception as error:
        print(f"  {type(error).__module__}.{type(error).__qualname__}: {str(error)[:300]}")
        return smallest
    return None


def keep(name: str, data: bytes) -> Path:
    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(data).hexdigest()[:16]
    path.write_bytes(data)
    return path


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", help="doors; all by default")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    until = time.monotonic() + asked.minutes * 60
    counts: dict[str, int] = {}
    found = 0
    with TemporaryDirectory(prefix="charter-fuzz-") as folder, doors(Path(folder)) as house:
        bound_memory()
        number = asked.seed
        while time.monotonic() < until:
            for name, door in house.items():
                if (asked.names and name not in asked.names) or time.monotonic() > until:
                    continue
                counts[name] = counts.get(name, 0) + ROUND
                if (data := thrown(door, number)) is not None:
                    found += 1
                    print(f"{name}: went through, kept as {keep(name, data)}", flush=True)
            number += 1
    print(", ".join(f"{name} {count}" for name, count in counts.items()))
    print(f"{found} went through; seeds {asked.seed} to {number - 1}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
