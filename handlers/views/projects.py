"""Projects: one at a glance, and a page of them."""

from collections.abc import Mapping

from bot.exports.standing import current
from bot.health import Health, health
from bot.outcome import Listing, Shown
from bot.people import Person
from bot.project import Kind, Letter, Mode, Project, Status
from bot.startup import others, solo
from handlers.views import milestones, raid, seats, welcome
from handlers.views.acts import Act
from handlers.views.charts import burn_up, gap_closed
from handlers.views.health import line
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    counted,
    data_table,
    message,
    moment,
    name,
    paragraph,
    quiet,
    struck,
)
from handlers.views.kit import (
    listed as in_line,
)
from handlers.views.names import told_apart
from handlers.views.scope import approval

MOST_ITEMS = 30
WORRYING = (Status.BLOCKED, Status.AT_RISK)


def shown(shown: Shown) -> Message:
    """A project at a glance: who leads it, what worries, where its stages stand."""
    project, people = shown.project, told_apart(shown.people)
    return message(
        paragraph(*_headline(project, people)),
        _health(shown, people),
        _worries(shown, people),
        _stages(shown, people),
        burn_up(shown.burn_up),
        gap_closed(shown.trends[:1]),
        quiet(
            *_whereabouts(project, people),
            _scope(project, people),
            milestones.line(project),
            raid.line(project, shown.today),
            _confirmed(shown),
        ),
        actions(*_buttons(project)),
    )


def _confirmed(shown: Shown) -> str:
    """When somebody last said that it is all still true."""
    review, now = shown.project.review, shown.now
    if review is None or now is None or shown.project.archived_at:
        return ""
    said = review.words(now, shown.review_days, shown.zone)
    return f"{seats.capital(said)}." if said else ""


def _headline(project: Project, people: Mapping[int, Person]) -> list[str | Piece]:
    said: list[str | Piece] = [bold(name(project.name)), f" {_led_by(project, people)}"]
    gaps = sum(len(seats.missing(project, item, people)) for item in project.items)
    blocked = sum(item.status is Status.BLOCKED for item in project.items)
    at_risk = sum(item.status is Status.AT_RISK for item in project.items)
    facts = [
        f"{counted(blocked, 'item')} blocked" if blocked else "",
        f"{counted(at_risk, 'item')} at risk" if at_risk else "",
        counted(gaps, "seat without anybody", "seats without anybody") if gaps else "",
    ]
    told = [fact for fact in facts if fact]
    if project.archived_at:
        said += [" It was archived ", moment(project.archived_at, "{date_short_pretty}")]
        said.append(" and can only be read.")
    return [
        *said,
        f" {seats.capital(in_line(told))}." if told else " Nothing is blocked or missing.",
    ]


def _led_by(project: Project, people: Mapping[int, Person]) -> str:
    lead = people.get(project.lead) if project.lead is not None else None
    if lead is None:
        return "has no lead."
    return (
        f"is led by {name(lead.name)}."
        if lead.active
        else f"was led by {name(lead.name)}, who has left."
    )


def _health(shown: Shown, people: Mapping[int, Person]) -> Block:
    """How it does, in one line; nothing of one that was put away."""
    project = shown.project
    if shown.today is None or project.archived_at:
        return {}
    return paragraph(
        bold("Health: "),
        *line(health(project, people, shown.today, shown.zone, shown.trends), people),
    )


def _worries(shown: Shown, people: Mapping[int, Person]) -> Block | list[Block]:
    rows: list[list[str | Piece]] = [
        [bold(name(item.title)), f": {seats.standing(shown, item, people)}"]
        for status in WORRYING
        for item in shown.project.items
        if item.status is status
    ]
    return bullets(rows, 10) if rows else []


def _stages(shown: Shown, people: Mapping[int, Person]) -> Block:
    project = shown.project
    rows: list[list[str | Piece]] = []
    alone = solo(project)
    if alone is not None:
        who = name(people[alone.person].name)
        words = f" – {seats.statuses(alone.items)} – {who}, in start-up mode"
        rows.append([bold(seats.capital(seats.as_one(project, alone))), words])
    for item in (item for item in others(project, alone) if item.kind is Kind.STAGE):
        holder = seats.owner(project, item, people, shown.acting, shown.now)
        owner = holder or seats.gap(project, item, Letter.A, people)
        due = f", due {item.due.isoformat()}" if item.due else ""
        silent = seats.quiet(shown, item)
        if item.status is Status.SKIPPED:
            why = f": {name(item.note, 200)}" if item.note else ""
            rows.append([struck(name(item.title)), f" – skipped{why}"])
            continue
        rows.append([bold(name(item.title)), f" – {item.status.words}{due}{silent} – {owner}"])
    return bullets(rows or [["no stages yet"]], MOST_ITEMS, "; /charter raci shows all")


