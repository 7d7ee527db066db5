"""Digests in words: one message within Slack's limits, the worst first, and nobody is pinged."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import slips
from bot.commands import (
    Export,
    ListProjects,
    Show,
    ShowLint,
    ShowMatrix,
    spoken,
)
from bot.digests import (
    MOST_PARTS,
    Audience,
    Blocker,
    Deadline,
    Decision,
    Digest,
    Part,
    Seats,
    Window,
    Worry,
)
from bot.digests.outlook import outlook
from bot.lateness import Missed
from bot.moments import day
from bot.project import Letter, Project
from bot.raid import rating
from bot.sight import is_own_room
from bot.telling import owners
from bot.workdays import WEEK
from handlers.views import lateness, seats
from handlers.views.acts import Act
from handlers.views.charts import by_age
from handlers.views.digests.changed import change
from handlers.views.digests.found import found
from handlers.views.digests.page import Page, Row
from handlers.views.digests.seen import document, gaps_moved, pull, runs, standups
from handlers.views.kit import (
    Block,
    Message,
    actions,
    bold,
    bullets,
    button,
    counted,
    cut,
    header,
    in_words,
    length,
    link,
    listed,
    message,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart

LONGEST = 6000
"""Characters of a whole digest: longer ones nobody reads, and Slack would not take them."""

ROOM = ((MOST_PARTS, 8), (12, 5), (12, 3), (12, 2), (8, 2), (6, 1), (3, 1), (1, 1))
"""Projects told of, and lines in each of their lists: the first pair with which it fits."""

MOST_LINES = 36
"""Lines of one kind in all projects together: with more it would not fit anyway."""

MOST_MISSED = 3
"""Digests that did not come, of which it is told."""

MOST_GAPS = 2
"""Gaps of a project that have a button."""

_NOTE = 160
_WHOLE = {"Changed": Export, "Nobody there": ShowMatrix, "Load and letters since": ShowLint}
"""What shows all of a list that was cut, where not the project does."""


def said(
    told: Digest | None, audience: Audience, window: Window, *, heartbeat: bool
) -> Message | None:
    """What is posted: the digest; where nothing has changed that one line, or nothing at all."""
    if told is not None:
        return digest(replace(told, window=window), audience)
    if not heartbeat:
        return None
    where = "in any public project" if audience.is_portfolio else "here"
    since = moment(window.since, window.zone)
    return message(
        paragraph(bold("No change"), f" {where} since {since}."), lateness.late(window.late)
    )


def digest(told: Digest, audience: Audience) -> Message:
    """A digest as one message."""
    people = told_apart(told.people)
    made: list[list[Block]] = []
    for projects, most in ROOM:
        if most > 1 and most * min(projects, len(told.parts)) > MOST_LINES:
            continue
        page = Page(told.window, told.logins, people, most)
        made = [
            project(part, replace(page, is_own=_is_own(part, audience)), _sums(part))
            for part in told.parts[:projects]
        ]
        if sum(weight(block) for blocks in made for block in blocks) <= LONGEST:
            break
    return message(
        header(_title(audience)),
        quiet(f"Since {moment(told.window.since, told.window.zone)}."),
        lateness.late(told.window.late),
        missed(told.window.missed, told.window.zone),
        [block for blocks in made for block in blocks],
        _ages(told),
        gaps_moved([*map(outlook, told.parts), *told.beyond]),
        quiet(*_rest(told, len(made))),
    )


def _is_own(part: Part, audience: Audience) -> bool:
    return is_own_room(part.project, audience.place)


def _ages(told: Digest) -> Block:
    """All blockers whose age is known as bars, the oldest first, also of projects told no more."""
    every = [*map(outlook, told.parts), *told.beyond]
    is_one = len(every) == 1
    found = [
        (title if is_one else f"{title}, {one.name}", age)
        for one in every
        for title, age in one.blockers
        if age is not None
    ]
    return by_age(sorted(found, key=lambda pair: (-pair[1], pair[0].casefold(), pair[0])))


def missed(some: Sequence[Missed], zone: str) -> list[Block]:
    """Digests that did not come, the latest last, and why."""
    if not some:
        return []
    days = listed([moment(one.slot, zone) for one in some[-MOST_MISSED:]])
    down = next((one.down for one in reversed(some) if one.down), None)
    return [paragraph(bold("Left out: "), f"{days}; ", *lateness.why(down), ".")]


def weight(block: Block) -> int:
    return length(in_words(block))


def _title(audience: Audience) -> str:
    often = audience.cadence.value.capitalize()
    if audience.is_portfolio:
        return f"{often} digest of all public projects"
    return f"{often} digest of #{audience.place.name}"


def moment(at: datetime, zone: str) -> str:
    there = at.astimezone(ZoneInfo(zone))
    return f"{WEEK[there.weekday()]} {there:%Y-%m-%d, %H:%M} ({zone})"


def _rest(told: Digest, shown: int) -> list[str]:
    more = [*map(outlook, told.parts[shown:]), *told.beyond]
    left = len(more)
    every = f"/charter {spoken(ListProjects()).removesuffix(' 1')}"
    lines = []
    if left:
        blocked = sum(len(one.blockers) for one in more)
        late = sum(one.late for one in more)
        worry = [
            counted(blocked, "item") + " blocked" if blocked else "",
            counted(late, "item") + " late" if late else "",
        ]
        facts = listed([each for each in worry if each])
        lines.append(
            f"and {counted(left, 'more project')}{f', with {facts}' if facts else ''}: {every}"
        )
    if told.quiet:
        lines.append(f"Nothing to tell of {counted(told.quiet, 'other project')}.")
    return lines


# One project


def project(part: Part, page: Page, beside: str) -> list[Block]:
    """What there is to say of one; `beside` stands behind its name."""
    lists = [
        _list("Changed", [change(one, part, page.people) for one in part.changes], page, part),
        _list("Decided", [_decision(one, page) for one in part.decisions], page, part),
        _list("Blocked", [_blocker(one, part, page) for one in part.blockers], page, part),
        _list("Nobody there", [_gap(one, part, page) for one in part.gaps], page, part),
        _list("Load and letters since", found(part), page, part),
        _list("Late, or due within 14 days", [_due(one) for one in part.deadlines], page, part),
        _list("Documents to review", [document(one, page) for one in part.documents], page, part),
        _list("Risks and the like", [_worry(one, page) for one in part.worries], page, part),
        _list("Pull requests", [pull(one, page) for one in part.pulls], page, part),
        _list("Standups", standups(part.standups), page, part),
        _list("Runs", runs(part.runs, part.trends, page), page, part),
    ]
    heading = paragraph(bold(name(part.project.name)), beside)
    elements = [each for block in (heading, *lists) if block for each in block["elements"]]
    return [{"type": "rich_text", "elements": elements}, *actions(*_buttons(part))]


def _sums(part: Part) -> str:
    facts = [
        part.health.light.words.lower() if part.health else "",
        f"{len(part.blockers)} blocked" if part.blockers else "",
        f"{part.late} late" if part.late else "",
        f"{len(part.gaps)} with nobody there" if part.gaps else "",
    ]
    facts.append(f"unconfirmed {part.unconfirmed} d" if part.unconfirmed else "")
    told = [fact for fact in facts if fact]
    return f" – {listed(told)}" if told else ""


def _list(title: str, rows: Sequence[Row], page: Page, part: Part) -> Block:
    if not rows:
        return {}
    order = _WHOLE.get(title, Show)
    where = f": /charter {spoken(order(name(part.project.name)))}"
    head = paragraph(bold(title))
    return {**head, "elements": head["elements"] + bullets(rows, page.most, where)["elements"]}


def _decision(one: Decision, page: Page) -> Row:
    by = page.people.get(one.by) if one.by is not None else None
    said = f"D-{one.number} {name(one.text, _NOTE)}"
    words = link(said, one.permalink) if one.permalink else said
    return [words, f" ({name(by.name)})" if by else ""]


def days(age: int) -> str:
    return counted(age, "working day") if age else "less than a working day"


def _blocker(one: Blocker, part: Part, page: Page) -> Row:
    note = f": {name(one.text, _NOTE)}" if one.text else ""
    owner = "nobody owns it"
    if one.owner in page.people and one.owner is not None:
        who = owners.of_blocker(one.owner, part.project, one.item, page.people, part.acting)
        owner = f"owner {name(who)}"
    if one.age is None or one.since is None:
        age = "since before the record began"
    else:
        age = f"{days(one.age)}, since {day(one.since)}"
    return [bold(name(one.item.title)), f"{note} – {owner}, {age}"]


def _gap(one: Seats, part: Part, page: Page) -> Row:
    told = [seats.gap(part.project, one.item, letter, page.people) for letter in one.missing]
    if told == [f"nobody {letter.word}" for letter in (Letter.A, Letter.R)]:
        told = ["nobody accountable or responsible"]
    under_way = f" ({one.item.status.words})" if one.is_under_way else ""
    return [bold(name(one.item.title)), f"{under_way}: {cut('; '.join(told), 300)}"]


def _due(one: Deadline) -> Row:
    return [bold(name(one.item.title)), f" – {deadline_words(one)}"]


def deadline_words(one: Deadline) -> str:
    if one.days < 0:
        when = f"{counted(-one.days, 'day')} late"
    else:
        when = f"in {counted(one.days, 'day')}" if one.days else "today"
    slipped = slips.words(one.slip, one.moves)
    slip = f", {slipped}" if slipped else ""
    return f"due {one.due.isoformat()}, {when}{slip}"


def _worry(one: Worry, page: Page) -> Row:
    said = one.entry.said
    person = page.people.get(said.owner or 0)
    facts = [
        rating(said),
        f"owner {name(person.name)}" if person else "nobody owns it",
        f"its day has gone by: {said.due.isoformat()}" if one.is_past and said.due else "",
    ]
    told = ", ".join(fact for fact in facts if fact)
    return [bold(one.entry.label), f" {name(said.text, _NOTE)} – {told}"]


# Buttons


def _buttons(part: Part) -> list[Block]:
    project = part.project
    title = name(project.name, 40)
    show = button("Show", Act.PROJECT_SHOW, {"p": project.key}, spoken=f"Show {title}")
    return [show, *(_assign(project, one) for one in part.gaps[:MOST_GAPS])]


def _assign(project: Project, gap: Seats) -> Block:
    letter = gap.missing[0]
    title = name(gap.item.title, 40)
    values = {"p": project.key, "i": gap.item.key, "l": letter.value, "v": gap.item.version}
    spoken = f"Assign who is {letter.word} for {title}"
    return button(f"Assign {title}", Act.ASSIGN_OPEN, values, spoken=spoken)
