"""The letters of one stage, decided as if they were typed one by one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.changes import Change, HandOverOffered, RolesChanged
from bot.errors import CharterError
from bot.imports.faults import Fault, Slip, Slipped
from bot.imports.gathering import Gathering, Ground
from bot.imports.outcomes import Fate, Outcome
from bot.imports.wanted import Wanted
from bot.project import Holder, Item, Letter, PersonHolder, Project, Vacancy
from bot.roles import Catalogue, title
from bot.spelling import folded
from bot.stages import seed
from bot.telling import holder_name


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


@dataclass(slots=True)
class Decided:
    """What comes of a stage's wishes. `left` counts its letters that no wish names."""

    changes: list[Change] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left: int = 0


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
        except Slipped as slipped:
            stage.made.faults.append(slipped.at(wish.sheet, wish.cell))
        except CharterError as error:
            stage.made.faults.append(Fault(wish.sheet, wish.cell, error=error))
    stage.finish(wishes)
    return stage.made


def _turn(wish: Wish) -> int:
    """Who is accountable comes first, empty seats last: people sit down on those that there are."""
    if wish.wanted.holder is None:
        return 2
    return 0 if Letter.A in wish.letters else 1


def usual(item: Item, letter: Letter, roles: Catalogue) -> str:
    """The one job role that usually has a letter of such a stage; empty where there is none."""
    found = [role for each, role in seed(item.key) if each is letter]
    return title(found[0], roles) if len(found) == 1 else ""


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
        self._ground = ground
        self._now = Gathering(project, item, ground)
        self._named: set[int] = set()

    def take(self, wish: Wish) -> None:
        """Decide one cell."""
        if wish.wanted.holder is None:
            for letter in wish.letters:
                self._take_seat(wish, letter)
            return
        holder = wish.wanted.holder
        held = {one.letter for one in self._now.raci if one.holder == holder}
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
        self.made.changes.extend(self._now.changes)
        here = {one.id for one in self._now.raci} if any(wishes) else set[int]()
        present = here - self._now.ended - self._named
        self.made.left = len([key for key in present if key > 0])

    # --- one letter ---

    def _take_letter(
        self, wish: Wish, letter: Letter, holder: Holder, replaced: Letter | None
    ) -> bool:
        """Give one letter, in the place of the `replaced` one; False where it is only offered."""
        name = holder_name(holder, self._ground.people)
        present = [one for one in self._now.raci if one.letter is letter]
        own = next((one for one in present if one.holder == holder), None)
        if wish.until is not None and not (own and self._now.is_day(own.until, wish.until)):
            raise Slipped(Slip.UNTIL_AHEAD, {})
        if own is not None:
            self._named.add(own.id)
            if wish.since is None or self._now.is_day(own.since, wish.since):
                self._tell(wish, letter, name, name, Fate.UNCHANGED)
                return True
        self._refuse_inheriting()
        if letter is Letter.A and own is None and self._now.is_offered(holder):
            self._tell(wish, letter, name, name, Fate.UNCHANGED)
            return False
        change = self._now.assigned(letter, holder, wish.since)
        self._now.permit(change)
        if isinstance(change, HandOverOffered):
            self._now.write(change)
            before = self._ground.people[change.giver].name
            self._tell(wish, letter, before, name, Fate.OFFERED)
            return False
        assert isinstance(change, RolesChanged)
        if replaced is not None:
            self._cleared(replaced, holder)
        self._now.keep(change)
        if own is not None:
            self._tell(wish, letter, f"{name}, since another day", name, Fate.CHANGED)
        elif replaced is not None:
            gone = [holder_name(one.holder, self._ground.people) for one in change.ended]
            before = ", ".join([f"{name} ({replaced})", *gone])
            self._tell(wish, letter, before, name, Fate.CHANGED)
        else:
            gone = [holder_name(one.holder, self._ground.people) for one in change.ended]
            self._tell(wish, letter, ", ".join(gone), name, Fate.CHANGED if gone else Fate.CREATED)
        return True

    def _drop(self, wish: Wish, letter: Letter, holder: Holder) -> None:
        """A matrix's cell has other letters for somebody than this one, which goes."""
        self._refuse_inheriting()
        self._cleared(letter, holder)
        self._tell(wish, letter, holder_name(holder, self._ground.people), "", Fate.CHANGED)

    def _cleared(self, letter: Letter, holder: Holder) -> None:
        change = self._now.cleared(letter, holder)
        self._now.permit(change)
        self._now.keep(change)

    # --- seats without a name ---

    def _take_seat(self, wish: Wish, letter: Letter) -> None:
        """A letter for a job role, or for nobody yet."""
        wanted, people = wish.wanted, self._ground.people
        present = [one for one in self._now.raci if one.letter is letter]
        for one in present:
            if self._fits(one.holder, wanted):
                self._named.add(one.id)
                name = holder_name(one.holder, people)
                self._tell(wish, letter, name, name, Fate.UNCHANGED)
                return
        self._refuse_inheriting()
        taken = [one for one in present if not isinstance(one.holder, Vacancy)]
        if letter is Letter.A and taken and not wanted.is_open:
            name = holder_name(taken[0].holder, people)
            raise Slipped(Slip.ROLE_HELD, {"role": wanted.role, "name": name})
        role = wanted.role or usual(self._now.own, letter, self._ground.roles)
        if not role:
            raise Slipped(Slip.ROLE_WANTED, {"item": self._now.item.title, "letter": letter.value})
        seat = Vacancy(role, wanted.requisition or None)
        change = self._now.assigned(letter, seat, wish.since)
        self._now.permit(change)
        assert isinstance(change, RolesChanged)
        self._now.keep(change)
        gone = ", ".join(holder_name(one.holder, people) for one in change.ended)
        fate = Fate.CHANGED if gone else Fate.CREATED
        self._tell(wish, letter, gone, holder_name(seat, people), fate)

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

    # --- what was decided ---

    def _refuse_inheriting(self) -> None:
        if self._now.inherits:
            facts = {"item": self._now.item.title, "stage": self._now.ruling.title}
            raise Slipped(Slip.INHERITS, facts)

    def _tell(self, wish: Wish, letter: Letter, before: str, after: str, fate: Fate) -> None:
        project, item = self._now.project.name, self._now.own.title
        self.made.outcomes.append(
            Outcome(wish.sheet, wish.cell, project, item, letter.value, before, after, fate)
        )
