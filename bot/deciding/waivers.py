"""Which rule of the linter is set aside, where, how long and why."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.changes import WaiverChanged
from bot.deciding.projects import refuse_archived
from bot.deciding.texts import LONGEST_NOTE, checked_text
from bot.errors import Refused, Why
from bot.project import Item, Project
from bot.waivers import Waiver

LONGEST = timedelta(days=366)
"""A waiver is for a while: what shall never be applied is no rule."""


def waive(
    project: Project,
    item: Item | None,
    rule: str,
    last_day: date,
    reason: str,
    present: Iterable[Waiver],
    today: date,
) -> WaiverChanged:
    """Set a rule aside up to and with `last_day`; one that is set aside already gets the new day
    and reason. `Refused` for a day that is past, or more than a year ahead.
    """
    refuse_archived(project)
    if not today <= last_day <= today + LONGEST:
        raise Refused(Why.WAIVER_DAY, {"date": last_day.isoformat()}, field="until")
    reason = checked_text(reason, LONGEST_NOTE, "reason")
    before = held(present, item, rule)
    after = Waiver(rule, item.id if item else None, reason, last_day)
    if before is not None and (before.reason, before.last_day) == (reason, last_day):
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title if item else project.name})
    return WaiverChanged(project.id, after.item, rule, before, after)


def end_waiver(
    project: Project, item: Item | None, rule: str, present: Iterable[Waiver]
) -> WaiverChanged:
    """Apply a rule again before its waiver is over. `Refused` where there is none."""
    refuse_archived(project)
    before = held(present, item, rule)
    if before is None:
        facts = {"rule": rule, "item": item.title if item else project.name}
        raise Refused(Why.NO_WAIVER, facts)
    return WaiverChanged(project.id, before.item, rule, before, None)


def held(present: Iterable[Waiver], item: Item | None, rule: str) -> Waiver | None:
    """The waiver of exactly this rule and item; of several, the last one given."""
    key = item.id if item else None
    same = [one for one in present if one.rule == rule and one.item == key]
    return max(same, key=lambda one: one.id, default=None)
