"""Who was erased since the export that comes back: what is kept of it calls them a former member,
and the file still has their name. It is read as if it had not.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from bot.errors import CharterError, NotFound
from bot.exports.ids import taken_apart
from bot.imports.base import Base, plain
from bot.imports.exported import LETTERS, Table
from bot.imports.files import SaidBy
from bot.imports.wanted import World
from bot.personal import FORMER
from bot.sheets import Found, Grid

_NAME = re.compile(rf"{FORMER} \d+")
_LEFT = " (left)"
_NOTE = (
    "Somebody whom this file names was erased here since it was exported: their name counts as not "
    "edited, and is written nowhere."
)


def forgotten(said: SaidBy, base: Base, world: World) -> tuple[tuple[Table, ...], list[str]]:
    """The file's tables, with those who were erased called as they are in its base; and what is to
    be known of it.
    """
    names = _names(said, base, world)
    if not names:
        return said.tables, []
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)

    def renamed(value: Found) -> Found:
        if not isinstance(value, str):
            return value
        return pattern.sub(lambda found: names[found[0].casefold()], value)

    tables = tuple(replace(one, grid=_changed(one.grid, renamed)) for one in said.tables)
    return tables, [_NOTE]


def is_as_it_was(now: str, was: str) -> bool:
    """Whether a cell says what it said; where somebody was erased from it, whatever stands in that
    place, as it may be an address of theirs, or what they were called before.
    """
    if now == was:
        return True
    kept = _NAME.split(was)
    return len(kept) > 1 and re.fullmatch(".+".join(map(re.escape, kept)), now) is not None


def _names(said: SaidBy, base: Base, world: World) -> Mapping[str, str]:
    """What the file calls those who were erased, and what they are called by now. The sheet Load
    knows by their keys; without it, what stands most often where they stood alone, and is nobody's
    name here.
    """
    found: dict[tuple[str, str], Counter[str]] = {}
    for former, key, told in _told(said, base):
        named = said.named.get(key, "").removesuffix(_LEFT)
        name = named or told.removesuffix(_LEFT)
        if name and name != former and (named or _is_nobodys(name, world)):
            found.setdefault((former, key), Counter())[name] += 1
    return {names.most_common(1)[0][0].casefold(): former for (former, _), names in found.items()}


def _is_nobodys(name: str, world: World) -> bool:
    try:
        world.holder(name, "")
    except NotFound:
        return True
    except CharterError:
        return False
    return False


def _told(said: SaidBy, base: Base) -> Iterator[tuple[str, str, str]]:
    """Each cell in which somebody stood alone who was erased: what they are called by now, their
    key where it is known, and what stands there.
    """
    for table in said.tables:
        rows = base.tables.get(table.name, {})
        erased = {
            key: [head for head, text in row.items() if _NAME.fullmatch(text.removesuffix(_LEFT))]
            for key, row in rows.items()
        }
        for line in table.lines() if any(erased.values()) else ():
            seat = taken_apart(line.id) if table.name == LETTERS else None
            for head in erased.get(line.id, ()):
                former = rows[line.id][head].removesuffix(_LEFT)
                yield former, seat.person if seat else "", plain(line.cells.get(head))


def _changed(grid: Grid, change: Callable[[Found], Found]) -> Grid:
    rows = {at: tuple(map(change, row)) for at, row in grid.rows.items()}
    return replace(grid, rows=rows)
