"""One row of the RACI matrix, and the whole of it."""

from collections.abc import Mapping

from bot.acting import Acting
from bot.contact import contact
from bot.gates import USUAL
from bot.outcome import Shown
from bot.people import Person
from bot.project import CLOSED, Assignment, Item, Kind, Letter, Project, Status, Vacancy
from bot.startup import others, solo
from handlers.views import consultations, seats
from handlers.views.acts import Act, Values
from handlers.views.kit import (
    NOTHING,
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    counted,
    listed,
    message,
    name,
    paragraph,
    quiet,
    table,
)
from handlers.views.names import told_apart

MOST_ROWS = 60
MOST_GAPS = 12


def row(shown: Shown) -> Message:
    """One item: who is accountable, who else holds a letter, where it stands."""
    project, item = shown.project, shown.item
    if item is None:
        return matrix(shown)
    people = told_apart(shown.people)
    letters = project.raci(item)
    return message(
        paragraph(*_headline(shown, project, item, people)),
        bullets(
            [
                *_others(letters, people, shown.acting),
                *consultations.states(shown.asked, people, shown.now),
            ]
        ),
        paragraph(bold("Status: "), seats.standing(shown, item, people)),
        quiet(_inherited(project, item), *_since(letters, people), seats.moved(item, people)),
        actions(*row_buttons(project, item, people)),
    )


def _headline(
    shown: Shown, project: Project, item: Item, people: Mapping[int, Person]
) -> list[str | Piece]:
    title, where = bold(name(item.title)), f" ({name(project.name)})"
    who = seats.owner(project, item, people, shown.acting, shown.now)
    if who:
        return [bold(who), " is accountable for ", title, f"{where}."]
    if item.status is Status.SKIPPED:
        return [title, f"{where} is skipped, so nobody needs to be accountable for it."]
    why = seats.empty(project, item, people)
    because = f": {why}" if why else ""
    lead = _ask(project, people)
    return [bold("Nobody"), " is accountable for ", title, f"{where}{because}.{lead}"]


def _ask(project: Project, people: Mapping[int, Person]) -> str:
    """Whom to turn to, and what they are."""
    found, word = contact(project, people)
    names = listed([people[key].name for key in found], 3, "or")
    return f" Ask {names} ({word})." if names else ""


def _others(
    letters: tuple[Assignment, ...], people: Mapping[int, Person], acting: Mapping[int, Acting]
) -> list[list[str | Piece]]:
    return [
        [
            bold(f"{letter.word.capitalize()}: "),
            seats.holders(letters, letter, people, acting=acting) or "nobody",
        ]
        for letter in (Letter.R, Letter.C, Letter.I)
    ]


def _inherited(project: Project, item: Item) -> str:
    stage = project.item(item.parent) if item.parent else None
    if stage is None:
        return ""
    if item.inherits_raci:
        return f"A component of {name(stage.title)}, whose letters count for it."
    return f"A component of {name(stage.title)}."


def _since(letters: tuple[Assignment, ...], people: Mapping[int, Person]) -> list[str | Piece]:
    told: list[str | Piece] = []
    for letter in (Letter.A, Letter.R):
        for one in seats.held(letters, letter)[:1]:
            told += [f"{_seat(one)} {seats.since(one)}, {seats.source(one, people)}"]
            told += [seats.where(one)]
    return told


def _seat(assignment: Assignment) -> str:
    words = assignment.letter.word.capitalize()
    return f"{words} seat vacant" if isinstance(assignment.holder, Vacancy) else words


def row_buttons(project: Project, item: Item, people: Mapping[int, Person]) -> list[Block]:
    """Assign or hand over, move, and the whole matrix."""
    gaps = seats.missing(project, item, people)
    where: Values = {"p": project.key, "i": item.key, "v": item.version}
    title = name(item.title, 40)
    open_ = Letter.A in gaps or not any(
        seats.active(one, people) for one in seats.held(project.raci(item), Letter.A)
    )
    if item.offer is not None and not project.archived_at:
        spoken = f"Call off the hand-over of {title}"
        off = button("Call it off", Act.OFFER_CANCEL, {"f": item.offer.id}, spoken=spoken)
        return [off, *_work(item, where, title), _whole(project)]
    first = button(
        "Assign accountable" if open_ else "Hand over",
        Act.ASSIGN_OPEN,
        {**where, "l": "A"},
        style="primary" if Letter.A in gaps else None,
        spoken=f"Assign who is accountable for {title}" if open_ else f"Hand over {title}",
    )
    if item.inherits_raci or project.archived_at:
        return [_whole(project)]
    return [first, *_work(item, where, title), _whole(project)]


