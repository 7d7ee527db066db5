"""What somebody changed in an export that comes back, with everything looked up that it names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.exports.ids import of_holder
from bot.imports.base import Place, Was
from bot.imports.deciding import usual
from bot.imports.faults import Fault, Slip
from bot.imports.finding import Finder
from bot.imports.gathering import Ground
from bot.imports.outcomes import Fate, Outcome
from bot.imports.returned import Edited, Lost
from bot.imports.wanted import Wanted, World
from bot.people import Person
from bot.project import Group, Holder, Item, Letter, PersonHolder, Project, Vacancy
from bot.telling import holder_name

Seat = tuple[Letter, str]
"""A letter, and who holds it, as `bot.exports.ids.of_holder` tells them."""


@dataclass(frozen=True, slots=True)
class Target:
    """A letter that the file gives: of which stage, to whom, and (`since`) where the day of its
    beginning was written, too.
    """

    project: Project
    item: Item
    letter: Letter
    holder: Holder
    id: str
    words: str
    since: date | None = None

    @property
    def place(self) -> Place:
        return self.project.key, self.item.key

    @property
    def seat(self) -> Seat:
        return self.letter, self.id

    @property
    def day(self) -> str:
        return self.since.isoformat() if self.since is not None else ""


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody changed in the file: a letter as it was exported (None: a new row), and the
    letters in its place (none: its row is gone).
    """

    sheet: str
    cell: str
    was: Was | None
    targets: tuple[Target, ...] = ()

    @property
    def where(self) -> tuple[str, str]:
        """The project and the stage that it is told of, as they are called."""
        if self.targets:
            return self.targets[0].project.name, self.targets[0].item.title
        return self._taken.texts["Project"], self._taken.title

    @property
    def places(self) -> dict[Place, Project | None]:
        """The stages that it is about, with their projects, where these are looked up."""
        found: dict[Place, Project | None] = {one.place: one.project for one in self.targets}
        return ({self.was.place: None} if self.was else {}) | found

    @property
    def letter(self) -> Letter:
        """The letter that it is about, above all."""
        return self.targets[0].letter if self.targets else self._taken.letter

    @property
    def place(self) -> Place:
        return self.targets[0].place if self.targets else self._taken.place

    @property
    def _taken(self) -> Was:
        assert self.was is not None, "it gives a letter, or takes one away"
        return self.was

    def given(self, one: Target, fate: Fate, before: str, after: str = "") -> Outcome:
        """What becomes of a letter that it gives."""
        where, what = (one.project.name, one.item.title), one.letter.value
        return Outcome(self.sheet, self.cell, *where, what, before, after or one.words, fate)

    def taken(self, fate: Fate, after: str, before: str = "") -> Outcome:
        """What becomes of the letter that it takes away, which was somebody's `before`."""
        was = self._taken
        what, before = was.letter.value, before or was.person
        return Outcome(self.sheet, self.cell, *self.where, what, before, after, fate)

    def stayed(self, words: str) -> Outcome:
        """That it is as it is here, although it says otherwise."""
        letter, fate = self.letter.value, Fate.UNCHANGED
        return Outcome(self.sheet, self.cell, *self.where, letter, words, words, fate)

    @property
    def stays(self) -> bool:
        """Whether it still gives the letter that it gave."""
        was = self.was
        return was is not None and any(
            one.place == was.place and one.seat == seat_of(was) for one in self.targets
        )


def told_as(was: Was | None, letter: Letter) -> str:
    """Who held a letter when it was exported; of another letter than that one it is said, too."""
    if was is None:
        return ""
    return was.person if was.letter is letter else f"{was.person} ({was.letter})"


def seat_of(was: Was) -> Seat:
    return was.letter, was.holder


class Meaning:
    """What edited rows mean; what was looked up is known."""

    def __init__(self, world: World, ground: Ground) -> None:
        self._ground = ground
        self._finder = Finder(world)
        self._by_key = {person.key: person for person in ground.people.values()}
        self.lacking: dict[Place, str] = {}
        """Where somebody shall be accountable whom nobody knows: the cell that says so."""

    def of_all(self, found: Iterable[Edited | Lost]) -> tuple[list[Edit], list[Fault]]:
        """The edits, in their order, and what of them nobody understands."""
        edits: list[Edit] = []
        faults: list[Fault] = []
        for one in found:
            if isinstance(one, Lost):
                edits.append(Edit(one.sheet, one.cell, one.was))
                continue
            edit = self.of(one)
            if isinstance(edit, list):
                faults.extend(edit)
            elif edit.targets:  # else whom it names is left out, and the letter is as it was
                edits.append(edit)
        return edits, faults

    def of(self, one: Edited) -> Edit | list[Fault]:
        """An edited row, with everything looked up that it names; without a letter that it gives,
        where it names nobody but those who are left out.
        """
        found = self._finder.found(one.said.row)
        if isinstance(found, Fault):
            return [found]
        project, item = found
        targets: dict[Seat, Target] = {}
        faults: list[Fault] = []
        for letter in one.said.letters:
            for holder in self._holders(one, item, letter):
                if isinstance(holder, Fault):
                    faults.append(holder)
                    continue
                people = self._ground.people
                id_, words = of_holder(holder, people), holder_name(holder, people)
                given = Target(project, item, letter, holder, id_, words, one.said.since)
                targets.setdefault(given.seat, given)
        if not faults:
            return Edit(one.said.row.sheet, one.cell, one.was, tuple(targets.values()))
        if Letter.A in one.said.letters:
            self.lacking[project.key, item.key] = one.cell
        return faults

    def _holders(self, one: Edited, item: Item, letter: Letter) -> Iterator[Holder | Fault]:
        """Whom a row names: who it was, where nobody edited that, whatever they are called now."""
        if one.named is not None:
            known = holder_of(one.named, self._by_key)
            if known is not None:
                yield known
                return
        for wanted in self._finder.wanted(one.said):
            if isinstance(wanted, Fault):
                yield wanted
            elif wanted.holder is not None:
                yield wanted.holder
            else:
                yield from self._seats(one, wanted, item, letter)

    def _seats(
        self, one: Edited, wanted: Wanted, item: Item, letter: Letter
    ) -> Iterator[Holder | Fault]:
        """A job role: whoever of it has the letter, else a vacant seat for it."""
        people = self._ground.people
        for held in () if wanted.is_open else item.assignments:
            holder = held.holder
            if held.letter is letter and isinstance(holder, PersonHolder):
                person = people.get(holder.person)
                if person is not None and wanted.role_key and person.role == wanted.role_key:
                    yield holder
                    return
        role = wanted.role or usual(item, letter, self._ground.roles)
        if role:
            yield Vacancy(role, wanted.requisition or None)
        else:
            facts = {"item": item.title, "letter": letter.value}
            yield Fault(one.said.row.sheet, one.said.holder_cell, Slip.ROLE_WANTED, facts)


def holder_of(was: Was, people: Mapping[str, Person]) -> Holder | None:
    """Who held a letter when it was exported, `people` by their keys; None for somebody who is not
    known any more.
    """
    seat = was.seat
    if seat.group:
        return Group(seat.group, was.person.removeprefix("@"))
    if seat.role:
        return Vacancy(seat.role, seat.requisition or None)
    person = people.get(seat.person)
    return PersonHolder(person.id) if person is not None else None
