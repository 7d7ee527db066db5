"""What comes back of an export, merged three-way: decided like typed orders, nothing written.

What nobody edited is no wish at all: it stands as it is now, whatever it is. What only the file
changed is done; what Charter changed as well, and otherwise, is a conflict and stays.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.changes import HandOverOffered, RolesChanged
from bot.errors import CharterError
from bot.imports.base import Base, Place, Was
from bot.imports.clashes import clash, days_differ, since_words
from bot.imports.edits import Edit, Meaning, Target, seat_of, told_as
from bot.imports.faults import Fault, Slip, Slipped
from bot.imports.gathering import Gathering, Ground
from bot.imports.outcomes import Conflict, Fate, Outcome
from bot.imports.plan import Plan, Planned
from bot.imports.returned import Returned
from bot.imports.settling import Side
from bot.imports.sides import Sides, State
from bot.imports.together import joined
from bot.imports.wanted import World
from bot.people import Person
from bot.project import Assignment, Item, Letter, Project, Vacancy
from bot.telling import holder_name

Numbered = Sequence[tuple[int, Edit]]


def merged(back: Returned, base: Base, world: World, ground: Ground) -> Plan:
    """The plan of a file whose export is known."""
    meaning = Meaning(world, ground)
    listed, bad = meaning.of_all((*back.edited, *back.lost))
    shown, worse = meaning.of_all(back.cells)
    edits, twice = joined(listed, shown)
    faults = {fault.told: fault for fault in (*back.faults, *bad, *worse, *twice)}
    work = _Merge(base, world, ground, back.places, meaning.lacking)
    spoilt: set[int] = set()
    while True:  # what cannot be takes its whole row with it, and the rest is decided anew
        made = work.passed(edits, spoilt)
        if not made.faults:
            break
        spoilt |= made.faults.keys() | made.held_back
        faults |= {fault.told: fault for fault in made.faults.values()}
    stood = [_stood(was, *back.places[was.key]) for was in back.unchanged]
    return Plan(
        tuple(made.planned()),
        (*made.outcomes, *stood),
        tuple(faults.values()),
        notes=back.notes,
        conflicts=tuple(made.conflicts),
        settled=tuple(made.settled),
    )


def _stood(was: Was, sheet: str, cell: str) -> Outcome:
    where, words = (was.texts["Project"], was.title), was.person
    return Outcome(sheet, cell, *where, was.letter.value, words, words, Fate.UNCHANGED)


@dataclass(frozen=True, slots=True)
class _Deed:
    """What an edit comes to: letters that are `given`, such as begin on another day, and the one
    that goes. `was_settled`: it was in conflict, and somebody took the file's word.
    """

    number: int
    edit: Edit
    given: tuple[Target, ...]
    dated: tuple[Target, ...]
    away: Assignment | None
    was_settled: bool = False


@dataclass(slots=True)
class _Pass:
    """What comes of the edits that are not spoilt. `faults` are by the edits' numbers; `held_back`
    are those that fall with the fault of another one, `settled` conflicts of which somebody said
    whose word counts.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    settled: list[Conflict] = field(default_factory=list)
    faults: dict[int, Fault] = field(default_factory=dict)
    held_back: set[int] = field(default_factory=set)
    stages: dict[Place, Gathering] = field(default_factory=dict)

    def planned(self) -> Iterator[Planned]:
        for stage in self.stages.values():
            for change in stage.changes:
                yield Planned(stage.project, stage.own, change)


