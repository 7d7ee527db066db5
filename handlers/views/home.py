"""Home: what waits for me, what I hold, what nobody holds, and all projects I may see."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import ShowBrief, ShowExports, spoken
from bot.home import Holding, HomePage, Leaf, Turned
from bot.outcome import Gap
from bot.people import Person
from bot.project import Letter, Project
from bot.rounds import Asked
from bot.startup import solo
from handlers.views import away, seats, standups, waiting, welcome
from handlers.views.acts import Act, Values
from handlers.views.charts import gaps_by_now
from handlers.views.kit import (
    Block,
    Piece,
    View,
    actions,
    bold,
    bullets,
    button,
    counted,
    divider,
    header,
    listed,
    name,
    paragraph,
    section,
)
from handlers.views.kit import (
    home as home_view,
)
from handlers.views.mending import mending
from handlers.views.names import told_apart
from handlers.views.running import running

MOST_ITEMS = 10
MOST_STANDUPS = 5
MOST_TEAMS = 3
MOST_WAYS = 10
_FILES = "Look at the files that come by themselves, and let one come"
_BRIEF = "Get a brief of all projects: what turned worse, and what has to be decided"
_KEYS = {"projects": "n", "waiting": "nw", "letters": "nl", "gaps": "ng", "people": "np"}
"""The key under which a button tells the page of each list."""


def home(page: HomePage, asked: Sequence[Asked] = ()) -> View:
    """A person's Home tab; `asked` are the standups that wait for their answer."""
    empty = not page.projects.total
    return home_view(
        header("Charter"),
        paragraph(*_greeting(page, asked)),
        _away(page),
        actions(
            *(welcome.ways() if empty else _begins(page)),
            *_teams(page),
            button("Help", Act.HELP_SHOW),
        ),
        _waiting(page),
        _standups(asked),
        divider(),
        header("What you hold"),
        _letters(page),
        _ways(page),
        divider(),
        header("What nobody holds"),
        _gaps(page),
        mending(page.load, page.reports),
        divider(),
        header("Projects"),
        _projects(page),
        _running(page),
    )


def _away(page: HomePage) -> list[Block]:
    told = away.until(page.away) if page.away else None
    return told.blocks if told else []


def _begins(page: HomePage) -> list[Block | None]:
    return [
        button("New project", Act.PROJECT_NEW),
        button("Brief", Act.COMMAND_RUN, {"c": spoken(ShowBrief(whole=True))}, spoken=_BRIEF),
        button("My digest", Act.OWN_DIGEST_OPEN, spoken="Set a digest of your own projects up"),
        button("Export all", Act.EXPORT, spoken="Get a workbook of all projects"),
        button("Scheduled exports", Act.COMMAND_RUN, {"c": spoken(ShowExports())}, spoken=_FILES),
        welcome.removal(page.sample) if page.sample else None,
    ]


def turned_to(values: Mapping[str, Any]) -> Turned:
    """The pages that a button of Home turns to."""
    found = {of: values.get(key) for of, key in _KEYS.items()}
    return Turned(**{of: page for of, page in found.items() if isinstance(page, int)})


def _pager(page: HomePage, of: str, leaf: Leaf[Any]) -> list[Block]:
    """Buttons to the pages before and after of one list; the others stay where they are."""

    def to(label: str, number: int) -> Block:
        pages = {key: getattr(page.turned, other) for other, key in _KEYS.items()}
        turned = {key: at for key, at in pages.items() if at > 1}
        values: Values = {**turned, _KEYS[of]: number}
        return button(
            label, Act.HOME_PAGE, values, spoken=f"{_LISTS[of]}: page {number} of {leaf.pages}"
        )

    return actions(
        to("Previous", leaf.page - 1) if leaf.page > 1 else None,
        to("Next", leaf.page + 1) if leaf.page < leaf.pages else None,
    )


_LISTS = {
    "projects": "Projects",
    "waiting": "What waits for you",
    "letters": "What you hold",
    "gaps": "What nobody holds",
    "people": "Who is not known everywhere",
}


def _greeting(page: HomePage, asked: Sequence[Asked]) -> list[str | Piece]:
    waits = page.waiting.total + len(asked)
    return [
        f"Hello {name(page.person.first_name or page.person.name, 60)}. ",
        bold(f"{counted(waits, 'thing waits', 'things wait')} for you")
        if waits
        else "Nothing waits for you",
        ". You are accountable for ",
        bold(counted(page.accountable, "thing")),
        f"; {counted(page.gaps.total, 'seat waits', 'seats wait')} for somebody in the projects "
        "that you can change.",
    ]


def _waiting(page: HomePage) -> list[Block]:
    if not page.waiting.total:
        return []
    people = told_apart(page.people)
    rows = [block for one in page.waiting.shown for block in waiting.row(one, people)]
    title = header("What waits for you")
    return [divider(), title, *rows, *_pager(page, "waiting", page.waiting)]


