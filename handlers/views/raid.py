"""Risks, assumptions, issues and dependencies in words."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.commands import ShowRaid, spoken
from bot.moments import day
from bot.outcome import RaidPage, RaidShown
from bot.people import Person
from bot.project import Project
from bot.raid import RaidEntry, RaidKind, Revision, Said, ordered, rating
from bot.telling import Line
from handlers.views import seats
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
    counted,
    data_table,
    message,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart

HEAD = (
    *("Id", "What", "Of", "Owner", "Likelihood", "Impact", "Mitigation", "Due", "State", "Since"),
    "By",
)
ALL = "Risks, assumptions, issues and dependencies"
MOST_TOLD = 25
_BRIEF = 300


def listed(told: RaidPage) -> Message:
    """A page of a project's entries: open ones first, of these the heaviest."""
    project, people = told.project, told_apart(told.people)
    what = told.kind.plural if told.kind else "risks, assumptions, issues or dependencies"
    if not told.whole:
        kind = told.kind or RaidKind.RISK
        return message(
            paragraph(bold(name(project.name)), f" has no {what} yet."),
            paragraph("Keep one: ", code(f"/charter {kind.value} add TEXT"), ", or use the form."),
            actions(_add(project, kind)),
        )
    title = f"{seats.capital(told.kind.plural) if told.kind else ALL} of {name(project.name)}"
    page = f", page {told.page} of {told.pages}" if told.pages > 1 else ""
    rows = [_row(one, project, people, told.today) for one in told.entries]
    kinds = [told.kind] if told.kind else list(RaidKind)
    return message(
        paragraph(bold(title), f": {told.open} of {told.whole} open{page}."),
        data_table(title, HEAD, rows),
        quiet(f"All that was said of one: /charter {_command(told)}"),
        actions(*(_add(project, kind) for kind in kinds), *_pager(told)),
    )


def _command(told: RaidPage) -> str:
    first = told.entries[0]
    return f"{first.kind.value} {first.label}"


def _add(project: Project, kind: RaidKind) -> Block:
    values: Values = {"p": project.key, "k": kind.value}
    label = f"Add {kind.one}"
    return button(label, Act.RAID_OPEN, values, spoken=f"{label} to {name(project.name, 40)}")


def _pager(told: RaidPage) -> list[Block]:
    kind = told.kind.value if told.kind else None
    pages = [(told.page - 1, "Previous")] if told.page > 1 else []
    pages += [(told.page + 1, "Next")] if told.page < told.pages else []
    return [
        button(
            label,
            Act.RAID_PAGE,
            {"p": told.project.key, "k": kind, "n": page},
            spoken=f"Page {page} of {told.pages}",
        )
        for page, label in pages
    ]


def _row(
    one: RaidEntry, project: Project, people: Mapping[int, Person], today: date
) -> list[str | int]:
    said = one.said
    late = " (past)" if one.is_past(today) else ""
    return [
        one.label,
        said.text,
        project.title_of(said.item) or "the project",
        _owner(said, people),
        said.likelihood.value if said.likelihood else "",
        said.impact.value if said.impact else "",
        said.mitigation,
        f"{said.due.isoformat()}{late}" if said.due else "",
        _state(said),
        _day(one.settled),
        _by(one.settled, people),
    ]


def _state(said: Said) -> str:
    why = f": {said.because}" if said.because else ""
    return f"{'closed' if said.closed else 'open'}{why}"


def _owner(said: Said, people: Mapping[int, Person]) -> str:
    person = people.get(said.owner) if said.owner is not None else None
    if person is None:
        return "nobody"
    return name(person.name) if person.active else f"{name(person.name)} (left)"


def _by(told: Revision, people: Mapping[int, Person]) -> str:
    person = people.get(told.by) if told.by is not None else None
    return name(person.name) if person else "the operator"


def _day(told: Revision) -> str:
    return day(told.at) if told.at else "before the record"


