"""Writes the columns of docs/exports.md anew: `python -m tests.support.export_columns`."""

from bot.exports import book, documented
from tests.bot.exported import ATLAS, material
from tests.support.tree import ROOT

PAGE = ROOT / "docs" / "exports.md"
BEGINNING = "## Columns of the tables\n"
WORDS = """
Names and types of columns stay as they are; a new one comes before the ID. A day and a moment are
true dates in the workbook and ISO texts elsewhere; a moment is in the reader's time zone. An empty
cell means that nothing is known. The last, hidden column of most tables is an id of the row, made
of keys that do not change with names; no key has a slash in it.
"""


def columns() -> str:
    return f"{BEGINNING}{WORDS}\n{documented.markdown(book(material(ATLAS)))}"


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text.partition(BEGINNING)[0] + columns(), encoding="utf-8")


if __name__ == "__main__":
    main()
