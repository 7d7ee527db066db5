"""Standups: how one is set, who is in it, when each of them is asked, what the report tells."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.moments import known
from bot.people import Person
from bot.project import CLOSED, Group, Holder, Letter, PersonHolder, Project, Status, Vacancy
from bot.recurrence import WORKDAYS, Weekly, at_local

QUESTIONS = (
    "What have you done since last time?",
    "What comes next?",
    "What are you blocked by?",
)
"""What is asked where nobody set other questions."""
DAYS = WORKDAYS
AT = time(9, 30)

MOST_QUESTIONS = 8
MOST_PEOPLE = 50
LONGEST_QUESTION = 150
LONGEST_ANSWER = 2900
LONGEST_BLOCKER = 1000
"""A blocker may become the note of an item, which is no longer than this."""

EDITABLE_FOR = timedelta(days=7)
"""How long after its day a standup can be answered or changed."""

_LONGEST_NOTE = 10_000
"""As much as a text of a document holds; the answers themselves stand beside it, whole."""
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT_RUN = 2
_REPORT_AFTER = timedelta(minutes=90)
_BLOCKER = re.compile(r"\bblock", re.IGNORECASE)
_NOTHING = {
    *("", "-", "–", "—", "/", "x", "0", "ok", "none", "nothing", "no", "nope", "nobody", "n/a"),
    *("na", "nil", "no blocker", "no blockers", "not blocked", "nothing blocking", "all good"),
    *("none so far", "nothing so far", "none at the moment", "nothing at the moment"),
}
_ASKED = frozenset({Letter.A, Letter.R})


@dataclass(frozen=True, slots=True)
class Plan:
    """How a project's standup is set.

    `at` is each person's own time, on `days` (Monday is 0). The report goes to `channel` (a Slack
    id) at `report_at`, which is a time in `zone`. `people` are in besides those with an R or an A.
    """

    questions: tuple[str, ...]
    days: frozenset[int]
    at: time
    zone: str
    report_at: time
    channel: str
    people: tuple[int, ...] = ()

    @property
    def is_overnight(self) -> bool:
        """Whether the report of a day is told after midnight."""
        return self.report_at < self.at


class State(StrEnum):
    """What became of one person's standup of one day; the last two only documents tell."""

    ASKED = "asked"
    POSTED = "posted"
    SKIPPED = "skipped"
    NOTHING_NEW = "nothing_new"
    MISSING = "missing"
    AWAY = "out_of_office"


class Trouble(StrEnum):
    """Why a standup that is set rests."""

    ARCHIVED = "archived"
    UNBOUND = "unbound"
    EXPOSED = "exposed"
    SHARED = "shared"
    GONE = "gone"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's standup of one day (their own). `answers` are pairs of question and answer."""

    id: int
    project: int
    person: int
    day: date
    state: State
    answers: tuple[tuple[str, str], ...] = ()
    asked_at: datetime | None = None
    posted_at: datetime | None = None
    blocked_item: int | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(question for question, _answer in self.answers)


# When


def report_time(at: time) -> time:
    """When the report is told where nobody said when: 90 minutes after people are asked."""
    return (datetime.combine(date.min, at) + _REPORT_AFTER).time()


def ask_times(plan: Plan, zone: str) -> Weekly:
    """When somebody whose zone this is gets asked."""
    return Weekly(plan.days, plan.at, known(zone))


def report_times(plan: Plan) -> Weekly:
    days = frozenset((day + plan.is_overnight) % 7 for day in plan.days)
    return Weekly(days, plan.report_at, plan.zone)


def report_day(plan: Plan, slot: datetime) -> date:
    """The day that the report of this slot is about."""
    day = slot.astimezone(ZoneInfo(plan.zone)).date()
    return day - timedelta(days=plan.is_overnight)


def report_is_due(plan: Plan, day: date, now: datetime) -> bool:
    """Whether the report of a day has had its time."""
    told_on = day + timedelta(days=plan.is_overnight)
    slot = at_local(told_on, plan.report_at, ZoneInfo(plan.zone))
    return slot is not None and slot <= now


def days_in_words(days: Iterable[int]) -> str:
    """Days of the week, as people say them: "Monday to Friday", "Monday, Wednesday"."""
    ordered = sorted(days)
    run = ordered == list(range(ordered[0], ordered[-1] + 1))
    if len(ordered) == len(_WEEK):
        return "every day"
    if run and len(ordered) > _SHORT_RUN:
        return f"{_WEEK[ordered[0]]} to {_WEEK[ordered[-1]]}"
    return ", ".join(_WEEK[day] for day in ordered)


def city(zone: str) -> str:
    """A zone as people call it: "New York" for America/New_York."""
    return zone.rpartition("/")[2].replace("_", " ")


# Who


