"""Projects and stages over the weeks: bars that the spreadsheet paints by the days beside them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from bot.exports.healths import Healths
from bot.exports.material import Material
from bot.exports.standing import STATUSES, light_cell, ordered, owner
from bot.health import baseline_end, days_late, forecast_end, is_pending
from bot.hindsight import Course
from bot.project import Item, Project, Status
from bot.sheets import EPOCH, Cell, Column, Look, Row, Rule, Sheet, letters_of, plain
from bot.slips import slip

NAME = "Timeline"
FIXED = (
    Column("Project", 27, Look.KEY),
    Column("Stage or component", 24, Look.TEXT),
    Column("Status", 14),
    Column("Accountable", 22),
    Column("From", 11, Look.DAY),
    Column("Baseline", 11, Look.DAY),
    Column("To", 11, Look.DAY),
    Column("Slip, days", 6, Look.WHOLE),
    Column("How late", 20),
    Column("Before", 8, Look.QUIET),
)
WHOLE = "the whole project"
WEEK = timedelta(days=7)
WEEKS_BACK, MOST_WEEKS = 8, 40
NARROW = 2.6
A_STAGE = timedelta(days=14)
"""How long something is thought to last of which nothing tells when it begins."""
_NOTES = (
    "A bar lasts from when something went under way (else from when what comes before it is due, "
    "else two weeks) to when it is due, or was done.",
    "Dark: the whole project; green: done; red: blocked; amber: what is later than first planned; "
    "red hatching: overdue until now. The column How late says the same in words.",
    "Weeks begin on Mondays; this one is dark above. What was before the first one stands under "
    "Before: “◂ done” (or due) where all of it was, “◂” where it only began.",
)


def timeline(material: Material, stood: Healths) -> Sheet:
    rows: list[Row] = []
    for project in material.projects:
        rows += _project(project, material, stood)
    weeks = _weeks(rows, material.today)
    rows = [[*row, _before(row, weeks)] for row in rows]
    columns = [*FIXED, *_columns(weeks, material.today)]
    return Sheet(
        NAME,
        columns,
        rows,
        keys=2,
        totals=[[Cell(words, Look.NOTE)] for words in _NOTES] if weeks else [],
        rules=list(_rules(weeks, material.today)) if weeks else [],
    )


def _project(project: Project, material: Material, stood: Healths) -> Iterator[Row]:
    """A project and, below it, what of it has a day or is under way."""
    told: list[Row] = []
    course = material.courses.get(project.id, Course())
    latest: date | None = None
    for stage, component in ordered(project):
        item = component or stage
        until = _until(item, material)
        begun = _begun(item, until, latest, course, material)
        if component is None:
            latest = max(filter(None, (latest, until)), default=None)
        if until or item.status.is_under_way:
            told.append(_row(project, item, component is not None, begun, until, material))
    starts = [row[4] for row in told if isinstance(row[4], date)]
    first, last = baseline_end(project), forecast_end(project)
    light = stood.now[project.id].light
    yield [
        project.name,
        Cell(WHOLE, Look.KEY),
        light_cell(light),
        _lead(project, material),
        min(starts, default=None),
        first,
        last,
        slip(first, last) or None,
        _whole_lateness(project, first, last, material.today),
    ]
    yield from told


def _lead(project: Project, material: Material) -> str | None:
    lead = material.people.get(project.lead) if project.lead is not None else None
    return lead.name if lead else None


def _row(
    project: Project,
    item: Item,
    is_component: bool,
    begun: date | None,
    until: date | None,
    material: Material,
) -> Row:
    skipped = item.status is Status.SKIPPED
    return [
        Cell(project.name, Look.QUIET),
        f"– {item.title}" if is_component else item.title,
        STATUSES[item.status],
        owner(project, item, material.people, material.acting.get(project.id, {})),
        begun,
        item.baseline_due,
        until,
        None if skipped else slip(item.baseline_due, until) or None,
        _lateness(item, until, material.today),
    ]


def _lateness(item: Item, until: date | None, today: date) -> str | None:
    """How it goes against its days, in words: what a bar's colour says, for those who see none."""
    if late := days_late(item, today):
        return f"{_days(late)} overdue"
    moved = slip(item.baseline_due, until) or 0
    if item.status is Status.DONE:
        return f"done {_against(moved)}"
    return f"planned {_days(moved)} later" if moved > 0 else None


