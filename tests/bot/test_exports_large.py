"""What is large: rows go through in pieces, and what no program would open is refused."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refused
from bot.exports import Form, packed, rendered, unpacked
from bot.exports.code import kept_of
from bot.sheets import MOST_ROWS, Book, Column, Sheet, Value, read, write, writing
from handlers.views.errors import plain
from tests.support.clock import T0

values = (
    st.none()
    | st.text(max_size=5)
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
)
heads = st.text(max_size=5).filter(lambda head: head != "ID")


@st.composite
def tables(draw: st.DrawFn) -> dict[str, dict[str, Value]]:
    """By the row's ID, by the column's head: all rows of a table have the same."""
    columns = draw(st.lists(heads, max_size=3, unique=True))
    keys = draw(st.lists(st.text(max_size=5), max_size=4, unique=True))
    return {key: {head: draw(values) for head in columns} for key in keys}


def sheet(name: str, rows: dict[str, dict[str, Value]]) -> Sheet:
    known = next(iter(rows.values()), {})
    columns = [*(Column(head, 12) for head in known), Column("Age", 4, by_clock=True)]
    told = [[*row.values(), 5, key] for key, row in rows.items()]
    return Sheet(name, [*columns, Column("ID", 12)], told, as_table=name)


def book(*rows: Sequence[Value]) -> Book:
    columns = [Column("ID", 12), Column("Words", 12)]
    return Book("Large", [Sheet("RACI", columns, rows)], T0)


@given(st.dictionaries(st.sampled_from(["RACI", "Stages", "Ärger", "💡"]), tables()))
def test_an_export_is_known_by_all_of_it_as_one_text(
    base: dict[str, dict[str, dict[str, Value]]],
) -> None:
    whole = json.dumps(base, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        digest = hashlib.sha256(whole.encode()).hexdigest()
    except UnicodeEncodeError:  # half a pair of surrogates, which no database keeps either
        return
    made = [sheet(name, rows) for name, rows in base.items()]
    found, told = kept_of([*made, Sheet("Words", [Column("Words", 9)], [["not kept"]])])
    assert found == f"E-{digest[:12].upper()}"
    assert unpacked(told) == base
    assert unpacked(packed(base)) == base  # type: ignore[arg-type]  # of plain values


def test_rows_come_through_in_pieces_as_they_would_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    large = book(*([f"key-{number}", f"word {number % 7}\n"] for number in range(1_000)))
    whole = write(large)
    assert read(whole)["RACI"][1:] == [list(row) for row in large.sheets[0].rows]
    monkeypatch.setattr(writing, "AT_ONCE", 3)
    monkeypatch.setattr(writing, "MOST_TEXTS", 2)
    assert write(large) == whole


def test_more_rows_than_a_workbook_takes_are_refused_in_a_sentence() -> None:
    large = book(*[["key", "word"]] * 3)
    long = replace(large.sheets[0], rows=[["key", "word"]] * MOST_ROWS)
    large = replace(large, sheets=[long])
    with pytest.raises(Refused) as error:
        rendered(large, Form.XLSX)
    assert plain(error.value) == (
        "The sheet “RACI” would have 1,048,577 rows, and a workbook takes 1,048,576. Ask for one "
        "project, or for all as text: /charter export portfolio as csv."
    )
    few = replace(large, sheets=[replace(long, rows=long.rows[:2])])
    assert rendered(few, Form.CSV).count(b"key,word") == 2
