"""What a project is for: all of it or one field, who signed it off, and what became of it."""

from collections.abc import Mapping

from bot import amounts, documents, scope
from bot.commands import command
from bot.outcome import Done, Shown
from bot.pages import PageSight
from bot.people import Person
from bot.project import Metric, Project
from bot.scope import Field, Kind
from bot.upkeep import Link
from handlers.views import changes, seats
from handlers.views.acts import Act, Values
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    code,
    cut,
    link,
    message,
    moment,
    name,
    paragraph,
    quiet,
)
from handlers.views.kit import (
    listed as in_line,
)
from handlers.views.names import told_apart
from handlers.views.pages import told

LONGEST_SHOWN = 1500
NO_PAGES: Mapping[str, PageSight] = {}


def shown(shown: Shown, pages: Mapping[str, PageSight] = NO_PAGES) -> Message:
    """The whole scope, as it is now, with what is known of its pages, by their addresses."""
    project, people = shown.project, told_apart(shown.people)
    present = project.scope
    return message(
        paragraph(bold(f"What {name(project.name)} is for"), *_version(project)),
        paragraph(*_badge(project, people)) if present.version else [],
        [block for field in scope.FIELDS for block in _told(project, field, people)],
        _metrics(present.metrics),
        _verdict(project, people),
        _stakeholders(project, people),
        _links(project, pages),
        quiet(*_lacking(project), _how_to_set()),
        actions(*_buttons(project)),
    )


def _version(project: Project) -> list[str | Piece]:
    present = project.scope
    if not present.version:
        return [" has not been written down yet."]
    if present.changed_at is None:
        return [f" – v{present.version}"]
    return [f" – v{present.version}, saved ", moment(present.changed_at, "{date_short}")]


def _badge(project: Project, people: Mapping[int, Person]) -> list[str | Piece]:
    return [approval(project, people)]


def approval(project: Project, people: Mapping[int, Person]) -> str:
    """ "Approved v2 by Ana Ruiz, changed since"; or that nobody approved it."""
    signed = project.scope.approval
    if signed is None:
        return "Not approved yet."
    who = people.get(signed.by) if signed.by is not None else None
    by = name(who.name) if who else "the operator"
    since = ", changed since" if scope.is_stale(project.scope) else ""
    return f"Approved v{signed.version} by {by}{since}."


def _told(project: Project, field: Field, people: Mapping[int, Person]) -> list[Block]:
    text = scope.value(project.scope, field.name)
    if not text:
        return []
    heading = bold(f"{seats.capital(field.words)}:")
    if field.kind is Kind.LINES:
        return [paragraph(heading), _lines(text)]
    return [paragraph(heading, " ", *_value(project, field, text, people))]


def _value(
    project: Project, field: Field, text: str, people: Mapping[int, Person]
) -> list[str | Piece]:
    """A field's text; a day also as the reader's clock has its end."""
    worded = cut(scope.worded(field.name, text, people), LONGEST_SHOWN)
    if field.kind is Kind.DAY and (ends := scope.deadline_ends(project, people)) is not None:
        return [worded, " (until ", moment(ends, "{date_short} {time}"), ")"]
    return [worded]


def _lines(text: str) -> Block:
    rows: list[list[str | Piece]] = [
        [name(line, 300)] for line in text.splitlines() if line.strip()
    ]
    return bullets(rows, 20)


def _metrics(metrics: tuple[Metric, ...]) -> list[Block]:
    if not metrics:
        return []
    return [paragraph(bold("Success metrics:")), bullets([_metric(one) for one in metrics], 20)]


def _metric(metric: Metric) -> list[str | Piece]:
    return [bold(name(metric.name)), f": {values(metric)}"]


def values(metric: Metric) -> str:
    """ "now 0.77 AUC, target 0.8 AUC, began at 0.71 AUC, higher is better"."""
    unit = f" {name(metric.unit, 20)}" if metric.unit.strip() else ""

    def told(number: float | None) -> str:
        return f"{scope.number(number)}{unit}"

    now = "not measured yet" if metric.current is None else f"now {told(metric.current)}"
    facts = [
        now,
        f"target {told(metric.target)}" if metric.target is not None else "no target",
        f"began at {told(metric.baseline)}" if metric.baseline is not None else "",
        "higher is better" if metric.higher else "lower is better",
        f"measured {name(metric.measured, 200)}" if metric.measured else "",
    ]
    return ", ".join(fact for fact in facts if fact)


def _verdict(project: Project, people: Mapping[int, Person]) -> list[Block]:
    given = project.scope.verdict
    if given is None:
        return []
    who = people.get(given.by) if given.by is not None else None
    by = f" ({name(who.name) if who else 'the operator'}, "
    said = f"{given.call.value}, {cut(given.reason, 600)}{by}"
    return [paragraph(bold("Verdict: "), said, moment(given.at, "{date_short}"), ")")]


