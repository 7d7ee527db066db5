"""The pure functions that decide a change: a snapshot and a wish in, a change or an error out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.changes import (
    AliasChanged,
    ArchiveChanged,
    Change,
    ChannelChanged,
    DigestEnded,
    DigestSet,
    DueMoved,
    LinkAdded,
    PullRequestLinked,
    RolesChanged,
    RunLinked,
    ScopeChanged,
    Seat,
    StageMoved,
    StandupEnded,
    StandupSet,
)
from bot.errors import BadInput, Refused, SecondAccountable, Why
from bot.people import Person
from bot.project import (
    Assignment,
    Channel,
    Group,
    Holder,
    Item,
    Letter,
    PersonHolder,
    Project,
    Status,
    Vacancy,
)
from bot.spelling import folded
from bot.telling import holder_name, holder_ref

NO_RUNGS: Mapping[str, tuple[str, ...]] = {}
LONGEST_NOTE = 1000
LONGEST_NAME = 120
LONGEST_FIELD = 3000


def holders(assignments: Sequence[Assignment], letter: Letter) -> tuple[Assignment, ...]:
    return tuple(held for held in assignments if held.letter is letter)


def assign(
    project: Project,
    item: Item,
    letters: Sequence[Letter],
    holder: Holder,
    people: Mapping[int, Person],
    *,
    since: datetime,
    now: datetime,
    hand_over: bool = False,
) -> RolesChanged:
    """Give `letters` of an item to `holder`, from `since` on, which is not after `now`.

    A second Accountable, present or planned, raises `SecondAccountable` unless `hand_over`; a
    vacant seat is simply filled. Somebody who holds the letter already may get an earlier
    beginning. Raises `Refused` for an archived project, a holder who left, a bot, an accountable
    group, a start at which somebody else was accountable who is not any more, and where nothing
    would change.
    """
    _open(project)
    may_hold(letters, holder, people)
    ended: list[Assignment] = []
    begun: list[Seat] = []
    for letter in dict.fromkeys(letters):
        own = [held for held in holders(item.assignments, letter) if held.holder == holder]
        if any(held.since is None or held.since <= since for held in own):
            continue
        begun.append(Seat(letter, holder))
        ended.extend(own)
        if letter is Letter.A:
            ended.extend(_making_way(project, item, holder, people, since, now, hand_over))
        elif isinstance(holder, PersonHolder):
            ended.extend(_vacancy(holders(item.assignments, letter)))
    if not begun:
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title})
    return RolesChanged(project.id, item.id, tuple(ended), tuple(begun), since)


def _making_way(
    project: Project,
    item: Item,
    holder: Holder,
    people: Mapping[int, Person],
    since: datetime,
    now: datetime,
    hand_over: bool,
) -> Iterator[Assignment]:
    """Every other Accountable from `since` on, who ends with the new one's beginning."""
    for held in item.accountable or holders(item.assignments, Letter.A):
        is_past = held.until is not None and held.until <= now
        if held.holder == holder and not is_past and held.holds_at(now):
            continue
        if held.until is not None and held.until <= since:
            continue
        if isinstance(held.holder, Vacancy):
            yield held
            continue
        is_planned = held.since is not None and held.since > now
        if is_past or (not is_planned and held.since is not None and held.since > since):
            raise Refused(Why.BAD_DATE, {"item": item.title}, field="since")
        if not hand_over:
            raise SecondAccountable(
                project_key=project.key,
                item_key=item.key,
                item_title=item.title,
                project_name=project.name,
                present=holder_name(held.holder, people),
                since=held.since,
                wanted=holder_name(holder, people),
                wanted_ref=holder_ref(holder, people),
                item_version=item.version,
            )
        yield held


def _vacancy(present: Sequence[Assignment]) -> list[Assignment]:
    """The one vacant seat that somebody new sits on."""
    return [held for held in present if isinstance(held.holder, Vacancy)][:1]


def _open(project: Project) -> None:
    if project.archived_at:
        raise Refused(Why.ARCHIVED, {"project": project.name})


