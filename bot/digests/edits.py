"""Many edits of one thing as one line: what it was, what it is now, and who had a hand in it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.changes import (
    AliasChanged,
    Change,
    ChannelChanged,
    CriterionChanged,
    ItemAdded,
    ItemRemoved,
    ProjectCreated,
    RolesChanged,
    TickChanged,
)
from bot.people import Person
from bot.project import Holder, Letter
from bot.telling import holder_name, lines

LOADED = "document"
"""The label of what a document brought: it says that, not what."""

BLOCKER = "blocker"

Key = tuple[int | None, str, str]
"""The item (None: the project itself), the label, and what else tells two such things apart."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One line of the record about a project. `change` None: a document was loaded.

    `by` None is the operator.
    """

    project: int
    item: int | None
    change: Change | None
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Net:
    """What became of one thing of a project; an empty text stands for nothing.

    `by` are all who edited it, whoever was first comes first; `at` is the last edit.
    """

    item: int | None
    label: str
    before: str
    after: str
    by: tuple[int | None, ...]
    edits: int
    at: datetime


def net(edits: Iterable[Edit], people: Mapping[int, Person]) -> tuple[Net, ...]:
    """The edits of one project, oldest first, as what is otherwise now, oldest first.

    What was changed and changed back is gone.
    """
    found: dict[Key, _Thing] = {}
    for edit in edits:
        for key, step in _steps(edit, people):
            found.setdefault(key, _Thing(step, edit.at)).take(step, edit)
    return tuple(
        Net(item, label, before, after, tuple(thing.by), thing.edits, thing.at)
        for (item, label, _), thing in found.items()
        for before, after in (thing.told(people),)
        if before != after or label == LOADED
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """What an edit does to one thing: texts, or holders that come and go."""

    before: str = ""
    after: str = ""
    gone: Sequence[Holder] = ()
    come: Sequence[Holder] = ()


@dataclass(slots=True)
class _Thing:
    first: _Step
    at: datetime
    last: _Step = _Step()
    holders: Counter[Holder] = field(default_factory=Counter)
    by: dict[int | None, None] = field(default_factory=dict)
    edits: int = 0

    def take(self, step: _Step, edit: Edit) -> None:
        self.last = step
        self.holders.subtract(step.gone)
        self.holders.update(step.come)
        self.by.setdefault(edit.by)
        self.edits += 1
        self.at = edit.at

    def told(self, people: Mapping[int, Person]) -> tuple[str, str]:
        if not self.holders:
            return self.first.before, self.last.after
        gone = [holder for holder, times in self.holders.items() if times < 0]
        come = [holder for holder, times in self.holders.items() if times > 0]
        return _names(gone, people), _names(come, people)


def _names(holders: Iterable[Holder], people: Mapping[int, Person]) -> str:
    return ", ".join(holder_name(holder, people) for holder in holders)


def _steps(edit: Edit, people: Mapping[int, Person]) -> Iterator[tuple[Key, _Step]]:
    change = edit.change
    if change is None:
        yield (None, LOADED, ""), _Step()
    elif isinstance(change, RolesChanged):
        for letter in Letter:
            yield from _letter(change, letter)
    else:
        for line in lines(change, people):
            if line.label == BLOCKER:
                continue  # the status tells of it, and what is in the way has a list of its own
            yield (edit.item, line.label, _apart(change)), _Step(line.before, line.after)


def _letter(change: RolesChanged, letter: Letter) -> Iterator[tuple[Key, _Step]]:
    gone = [held.holder for held in change.ended if held.letter is letter]
    come = [seat.holder for seat in change.begun if seat.letter is letter]
    come += [held.holder for held in change.restored if held.letter is letter]
    if gone or come:
        yield (change.item, letter.word, ""), _Step(gone=gone, come=come)


def _apart(change: Change) -> str:
    """What tells two things of one label apart."""
    match change:
        case AliasChanged(alias=alias):
            return alias
        case ChannelChanged(channel=channel):
            return channel.slack_id or channel.name
        case ProjectCreated(key=key) | CriterionChanged(key=key) | TickChanged(key=key):
            return key
        case ItemAdded(title=title) | ItemRemoved(title=title):
            return title
        case _:
            return ""
