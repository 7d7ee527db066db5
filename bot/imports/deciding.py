"""The letters of one stage, decided as if they were typed one by one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain

from bot.changes import Change, HandOverOffered, RolesChanged, Seat
from bot.deciding import NOT_ASKED, Past, assign, clear, handed_over
from bot.errors import CharterError
from bot.imports.faults import Fault, Slip
from bot.imports.wanted import Wanted
from bot.moments import own_day
from bot.people import Actor, Person
from bot.project import Assignment, Holder, Item, Letter, PersonHolder, Project, Vacancy
from bot.roles import Catalogue, title
from bot.spelling import folded
from bot.stages import seed
from bot.telling import holder_name

CREATED, CHANGED, OFFERED, UNCHANGED = "created", "changed", "offered", "unchanged"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a cell gives: letters of the stage to somebody. See `bot.imports.reading.Said`."""

    sheet: str
    row: int
    cell: str
    letters: tuple[Letter, ...]
    wanted: Wanted
    whole: bool
    since: date | None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one letter of a cell: who had it `before` (for a letter in another's place,
    or for another letter in its own), and what it is `after`.
    """

    sheet: str
    cell: str
    project: str
    item: str
    letter: Letter
    before: str
    after: str
    fate: str

    @property
    def told(self) -> tuple[str, ...]:
        return self.project, self.item, self.letter.value, self.before, self.after


@dataclass(frozen=True, slots=True)
class Ground:
    """What is needed to decide. `begins` gives the moment of a day (raising for one to come),
    `past` what the record has of a stage's letters, `permit` raises where the actor may not.
    """

    people: Mapping[int, Person]
    roles: Catalogue
    actor: Actor
    now: datetime
    zone: str
    begins: Callable[[date], datetime]
    past: Callable[[Item], Past]
    permit: Callable[[Project, Item, Change], None]


@dataclass(slots=True)
class Decided:
    """What comes of a stage's wishes. `left` counts its letters that no wish names."""

    changes: list[Change] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left: int = 0


class _Slipped(Exception):
    def __init__(self, slip: Slip, facts: Mapping[str, str]) -> None:
        self.slip, self.facts = slip, facts


def decided(project: Project, item: Item, wishes: Sequence[Wish], ground: Ground) -> Decided:
    """The changes that give a stage the letters of its cells, and what becomes of each of these."""
    named: dict[Holder, set[Letter]] = {}
    for wish in wishes:
        if wish.wanted.holder is not None:
            named.setdefault(wish.wanted.holder, set()).update(wish.letters)
    stage = _Stage(project, item, ground, named)
    for wish in sorted(wishes, key=_turn):
        try:
            stage.take(wish)
        except _Slipped as slipped:
            stage.made.faults.append(Fault(wish.sheet, wish.cell, slipped.slip, slipped.facts))
        except CharterError as error:
            stage.made.faults.append(Fault(wish.sheet, wish.cell, error=error))
    stage.finish(wishes)
    return stage.made


def _turn(wish: Wish) -> int:
    """Who is accountable comes first, empty seats last: people sit down on those that there are."""
    if wish.wanted.holder is None:
        return 2
    return 0 if Letter.A in wish.letters else 1


