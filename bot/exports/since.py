"""What is otherwise than in the last export: told in words, and noted at the cells that changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.exports.material import Material, Since, Told
from bot.sheets import Cell, Content, Look, Row, Sheet, plain

ID = "ID"
Kept = str | int | float | None


def told_since(material: Material) -> Sequence[Told]:
    """The changes since the last export; all of them where there was none."""
    since = material.since
    if since is None:
        return material.changes
    return [one for one in material.changes if isinstance(one.at, datetime) and one.at > since.at]


def since_words(material: Material) -> str:
    """ "3 changes since E-0123456789AB (3 Mar 09:00 CET)"; empty where there was no export."""
    since = material.since
    if since is None:
        return ""
    count = len(told_since(material))
    local = since.at.astimezone(ZoneInfo(material.zone))
    when = f"{local.day} {local:%b %H:%M %Z}"
    if count == 0 or since.code == material.code:
        return f"No change since {since.code} ({when})"
    more = "or more " if material.more_changes and count == len(material.changes) else ""
    return f"{count:,} {more}{'change' if count == 1 else 'changes'} since {since.code} ({when})"


def noted(sheet: Sheet, since: Since | None, code: str) -> Sheet:
    """The same sheet with a note at each cell that was otherwise, and at the first cell of each row
    that was not there. Only a table that was kept then is compared, by the IDs of its rows.
    """
    if since is None or since.code == code or sheet.as_table not in since.before:
        return sheet
    heads = [column.head for column in sheet.columns]
    if ID not in heads:
        return sheet
    before, place = since.before[sheet.as_table], heads.index(ID)
    rows = [
        _noted(row, heads, before.get(str(plain(row[place]))), since, sheet) for row in sheet.rows
    ]
    return replace(sheet, rows=rows)


def _noted(
    row: Row, heads: Sequence[str], before: Mapping[str, Kept] | None, since: Since, sheet: Sheet
) -> Row:
    if before is None:
        return [_with(row[0], f"New since {since.code}.", sheet.columns[0].look), *row[1:]]
    found: list[Content] = []
    for at, (head, content) in enumerate(zip(heads, row, strict=False)):
        was = before.get(head)
        if head == ID or head not in before or was == kept(content):
            found.append(content)
            continue
        words = "empty" if was is None or was == "" else str(was)
        found.append(_with(content, f"Was {words} ({since.code}).", sheet.columns[at].look))
    return found


def _with(content: Content, note: str, look: Look) -> Cell:
    if isinstance(content, Cell):
        return replace(content, note=note)
    return Cell(content, look, note=note)


def kept(content: Content) -> Kept:
    """What stands in a cell as an export keeps it: days and moments as ISO texts."""
    value = plain(content)
    return value.isoformat() if isinstance(value, date) else value