def members(
    project: Project,
    people: Mapping[int, Person],
    plan: Plan,
    sees: Callable[[int], bool],
) -> tuple[int, ...]:
    """Who is in, each of them once: R and A of what is open, and those who were named.

    Only people whom Slack knows, who have not left, and who may see the project (`sees`).
    """
    holding = (
        held.holder
        for item in project.items
        if item.status not in CLOSED
        for held in project.raci(item)
        if held.letter in _ASKED
    )
    wanted = {person for holder in holding if (person := _person(holder)) is not None}
    return tuple(
        sorted(
            key
            for key in {*wanted, *plan.people}
            if key in people and _reachable(people[key]) and sees(key)
        )
    )


def _person(holder: Holder) -> int | None:
    match holder:
        case PersonHolder(person=person):
            return person
        case Vacancy() | Group():
            return None


def _reachable(person: Person) -> bool:
    return person.active and not person.is_bot and person.slack_id is not None


def trouble(
    project: Project, plan: Plan, *, is_shared: bool, is_refused: bool, is_gone: bool = False
) -> Trouble | None:
    """Why nobody is asked and nothing is reported; None where all is well.

    `is_shared`: another organisation reads the channel. `is_refused`: Slack took no report there.
    `is_gone`: the channel was archived or deleted, or Charter was taken out of it.
    """
    channel = next((one for one in project.channels if one.slack_id == plan.channel), None)
    if project.archived_at:
        return Trouble.ARCHIVED
    if channel is None:
        return Trouble.UNBOUND
    if not project.is_told_in(channel):
        return Trouble.EXPOSED
    if is_shared:
        return Trouble.SHARED
    if is_gone:
        return Trouble.GONE
    return Trouble.REFUSED if is_refused else None


# What was said


def blocker_at(questions: Sequence[str]) -> int | None:
    """Which question asks what blocks somebody: the first that says "block …"."""
    return next((at for at, one in enumerate(questions) if _BLOCKER.search(one)), None)


def says_nothing(answer: str) -> bool:
    """Whether an answer says that there is nothing to say: "none", "nope", "–"."""
    return " ".join(answer.split()).strip(" .!").casefold() in _NOTHING


def blocker(answers: Sequence[tuple[str, str]]) -> str:
    """What blocks somebody, or nothing."""
    at = blocker_at([question for question, _ in answers])
    said = answers[at][1].strip() if at is not None else ""
    return "" if says_nothing(said) else said


def in_document(answers: Sequence[tuple[str, str]]) -> dict[str, str | None]:
    """Answers in the fields of the workspace document: what it has no field for is the note."""
    own: dict[str, str | None] = {"yesterday": None, "today": None, "blocker": None, "note": None}
    fields = dict(zip(QUESTIONS, ("yesterday", "today", "blocker"), strict=True))
    block = blocker_at([question for question, _ in answers])
    more: list[str] = []
    for at, (question, answer) in enumerate(answers):
        field = "blocker" if at == block else fields.get(question)
        if field:
            own[field] = answer.strip() or None
        elif answer.strip():
            more.append(f"{question} {answer.strip()}")
    return {**own, "note": "\n".join(more)[:_LONGEST_NOTE] or None}


@dataclass(frozen=True, slots=True)
class Later:
    """Somebody who is asked only after the report: when, on their own clock, and where."""

    person: int
    at: time
    zone: str


@dataclass(frozen=True, slots=True)
class Report:
    """One day's standup of a project: whoever was asked, and who was not (yet).

    `titles` are those of the items that are blocked.
    """

    project: str
    day: date
    entries: tuple[Entry, ...]
    later: tuple[Later, ...]
    unasked: tuple[int, ...]
    titles: Mapping[int, str]
    people: Mapping[int, Person]


def report(
    project: Project,
    plan: Plan,
    day: date,
    entries: Iterable[Entry],
    inside: Sequence[int],
    people: Mapping[int, Person],
    now: datetime,
) -> Report | None:
    """The report of a day; None where nobody was asked. `inside` are the members of now.

    Who is out by now and said nothing is left out.
    """
    asked = [entry for entry in entries if entry.asked_at is not None]
    told = [entry for entry in asked if entry.state is not State.ASKED or entry.person in inside]
    if not told:
        return None
    done = {entry.person for entry in asked}
    later: list[Later] = []
    unasked: list[int] = []
    for key in inside:
        slot = _slot(plan, day, people[key].timezone)
        if key in done or slot is None:
            continue
        if slot > now:
            later.append(Later(key, plan.at, known(people[key].timezone)))
        else:
            unasked.append(key)
    return Report(
        project=project.name,
        day=day,
        entries=tuple(sorted(told, key=lambda entry: _by_name(people, entry.person))),
        later=tuple(later),
        unasked=tuple(sorted(unasked, key=lambda key: _by_name(people, key))),
        titles={item.id: item.title for item in project.items if item.status is Status.BLOCKED},
        people=people,
    )


def _slot(plan: Plan, day: date, zone: str) -> datetime | None:
    return at_local(day, plan.at, ZoneInfo(known(zone))) if day.weekday() in plan.days else None


def _by_name(people: Mapping[int, Person], key: int) -> tuple[str, int]:
    return (people[key].name.casefold() if key in people else "", key)
