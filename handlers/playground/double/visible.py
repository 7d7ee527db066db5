"""The text a person sees in a payload: mentions, channels, links and dates resolved."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from handlers.playground.double import charts
from handlers.playground.double.check import Json

Names = Callable[[str, str], str]
"""Turns a kind (`@`, `#` or `!subteam`) and an id into the name that is shown."""

_ENCODED = re.compile(r"<([@#!]|https?://|mailto:)([^<>|]*)(?:\|([^<>]*))?>")

_MARKS = (
    re.compile(r"```(.+?)```", re.DOTALL),
    re.compile(r"`([^`\n]+)`"),
    *(
        re.compile(rf"(?<![\w{mark}]){mark}(\S(?:[^{mark}\n]*\S)?){mark}(?![\w{mark}])")
        for mark in (r"\*", "_", "~")
    ),
)


def readable(text: str, names: Names) -> str:
    """Slack's markup as it is read: `<…>` replaced by what it shows, marks of style gone."""

    def shown(match: re.Match[str]) -> str:
        sigil, target, label = match.groups()
        if sigil in "@#":
            return sigil + (names(sigil, target) or label or target)
        if sigil != "!":
            return label or sigil + target
        if target.startswith("subteam^"):
            handle = label or names("!subteam", target.removeprefix("subteam^"))
            return "@" + handle.removeprefix("@")
        return label or "@" + target.split("^")[0]

    plain = _ENCODED.sub(shown, text)
    for marks in _MARKS:
        plain = marks.sub(r"\1", plain)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def said(text: str, blocks: Iterable[Json], names: Names) -> str:
    """What can be read: the blocks where there are any, else the text."""
    lines = [line for block in blocks for line in _lines(block, names)]
    return "\n".join(lines) if lines else readable(text, names)


def _lines(part: Any, names: Names) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from _lines(item, names)
    elif isinstance(part, dict):
        kind = part.get("type", "")
        if kind in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
            yield "".join(_inline(item, names) for item in part["elements"])
        elif kind == "data_visualization":
            yield charts.in_words(part)
        elif isinstance(part.get("text"), str):
            yield readable(part["text"], names) if kind == "mrkdwn" else part["text"]
        else:
            if kind == "data_table":
                yield part["caption"]
            for key, value in part.items():
                if key not in ("confirm", "column_settings", "initial_option", "initial_options"):
                    yield from _lines(value, names)


def _inline(item: Json, names: Names) -> str:
    match item["type"]:
        case "user":
            return "@" + (names("@", item["user_id"]) or item["user_id"])
        case "channel":
            return "#" + (names("#", item["channel_id"]) or item["channel_id"])
        case "usergroup":
            return "@" + names("!subteam", item["usergroup_id"]).removeprefix("@")
        case "emoji":
            return f":{item['name']}:"
        case "date":
            return str(item.get("fallback", item["format"]))
        case "link":
            return str(item.get("text", item["url"]))
        case _:
            return str(item["text"])
