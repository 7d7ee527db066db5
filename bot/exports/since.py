"""What is otherwise than in the last export: told in words, and noted at the cells that changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.exports.material import Material, Since, Told
from bot.sheets import Cell, Content, Look, Row, Sheet, plain

ID = "ID"
MOST_NEWS = 3
"""Changes that are told beside a file; the file tells all of them."""
Kept = str | int | float | None


def told_since(material: Material) -> Sequence[Told]:
    """The changes since the last export; all of them where there was none."""
    if material.since is not None:
        return _after(material, material.since.at)
    return material.changes if material.same is None else _after(material, material.same)


def news(material: Material) -> Sequence[Told] | None:
    """What was changed since this was made last, for the same readers; None where it never was."""
    if material.same is not None:
        return _after(material, material.same)
    return None if material.since is None else _after(material, material.since.at)


@dataclass(frozen=True, slots=True)
class News:
    """What is told beside a file that comes by itself: of which `projects` it is, what changed
    `since` when, in words (empty: it is the first one), and the newest of these `changes` in lines.
    """

    title: str
    projects: tuple[int, ...]
    private: bool
    now: datetime
    zone: str
    since: str
    changes: int = 0
    lines: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing was changed since the last one."""
        return bool(self.since) and not self.changes


def beside(material: Material) -> News:
    """What is told beside the file that is made of this."""
    found = news(material) or ()
    return News(
        title=material.title,
        projects=tuple(project.id for project in material.projects),
        private=any(project.private for project in material.projects),
        now=material.now,
        zone=material.zone,
        since=since_words(material).split("; ")[0],
        changes=len(found),
        lines=tuple(_line(one, material) for one in found[:MOST_NEWS]),
    )


def _line(one: Told, material: Material) -> str:
    """ "Churn Radar – Labels: due: 2026-12-07 → 2026-12-14 (Ana Sample)"."""
    of = next((each for each in material.projects if each.id == one.project), None)
    item = next((each for each in of.items if each.id == one.item), None) if of else None
    where = " – ".join([*([of.name] if of else []), *([item.title] if item else [])])
    by = material.people.get(one.by) if one.by is not None else None
    what = one.what or "changed"
    return f"{where}: {what} ({by.name})" if by else f"{where}: {what}"


def _after(material: Material, moment: datetime) -> Sequence[Told]:
    return [one for one in material.changes if isinstance(one.at, datetime) and one.at > moment]


def since_words(material: Material) -> str:
    """ "3 changes since E-0123456789AB (3 Mar 09:00 CET)"; empty where there was no export.

    Where the last one had the same id, what is told first is that nothing was changed since it was
    made (the first time in a row), and then what was since the last one with another id.
    """
    same, since = material.same, material.since
    found = [] if same is None else [_counted(material, material.code, same)]
    if since is not None and (same is None or _after(material, since.at)):
        found.append(_counted(material, since.code, since.at))
    return "; ".join(found)


def _counted(material: Material, code: str, moment: datetime) -> str:
    count = len(_after(material, moment))
    local = moment.astimezone(ZoneInfo(material.zone))
    when = f"{code} ({local.day} {local:%b %H:%M %Z})"
    if count == 0:
        seen = "" if code == material.code else ", but what may be seen is otherwise"
        return f"No change since {when}{seen}"
    more = "or more " if material.more_changes and count == len(material.changes) else ""
    return f"{count:,} {more}{'change' if count == 1 else 'changes'} since {when}"


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
    lasting = content.kept if isinstance(content, Cell) else None
    value = plain(content) if lasting is None else lasting
    return value.isoformat() if isinstance(value, date) else value
