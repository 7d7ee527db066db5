"""What other servers tell of a project, and what lies with them, in a digest."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot import evidence, pulls
from bot.burnup import BurnUp
from bot.digests import Aim, Document, Linked, Outlook, Runs, Standups, Waiting
from bot.sources.base import PullState, Run
from handlers.views.charts import gap_closed
from handlers.views.digests.page import Page, Row
from handlers.views.kit import Block, Piece, counted, link, name
from handlers.views.names import at_source
from handlers.views.reviewers import MINUTE, hours_words


def pull(one: Waiting, page: Page) -> Row:
    """A pull request; of one in a private repository no more than the number and where it stands,
    but in a private channel of the project's own.
    """
    seen, is_hidden = one.seen, one.seen.private and not page.is_own
    facts = [_stands(one, page, is_hidden=is_hidden)]
    if one.is_waiting and one.age is not None and one.age >= MINUTE:
        waits = "waits for" if one.waits else "open for"
        facts.insert(0, f"{waits} {hours_words(one.age)}")
    if one.is_waiting and not is_hidden:
        facts.append(pulls.checks_words(seen))
    if not is_hidden:
        facts.append(pulls.conflict_words(seen))
    facts.append(_last_seen(one.linked, page))
    told = f" – {', '.join(fact for fact in facts if fact)}"
    if is_hidden:
        return [f"#{seen.number} in a private repository", told]
    return [link(f"{seen.repo}#{seen.number} {seen.title}", seen.ref.url), told]


def _stands(one: Waiting, page: Page, *, is_hidden: bool) -> str:
    if one.seen.state is not PullState.OPEN:
        return one.seen.state.value
    if is_hidden:
        return "waiting for a review" if one.is_waiting else "open"
    logins = page.logins
    return pulls.review_words(one.seen, lambda login: at_source(login, logins, page.people))


def standups(told: Standups | None) -> list[Row]:
    """Counts alone: who was silent is nobody's business here."""
    if told is None:
        return []
    blocked = f"; {told.blocked} told of something that blocks them" if told.blocked else ""
    return [[f"{told.answered} of {counted(told.asked, 'answer')} came{blocked}"]]


def runs(told: Runs | None, ways: Sequence[BurnUp], page: Page) -> list[Row]:
    if told is None:
        return []
    rows = [_aim(told.aim, page)] if told.aim else []
    rows += [[name(one.sentence, 300)] for one in ways if one.forecast or one.slope == 0]
    return [*rows, *(_moved(linked, run, page) for linked, run in told.moved)]


def gaps_moved(some: Sequence[Outlook]) -> Block:
    """A chart of the metrics whose gap moved since the last digest, those of the worst project
    first.
    """
    ways = [(way, one.name) for one in some for way in one.closer]
    projects = {one.project for one in some if one.closer}
    names = [
        one.metric.name if len(projects) == 1 else f"{one.metric.name}, {of}" for one, of in ways
    ]
    return gap_closed([one for one, _ in ways], names)


def _aim(aim: Aim, page: Page) -> Row:
    words = name(evidence.comparison_words(aim.comparison), 300)
    return [f"{words}, best run ", _of_run(aim.seen), _after(_last_seen(aim.linked, page))]


def _moved(linked: Linked, run: Run, page: Page) -> Row:
    return [_of_run(run), f" – {run.state.value}", _after(_last_seen(linked, page))]


def _of_run(run: Run) -> str | Piece:
    return link(run.name or run.ref.key, run.ref.url)


def _after(words: str) -> str:
    return f", {words}" if words else ""


def _last_seen(linked: Linked, page: Page) -> str:
    """Where a server does not answer: when it did last, and why it does not."""
    window = page.window
    return evidence.last_seen(linked.sighting, window.now, ZoneInfo(window.zone))


def document(one: Document, page: Page) -> Row:
    due = one.due
    person = page.people.get(due.who) if due.who is not None else None
    about = f" ({name(due.item.title)})" if due.item else ""
    who = f"by {name(person.name)}" if person else "by nobody: the project has no lead"
    told = f"{about} – {who}, due {due.review.isoformat()}, {due.when}"
    return [link(name(due.link.title), due.link.url), told]
