"""The columns of the tidy tables, for whoever writes a program against them."""

from collections.abc import Iterator

from bot.exports import tables
from bot.sheets import Book, Column, Look

_TYPES = {
    Look.DAY: "day",
    Look.MOMENT: "moment",
    Look.WHOLE: "whole number",
    Look.TOTAL: "whole number",
    Look.NUMBER: "number",
    Look.SHARE: "share (0.5 is 50 %)",
}


def kind(column: Column) -> str:
    """The type of what stands in a column."""
    return _TYPES.get(column.look, "text")


def markdown(made: Book) -> str:
    """A section a table of the book, whatever it is of: all books have the same."""
    return "\n".join(_lines(made))


def _lines(made: Book) -> Iterator[str]:
    for sheet in tables(made):
        yield f"### {sheet.name} (table `{sheet.as_table}`)"
        yield ""
        yield "| Column | Type | What stands in it |"
        yield "|---|---|---|"
        for column in sheet.columns:
            yield f"| {column.head} | {kind(column)} | {column.about or '–'} |"
        yield ""
