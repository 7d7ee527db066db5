"""One's own digest in words: what waits, how one's rows stand, what became of one's projects."""

from collections.abc import Mapping
from dataclasses import replace

from bot.cadence import Cadence
from bot.commands import PreviewOwnDigest, spoken
from bot.digests import OwnDigest, OwnDigestPreview, OwnDigestShown, OwnRow, Window
from bot.digests.outlook import outlook
from bot.moments import day
from bot.orders import EndOwnDigest
from bot.people import Person
from handlers.views import lateness, notices, waiting
from handlers.views.acts import Act
from handlers.views.digests.page import Page, Row
from handlers.views.digests.posted import (
    LONGEST,
    ROOM,
    deadline_words,
    missed,
    moment,
    project,
    weight,
)
from handlers.views.digests.seen import gaps_moved, pull
from handlers.views.kit import (
    Block,
    Message,
    actions,
    bold,
    bullets,
    button,
    counted,
    header,
    listed,
    message,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart

MOST_WAITING = 4
"""Things that wait, each with its buttons; Home has them all."""
MOST_BLOCKS = 45
"""With the title and what stands below, as many as Slack takes in a message."""
FEWEST = 3
"""Of one's own rows at least so many are told, however long the rest is."""
_NOTE = 160
_HOME = "; Home shows them all"


def said_own(
    told: OwnDigest | None, cadence: Cadence, window: Window, key: str, *, heartbeat: bool
) -> Message | None:
    """What is sent: the digest; where nothing has changed that one line, or nothing at all."""
    if told is not None:
        return _digest(replace(told, window=window), cadence, key)
    if not heartbeat:
        return None
    since = moment(window.since, window.zone)
    return message(
        paragraph(bold("No change"), f" in your projects since {since}."),
        lateness.late(window.late),
        missed(window.missed, window.zone),
    )


def _digest(told: OwnDigest, cadence: Cadence, key: str) -> Message:
    people = told_apart(told.people)
    mail = notices.by_project(told.mail, people)
    if mail:
        mail = [paragraph(bold("What your letters have for you today")), *mail]
    head: list[Block] = []
    made: list[list[Block]] = []
    for projects, most in ROOM:
        page = Page(told.window, told.logins, people, most)
        some = told.parts[:projects]
        made = [project(part, page, _beside(told, part.project.id)) for part in some]
        head = [*_mine(told, people, max(most, FEWEST)), *mail]
        whole = [*head, *(block for blocks in made for block in blocks)]
        if sum(map(weight, whole)) <= LONGEST and len(whole) <= MOST_BLOCKS:
            break
    return message(
        header(f"Your {cadence.value} digest"),
        quiet(f"Since {moment(told.window.since, told.window.zone)}."),
        lateness.late(told.window.late),
        missed(told.window.missed, told.window.zone),
        head,
        [block for blocks in made for block in blocks],
        gaps_moved([*map(outlook, told.parts), *told.beyond]),
        quiet(*_rest(told, len(made))),
        actions(notices.why(key)) if key else [],
    )


def _mine(told: OwnDigest, people: Mapping[int, Person], most: int) -> list[Block]:
    """What waits for them, their rows, and the pull requests that wait for their review."""
    blocks: list[Block] = []
    if told.waiting:
        blocks.append(paragraph(bold("Waits for you")))
        for one in told.waiting[:MOST_WAITING]:
            blocks += waiting.row(one, people)
        if (more := len(told.waiting) - MOST_WAITING) > 0:
            blocks.append(quiet(f"and {more} more{_HOME}"))
    page = Page(told.window, told.logins, people, most)
    reviews = [[*pull(one.pull, page), f" ({name(one.project.name)})"] for one in told.reviews]
    for title, rows in (
        ("Your rows", [_row(one) for one in told.rows]),
        ("Pull requests that wait for your review", reviews),
    ):
        if rows:
            blocks += [paragraph(bold(title)), bullets(rows, most, _HOME)]
    return blocks


def _row(one: OwnRow) -> Row:
    letters = "/".join(letter.value for letter in one.letters)
    facts = [one.item.status.words]
    for hurdle in one.blockers:
        note = f": {name(hurdle.text, _NOTE)}" if hurdle.text else ""
        age = f", {counted(hurdle.age, 'working day')}" if hurdle.age else ""
        facts.append(f"in its way{note}{age}")
    if one.deadline:
        facts.append(deadline_words(one.deadline))
    return [
        f"{letters} ",
        bold(name(one.item.title)),
        f" ({name(one.project.name)}) – ",
        ", ".join(facts),
    ]


def _beside(told: OwnDigest, key: int) -> str:
    letter = told.letters.get(key)
    return f" – you are {letter.word}" if letter is not None else ""


def _rest(told: OwnDigest, shown: int) -> list[str]:
    left = len(told.parts) + len(told.beyond) - shown
    return [
        f"and {counted(left, 'more project')}: /charter list" if left else "",
        f"Nothing to tell of {counted(told.quiet, 'other project')}." if told.quiet else "",
    ]


def previewed_own(preview: OwnDigestPreview) -> Message:
    """What they would be told now: the same, under a line that says so."""
    window = preview.window
    what = "what you would be told now"
    if not preview.is_set:
        what = "what a weekly digest would tell you now (you have none)"
    told = said_own(preview.digest, preview.cadence, window, "", heartbeat=preview.heartbeat)
    if told is None:
        return message(
            paragraph(bold("Nothing"), f" is {what}: nothing has changed in your projects."),
            quiet(f"Looked at: all since {moment(window.since, window.zone)}."),
        )
    return message(quiet(f"This is {what}. Only you see it; it moves nothing on."), told.blocks)


def shown_own(shown: OwnDigestShown) -> Message:
    """How one's own digest is set, when the next one comes, and of what it tells."""
    undone = "Taken back. " if shown.undone else ""
    if shown.plan is None or shown.next_at is None:
        return message(
            paragraph(undone, "You get ", bold("no digest"), " of your own."),
            quiet("Have one: /charter digest me weekly Monday at 8:00", _undoable(shown)),
            actions(_set("Set one up"), _run("Preview", PreviewOwnDigest()), *_undo(shown)),
        )
    otherwise = "one line says so" if shown.plan.heartbeat else "nothing is sent"
    on = f"Set on {day(shown.since)}. " if shown.since else ""
    return message(
        paragraph(undone, "You get a digest ", bold(shown.plan.words), f". {_of(shown)}"),
        paragraph("The next one: ", bold(moment(shown.next_at, shown.zone)), "."),
        missed(shown.missed, shown.zone),
        quiet(
            f"{on}Where nothing has changed, {otherwise}. It waits for your working hours, and "
            "takes the day's other news along.",
            _undoable(shown),
        ),
        actions(
            _run("Preview", PreviewOwnDigest()),
            _set("Change"),
            _run("Turn off", EndOwnDigest()),
            *_undo(shown),
        ),
    )


def _of(shown: OwnDigestShown) -> str:
    if not shown.holds:
        return "You hold no letter, so it tells of all projects that you may see."
    if not shown.projects:
        return "None of your projects is open just now."
    return f"It tells of your projects: {listed(shown.projects, 5)}."


def _undoable(shown: OwnDigestShown) -> str:
    return "It can be undone for 10 minutes." if shown.undo_until else ""


def _undo(shown: OwnDigestShown) -> list[Block]:
    if shown.undo_until is None:
        return []
    return [button("Undo", Act.OWN_DIGEST_UNDO, {"s": shown.seq}, spoken="Undo how it was set")]


def _set(label: str) -> Block:
    return button(label, Act.OWN_DIGEST_OPEN, spoken=f"{label}: your own digest")


def _run(label: str, order: PreviewOwnDigest | EndOwnDigest) -> Block:
    words = f"{label}: your own digest"
    return button(label, Act.COMMAND_RUN, {"c": spoken(order)}, spoken=words)
