"""The validator of workbooks finds what is broken, and nothing in a sound one."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from bot.exports import book
from bot.sheets import write
from tests.bot.rich import rich
from tests.support.packages import faults


def _changed(content: bytes, part: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """The package with one part otherwise, or without it."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w") as new:
        assert part in old.namelist()
        for name in old.namelist():
            kept: bytes | None = old.read(name)
            if name == part and kept is not None:
                before = kept
                kept = change(before)
                assert kept != before, "nothing was broken"
            if kept is not None:
                new.writestr(name, kept)
    return out.getvalue()


@pytest.fixture(scope="module")
def made() -> bytes:
    return write(book(rich()))


def test_a_book_with_something_in_every_sheet_is_sound(made: bytes) -> None:
    assert faults(made) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "told"),
    [
        ("xl/tables/table1.xml", b'name="Project"', b'name="Projekt"', "the cells say"),
        ("xl/tables/table1.xml", b'name="Lead"', b'name="Project"', "column 'project' twice"),
        ("xl/tables/table2.xml", b'displayName="RACI"', b'displayName="Portfolio"', "twice"),
        ("xl/tables/table2.xml", b'displayName="RACI"', b'displayName="A1"', "no name for a table"),
        ("xl/tables/table2.xml", b'id="2"', b'id="1"', "table id '1' twice"),
        ("xl/workbook.xml", b"'Lists &amp; README'!$D", b"'Elsewhere'!$D", "is no sheet"),
        ("xl/workbook.xml", b'name="List_Status"', b'name="R1"', "is no name"),
        (
            "xl/workbook.xml",
            b'name="List_Level"',
            b'name="List_Letter"',
            "name 'list_letter/' twice",
        ),
        ("xl/workbook.xml", b'name="RACI"', b'name="Summary"', "sheet 'summary' twice"),
        ("xl/workbook.xml", b'name="List_Letter"', b'name="List_Other"', "nothing defines"),
        ("xl/worksheets/sheet5.xml", b'r="B2"', b'r="A2"', "out of place"),
        ("xl/worksheets/sheet5.xml", b'<row r="3"', b'<row r="2"', "row 2 after row 2"),
        ("xl/worksheets/sheet5.xml", b'<c r="A2" s="', b'<c r="A2" s="9', "has the style"),
        ("xl/worksheets/sheet5.xml", b"</worksheet>", b"", "sheet5.xml: no element found"),
        ("[Content_Types].xml", b"/xl/tables/table1.xml", b"/xl/tables/table99.xml", "not there"),
    ],
)
def test_what_is_broken_is_found(made: bytes, part: str, old: bytes, new: bytes, told: str) -> None:
    found = faults(_changed(made, part, lambda kept: kept.replace(old, new, 1)))
    assert [one for one in found if told in one], found


def test_a_part_that_is_gone_is_missed(made: bytes) -> None:
    found = faults(_changed(made, "xl/charts/chart1.xml", lambda _: None))
    assert any("leads to xl/charts/chart1.xml, which is not there" in one for one in found)
    assert any("declared and not there" in one for one in found)
