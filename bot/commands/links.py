"""`link`: an address, perhaps with the item and the project that it belongs to."""

import re
from datetime import date

from bot.commands.orders import Order
from bot.commands.reading import reference, without_project
from bot.commands.words import cleaned, joined, words
from bot.errors import BadInput, Why
from bot.links import checked_title, checked_url
from bot.orders import AddLink

_MARKED = re.compile(r"<(https?://[^\s<>|]+)(?:\|[^<>]*)?>", re.IGNORECASE)
_BARE = re.compile(r"(?<!\S)https?://\S+", re.IGNORECASE)
_FIRST = re.compile(r"\S+")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:/\S*)?", re.ASCII | re.IGNORECASE)
_TITLE = re.compile(r"\s*[\"“”„«]([^\"“”„«»]+)[\"“”»]")
"""What a page is to be called: in quotes, right behind its address."""
_TO = {"to", "for"}
_WANTED = "link URL to data pipeline in Churn Radar"


def read_link(rest: str, today: date) -> Order:
    found = address_at(rest)
    if found is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "url"}, field="url")
    url = checked_url(typed_url(found))
    after = rest[found.end() :]
    named = _TITLE.match(after)
    title = checked_title(named[1]) if named else None
    some = words(rest[: found.start()] + " " + after[named.end() if named else 0 :])
    item, project = without_project(some)
    if not item:
        return AddLink(url, None, project, title)
    if item[0].key not in _TO:
        raise BadInput(Why.WORDS_LEFT_OVER, {"words": joined(item), "wanted": _WANTED}, "item")
    return AddLink(url, reference(item[1:], "item"), project, title)


def address_at(rest: str) -> re.Match[str] | None:
    """Where an address stands in what somebody typed: one that Slack marked up, a bare one, or the
    first word.
    """
    return _MARKED.search(rest) or _BARE.search(rest) or _FIRST.search(rest)


def typed_url(found: re.Match[str]) -> str:
    """That address; of a host without a scheme as a browser takes it."""
    typed = cleaned(found[1] if found.re is _MARKED else found[0])
    return f"https://{typed}" if _HOST.fullmatch(typed) else typed