def entry(shown: RaidShown) -> Message:
    """One entry, with all that was said of it, the latest first."""
    one, project, people = shown.entry, shown.project, told_apart(shown.people)
    said, values = one.said, {"p": project.key, "k": one.kind.value, "n": one.number}
    late = ", which has gone by" if one.is_past(shown.today) else ""
    facts = [
        f"likelihood × impact: {rating(said)}" if rating(said) else "",
        f"owner: {_owner(said, people)}",
        f"due {said.due.isoformat()}{late}" if said.due else "",
    ]
    told = [fact for fact in facts if fact]
    about = project.title_of(said.item)
    of = f"{name(about)} ({name(project.name)})" if about else name(project.name)
    rows = [
        _told(revision, before, project, people)
        for revision, before in zip(
            reversed(one.revisions), [*reversed(one.revisions[:-1]), None], strict=True
        )
    ]
    plan = f"What is done about it: {name(said.mitigation, _BRIEF)}" if said.mitigation else ""
    return message(
        paragraph(bold(f"{seats.capital(one.kind.value)} {one.label}"), f" of {of}: ", _text(said)),
        paragraph(f"{seats.capital(_state(said))}. {seats.capital('; '.join(told))}."),
        [paragraph(plan)] if plan else [],
        bullets(rows, MOST_TOLD),
        actions(
            button("Edit", Act.RAID_OPEN, values, spoken=f"Edit {one.label}"),
        ),
    )


def raised(lines: Sequence[Line], about: Sequence[str | Piece]) -> Block:
    """An entry that was not there before, in one sentence; nothing for any other change."""
    first, *more = lines
    kind, _, label = first.label.partition(" ")
    is_entry = kind in set(RaidKind) and label != "" and " " not in label
    if not is_entry or first.before or not first.after:
        return {}
    facts = [f"{one.label.removeprefix(first.label).strip()}: {name(one.after)}" for one in more]
    said = f" is kept: “{name(first.after, 1000)}”"
    head = paragraph(bold(f"{kind.capitalize()} {label}"), " of ", *about, said)
    told = paragraph(f"{seats.capital('; '.join(facts))}.") if facts else {"elements": []}
    return {**head, "elements": [*head["elements"], *told["elements"]]}


def _text(said: Said) -> str:
    return f"“{name(said.text, 1000)}”"


def _told(
    told: Revision, before: Revision | None, project: Project, people: Mapping[int, Person]
) -> list[str | Piece]:
    """What was said anew, by whom and when."""
    who = f" ({_by(told, people)}, {_day(told)})"
    said = told.said
    if before is None:
        return [bold("raised"), f": {name(said.text, _BRIEF)}{who}"]
    was = before.said
    if said.closed is not was.closed:
        why = f": {name(said.because, _BRIEF)}" if said.because else ""
        return [bold("closed" if said.closed else "open again"), f"{why}{who}"]
    pairs = (
        ("text", was.text, said.text),
        ("of", project.title_of(was.item), project.title_of(said.item)),
        ("owner", _owner(was, people), _owner(said, people)),
        ("likelihood × impact", rating(was), rating(said)),
        ("mitigation", was.mitigation, said.mitigation),
        ("due", str(was.due or ""), str(said.due or "")),
    )
    parts = [
        f"{label} {name(old, 100) if old else 'nothing'} → {name(new, 100) if new else 'nothing'}"
        for label, old, new in pairs
        if old != new
    ]
    return [f"{'; '.join(parts)}{who}"]


def line(project: Project, today: date | None) -> str:
    """How many are open, and the heaviest: "3 risks open, the heaviest R-2 (high × high): …"."""
    open_ones = ordered(one for one in project.raid if one.is_open)
    if not open_ones:
        return ""
    counts = [
        counted(found, kind.value, kind.plural)
        for kind in RaidKind
        if (found := sum(one.kind is kind for one in open_ones))
    ]
    past = sum(one.is_past(today) for one in open_ones) if today else 0
    first = open_ones[0]
    rated = f" ({rating(first.said)})" if rating(first.said) else ""
    late = f", {past} past {'its' if past == 1 else 'their'} day" if past else ""
    return (
        f"Open: {', '.join(counts)}{late}. First of all {first.label}{rated}: "
        f"{name(first.said.text, 120)}. /charter {spoken(ShowRaid(project=project.key))}"
    )
