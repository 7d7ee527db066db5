"""What `make audit` makes of what pip-audit says."""

import json
import os
import subprocess
import sys

import pytest

from tests.support.advisories import AWAY, NONE, SOME, UNASKED, judged
from tests.support.tree import ROOT

SOUND = {"name": "httpx", "version": "0.28.1", "vulns": []}
HOLED = {
    "name": "waitress",
    "version": "3.0.0",
    "vulns": [
        {"id": "PYSEC-2024-211", "fix_versions": ["3.0.1"], "aliases": ["CVE-2024-49769"]},
        {"id": "PYSEC-0000-1", "fix_versions": []},
    ],
}


def test_no_known_hole() -> None:
    told = ["1 packages, and no hole is known in any of them."]
    assert judged(json.dumps({"dependencies": [SOUND]}), "") == (NONE, told)


def test_each_hole_is_named_with_the_version_that_mends_it() -> None:
    assert judged(json.dumps({"dependencies": [SOUND, HOLED], "fixes": []}), "Found 2") == (
        SOME,
        [
            "waitress 3.0.0: PYSEC-2024-211, CVE-2024-49769; mended in 3.0.1",
            "waitress 3.0.0: PYSEC-0000-1; mended in no version",
        ],
    )


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_where_there_is_no_network_it_says_so() -> None:
    """A proxy at a port where nobody listens: no packet leaves this machine."""
    nowhere = "http://127.0.0.1:1"
    away = {"HTTPS_PROXY": nowhere, "HTTP_PROXY": nowhere, "ALL_PROXY": nowhere, "NO_PROXY": ""}
    own = {"PIP_RETRIES": "0", "PIP_INDEX_URL": "https://pypi.org/simple", "PIP_FIND_LINKS": ""}
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.advisories"],
        cwd=ROOT,
        env={**os.environ, **away, **own},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (UNASKED, "")
    assert done.stderr.splitlines()[-1] == AWAY
