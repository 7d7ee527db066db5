"""Who holds what, in words: holders, gaps, since when and set by whom."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot import blockers, slips, workdays
from bot.acting import Acting
from bot.condition import Blocker
from bot.moments import day
from bot.outcome import Shown
from bot.people import Person
from bot.project import CLOSED, Assignment, Item, Letter, PersonHolder, Project, Status, Vacancy
from bot.stages import silent_days
from bot.startup import Solo
from bot.telling import holder_name, owners
from bot.telling.holders import person_name
from bot.telling.owners import NOBODY
from handlers.views.kit import Piece, counted, link, listed, name

_BETWEEN = re.compile(r", (?![^(]*\))")
"""Between two holders, but not in "vacant (Data Engineer, DE-114)"."""


def held(assignments: Sequence[Assignment], letter: Letter) -> list[Assignment]:
    return [one for one in assignments if one.letter is letter]


def holder(
    assignment: Assignment,
    people: Mapping[int, Person],
    acting: Mapping[int, Acting] = NOBODY,
    note: str = "",
) -> str:
    """A holder in words, with a `note` in brackets; who has left is said to have left.

    Where somebody acts for them it is that one first: "Dan Poe (acting until 2026-08-14; owner Bea
    Lind)".
    """
    words = name(holder_name(assignment.holder, people))
    match assignment.holder:
        case PersonHolder(person=key) if key in people and not people[key].active:
            left = people[key].left_on
            return f"{words} (left on {left.isoformat()})" if left else f"{words} (has left)"
        case PersonHolder(person=key) if key in acting:
            return owners.person(key, people, acting, note, _called)
        case _:
            return owners.noted(words, note)


def _called(person: Person) -> str:
    return name(person_name(person))


def holders(
    assignments: Sequence[Assignment],
    letter: Letter,
    people: Mapping[int, Person],
    most: int = 8,
    acting: Mapping[int, Acting] = NOBODY,
) -> str:
    """All who hold a letter, in one line; empty for nobody."""
    words = [holder(one, people, acting) for one in held(assignments, letter)]
    return listed(words, most)


def offered(item: Item, people: Mapping[int, Person], now: datetime | None) -> str:
    """That the item is on its way to somebody: "hand-over to Cy Moss offered 2 d ago"."""
    return owners.offered(item.offer, people, now, _called) if item.offer else ""


def owner(
    project: Project,
    item: Item,
    people: Mapping[int, Person],
    acting: Mapping[int, Acting] = NOBODY,
    now: datetime | None = None,
) -> str:
    """Who is accountable for an item, as `owners.owner` words it; empty where nobody is."""
    return owners.owner(project, item, people, acting, now, _called)


def active(assignment: Assignment, people: Mapping[int, Person]) -> bool:
    """Whether somebody is really there: neither a vacant seat nor a person who has left."""
    match assignment.holder:
        case PersonHolder(person=key):
            return key in people and people[key].active
        case Vacancy():
            return False
        case _:
            return True


def missing(project: Project, item: Item, people: Mapping[int, Person]) -> tuple[Letter, ...]:
    """The letters among A and R that nobody active holds.

    None for what is done or skipped, nor for a component that takes the letters of its stage.
    """
    if item.status in CLOSED or item.inherits_raci:
        return ()
    letters = project.raci(item)
    return tuple(
        letter
        for letter in (Letter.A, Letter.R)
        if not any(active(one, people) for one in held(letters, letter))
    )


def reason(project: Project, item: Item, letter: Letter, people: Mapping[int, Person]) -> str:
    """Why nobody holds a letter: vacant, left, or who was the last; empty if nothing is known."""
    present = held(project.raci(item), letter)
    if any(isinstance(one.holder, Vacancy) for one in present):
        open_ = [holder(one, people) for one in present if isinstance(one.holder, Vacancy)]
        return f"the seat is {listed(open_, 4)}"
    if present:
        return listed([holder(one, people) for one in present], 4)
    return last(item, people) if letter is Letter.A else ""


def last(item: Item, people: Mapping[int, Person]) -> str:
    """Who was accountable last, where nobody is now: "the last was Bea Lind, until 2026-03-04"."""
    found = item.last_accountable
    if found is None:
        return ""
    until = f", until {day(found.until)}" if found.until else ""
    return f"the last was {holder(found, people)}{until}"


def empty(project: Project, item: Item, people: Mapping[int, Person]) -> str:
    """Why nobody is accountable, since when, and who was the last."""
    why, ruling = reason(project, item, Letter.A, people), project.ruling(item)
    seat = next(
        (one for one in held(ruling.assignments, Letter.A) if not active(one, people)), None
    )
    if seat is None or not isinstance(seat.holder, Vacancy):
        return why
    began = f" {since(seat)}" if seat.since else ""
    return "; ".join(told for told in (f"{why}{began}", last(ruling, people)) if told)


def gap(project: Project, item: Item, letter: Letter, people: Mapping[int, Person]) -> str:
    """A gap in words: "nobody accountable, the seat is vacant (Data Engineer, DE-114)"."""
    why = reason(project, item, letter, people)
    return f"nobody {letter.word}, {why}" if why else f"nobody {letter.word}"


def all_of(
    item: Item, letter: Letter, before: str, after: str, people: Mapping[int, Person]
) -> tuple[str, str]:
    """All who held a letter of an item, and all who hold it, from those alone who went and came:
    to join somebody is no step from nobody.
    """
    now = [holder_name(one.holder, people) for one in held(item.assignments, letter)]
    came = _BETWEEN.split(after) if after else []
    if not set(came) <= set(now):
        return before, after  # it went on since, so what stands now tells nothing of then
    stayed = [one for one in now if one not in came]
    return ", ".join([*stayed, before] if before else stayed), ", ".join([*stayed, *came])


def as_one(project: Project, alone: Solo) -> str:
    """The rows that one person holds alone, as one: "all 9 rows", "7 rows"."""
    number = len(alone.items)
    return f"all {number} rows" if number == len(project.items) else f"{number} rows"


def statuses(items: Sequence[Item]) -> str:
    """How many items stand where: "1 blocked, 8 not started"."""
    numbers = Counter(item.status for item in items)
    return ", ".join(f"{numbers[one]} {one.words}" for one in Status if numbers[one])


def since(assignment: Assignment) -> str:
    """Since when; "since before the record began" where nobody wrote it down."""
    if assignment.since is None:
        return "since before the record began"
    return f"since {day(assignment.since)}"


def source(assignment: Assignment, people: Mapping[int, Person]) -> str:
    """Who set it and when: "set by Ana Ruiz on 2026-03-04"; or who back-dated it."""
    who = people.get(assignment.set_by) if assignment.set_by is not None else None
    by = name(who.name) if who else "the operator"
    word = "back-dated" if assignment.is_back_dated else "set"
    return f"{word} by {by} on {day(assignment.recorded_at)}"


def moved(item: Item, people: Mapping[int, Person]) -> str:
    """Who set the status, and when; empty where nobody is known to have."""
    who = people.get(item.moved_by or 0)
    return f"Status set by {name(who.name)} on {day(item.updated)}" if who and item.updated else ""


def where(assignment: Assignment) -> Piece | str:
    """A link to the message in or under which a letter was given, if others can open it."""
    return link("(message)", assignment.message) if assignment.message else ""


def channels(project: Project) -> list[str]:
    """The channels of a project in words, each once: private ones may have the same."""
    return list(dict.fromkeys(name(project.channel_words(one)) for one in project.channels))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _slipped(item: Item) -> str:
    """The day that was planned first, and how often there was another one."""
    if not item.baseline_due or not (item.due_moves or item.baseline_due != item.due):
        return ""
    often = f", {slips.words(0, item.due_moves)}" if item.due_moves > 1 else ""
    return f" (first planned for {item.baseline_due.isoformat()}{often})"


def standing(shown: Shown, item: Item, people: Mapping[int, Person]) -> str:
    """Where an item stands: "In progress, due 2026-03-01, no update for 12 days: a note"."""
    words = capital(item.status.words)
    if item.due:
        words += f", due {item.due.isoformat()}"
        words += _slipped(item)
    words += quiet(shown, item)
    if item.blockers:
        told = [_blocker(shown, item, one, people) for one in item.blockers]
        return f"{words}: {listed(told, 4)}"
    return f"{words}: {name(item.note, 400)}" if item.note else words


def quiet(shown: Shown, item: Item) -> str:
    """For how long something under way has had no update, where that is long."""
    days = silent_days(item, shown.today, shown.zone) if shown.today else 0
    return f", no update for {counted(days, 'day')}" if days >= max(1, shown.stale_days) else ""


def _blocker(shown: Shown, item: Item, one: Blocker, people: Mapping[int, Person]) -> str:
    """What is in the way: "no export (owner Bea Lind, 3 working days)"."""
    project = shown.project
    owner = people.get(blockers.whose(project, item, one, people) or 0)
    whose = f"owner {name(owner.name)}" if owner else "nobody owns it"
    day, zone = shown.today, shown.zone
    age = blockers.age(project, item, one, people, day, zone) if day else None
    lasting = f", {workdays.words(age)}" if age else ""
    return f"{name(one.text, 300)} ({whose}{lasting})"