def may_hold(letters: Sequence[Letter], holder: Holder, people: Mapping[int, Person]) -> None:
    """Raise `Refused` for a bot, for somebody who has left, and for an accountable group."""
    match holder:
        case PersonHolder(person=key):
            person = people[key]
            if person.is_bot:
                raise Refused(Why.HOLDER_IS_BOT, {"name": person.name}, field="holder")
            if not person.active:
                left = person.left_on.isoformat() if person.left_on else ""
                raise Refused(Why.HOLDER_LEFT, {"name": person.name, "on": left}, field="holder")
        case Group(handle=handle) if Letter.A in letters:
            raise Refused(Why.GROUP_ACCOUNTABLE, {"group": handle}, field="holder")
        case _:
            pass


def clear(
    project: Project,
    item: Item,
    letters: Sequence[Letter],
    holder: Holder | None,
    *,
    since: datetime,
) -> RolesChanged:
    """Take letters away, from one holder or (None) from all; `Refused` where nobody holds them."""
    _open(project)
    ended = tuple(
        held
        for held in item.assignments
        if held.letter in letters and (holder is None or held.holder == holder)
    )
    if not ended:
        raise Refused(Why.NOT_HELD, {"item": item.title, "letters": "/".join(letters)})
    return RolesChanged(project.id, item.id, ended, (), since)


def move(project: Project, item: Item, status: Status, note: str | None) -> StageMoved:
    """Move an item to a status. Skipping and blocking need a note that says why."""
    _open(project)
    note = _text(note, LONGEST_NOTE, "note") if note else None
    if status in {Status.SKIPPED, Status.BLOCKED} and not note:
        raise BadInput(
            Why.REASON_NEEDED, {"status": status.words, "item": item.title}, field="note"
        )
    if (status, note) == (item.status, item.note):
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title})
    return StageMoved(project.id, item.id, item.status, item.note, status, note)


def move_due(project: Project, item: Item, due: date | None) -> DueMoved:
    _open(project)
    if due == item.due:
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title})
    return DueMoved(project.id, item.id, item.due, due)


SCOPE_TEXTS = (
    "problem",
    "goal",
    "why_ml",
    "current_system",
    "expected_saving",
    "deadline",
    "sponsor",
)
SCOPE_LISTS = ("in_scope", "out_of_scope")


def set_scope(project: Project, name: str, value: str) -> ScopeChanged:
    """Set one field of the scope; a list is given as lines. `BadInput` for an unknown field."""
    _open(project)
    if name not in (*SCOPE_TEXTS, *SCOPE_LISTS):
        raise BadInput(
            Why.BAD_FIELD, {"field": name, "known": ", ".join((*SCOPE_TEXTS, *SCOPE_LISTS))}
        )
    value = _text(value, LONGEST_FIELD, name)
    before = scope_value(project, name)
    if name in SCOPE_LISTS:
        value = "\n".join(
            dict.fromkeys(line.strip(" -•*\t") for line in value.splitlines() if line.strip())
        )
    if value == before:
        raise Refused(Why.NOTHING_CHANGES, {"item": name.replace("_", " ")})
    return ScopeChanged(project.id, name, before, value)


def scope_value(project: Project, name: str) -> str:
    if name == "in_scope":
        return "\n".join(project.scope.in_scope)
    if name == "out_of_scope":
        return "\n".join(project.scope.out_of_scope)
    return project.scope.fields.get(name, "")


def add_alias(
    project: Project,
    item: Item | None,
    alias: str,
    rungs: Mapping[str, tuple[str, ...]] = NO_RUNGS,
) -> AliasChanged:
    """A further name, unique within its project: a name must never mean two things there.

    `rungs` are the names that the workspace's ladder gives to stages, by key.
    """
    _open(project)
    alias = checked_line(alias, "alias")
    for owner in project.items if item else ():
        if folded(alias) in _spellings(owner, rungs):
            raise Refused(Why.ALIAS_TAKEN, {"alias": alias, "item": owner.title})
    if item is None and folded(alias) in map(folded, (project.name, *project.aliases)):
        raise Refused(Why.ALIAS_TAKEN, {"alias": alias, "item": project.name})
    return AliasChanged(project.id, item.id if item else None, alias, added=True)


def _spellings(item: Item, rungs: Mapping[str, tuple[str, ...]]) -> set[str]:
    return {folded(one) for one in (item.key, item.title, *item.aliases, *rungs.get(item.key, ()))}


