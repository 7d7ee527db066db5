"""The same sheets as text: CSV of one, JSON and Markdown of all.

For programs: a head for every column, hidden ones included; days as 2026-11-23, moments as
2026-11-23T10:00:00Z, shares as fractions, an empty cell as nothing. The same book gives the same
bytes.
"""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

from bot.sheets.model import Book, Cell, Column, Content, Look, Row, Sheet, Value, plain
from bot.sheets.texts import quoted, safe_text, web_address

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Excel takes a CSV without it for one of the country's own encoding."""
_FIGURES = frozenset({Look.WHOLE, Look.NUMBER, Look.SHARE})


def as_csv(sheet: Sheet) -> bytes:
    """One sheet, in UTF-8, without its totals. What a spreadsheet might compute is quoted by an
    apostrophe, as it would be typed.
    """
    made = StringIO()
    table = csv.writer(made, lineterminator="\r\n")
    if sheet.headed:
        table.writerow(_heads(sheet))
    for row in sheet.rows:
        table.writerow([_in_csv(content) for content in _padded(row, sheet)])
    return (BYTE_ORDER_MARK + made.getvalue()).encode()


def as_json(book: Book) -> bytes:
    """All sheets: rows of one with a head are objects by its columns' heads, else lists. Where a
    cell leads somewhere, the address stands beside it, under "… (link)".
    """
    told = {
        "title": safe_text(book.title),
        "as_of": _value(book.at),
        "zone": book.zone,
        "notice": book.notice,
        "export": book.code,
        "sheets": {sheet.name: list(_records(sheet)) for sheet in book.sheets},
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def as_markdown(book: Book) -> bytes:
    """All sheets as tables, those without a head as headings and lines; without what is hidden,
    and without the days of bars.
    """
    parts = [f"# {_inline(safe_text(book.title))}", f"As of {_value(book.at)}."]
    parts += [_inline(book.notice)] if book.notice else []
    for sheet in book.sheets:
        parts.append(f"## {_inline(sheet.name)}")
        parts += [_table(sheet)] if sheet.headed else _lines(sheet)
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _records(sheet: Sheet) -> Iterator[Any]:
    heads = _heads(sheet)
    for row in sheet.rows:
        cells = _padded(row, sheet)
        values = [_value(plain(content)) for content in cells]
        if not sheet.headed:
            yield _trimmed(values)
            continue
        links = {f"{head} (link)": _link(cell) for head, cell in zip(heads, cells, strict=True)}
        named = dict(zip(heads, values, strict=True))
        yield named | {head: link for head, link in links.items() if link}


def _heads(sheet: Sheet) -> list[str]:
    """No two the same: of people with one name each stands under their role."""
    heads = [_head(column) for column in sheet.columns]
    return [
        head if heads.count(head) == 1 or not column.group else f"{column.group}: {head}"
        for head, column in zip(heads, sheet.columns, strict=True)
    ]


def _head(column: Column) -> str:
    return column.day.isoformat() if column.day else safe_text(column.head)


def _padded(row: Row, sheet: Sheet) -> list[Content]:
    return [*row, *[None] * (len(sheet.columns) - len(row))]


def _trimmed(values: list[Any]) -> list[Any]:
    while values and values[-1] is None:
        values.pop()
    return values


def _value(value: Value) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    return safe_text(value) if isinstance(value, str) else value


def _in_csv(content: Content) -> Any:
    value = _value(plain(content))
    return quoted(value) if isinstance(value, str) else value


def _table(sheet: Sheet) -> str:
    shown = [at for at, one in enumerate(sheet.columns) if not one.hidden and one.day is None]
    heads = [_inline(_heads(sheet)[at]) if sheet.headed else "" for at in shown]
    rule = ["--:" if sheet.columns[at].look in _FIGURES else "---" for at in shown]
    rows = [
        [_shown(content) for at, content in enumerate(_padded(row, sheet)) if at in set(shown)]
        for row in (*sheet.rows, *sheet.totals)
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows))


def _lines(sheet: Sheet) -> Iterator[str]:
    """Titles as headings, and below each its rows as a list: what it is, and how it is."""
    listed: list[str] = []
    for row in sheet.rows:
        cells = row[: sheet.printed or None]
        told = [words for content in cells if (words := _shown(content))]
        if not told:
            continue
        first = cells[0] if cells else None
        if isinstance(first, Cell) and first.look in (Look.TITLE, Look.SECTION):
            yield "\n".join(listed)
            listed = []
            yield f"### {': '.join(told)}"
        else:
            label, *rest = told if len(told) > 1 else ("", *told)
            listed.append(f"- **{label}**: {', '.join(rest)}" if label else f"- {rest[0]}")
    yield "\n".join(listed)


def _shown(content: Content) -> str:
    value = _value(plain(content))
    words = "" if value is None else _inline(str(value))
    link = _link(content)
    return f"[{words}](<{link}>)" if link and words else words


def _link(content: Content) -> str:
    return web_address(content.url) if isinstance(content, Cell) else ""


def _inline(text: str) -> str:
    """What people typed, in one line, and never a mark-up of its own."""
    plain_text = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#!~" else sign for sign in plain_text)
