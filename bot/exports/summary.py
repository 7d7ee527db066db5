"""The first sheet: what the whole comes to, and how to read the rest."""

from collections import Counter
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from bot import blockers as hurdles
from bot import scope, workdays
from bot.brief import Line, Section
from bot.condition import Light
from bot.exports.gaps import NAME as GAPS
from bot.exports.healths import Healths
from bot.exports.lists import NAME
from bot.exports.material import MOST_CHANGES, PORTFOLIO, Material
from bot.exports.since import since_words, told_since
from bot.exports.standing import light_cell
from bot.gaps import gaps
from bot.health import Health
from bot.people import Person
from bot.project import Letter, Project
from bot.sheets import Cell, Chart, Column, Drawn, Look, Row, Series, Sheet, Span

COLUMNS = (Column("", 26, Look.LABEL), Column("", 92), Column("", 2, Look.PLAIN))
TOLD = (
    (Section.WANTED, "Decisions needed"),
    (Section.RISKS, "Top risks"),
    (Section.UNOWNED, "Under way, and nobody accountable"),
    (Section.WORSE, "Turned worse within a week"),
)
MOST_WORRIES = 12
MOST_ON_A_PAGE = 64
"""Rows that can still be read where all of them are on one page."""


def summary(material: Material, judged: Healths) -> Sheet:
    stood = judged.now
    rows: list[Row] = [
        [Cell(_title(material), Look.TITLE)],
        [],
        *_head(material),
        *_section("Where it stands"),
    ]
    first = len(rows) + 1
    lights = _lights(stood, material)
    rows += lights
    rows += [
        ["Blocked", _blocked(material)],
        ["Risks and the like", _raid(material)],
        ["Seats without anybody", _open_seats(material)],
    ]
    for section, title in TOLD:
        rows += _lines(section, title, material)
    if is_one(material):
        rows += _scope(material.projects[0], material.people)
    elif worries := _worries(material, stood):
        rows += [*_section("What is red"), *worries]
    charts = [] if is_one(material) else _charts(lights, first)
    return Sheet(
        "Summary",
        COLUMNS,
        rows,
        keys=0,
        headed=False,
        pages_tall=1 if len(rows) <= MOST_ON_A_PAGE else 0,
        charts=charts,
        framed=False,
    )


def _charts(lights: Sequence[Row], first: int) -> list[Chart]:
    if not lights:
        return []
    last = first + len(lights) - 1
    counts = Series("Projects", Span(2, first, last), Look.BAR)
    looks = [cell.look for row in lights if isinstance(cell := row[0], Cell)]
    labels = Span(1, first, last)
    height = 2.5 + 0.9 * len(lights)
    return [Chart("Projects by health", Drawn.BARS, labels, [counts], 4, 3, 9, height, looks=looks)]


def _lines(section: Section, title: str, material: Material) -> list[Row]:
    """What a leader should know of one kind: who must do it, by when, and why it is told."""
    found = material.lines.get(section, ())
    if not found:
        return [[], [Cell(title, Look.SECTION), Cell("none", Look.NOTE)]]
    rows: list[Row] = [
        [
            Cell(line.project.name, Look.LABEL),
            f"{line.what}{_who(line, material.people)}. {_sentence(line.why)}",
        ]
        for line in found[:MOST_WORRIES]
    ]
    if len(found) > MOST_WORRIES:
        rows.append([None, Cell(f"and {len(found) - MOST_WORRIES} more", Look.QUIET)])
    return [*_section(f"{title} ({len(found)})"), *rows]


def _who(line: Line, people: Mapping[int, Person]) -> str:
    names = ", ".join(people[key].name for key in line.who if key in people)
    told = [names, f"by {line.by.isoformat()}" if line.by else ""]
    words = ", ".join(part for part in told if part)
    return f" ({words})" if words else ""


def _sentence(words: str) -> str:
    return f"{_capital(words)}." if words else ""


def _section(title: str) -> list[Row]:
    return [[], [Cell(title, Look.SECTION)]]


def is_one(material: Material) -> bool:
    return material.title != PORTFOLIO and len(material.projects) == 1


def _title(material: Material) -> str:
    return "Portfolio" if not is_one(material) else material.title


