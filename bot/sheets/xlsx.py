"""The parts of a workbook, read one by one and a piece at a time.

Of a formula its last value is read. Macros, links to other files, pictures and whatever else is in
the file are left where they are.
"""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import IO
from zipfile import ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from bot.sheets.bounds import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_MERGED,
    MOST_PARTS,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_TEXTS,
    MOST_UNPACKED,
    refuse_wide,
)
from bot.sheets.grid import UNCOMPUTED, Area, Found, Grid, Opened, spread
from bot.sheets.model import BadWorkbook
from bot.sheets.steps import Step, unheard
from bot.sheets.texts import from_xml
from bot.sheets.xml import walk

_NOTHING: frozenset[str] = frozenset()
_PROPERTIES = "docProps/core.xml"
MOST_PROPERTIES, LONGEST_PROPERTY = 20, 500
_TRUE = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True)
class _Part:
    """A sheet as the workbook names it, and where in the file it is."""

    name: str
    path: str
    is_hidden: bool


class _Left:
    """How many cells may still be read, in all sheets."""

    def __init__(self) -> None:
        self.cells = MOST_CELLS

    def take(self) -> None:
        self.cells -= 1
        if self.cells < 0:
            raise BadWorkbook(f"it has more than {MOST_CELLS:,} cells: send it in parts")


def opened(archive: ZipFile, tell: Step = unheard) -> Opened:
    """The sheets of a workbook; `tell` is told how many are read. Raises `BadWorkbook`, and what
    `zipfile` raises.
    """
    parts = {info.filename: info for info in archive.infolist()}
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts.values()) > MOST_UNPACKED:
        raise BadWorkbook(f"it unpacks to more than {MOST_UNPACKED // 1_000_000} MB")
    if "mimetype" in parts and archive.open("mimetype").read(80).startswith(b"application/vnd.oas"):
        raise BadWorkbook("it is in the format of LibreOffice (.ods): save it as .xlsx")
    if "xl/workbook.bin" in parts:
        raise BadWorkbook("it is a binary workbook (.xlsb): save it as .xlsx")
    main = _main(archive)
    links = _links(archive, main) if parts.keys() & {_rels(main)} else {}
    named, is_1904 = _sheets(archive, main, {key: path for key, (path, _) in links.items()})
    kinds = {kind: path for path, kind in links.values()}
    texts = _texts(archive, kinds.get("sharedStrings"))
    dates = _dates(archive, kinds.get("styles"))
    left = _Left()
    there = [one for one in named if one.path in parts]
    grids: list[Grid] = []
    for one in there:
        tell("opening", len(grids), len(there))
        grids.append(_grid(archive, one, texts, dates, left, is_1904=is_1904))
    if not grids:
        raise BadWorkbook("it holds no sheet with cells")
    notes = []
    if is_1904:
        notes.append("Its days count from 1904, as in old Excel for Mac; they were read so.")
    if any(name.startswith("xl/externalLinks/") for name in parts):
        notes.append("It refers to other files: their last values were read, and nothing else.")
    return Opened(tuple(grids), tuple(notes), _properties(archive))


def _properties(archive: ZipFile) -> tuple[str, ...]:
    """What the workbook is called, and by which words it is to be found."""
    found: list[str] = []

    def ended(_name: str, text: str) -> None:
        if text.strip() and len(found) < MOST_PROPERTIES:
            found.append(text.strip()[:LONGEST_PROPERTY])

    if _PROPERTIES in archive.namelist():
        with archive.open(_PROPERTIES) as source:
            walk(source, _ignored_begin, ended, frozenset({"identifier", "keywords"}))
    return tuple(found)


def _ignored_begin(_name: str, _said: Mapping[str, str]) -> None:
    """What begins, where only its text matters."""


