"""Notion: what a page is called, whose it is, and when it was last edited.

Links to pages lie at Notion's public addresses; only its API is ever called.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from bot.settings import Settings
from bot.sources import reading
from bot.sources.base import (
    NOTHING,
    Changes,
    Kind,
    Needs,
    Page,
    Ref,
    Seen,
    Source,
    Stream,
    Trouble,
    Why,
)
from bot.sources.credentials import Fixed, bearer
from bot.sources.links import Server
from bot.sources.making import Maker
from bot.sources.replies import Failed
from bot.sources.web import Tools, Visit, Web

VERSION = "2022-06-28"
HEADERS = {"Notion-Version": VERSION}
NOT_SHARED = "It is not there, or not shared with the integration that NOTION_TOKEN belongs to."
NEEDS = Needs(
    title="Notion",
    address="NOTION_API_URL",
    absent="NOTION_TOKEN lets Charter read titles and last edits of pages",
    mend="Set NOTION_TOKEN to the secret of an integration, and share the pages with it.",
)

_HOSTS = ("www.notion.so", "notion.so")
_PUBLISHED = re.compile(r"https?://(?P<host>[a-z0-9-]{1,63}\.notion\.site)(?:[:/?#]|$)", re.I)
_ID = r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PATH = re.compile(rf"(?:/[^/]*)*/(?:[^/]*-)?(?P<id>{_ID})/?", re.I | re.ASCII)
_WHOLE_ID = re.compile(_ID, re.I | re.ASCII)


class Notion:
    """One Notion, as `web` reaches its API."""

    name = "notion"
    needs = NEEDS

    def __init__(self, web: Web) -> None:
        self._web = web

    @property
    def address(self) -> str:
        return self._web.server.url

    def recognises(self, url: str) -> Ref | None:
        """A page by the id at the end of its address; one that lies open over a database by `p`."""
        for host in _hosts(url):
            rest = Server("https", host, 443, "").rest(url)
            found = _PATH.fullmatch(rest.path) if rest else None
            if rest and found:
                over = parse_qs(rest.query).get("p", [""])[0]
                id = over if _WHOLE_ID.fullmatch(over) else found["id"]
                key = id.replace("-", "").lower()
                return Ref(self.name, Kind.PAGE, key, f"https://{_HOSTS[0]}/{key}")
        return None

    def stream(self, url: str) -> Stream | None:
        """Pages are looked at one by one."""

    def fetch(
        self, refs: Collection[Ref], known: Mapping[Ref, Seen] = NOTHING
    ) -> Mapping[Ref, Seen]:
        visit = self._web.visit()
        names: dict[str, str] = {}
        seen: dict[Ref, Seen] = {}
        for ref in dict.fromkeys(refs):
            if self.recognises(ref.url) != ref:
                seen[ref] = Trouble(Why.NOT_FOUND, detail="It lies at no server that is set up.")
                continue
            try:
                seen[ref] = _page(visit, ref, names)
            except Failed as failed:
                seen[ref] = failed.trouble
        return seen

    def changed(self, stream: Stream, since: datetime) -> Changes:
        return Changes({}, since)

    def answers(self) -> str | Trouble:
        try:
            told = reading.mapping(self._web.visit().get("/v1/users/me").json())
        except Failed as failed:
            return failed.trouble
        if told.get("object") != "user":
            return Trouble(Why.GARBAGE)
        return f"as {reading.text(told.get('name')) or 'an integration'}"

    def close(self) -> None:
        self._web.close()


def _hosts(url: str) -> tuple[str, ...]:
    published = _PUBLISHED.match(url)
    return (published["host"].lower(),) if published else _HOSTS


def _page(visit: Visit, ref: Ref, names: dict[str, str]) -> Page | Trouble:
    """Raises `Failed`. What is no page may be a database, which has a title just so."""
    told = _got(visit, "pages", ref)
    if told is None:
        told = _got(visit, "databases", ref)
    if told is None:
        return Trouble(Why.NOT_FOUND, detail=NOT_SHARED)
    if told.get("object") not in ("page", "database"):
        return Trouble(Why.GARBAGE)
    gone = told.get("in_trash") is True or told.get("archived") is True
    return Page(
        ref,
        title=_title(told),
        owner=_name(visit, told.get("created_by"), names),
        state="in the trash" if gone else "",
        edited=reading.moment(told.get("last_edited_time")),
        edited_by=_name(visit, told.get("last_edited_by"), names),
    )


def _got(visit: Visit, path: str, ref: Ref) -> Mapping[str, Any] | None:
    """None where Notion says that it is none of that kind."""
    reply = visit.get(f"/v1/{path}/{ref.key}", expect=frozenset({400, 404}))
    told = reading.mapping(reply.json())
    return None if reply.status != 200 and told.get("object") == "error" else told


def _title(told: Mapping[str, Any]) -> str:
    """Of a page the one property that is a title, whatever it is called; of a database its own."""
    texts = told.get("title")
    properties = reading.mapping(told, "properties")
    for value in properties.values() if not isinstance(texts, list) else ():
        if isinstance(value, dict) and value.get("type") == "title":
            texts = value.get("title")
    pieces = (reading.text(piece.get("plain_text")) for piece in reading.objects(texts))
    return reading.text("".join(pieces)).strip()


def _name(visit: Visit, user: Any, names: dict[str, str]) -> str:
    """A page names people by their ids alone; integrations may be kept from asking for more."""
    id = reading.text(reading.mapping(user).get("id"))
    if not _WHOLE_ID.fullmatch(id):
        return ""
    if id not in names:
        try:
            reply = visit.get(f"/v1/users/{id}", expect=frozenset({403, 404}))
            names[id] = reading.text(reading.mapping(reply.json()).get("name"))
        except Failed as failed:
            if failed.trouble.why not in (Why.GARBAGE, Why.FORBIDDEN, Why.NOT_FOUND):
                raise
            names[id] = ""
    return names[id]


def made(settings: Settings, tools: Tools) -> Iterator[Source]:
    if settings.notion_token:
        credentials = Fixed(bearer(settings.notion_token.get_secret_value()))
        yield Notion(tools.web(Server.at(settings.notion_api_url), credentials, HEADERS))


def sites(settings: Settings) -> Iterator[str]:
    """Where pages lie, wherever the API is."""
    if settings.notion_token:
        yield "https://notion.so"


MAKER = Maker(Notion.name, NEEDS, made, sites=sites)
