"""Home: what I hold, what nobody holds, and all projects I may see."""

from collections.abc import Mapping, Sequence

from bot.outcome import Asked, Gap, HomePage
from bot.people import Person
from bot.project import Letter, Project
from bot.startup import Solo, solo
from handlers.views import seats, standups
from handlers.views.acts import Act
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
    moment,
    name,
    paragraph,
    quiet,
    section,
)
from handlers.views.kit import (
    home as home_view,
)
from handlers.views.names import told_apart
from handlers.views.projects import pager

MOST_GROUPS = 12
MOST_ITEMS = 10
MOST_GAPS = 12
MOST_STANDUPS = 5
MOST_PROJECTS = 25


def home(page: HomePage, asked: Sequence[Asked] = ()) -> View:
    """A person's Home tab; `asked` are the standups that wait for their answer."""
    return home_view(
        header("Charter"),
        paragraph(*_greeting(page)),
        actions(
            button("New project", Act.PROJECT_NEW, style=None if page.projects else "primary"),
            button("Export all", Act.EXPORT, spoken="Get a workbook of all projects")
            if page.projects
            else None,
            button("Help", Act.HELP_SHOW),
        ),
        _held(page),
        _standups(asked),
        divider(),
        header("What you hold"),
        _letters(page),
        divider(),
        header("What nobody holds"),
        _gaps(page),
        divider(),
        header("Projects"),
        _projects(page),
        actions(*pager(Act.HOME_PAGE, page.page, page.pages)),
    )


def _greeting(page: HomePage) -> list[str | Piece]:
    accountable = sum(held.letter is Letter.A for held in page.letters)
    return [
        f"Hello {name(page.person.first_name or page.person.name, 60)}. You are accountable for ",
        bold(counted(accountable, "thing")),
        f"; {counted(len(page.gaps), 'seat waits', 'seats wait')} for somebody in the projects you "
        "can see.",
    ]


def _held(page: HomePage) -> list[Block]:
    """The clock rests since Charter was taken away; said to admins."""
    if page.held_since is None:
        return []
    return [
        divider(),
        paragraph(
            "I was removed from this workspace and am back. Nothing is sent by the clock since ",
            moment(page.held_since, "{date_short_pretty} at {time}"),
            "; what was to come meanwhile is left out.",
        ),
        *actions(button("Resume", Act.COMMAND_RUN, {"c": "resume"})),
    ]


def _standups(asked: Sequence[Asked]) -> list[Block]:
    if not asked:
        return []
    return [divider(), header("My standup"), *standups.open_ones(asked[:MOST_STANDUPS])]


def _letters(page: HomePage) -> list[Block]:
    """My letters, a list for each project, the most weighty letters first."""
    if not page.letters:
        return [paragraph("You hold no letter yet.")]
    grouped: dict[int, list[tuple[str, Letter]]] = {}
    projects: dict[int, Project] = {}
    letters: dict[tuple[int, str], list[Letter]] = {}
    titles: dict[tuple[int, str], str] = {}
    for held in page.letters:
        projects[held.project.id] = held.project
        key = (held.project.id, held.item.key)
        letters.setdefault(key, []).append(held.letter)
        titles[key] = held.item.title
    order = list(Letter)
    for project, alone in _alone(page, projects):
        words = f"A/R – {seats.as_one(project, alone)}, in start-up mode"
        grouped[project.id] = [(words, Letter.A)]
        for item in alone.items:
            letters.pop((project.id, item.key), None)
    for key, found in letters.items():
        signs = sorted(set(found), key=order.index)
        words = f"{'/'.join(signs)} – {name(titles[key])}"
        grouped.setdefault(key[0], []).append((words, signs[0]))
    blocks: list[Block] = []
    for group, rows in list(grouped.items())[:MOST_GROUPS]:
        rows.sort(key=lambda row: order.index(row[1]))
        blocks.append(paragraph(bold(name(projects[group].name))))
        blocks.append(bullets([[words] for words, _ in rows], MOST_ITEMS))
    if len(grouped) > MOST_GROUPS:
        more = counted(len(grouped) - MOST_GROUPS, "more project")
        blocks.append(quiet(f"and {more}: ask me “what do I own?”"))
    return blocks


def _alone(page: HomePage, projects: Mapping[int, Project]) -> list[tuple[Project, Solo]]:
    """The projects in which the person holds everything, which is told as one line."""
    found = [(project, solo(project)) for project in projects.values()]
    return [(project, one) for project, one in found if one and one.person == page.person.id]


def _gaps(page: HomePage) -> list[Block]:
    if not page.gaps:
        return [paragraph("Nothing: every open item has somebody accountable and responsible.")]
    people = told_apart(page.people)
    blocks = [_gap(gap, people) for gap in page.gaps[:MOST_GAPS]]
    if len(page.gaps) > MOST_GAPS:
        blocks.append(
            quiet(f"and {len(page.gaps) - MOST_GAPS} more; /charter raci in PROJECT shows them.")
        )
    return blocks


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
    if not page.projects:
        return [paragraph("There is no project that you can see yet. Start one above.")]
    people = told_apart(page.people)
    blocks: list[Block] = []
    for project in page.projects[:MOST_PROJECTS]:
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
    if len(page.projects) > MOST_PROJECTS:
        blocks.append(quiet(f"and {len(page.projects) - MOST_PROJECTS} more; see /charter list."))
    return blocks
