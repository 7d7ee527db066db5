"""The form in which a digest is set: a channel's, or one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.cadence import MORNING, Cadence, DigestPlan, ordinal
from bot.commands import read_zone
from bot.digests import DigestShown, OwnDigestShown
from bot.errors import BadInput, Why
from bot.orders import SetDigest, SetOwnDigest
from bot.presence import NO_HOLIDAYS, region
from bot.recurrence import EVERY_DAY, LAST, MOST, WORKDAYS
from bot.workdays import WEEK
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import Block, View, bold, name, paragraph
from handlers.views.modals.fields import (
    checks,
    clock,
    clock_of,
    field,
    option,
    option_of,
    options_of,
    radio,
    select,
    text_input,
    text_of,
    tick,
    ticked,
)
from handlers.views.modals.frame import modal

_OFTEN = [
    option(Cadence.DAILY, "Daily", "On all the days that are ticked below"),
    option(Cadence.WEEKLY, "Weekly", "On the one day that is ticked"),
    option(Cadence.BIWEEKLY, "Every other week", "On the one day that is ticked, from the next on"),
    option(Cadence.MONTHLY, "Monthly", "As chosen under “In a month”"),
]
_WORKING, _TICKED, _DATE = "working", "ticked", "date"
_WHICH = {1: "First", 2: "Second", 3: "Third", 4: "Fourth", LAST: "Last"}
_USUAL = f"{_WORKING}/{LAST}"


def digest(shown: DigestShown) -> View:
    """How a channel's digest is to be."""
    what = paragraph("What ", bold(f"#{name(shown.place.name)}"), " is told of its projects.")
    hint = "Left empty: where you are. A city or a zone, such as Berlin or Europe/Berlin."
    has_holidays = bool(shown.plan and shown.plan.region)
    return _form(what, shown.plan, hint, {"r": True} if has_holidays else {})


def own_digest(shown: OwnDigestShown) -> View:
    """How somebody's own digest is to be."""
    what = paragraph("What you are told of your own projects, by direct message.")
    hint = "Left empty: wherever you are. A city or a zone, such as Berlin or Europe/Berlin."
    return _form(what, shown.plan, hint, {"m": 1})


def _form(what: Block, plan: DigestPlan | None, zone: str, values: Values) -> View:
    hint = (
        "A daily digest does not come on them, and they are no working days of a month. Such as "
        "DE-BY, US-CA or Scotland; none for no holidays."
    )
    # A channel has none by itself; who is told of their own projects has theirs.
    free = [] if "m" in values else holidays(plan, hint)
    return modal(Form.DIGEST, "Digest", "Save", [what, *when(plan, zone, free)], values)


def when(plan: DigestPlan | None, zone: str, more: Sequence[Block] = ()) -> list[Block]:
    """The fields that say how often something comes, at what time, and what it does where nothing
    has changed; `zone` is the hint of that field, `more` stands after it.
    """
    often = plan.cadence if plan else Cadence.WEEKLY
    days = plan.days if plan and _by_week(plan) else frozenset({0})
    week = [option(str(number), day) for number, day in enumerate(WEEK)]
    return [
        field("often", "How often", radio(_OFTEN, often)),
        field("days", "Days", checks(week, [str(day) for day in sorted(days)]), optional=True),
        field("month", "In a month", select(_MONTH, _month(plan)), optional=True),
        field("at", "Time", clock(plan.at if plan else MORNING)),
        field("zone", "Time zone", text_input(plan.zone if plan else ""), hint=zone, optional=True),
        *more,
        field(
            "beat",
            "Where nothing has changed",
            tick("Say so in one line", ticked=bool(plan and plan.heartbeat)),
            optional=True,
        ),
    ]


def holidays(plan: DigestPlan | None, hint: str) -> list[Block]:
    there = text_input(plan.region if plan else "")
    return [field("holidays", "Public holidays", there, hint=hint, optional=True)]


def _by_week(plan: DigestPlan) -> bool:
    """Whether its days say something where it is no monthly one on a day of the month."""
    return plan.cadence is not Cadence.MONTHLY or plan.days != EVERY_DAY


_MONTH = [
    *(option(f"{_WORKING}/{nth}", f"{_WHICH[nth]} working day") for nth in (1, LAST)),
    *(
        option(f"{_TICKED}/{nth}", f"{which} of the day that is ticked")
        for nth, which in _WHICH.items()
    ),
    *(option(f"{_DATE}/{nth}", f"The {ordinal(nth)}") for nth in range(1, MOST + 1)),
    option(f"{_DATE}/{LAST}", "The last day"),
]


def _month(plan: DigestPlan | None) -> str:
    if plan is None or plan.cadence is not Cadence.MONTHLY:
        return _USUAL
    if plan.days == EVERY_DAY:
        return f"{_DATE}/{plan.nth}"
    return f"{_TICKED if len(plan.days) == 1 else _WORKING}/{plan.nth}"


def read_digest(view: Mapping[str, Any]) -> SetDigest | SetOwnDigest:
    """What the form orders. `BadInput` where the days do not go with how often it comes."""
    wanted = read_when(view)
    kept = unpack(view.get("private_metadata", ""))
    if "m" in kept:
        return SetOwnDigest(wanted)
    return replace(wanted, region=read_holidays(view))


def read_when(view: Mapping[str, Any]) -> SetDigest:
    """How often something is to come. `BadInput` where the days do not go with that."""
    at = clock_of(view, "at")
    if at is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "time"}, "at")
    often = Cadence(option_of(view, "often") or Cadence.WEEKLY)
    days = frozenset(int(day) for day in options_of(view, "days"))
    zone = text_of(view, "zone").strip()
    nth = 0
    if often is Cadence.MONTHLY:
        days, nth = _of_month(option_of(view, "month") or _USUAL, days)
    elif (len(days) == 1) is (often is Cadence.DAILY) or not days:
        raise BadInput(Why.DIGEST_DAYS, {}, "days")
    return SetDigest(often, days, at, read_zone(zone) if zone else None, nth, ticked(view, "beat"))


def read_holidays(view: Mapping[str, Any]) -> str | None:
    """Whose holidays count; a field that was emptied (`r` is kept: it was not) means none."""
    kept = unpack(view.get("private_metadata", ""))
    free = text_of(view, "holidays").strip() or (NO_HOLIDAYS if "r" in kept else "")
    return region(free) if free else None


def _of_month(chosen: str, days: frozenset[int]) -> tuple[frozenset[int], int]:
    kind, _, number = chosen.partition("/")
    if kind == _DATE:
        return EVERY_DAY, int(number)
    if kind == _WORKING:
        return (days if len(days) > 1 else WORKDAYS), int(number)
    if len(days) != 1:
        raise BadInput(Why.DIGEST_DAYS, {}, "days")
    return days, int(number)
