"""`python -m tests.faults [NAME …]`: every fault at length; ends with 1 if anything is amiss."""

import argparse
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.blowing import Fault, Measured, weathered
from tests.faults.faults import FAULTS


def told(fault: Fault, found: Measured) -> Iterator[str]:
    yield f"{fault.name} ({fault.kind}): {'as promised' if found.is_well(fault) else 'AMISS'}"
    yield (
        f"  writes: {found.done} done, {found.again} told to try again, {found.silent} told "
        f"nothing; lost {found.lost}; slowest answer {found.slowest:.1f} s; works "
        f"{found.recovered:.1f} s after"
    )
    yield (
        f"  messages: unsent {found.unsent}, doubled {found.doubled}; "
        f"broken lines {found.broken}; faults in the log {len(found.traces)}"
    )
    for label, words in (("said", found.said), ("note", found.note)):
        if words:
            yield f"  {label}: {' / '.join(words.splitlines())[:600]}"
    for odd in [*found.odd[:3], *found.traces[:3]]:
        yield f"  amiss: {' / '.join(odd.splitlines())[:600]}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*FAULTS, []], help="all by default")
    parser.add_argument("--messages", type=int, default=60)
    parser.add_argument("--scale", type=float, default=2.0, help="how long the faults last")
    asked = parser.parse_args()
    logging.getLogger("waitress").setLevel(logging.ERROR)  # it warns of each torn answer
    well = True
    for name in asked.names or FAULTS:
        fault = FAULTS[name]
        with TemporaryDirectory(prefix="charter-faults-") as folder:
            found = weathered(fault, Path(folder), messages=asked.messages, scale=asked.scale)
        print("\n".join(told(fault, found)), flush=True)
        well = well and found.is_well(fault)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
