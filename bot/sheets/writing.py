"""From a book to bytes: openpyxl makes everything around the rows, the rows are streamed into it.

So a cell costs a tenth of what it costs as an object of openpyxl's, and a book that is the same
gives the same bytes: whatever tells the time in the file is set to the book's own moment. What goes
around the rows is known once all of them were looked at: until then they are kept squeezed.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import chain, islice
from math import isfinite
from xml.etree.ElementTree import tostring
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from openpyxl.comments import Comment
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot import moments
from bot.sheets.framing import frame
from bot.sheets.looks import DRESSES, Wardrobe
from bot.sheets.model import (
    EPOCH,
    MOST_COLUMNS,
    MOST_ROWS,
    Book,
    Cell,
    Column,
    Formula,
    Look,
    Row,
    Sheet,
    Value,
)
from bot.sheets.steps import Step, unheard
from bot.sheets.texts import LONGEST_CELL, as_xml, is_risky, safe_text, sheet_names, web_address

MOST_FRAMED = 100
"""Columns of a sheet whose empty cells have lines around them; in a wider one they are left out."""
MOST_LINKS = 65_530
HEAD_HEIGHT, UPRIGHT_HEIGHT, GROUP_HEIGHT = 28, 104, 28
LINE_HEIGHT, TALLEST = 11, 400
"""Points; a row takes at most 409."""
MOST_LINES = TALLEST // LINE_HEIGHT
ROOM = 3
LONG = {Look.TITLE, Look.SECTION, Look.NOTE}
"""Looks of texts that stand in one line, over the cells beside them."""
TIGHT = 1.2
"""Characters of a line of words to one of a column's width, which counts larger ones; bold ones
are as large.
"""

AUTHOR = "Charter"
MOST_NOTES = 5_000
AT_ONCE = 200
"""Rows that are written in one go."""
MOST_TEXTS = 20_000
"""Texts that are remembered as XML: most say the same again and again, keys never do."""
_FORMULA = re.compile(
    r"(?:(?:SUMPRODUCT|EXACT|ISNUMBER|FIND|SUM)(?=\()|RACI!|\$?[A-Z]{1,3}\$?\d{1,7}"
    r'|"[ARCI]"|[(),:*-]|\d{1,9})+'
)

_FIRST_DAY = date(1900, 3, 1)
"""Before it the format counts a day that never was."""
_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>.*</sheetData>", re.DOTALL)
_SIZE = re.compile(rb'<dimension ref="[^"]*"\s*/>')
_TITLES = re.compile(rb'(<definedName name="_xlnm.Print_Titles"[^>]*>)([^<]*\$\d+:\$\d+),([^<]*)<')


def written(book: Book, tell: Step = unheard) -> bytes:
    """The workbook's bytes."""
    names = sheet_names(sheet.name for sheet in book.sheets)
    workbook = Workbook()
    workbook.worksheets[0].title = names[0]
    for name in names[1:]:
        workbook.create_sheet(name)
    wardrobe = Wardrobe(workbook)
    parts: dict[str, tuple[Sheet, list[bytes]]] = {}
    for number, (sheet, made) in enumerate(
        zip(book.sheets, workbook.worksheets, strict=True), start=1
    ):
        tell("writing", number, len(names))
        rows = _Rows(book, sheet, made, wardrobe)
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet, list(_squeezed(rows.xml()))
        frame(book, sheet, made, workbook)
    skeleton = BytesIO()
    workbook.save(skeleton)
    return _packed(book, skeleton, parts)


def _packed(book: Book, skeleton: BytesIO, parts: dict[str, tuple[Sheet, list[bytes]]]) -> bytes:
    out = BytesIO()
    stamp = book.at.astimezone(UTC).timetuple()[:6]
    with ZipFile(skeleton) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            content: Iterable[bytes] = [old.read(name)]
            if name in parts:
                sheet, rows = parts.pop(name)
                content = _filled(old.read(name), sheet, _unsqueezed(rows))
            elif name == "docProps/core.xml":
                content = [_properties(book)]
            elif name == "xl/workbook.xml":
                # columns first, as Excel has it
                content = [_TITLES.sub(rb"\1\3,\2<", old.read(name))]
            info = ZipInfo(name, (max(stamp[0], 1980), *stamp[1:]))
            info.external_attr = 0o600 << 16
            info.compress_type = ZIP_DEFLATED
            with new.open(info, "w") as entry:
                for piece in content:
                    entry.write(piece)
    return out.getvalue()


