"""Counts a day again: what stands in Slack and in the tables, against what was planned."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy import create_engine, text

from bot.stages import LADDER
from handlers.playground.double import Message
from tests.company.day import Day, channel
from tests.company.plan import BEGINS, DIGEST_AT, Asked, Edit

AHEAD = {"UTC": 0, "Europe/Berlin": 60, "Asia/Kolkata": 330, "America/New_York": -300}
"""Minutes that zones are ahead of Greenwich in November."""


@dataclass(frozen=True, slots=True)
class Total:
    """One thing, as it was planned and as it came."""

    what: str
    wanted: object
    found: object

    @property
    def agrees(self) -> bool:
        return self.wanted == self.found


def totals(day: Day, url: str) -> Iterator[Total]:
    """Everything that must have come, and that nothing came twice."""
    plan = day.plan
    said = _said(day)
    asked = [one for one in day.heard if isinstance(one.deed, Asked)]
    edits = [one for one in day.heard if isinstance(one.deed, Edit)]
    yield Total("questions answered", plan.questions, len(asked))
    right = sum(
        isinstance(one.deed, Asked) and one.deed.question.owner in one.answer.said for one in asked
    )
    yield Total("  with the right person", plan.questions, right)
    threads = Counter((one.channel, one.thread_ts) for one in said)
    once = sum(threads[one.answer.channel, one.answer.thread_ts] == 1 for one in asked)
    yield Total("  and with one message each", plan.questions, once)
    yield Total("edits confirmed", plan.edits, len(edits))
    rows = Rows(url)
    yield Total("  kept in the record, each once", plan.edits, rows.one(_EDITS))
    yield Total("  due in the end", _due(day), rows.due())
    people = plan.asked_by(AHEAD, plan.ends)
    questions = [one for one in said if one.channel[0] == "D" and _is(one, "Standup of")]
    yield Total("people asked in standups", len(people), len({one.channel for one in questions}))
    yield Total("  with one message each", len(people), len(questions))
    answered = len(people & plan.answering)
    yield Total("  who answered", answered, rows.one(_ANSWERED))
    reports = [one.channel for one in said if one.channel[0] == "C" and _is(one, "Standup of")]
    told = {channel(one) for person in people for one in plan.in_standup[person]}
    yield Total("channels with a report", len(told), len(set(reports)))
    yield Total("  with one each", len(told), len(reports))
    digest_at = BEGINS + timedelta(hours=DIGEST_AT)
    news = {channel(one) for one in plan.with_news(digest_at)} if digest_at < plan.ends else set()
    digests = [one.channel for one in said if _is_digest(one)]
    yield Total("channels with news and a digest", len(news), len(set(digests) & news))
    yield Total("  with one each", len(set(digests)), len(digests))
    taken = Counter(day.statuses)[HTTPStatus.ACCEPTED]
    yield Total("webhooks taken", plan.deliveries, taken)
    merged = sum(pull % 2 == 1 for pull in range(1, plan.pulls + 1))
    yield Total("  pull requests merged in the end", merged, rows.one(_MERGED))
    yield Total("messages that wait or were given up", 0, rows.one(_WAITING))
    keys = Counter(str(one.metadata) for one in said if one.metadata)
    yield Total("messages that stand in Slack twice", 0, sum(n - 1 for n in keys.values()))
    yield Total("faults that Slack found", [], day.workspace.problems)
    yield Total("events that Slack gave up or waits with", 0, len(day.workspace.unacked))
    rows.close()


def _said(day: Day) -> list[Message]:
    """All that Charter has said and that still stands."""
    space = day.workspace.space
    bot = day.workspace.app.bot_user_id
    everything = [one for place in space.messages.values() for one in place.values()]
    return [one for one in everything if one.user == bot]


def _is(message: Message, words: str) -> bool:
    return message.said.startswith(words) and message.thread_ts in (None, message.ts)


def _is_digest(message: Message) -> bool:
    return message.channel[0] == "C" and _is(message, "Daily digest")


def _due(day: Day) -> dict[tuple[str, str], str]:
    return {
        (f"prj{project}", LADDER[stage].key): due.isoformat()
        for (project, stage), due in day.plan.due_in_the_end.items()
    }


_EDITS = "SELECT count(*) FROM audit WHERE action = 'DueMoved' AND surface = 'command'"
_ANSWERED = "SELECT count(DISTINCT person_id) FROM standup_entries WHERE posted_at IS NOT NULL"
_MERGED = "SELECT count(*) FROM pull_requests WHERE state = 'merged'"
_WAITING = "SELECT count(*) FROM outbox WHERE due_at IS NOT NULL OR dead_at IS NOT NULL"
_DUE = (
    "SELECT p.key, i.key, d.due FROM due_dates d JOIN items i ON i.id = d.item_id"
    " JOIN projects p ON p.id = d.project_id WHERE d.until IS NULL AND d.due >= '2027-01-01'"
)


class Rows:
    """What the tables say, by SQL alone."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)

    def one(self, statement: str) -> Any:
        with self._engine.connect() as connection:
            return connection.execute(text(statement)).scalar_one()

    def due(self) -> dict[tuple[str, str], str]:
        with self._engine.connect() as connection:
            return {(row[0], row[1]): str(row[2]) for row in connection.execute(text(_DUE))}

    def close(self) -> None:
        self._engine.dispose()