def _whole_lateness(
    project: Project, first: date | None, last: date | None, today: date
) -> str | None:
    if last and last < today and any(map(is_pending, project.items)):
        return f"{_days((today - last).days)} overdue"
    moved = slip(first, last) or 0
    return f"planned {_days(moved)} later" if moved > 0 else None


def _against(moved: int) -> str:
    return f"{_days(abs(moved))} {'late' if moved > 0 else 'early'}" if moved else "on its day"


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def _before(row: Row, weeks: list[date]) -> str | None:
    """What there is of a bar before the first week that is shown."""
    begun, until = row[4], row[6]
    if not weeks or not isinstance(begun, date) or begun >= weeks[0]:
        return None
    if not isinstance(until, date) or until >= weeks[0]:
        return "◂"
    is_done = str(plain(row[2])).startswith("✓")
    return "◂ done" if is_done else "◂ due"


def _begun(
    item: Item, until: date | None, latest: date | None, course: Course, material: Material
) -> date | None:
    """When it went under way, as far as the record tells; else what is likely."""
    under_way = (one.since for one in course.statuses.get(item.id, ()) if one.status.is_under_way)
    begun = material.day(next(under_way, None))
    if begun is None and item.status.is_under_way:
        begun = material.day(item.updated)
    if until is None:
        return begun
    if begun is None:
        begun = latest if latest is not None and latest < until else until - A_STAGE
    return min(begun, until)


def _until(item: Item, material: Material) -> date | None:
    if item.status is Status.SKIPPED:
        return None
    done = item.status is Status.DONE
    return material.day(item.updated) if done and item.updated else item.due


def _weeks(rows: list[Row], today: date) -> list[date]:
    """The Mondays of the weeks that are shown: those of the bars, at most `MOST_WEEKS`, of the past
    only the last ones.
    """
    days = [day for row in rows for day in (row[4], row[6]) if isinstance(day, date)]
    if not days:
        return []
    monday = today - timedelta(days=today.weekday())
    first = max(min(days) - timedelta(days=min(days).weekday()), monday - WEEK * WEEKS_BACK)
    first = min(first, monday)
    last = max(*days, monday)
    count = min(MOST_WEEKS, (last - first) // WEEK + 1)
    return [first + WEEK * at for at in range(count)]


def _columns(weeks: list[date], today: date) -> Iterator[Column]:
    """Under their months, of which one with a single week has no room for its name."""
    months = Counter((week.year, week.month) for week in weeks)
    for week in weeks:
        is_now = week <= today < week + WEEK
        look = Look.WEEK_NOW if is_now else Look.WEEK
        month = f"{week:%b %Y}" if months[week.year, week.month] > 1 else " "
        yield Column("", NARROW, look, group=month, day=week)


def _rules(weeks: list[date], today: date) -> Iterator[Rule]:
    """For the first week's cell in the first row; the head above it is that week's Monday."""
    first, last = len(FIXED) + 1, len(FIXED) + len(weeks)
    week, row, now = f"{letters_of(first)}$2", 3, (today - EPOCH).days
    overdue = f'RIGHT($I{row},7)="overdue",$G{row}<{now},{week}<={now}'
    since = f"OR({week}>$G{row},{week}+7>{now})"
    yield Rule(first, last, f"AND({overdue},{since})", Look.BAR_LATE)
    here = f"$E{row}<{week}+7,$G{row}>={week}"
    for more, look in (
        (f',$F{row}<>"",{week}>$F{row}', Look.BAR_SLIP),
        (f',$B{row}="{WHOLE}"', Look.BAR_WHOLE),
        (f',LEFT($C{row},1)="✓"', Look.BAR_DONE),
        (f',LEFT($C{row},1)="▲"', Look.BAR_RED),
        ("", Look.BAR),
    ):
        yield Rule(first, last, f"AND({here}{more})", look)
