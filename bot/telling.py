"""Changes in plain words: before → after, one line for each thing that changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.changes import (
    AliasChanged,
    ArchiveChanged,
    Change,
    ChannelChanged,
    DigestEnded,
    DigestSet,
    DueMoved,
    LinkAdded,
    ProjectCreated,
    PullRequestLinked,
    RolesChanged,
    RunLinked,
    ScopeChanged,
    Seat,
    Spot,
    StageMoved,
    StandupEnded,
    StandupSet,
)
from bot.people import Person
from bot.project import Group, Holder, Letter, PersonHolder, Status, Vacancy
from bot.standups import Plan, city, days_in_words


def holder_name(holder: Holder, people: Mapping[int, Person]) -> str:
    """A holder in plain words: "Bea Lind", "vacant (Data Engineer, DE-114)", "@labellers"."""
    match holder:
        case PersonHolder(person=key):
            return people[key].name if key in people else "somebody unknown"
        case Vacancy(role=role, requisition=requisition):
            return f"vacant ({role}, {requisition})" if requisition else f"vacant ({role})"
        case Group(handle=handle):
            return f"@{handle.lstrip('@')}"


def person_ref(person: Person) -> str:
    """Somebody as a word that means nobody else, whatever names are shared."""
    return f"<@{person.slack_id}>" if person.slack_id else f"key:{person.key}"


def holder_ref(holder: Holder, people: Mapping[int, Person]) -> str:
    """A holder as a command's word, which means nobody else."""
    match holder:
        case PersonHolder(person=key):
            return person_ref(people[key])
        case Vacancy(role=role, requisition=requisition):
            return f"vacant {role} {requisition or ''}".rstrip()
        case Group(slack_id=slack_id, handle=handle):
            return f"<!subteam^{slack_id}|@{handle.lstrip('@')}>"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of before → after; an empty text stands for nothing."""

    label: str
    before: str
    after: str


def lines(change: Change, people: Mapping[int, Person]) -> tuple[Line, ...]:
    """What a change does, a line for each thing that changes."""
    match change:
        case RolesChanged():
            return _role_lines(change, people)
        case StageMoved():
            return (
                Line(
                    "status",
                    _status(change.before, change.before_note),
                    _status(change.after, change.note),
                ),
            )
        case DueMoved():
            return (Line("due", _day(change.before), _day(change.after)),)
        case ScopeChanged():
            return (Line(change.name.replace("_", " "), change.before, change.after),)
        case AliasChanged() | ChannelChanged() | ArchiveChanged() | DigestSet() | DigestEnded():
            return (_line(change),)
        case StandupSet() | StandupEnded():
            return _standup_lines(change, people)
        case ProjectCreated():
            return (Line("project", "", change.name),)
        case PullRequestLinked() | RunLinked() | LinkAdded():
            return (_link_line(change),)


def _link_line(change: PullRequestLinked | RunLinked | LinkAdded) -> Line:
    """Of a pull request the number alone: repository and title may be private where this is
    read.
    """
    match change:
        case PullRequestLinked(number=number, before=before, after=after):
            return Line(f"pull request #{number}", _spot(before), _spot(after))
        case RunLinked(run=run, before=before, after=after):
            return Line(f"run {run[:12]}", _spot(before), _spot(after))
        case LinkAdded(title=title, added=added):
            return Line("link", "" if added else title, title if added else "")


def _line(
    change: AliasChanged | ChannelChanged | ArchiveChanged | DigestSet | DigestEnded,
) -> Line:
    """What comes or goes as a whole."""
    match change:
        case AliasChanged(alias=alias, added=added):
            return Line("alias", "" if added else alias, alias if added else "")
        case ChannelChanged(channel=channel, bound=bound):
            name = channel.words
            return Line("channel", "" if bound else name, name if bound else "")
        case ArchiveChanged(archived=archived):
            return Line("archived", *(("no", "yes") if archived else ("yes", "no")))
        case DigestSet(before=before, after=after):
            return Line("digest", before.words if before else "", after.words)
        case DigestEnded(before=plan):
            return Line("digest", plan.words, "")


def _role_lines(change: RolesChanged, people: Mapping[int, Person]) -> tuple[Line, ...]:
    restored = tuple(Seat(held.letter, held.holder) for held in change.restored)
    begun = change.begun + restored
    touched = {held.letter for held in change.ended} | {seat.letter for seat in begun}
    return tuple(
        Line(
            letter.word,
            ", ".join(
                holder_name(held.holder, people) for held in change.ended if held.letter is letter
            ),
            ", ".join(holder_name(seat.holder, people) for seat in begun if seat.letter is letter),
        )
        for letter in Letter
        if letter in touched
    )


def _standup_lines(
    change: StandupSet | StandupEnded, people: Mapping[int, Person]
) -> tuple[Line, ...]:
    """All of it where it begins or ends, else what is set otherwise."""
    if isinstance(change, StandupEnded):
        return (Line("standup", _asked_at(change.before), ""),)
    begun = Line("standup", "", f"{_asked_at(change.after)}, told in {change.is_in}")
    if change.before is None:
        return (begun,)
    told = (
        Line("standup", _asked_at(change.before), _asked_at(change.after)),
        Line("report", _reported(change.before), _reported(change.after)),
        Line("standup channel", change.was_in, change.is_in),
        Line("questions", "\n".join(change.before.questions), "\n".join(change.after.questions)),
        Line("also asked", _names(change.before, people), _names(change.after, people)),
    )
    return tuple(line for line in told if line.before != line.after) or (begun,)


def _asked_at(plan: Plan) -> str:
    return f"{days_in_words(plan.days)} at {plan.at:%H:%M}, local time"


def _reported(plan: Plan) -> str:
    return f"{plan.report_at:%H:%M} in {city(plan.zone)}"


def _names(plan: Plan, people: Mapping[int, Person]) -> str:
    return ", ".join(people[key].name for key in plan.people if key in people)


def _status(status: Status, note: str | None) -> str:
    return f"{status.words} ({note})" if note else status.words


def _spot(spot: Spot | None) -> str:
    """What something is linked to; nothing where it is not linked."""
    if spot is None:
        return ""
    return spot.title or "the project as a whole"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def summary(change: Change, people: Mapping[int, Person]) -> str:
    """One plain line for the record: `accountable: Bea Lind → Cy Moss`."""
    nothing = "nobody" if isinstance(change, RolesChanged) else "–"
    return "; ".join(
        f"{line.label}: {line.before or nothing} → {line.after or nothing}"
        for line in lines(change, people)
    )
