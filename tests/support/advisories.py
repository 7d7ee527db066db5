"""`make audit`: whether a hole is known in anything that is pinned, or that comes along with it.

Ends with 0 where none is known, 1 where one is, and 3 where nobody could be asked.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tests.support.tree import ROOT

FILES = ("requirements.txt", "requirements-neptune.txt", "requirements-dev.txt")
NONE, SOME, UNASKED = 0, 1, 3
AWAY = (
    "Nobody could be asked: make audit needs a way to pypi.org, where the advisories are; run it "
    "again from where there is one."
)


def audited() -> subprocess.CompletedProcess[str]:
    """What pip-audit says of all files; it lets pip find out what comes along."""
    asked = [part for file in FILES for part in ("--requirement", str(ROOT / file))]
    command = [sys.executable, "-m", "pip_audit", "--strict", "--format", "json", *asked]
    return subprocess.run(
        [*command, "--progress-spinner", "off"], capture_output=True, text=True, check=False
    )


def judged(out: str, err: str) -> tuple[int, list[str]]:
    """What to end with, and what to say. Without a report, pip-audit got no answer."""
    try:
        packages: list[dict[str, Any]] = json.loads(out)["dependencies"]
    except (ValueError, KeyError):
        why = err.strip().splitlines()[-1:]
        return UNASKED, [*why, AWAY]
    if holes := list(_holes(packages)):
        return SOME, holes
    return NONE, [f"{len(packages)} packages, and no hole is known in any of them."]


def _holes(packages: list[dict[str, Any]]) -> Iterator[str]:
    for package in packages:
        for hole in package.get("vulns", ()):
            names = ", ".join([hole["id"], *hole.get("aliases", ())])
            mended = ", ".join(hole.get("fix_versions", ())) or "no version"
            yield f"{package['name']} {package['version']}: {names}; mended in {mended}"


def main() -> int:
    said = audited()
    code, lines = judged(said.stdout, said.stderr)
    print("\n".join(lines), file=sys.stdout if code == NONE else sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
