"""What an export is known by, and what is kept of it.

The id is a digest of what stands in the tidy tables, and so of what the reader may see and of
nothing else: where the same stands, the id is the same, whoever reads it and whenever.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from bot.exports.since import ID, Kept, kept
from bot.sheets import Sheet, plain

LENGTH = 12
"""Hexadecimal digits: among a million exports two are alike by chance in 2 of 1,000 cases."""

CODE = re.compile(rf"\bE-[0-9A-F]{{{LENGTH}}}\b")

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)

Base = Mapping[str, Mapping[str, Mapping[str, Kept]]]


def kept_of(tables: Iterable[Sheet]) -> dict[str, dict[str, dict[str, Kept]]]:
    """By table, by the row's ID, by the column's head: all but what the clock alone changes, as an
    age. A table whose rows have no IDs is not kept.
    """
    return {
        sheet.as_table: _rows(sheet)
        for sheet in tables
        if any(column.head == ID for column in sheet.columns)
    }


def code(kept_base: Base) -> str:
    """ "E-0123456789AB"."""
    digest = hashlib.sha256()
    for piece in _canonical(kept_base):
        digest.update(piece.encode())
    return f"E-{digest.hexdigest()[:LENGTH].upper()}"


def _canonical(kept_base: Base) -> Iterator[str]:
    """As JSON, sorted and without spaces, row by row: as one text it would be longer than the file
    that comes of it.
    """
    yield "{"
    for number, table in enumerate(sorted(kept_base)):
        yield f"{',' if number else ''}{_json(table)}:{{"
        rows = kept_base[table]
        for at, key in enumerate(sorted(rows)):
            yield f"{',' if at else ''}{_json(key)}:{_json(rows[key])}"
        yield "}"
    yield "}"


def _json(value: object) -> str:
    return _ENCODER.encode(value)


def _rows(sheet: Sheet) -> dict[str, dict[str, Kept]]:
    heads = [column.head for column in sheet.columns]
    stay = [at for at, column in enumerate(sheet.columns) if not column.by_clock]
    place = heads.index(ID)
    found: dict[str, dict[str, Kept]] = {}
    for row in sheet.rows:
        key = name = str(plain(row[place]))
        count = 1
        while key in found:  # two seats of one kind that are both vacant
            count += 1
            key = f"{name}#{count}"
        found[key] = {heads[at]: kept(row[at]) for at in stay if at != place}
    return found
