"""The primitives of every view, within Slack's limits; long things are cut, never refused.

Lengths are counted in UTF-16 units, the strictest way Slack could count them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot import moments
from handlers.views.acts import Act, pack
from handlers.views.charted import charted

Block = dict[str, Any]
Piece = dict[str, Any]
View = dict[str, Any]

MOST_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
LONGEST_FALLBACK = 3900
LONGEST_TEXT = 3000
LONGEST_LABEL = 75
LONGEST_CELL = 300
LONGEST_TABLE = 9500
LONGEST_NAME = 100
DAY = "{date_num}"
"""A moment by its day, written as other days are."""
NOTHING = "–"

# Marks that could turn the line around or hide in it, and halves of pairs, which no encoding takes.
_UNSEEMLY = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
_UNPAIRED = re.compile("[\ud800-\udfff]")
_ASIDE = re.compile(r"\A<!date\^\d+\^[^|<>]+\|(?P<fallback>[^|<>]+)>\Z")
_PAUSES = " ,;."
"""What parts the words of a line needs no sign where each of them stands by itself."""
_WEB = re.compile(r"https?://[^\s/?#]+\S*")


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its blocks, and the same in plain words (unescaped)."""

    text: str
    blocks: list[Block]


def length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def tidy(text: str) -> str:
    """Text as it may be shown: without control and direction marks, `–` for nothing at all."""
    text = _UNPAIRED.sub("\N{REPLACEMENT CHARACTER}", _UNSEEMLY.sub("", text)).strip()
    return (
        text if any(not mark.isspace() and mark not in "\u200c\u200d" for mark in text) else NOTHING
    )


def cut(text: str, longest: int) -> str:
    """Tidy text of at most `longest` units, ending in "…" where something was left out."""
    text = tidy(text)
    if length(text) <= longest:
        return text
    text = text[:longest]
    while length(text) > longest - 1:
        text = text[:-1]
    return text.rstrip().rstrip("\u200d") + "…"


def name(text: str, longest: int = LONGEST_NAME) -> str:
    """A name on one line."""
    return cut(" ".join(text.split()), longest)


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str], most: int = 10, last: str = "and") -> str:
    """Names in one line: "Bea, Cy and 3 more"."""
    shown = [name(each) for each in names[:most]]
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most} more"
    return ", ".join(shown[:-1]) + f" {last} " + shown[-1] if len(shown) > 1 else "".join(shown)


# Rich text


def piece(text: str, *, bold: bool = False, italic: bool = False, code: bool = False) -> Piece:
    """Text as it is: nothing in it pings or formats."""
    made: Piece = {"type": "text", "text": _kept(text)}
    style = {key: True for key, on in (("bold", bold), ("italic", italic), ("code", code)) if on}
    return {**made, "style": style} if style else made


def _kept(text: str) -> str:
    """Cut, but with the blanks around it, which separate it from its neighbours."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{cut(text, LONGEST_TEXT - 2)}{after}" if text.strip() else " "


def bold(text: str) -> Piece:
    return piece(text, bold=True)


def struck(text: str) -> Piece:
    """What does not count any more; the words beside it say so as well."""
    return {"type": "text", "text": _kept(text), "style": {"strike": True}}


def code(text: str) -> Piece:
    return piece(text, code=True)


def link(text: str, url: str) -> Piece:
    """A link to the web; anything else that calls itself a link stays text."""
    url = url.strip()
    if _WEB.fullmatch(url) and length(url) <= LONGEST_TEXT and not _UNSEEMLY.search(url):
        return {"type": "link", "url": url, "text": name(text)}
    return piece(name(text))


def mention_of_group(slack_id: str) -> Piece:
    return {"type": "usergroup", "usergroup_id": slack_id}


def moment(at: datetime, shown: str = "{ago}") -> Piece:
    """A moment as the reader's own clock tells it. Slack works it out whenever it shows it, so that
    nothing is edited only because time goes by; where it cannot, it says the moment in UTC.
    """
    fallback = f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return {
        "type": "date",
        "timestamp": int(at.timestamp()),
        "format": shown,
        "fallback": fallback,
    }


def mention(slack_id: str) -> Piece:
    """Somebody, who is told by Slack that they were named."""
    return {"type": "user", "user_id": slack_id}


def _pieces(parts: Iterable[str | Piece]) -> list[Piece]:
    made = [piece(part) if isinstance(part, str) else part for part in parts if part]
    return [inner for part in made for inner in _dated(part)]


def _dated(made: Piece) -> list[Piece]:
    """A piece; a moment in its text is told by each reader's own clock."""
    if made["type"] != "text":
        return [made]
    return [
        {**made, "text": part} if isinstance(part, str) else {**moment(part, DAY), **_styled(made)}
        for part in moments.pieces(made["text"])
    ]