class _Merge:
    """One file while it is merged. `there` are the cells of the letters that it still has, by their
    keys; `lacking` those that make somebody accountable whom nobody knows, by the stages.
    """

    def __init__(
        self,
        base: Base,
        world: World,
        ground: Ground,
        there: Mapping[str, tuple[str, str]],
        lacking: Mapping[Place, str],
    ) -> None:
        self._base, self._world, self._ground = base, world, ground
        self._there, self._lacking = there, lacking
        self._sides: dict[Place, Sides] = {}

    def passed(self, edits: Sequence[Edit], spoilt: set[int]) -> _Pass:
        """Judge and decide the edits that are not spoilt."""
        made = _Pass()
        live = [(number, edit) for number, edit in enumerate(edits) if number not in spoilt]
        by_place: dict[Place, list[tuple[int, Edit]]] = defaultdict(list)
        for number, edit in live:
            for place, project in edit.places.items():
                self._at(place, project)
                by_place[place].append((number, edit))
        for place, found in by_place.items():
            self._at(place).begin(found)
            self._refuse_second(place, found, made)
        unsettled = self._unsettled([edits[number] for number in sorted(spoilt)])
        deeds: list[_Deed] = []
        for number, edit in live:
            if number not in made.faults:
                deeds.extend(self._judged(number, edit, unsettled, made))
        self._do(deeds, made)
        return made

    def _at(self, place: Place, project: Project | None = None) -> Sides:
        if place not in self._sides:
            known = project or self._world.seen(place[0])
            item = known.item(place[1]) if known is not None else None
            was = self._base.by_place.get(place, ())
            people, zone = self._ground.people, self._base.zone
            self._sides[place] = Sides(place, was, known, item, people, zone)
        return self._sides[place]

    def _refuse_second(self, place: Place, edits: Numbered, made: _Pass) -> None:
        """Refuse what gives a stage a second Accountable, by what the whole file says."""
        gone = {edit.was.key for _, edit in edits if edit.was is not None and not edit.stays}
        kept = [
            was
            for was in self._at(place).was
            if was.letter is Letter.A and was.key in self._there and was.key not in gone
        ]
        given = [
            (number, edit, one)
            for number, edit in edits
            for one in edit.targets
            if one.letter is Letter.A and one.place == place
        ]
        if len({one.id for *_, one in given} | {was.holder for was in kept}) < 2:
            return
        if kept:
            first, where = kept[0].person, "!".join(self._there[kept[0].key])
        else:
            number, edit, one = given.pop(0)
            made.held_back.add(number)
            first, where = one.words, f"{edit.sheet}!{edit.cell}"
        for number, edit, one in given:
            if not kept or one.id != kept[0].holder:
                facts = {"item": one.item.title, "first": first, "second": one.words}
                facts["where"] = where
                fault = Fault(edit.sheet, edit.cell, Slip.TWO_ACCOUNTABLE, facts)
                made.faults[number] = fault

    def _unsettled(self, spoilt: Sequence[Edit]) -> Mapping[Place, str]:
        """The stages of which an error leaves open who shall be accountable, with its cell."""
        given = {
            one.place: edit.cell
            for edit in spoilt
            for one in edit.targets
            if one.letter is Letter.A and not self._at(one.place).known(one.seat)
        }
        return {**self._lacking, **given}

    # --- against what is true now ---

    def _judged(
        self, number: int, edit: Edit, unsettled: Mapping[Place, str], made: _Pass
    ) -> Iterator[_Deed]:
        """What an edit comes to, where it comes to something and is no conflict."""
        new = [one for one in edit.targets if self._at(one.place).arrives(one, number)]
        wanted = [one for one in new if not self._at(one.place).holding(one.seat)]
        state, held = self._leaving(edit, new, wanted)
        if state in (State.SAME, State.OTHER) and held is not None and edit.was is not None:
            place = edit.was.place
            if held.letter is Letter.A and place in unsettled:
                facts = {"item": edit.was.title, "where": unsettled[place]}
                made.faults[number] = Fault(edit.sheet, edit.cell, Slip.UNSETTLED, facts)
                return
        dated = [one for one in edit.targets if one not in new and self._is_dated(one)]
        begun = [one for one in new if one not in wanted and not self._begins_so(one)]
        clashing = [*begun, *(one for one in dated if not self._may_date(one))]
        conflict: Conflict | None = None
        if clashing:
            conflict = days_differ(edit, clashing[0], self._at(clashing[0].place))
        elif (
            state is State.OTHER
            or (state is State.GONE and wanted)
            or any(not self._may_give(one) for one in wanted)
        ):
            conflict = self._clash(edit, next(iter(wanted or new), None), held)
        side = self._ground.settled.side(conflict) if conflict is not None else None
        if conflict is not None and side is None:
            made.conflicts.append(conflict)
            return
        if conflict is not None:
            made.settled.append(conflict)
            held = held if self._goes_too(edit, held) else None
        if side is Side.OURS:
            made.outcomes.append(edit.stayed(conflict.ours if conflict else ""))
        elif wanted or dated or begun or held is not None:
            is_settled = conflict is not None
            yield _Deed(number, edit, tuple(wanted), (*begun, *dated), held, is_settled)
        elif state is not State.WITH_ANOTHER:
            made.outcomes.append(_unchanged(edit))

    def _clash(self, edit: Edit, one: Target | None, held: Assignment | None) -> Conflict:
        at = self._at(one.place if one else edit.place)
        return clash(edit, one, held, at, self._at(edit.was.place) if edit.was else at)

    def _goes_too(self, edit: Edit, held: Assignment | None) -> bool:
        """Whether what is there instead of a letter goes, where the file's word is taken. Somebody
        else who is accountable by now goes with the hand-over, if the file names anybody.
        """
        was = edit.was
        if was is None or held is None or held in self._at(was.place).holding(seat_of(was)):
            return True
        return not edit.targets and not self._at(was.place).is_given_away

    def _leaving(
        self, edit: Edit, new: Sequence[Target], wanted: Sequence[Target]
    ) -> tuple[State, Assignment | None]:
        """What became of the letter that an edit takes away. The A of a stage for which the file
        names somebody else goes with the hand-over to them, wherever that stands.
        """
        was = edit.was
        if was is None or edit.stays or not self._at(was.place).leaves(was):
            return State.SAME, None
        sides = self._at(was.place)
        if was.letter is Letter.A and sides.is_given_away:
            own = [one for one in new if one.letter is Letter.A and one.place == was.place]
            if own or not wanted or sides.may_give_accountable():
                return State.SAME if own else State.WITH_ANOTHER, None
        return sides.state(was)

    def _may_give(self, one: Target) -> bool:
        return one.letter is not Letter.A or self._at(one.place).may_give_accountable()

    def _is_dated(self, one: Target) -> bool:
        """Whether the file has a letter begin on another day, which it does not do yet."""
        known = self._at(one.place).known(one.seat)
        if one.since is None or known is None or one.day == known.since:
            return False
        return not self._begins_so(one)

    def _may_date(self, one: Target) -> bool:
        """Whether a letter is still as it was exported."""
        sides = self._at(one.place)
        known = sides.known(one.seat)
        return any(
            known is not None and sides.is_same(each, known) for each in sides.holding(one.seat)
        )

    def _begins_so(self, one: Target) -> bool:
        """Whether a letter is there and begins on the day that the file says, if it says one."""
        sides = self._at(one.place)
        stage = Gathering(one.project, one.item, self._ground)
        return any(
            one.since is None
            or stage.is_day(held.since, one.since)
            or sides.since(held) == one.since.isoformat()
            for held in sides.holding(one.seat)
        )

    # --- what is done ---

    def _do(self, deeds: Sequence[_Deed], made: _Pass) -> None:
        """Who is accountable comes first: whoever is asked first keeps what they have."""
        asked: set[int] = set()
        for is_first in (True, False):
            for deed in deeds:
                for one in (*deed.given, *deed.dated):
                    if (one.letter is Letter.A) is is_first and deed.number not in made.faults:
                        self._try(deed, one, asked, made)
        for deed in deeds:
            if deed.number not in made.faults and deed.number not in asked:
                self._try(deed, None, asked, made)

    def _try(self, deed: _Deed, one: Target | None, asked: set[int], made: _Pass) -> None:
        """Give one letter, or (None) take away the one that goes."""
        edit = deed.edit
        try:
            if one is None:
                self._take(deed, made)
            elif not self._give(deed, one, made):
                asked.add(deed.number)
        except Slipped as slipped:
            made.faults[deed.number] = slipped.at(edit.sheet, edit.cell)
        except CharterError as error:
            made.faults[deed.number] = Fault(edit.sheet, edit.cell, error=error)

    def _stage(self, made: _Pass, project: Project, item: Item) -> Gathering:
        place = project.key, item.key
        return made.stages.setdefault(place, Gathering(project, item, self._ground))

    def _give(self, deed: _Deed, one: Target, made: _Pass) -> bool:
        """Give a letter; False where it is only offered."""
        stage, edit, people = (
            self._stage(made, one.project, one.item),
            deed.edit,
            self._ground.people,
        )
        if stage.inherits:
            facts = {"item": one.item.title, "stage": stage.ruling.title}
            raise Slipped(Slip.INHERITS, facts)
        if one.letter is Letter.A and one in deed.given and stage.is_offered(one.holder):
            made.outcomes.append(edit.given(one, Fate.UNCHANGED, one.words))
            return False
        change = stage.assigned(one.letter, one.holder, one.since, _without_seats(stage.item, one))
        stage.permit(change)
        if isinstance(change, HandOverOffered):
            stage.write(change)
            made.outcomes.append(edit.given(one, Fate.OFFERED, people[change.giver].name))
            return False
        assert isinstance(change, RolesChanged)
        stage.keep(change)
        if one in deed.dated:
            sides = self._at(one.place)
            held = next(iter(sides.holding(one.seat)), None)
            before = since_words(one.words, sides.since(held)) if held else ""
            after = since_words(one.words, one.day)
            made.outcomes.append(edit.given(one, Fate.CHANGED, before, after))
            return True
        gone = ", ".join(holder_name(held.holder, people) for held in change.ended)
        before = (_before(deed, one, people) if one is deed.given[0] else "") or gone
        made.outcomes.append(edit.given(one, Fate.CHANGED if before else Fate.CREATED, before))
        return True

    def _take(self, deed: _Deed, made: _Pass) -> None:
        was, held = deed.edit.was, deed.away
        if was is None or held is None:
            return
        sides = self._at(was.place)
        assert sides.project is not None
        assert sides.item is not None
        stage = self._stage(made, sides.project, sides.item)
        if held.id in stage.ended:
            return  # somebody else has it by another row
        change = stage.cleared(held.letter, held.holder, replace(stage.item, assignments=(held,)))
        stage.permit(change)
        stage.keep(change)
        if not deed.given:
            after = ", ".join(holder_name(one.holder, self._ground.people) for one in change.begun)
            name = holder_name(held.holder, self._ground.people)
            made.outcomes.append(deed.edit.taken(Fate.REMOVED, after, name))


def _unchanged(edit: Edit) -> Outcome:
    if edit.targets:
        one = edit.targets[0]
        return edit.given(one, Fate.UNCHANGED, one.words)
    return edit.taken(Fate.UNCHANGED, "")


def _without_seats(item: Item, one: Target) -> Item:
    """The stage without its vacant seats: the file shows them, and fills the one that it means."""
    if one.letter is Letter.A:
        return item
    kept = tuple(
        held
        for held in item.assignments
        if held.letter is not one.letter or not isinstance(held.holder, Vacancy)
    )
    return replace(item, assignments=kept)


def _before(deed: _Deed, one: Target, people: Mapping[int, Person]) -> str:
    """Whose place a letter takes, where the row says so: of another letter or stage in brackets.
    Of one that was in conflict only what is there by now counts.
    """
    was, away = deed.edit.was, deed.away
    if was is None or deed.edit.stays:
        return ""
    if deed.was_settled:
        return holder_name(away.holder, people) if away is not None else ""
    if was.place != one.place:
        return f"{was.person} ({was.letter} of {was.title})"
    return told_as(was, one.letter)