def _whereabouts(project: Project, people: Mapping[int, Person]) -> list[str]:
    channels = seats.channels(project)
    components = sum(1 for _ in project.components())
    facts = [
        f"Channels: {in_line(channels)}" if channels else "No channel is bound to it",
        "start-up mode" if project.mode is Mode.STARTUP else "",
        _private(project),
        counted(components, "component") if components else "",
        f"also called {in_line(project.aliases, 6)}" if project.aliases else "",
    ]
    return [" · ".join(fact for fact in facts if fact)]


def _private(project: Project) -> str:
    if not project.private:
        return ""
    inside = len(project.members)
    return f"private to {counted(inside, 'member')}" if inside else "private"


def _scope(project: Project, people: Mapping[int, Person]) -> str:
    """Whether it is written down what the project is for, and whether that is agreed upon."""
    version = project.scope.version
    if not version:
        return "Scope: not written down yet."
    return f"Scope v{version}. {approval(project, people)}"


def _buttons(project: Project) -> list[Block]:
    title, where = name(project.name, 40), {"p": project.key}
    return [
        button("All letters", Act.MATRIX_SHOW, where, spoken=f"Show all letters of {title}"),
        button("Scope", Act.SCOPE_SHOW, where, spoken=f"Show what {title} is for"),
        button("Export", Act.EXPORT, where, spoken=f"Get a workbook of {title}"),
        *([welcome.removal(project)] if project.is_sample and not project.archived_at else []),
    ]


_COLUMNS = (
    *("Project", "Lead", "Channel", "Now at", "Accountable", "Health", "Blocked"),
    "Seats without anybody",
)


def listed(listing: Listing) -> Message:
    """One page of projects."""
    people = told_apart(listing.people)
    if not listing.projects:
        return message(
            paragraph("There is no project that you can see yet."),
            _archived(listing),
            actions(button("New project", Act.PROJECT_NEW, style="primary")),
        )
    page = f", page {listing.page} of {listing.pages}" if listing.pages > 1 else ""
    return message(
        paragraph(bold("Projects"), f" that you can see{page}:"),
        data_table(
            f"Projects that you can see{page}",
            _COLUMNS,
            [_row(project, people, listing) for project in listing.projects],
        ),
        quiet("Look at one with /charter show NAME."),
        _archived(listing),
        actions(*pager(Act.PROJECTS_PAGE, listing.page, listing.pages)),
    )


def _row(project: Project, people: Mapping[int, Person], listing: Listing) -> list[str | int]:
    title = f"{name(project.name)} (private)" if project.private else name(project.name)
    lead = people.get(project.lead or 0)
    at, today = current(project), listing.today
    acting, trends = listing.acting.get(project.id, {}), listing.trends.get(project.id, ())
    owner = seats.owner(project, at, people, acting, listing.now) if at else ""
    return [
        title,
        name(lead.name) if lead else "nobody",
        in_line(seats.channels(project), 3),
        f"{name(at.title)}, {at.status.words}" if at else "all done",
        owner or ("nobody" if at else ""),
        _light(health(project, people, today, trends=trends)) if today else "",
        sum(item.status is Status.BLOCKED for item in project.items),
        sum(len(seats.missing(project, item, people)) for item in project.items),
    ]


def _light(found: Health) -> str:
    said = " (as said)" if found.opinion else ""
    return f"{found.light.sign} {found.light.words}{said}"


def _archived(listing: Listing) -> Block:
    if not listing.archived:
        return {}
    return quiet(f"{counted(listing.archived, 'archived project')} not shown.")


def pager(act: Act, page: int, pages: int) -> list[Block]:
    """Buttons to the pages before and after."""
    before = (
        button("Previous", act, {"n": page - 1}, spoken=f"Page {page - 1} of {pages}")
        if page > 1
        else None
    )
    after = (
        button("Next", act, {"n": page + 1}, spoken=f"Page {page + 1} of {pages}")
        if page < pages
        else None
    )
    return [each for each in (before, after) if each]