def _standups(asked: Sequence[Asked]) -> list[Block]:
    if not asked:
        return []
    return [divider(), header("My standup"), *standups.open_ones(asked[:MOST_STANDUPS])]


def _letters(page: HomePage) -> list[Block]:
    """My letters, a list for each project."""
    if not page.letters.total:
        return [paragraph("You hold no letter yet.")]
    blocks: list[Block] = []
    for one in page.letters.shown:
        where = f"; ask me “what do I own in {name(one.project.name, 60)}?”"
        blocks.append(paragraph(bold(name(one.project.name))))
        blocks.append(bullets([[row] for row in _rows(one, page.person)], MOST_ITEMS, where))
    asked = [_standup(one.project, page) for one in page.letters.shown]
    return [*blocks, *actions(*asked), *_pager(page, "letters", page.letters)]


def _ways(page: HomePage) -> Block:
    """How far the targets of their projects are, in letters: Slack draws no charts there."""
    is_one = len({project.id for project, _ in page.ways}) == 1
    return gaps_by_now(
        [
            (one.metric.name if is_one else f"{one.metric.name}, {project.name}", one)
            for project, one in page.ways[:MOST_WAYS]
        ]
    )


def _standup(project: Project, page: HomePage) -> Block:
    """A button to the form in which a project's standup is set."""
    has_one = project.id in page.standups
    verb = "Standup of" if has_one else "Begin a standup in"
    label = f"{verb} {name(project.name, 40)}"
    spoken = f"{label}: {'change how it is set' if has_one else 'set one up'}"
    return button(label, Act.STANDUP_OPEN, {"p": project.key}, spoken=spoken)


def _teams(page: HomePage) -> list[Block]:
    """The standups of user groups that they are in, and a button that begins one."""
    begin = button("Team standup", Act.STANDUP_TEAM, spoken="Begin the standup of a user group")
    return [*(_team(team) for team in page.teams[:MOST_TEAMS]), begin]


def _team(team: Project) -> Block:
    """A button to the form in which a user group's standup is set."""
    where = next((one for one in seats.channels(team)), "")
    label = f"Standup of {name(team.name, 40)}"
    spoken = f"{label} in {where}: change how it is set"
    return button(label, Act.STANDUP_OPEN, {"p": team.key}, spoken=spoken)


def _rows(one: Holding, me: Person) -> list[str]:
    """Whoever holds everything in a project is told so in one line."""
    alone = solo(one.project)
    if alone is None or alone.person != me.id:
        return [_row(item.title, letters) for item, letters in one.rows]
    told = {item.id for item in alone.items}
    rest = [_row(item.title, letters) for item, letters in one.rows if item.id not in told]
    return [f"A/R – {seats.as_one(one.project, alone)}, in start-up mode", *rest]


def _row(title: str, letters: Sequence[Letter]) -> str:
    return f"{'/'.join(letters)} – {name(title)}"


def _gaps(page: HomePage) -> list[Block]:
    if not page.gaps.total:
        return [paragraph("Nothing: every open item has somebody accountable and responsible.")]
    people = told_apart(page.people)
    rows = [_gap(gap, people) for gap in page.gaps.shown]
    return [*rows, *_pager(page, "gaps", page.gaps)]


def _gap(gap: Gap, people: Mapping[int, Person]) -> Block:
    title = name(gap.item.title)
    why = seats.gap(gap.project, gap.item, gap.missing, people)
    assign = button(
        "Assign",
        Act.ASSIGN_OPEN,
        {"p": gap.project.key, "i": gap.item.key, "l": gap.missing.value, "v": gap.item.version},
        spoken=f"Assign who is {gap.missing.word} for {name(gap.item.title, 40)}",
    )
    return section(f"{title} ({name(gap.project.name)}): {why}", assign)


def _projects(page: HomePage) -> list[Block]:
    if not page.projects.total:
        return [paragraph("There is no project that you can see yet. Start one above.")]
    people = told_apart(page.people)
    blocks: list[Block] = []
    for project in page.projects.shown:
        lead = people.get(project.lead) if project.lead is not None else None
        facts = [
            f"led by {name(lead.name)}" if lead else "no lead",
            listed(seats.channels(project), 3),
            "private" if project.private else "",
        ]
        told = ", ".join(fact for fact in facts if fact)
        show = button(
            "Show",
            Act.PROJECT_SHOW,
            {"p": project.key},
            spoken=f"Show {name(project.name, 60)}",
        )
        blocks.append(section(f"{name(project.name)} – {told}", show))
    return [*blocks, *_pager(page, "projects", page.projects)]


def _running(page: HomePage) -> list[Block]:
    if page.running is None:
        return []
    return running(page.running, _pager(page, "people", page.running.unmapped))
