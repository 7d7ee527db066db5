"""What an export is known by, and what is kept of it.

The id is a digest of what stands in the tidy tables, and so of what the reader may see and of
nothing else: where the same stands, the id is the same, whoever reads it and whenever.
"""

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping

from bot.exports.since import ID, Kept, kept
from bot.sheets import Row, Sheet, plain

LENGTH = 12
"""Hexadecimal digits: among a million exports two are alike by chance in 2 of 1,000 cases."""

CODE = re.compile(rf"\bE-[0-9A-F]{{{LENGTH}}}\b")

PACKED = 6
"""How hard zlib tries: an export comes to a tenth."""

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)

Base = Mapping[str, Mapping[str, Mapping[str, Kept]]]


def kept_of(tables: Iterable[Sheet]) -> tuple[str, bytes]:
    """An export's id, as "E-0123456789AB", and what is kept of it, packed.

    It is told of each table, by the row's ID, by the column's head: all but what the clock alone
    changes, as an age. A table whose rows have no IDs is not kept. Row by row: as one text it would
    be longer than the file that comes of it.
    """
    digest, packing, packed = hashlib.sha256(), zlib.compressobj(PACKED), []
    for piece in _canonical(tables):
        told = piece.encode()
        digest.update(told)
        packed.append(packing.compress(told))
    packed.append(packing.flush())
    return f"E-{digest.hexdigest()[:LENGTH].upper()}", b"".join(packed)


def packed(base: Base) -> bytes:
    """What is kept of an export, of what stands in it."""
    return zlib.compress(_json(base).encode(), PACKED)


def unpacked(told: bytes) -> Base:
    """What stands in what was packed."""
    base: Base = json.loads(zlib.decompress(told))
    return base


def _canonical(tables: Iterable[Sheet]) -> Iterator[str]:
    """As JSON, sorted and without spaces."""
    known = sorted((one for one in tables if _has_ids(one)), key=lambda one: one.as_table)
    yield "{"
    for number, sheet in enumerate(known):
        yield f"{',' if number else ''}{_json(sheet.as_table)}:{{"
        rows = _keyed(sheet)
        stay = [
            (at, column.head)
            for at, column in enumerate(sheet.columns)
            if not column.by_clock and column.head != ID
        ]
        for at, key in enumerate(sorted(rows)):
            told = {head: kept(rows[key][place]) for place, head in stay}
            yield f"{',' if at else ''}{_json(key)}:{_json(told)}"
        yield "}"
    yield "}"


def _json(value: object) -> str:
    return _ENCODER.encode(value)


def _has_ids(sheet: Sheet) -> bool:
    return any(column.head == ID for column in sheet.columns)


def _keyed(sheet: Sheet) -> dict[str, Row]:
    place = [column.head for column in sheet.columns].index(ID)
    found: dict[str, Row] = {}
    for row in sheet.rows:
        key = name = str(plain(row[place]))
        count = 1
        while key in found:  # two seats of one kind that are both vacant
            count += 1
            key = f"{name}#{count}"
        found[key] = row
    return found
