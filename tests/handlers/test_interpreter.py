"""While Charter serves, no thread computes for long while others wait."""

import gc
import sys
from collections.abc import Iterator

import pytest

from handlers import interpreter


@pytest.fixture
def as_before() -> Iterator[None]:
    """Puts the interpreter back to how it was."""
    interval, threshold = sys.getswitchinterval(), gc.get_threshold()
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        gc.set_threshold(*threshold)
        gc.unfreeze()


@pytest.mark.usefixtures("as_before")
def test_threads_take_turns_quickly_and_what_was_imported_is_not_looked_at_again() -> None:
    interpreter.give_way()
    assert sys.getswitchinterval() == pytest.approx(interpreter.SWITCH_SECONDS)
    assert gc.get_threshold()[0] == interpreter.GARBAGE
    assert gc.get_freeze_count() > 10_000
    assert len(gc.get_objects()) < gc.get_freeze_count()
