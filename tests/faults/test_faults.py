"""The short form of `make faults`: `app.py serve` as a process, people who write, and the fault.

What is to be sent waits for leases of a minute after some of them, so that is left to the long form
(and to `make storm`). A full disk and a file that may not be written need a disk of their own:
`tests/storage/test_faults.py` has what each does to the database.
"""

from pathlib import Path

import pytest

from tests.faults.__main__ import told
from tests.faults.blowing import weathered
from tests.faults.faults import FAULTS

SHORT = ("killed", "stopped", "failed-over", "connections", "locked")
SHORTEST = ("killed", "locked")
NEEDS_POSTGRESQL = {name for name in SHORT if FAULTS[name].kind == "postgresql"}


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name,
            marks=[
                *([pytest.mark.postgres] if name in NEEDS_POSTGRESQL else []),
                *([] if name in SHORTEST else [pytest.mark.long]),
            ],
        )
        for name in SHORT
    ],
)
def test_what_is_told_to_be_done_is_on_record_whatever_happens(name: str, tmp_path: Path) -> None:
    fault = FAULTS[name]
    found = weathered(fault, tmp_path, messages=0, scale=0.5)
    assert found.is_well(fault), "\n".join(told(fault, found))
    if found.again:
        assert found.said.count("\n") == 0, "one sentence"
    if name in ("failed-over", "connections", "locked"):
        assert found.said == (
            "I cannot reach the database just now, so nothing was written. Please try again in a "
            "minute."
        )