def _work(item: Item, where: Values, title: str) -> list[Block]:
    """Move it, or open it again; and its gate, where it has one by itself."""
    if item.status in CLOSED:
        move = button("Reopen", Act.STAGE_REOPEN, where, spoken=f"Open {title} again")
    else:
        move = button("Move", Act.STAGE_OPEN, where, spoken=f"Change where {title} stands")
    if item.key not in USUAL:
        return [move]
    spoken = f"Show what {title} needs before it is done"
    return [move, button("Gate", Act.GATE_SHOW, {"p": where["p"], "i": where["i"]}, spoken=spoken)]


def _whole(project: Project) -> Block:
    spoken = f"Show all letters of {name(project.name, 40)}"
    return button("All letters", Act.MATRIX_SHOW, {"p": project.key}, spoken=spoken)


def matrix(shown: Shown) -> Message:
    """The whole matrix: stages (and components) × letters, with its gaps in words."""
    project, people = shown.project, told_apart(shown.people)
    items = _ordered(project)
    told = {item.id for item in others(project, solo(project))}
    apart = [item for item in items if item.id in told][:MOST_ROWS]
    gaps = [(item, letter) for item in items for letter in seats.missing(project, item, people)]
    stages = [item for item in project.stages() if item.status not in CLOSED]
    owned = sum(1 for item in stages if Letter.A not in seats.missing(project, item, people))
    return message(
        paragraph(
            bold(name(project.name)),
            f": somebody is accountable for {owned} of {counted(len(stages), 'open stage')}"
            if stages
            else ": no stage is open",
            (f"; {counted(len(gaps), 'gap')}." if gaps else ", nothing is missing."),
        ),
        table(
            ("Stage", "Accountable", "Responsible", "Consulted", "Informed", "Status"),
            [*_together(project, people), *(_cells(shown, item, people) for item in apart)],
        )
        if items
        else [],
        _gaps(project, gaps, people),
        quiet(
            f"and {len(told) - MOST_ROWS} more; look at one with /charter raci ITEM"
            if len(told) > MOST_ROWS
            else "",
            "Change one with /charter raci ITEM LETTERS HOLDER.",
        ),
        actions(*_matrix_buttons(project, gaps)),
    )


def _together(project: Project, people: Mapping[int, Person]) -> list[list[str]]:
    """The one row of somebody who holds everything, in start-up mode."""
    alone = solo(project)
    if alone is None:
        return []
    who = name(people[alone.person].name)
    title = f"{seats.capital(seats.as_one(project, alone))} (start-up mode)"
    return [[title, who, who, NOTHING, NOTHING, seats.statuses(alone.items)]]


def _ordered(project: Project) -> list[Item]:
    """Stages in their order, each followed by its components; components without one at the end."""
    stages = list(project.stages())
    keys = {stage.key for stage in stages}
    found = [one for stage in stages for one in (stage, *project.components(stage.key))]
    return found + [one for one in project.components() if one.parent not in keys]


def _cells(shown: Shown, item: Item, people: Mapping[int, Person]) -> list[str]:
    project = shown.project
    title = name(item.title) if item.kind is Kind.STAGE else f"– {name(item.title)}"
    if item.inherits_raci and item.parent and (stage := project.item(item.parent)):
        same = f"as {name(stage.title)}"
        return [title, same, same, same, same, item.status.words]
    letters = project.raci(item)
    offered = seats.offered(item, people, shown.now)
    cells = [seats.holders(letters, letter, people, acting=shown.acting) for letter in Letter]
    cells[0] += f" ({offered})" if offered and cells[0] else ""
    return [title, *(cell or NOTHING for cell in cells), item.status.words]


def _gaps(
    project: Project, gaps: list[tuple[Item, Letter]], people: Mapping[int, Person]
) -> Block | list[Block]:
    if not gaps:
        return []
    return bullets(
        [
            [bold(name(item.title)), f": {seats.gap(project, item, letter, people)}"]
            for item, letter in gaps
        ],
        MOST_GAPS,
    )


def _matrix_buttons(project: Project, gaps: list[tuple[Item, Letter]]) -> list[Block]:
    if project.archived_at:
        return []
    first: list[Block] = []
    if gaps:
        item, letter = gaps[0]
        first.append(
            button(
                f"Assign {name(item.title, 50)}",
                Act.ASSIGN_OPEN,
                {"p": project.key, "i": item.key, "l": letter.value, "v": item.version},
                style="primary",
                spoken=f"Assign who is {letter.word} for {name(item.title, 40)}",
            )
        )
    return [
        *first,
        button("Assign …", Act.ASSIGN_OPEN, {"p": project.key}, spoken="Assign a letter"),
        button("Scope", Act.SCOPE_SHOW, {"p": project.key}, spoken="Show what it is for"),
    ]
