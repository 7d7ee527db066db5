"""What holds for every test: loopback only, a fixed time, repeatable properties, no quiet skips."""

import os
import sys
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support import clock

pytest_plugins = [
    "tests.support.brief",
    "tests.support.compiled",
    "tests.support.databases",
    "tests.support.loopback",
    "tests.support.never_skipped",
    "tests.support.redaction",
    "tests.support.servers",
    "tests.support.shell",
    "tests.support.unordered",
]

# Many tests start Python anew. Where the environment forbids to keep what was compiled, each start
# would compile all of Charter again, which takes longer than most of these tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# SQLite waits at each commit until the disk has it. In memory it need not wait, and works the same.
MEMORY = Path("/dev/shm")
ENOUGH = 4 * 1024**3
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and "PYTEST_DEBUG_TEMPROOT" not in os.environ:
    room = os.statvfs(MEMORY)
    if room.f_bavail * room.f_frsize >= ENOUGH and not room.f_flag & os.ST_NOEXEC:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)

# Shared machines stall at times: pytest's own limit guards against tests that hang.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("thorough", deadline=None, max_examples=3_000)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "dev")


@pytest.fixture(name="T0")
def fixed_time() -> datetime:
    """The time at which the test happens: Monday 23 November 2026, 10:00 UTC."""
    return clock.T0
