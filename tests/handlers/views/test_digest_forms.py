"""The form in which a digest is set: what stands in it, and what it orders."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.cadence import Cadence, DigestPlan
from bot.digests import DigestShown, OwnDigestShown
from bot.errors import BadInput, Why
from bot.orders import SetDigest, SetOwnDigest
from bot.outcome import Place
from bot.recurrence import EVERY_DAY, LAST, WORKDAYS
from handlers.views import modals
from tests.handlers.views.test_modals import filled
from tests.handlers.views.worlds import sound_view

T0 = datetime(2026, 11, 23, 10, tzinfo=UTC)
NINE = time(9)
SUN_TO_THU = frozenset({6, 0, 1, 2, 3})
PLANS = [
    DigestPlan(Cadence.DAILY, SUN_TO_THU, NINE, "Asia/Dubai"),
    DigestPlan(Cadence.WEEKLY, frozenset({4}), time(16, 30), "UTC", heartbeat=True),
    DigestPlan(Cadence.BIWEEKLY, frozenset({1}), NINE, "UTC", first=date(2026, 12, 1)),
    DigestPlan(Cadence.MONTHLY, WORKDAYS, NINE, "UTC", LAST),
    DigestPlan(Cadence.MONTHLY, WORKDAYS, NINE, "UTC", LAST, region="DE-BY"),
    DigestPlan(Cadence.MONTHLY, SUN_TO_THU, NINE, "UTC", 1),
    DigestPlan(Cadence.MONTHLY, frozenset({4}), NINE, "UTC", 2),
    DigestPlan(Cadence.MONTHLY, EVERY_DAY, NINE, "UTC", 31),
    DigestPlan(Cadence.MONTHLY, EVERY_DAY, NINE, "UTC", LAST),
]


def shown(plan: DigestPlan | None) -> DigestShown:
    return DigestShown(Place("C1", "churn-radar"), plan, None, T0, T0, (), False)


def own(plan: DigestPlan | None) -> OwnDigestShown:
    return OwnDigestShown(plan, "Europe/Berlin", T0, T0, (), True)


@pytest.mark.parametrize("plan", PLANS)
def test_a_digest_that_is_not_changed_stays_as_it_is(plan: DigestPlan) -> None:
    as_it_is = SetDigest(plan.cadence, plan.days, plan.at, plan.zone, plan.nth, plan.heartbeat)
    view = sound_view(modals.digest(shown(plan)), "modal")
    assert modals.read_digest(filled(view)) == replace(as_it_is, region=plan.region or None)
    free = modals.read_digest(filled(view, holidays=""))
    assert free == replace(as_it_is, region="none" if plan.region else None)
    mine = modals.own_digest(own(plan))
    assert modals.read_digest(filled(sound_view(mine, "modal"))) == SetOwnDigest(as_it_is)


def test_a_new_one_is_weekly_on_monday_where_its_author_is() -> None:
    wanted = SetDigest(Cadence.WEEKLY, frozenset({0}), NINE, None, heartbeat=False)
    assert modals.read_digest(filled(modals.digest(shown(None)))) == wanted
    assert modals.read_digest(filled(modals.own_digest(own(None)))) == SetOwnDigest(wanted)


def test_a_digest_as_chosen() -> None:
    sent = filled(
        modals.digest(shown(PLANS[0])),
        often="monthly",
        days=["4"],
        month="ticked/-1",
        at="16:00",
        zone="berlin",
        beat=["yes"],
    )
    assert modals.read_digest(sent) == SetDigest(
        Cadence.MONTHLY, frozenset({4}), time(16), "Europe/Berlin", LAST, True
    )


@pytest.mark.parametrize(
    ("values", "why", "field"),
    [
        ({"often": "daily", "days": ["0"]}, Why.DIGEST_DAYS, "days"),
        ({"often": "daily", "days": []}, Why.DIGEST_DAYS, "days"),
        ({"often": "weekly", "days": ["0", "1"]}, Why.DIGEST_DAYS, "days"),
        ({"often": "biweekly", "days": []}, Why.DIGEST_DAYS, "days"),
        (
            {"often": "monthly", "days": ["0", "1"], "month": "ticked/1"},
            Why.DIGEST_DAYS,
            "days",
        ),
        ({"zone": "Atlantis"}, Why.BAD_ZONE, "zone"),
    ],
)
def test_what_does_not_go_together_is_said_under_its_field(
    values: dict[str, str | list[str]], why: Why, field: str
) -> None:
    with pytest.raises(BadInput) as caught:
        modals.read_digest(filled(modals.digest(shown(None)), **values))
    assert (caught.value.why, caught.value.field) == (why, field)
