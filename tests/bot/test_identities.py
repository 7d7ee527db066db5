"""People's names elsewhere: read from commands and tables, never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import ShowPerson, parse, spoken
from bot.errors import BadInput, Why
from bot.identities import KINDS, Name, Row, checked, kind_of, read, read_sheet, written
from bot.orders import LinkNames, MergePeople, SplitPeople, UnlinkNames
from bot.people import Person
from tests.support.understood import understood

TODAY = date(2026, 11, 23)
BEA = Person(1, "bea", "Bea Sample", "Bea")
CY = Person(2, "cy", "=Cy Sample", "Cy")

names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.-]{0,20}", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("person", ShowPerson()),
        ("person <@U1BEA>", ShowPerson("<@U1BEA>")),
        ("person Bea Sample", ShowPerson("Bea Sample")),
        (
            "person link <@U1BEA> github=bea-x MLflow=bea",
            LinkNames("<@U1BEA>", (("github", "bea-x"), ("mlflow", "bea"))),
        ),
        (
            "person link Bea Sample mail=<mailto:Bea@acme.example|Bea@acme.example>",
            LinkNames("Bea Sample", (("email", "bea@acme.example"),)),
        ),
        (
            "person unlink <@U1BEA> github wandb=bea",
            UnlinkNames("<@U1BEA>", (("github", ""), ("wandb", "bea"))),
        ),
        ("person merge <@U1OLD> into <@U1NEW>", MergePeople("<@U1OLD>", "<@U1NEW>")),
        ("person unmerge key:bea_2", SplitPeople("key:bea_2")),
    ],
)
def test_g5_what_is_typed_about_people(typed: str, order: object) -> None:
    assert understood(typed, TODAY) == order


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("person link <@U1BEA>", Why.EMPTY_TEXT),
        ("person link <@U1BEA> gitlab=bea", Why.BAD_IDENTITY),
        ("person link <@U1BEA> github", Why.WORDS_LEFT_OVER),
        ("person link <@U1BEA> email=bea", Why.BAD_LOGIN),
        ("person link <@U1BEA> mlflow=Root", Why.SHARED_LOGIN),
        ("person merge <@U1OLD> <@U1NEW>", Why.WORDS_LEFT_OVER),
        ("person merge <@U1OLD> into", Why.EMPTY_TEXT),
    ],
)
def test_what_cannot_be_taken_is_said(typed: str, why: Why) -> None:
    with pytest.raises(BadInput) as refused:
        parse(typed, TODAY)
    assert refused.value.why is why


@given(st.lists(st.tuples(st.sampled_from(KINDS[:4]), names), min_size=1, max_size=3))
def test_an_order_reads_back_as_it_was_spoken(pairs: list[tuple[str, str]]) -> None:
    order = LinkNames("Bea Sample", tuple(pairs))
    assert understood(spoken(order), TODAY) == order


@pytest.mark.parametrize("text", ["a b", "", "<b", "a,b", "x" * 201])
def test_no_login_has_blanks_or_marks(text: str) -> None:
    with pytest.raises(BadInput):
        checked("github", text)
    with pytest.raises(BadInput):
        kind_of(text)


@given(
    st.dictionaries(st.sampled_from(KINDS[:4]), st.lists(names, max_size=3, unique_by=str.lower))
)
def test_g5_a_table_says_what_is_so_and_changes_nothing(known: dict[str, list[str]]) -> None:
    told = [Name(1, kind, value) for kind, values in known.items() for value in values]
    rows, problems = read(written([BEA, CY], told))
    assert problems == ()
    assert [row.person for row in rows] == ["bea", "cy"]
    assert dict(rows[0].says) == {kind: tuple(v) for kind, v in known.items() if v}
    assert rows[1].says == {}


def test_g5_every_fault_of_a_table_is_told_at_once_with_its_line() -> None:
    rows, problems = read(
        "Person;GitHub;mail\nbea;bea-x;bea@acme.example\n;cy-m;\ncy;BEA-X;nonsense\ndan;-;\n"
    )
    assert [(one.path, one.message) for one in problems] == [
        ("line 3", "it names no person"),
        ("line 4", "“nonsense” is no name for email"),
        ("line 4", "github “BEA-X” stands in line 2 as well"),
    ]
    assert dict(rows[-1].says) == {"github": ()}


def test_g5_a_column_of_addresses_says_whose_a_row_is() -> None:
    rows, problems = read("E-Mail Address,Weights & Biases\nbea@acme.example,bea-w\n")
    assert (rows, problems) == ((Row(2, "bea@acme.example", {"wandb": ("bea-w",)}),), ())
    both, problems = read("who,email\nbea,bea@acme.example\n")
    assert (both, problems) == ((Row(2, "bea", {"email": ("bea@acme.example",)}),), ())


def test_g5_a_sheet_is_read_as_a_table_is_with_cells_for_lines() -> None:
    wide = ["person", *[None] * 26, "github"]
    rows, problems = read_sheet([[], wide, ["bea", *[None] * 26, 4711.0], [None, "x"]])
    assert rows == (Row(3, "bea", {"github": ("4711",)}),)
    assert rows[0].at("github") == "AB3"
    assert [(one.path, one.message) for one in problems] == [("A4", "it names no person")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a heading is missing"),
        ("name,github\n", "the column “person” is missing"),
        ("person,gitlab\n", "“gitlab” is no column"),
        ("person,github,github\n", "“github” is no column"),
    ],
)
def test_a_table_without_its_heading_is_not_read(text: str, message: str) -> None:
    rows, problems = read(text)
    assert rows == ()
    assert any(message in one.message for one in problems)


def test_a_name_never_becomes_a_formula() -> None:
    assert "'=Cy Sample" in written([CY], [])


def test_edge_62_a_table_that_gives_a_machines_user_to_somebody_is_told_so() -> None:
    rows, [wrong] = read("person,github,mlflow\nbea,bea-x,root\ncy,root,root@gpu3\n")
    assert (wrong.path, wrong.message) == (
        "line 2",
        "“root” is a machine's user, and nobody's name",
    )
    assert rows[1].says == {"github": ("root",), "mlflow": ("root@gpu3",)}
