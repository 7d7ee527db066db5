"""Pull requests in digests: which, in which order, and for how long they wait."""

from dataclasses import replace
from datetime import time, timedelta

from bot.digests import Material, Window
from bot.digests.own import Held, compose_own
from bot.hours import Hours
from bot.project import Letter
from bot.sources.base import PullState, Review, Trouble, Why
from handlers.views.reviewers import hours_words
from tests.bot.support import BEA, CY, PEOPLE
from tests.bot.test_digests import DAY, LAST, linked, moved, only, project, stage
from tests.support.clock import T0
from tests.support.evidence import PULL

HOUR = timedelta(hours=1)


def test_pull_requests_that_wait_come_first_the_oldest_before() -> None:
    fresh = replace(PULL, number=8, asked={"cy-m": T0 - HOUR})
    merged = replace(PULL, number=9, state=PullState.MERGED)
    quiet = replace(PULL, number=10, state=PullState.MERGED)
    approved = replace(PULL, number=11, review=Review.APPROVED)
    evidence = (
        linked(merged, 3, T0 - DAY),
        linked(fresh, 2),
        linked(PULL, 1),
        linked(quiet, 4),
        linked(approved, 5),
    )
    part = only(project(stage()), evidence=evidence)
    assert [(one.seen.number, one.is_waiting) for one in part.pulls] == [
        (7, True),
        (8, True),
        (9, False),
    ]


def test_g4_a_digest_counts_a_wait_in_the_working_hours_of_who_is_asked() -> None:
    """Asked on Friday at 17:00 it is 2 hours on Monday at 10:00, of a day from 9:00 to 18:00."""
    monday = T0.replace(hour=9)  # 10:00 in Berlin
    pull = replace(
        PULL,
        requested=("Bea-X", "cy-m"),
        asked={"Bea-X": monday - timedelta(hours=65), "cy-m": monday - 2 * DAY},
        opened=monday - 30 * DAY,
    )
    nine_to_six = Hours("Europe/Berlin", quiet_until=time(9))
    window = Window(LAST, monday, "Europe/Berlin")
    asked = {"logins": {"bea-x": BEA, "cy-m": CY}, "hours": {BEA: nine_to_six}}
    [one] = only(
        project(stage()), window=window, evidence=(linked(pull),), edits=(moved(),), **asked
    ).pulls
    assert one.waits == {"bea-x": 2 * HOUR, "cy-m": HOUR}
    assert one.age == 2 * HOUR
    assert hours_words(one.age) == "2 h"
    told_cy = compose_own(
        Material((project(stage()),), PEOPLE, (moved(),), evidence=(linked(pull),), **asked),  # type: ignore[arg-type]  # as above
        window,
        PEOPLE[CY],
        {3: Held({7: frozenset({Letter.R})})},
        (),
    )
    assert [each.pull.age for each in told_cy.reviews] == [HOUR]


def test_of_whom_nobody_asked_it_is_since_it_was_opened() -> None:
    pull = replace(PULL, requested=(), asked={}, review=Review.NONE, opened=T0 - HOUR)
    [one] = only(project(stage()), evidence=(linked(pull),), edits=(moved(),)).pulls
    assert (one.age, one.waits) == (HOUR, {})


def test_g7_what_was_not_found_for_a_week_waits_no_more() -> None:
    def seen(days: int) -> int:
        one = linked(PULL)
        lost = replace(one.sighting, trouble=Trouble(Why.NOT_FOUND), seen_at=T0 - days * DAY)
        evidence = (replace(one, sighting=lost),)
        return len(only(project(stage()), evidence=evidence, edits=(moved(),)).pulls)

    assert (seen(6), seen(8)) == (1, 0)
