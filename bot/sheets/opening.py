"""From a file that somebody sends to its sheets, whatever is in it: with bounds on everything.

What the file is, its first bytes say, and not its name.
"""

import csv
import zlib
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from itertools import islice
from zipfile import BadZipFile, ZipFile

from bot.sheets import xlsx
from bot.sheets.bounds import MOST_BYTES, MOST_CELLS, MOST_ROWS, refuse_wide
from bot.sheets.grid import Grid, Opened
from bot.sheets.model import BadWorkbook
from bot.sheets.steps import Step, unheard
from bot.sheets.texts import unquoted

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KNOWN = {
    b"%PDF": "it is a PDF",
    b"\x89PNG": "it is a picture",
    b"\xff\xd8\xff": "it is a picture",
    b"GIF8": "it is a picture",
    b"\x1f\x8b": "it is packed (gzip): unpack it",
    b"7z\xbc\xaf": "it is packed (7z): unpack it",
    b"PK\x05\x06": "there is nothing in it",
    b"<html": "it is a web page: save the table as xlsx or CSV",
    b"<!DOC": "it is a web page: save the table as xlsx or CSV",
    b"<?xml": "it is an XML file: save the table as xlsx or CSV",
    b"{\\rtf": "it is a text document",
}
_DELIMITERS = ";\t,|"
_SAMPLE = 65_536


def opened(content: bytes, name: str, tell: Step = unheard) -> Opened:
    """The sheets of an xlsx or CSV file. `name` is what the file is called, for its only sheet;
    `tell` is told how many are read.

    Raises `BadWorkbook`, with what to do where something can be done.
    """
    if len(content) > MOST_BYTES:
        raise BadWorkbook(f"it is larger than {MOST_BYTES // 1_000_000} MB: send fewer rows")
    if not content.strip():
        raise BadWorkbook("there is nothing in it")
    if content.startswith(_ZIP):
        return _zipped(content, tell)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise BadWorkbook("it is protected by a password: save it without one")
        raise BadWorkbook("it is in the old format of Excel (.xls): save it as .xlsx")
    head = content[:64].lstrip()
    for start, words in _KNOWN.items():
        if head.lower().startswith(start.lower()):
            raise BadWorkbook(words)
    return _table(content, name)


def _zipped(content: bytes, tell: Step) -> Opened:
    try:
        with ZipFile(BytesIO(content)) as archive:
            return xlsx.opened(archive, tell)
    except (BadZipFile, EOFError, zlib.error) as error:
        raise BadWorkbook("it is damaged or cut off: save it again") from error
    except RuntimeError as error:  # zipfile, of a password and of packing
        raise BadWorkbook("it is packed with a password, or in a way that is not known") from error
    except (ValueError, IndexError, KeyError, OverflowError) as error:
        if isinstance(error, BadWorkbook):
            raise
        raise BadWorkbook("it is damaged: save it again") from error


def _table(content: bytes, name: str) -> Opened:
    encoding, notes = _encoding(content)
    with TextIOWrapper(BytesIO(content), encoding, newline="") as text:
        sample = text.read(_SAMPLE)
        text.seek(0)
        first, _, _ = sample.partition("\n")
        declared = first.strip().strip('"')
        if declared.casefold().startswith("sep=") and len(declared) == 5:
            delimiter, skipped = declared[4], 1
        else:
            delimiter, skipped = _delimiter(sample), 0
        rows = csv.reader(text, delimiter=delimiter)
        try:
            found = dict(_rows(rows, skipped))
        except csv.Error as error:
            raise BadWorkbook(f"line {rows.line_num} of it is no line of a CSV file") from error
    if not found:
        raise BadWorkbook("there is nothing in it")
    return Opened((Grid(name, found),), notes)


def _rows(rows: Iterator[list[str]], skipped: int) -> Iterator[tuple[int, tuple[str | None, ...]]]:
    cells = 0
    for number, row in enumerate(islice(rows, skipped, None), start=1 + skipped):
        last = max((at for at, cell in enumerate(row, start=1) if cell.strip()), default=0)
        if not last:
            continue
        refuse_wide(number, last)
        cells += last
        if number > MOST_ROWS or cells > MOST_CELLS:
            raise BadWorkbook(f"it has more than {MOST_ROWS:,} rows: send it in parts")
        yield number, tuple(unquoted(cell.strip()) or None for cell in row[:last])


def _encoding(content: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return _decoded(content, encoding), ()
    if b"\0" in content[:_SAMPLE]:
        raise BadWorkbook("it is neither an xlsx nor a CSV file")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        words = "The file is not in UTF-8: it was read as Windows writes it (cp1252)."
        return _decoded(content, "cp1252"), (words,)
    return "utf-8", ()


def _decoded(content: bytes, encoding: str) -> str:
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadWorkbook("it is neither an xlsx nor a CSV file") from error
    return encoding


def _delimiter(sample: str) -> str:
    """What stands between the cells: of the signs that there are equally often in most of the first
    lines, outside of quotation marks, the one that there is most often.
    """
    lines = [line for line in sample.splitlines()[:30] if line.strip()]
    best, most = ",", 0.0
    for sign in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign)]
        except csv.Error:
            continue
        usual = max(widths, key=widths.count, default=1)
        score = (usual - 1) * widths.count(usual) / max(1, len(widths))
        if score > most:
            best, most = sign, score
    return best