class _Stage:
    """A stage while its letters are decided: what was decided counts for what follows."""

    def __init__(
        self,
        project: Project,
        item: Item,
        ground: Ground,
        named: Mapping[Holder, set[Letter]],
    ) -> None:
        self.made = Decided()
        self._letters_of = named
        self._project, self._item, self._ground = project, item, ground
        self._own = item
        self._ruling = project.ruling(item)
        self._gathered: dict[datetime | None, RolesChanged] = {}
        self._named: set[int] = set()

    def take(self, wish: Wish) -> None:
        """Decide one cell."""
        if wish.wanted.holder is None:
            for letter in wish.letters:
                self._take_seat(wish, letter)
            return
        holder = wish.wanted.holder
        held = {one.letter for one in self._raci() if one.holder == holder}
        lost = held - self._letters_of[holder] - {Letter.A} if wish.whole else set[Letter]()
        spare = sorted(lost, key=list(Letter).index)
        for letter in wish.letters:
            replaced = spare[0] if spare and letter not in held else None
            is_given = self._take_letter(wish, letter, holder, replaced)
            if replaced is not None and is_given:
                spare.pop(0)
            elif not is_given:
                return  # whoever is asked first keeps what they have until they answer
        for letter in spare:
            self._drop(wish, letter, holder)

    def finish(self, wishes: Iterable[Wish]) -> None:
        """Gather what is written, and count what no cell names."""
        self.made.changes.extend(self._gathered.values())
        ended = {one.id for change in self._gathered.values() for one in _going(change)}
        present = {one.id for one in self._raci()} - ended - self._named if any(wishes) else set()
        self.made.left = len([key for key in present if key > 0])

    def _raci(self) -> tuple[Assignment, ...]:
        return self._ruling.assignments if self._inherits else self._item.assignments

    @property
    def _inherits(self) -> bool:
        return self._ruling.id != self._item.id

    # --- one letter ---

    def _take_letter(
        self, wish: Wish, letter: Letter, holder: Holder, replaced: Letter | None
    ) -> bool:
        """Give one letter, in the place of the `replaced` one; False where it is only offered."""
        name = holder_name(holder, self._ground.people)
        present = [one for one in self._raci() if one.letter is letter]
        own = next((one for one in present if one.holder == holder), None)
        if wish.until is not None and not (own and self._is_day(own.until, wish.until)):
            raise _Slipped(Slip.UNTIL_AHEAD, {})
        if own is not None:
            self._named.add(own.id)
            if wish.since is None or self._is_day(own.since, wish.since):
                self._tell(wish, letter, name, name, UNCHANGED)
                return True
        self._refuse_inheriting()
        if letter is Letter.A and own is None and self._is_offered(holder):
            self._tell(wish, letter, name, name, UNCHANGED)
            return False
        change = self._assigned(wish, letter, holder)
        self._permit(change)
        if isinstance(change, HandOverOffered):
            self.made.changes.append(change)
            before = self._ground.people[change.giver].name
            self._tell(wish, letter, before, name, OFFERED)
            return False
        assert isinstance(change, RolesChanged)
        if replaced is not None:
            self._cleared(replaced, holder)
        self._keep(change)
        if own is not None:
            self._tell(wish, letter, f"{name}, since another day", name, CHANGED)
        elif replaced is not None:
            gone = [holder_name(one.holder, self._ground.people) for one in change.ended]
            before = ", ".join([f"{name} ({replaced})", *gone])
            self._tell(wish, letter, before, name, CHANGED)
        else:
            gone = [holder_name(one.holder, self._ground.people) for one in change.ended]
            self._tell(wish, letter, ", ".join(gone), name, CHANGED if gone else CREATED)
        return True

    def _assigned(self, wish: Wish, letter: Letter, holder: Holder) -> Change:
        ground = self._ground
        is_dated = wish.since is not None
        change = assign(
            self._project,
            self._item,
            (letter,),
            holder,
            ground.people,
            since=ground.begins(wish.since) if wish.since is not None else ground.now,
            now=ground.now,
            dated=is_dated,
            hand_over=True,
            past=ground.past(self._own) if is_dated else NOT_ASKED,
        )
        return handed_over(
            self._project,
            self._item,
            change,
            ground.people,
            ground.actor,
            now=ground.now,
            dated=is_dated,
        )

    def _drop(self, wish: Wish, letter: Letter, holder: Holder) -> None:
        """A matrix's cell has other letters for somebody than this one, which goes."""
        self._refuse_inheriting()
        self._cleared(letter, holder)
        self._tell(wish, letter, holder_name(holder, self._ground.people), "", CHANGED)

    def _cleared(self, letter: Letter, holder: Holder) -> None:
        people, now = self._ground.people, self._ground.now
        change = clear(self._project, self._item, (letter,), holder, people, since=now)
        self._permit(change)
        self._keep(change)

    def _is_day(self, moment: datetime | None, day: date) -> bool:
        return moment is not None and own_day(moment, self._ground.zone) == day

    def _is_offered(self, holder: Holder) -> bool:
        offer = self._own.offer
        return offer is not None and holder == PersonHolder(offer.receiver)

    # --- seats without a name ---

    def _take_seat(self, wish: Wish, letter: Letter) -> None:
        """A letter for a job role, or for nobody yet."""
        wanted, people = wish.wanted, self._ground.people
        present = [one for one in self._raci() if one.letter is letter]
        for one in present:
            if self._fits(one.holder, wanted):
                self._named.add(one.id)
                name = holder_name(one.holder, people)
                self._tell(wish, letter, name, name, UNCHANGED)
                return
        self._refuse_inheriting()
        taken = [one for one in present if not isinstance(one.holder, Vacancy)]
        if letter is Letter.A and taken and not wanted.is_open:
            name = holder_name(taken[0].holder, people)
            raise _Slipped(Slip.ROLE_HELD, {"role": wanted.role, "name": name})
        role = wanted.role or self._usual(letter)
        if not role:
            raise _Slipped(Slip.ROLE_WANTED, {"item": self._item.title, "letter": letter.value})
        seat = Vacancy(role, wanted.requisition or None)
        change = self._assigned(wish, letter, seat)
        self._permit(change)
        assert isinstance(change, RolesChanged)
        self._keep(change)
        gone = ", ".join(holder_name(one.holder, people) for one in change.ended)
        self._tell(wish, letter, gone, holder_name(seat, people), CHANGED if gone else CREATED)

    def _fits(self, holder: Holder, wanted: Wanted) -> bool:
        """Whether who holds a letter is what a seat wants."""
        match holder:
            case Vacancy(role=role):
                return not wanted.role or folded(role) == folded(wanted.role)
            case PersonHolder(person=key) if not wanted.is_open:
                person = self._ground.people.get(key)
                return person is not None and bool(person.role) and person.role == wanted.role_key
            case _:
                return False

    def _usual(self, letter: Letter) -> str:
        """The one job role that usually has a letter of such a stage."""
        usual = [role for each, role in seed(self._item.key) if each is letter]
        return title(usual[0], self._ground.roles) if len(usual) == 1 else ""

    # --- what was decided ---

    def _refuse_inheriting(self) -> None:
        if self._inherits:
            facts = {"item": self._item.title, "stage": self._ruling.title}
            raise _Slipped(Slip.INHERITS, facts)

    def _permit(self, change: Change) -> None:
        self._ground.permit(self._project, self._own, change)

    def _keep(self, change: RolesChanged) -> None:
        """Join a change with the others from the same moment, and let it count."""
        before = self._gathered.get(change.since)
        self._gathered[change.since] = _joined(before, change) if before else change
        self._item = _after(self._item, change, self._ground.now)

    def _tell(self, wish: Wish, letter: Letter, before: str, after: str, fate: str) -> None:
        project, item = self._project.name, self._item.title
        self.made.outcomes.append(
            Outcome(wish.sheet, wish.cell, project, item, letter, before, after, fate)
        )


def _going(change: RolesChanged) -> Iterable[Assignment]:
    return chain(change.ended, change.voided)


def _joined(one: RolesChanged, other: RolesChanged) -> RolesChanged:
    return replace(
        one,
        ended=(*one.ended, *other.ended),
        begun=(*one.begun, *other.begun),
        voided=(*one.voided, *other.voided),
        shifted=(*one.shifted, *other.shifted),
    )


def _after(item: Item, change: RolesChanged, now: datetime) -> Item:
    """An item as it is once a change is written; letters that begin have no number yet."""
    gone = {one.id for one in _going(change)}
    begun = tuple(
        _begun(at, seat, change.since, now) for at, seat in enumerate(change.begun, start=1)
    )
    kept = tuple(one for one in item.assignments if one.id not in gone)
    known = tuple(one for one in item.accountable if one.id not in gone)
    accountable = tuple(one for one in begun if one.letter is Letter.A)
    return replace(item, assignments=(*kept, *begun), accountable=(*known, *accountable))


def _begun(at: int, seat: Seat, since: datetime | None, now: datetime) -> Assignment:
    return Assignment(-at, seat.letter, seat.holder, since, seat.until, now, None, "import")
