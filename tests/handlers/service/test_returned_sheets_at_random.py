"""Moonshot 4 in all sheets: the list and the matrix edited at once, and where stages stand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.errors import CharterError
from bot.exports.standing import STATUSES
from bot.orders import Due, Move
from bot.project import Item, Status
from bot.sheets import Value
from tests.handlers.service.returning import HERE, Desk, file_of, kept
from tests.handlers.service.test_returned_at_random import (
    PEOPLE,
    Edited,
    document,
    judged,
    letters,
    meanwhile,
    places,
)

KEYS = {name: key for key, name in PEOPLE.items()}
WORDS = {str(STATUSES[status].value): status for status in Status}
DAYS = [date(2026, 12, 1), date(2027, 1, 15), None]
NOTES = ["all is well", "a week more", None]
HEADS = ("Status", "Forecast due", "Note")


@dataclass
class EditedSheets(Edited):
    """A whole file while it is edited."""

    def __post_init__(self) -> None:
        self.exported = self.shown()

    @property
    def stages(self) -> tuple[Sequence[Value], list[list[Value]]]:
        head, *rows = self.file.sheets["Stages"]
        return head, [row for row in rows if row[-1]]

    def set_stage(self) -> None:
        """Somebody writes where a stage stands."""
        head, rows = self.stages
        row = self.data.draw(st.sampled_from(rows), label="stage")
        what = self.data.draw(st.sampled_from(HEADS), label="head")
        values: Any = {"Status": [*WORDS], "Forecast due": DAYS, "Note": NOTES}[what]
        row[list(head).index(what)] = self.data.draw(st.sampled_from(values))

    def set_cell(self) -> None:
        """Somebody writes letters into the matrix."""
        rows = self.file.sheets["Matrix"]
        at = next(number for number, row in enumerate(rows) if row[-1] == "ID")
        columns = [number for number, head in enumerate(rows[at]) if head in KEYS]
        body = [row for row in rows[at + 1 :] if row[-1]]
        if columns:
            row = self.data.draw(st.sampled_from(body), label="row of the matrix")
            column = self.data.draw(st.sampled_from(columns), label="column")
            row[column] = self.data.draw(st.sampled_from(["A", "R", "A/R", "C", "I", None]))

    def shown(self) -> Counter[str]:
        """The letters of people in the matrix, by id."""
        rows = self.file.sheets["Matrix"]
        at = next(number for number, row in enumerate(rows) if row[-1] == "ID")
        own = list(rows[at]).index("Own")
        return Counter(
            f"{row[-1]}/{letter}/{KEYS[str(head)]}"
            for row in rows[at + 1 :]
            if row[-1] and row[own]
            for head, cell in zip(rows[at], row, strict=True)
            if head in KEYS and cell
            for letter in str(cell).split("/")
        )

    def meant(self) -> Counter[str]:
        """What the list says, and the matrix where it was edited."""
        return (super().meant() | (self.shown() - self.exported)) - (self.exported - self.shown())


def stands(desk: Desk) -> dict[str, tuple[str, date | None, str]]:
    """Where stages stand, by the ids of their rows."""

    def told(item: Item) -> tuple[str, date | None, str]:
        return str(STATUSES[item.status].value), item.due, item.note or ""

    return {
        f"{project.key}/{item.key}": told(item)
        for project in desk.projects()
        for item in project.items
    }


def moved(desk: Desk, data: st.DataObject) -> None:
    """Somebody says in Charter where a stage stands."""
    project, item = data.draw(places)
    try:
        if data.draw(st.booleans(), label="status or due"):
            status = data.draw(st.sampled_from([Status.IN_PROGRESS, Status.ON_HOLD]))
            order = Move(item, status, data.draw(st.sampled_from(NOTES)), project)
            desk.charter.stages.move(desk.operator, order, HERE)
        else:
            due = Due(item, data.draw(st.sampled_from(DAYS)), project)
            desk.charter.stages.due(desk.operator, due, HERE)
    except CharterError:
        pass


@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), told=letters)
def test_moonshot_4_edits_of_every_sheet_are_taken_or_told(
    sqlite_template: Path, data: st.DataObject, told: Any
) -> None:
    with kept(sqlite_template, document(told)) as desk:
        edited = EditedSheets(file_of(desk.export("ana")), data)
        base, was = edited.meant(), stands(desk)
        edits = (edited.change, edited.set_cell, edited.set_stage)
        for kind in data.draw(st.lists(st.sampled_from([0, 1, 1, 2, 2]), min_size=1, max_size=5)):
            edits[kind]()
        for kind in data.draw(st.lists(st.sampled_from([0, 1]), max_size=2)):
            (meanwhile, moved)[kind](desk, data)
        before = stands(desk)
        found = judged(desk, base, edited)
        found.check()
        after = stands(desk)
        head, rows = edited.stages
        for row in rows:
            key = str(row[-1])
            theirs = [row[list(head).index(what)] for what in HEADS]
            for side in range(len(HEADS)):
                wanted, first = theirs[side] or None, was[key][side] or None
                ours, done = before[key][side] or None, after[key][side] or None
                if wanted == first:
                    is_unblocked = side == 2 and "▲" in before[key][0] != after[key][0]
                    assert done == ours or is_unblocked, (key, HEADS[side])
                else:
                    assert done == wanted or key in found.told, (key, HEADS[side])
        desk.wait(minutes=1)
        again = desk.take(edited.file.bytes(), partial=True)
        assert (again.plan.created, again.plan.changed) == (0, 0), again.plan.outcomes
        assert stands(desk) == after
