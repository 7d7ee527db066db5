"""Whether a workbook's package is sound: what openpyxl writes without a look, and Excel repairs.

Strict where a spreadsheet would ask to repair the file: relationships that lead nowhere, parts that
nobody declares, ids and names that are there twice, tables whose heads say something else.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree as Xml
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
TO = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_NAME = re.compile(r"[A-Za-z_\\][A-Za-z0-9_.\\]{0,254}")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[RrCc]|[Rr]\d*[Cc]\d*")
_AREA = re.compile(r"(?:'((?:[^']|'')+)'|([A-Za-z_][\w.]*))!(\$?[A-Z]*\$?\d*:?\$?[A-Z]*\$?\d*)")


def faults(content: bytes) -> list[str]:
    """What is wrong with a workbook's package, in words; empty for a sound one."""
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    found = [f"{name}: twice in the package" for name, count in Counter(names).items() if count > 1]
    trees: dict[str, Xml.Element] = {}
    for name, part in parts.items():
        try:
            trees[name] = Xml.fromstring(part)
        except Xml.ParseError as error:
            found.append(f"{name}: {error}")
    found += _types(trees)
    found += _relations(trees)
    found += _sheets(trees)
    found += _tables(trees)
    found += _names(trees)
    return found


def relations(trees: Mapping[str, Xml.Element], part: str) -> dict[str, str]:
    """Where the relationships of a part lead: parts by their names, the web by its addresses."""
    folder, name = posixpath.split(part)
    tree = trees.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    return {one.get("Id", ""): _target(part, one) for one in tree} if tree is not None else {}


def _target(part: str, one: Xml.Element) -> str:
    target = one.get("Target", "")
    if one.get("TargetMode") == "External":
        return target
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _types(trees: Mapping[str, Xml.Element]) -> Iterator[str]:
    tree = trees.get("[Content_Types].xml")
    if tree is None:
        yield "[Content_Types].xml: not there"
        return
    endings = {one.get("Extension") for one in tree.iter(f"{TYPE}Default")}
    declared = Counter(one.get("PartName", "")[1:] for one in tree.iter(f"{TYPE}Override"))
    yield from (f"{name}: declared twice" for name, count in declared.items() if count > 1)
    yield from (f"{name}: declared and not there" for name in declared if name not in trees)
    for name in trees:
        if name == "[Content_Types].xml" or name in declared:
            continue
        if name.rpartition(".")[2] not in endings:
            yield f"{name}: of no declared type"


def _relations(trees: Mapping[str, Xml.Element]) -> Iterator[str]:
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("/")
        part = posixpath.join(folder.removesuffix("_rels"), file.removesuffix(".rels"))
        yield from _twice(name, "relationship", (one.get("Id", "") for one in tree))
        for one in tree:
            target = _target(part, one)
            if one.get("TargetMode") != "External" and target not in trees:
                yield f"{name}: {one.get('Id')} leads to {target}, which is not there"
    for name, tree in trees.items():
        known = relations(trees, name)
        for element in tree.iter():
            for key, value in element.attrib.items():
                if key in (f"{TO}id", f"{TO}embed", f"{TO}link") and value not in known:
                    yield f"{name}: {value} is no relationship of it"


def _sheets(trees: Mapping[str, Xml.Element]) -> Iterator[str]:
    book = trees["xl/workbook.xml"]
    sheets = list(book.iter(f"{MAIN}sheet"))
    yield from _twice(
        "xl/workbook.xml", "sheet", ((one.get("name") or "").casefold() for one in sheets)
    )
    yield from _twice("xl/workbook.xml", "sheet id", (one.get("sheetId", "") for one in sheets))
    styles = trees["xl/styles.xml"]
    looks = len(styles.find(f"{MAIN}cellXfs") or ())
    differing = len(styles.find(f"{MAIN}dxfs") or ())
    for name, tree in trees.items():
        if not name.startswith("xl/worksheets/sheet"):
            continue
        last = 0
        for row in tree.iter(f"{MAIN}row"):
            number = int(row.get("r", "0"))
            if number <= last:
                yield f"{name}: row {number} after row {last}"
            last, column = number, 0
            for cell in row:
                where = _CELL.fullmatch(cell.get("r", ""))
                if where is None or int(where[2]) != number or _number(where[1]) <= column:
                    yield f"{name}: {cell.get('r')} is out of place in row {number}"
                    continue
                column = _number(where[1])
                if int(cell.get("s", "0")) >= looks:
                    yield f"{name}: {cell.get('r')} has the style {cell.get('s')} of {looks}"
        for rule in tree.iter(f"{MAIN}cfRule"):
            if int(rule.get("dxfId", "0")) >= differing:
                yield f"{name}: a rule has the style {rule.get('dxfId')} of {differing}"
        merged = [one.get("ref", "") for one in tree.iter(f"{MAIN}mergeCell")]
        yield from _twice(name, "merged area", merged)


