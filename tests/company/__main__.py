"""`python -m tests.company [--people N] [--hours N] [--database URL]`: a day of a company at high
speed; ends with 1 where anything does not agree.
"""

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from handlers import observe
from storage import migrate
from tests.company.count import totals
from tests.company.day import company
from tests.company.plan import Plan


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.company", description=__doc__)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--hours", type=float, default=24.0)
    options = parser.parse_args()
    observe.configure("ERROR")
    plan = Plan(options.people, options.hours)
    began = time.monotonic()
    with TemporaryDirectory(prefix="charter-company-") as folder:
        url = f"sqlite:///{Path(folder) / 'charter.db'}"
        migrate.upgrade(url)
        with company(plan, url) as day:
            prepared = time.monotonic()
            day.run()
        found = [*totals(day, url)]
    for total in found:
        words = f"{total.what}: {_said(total.wanted)} wanted, {_said(total.found)} found"
        print(words if total.agrees else f"{words}  DOES NOT AGREE")
    print(
        f"{options.people:,} people in {plan.projects} projects for {options.hours:g} hours: "
        f"{prepared - began:.0f} s to prepare, {time.monotonic() - prepared:.0f} s to play"
    )
    return 0 if all(total.agrees for total in found) else 1


def _said(number: object) -> str:
    return f"{len(number)}" if isinstance(number, dict | list) else f"{number:,}"


if __name__ == "__main__":
    sys.exit(main())
