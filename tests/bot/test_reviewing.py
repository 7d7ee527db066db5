"""What becomes of the reviews that are asked for, from one look to the next."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.evidence import Sighting, looked
from bot.reviewing import Came, Turn, turns
from bot.sources.base import PullRequest, PullState
from tests.support.clock import T0
from tests.support.evidence import PULL

HOUR = timedelta(hours=1)
FREE = replace(PULL, requested=(), asked={})
ASKED = replace(PULL, requested=("Bea-X",), asked={"Bea-X": T0}, asked_by={"Bea-X": "ana-s"})
ASKS = Turn("Bea-X", Came.ASKED, T0, "ana-s")


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (None, ASKED, [ASKS]),
        (FREE, ASKED, [ASKS]),
        (ASKED, ASKED, []),
        (ASKED, replace(ASKED, requested=("bea-x",), asked={"bea-x": T0}), []),
        (ASKED, replace(ASKED, asked={"Bea-X": T0 + HOUR}), [replace(ASKS, since=T0 + HOUR)]),
        (ASKED, replace(ASKED, asked={"Bea-X": T0 - HOUR}), []),
        (FREE, replace(ASKED, asked_by={}), [replace(ASKS, by="bea-x")]),
        (FREE, replace(ASKED, is_bot=True), []),
        (FREE, replace(ASKED, state=PullState.DRAFT), []),
        (replace(ASKED, state=PullState.DRAFT), ASKED, [ASKS]),
        (ASKED, FREE, [Turn("Bea-X", Came.WITHDRAWN)]),
        (
            ASKED,
            replace(FREE, opinions={"bea-x": "approved"}),
            [Turn("Bea-X", Came.REVIEWED, opinion="approved")],
        ),
        (ASKED, replace(ASKED, state=PullState.DRAFT), [Turn("Bea-X", Came.DRAFT)]),
        (ASKED, replace(ASKED, state=PullState.MERGED), [Turn("Bea-X", Came.MERGED)]),
        (ASKED, replace(FREE, state=PullState.CLOSED), [Turn("Bea-X", Came.CLOSED)]),
        (
            ASKED,
            replace(FREE, state=PullState.MERGED, opinions={"Bea-X": "approved"}),
            [Turn("Bea-X", Came.REVIEWED, opinion="approved")],
        ),
        (None, replace(ASKED, state=PullState.MERGED), []),
    ],
)
def test_g2_every_step_of_a_review_is_told(
    before: PullRequest | None, after: PullRequest, found: list[Turn]
) -> None:
    assert list(turns(before, after)) == found


def test_g2_a_team_is_told_apart_from_a_person() -> None:
    team = replace(FREE, requested=("acme/ml", "bea-x"))
    assert [turn.is_team for turn in turns(FREE, team)] == [True, False]


def test_g4_since_when_is_kept_where_the_host_does_not_tell() -> None:
    silent = replace(FREE, requested=("bea-x",))
    first = looked(Sighting(PULL.ref), silent, T0)
    later = looked(first, silent, T0 + HOUR)
    assert later.seen == replace(silent, asked={"bea-x": T0})
    assert later.changed_at == T0
    free = looked(later, FREE, T0 + 2 * HOUR)
    again = looked(free, silent, T0 + 3 * HOUR)
    assert again.seen == replace(silent, asked={"bea-x": T0 + 3 * HOUR})
    told = looked(again, replace(silent, asked={"bea-x": T0 - HOUR}), T0 + 4 * HOUR)
    assert told.seen == replace(silent, asked={"bea-x": T0 - HOUR})
