"""Forms about a file that comes in: what its columns mean, whom its names mean, and which side of
a conflict holds. What they give are the lines that may be typed beside a file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import BadInput, Why
from bot.imports import Conflict, Means
from bot.imports.asking import LEFT_OUT, Unknown
from bot.imports.mapping import Heading, Lack, lacking
from bot.imports.said import ALL, OPEN
from bot.imports.settling import Settled, Side, key_of
from handlers.views.acts import Form, unpack
from handlers.views.import_cards import carried
from handlers.views.imports import conflict_words
from handlers.views.kit import (
    Block,
    View,
    bold,
    counted,
    length,
    name,
    paragraph,
    quiet,
)
from handlers.views.modals.fields import (
    LONGEST_OPTION_VALUE,
    field,
    option,
    option_of,
    radio,
    select,
    user,
    user_of,
)
from handlers.views.modals.frame import modal

MOST_COLUMNS = 80
MOST_SHEETS = 8
MOST_NAMES = 45
MOST_CONFLICTS = 45
LONGEST_NAMED = 200
"""Of a name that is asked about; a longer one is no name."""
_ALL_SIDES, _EACH = "all", "each"
_WHO, _USER = "who:", "user:"
_VACANT = "vacant"

_MEANINGS: Mapping[Means, str] = {
    Means.NOTHING: "Not read",
    Means.ITEM: "Stage",
    Means.COMPONENT: "Component",
    Means.PHASE: "Phase: several stages",
    Means.PROJECT: "Project",
    Means.A: "Who is A (accountable)",
    Means.R: "Who is R (responsible)",
    Means.C: "Who is C (consulted)",
    Means.I: "Who is I (informed)",
    Means.LETTER: "Letter, one a line",
    Means.PERSON: "Person of that letter",
    Means.SINCE: "Since which day",
    Means.UNTIL: "Until which day",
    Means.ID: "Charter's own ID",
}
_WHY: Mapping[Lack, Why] = {
    Lack.ITEM: Why.COLUMNS_ITEM,
    Lack.LETTERS: Why.COLUMNS_LETTERS,
    Lack.PERSON: Why.COLUMNS_PERSON,
    Lack.LETTER: Why.COLUMNS_LETTER,
    Lack.TWICE: Why.COLUMNS_TWICE,
    Lack.MIXED: Why.COLUMNS_MIXED,
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a form says of a file: its `lines` join the `words` that the preview carried. `by` is
    who asked for that.
    """

    file: str
    words: str
    by: str
    lines: tuple[str, ...]


def _said(view: Mapping[str, Any], lines: Sequence[str]) -> Said:
    kept = unpack(view.get("private_metadata", ""))
    file, words, by = (str(kept.get(key) or "") for key in ("f", "k", "u"))
    return Said(file, words, by, tuple(lines))


# --- columns --------------------------------------------------------------------------------------


def import_columns(
    found: Sequence[Heading], file_name: str, file: str, words: str, by: int
) -> View:
    """How each column is read, sheet by sheet; one of which nobody knows has to be chosen. Where
    there are too many, those come first.
    """
    once = list({one.cell: one for one in found}.values())
    sheets = list(dict.fromkeys(one.number for one in once))[:MOST_SHEETS]
    there = [one for one in once if one.number in sheets]
    first = sorted(there, key=lambda one: bool(one.means))[:MOST_COLUMNS]
    shown = [one for one in there if one in first]
    blocks = [paragraph("What I read each column of ", bold(name(file_name, 80)), " as.")]
    sheet = 0
    for one in shown:
        if one.number != sheet:
            sheet = one.number
            blocks.append(paragraph("Sheet ", bold(name(one.sheet, 60))))
        blocks.append(_column(one))
    if rest := len(once) - len(shown):
        blocks.append(
            quiet(
                f"{counted(rest, 'more column')}: say what they mean in lines such as "
                "“Budget = not read” beside the file."
            )
        )
    kept = carried(file, words, by)
    return modal(Form.IMPORT_COLUMNS, "Columns", "Look again", blocks, kept)


def _column(one: Heading) -> Block:
    column = one.column
    head = name(column.head or "–", 60)
    options = [option(means.value, words) for means, words in _MEANINGS.items()]
    options.insert(1, option(Means.HOLDER, f"Letters of {head}"))
    if column.named and length(column.named) <= LONGEST_OPTION_VALUE:
        options.insert(1, option(column.named, f"Letters of {column.named}"))
    return field(one.cell, f"{column.letter}: {head}", select(options, one.means))