def remove_alias(project: Project, item: Item | None, alias: str) -> AliasChanged:
    _open(project)
    named = item.aliases if item else project.aliases
    held = next((known for known in named if known.casefold() == alias.strip().casefold()), None)
    if held is None:
        raise Refused(
            Why.NOT_HELD, {"item": item.title if item else project.name, "letters": alias.strip()}
        )
    return AliasChanged(project.id, item.id if item else None, held, added=False)


def bind(project: Project, channel: Channel) -> ChannelChanged:
    _open(project)
    if any(bound.slack_id == channel.slack_id for bound in project.channels):
        raise Refused(Why.NOTHING_CHANGES, {"item": project.name})
    return ChannelChanged(project.id, channel, bound=True)


def unbind(project: Project, slack_id: str) -> ChannelChanged:
    for bound in project.channels:
        if bound.slack_id == slack_id:
            return ChannelChanged(project.id, bound, bound=False)
    raise Refused(Why.NOT_HELD, {"item": project.name, "letters": "this channel"})


def archive(project: Project, *, archived: bool) -> ArchiveChanged:
    if bool(project.archived_at) is archived:
        raise Refused(Why.NOTHING_CHANGES, {"item": project.name})
    return ArchiveChanged(project.id, archived)


def checked_name(name: str) -> str:
    """A project's name: one line, 1 to 120 characters, with a letter or a digit in it."""
    name = checked_line(name, "name")
    if not any(character.isalnum() for character in name):
        raise BadInput(Why.BAD_NAME, {"name": name}, field="name")
    return name


def checked_line(text: str, field: str) -> str:
    """One line of 1 to 120 characters."""
    return " ".join(_text(text, LONGEST_NAME, field).split())


def storable(text: str) -> str:
    """What can be stored: no NUL (PostgreSQL refuses it) and no half of a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def _text(text: str, longest: int, field: str) -> str:
    text = storable(text).strip()
    if not text:
        raise BadInput(Why.EMPTY_TEXT, {"field": field}, field=field)
    if len(text) > longest:
        facts = {"field": field, "length": str(len(text)), "longest": str(longest)}
        raise BadInput(Why.TEXT_TOO_LONG, facts, field=field)
    return text


def reverse(change: Change, item: Item | None) -> Change | None:
    """The change that takes `change` back, or None where there is no such thing.

    The record keeps both; the letters are as if neither had been: what began never held, what ended
    goes on from its own beginning. `item` is the item as it is now.
    """
    match change:
        case RolesChanged():
            seats = {(seat.letter, seat.holder) for seat in change.begun}
            current = item.assignments if item else ()
            ended = tuple(held for held in current if (held.letter, held.holder) in seats)
            return RolesChanged(
                change.project, change.item, ended, (), change.since, restored=change.ended
            )
        case StageMoved():
            return replace(
                change,
                before=change.after,
                before_note=change.note,
                after=change.before,
                note=change.before_note,
            )
        case DueMoved():
            return replace(change, before=change.after, after=change.before)
        case ScopeChanged():
            return replace(change, before=change.after, after=change.before)
        case PullRequestLinked() | RunLinked():
            return replace(change, before=change.after, after=change.before)
        case AliasChanged() | LinkAdded():
            return replace(change, added=not change.added)
        case ChannelChanged():
            return replace(change, bound=not change.bound)
        case ArchiveChanged():
            return replace(change, archived=not change.archived)
        case StandupSet() | StandupEnded() | DigestSet() | DigestEnded():
            return _routine_reversed(change)
        case _:
            return None


def _routine_reversed(
    change: StandupSet | StandupEnded | DigestSet | DigestEnded,
) -> StandupSet | StandupEnded | DigestSet | DigestEnded:
    if isinstance(change, StandupSet | StandupEnded):
        return _standup_reversed(change)
    if isinstance(change, DigestEnded):
        return DigestSet(change.channel, None, change.before)
    if change.before is None:
        return DigestEnded(change.channel, change.after)
    return replace(change, before=change.after, after=change.before)


def _standup_reversed(change: StandupSet | StandupEnded) -> StandupSet | StandupEnded:
    if isinstance(change, StandupEnded):
        return StandupSet(change.project, None, change.before, "", change.was_in)
    if change.before is None:
        return StandupEnded(change.project, change.after, change.is_in)
    return replace(
        change,
        before=change.after,
        after=change.before,
        was_in=change.is_in,
        is_in=change.was_in,
    )