def _rels(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _main(archive: ZipFile) -> str:
    """Where the workbook itself is: as the file says, else where it usually is."""
    found: list[str] = []

    def begun(name: str, said: Mapping[str, str]) -> None:
        if name == "Relationship" and said.get("Type", "").endswith("/officeDocument"):
            found.append(said.get("Target", "").lstrip("/"))

    names = archive.namelist()
    if "_rels/.rels" in names:
        with archive.open("_rels/.rels") as source:
            walk(source, begun, _ignored, _NOTHING)
    path = found[0] if found and found[0] in names else "xl/workbook.xml"
    if path not in names:
        raise BadWorkbook("it is a zip file, but no workbook")
    return path


def _links(archive: ZipFile, main: str) -> dict[str, tuple[str, str]]:
    """The parts that the workbook names: path and kind by id."""
    found: dict[str, tuple[str, str]] = {}
    folder = posixpath.dirname(main)

    def begun(name: str, said: Mapping[str, str]) -> None:
        if name != "Relationship" or said.get("TargetMode") == "External":
            return
        target = said.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        kind = said.get("Type", "").rpartition("/")[2]
        found[said.get("Id", "")] = (posixpath.normpath(path), kind)

    with archive.open(_rels(main)) as source:
        walk(source, begun, _ignored, _NOTHING)
    return found


def _sheets(
    archive: ZipFile, main: str, paths: Mapping[str, str]
) -> tuple[tuple[_Part, ...], bool]:
    found: list[_Part] = []
    counts = [False]

    def begun(name: str, said: Mapping[str, str]) -> None:
        if name == "workbookPr":
            counts[0] = said.get("date1904", "0") in _TRUE
        if name != "sheet":
            return
        key = next((value for at, value in said.items() if at.rpartition(":")[2] == "id"), "")
        is_hidden = said.get("state", "visible") != "visible"
        found.append(_Part(said.get("name", "")[:100], paths.get(key, ""), is_hidden))
        if len(found) > MOST_SHEETS:
            raise BadWorkbook(f"it has more than {MOST_SHEETS} sheets")

    with archive.open(main) as source:
        walk(source, begun, _ignored, _NOTHING)
    return tuple(found), counts[0]


def _texts(archive: ZipFile, path: str | None) -> Sequence[str]:
    """The texts that cells share, in order; how parts of one are set in type does not matter."""
    if path is None or path not in archive.namelist():
        return ()
    found: list[str] = []
    pieces: list[str] = []
    counted = 0
    is_reading_aid = False

    def begun(name: str, _said: Mapping[str, str]) -> None:
        nonlocal is_reading_aid
        if name == "si":
            pieces.clear()
        elif name == "rPh":
            is_reading_aid = True

    def ended(name: str, text: str) -> None:
        nonlocal counted, is_reading_aid
        if name == "t" and not is_reading_aid:
            pieces.append(text)
            counted += len(text)
        elif name == "rPh":
            is_reading_aid = False
        elif name == "si":
            found.append(from_xml("".join(pieces))[:LONGEST_CELL])
        if counted > MOST_CHARACTERS or len(found) > MOST_TEXTS:
            raise BadWorkbook("it holds more text than is read: send it in parts")

    with archive.open(path) as source:
        walk(source, begun, ended, frozenset({"t"}))
    return found


def _dates(archive: ZipFile, path: str | None) -> frozenset[int]:
    """The looks of cells, by number, under which a number is a day or a moment."""
    if path is None or path not in archive.namelist():
        return frozenset()
    own: dict[int, str] = {}
    looks: list[int] = []
    inside = [False]

    def begun(name: str, said: Mapping[str, str]) -> None:
        if name == "numFmt":
            own[int(said.get("numFmtId", "0"))] = said.get("formatCode", "")
        elif name == "cellXfs":
            inside[0] = True
        elif name == "xf" and inside[0]:
            looks.append(int(said.get("numFmtId", "0")))

    def ended(name: str, _text: str) -> None:
        if name == "cellXfs":
            inside[0] = False

    with archive.open(path) as source:
        walk(source, begun, ended, _NOTHING)
    formats = {**BUILTIN_FORMATS, **own}
    return frozenset(
        at for at, known in enumerate(looks) if is_date_format(formats.get(known, "General"))
    )


class _Reader:
    """One sheet while it is read."""

    def __init__(
        self, texts: Sequence[str], dates: frozenset[int], left: _Left, *, is_1904: bool
    ) -> None:
        self.rows: dict[int, tuple[Found, ...]] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._spans = 0
        self.merged: list[Area] = []
        self._texts, self._dates, self._left = texts, dates, left
        self._day = partial(
            from_excel, epoch=CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900
        )
        self._row = self._column = 0
        self._cells: list[Found] = []
        self._kind, self._look, self._raw = "n", 0, ""
        self._has_formula = False
        self._inline: list[str] = []

    def begun(self, name: str, said: Mapping[str, str]) -> None:
        if name == "c":
            self._cell(said)
        elif name == "row":
            self._row = int(said.get("r") or self._row + 1)
            self._column = 0
            self._cells = []
            if said.get("hidden") in _TRUE:
                self.hidden_rows.add(self._row)
        elif name == "f":
            self._has_formula = True
        elif name == "col" and said.get("hidden") in _TRUE and self._spans < MOST_COLUMNS:
            self._spans += 1
            last = min(int(said.get("max", "1")), MOST_COLUMNS)
            self.hidden_columns.update(range(int(said.get("min", "1")), last + 1))
        elif name == "mergeCell" and "ref" in said and len(self.merged) < MOST_MERGED:
            left, top, right, bottom = (int(at or 1) for at in range_boundaries(said["ref"]))
            self.merged.append(Area(top, left, bottom, min(right, MOST_COLUMNS)))

    def ended(self, name: str, text: str) -> None:
        if name == "v":
            self._raw = text
        elif name == "t":
            self._inline.append(text)
        elif name == "c":
            self._keep(self._value())
        elif name == "row" and self._cells:
            if len(self.rows) >= MOST_ROWS:
                raise BadWorkbook(f"it has more than {MOST_ROWS:,} rows: send it in parts")
            self.rows[self._row] = tuple(self._cells)

    def _cell(self, said: Mapping[str, str]) -> None:
        where = said.get("r", "")
        name = where.rstrip("0123456789")
        self._column = column_index_from_string(name) if name else self._column + 1
        self._kind = said.get("t", "n")
        self._look = int(said.get("s") or 0)
        self._raw = ""
        self._inline = []
        self._has_formula = False

    def _keep(self, value: Found) -> None:
        if value is None:
            return
        refuse_wide(self._row, self._column)
        self._left.take()
        self._cells.extend([None] * (self._column - len(self._cells)))
        self._cells[self._column - 1] = value

    def _value(self) -> Found:
        raw = self._raw
        if self._kind == "inlineStr":
            return _text(from_xml("".join(self._inline)))
        if not raw:
            return UNCOMPUTED if self._has_formula else None
        match self._kind:
            case "s":
                return _text(self._texts[int(raw)])
            case "b":
                return "TRUE" if raw in _TRUE else "FALSE"
            case "n":
                return self._number(raw)
            case "d":
                return _plain_day(datetime.fromisoformat(raw))
            case _:
                return _text(from_xml(raw))

    def _number(self, raw: str) -> Found:
        number = float(raw)
        whole = int(number) if number.is_integer() else number
        if self._look not in self._dates:
            return whole
        try:
            return _plain_day(self._day(whole))
        except (OverflowError, ValueError):
            return whole


MOST_SPREAD = 500_000


def _text(found: str) -> str | None:
    return found.strip()[:LONGEST_CELL] or None


def _plain_day(found: datetime | date | time | timedelta | None) -> Found:
    match found:
        case datetime() if found.time() == time():
            return found.date()
        case datetime() | date():
            return found
        case None:
            return None
        case _:
            return str(found)


def _grid(
    archive: ZipFile,
    part: _Part,
    texts: Sequence[str],
    dates: frozenset[int],
    left: _Left,
    *,
    is_1904: bool,
) -> Grid:
    reader = _Reader(texts, dates, left, is_1904=is_1904)
    with archive.open(part.path) as source:
        _read(source, reader)
    merged = tuple(reader.merged)
    return Grid(
        part.name,
        spread(reader.rows, merged, MOST_SPREAD),
        merged,
        frozenset(reader.hidden_rows & reader.rows.keys()),
        frozenset(reader.hidden_columns),
        part.is_hidden,
    )


def _read(source: IO[bytes], reader: _Reader) -> None:
    walk(source, reader.begun, reader.ended, frozenset({"v", "t"}))


def _ignored(_name: str, _text: str) -> None:
    """What ends, where only what begins matters."""