def _head(material: Material) -> list[Row]:
    local = material.now.astimezone(ZoneInfo(material.zone))
    private = [project.name for project in material.projects if project.private]
    rows: list[Row] = [
        ["As of", f"{local:%Y-%m-%d %H:%M} ({material.zone}); all times and days are of that zone"],
        ["Made for", material.reader or "everybody: public projects only"],
    ]
    if material.code:
        rows.append(["Export", f"{material.code}; the same data has the same id"])
    rows.append(["How to read it", f"the sheet {NAME}, the last one, says what all of this means"])
    if words := since_words(material):
        where = "; the sheet Changes has them" if told_since(material) else ""
        rows.append(["Changes", f"{words}{where}"])
    if not is_one(material):
        rows.append(["Projects", str(len(material.projects))])
    if material.left:
        rows.append(["Left out", "; ".join(material.left)])
    if private:
        words = f"Contains private projects: {', '.join(private)}."
        ask = "Pass it on only to people who may know of them."
        rows.append([Cell("Private", Look.LABEL), Cell(f"{words} {ask}", Look.GAP)])
    if material.more_changes:
        rows.append(["Changes", f"the newest {MOST_CHANGES:,}; older ones are left out"])
    return rows


def _lights(stood: Mapping[int, Health], material: Material) -> list[Row]:
    """How many projects there are of each light; of a single one the reason, and all it is of."""
    if is_one(material):
        [one] = stood.values()
        said = one.words(material.people) if one.opinion else one.reason
        ratings: list[Row] = [
            [rating.dimension.value.capitalize(), f"{rating.light.words}: {rating.sentence}"]
            for rating in one.ratings
        ]
        return [[light_cell(one.light), said], *ratings]
    counts = Counter(one.light for one in stood.values())
    return [
        [light_cell(light), Cell(counts[light], Look.PLAIN)] for light in Light if counts[light]
    ]


def _raid(material: Material) -> str:
    """How many risks, assumptions, issues and dependencies are open, and how many need a look."""
    every = [one for project in material.projects for one in project.raid if one.is_open]
    grave = sum(one.is_grave for one in every)
    past = sum(one.is_past(material.today) for one in every)
    return (
        f"{len(every)} open, {grave} of them high in likelihood and impact, {past} past their day"
    )


def _blocked(material: Material) -> str:
    ages = [
        hurdles.age(project, item, blocker, material.people, material.today, material.zone)
        for project in material.projects
        for item in project.items
        for blocker in hurdles.of(item)
    ]
    known = [age for age in ages if age is not None]
    oldest = f", the oldest for {workdays.words(max(known))}" if known else ""
    return f"{len(ages)}{oldest}"


def _open_seats(material: Material) -> str:
    """Of which letters, and how many hold up what is under way: those alone are named below."""
    found = [gap for project in material.projects for gap in gaps(project, material.people)]
    counts = Counter(gap.missing for gap in found)
    if not found:
        return "0"
    unowned = sum(gap.is_unowned for gap in found)
    accountable = f"{counts[Letter.A]} accountable ({unowned} for what is under way)"
    responsible = f"{counts[Letter.R]} responsible"
    return f"{len(found)}: {accountable}, {responsible}; the sheet {GAPS} names them"


def _worries(material: Material, stood: Mapping[int, Health]) -> list[Row]:
    red = [one for one in material.projects if stood[one.id].light is Light.RED]
    rows: list[Row] = [
        [Cell(one.name, Look.RED), stood[one.id].reason] for one in red[:MOST_WORRIES]
    ]
    if len(red) > MOST_WORRIES:
        rows.append([None, f"and {len(red) - MOST_WORRIES} more; the Portfolio sheet has them all"])
    return rows


def _scope(project: Project, people: Mapping[int, Person]) -> list[Row]:
    """What the one project is for, who signed it off, and whether it is worth doing."""
    present = project.scope
    rows: list[Row] = [
        [_capital(field.words), scope.worded(field.name, text, people)]
        for field in scope.FIELDS
        if (text := scope.value(present, field.name))
    ]
    rows += [["Link", Cell(link.title or link.url, Look.LINK, link.url)] for link in present.links]
    if present.version:
        rows.insert(0, ["Version", _signed(project, people)])
    if present.verdict:
        rows.append(["Verdict", f"{present.verdict.call.value}: {present.verdict.reason}"])
    return [*_section("What it is for"), *rows] if rows else []


def _signed(project: Project, people: Mapping[int, Person]) -> str:
    present, signed = project.scope, project.scope.approval
    if signed is None:
        return f"v{present.version}, not approved yet"
    by = people[signed.by].name if signed.by in people and signed.by else "the operator"
    since = ", changed since" if scope.is_stale(present) else ""
    return f"v{present.version}, approved v{signed.version} by {by}{since}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
