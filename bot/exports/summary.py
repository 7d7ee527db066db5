"""The first sheet: what the whole comes to, and how to read the rest."""

from collections import Counter
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot import blockers as hurdles
from bot import scope, workdays
from bot.condition import Light
from bot.exports.material import MOST_CHANGES, PORTFOLIO, Material
from bot.exports.standing import light_cell
from bot.gaps import gaps
from bot.health import Health, health
from bot.people import Person
from bot.project import Project
from bot.sheets import Cell, Column, Look, Row, Sheet

COLUMNS = (Column("", 24, Look.LABEL), Column("", 90))
MOST_WORRIES = 12
LEGEND = (
    ("▲ Red", "something is blocked, past its due date, or a target is missed"),
    (
        "◆ Amber",
        "something is at risk, nobody is accountable for what is under way, or the end has slipped",
    ),
    ("● Green", "nothing of that"),
    ("Slip", "the due date as forecast minus the first one ever set, which never changes"),
    ("Gap closed", "how much of the way from the metric's first value to its target is done"),
    ("A, R, C, I", "accountable (one), responsible, consulted, informed"),
    ("vacant", "a seat that nobody fills yet; the job role above it says who is wanted"),
    ("Gap", "an open stage or component without an active A or R"),
)


def summary(material: Material) -> Sheet:
    stood = {
        project.id: health(
            project,
            material.people,
            material.today,
            material.zone,
            material.trends.get(project.id, ()),
        )
        for project in material.projects
    }
    rows: list[Row] = [
        [Cell(_title(material), Look.TITLE)],
        [],
        *_head(material),
        *_section("Where it stands"),
        *_lights(stood, material),
        ["Blocked", _blocked(material)],
        ["Risks and the like", _raid(material)],
        *_gaps(material),
    ]
    if is_one(material):
        rows += _scope(material.projects[0], material.people)
    elif worries := _worries(material, stood):
        rows += [*_section("What is red"), *worries]
    rows += [*_section("How to read this"), *([label, words] for label, words in LEGEND)]
    return Sheet("Summary", COLUMNS, rows, keys=0, headed=False)


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
    if not is_one(material):
        rows.append(["Projects", str(len(material.projects))])
    if private:
        words = f"Contains private projects: {', '.join(private)}."
        ask = "Pass it on only to people who may know of them."
        rows.append([Cell("Private", Look.LABEL), Cell(f"{words} {ask}", Look.GAP)])
    if material.more_changes:
        rows.append(["Changes", f"the newest {MOST_CHANGES:,}; older ones are left out"])
    return rows


def _lights(stood: dict[int, Health], material: Material) -> list[Row]:
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
    return [[light_cell(light), f"{counts[light]}"] for light in Light if counts[light]]


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


def _gaps(material: Material) -> list[Row]:
    """How many seats are open, and first of all what is under way with nobody accountable."""
    found = [gap for project in material.projects for gap in gaps(project, material.people)]
    unowned = [gap for gap in found if gap.is_unowned]
    rows: list[Row] = [
        [Cell("No accountable", Look.GAP), f"{gap.item.title} ({gap.project.name})"]
        for gap in unowned[:MOST_WORRIES]
    ]
    return [*rows, ["Seats without anybody", str(len(found))]]


def _worries(material: Material, stood: dict[int, Health]) -> list[Row]:
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