def read_import_columns(view: Mapping[str, Any]) -> Said:
    """All columns of the sheets in which one was chosen otherwise. `BadInput` where what was chosen
    is not enough to read a sheet.
    """
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    chosen = {one["block_id"]: option_of(view, one["block_id"]) or "" for one in inputs}
    wrong = lacking(chosen)
    if wrong is not None:
        raise BadInput(_WHY[wrong.lack], field=wrong.cell)
    edited = {
        one["block_id"].partition("!")[0]
        for one in inputs
        if (one["element"].get("initial_option") or {}).get("value") != chosen[one["block_id"]]
    }
    return _said(
        view,
        [f"{cell} = {means}" for cell, means in chosen.items() if cell.partition("!")[0] in edited],
    )


# --- people ---------------------------------------------------------------------------------------


def import_people(found: Sequence[Unknown], file: str, words: str, by: int) -> View:
    """Whom each name means that nobody has here: one who is near, somebody else, or nobody."""
    named = {one.name: one for one in found if length(one.name) <= LONGEST_NAMED}
    shown = list(named.values())[:MOST_NAMES]
    blocks = [
        paragraph(
            "Nobody is created from a file: say whom these names mean. What you leave empty stays "
            "an error."
        )
    ]
    for one in shown:
        near = [
            option(who, label)
            for who, label in one.near.items()
            if length(who) <= LONGEST_OPTION_VALUE
        ]
        nobody = [option(_VACANT, "Nobody yet: a vacant seat"), option(LEFT_OUT, "Leave it out")]
        label = f"“{name(one.name, 80)}” is"
        blocks.append(field(_WHO + one.name, label, select([*near, *nobody]), optional=True))
        blocks.append(field(_USER + one.name, "or somebody here", user(), optional=True))
    if rest := len(named) - len(shown):
        blocks.append(quiet(f"{counted(rest, 'more name')}: open this once more after these."))
    kept = carried(file, words, by)
    return modal(Form.IMPORT_PEOPLE, "Who is who", "Look again", blocks, kept)


def read_import_people(view: Mapping[str, Any]) -> Said:
    """`BadInput` where a name has two answers."""
    lines = []
    for block in view["blocks"]:
        block_id = str(block.get("block_id") or "")
        if not block_id.startswith(_WHO):
            continue
        named = block_id.removeprefix(_WHO)
        who, somebody = option_of(view, block_id), user_of(view, _USER + named)
        if who and somebody:
            raise BadInput(Why.NAMED_TWICE, field=_USER + named)
        if who or somebody:
            lines.append(f"{named} -> {who or f'<@{somebody}>'}")
    return _said(view, lines)


# --- conflicts ------------------------------------------------------------------------------------


def import_conflicts(
    found: Sequence[Conflict], settled: Settled, file: str, words: str, by: int
) -> View:
    """Which side of each conflict holds, as far as that is `settled` already; of several they can
    be settled alike.
    """
    blocks = [
        paragraph(
            "Each of these was changed in the file, and otherwise here since then. What is left "
            "open stays as it is here, for now."
        )
    ]
    if len(found) > 1:
        sides = [
            option(_EACH, "One by one, as chosen below"),
            option(Side.THEIRS, "Take theirs: what the file says"),
            option(Side.OURS, "Keep ours: what holds here now"),
        ]
        alike = settled.rest or _EACH
        blocks.append(field(_ALL_SIDES, f"All {len(found)}", select(sides, alike)))
    once = {key_of(one): one for one in found}
    for key, one in list(once.items())[:MOST_CONFLICTS]:
        sides = [
            option(Side.THEIRS, f"Take theirs: {one.theirs or 'nothing'}"),
            option(Side.OURS, f"Keep ours: {one.ours or 'nothing'}"),
            option(OPEN, "Leave it open"),
        ]
        blocks.append(paragraph(name(conflict_words(one), 400)))
        label = f"{name(one.sheet, 60)}!{one.cell}"
        blocks.append(field(key, label, radio(sides, settled.side(one) or OPEN)))
    rest = len(once) - MOST_CONFLICTS
    if rest > 0:
        blocks.append(quiet(f"{rest} more: open this once more after these."))
    kept = carried(file, words, by)
    return modal(Form.IMPORT_CONFLICTS, "Conflicts", "Look again", blocks, kept)


def read_import_conflicts(view: Mapping[str, Any]) -> Said:
    """One by one nothing is settled alike any more, whatever was said before."""
    alike = option_of(view, _ALL_SIDES)
    if alike in set(Side):
        return _said(view, [f"{alike}: {ALL}"])
    inputs = [one["block_id"] for one in view["blocks"] if one["type"] == "input"]
    sides = {key: option_of(view, key) for key in inputs if key != _ALL_SIDES}
    chosen = [f"{side}: {key}" for key, side in sides.items() if side]
    return _said(view, [f"{OPEN}: {ALL}", *chosen])
