"""The leader's brief in words: twelve lines, each with why it is there; nobody is pinged."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from bot.brief import Brief, BriefShown, Line, Rule, Section
from bot.commands import ListProjects, ShowBrief, spoken
from bot.orders import EndBrief
from bot.people import Person
from bot.telling import owners
from handlers.views import lateness
from handlers.views.acts import Act
from handlers.views.channels import comes
from handlers.views.charts import burn_up, by_age, gap_closed
from handlers.views.digests.posted import missed, moment
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    counted,
    cut,
    header,
    listed,
    message,
    name,
    paragraph,
    piece,
    quiet,
)
from handlers.views.names import told_apart

_WHAT = 160
_CODES = {rule.code: rule for rule in Rule}


def brief(told: Brief) -> Message:
    """A brief as one message; one sentence where there is nothing to say."""
    if not told.lines:
        return message(paragraph(_nothing(told)), lateness.late(told.late))
    people = told_apart(told.people)
    return message(
        header(f"Brief: {_of(told)}"),
        quiet(f"Held against {moment(told.since, told.zone)}."),
        lateness.late(told.late),
        list(_sections(told, people)),
        _ages(told),
        gap_closed(told.ways) or burn_up(told.marks),
        quiet(*_rest(told)),
        actions(_why(told)),
    )


def _of(told: Brief) -> str:
    if len(told.projects) == 1:
        return name(told.projects[0].name)
    return counted(len(told.projects), "project")


def _nothing(told: Brief) -> str:
    if not told.projects:
        return "There is no open project that you can see, and so nothing to brief you of."
    where = (
        name(told.projects[0].name) if len(told.projects) == 1 else f"{len(told.projects)} projects"
    )
    return (
        f"Nothing to brief you of in {where}: nothing turned worse within a week, nothing waits "
        "for a decision, no risk is high, nothing is blocked or without somebody accountable."
    )


def _sections(told: Brief, people: Mapping[int, Person]) -> Iterator[Block]:
    number = 0
    for section, some in groupby(told.lines, key=lambda line: line.rule.section):
        lines = list(some)
        found = told.found[section]
        of = f" ({len(lines)} of {found})" if found > len(lines) else ""
        head = paragraph(bold(f"{section.value}{of}"))
        [rows] = bullets([_line(line, told, people) for line in lines])["elements"]
        numbered = {**rows, "style": "ordered", "offset": number}
        number += len(lines)
        yield {**head, "elements": [*head["elements"], numbered]}


def _line(line: Line, told: Brief, people: Mapping[int, Person]) -> list[str | Piece]:
    """ "Churn Radar – Labels: due 2026-12-04 instead of 2026-11-27 (7 days later …)"."""
    is_one = len(told.projects) == 1
    project: list[str | Piece] = [] if is_one else [bold(name(line.project.name)), " – "]
    return [
        *project,
        name(line.what, _WHAT),
        _who(line, told, people),
        " ",
        piece(f"({line.why})", italic=True),
    ]


def _who(line: Line, told: Brief, people: Mapping[int, Person]) -> str:
    acting = told.acting.get(line.project.id, {})
    names = [cut(owners.person(key, people, acting), 100) for key in line.who if key in people]
    if line.rule.section is Section.WANTED:
        by = f" by {line.by.isoformat()}" if line.by else ""
        decide = "decides" if len(names) < 2 else "decide"
        return f" – {listed(names, 3) or 'nobody'} {decide}{by}"
    if line.rule.section in {Section.RISKS, Section.BLOCKED}:
        return f" – {f'owner {listed(names, 3)}' if names else 'nobody owns it'}"
    return ""


def _ages(told: Brief) -> Block:
    """The oldest blockers as bars: told by their items, and by their projects where these are
    several.
    """
    is_one = len(told.projects) == 1
    labels = [
        one.item.title if is_one else f"{one.item.title}, {one.project.name}" for one in told.ages
    ]
    return by_age(list(zip(labels, (one.days for one in told.ages), strict=True)))


def _rest(told: Brief) -> list[str]:
    left = sum(told.found.values()) - len(told.lines)
    if not left:
        return []
    more = f"{left} more {'has' if left == 1 else 'have'} no room in twelve lines"
    if len(told.projects) == 1:
        return [f"{more}."]
    one = f"/charter {spoken(ShowBrief(('PROJECT',)))}".replace('"', "")
    every = f"/charter {spoken(ListProjects()).removesuffix(' 1')}"
    return [f"{more}: {one} tells of one project, {every} of all."]


# Why something is there


def _why(told: Brief) -> Block:
    codes = "".join(line.rule.code for line in told.lines)
    return button("Why these lines?", Act.BRIEF_WHY, {"r": codes})


def explained(codes: str) -> Message:
    """By which rule each line of a brief is there; `codes` are those of its lines, in order."""
    rules = [_CODES[code] for code in codes if code in _CODES]
    rows: list[Sequence[str | Piece]] = [
        [
            bold(_lines([place for place, one in enumerate(rules, 1) if one is rule])),
            f": {rule.says}",
        ]
        for rule in dict.fromkeys(rules)
    ]
    return message(
        paragraph("Why each line is in the brief:"),
        bullets(rows or [["This brief has no lines."]]),
        quiet(
            "At most twelve lines; each section has places of its own, and what one does not need "
            "goes to the next. Within a section the rule says what comes first, then the name."
        ),
    )


def _lines(places: Sequence[int]) -> str:
    word = "Line" if len(places) == 1 else "Lines"
    return f"{word} {listed([str(place) for place in places], len(places))}"


# When one comes by itself


def planned(shown: BriefShown) -> Message:
    """When a channel, or somebody, is briefed, and of what."""
    whom = f"#{name(shown.place.name)}" if shown.place else "You"
    undone = "Taken back. " if shown.undone else ""
    own = shown.place is None
    if shown.plan is None or shown.next_at is None:
        gets = "get" if own else "gets"
        return message(
            paragraph(undone, bold(whom), f" {gets} no brief unless somebody asks."),
            quiet(_example(own=own), _undoable(shown)),
            actions(*_undo(shown)),
        )
    gets = "get" if own else "gets"
    by = f"set by {name(shown.set_by.name)}" if shown.set_by else "set by the operator"
    return message(
        paragraph(undone, bold(whom), f" {gets} a brief {shown.plan.words}. {_told_of(shown)}"),
        comes(shown.place, moment(shown.next_at, shown.plan.zone)),
        missed(shown.missed, shown.plan.zone),
        quiet(f"It was {by}. {_undoable(shown)}".rstrip()),
        actions(_off(own=own), *_undo(shown)),
    )


def _example(*, own: bool) -> str:
    return f"Let one come: /charter brief {'me ' if own else ''}weekly Monday at 8:00"


def _told_of(shown: BriefShown) -> str:
    if not shown.projects:
        return "There is no open project yet that it could tell of."
    return f"It is told of {listed(shown.projects, 5)}."


def _undoable(shown: BriefShown) -> str:
    return "It can be undone for 10 minutes." if shown.undo_until else ""


def _off(*, own: bool) -> Block:
    words = "Let no brief come any more"
    return button("Turn off", Act.COMMAND_RUN, {"c": spoken(EndBrief(own))}, spoken=words)


def _undo(shown: BriefShown) -> list[Block]:
    if shown.undo_until is None:
        return []
    return [button("Undo", Act.BRIEF_UNDO, {"s": shown.seq}, spoken="Undo how it was set")]
