"""Every change has its words, its rows and its right."""

from bot.changes import Change, kinds
from bot.needed import CHANGES
from bot.telling import _WORDS
from storage.writing import _WRITES


def test_every_change_is_told_written_and_allowed_to_somebody() -> None:
    every = set(kinds(Change))
    assert set(_WORDS) == every
    assert set(_WRITES) == every
    assert set(CHANGES) == every
