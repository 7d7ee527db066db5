"""What of a standup did not come, because its time was found too late."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.lateness import Downtime, Missed
from bot.moments import own_day
from bot.people import Person
from bot.standups.plan import Plan, report_day


@dataclass(frozen=True, slots=True)
class MissedDay:
    """A day on which `people` were not asked, or (`is_unreported`) nothing was told; and why."""

    day: date
    people: int
    is_unreported: bool
    down: Downtime | None


def missed_days(
    missed: Sequence[Missed], plan: Plan, people: Mapping[int, Person]
) -> tuple[MissedDay, ...]:
    """By day, the latest first: of a question the day of the one who was to be asked."""
    found: dict[date, list[Missed]] = defaultdict(list)
    for one in missed:
        if one.person is None:
            found[report_day(plan, one.slot)].append(one)
        elif one.person in people:
            found[own_day(one.slot, people[one.person].timezone)].append(one)
    return tuple(
        MissedDay(
            day,
            len({one.person for one in some} - {None}),
            any(one.person is None for one in some),
            next((one.down for one in some if one.down), None),
        )
        for day, some in sorted(found.items(), reverse=True)
    )
