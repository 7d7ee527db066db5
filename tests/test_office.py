"""A workbook with something in every sheet, opened by LibreOffice: counted anew, and printed."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from bot.exports import book
from bot.sheets import read, write
from tests.bot.rich import rich

pytestmark = [pytest.mark.office, pytest.mark.slow]
_COUNTED = re.compile(rb"(</f>)<v>[^<]*</v>")
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def uncounted(content: bytes) -> bytes:
    """The workbook without what its formulas come to: whoever opens it has to count."""
    out, told = BytesIO(), 0
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            kept, count = _COUNTED.subn(rb"\1", old.read(name))
            told += count
            new.writestr(name, kept)
    assert told > 20
    return out.getvalue()


@pytest.fixture(scope="module")
def office() -> Iterator[Path]:
    """A folder with the workbook, as LibreOffice saved and as it printed it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice here: install libreoffice-calc-nogui")
    with TemporaryDirectory() as kept:
        folder = Path(kept)
        (folder / "made.xlsx").write_bytes(uncounted(write(book(rich()))))
        for form in ("pdf", "xlsx"):
            subprocess.run(
                [
                    program,
                    f"-env:UserInstallation=file://{folder}/profile",
                    "--headless",
                    "--convert-to",
                    form,
                    "--outdir",
                    str(folder / form),
                    str(folder / "made.xlsx"),
                ],
                check=True,
                capture_output=True,
                timeout=100,
            )
        yield folder


@pytest.mark.timeout(240)
def test_x1_libreoffice_opens_it_with_all_its_sheets_tables_and_charts(office: Path) -> None:
    ours = load_workbook(BytesIO(write(book(rich()))))
    theirs = load_workbook(office / "xlsx" / "made.xlsx")
    assert theirs.sheetnames == ours.sheetnames
    for mine, saved in zip(ours.worksheets, theirs.worksheets, strict=True):
        assert len(saved._charts) == len(mine._charts), mine.title  # type: ignore[attr-defined]  # openpyxl has no other word for it
        assert {rule for area in saved.conditional_formatting for rule in area.rules} or not list(
            mine.conditional_formatting
        )


@pytest.mark.timeout(240)
def test_x2_counted_anew_the_totals_are_charters_own_counts(office: Path) -> None:
    ours = read(write(book(rich())))
    theirs = read((office / "xlsx" / "made.xlsx").read_bytes())
    for name in ("Load", "Matrix"):
        wide = len(ours[name][0])
        counted = [row[:wide] for row in theirs[name] if any(cell is not None for cell in row)]
        for mine, saved in zip(ours[name], counted, strict=True):
            numbers = [cell for cell in mine if isinstance(cell, int)]
            assert [cell for cell in saved if isinstance(cell, int | float)] == numbers


@pytest.mark.timeout(240)
def test_x3_it_prints_every_sheet_within_the_width_of_the_paper(office: Path) -> None:
    printed = (office / "pdf" / "made.pdf").read_bytes()
    assert printed.startswith(b"%PDF-")
    pages = len(_PAGE.findall(printed))
    # Three sheets print on two pages each: side by side they would be too small to read.
    assert 17 + 3 <= pages <= 26
