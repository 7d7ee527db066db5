"""What becomes of an item's letters when a document speaks of them.

The record stands: what ended in it stays as it was. A letter that a document gives to somebody who
does not hold it begins (with A: a hand-over), one that it gives to its holder stays, and a stated
`since` or `until` corrects one that still holds. Nothing is taken from those that it does not name.
An empty letter (`since` and `until` are the same) is void: it never held, and counts for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.document.report import Fate
from bot.project import Holder, Letter


@dataclass(frozen=True, slots=True)
class Span:
    """A time: from `since` (None: before the record began) to `until` (None: open), exclusive."""

    since: datetime | None
    until: datetime | None

    def empty(self) -> bool:
        return self.since is not None and self.since == self.until

    def over(self, now: datetime) -> bool:
        return self.until is not None and self.until <= now

    def meets(self, other: "Span") -> bool:
        return _before(self.since, other.until) and _before(other.since, self.until)


def _before(since: datetime | None, until: datetime | None) -> bool:
    return since is None or until is None or since < until


@dataclass(frozen=True, slots=True)
class Recorded:
    """A letter as it stands in the record; `id` None for one that begins now.

    `path` is where the document gives one that begins; empty for one that only its history tells.
    """

    id: int | None
    letter: Letter
    holder: Holder
    span: Span
    set_by: int | None = None
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A letter as a document gives it. One that history tells (`told`) gives way to the record.

    `begins` is since when it holds, if it is new and its span does not say.
    """

    path: str
    letter: Letter
    holder: Holder
    span: Span
    begins: datetime | None = None
    set_by: int | None = None
    told: bool = False


def begun(wish: Wanted, span: Span) -> Recorded:
    """A letter that begins as a document wishes."""
    return Recorded(None, wish.letter, wish.holder, span, wish.set_by, wish.path)


@dataclass(frozen=True, slots=True)
class Settled:
    """Letters that begin, letters whose time changes (before, after), and the fate of each wish.

    Who set the time anew stands in `after`: None for whoever loads the document.
    `clashes` are the paths of wishes that contradict what is recorded, with the letter they meet.
    """

    begun: tuple[Recorded, ...]
    moved: tuple[tuple[Recorded, Recorded], ...]
    fates: tuple[Fate, ...]
    clashes: tuple[tuple[str, Recorded], ...]


def settle(recorded: Sequence[Recorded], wanted: Sequence[Wanted], now: datetime) -> Settled:
    """Bring the letters of one item and the wishes of a document together."""
    sheet = _Sheet([held for held in recorded if not held.span.empty()], now)
    fates: dict[int, Fate] = {}
    order = sorted(range(len(wanted)), key=lambda n: sheet.turn(wanted[n]))
    waiting: list[int] = []
    while order != waiting:  # what stood in the way of those that wait may have moved by now
        waiting, order = order, [n for n in order if not sheet.take(wanted[n], n, fates)]
    before = {held.id: held for held in recorded}
    return Settled(
        begun=tuple(held for held in sheet.rows if held.id is None),
        moved=tuple(
            (before[held.id], held)
            for held in sheet.rows
            if held.id is not None and held.span != before[held.id].span
        ),
        fates=tuple(fates.get(n, Fate.UNCHANGED) for n, wish in enumerate(wanted) if not wish.told),
        clashes=tuple(sheet.clashes),
    )


class _Sheet:
    """The letters of an item while a document is applied to them."""

    def __init__(self, rows: list[Recorded], now: datetime) -> None:
        self.rows = rows
        self.now = now
        self.clashes: list[tuple[str, Recorded]] = []

    def turn(self, wish: Wanted) -> tuple[bool, bool]:
        """When a wish is applied: corrections before beginnings, what is told last."""
        return wish.told, self._live(wish) is None

    def take(self, wish: Wanted, number: int, fates: dict[int, Fate]) -> bool:
        """Apply a wish and note its fate; False where another letter stands in the way."""
        fate = self._past(wish) if wish.span.over(self.now) else self._present(wish)
        if fate is not None:
            fates[number] = fate
        return fate is not None

    def _present(self, wish: Wanted) -> Fate | None:
        """A letter that holds now, or will."""
        place = self._live(wish)
        if place is None:
            return self._begin(wish, self._start(wish))
        held = self.rows[place].span
        if wish.told:
            return Fate.UNCHANGED
        span = Span(wish.span.since or held.since, wish.span.until or held.until)
        return self._correct(place, span, wish)

    def _past(self, wish: Wanted) -> Fate | None:
        """A letter that held once."""
        met = [held for held in self._same(wish) if held.span.meets(wish.span)]
        if any(held.span.over(self.now) for held in met) or (met and wish.told):
            return Fate.UNCHANGED
        place = self._live(wish)
        if place is not None:
            held = self.rows[place].span
            span = Span(wish.span.since or held.since, wish.span.until)
            return self._correct(place, span, wish)
        rivals = self._accountable(wish.span) if wish.letter is Letter.A else []
        if not rivals:
            self.rows.append(begun(wish, wish.span))
            return Fate.CREATED
        if not wish.told:
            self.clashes.append((wish.path, rivals[0]))
        return Fate.UNCHANGED

    def _same(self, wish: Wanted) -> list[Recorded]:
        return [
            held for held in self.rows if held.letter is wish.letter and held.holder == wish.holder
        ]

    def _accountable(self, span: Span) -> list[Recorded]:
        return [held for held in self.rows if held.letter is Letter.A and held.span.meets(span)]

    def _live(self, wish: Wanted) -> int | None:
        """Where the same letter stands that is not over and meets the wish."""
        for place, held in enumerate(self.rows):
            same = held.letter is wish.letter and held.holder == wish.holder
            if same and not held.span.over(self.now) and held.span.meets(wish.span):
                return place
        return None

    def _start(self, wish: Wanted) -> datetime | None:
        """Since when a new letter holds: as it says, but now where the record says otherwise."""
        since = wish.span.since or wish.begins
        span = Span(since, wish.span.until)
        if wish.letter is not Letter.A:
            ended = any(held.span.meets(span) for held in self._same(wish))
            return self.now if ended else since
        rivals = self._accountable(span)
        if not rivals:
            return since
        spoken_for = since is None or any(
            held.span.over(self.now)
            or (held.span.since is not None and since < held.span.since < self.now)
            for held in rivals
        )
        return self.now if spoken_for else since

    def _begin(self, wish: Wanted, since: datetime | None) -> Fate:
        """Begin a letter; an Accountable before it ends then, one planned for later stays.

        One that was to begin this very moment gives way as if it had never been.
        """
        until = wish.span.until
        for place, held in enumerate(self.rows):
            if wish.letter is not Letter.A or held.letter is not Letter.A or since is None:
                continue
            if not held.span.meets(Span(since, until)):
                continue
            start = held.span.since
            if start is None or start <= since:
                self.rows[place] = replace(held, span=Span(start, since), set_by=None)
            elif start == self.now:
                self.rows[place] = replace(held, span=Span(start, start), set_by=None)
            else:
                until = start
        self.rows.append(begun(wish, Span(since, until)))
        return Fate.CREATED

    def _correct(self, place: int, span: Span, wish: Wanted) -> Fate | None:
        """Change a letter's time, unless the record says otherwise of that time."""
        held = self.rows[place]
        if span == held.span:
            return Fate.UNCHANGED
        for other in self.rows:
            rival = other.letter is held.letter and (
                held.letter is Letter.A or other.holder == held.holder
            )
            if rival and other is not held and other.span.meets(span):
                return None
        self.rows[place] = replace(held, span=span, set_by=wish.set_by)
        return Fate.CHANGED