def _styled(made: Piece) -> dict[str, Any]:
    return {"style": made["style"]} if "style" in made else {}


def _section(parts: Iterable[str | Piece]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": _pieces(parts) or [piece(NOTHING)]}


def paragraph(*parts: str | Piece) -> Block:
    return {"type": "rich_text", "elements": [_section(parts)]}


def bullets(rows: Sequence[Sequence[str | Piece]], most: int = 30, rest: str = "") -> Block:
    """A list; longer than `most`, it ends with "and N more" and `rest`, which says where."""
    shown: list[Sequence[str | Piece]] = list(rows[:most])
    if len(rows) > most:
        shown.append([f"and {len(rows) - most} more{rest}"])
    made = {
        "type": "rich_text_list",
        "style": "bullet",
        "elements": [_section(row) for row in shown or [[NOTHING]]],
    }
    return {"type": "rich_text", "elements": [made]}


# Other blocks


def plain(text: str, longest: int = LONGEST_TEXT) -> dict[str, Any]:
    """Text in which Slack formats nothing: a moment that came so far is told by its day in UTC."""
    return {"type": "plain_text", "text": cut(moments.told(text), longest), "emoji": False}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(name(text, 150), 150)}


def quiet(*lines: str | Piece) -> Block:
    """What is good to know but not the answer: since, set by, where from. A `moment` among the
    lines follows what stands before it; so does one within a line, and then the rest of that line.
    """
    told = [part for line in lines for part in _beside(line)]
    return {"type": "context", "elements": told[:10]} if told else {}


def _beside(line: str | Piece) -> list[dict[str, Any]]:
    if isinstance(line, dict):
        return [_aside(line)] if line else []
    parts = [
        part.lstrip(_PAUSES) if number and isinstance(part, str) else part
        for number, part in enumerate(moments.pieces(line))
    ]
    return [
        plain(part) if isinstance(part, str) else _aside(moment(part, DAY))
        for part in parts
        if not isinstance(part, str) or part.strip()
    ]


def _aside(made: Piece) -> dict[str, Any]:
    """A moment, or the address of a message, where Slack takes no rich text: the one use of mrkdwn,
    with nobody's words in it.
    """
    if made["type"] == "link":
        return {"type": "mrkdwn", "text": f"<{made['url'].replace('&', '&amp;')}|{made['text']}>"}
    if made["type"] == "text":
        return plain(made["text"])
    shown, fallback = made["format"], made["fallback"]
    return {"type": "mrkdwn", "text": f"<!date^{made['timestamp']}^{shown}|{fallback}>"}


def section(text: str, accessory: Block | None = None) -> Block:
    made: Block = {"type": "section", "text": plain(text)}
    return {**made, "accessory": accessory} if accessory else made


def divider() -> Block:
    return {"type": "divider"}


def button(
    label: str,
    act: Act,
    values: Mapping[str, str | int | bool | None] | None = None,
    *,
    style: str | None = None,
    spoken: str | None = None,
    url: str = "",
) -> Block:
    """A button; `spoken` is what a screen reader says where the label alone would not tell.

    With `url` it opens that page, and is pressed all the same.
    """
    made: Block = {
        "type": "button",
        "text": plain(name(label, LONGEST_LABEL), LONGEST_LABEL),
        "action_id": act.value,
        "value": pack(values or {}),
    }
    if style:
        made["style"] = style
    if url:
        made["url"] = url
    if spoken:
        made["accessibility_label"] = name(spoken, LONGEST_LABEL)
    return made