def _tables(trees: Mapping[str, Xml.Element]) -> Iterator[str]:
    tables = {name: tree for name, tree in trees.items() if name.startswith("xl/tables/")}
    every = [(tree.get("displayName") or "").casefold() for tree in tables.values()]
    yield from _twice("xl/tables", "table", every)
    yield from _twice("xl/tables", "table id", (tree.get("id", "") for tree in tables.values()))
    taken = {name.casefold() for name, _ in _defined(trees)}
    for name, tree in tables.items():
        own = tree.get("displayName") or ""
        if not _NAME.fullmatch(own) or _LIKE_A_CELL.fullmatch(own) or own.casefold() in taken:
            yield f"{name}: {own!r} is no name for a table"
        columns = list(tree.iter(f"{MAIN}tableColumn"))
        heads = [one.get("name") or "" for one in columns]
        yield from _twice(name, "column", (head.casefold() for head in heads))
        yield from _twice(name, "column id", (one.get("id", "") for one in columns))
        sheet = next((at for at in trees if name in relations(trees, at).values()), "")
        if not sheet:
            yield f"{name}: of no sheet"
            continue
        first, last = (_CELL.fullmatch(each) for each in (tree.get("ref") or ":").split(":"))
        if first is None or last is None:
            yield f"{name}: {tree.get('ref')} is no area"
            continue
        wide = range(_number(first[1]), _number(last[1]) + 1)
        cells = _row(trees[sheet], first[2])
        shown = [cells.get(at, "") for at in wide]
        if [_escaped(head) for head in heads] != shown:
            yield f"{name}: its columns are {heads}, the cells say {shown}"
        if int(last[2]) <= int(first[2]):
            yield f"{name}: a table without a row"
        inner = tree.find(f"{MAIN}autoFilter")
        if inner is not None and inner.get("ref") != tree.get("ref"):
            yield f"{name}: its filter is elsewhere"
        if trees[sheet].find(f"{MAIN}autoFilter") is not None:
            yield f"{sheet}: a filter of its own beside a table's"


def _escaped(text: str) -> str:
    return text.replace("_x000a_", "\n").replace("_x000A_", "\n")


def _row(sheet: Xml.Element, number: str) -> dict[int, str]:
    """The texts of a row that are written in place."""
    found = {}
    for row in sheet.iter(f"{MAIN}row"):
        if row.get("r") == number:
            for cell in row:
                where = _CELL.fullmatch(cell.get("r", ""))
                words = "".join(part.text or "" for part in cell.iter(f"{MAIN}t"))
                if where is not None:
                    found[_number(where[1])] = words
    return found


def _defined(trees: Mapping[str, Xml.Element]) -> Iterator[tuple[str, Xml.Element]]:
    return (
        (one.get("name") or "", one) for one in trees["xl/workbook.xml"].iter(f"{MAIN}definedName")
    )


def _names(trees: Mapping[str, Xml.Element]) -> Iterator[str]:
    book = trees["xl/workbook.xml"]
    sheets = [one.get("name") or "" for one in book.iter(f"{MAIN}sheet")]
    every = [f"{name.casefold()}/{one.get('localSheetId', '')}" for name, one in _defined(trees)]
    yield from _twice("xl/workbook.xml", "name", every)
    for name, one in _defined(trees):
        if not _NAME.fullmatch(name) or _LIKE_A_CELL.fullmatch(name):
            yield f"xl/workbook.xml: {name!r} is no name"
        areas = list(_AREA.finditer(one.text or ""))
        if not areas:
            yield f"xl/workbook.xml: {name} leads nowhere: {one.text!r}"
        for area in areas:
            sheet = (area[1] or area[2]).replace("''", "'")
            if sheet not in sheets:
                yield f"xl/workbook.xml: {name} leads to {sheet!r}, which is no sheet"
    known = {name for name, one in _defined(trees) if one.get("localSheetId") is None}
    for name, tree in trees.items():
        for offered in tree.iter(f"{MAIN}dataValidation"):
            words = offered.findtext(f"{MAIN}formula1") or ""
            if _NAME.fullmatch(words) and words not in known:
                yield f"{name}: {words} is offered, which nothing defines"


def _twice(part: str, what: str, every: Iterable[str]) -> Iterator[str]:
    yield from (
        f"{part}: {what} {one!r} twice" for one, count in Counter(every).items() if count > 1
    )


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
