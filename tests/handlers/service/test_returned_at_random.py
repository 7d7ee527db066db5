"""Moonshot 4: whatever is edited in an export, and whatever happens here meanwhile, nothing is lost
silently, nothing is undone that nobody meant, and nobody is accountable beside somebody else.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.errors import CharterError
from bot.imports import Conflict, Fault, Plan
from bot.orders import RenameItem
from bot.sheets import Value
from tests.handlers.service.returning import HERE, Desk, File, kept

PEOPLE = {"ana": "Ana Sample", "bea": "Bea Sample", "cy": "Cy Sample", "dee": "Dee Sample"}
STAGES = {"idea": "Feature choice", "framing": "Problem framing", "modelling": "Modelling"}
COMPONENTS = {"feed": "Feed", "board": "Board"}
SEATS = {
    "vacant (Data Engineer)": "vacant:Data Engineer:",
    "vacant (Data Engineer, DE-1)": "vacant:Data Engineer:DE-1",
}
HOLDERS: Mapping[str, str] = {name: key for key, name in PEOPLE.items()} | SEATS
TITLES = STAGES | COMPONENTS
PROJECT, STAGE, COMPONENT, LETTER, PERSON, ID = 0, 1, 2, 3, 4, 8


# --- workspaces -----------------------------------------------------------------------------------

places = st.tuples(st.sampled_from(["atlas", "cedar"]), st.sampled_from([*STAGES, "board"]))
held_by = st.sampled_from([*PEOPLE, *SEATS])
letters = st.lists(
    st.tuples(places, st.sampled_from("ARCI"), held_by, st.sampled_from(["", "2026-03-02"])),
    min_size=3,
    max_size=14,
    unique_by=lambda one: (one[0], one[1], one[2] if one[1] != "A" else ""),
)


def assigned(place: tuple[str, str], letter: str, holder: str, since: str) -> dict[str, Any]:
    made: dict[str, Any] = {"project": place[0], "item": place[1], "raci": letter}
    if holder in PEOPLE:
        made["person"] = holder
    else:
        made["vacant_role"] = "Data Engineer"
        made |= {"requisition": "DE-1"} if "DE-1" in holder else {}
    return made | ({"since": since} if since else {})


def document(told: Iterable[tuple[tuple[str, str], str, str, str]]) -> dict[str, Any]:
    components = [
        {"key": "board", "title": "Board", "stage": "modelling", "inherits_raci": False},
        {"key": "feed", "title": "Feed", "stage": "modelling", "inherits_raci": True},
    ]
    stages = [{"key": key, "title": title} for key, title in STAGES.items()]
    return {
        "stages": stages,
        "people": [
            {"key": key, "name": name, "role": "data_engineer", "slack_id": f"U{key.upper()}"}
            for key, name in PEOPLE.items()
        ],
        "projects": [
            {"key": "atlas", "name": "Atlas", "lead": "ana", "components": components},
            {
                "key": "cedar",
                "name": "Cedar",
                "lead": "bea",
                "private": True,
                "members": [*PEOPLE],
                "components": components,
            },
        ],
        "assignments": [assigned(*one) for one in told],
    }


# --- what people do to a file ---------------------------------------------------------------------


@dataclass
class Edited:
    """A file while it is edited, and what its letters are meant to be by then, by id."""

    file: File
    data: st.DataObject

    @property
    def rows(self) -> list[list[Value]]:
        return self.file.letters[1:]

    def pick(self, what: str) -> list[Value] | None:
        return self.data.draw(st.sampled_from(self.rows), label=what) if self.rows else None

    def change(self) -> None:
        """One thing that somebody does."""
        kind = self.data.draw(
            st.sampled_from(
                [
                    *("person", "letter", "delete", "add", "move", "twice"),
                    *("id", "order", "nobody", "sort", "name"),
                ]
            ),
            label="kind",
        )
        row = self.pick("row")
        if kind == "add" or row is None:
            there = self.data.draw(places)
            letter = self.data.draw(st.sampled_from("ARCI"))
            self.file.letters.append(
                [
                    there[0].title(),
                    STAGES.get(there[1], "Modelling"),
                    COMPONENTS.get(there[1]),
                    letter,
                    self.data.draw(st.sampled_from([*HOLDERS])),
                    *[None] * 4,
                ]
            )
            return
        if kind in ("order", "sort"):
            self.sort(are_ids_torn=kind == "sort")
        else:
            self.change_row(kind, row)

    def sort(self, *, are_ids_torn: bool) -> None:
        """Somebody sorts the rows, or the visible columns alone."""
        head, *rows = self.file.letters
        if are_ids_torn:
            ids = self.data.draw(st.permutations([row[ID] for row in rows]))
            for row, id_ in zip(rows, ids, strict=True):
                row[ID] = id_
        else:
            self.file.sheets["RACI"] = [head, *self.data.draw(st.permutations(rows))]

    def change_row(self, kind: str, row: list[Value]) -> None:
        match kind:
            case "person":
                row[PERSON] = self.data.draw(st.sampled_from([*HOLDERS]))
            case "letter":
                row[LETTER] = self.data.draw(st.sampled_from("ARCI"))
            case "delete":
                self.file.letters.remove(row)
            case "move":
                there = self.data.draw(places)
                row[STAGE] = STAGES.get(there[1], "Modelling")
                row[COMPONENT] = COMPONENTS.get(there[1])
            case "twice":
                self.file.letters.append(list(row))
            case "id":
                row[ID] = None
            case "name":
                row[PROJECT] = "Atlos"
            case "nobody":
                row[PERSON] = "Zoe Nobody"

    def meant(self) -> Counter[str]:
        """The letters that the file has, by id; what nobody could understand as it stands."""
        return Counter(filter(None, map(meant, self.rows)))


def meant(row: list[Value]) -> str:
    """The id of the letter that a row says; empty for somebody whom nobody knows."""
    holder = HOLDERS.get(str(row[PERSON]))
    return f"{place(row)}/{row[LETTER]}/{holder}" if holder else ""


def place(row: list[Value]) -> str:
    """The project and the stage that a row says, by their keys."""
    title = str(row[COMPONENT] or row[STAGE])
    item = next(key for key, known in TITLES.items() if known == title)
    return f"{str(row[PROJECT]).lower()}/{item}"


# --- what happens here meanwhile ------------------------------------------------------------------


def meanwhile(desk: Desk, data: st.DataObject) -> None:
    """One thing that somebody does in Charter."""
    (project, item), letter = data.draw(places), data.draw(st.sampled_from("ARCI"))
    kind = data.draw(st.sampled_from(["assign", "clear", "rename", "vacate"]), label="here")
    desk.wait(minutes=5)
    try:
        match kind:
            case "assign":
                desk.assign(item, letter, data.draw(st.sampled_from([*PEOPLE.values()])), project)
            case "vacate":
                desk.assign(item, letter, "vacant Data Engineer DE-1", project)
            case "clear":
                desk.clear(item, letter, None, project)
            case "rename":
                name = data.draw(st.sampled_from(["Another name", "Yet another"]))
                desk.charter.ladders.rename(desk.operator, RenameItem(item, name, project), HERE)
    except CharterError:
        pass


# --- the oracle -----------------------------------------------------------------------------------


@dataclass
class Judged:
    """What holds of a merge, whatever way it was made: sets of ids on four sides, and what the
    preview told.
    """

    base: Counter[str]
    theirs: Counter[str]
    ours: Counter[str]
    after: Counter[str]
    plan: Plan
    rows: list[list[Value]]
    besides: Mapping[str, list[list[Value]]] = field(default_factory=dict)
    told: set[str] = field(init=False)

    def __post_init__(self) -> None:
        """The stages that a conflict or an error is about: those of its row, as it is and was."""
        self.told = set()
        found: tuple[Conflict | Fault, ...] = (*self.plan.conflicts, *self.plan.faults)
        for one in found:
            number = int("".join(sign for sign in one.cell if sign.isdigit()))
            if one.sheet != "RACI":
                self.told.add(str(self.besides[one.sheet][number - 1][-1]))
            elif number == 1 and isinstance(one, Conflict):  # of a row that is gone
                item = next(key for key, title in TITLES.items() if title == one.item)
                self.told.add(f"{one.project.lower()}/{item}")
            else:
                row = self.rows[number - 2]
                self.told |= {place(row), "/".join(str(row[ID]).split("/")[:2])}

    def check(self) -> None:
        for key in self.base | self.theirs | self.ours | self.after:
            self._key(key)
        twice = Counter(key.rpartition("/")[0] for key in self.after.elements() if "/A/" in key)
        assert all(count == 1 for count in twice.values()), twice

    def _key(self, key: str) -> None:
        base, theirs, ours, after = (
            side[key] for side in (self.base, self.theirs, self.ours, self.after)
        )
        theirs = min(theirs, max(base, 1))  # who has a letter twice in a file has it once
        if theirs == base:
            assert after == ours or self._follows(key), f"nobody edited {key}: {ours} -> {after}"
        elif theirs > base:
            assert after >= 1 or self._is_told(key), f"{key} was given silently nowhere"
        elif after and ours:
            assert after < ours or self._is_told(key) or self._is_asked, f"{key} stayed"

    def _follows(self, key: str) -> bool:
        """Who is accountable goes for somebody else, and leaves a vacant seat where there is
        nobody.
        """
        place, _, holder = key.rpartition("/")
        is_seat = place.endswith("/A") and holder.startswith("vacant:")
        return is_seat and any(
            one.startswith(f"{place}/") and self.base[one] and not self.theirs[one]
            for one in self.base
        )

    def _is_told(self, key: str) -> bool:
        project, item, *_ = key.split("/")
        name = f"“{project.title()}”"
        lacks = (f"No line of {name} is in the file", f"lines of {name} are missing")
        return f"{project}/{item}" in self.told or any(
            words in note for note in self.plan.notes for words in lacks
        )

    @property
    def _is_asked(self) -> bool:
        return any(one.fate == "offered" for one in self.plan.outcomes)


def judged(desk: Desk, base: Counter[str], edited: Edited) -> Judged:
    ours = desk.letters()
    content = edited.file.bytes()
    shown = desk.preview(content)
    assert desk.letters() == ours
    desk.wait(minutes=1)
    done = desk.take(content, partial=True)
    assert done.plan.mark == shown.plan.mark
    after = desk.letters()
    return Judged(base, edited.meant(), ours, after, done.plan, edited.rows, edited.file.sheets)


# --- the properties -------------------------------------------------------------------------------

SLOW = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # an example is a workspace of its own
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@SLOW
@given(told=letters)
def test_moonshot_4_an_export_that_nobody_edited_changes_nothing(
    sqlite_template: Path, told: list[tuple[tuple[str, str], str, str, str]]
) -> None:
    with kept(sqlite_template, document(told)) as desk:
        content = desk.listed("ana").bytes()
        before = desk.letters()
        for by in ("", "ana"):
            done = desk.take(content, by)
            plan = done.plan
            assert (plan.created, plan.changed, plan.faults, plan.conflicts) == (0, 0, (), ())
            assert plan.unchanged >= len(before)
        assert desk.letters() == before


@SLOW
@given(data=st.data(), told=letters)
def test_moonshot_4_two_files_come_to_the_same_in_either_order(
    sqlite_template: Path,
    data: st.DataObject,
    told: list[tuple[tuple[str, str], str, str, str]],
) -> None:
    files: list[bytes] = []
    ends: list[tuple[bool, Counter[str]]] = []
    for order in ((0, 1), (1, 0)):
        with kept(sqlite_template, document(told)) as desk:
            base = desk.listed("ana")
            for _ in range(0 if files else 2):
                edited = Edited(deepcopy(base), data)
                for _ in range(data.draw(st.integers(1, 2), label="edits")):
                    edited.change()
                files.append(edited.file.bytes())
            is_clean = True
            for at in order:
                desk.wait(minutes=1)
                plan = desk.take(files[at], partial=True).plan
                is_clean = is_clean and plan.stands and not plan.notes[1:]
            ends.append((is_clean, desk.letters()))
    (first, one), (second, other) = ends
    assert not (first and second) or one == other


@SLOW
@given(data=st.data(), told=letters)
def test_moonshot_4_edits_on_both_sides_are_taken_or_told_and_nothing_else_moves(
    sqlite_template: Path,
    data: st.DataObject,
    told: list[tuple[tuple[str, str], str, str, str]],
) -> None:
    with kept(sqlite_template, document(told)) as desk:
        edited = Edited(desk.listed("ana"), data)
        base = edited.meant()
        for _ in range(data.draw(st.integers(1, 4), label="edits")):
            edited.change()
        for _ in range(data.draw(st.integers(0, 3), label="here")):
            meanwhile(desk, data)
        found = judged(desk, base, edited)
        found.check()
        desk.wait(minutes=1)
        again = desk.take(edited.file.bytes(), partial=True)
        assert (again.plan.created, again.plan.changed) == (0, 0), again.plan.outcomes
        assert desk.letters() == found.after
