"""The last sheet: how to read the others, and the closed lists that their columns choose from."""

from collections.abc import Iterable

from bot import glossary
from bot.condition import Light
from bot.exports.material import Material
from bot.exports.standing import STATUSES, light_cell
from bot.project import CLOSED, Letter, PersonHolder
from bot.raid import Level
from bot.sheets import Cell, Column, Content, Look, Row, Sheet, Span
from bot.telling.holders import person_name

NAME = "Lists & README"
STATUS, LETTER, HEALTH, LEVEL, PERSON = (
    "List_Status",
    "List_Letter",
    "List_Health",
    "List_Level",
    "List_Person",
)
"""The closed lists, by the names under which columns choose from them."""

COLUMNS = (
    Column("", 24, Look.LABEL),
    Column("", 96),
    Column("", 3, Look.PLAIN),
    Column("Status", 16),
    Column("Letter", 8),
    Column("Health", 16),
    Column("Rating", 10),
    Column("People", 30),
)
_FIRST_LIST = 4
_HEALTH = {
    Light.RED: "something is blocked, past its due date, or a target is missed",
    Light.AMBER: "something is at risk, nobody is accountable for what is under way, or the end "
    "has slipped",
    Light.HOLD: "what is left is on hold",
    Light.GREY: "nothing has begun",
    Light.GREEN: "nothing is blocked, late or at risk",
    Light.DONE: "everything is done, and every target met or said why not",
}
WORDS = (
    *((letter.value, glossary.meaning(letter)) for letter in glossary.LETTERS),
    ("vacant", glossary.TERMS["Vacant"]),
    *((word, glossary.TERMS[word]) for word in ("Gap", "Slip", "Gap closed")),
)
SHEETS = (
    ("Summary", "what the whole comes to: what to decide, what may go wrong, what nobody owns"),
    ("Portfolio", "a row a project"),
    ("Timeline", "stages over the weeks, as bars"),
    ("Matrix", "a row a stage, a column a person; for up to 30 projects"),
    ("RACI", "every letter as a row of its own; what edits are read from"),
    ("Risks & decisions", "what may go wrong, and what was decided by whom"),
    ("Blockers, Gaps", "what is in the way, and what nobody holds or says"),
    ("Milestones", "days that were promised, and how often they moved"),
    ("Load", "letters a person, over all projects; counted by formulas"),
    ("Trend, Burn-up", "health, stages and metrics week by week, with charts"),
    ("Changes", "who changed what, when and from where"),
    ("Standups", "how many took part; nobody is ranked"),
    ("Stages, Links", "every stage with its dates; pull requests, runs and documents"),
    ("Hidden sheets", "those in which nothing would stand; a spreadsheet shows them if asked"),
)


def readme(material: Material) -> Sheet:
    left = [*_texts(material)]
    lists: list[list[Content]] = [
        list(STATUSES.values()),
        [*Letter],
        [light_cell(light) for light in Light],
        [level.value for level in Level],
        list(_people(material)),
    ]
    heads: list[Content] = [Cell(one.head, Look.SECTION) for one in COLUMNS[_FIRST_LIST - 1 :]]
    depth = max(len(left), 1 + max(map(len, lists)))
    rows: list[Row] = []
    for at in range(depth):
        words = left[at] if at < len(left) else (None, None)
        values = heads if not at else [one[at - 1] if at <= len(one) else None for one in lists]
        rows.append([*words, None, *values])
    spans = {
        name: Span(_FIRST_LIST + at, 2, 1 + max(1, len(lists[at])))
        for at, name in enumerate((STATUS, LETTER, HEALTH, LEVEL, PERSON))
    }
    return Sheet(
        NAME,
        COLUMNS,
        rows,
        keys=0,
        headed=False,
        lists=spans,
        printed=2,
        pages_tall=1,
        framed=False,
    )


def _people(material: Material) -> Iterable[str]:
    """Whoever has something to do with these projects and is still there, by name. Others may be
    typed: a name alone may hint at a project that the reader is not to know of.
    """
    keys = {
        one.holder.person
        for project in material.projects
        for item in project.items
        for one in item.assignments
        if isinstance(one.holder, PersonHolder)
    }
    keys |= {project.lead for project in material.projects if project.lead is not None}
    known = (material.people[key] for key in keys if key in material.people)
    names = {person_name(one) for one in known if one.active}
    return sorted(names, key=lambda name: (name.casefold(), name))


def _texts(material: Material) -> Iterable[tuple[Content, Content]]:
    title = Cell("How to read and use this workbook", Look.TITLE)
    yield title, Cell(None, Look.QUIET)
    yield Cell("Export", Look.LABEL), material.code or "without an id"
    yield (
        Cell("What the id is for", Look.LABEL),
        "It is made of what stands in the tables: the same data has the same id. Hand an edited "
        "file back to Charter, and it knows by this id and by the hidden ID columns what you "
        "changed, and what others changed meanwhile.",
    )
    yield (
        Cell("To edit", Look.LABEL),
        "Change letters and people in the sheet RACI, dates and status in Stages. Leave the hidden "
        "ID columns as they are; rows may be sorted, added and taken out. Charter stays the "
        "truth: it shows first what it would change.",
    )
    yield Cell(None, Look.LABEL), None
    yield Cell("Health", Look.SECTION), Cell("the worst of what is so", Look.QUIET)
    for light, words in _HEALTH.items():
        yield light_cell(light), words
    yield Cell(None, Look.LABEL), None
    yield Cell("Status", Look.SECTION), Cell("of a stage or component", Look.QUIET)
    for status, shown in STATUSES.items():
        closed = "nothing is left to do there" if status in CLOSED else "open"
        yield shown, closed
    for head, told in (("Words", WORDS), ("Sheets", SHEETS)):
        yield Cell(None, Look.LABEL), None
        yield Cell(head, Look.SECTION), None
        for label, words in told:
            yield Cell(label, Look.LABEL), words