def _filled(skeleton: bytes, sheet: Sheet, rows: Iterable[bytes]) -> Iterator[bytes]:
    last = f"{get_column_letter(max(1, len(sheet.columns)))}{max(1, sheet.depth)}"
    sized = _SIZE.sub(b'<dimension ref="A1:%s"/>' % last.encode(), skeleton, count=1)
    before, after = _ROWS.split(sized, maxsplit=1)
    yield before
    yield from rows
    yield after


def _squeezed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same in a tenth of the room, quickly."""
    squeeze = zlib.compressobj(level=1)
    for piece in pieces:
        yield squeeze.compress(piece)
    yield squeeze.flush()


def _unsqueezed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    unfold = zlib.decompressobj()
    for piece in pieces:
        yield unfold.decompress(piece)


def _properties(book: Book) -> bytes:
    moment = book.at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties = DocumentProperties(
        title=safe_text(book.title),
        subject="Who does what in ML projects: a snapshot of the record",
        identifier=book.code or None,
        keywords=f"Charter export {book.code}" if book.code else "Charter",
        creator="Charter",
        lastModifiedBy="Charter",
        created=moment,
        modified=moment,
    )
    made: bytes = tostring(properties.to_tree(), encoding="utf-8", xml_declaration=True)
    return made


# --- the rows -------------------------------------------------------------------------------------


class _Rows:
    """The rows of one sheet as XML."""

    def __init__(self, book: Book, sheet: Sheet, made: Worksheet, wardrobe: Wardrobe) -> None:
        self._sheet = sheet
        self._made = made
        self._wardrobe = wardrobe
        self._zone = ZoneInfo(book.zone)
        framed = sheet.framed and len(sheet.columns) <= MOST_FRAMED
        self._framed = [framed and column.day is None for column in sheet.columns]
        self._links = self._notes = 0
        self._alone = len(book.sheets) == 1
        self._texts: dict[tuple[str, Look], str] = {}
        self._fits = [
            LONGEST_CELL
            if column.hidden
            else max(1, int(column.width * (1 if DRESSES[column.look].bold else TIGHT)))
            for column in sheet.columns
        ]
        self._letters = [get_column_letter(at + 1) for at in range(len(sheet.columns))]
        self._looks = [column.look for column in sheet.columns]
        if sheet.depth > MOST_ROWS or len(sheet.columns) > MOST_COLUMNS:
            raise ValueError(f"{sheet.name}: {sheet.depth} rows of {len(sheet.columns)} columns")

    def xml(self) -> Iterator[bytes]:
        rows = chain(("<sheetData>",), self._rows(), ("</sheetData>",))
        while some := list(islice(rows, AT_ONCE)):
            yield "".join(some).encode()

    def _rows(self) -> Iterator[str]:
        number = 0
        for cells, height in self._heads():
            number += 1
            yield self._row(number, cells, f' ht="{height}" customHeight="1"')
        for row in chain(self._sheet.rows, self._sheet.totals):
            number += 1
            yield self._row(number, row)

    def _heads(self) -> Iterator[tuple[Row, int]]:
        sheet = self._sheet
        if sheet.is_grouped:
            groups: list[Cell | None] = [None] * len(sheet.columns)
            for title, first, last in sheet.groups():
                look = Look.GROUP if title else Look.HEAD
                groups[first - 1] = Cell(title, look)
                groups[first:last] = [Cell(None, look)] * (last - first)
            yield groups, GROUP_HEIGHT
        if sheet.headed:
            upright = any(column.upright for column in sheet.columns)
            heads = [_head(column) for column in sheet.columns]
            lines = max(map(_head_lines, sheet.columns), default=1)
            tall = max(HEAD_HEIGHT, 4 + LINE_HEIGHT * lines)
            yield heads, UPRIGHT_HEIGHT if upright else tall

    def _row(self, number: int, row: Row, more: str = "") -> str:
        cells, lines = [], 1
        columns = zip(self._letters, self._looks, self._fits, self._framed, row, strict=False)
        for letter, look, fits, framed, value in columns:
            if value is None and not framed:
                continue
            if isinstance(value, Cell):
                if value.url:
                    self._link(f"{letter}{number}", value.url)
                if value.note:
                    self._note(f"{letter}{number}", value.note)
                look, inner = value.look, value.value  # noqa: PLW2901 - the cell's own instead
            else:
                inner = value
            if type(inner) is str:
                found = self._texts.get((inner, look)) or self._remembered(inner, look)
                if (len(inner) > fits or "\n" in inner) and look not in LONG:
                    lines = max(lines, _lines(inner, fits))
            else:
                found = self._other(inner, look)
            cells.append(f'<c r="{letter}{number}"{found}')
        if lines > 1 and not more:
            more = f' ht="{min(TALLEST, ROOM + lines * LINE_HEIGHT)}"'
        return f'<row r="{number}"{more}>{"".join(cells)}</row>'

    def _remembered(self, value: str, look: Look) -> str:
        if len(self._texts) >= MOST_TEXTS:
            self._texts.clear()
        found = self._texts[value, look] = self._text(value, look)
        return found

    def _text(self, value: str, look: Look) -> str:
        shown = safe_text(moments.told(value, self._zone.key))
        style = self._wardrobe.number(look, quoted=is_risky(shown))
        if not shown:
            return f' s="{style}"/>'
        words = as_xml(shown)
        return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'

    def _other(self, value: Value | Cell | Formula, look: Look) -> str:
        match value:
            case Formula():
                words = as_xml(own_formula(value.text))
                if self._alone and "!" in words:  # there is no sheet that it could look at
                    return self._number(value.result, look)
                style = self._wardrobe.number(look)
                return f' s="{style}"><f>{words}</f><v>{value.result!r}</v></c>'
            case None:
                return f' s="{self._wardrobe.number(look)}"/>'
            case datetime():
                return self._number(_moment(value.astimezone(self._zone), value), look)
            case date() if value < _FIRST_DAY:
                return self._text(value.isoformat(), look)
            case date():
                return self._number((value - EPOCH).days, look)
            case int() | float() if isfinite(value):
                return self._number(value, look)
            case _:
                return self._text(str(value), look)

    def _number(self, value: float, look: Look) -> str:
        return f' s="{self._wardrobe.number(look)}"><v>{value!r}</v></c>'

    def _link(self, place: str, url: str) -> None:
        """Tell openpyxl of a link to the web; anything else that calls itself one stays text."""
        if self._links < MOST_LINKS and (target := web_address(url)):
            self._links += 1
            self._made[place].hyperlink = target

    def _note(self, place: str, words: str) -> None:
        if self._notes < MOST_NOTES:
            self._notes += 1
            note = Comment(safe_text(words), AUTHOR, height=70, width=240)
            self._made[place].comment = note


def _head(column: Column) -> Cell:
    if column.day is not None:
        return Cell(column.day, column.look)
    return Cell(column.head, Look.UPRIGHT if column.upright else Look.HEAD)


def _head_lines(column: Column) -> int:
    """Lines of a head, which breaks between words."""
    if column.hidden or column.upright:
        return 1
    return _wrapped(column.head, max(1, int(column.width)))


def own_formula(text: str) -> str:
    """A formula as it is written. Raises `ValueError` for anything but references, signs, numbers,
    letters of the matrix and the few functions that Charter computes with: no text that somebody
    typed gets in.
    """
    if not _FORMULA.fullmatch(text):
        raise ValueError(f"no formula of ours: {text[:80]!r}")
    return text


def _lines(text: str, fits: int) -> int:
    """About how many lines a wrapped text takes: programs differ, and some do not look."""
    return sum(_wrapped(line, fits) for line in text[: fits * MOST_LINES].split("\n"))


def _wrapped(line: str, fits: int) -> int:
    """How many lines of so many characters it fills, broken between words, and within long ones."""
    if len(line) <= fits:
        return 1
    lines, used = 1, 0
    for word in line.split():
        if used and used + 1 + len(word) > fits:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
        lines, used = lines + (used - 1) // fits, (used - 1) % fits + 1
    return lines


def _moment(local: datetime, told: datetime) -> float:
    """Days since the format's beginning, to the second. Raises `ValueError` for a naive time."""
    if told.tzinfo is None:
        raise ValueError("a moment without a zone")
    whole = (local.date() - EPOCH).days
    spent = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
    return whole + round(spent / timedelta(days=1), 10)