def actions(*buttons: Block | None) -> list[Block]:
    """A row of buttons (at most 25), as a list: empty where there is none."""
    elements: list[Block] = []
    seen: dict[str, int] = {}
    for pressed in [each for each in buttons if each][:25]:
        act = pressed["action_id"]
        again = seen.get(act, 0)
        seen[act] = again + 1
        elements.append({**pressed, "action_id": f"{act}#{again}"} if again else pressed)
    return [{"type": "actions", "elements": elements}] if elements else []


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    """A table of plain cells, `–` for the empty ones; at most 99 rows and 10,000 characters."""
    shown = [list(head), *[list(row) for row in rows[:99]]]
    longest = max(12, min(LONGEST_CELL, LONGEST_TABLE // (len(shown) * len(head))))
    return {
        "type": "table",
        "column_settings": [{"is_wrapped": True} for _ in head],
        "rows": [[_written(name(cell, longest)) for cell in row] for row in shown],
    }


def _written(text: str) -> dict[str, Any]:
    """A cell; one that tells a moment is rich text, which each reads by their own clock."""
    if all(isinstance(part, str) for part in moments.pieces(text)):
        return {"type": "raw_text", "text": moments.told(text)}
    return paragraph(text)


TABLE_PAGE = 15
"""Rows of a table that are seen at once; a list of more messages has as many in each."""


def data_table(
    caption: str, head: Sequence[str], rows: Sequence[Sequence[str | int | float]]
) -> Block:
    """A table that people sort, filter and page through by themselves; numbers sort as such."""
    made = table(head, [[_cell(cell) for cell in row] for row in rows])
    cells: list[list[dict[str, Any]]] = made["rows"]
    for written, row in zip(cells[1:], rows, strict=False):
        for place, value in enumerate(row):
            if isinstance(value, int | float):
                written[place] = {"type": "raw_number", "value": value, "text": _cell(value)}
    return {
        "type": "data_table",
        "caption": cut(caption, LONGEST_CELL),
        "page_size": TABLE_PAGE,
        "rows": cells,
    }


def _cell(value: str | int | float) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


# Whole messages


def message(*blocks: Block | list[Block]) -> Message:
    """A message of these blocks; its plain text is made from them, so that both say the same."""
    flat = _flat(blocks)
    if len(flat) > MOST_BLOCKS:
        flat = [*flat[: MOST_BLOCKS - 1], quiet("… and more than fits here.")]
    return Message(fallback(flat), flat)


def home(*blocks: Block | list[Block]) -> View:
    return {"type": "home", "blocks": _flat(blocks)[:MOST_VIEW_BLOCKS]}


def _flat(blocks: Iterable[Block | list[Block]]) -> list[Block]:
    return [
        block for part in blocks for block in (part if isinstance(part, list) else [part]) if block
    ]


def fallback(blocks: Iterable[Block]) -> str:
    """The same in plain words, buttons left out."""
    return cut("\n".join(words for block in blocks if (words := in_words(block))), LONGEST_FALLBACK)


def in_words(part: Any) -> str:
    """The words of a block or of a part of one."""
    match part:
        case {"type": "actions" | "context_actions"}:
            return ""
        case {"type": "date", "fallback": str(fallback)}:
            return fallback
        case {"type": "table" | "data_table", "rows": rows}:
            return "\n".join(" | ".join(in_words(cell) for cell in row) for row in rows)
        case {"type": "data_visualization"}:
            return "\n".join(charted(part))
        case {"type": "rich_text_list", "elements": elements, "style": style}:
            count = enumerate(map(in_words, elements), part.get("offset", 0) + 1)
            return "\n".join(
                f"{f'{at}.' if style == 'ordered' else '•'} {one}" for at, one in count
            )
        case {"type": "rich_text" | "context", "elements": elements}:
            return _in_lines(elements)
        case {"elements": elements}:
            return "".join(in_words(element) for element in elements)
        case {"text": str(text)}:
            return _ASIDE.sub(r"\g<fallback>", text)
        case {"text": inner}:
            return in_words(inner)
        case _:
            return ""


def _in_lines(elements: Iterable[dict[str, Any]]) -> str:
    """The words of a block: a line each, and a moment behind what it belongs to. What then goes on
    with the line begins without a capital.
    """
    told, after_moment = "", False
    for part in elements:
        words, is_moment = in_words(part), part["type"] == "mrkdwn"
        goes_on = is_moment or (after_moment and words[:1].islower())
        told += f"{(' ' if goes_on else chr(10)) if told else ''}{words}"
        after_moment = is_moment
    return told