def _stakeholders(project: Project, people: Mapping[int, Person]) -> list[Block]:
    names = [people[key].name for key in project.scope.stakeholders if key in people]
    return [paragraph(bold("Stakeholders: "), in_line(names))] if names else []


def _links(project: Project, pages: Mapping[str, PageSight]) -> list[Block]:
    if not project.scope.links:
        return []
    rows: list[list[str | Piece]] = [
        [
            link(one.title, one.url),
            _upkeep(project, one),
            *told(pages.get(one.url), project.scope.changed_at),
        ]
        for one in project.scope.links
    ]
    sights = [pages[one.url] for one in project.scope.links if one.url in pages]
    good = [one.seen_at for one in sights if one.seen_at and not one.trouble]
    seen = quiet("Pages as last seen", moment(min(good))) if good else {}
    return [paragraph(bold("Links:")), bullets(rows, 20), seen]


def _upkeep(project: Project, one: Link) -> str:
    """ " (Data pipeline, review by 2026-12-01)"."""
    item = documents.item_of(project, one)
    facts = [
        name(item.title) if item else "",
        f"review by {one.review.isoformat()}" if one.review else "",
    ]
    told = ", ".join(fact for fact in facts if fact)
    return f" ({told})" if told else ""


def _lacking(project: Project) -> list[str]:
    empty = [field.words for field in scope.missing(project.scope)]
    if scope.lacks_target(project.scope):
        empty.append("a metric with a target")
    return [f"Not said yet: {', '.join(empty)}."] if empty else []


def _how_to_set() -> str:
    known = command("scope")
    return f"Set one with /charter {known.example}" if known else ""


def _buttons(project: Project) -> list[Block]:
    title, where = name(project.name, 40), _where(project)
    letters = button("All letters", Act.MATRIX_SHOW, where, spoken=f"Show all letters of {title}")
    if project.archived_at:
        return [letters]
    signed = project.scope.approval
    to_sign = project.scope.version and (signed is None or scope.is_stale(project.scope))
    return [
        edit_button(project),
        *(
            [button("Approve", Act.SCOPE_APPROVE, where, spoken=f"Approve the scope of {title}")]
            if to_sign
            else []
        ),
        button("History", Act.SCOPE_HISTORY, where, spoken=f"How the scope of {title} changed"),
        letters,
    ]


def edit_button(project: Project, label: str = "Edit scope") -> Block:
    spoken = f"{label}: open the scope of {name(project.name, 40)}"
    return button(label, Act.SCOPE_EDIT, _where(project), spoken=spoken)


def _where(project: Project) -> Values:
    return {"p": project.key}


def field(shown: Shown, field_name: str) -> Message:
    """One field of the scope."""
    project, people = shown.project, told_apart(shown.people)
    known = scope.FIELD[field_name]
    text = scope.value(project.scope, field_name)
    heading = bold(f"{seats.capital(known.words)} of {name(project.name)}")
    if not text:
        example = code(f"/charter scope {known.words}: …")
        return message(paragraph(heading, " has not been written down yet. Say it with ", example))
    version = quiet(f"Scope v{project.scope.version}. {approval(project, people)}")
    if known.kind is Kind.LINES:
        return message(paragraph(heading, ":"), _lines(text), version)
    return message(paragraph(heading, ": ", *_value(project, known, text, people)), version)


def metrics(shown: Shown) -> Message:
    """The success metrics of a project."""
    project = shown.project
    how = command("metric")
    found = project.scope.metrics
    return message(
        paragraph(bold(f"Success metrics of {name(project.name)}"), ":" if found else ""),
        bullets([_metric(one) for one in found], 20)
        if found
        else paragraph("None yet: nobody can tell whether it works."),
        quiet(f"Set one with /charter {how.example}" if how else ""),
        actions(*([] if project.archived_at else [edit_button(project)])),
    )


def saved(done: Done, by_name: str) -> Message:
    """A change of the scope; an amount that cannot be read as one is kept, and said to be so."""
    said = changes.done(done, by_name)
    unread = [
        field.words
        for field in scope.FIELDS
        if field.kind is Kind.AMOUNT
        and any(line.label == field.words and line.after for line in done.lines)
        and amounts.parsed(scope.value(done.project.scope, field.name)) is None
    ]
    if not unread:
        return said
    note = (
        f"I cannot read an amount in the {' and the '.join(unread)}, so it is kept as text and not "
        "compared. Write it like 120k EUR a year, or 40k EUR once."
    )
    return message(*said.blocks[:1], quiet(note), *said.blocks[1:])
