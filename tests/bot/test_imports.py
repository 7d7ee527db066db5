"""What sheets say, and what that would change: two layouts, several languages, every error told."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.changes import Change, RolesChanged
from bot.deciding import NOT_ASKED
from bot.errors import Ambiguous, Forbidden, NotFound
from bot.imports import (
    Fate,
    Ground,
    Order,
    Plan,
    Reading,
    Shape,
    Slip,
    Wanted,
    layout_of,
    planned,
    said_by,
    vacant_in,
)
from bot.imports.dates import TwoDays, day_in
from bot.imports.words import Means, head_means, letters_in
from bot.people import Actor, Surface
from bot.project import Item, Kind, Letter, PersonHolder, Project, Vacancy
from bot.rights import Right
from bot.roles import CATALOGUE, called
from bot.sheets import Grid, Opened, Value
from bot.spelling import folded
from tests.bot.support import ANA, BEA, CY, PEOPLE, held
from tests.support.clock import T0

A, R, C, I = Letter  # noqa: E741 - the letters' own names
PIPELINE = Item(
    7,
    "data_pipeline",
    Kind.STAGE,
    "Data pipeline",
    ("ETL",),
    assignments=(
        held(A, PersonHolder(BEA), 1),
        held(R, PersonHolder(BEA), 2),
        held(C, PersonHolder(CY), 3),
        held(R, Vacancy("Data Engineer", "DE-1"), 4),
    ),
)
QUALITY = Item(8, "data_quality", Kind.STAGE, "Data quality")
FEED = Item(9, "feed", Kind.COMPONENT, "Feed", parent="data_pipeline", inherits_raci=True)
ATLAS = Project(3, "atlas", "Atlas", ("map",), lead=ANA, items=(PIPELINE, QUALITY, FEED))
OPERATOR = Actor(1, None, Surface.CLI, is_admin=True)


class Team:
    """The names that there are."""

    def project(self, words: str, _sheet: str) -> Project | None:
        if words and folded(words) not in ("atla", "map"):
            raise NotFound("project", words)
        return ATLAS

    def item(self, _project: Project, words: str, _within: str) -> Item:
        for one in ATLAS.items:
            if folded(words) in {folded(name) for name in (one.key, one.title, *one.aliases)}:
                return one
        raise NotFound("item", words)

    def holder(self, words: str, group: str) -> Wanted:
        if (seat := vacant_in(words)) is not None:
            return Wanted(words, role=seat[0] or group, requisition=seat[1], is_open=True)
        if folded(words) == "sample":
            raise Ambiguous("person", words, (("Ana Sample", "a"), ("Bea Sample", "b")))
        for one in PEOPLE.values():
            if folded(words) in (folded(one.name), folded(one.first_name)):
                return Wanted(one.name, PersonHolder(one.id))
        role = called(words, CATALOGUE)
        if role is None:
            raise NotFound("person", words)
        return Wanted(role.title, role=role.title, role_key=role.key)

    def seen(self, key: str) -> Project | None:
        return ATLAS if key == ATLAS.key else None


def permit(_project: Project, item: Item | None, _change: Change) -> None:
    if item is not None and item.key == "forbidden":
        raise Forbidden(Right.EDIT, "Atlas")


def grid(*rows: Sequence[Value], name: str = "Sheet") -> Grid:
    return Grid(name, {at: tuple(row) for at, row in enumerate(rows, start=1)})


def plan(*rows: Sequence[Value], placed: Mapping[str, str] | None = None) -> Plan:
    said = said_by(Opened((grid(*rows),)), placed, Reading(T0.date()))
    ground = Ground(
        PEOPLE,
        CATALOGUE,
        OPERATOR,
        T0,
        "UTC",
        lambda day: datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("UTC")),
        lambda _item: NOT_ASKED,
        permit,
    )
    return planned(said.told, Team(), ground)


def faults(made: Plan) -> list[tuple[str, str]]:
    return [
        (one.cell, str(one.slip) if one.slip else type(one.error).__name__) for one in made.faults
    ]


def told(made: Plan) -> list[tuple[str, str, str, str, str]]:
    return [(one.cell, one.what, one.before, one.after, one.fate) for one in made.outcomes]


def changed(made: Plan) -> RolesChanged:
    [change] = [one.change for one in made.planned]
    assert isinstance(change, RolesChanged)
    return change


def test_x7_a_matrix_is_compared_cell_by_cell_with_what_is_true() -> None:
    made = plan(
        ("Stage", "Ana Sample", "bea", "Sample, Cy"),
        ("ETL", "R", "A/R", "C"),
        ("Data quality", "a, r", "-", None),
    )
    assert (made.created, made.changed, made.unchanged, made.faults) == (2, 1, 3, ())
    assert told(made) == [
        ("C2", "A", "Bea Sample", "Bea Sample", "unchanged"),
        ("C2", "R", "Bea Sample", "Bea Sample", "unchanged"),
        ("B2", "R", "vacant (Data Engineer, DE-1)", "Ana Sample", "changed"),
        ("D2", "C", "Cy Sample", "Cy Sample", "unchanged"),
        ("B3", "A", "", "Ana Sample", "created"),
        ("B3", "R", "", "Ana Sample", "created"),
    ]
    assert made.left == 0


def test_x7_a_cell_of_a_matrix_says_all_that_somebody_is_to_a_stage() -> None:
    made = plan(("Stage", "Cy"), ("Data pipeline", "I"))
    assert told(made) == [("B2", "I", "Cy Sample (C)", "Cy Sample", "changed")]
    less = plan(("Stage", "Bea"), ("Data pipeline", "A"))
    assert told(less)[1:] == [("B2", "R", "Bea Sample", "", "changed")]
    assert [(one.letter, one.id) for one in changed(made).ended] == [(C, 3)]


def test_x7_a_list_adds_and_takes_nothing_from_whom_it_does_not_name() -> None:
    made = plan(
        ("Task", "Responsible", "Accountable", "Consulted", "Informed"),
        ("Data pipeline", "Bea", "Bea Sample", "-", "Cy + Ana"),
    )
    assert (made.created, made.changed, made.unchanged, made.faults) == (2, 0, 2, ())
    assert made.left == 2


def test_x7_who_is_accountable_changes_by_the_file() -> None:
    made = plan(("Stage", "A", "R"), ("Data pipeline", "Ana Sample", None))
    assert told(made) == [("B2", "A", "Bea Sample", "Ana Sample", "changed")]


def test_x7_two_accountable_are_an_error_of_the_second_cell_and_the_line_stays() -> None:
    made = plan(
        ("Stage", "Ana", "Bea", "Cy"),
        ("Data quality", "A", "A, R", "C"),
        ("Data pipeline", None, "A/R", None),
    )
    assert faults(made) == [("C2", "two_accountable")]
    assert made.faults[0].facts["where"] == "B2"
    assert told(made) == [
        ("C3", "A", "Bea Sample", "Bea Sample", "unchanged"),
        ("C3", "R", "Bea Sample", "Bea Sample", "unchanged"),
    ]
    again = plan(("Stage", "A"), ("Data quality", "Ana"), ("DATA-quality", "Bea"))
    assert faults(again) == [("B3", "two_accountable")]
    assert plan(("Stage", "A"), ("Data quality", "Ana"), ("Data quality", "ana")).faults == ()


def test_x7_every_error_is_told_at_once_with_its_cell() -> None:
    made = plan(
        ("Project", "Stage", "Ana", "Zoe Nobody", "Sample"),
        ("Atlas", "Data quality", "X", None, None),
        ("Atlas", "Nothing such", "R", None, None),
        ("Orion", "Data quality", "R", None, None),
        ("Atlas", None, "R", "R", None),
        ("Atlas", "Feed", "R", None, "C"),
        ("Atlas", "Data pipeline", "I", "R", None),
    )
    assert faults(made) == [
        ("C2", "bad_letter"),
        ("B3", "NotFound"),
        ("A4", "NotFound"),
        ("A5", "no_stage"),
        ("E1", "Ambiguous"),
        ("D1", "NotFound"),
        ("C6", "inherits"),
    ]
    assert told(made) == [("C7", "I", "", "Ana Sample", "created")]


def test_x7_a_column_that_is_not_understood_is_refused_until_it_is_placed() -> None:
    rows = (
        ("Stage", "A", "R", "Favourite colour"),
        ("Data quality", "Ana", "Bea", "teal"),
    )
    made = plan(*rows)
    assert faults(made) == [("D1", "unplaced")]
    assert (made.planned, made.outcomes) == ((), ())
    assert plan(*rows, placed={"favourite colour": "not read"}).created == 2


def test_x7_a_column_is_given_to_somebody_by_whoever_knows() -> None:
    rows = (("Stage", "The boss", "Bea"), ("Data quality", "A", "R"))
    assert faults(plan(*rows)) == [("B1", "NotFound")]
    assert [one.after for one in plan(*rows, placed={"The boss": "Ana Sample"}).outcomes] == [
        "Ana Sample",
        "Bea Sample",
    ]


def test_x7_roles_as_columns_open_seats_and_are_met_by_whoever_has_the_role() -> None:
    made = plan(
        ("Stage", "Data Engineer", "ML engineer"),
        ("Data pipeline", "R", "C"),
        ("Data quality", "A", None),
    )
    assert told(made) == [
        ("B2", "R", *["vacant (Data Engineer, DE-1)"] * 2, "unchanged"),
        ("C2", "C", "", "vacant (ML Engineer)", "created"),
        ("B3", "A", "", "vacant (Data Engineer)", "created"),
    ]
    assert faults(plan(("Stage", "ML engineer"), ("Data pipeline", "A"))) == [("B2", "role_held")]


def test_x7_an_empty_seat_takes_its_role_from_the_cell_or_the_heading() -> None:
    made = plan(("Stage", "A", "R"), ("Data quality", "offen: ML engineer", "N.N. (Developer)"))
    assert [one.after for one in made.outcomes] == ["vacant (ML engineer)", "vacant (Developer)"]
    wanted = plan(("Stage", "A", "C"), ("Data quality", "Ana", "vacant"))
    assert faults(wanted) == [("C2", "role_wanted")]


def test_x7_a_tidy_list_has_a_letter_a_line_and_may_say_since_when() -> None:
    made = plan(
        ("Project", "Stage", "Component", "Letter", "Person", "Since", "Until", "ID"),
        ("Atlas", "Data quality", None, "A", "Ana Sample", date(2026, 3, 4), None, None),
        ("Atlas", "Data quality", None, "R", "Bea Sample", "03/04/2026", None, None),
        ("Atlas", "Data quality", None, "C", "Bea Sample", "4 March 2026", "x", None),
        ("Atlas", "Gone", None, "A", "Bea Sample", None, None, "atlas/data_pipeline/A/bea"),
        ("Atlas", "Data pipeline", None, "I", "Ana", date(2026, 1, 1), date(2026, 2, 1), None),
    )
    assert faults(made) == [("F3", "two_dates"), ("G4", "bad_date")]
    assert told(made) == [
        ("D2", "A", "", "Ana Sample", "created"),
        ("D5", "A", "Bea Sample", "Bea Sample", "unchanged"),
    ]
    assert changed(made).since == datetime(2026, 3, 4, tzinfo=ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("words", "order", "day"),
    [
        ("2026-03-04", None, date(2026, 3, 4)),
        ("04.03.2026", None, date(2026, 3, 4)),
        ("25/03/2026", None, date(2026, 3, 25)),
        ("03/25/26", None, date(2026, 3, 25)),
        ("03/04/2026", Order.DAY_FIRST, date(2026, 4, 3)),
        ("03/04/2026", Order.MONTH_FIRST, date(2026, 3, 4)),
        ("03/04/2026", None, TwoDays(date(2026, 4, 3), date(2026, 3, 4))),
        ("05/05/2026", None, date(2026, 5, 5)),
        ("4. März 2026", None, date(2026, 3, 4)),
        ("4 de marzo de 2026", None, date(2026, 3, 4)),
        ("1er août 2026", None, date(2026, 8, 1)),
        ("Mar 4, 2026", None, date(2026, 3, 4)),
        ("2026年3月4日", None, date(2026, 3, 4)),
        ("31.02.2026", None, None),
        ("soon", None, None),
        (46_085, None, None),
    ],
)
def test_edge_69_days_are_read_in_both_orders_and_never_guessed(
    words: Value, order: Order | None, day: date | TwoDays | None
) -> None:
    assert day_in(words, order) == day


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("R", (R,)),
        ("A/R", (A, R)),
        ("A,R", (A, R)),
        ("ra", (A, R)),
        ("R+A", (A, R)),
        ("r und a", (A, R)),
        ("Ｒ", (R,)),
        ("Responsible", (R,)),
        ("A vacant", (A,)),
        ("R*", (R,)),
        ("", ()),
        ("–", ()),
        ("n/a", ()),
        ("X", None),
        ("12", None),
        ("Bea", None),
    ],
)
def test_r5_x7_letters_of_a_cell(text: str, letters: tuple[Letter, ...] | None) -> None:
    assert letters_in(text) == letters


@pytest.mark.parametrize(
    ("head", "means"),
    [
        ("Aktivität", Means.ITEM),
        ("Étape", Means.ITEM),
        ("Tarea", Means.ITEM),
        ("任务", Means.ITEM),
        ("Zuständig (R)", Means.R),
        ("A – Accountable", Means.A),
        ("Rechenschaftspflichtig", Means.A),
        ("Approbateur", Means.A),
        ("Responsable", Means.R),
        ("负责人", Means.R),
        ("À consulter", Means.C),
        ("Informados", Means.I),
        ("Fällig", Means.NOTHING),
        ("Ana C", None),
        ("R&D", None),
        ("ML eng", None),
    ],
)
def test_x7_head_lines_in_five_languages(head: str, means: Means | None) -> None:
    assert head_means(head) is means


@pytest.mark.parametrize(
    ("text", "seat"),
    [
        ("vacant", ("", "")),
        ("N.N.", ("", "")),
        ("offen: Data Engineer", ("Data Engineer", "")),
        ("vacant (ML engineer, REQ-12)", ("ML engineer", "REQ-12")),
        ("à pourvoir (Développeur)", ("Développeur", "")),
        ("待定（数据工程师）", ("数据工程师", "")),
        ("Openshaw", None),
        ("Nina", None),
    ],
)
def test_x7_empty_seats_in_five_languages(text: str, seat: tuple[str, str] | None) -> None:
    assert vacant_in(text) == seat


def test_x7_the_layout_is_guessed_from_what_stands_below_the_head() -> None:
    found = layout_of(
        grid(
            ("RACI of the team", None, None, None),
            ("Project:", "Atlas", None, None),
            (None, None, "Data", "Data"),
            ("Phase", "Activity", "Ana", "Bea"),
            ("Build", "Data pipeline", "A", "R"),
            ("Build", "Data quality", None, "A/R"),
            ("Accountable for", None, 1, 1),
        )
    )
    assert found is not None
    assert (found.shape, found.head_row, found.project) == (Shape.MATRIX, 4, "Atlas")
    assert [(one.letter, one.means, one.group) for one in found.columns] == [
        ("A", Means.PHASE, ""),
        ("B", Means.ITEM, ""),
        ("C", Means.HOLDER, "Data"),
        ("D", Means.HOLDER, "Data"),
    ]
    assert layout_of(grid(("Region", "Turnover"), ("North", 12), ("South", 14))) is None


def test_x7_the_same_file_twice_changes_nothing() -> None:
    made = plan(("Stage", "Bea", "Cy"), ("Data pipeline", "A/R", "C"))
    assert (made.created, made.changed, made.unchanged, made.planned) == (0, 0, 3, ())
    assert made.count(Fate.UNCHANGED) == 3


def test_x7_another_truth_is_another_plan() -> None:
    rows = (("Stage", "Ana"), ("Data quality", "A"))
    assert plan(*rows).mark == plan(*rows).mark
    assert plan(*rows).mark != plan(("Stage", "Bea"), ("Data quality", "A")).mark


def test_x7_a_sheet_without_letters_is_told_of() -> None:
    assert faults(plan(("Region", "Turnover"), ("North", 12))) == [("A1", str(Slip.NO_LAYOUT))]
