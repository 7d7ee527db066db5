"""Issues and releases of a repository: what is read there, and not worked through."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from bot.sources import reading
from bot.sources.base import Page, Ref, Trouble, Why
from bot.sources.links import Rest, Server
from bot.sources.web import Visit

_PATH = re.compile(
    r"/(?P<owner>[A-Za-z0-9][A-Za-z0-9_-]{0,99})/(?P<name>[A-Za-z0-9._-]{1,100})"
    r"/(?:issues/(?P<number>[1-9][0-9]{0,8})|releases/tag/(?P<tag>[A-Za-z0-9._%+~-]{1,200}))/?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Place:
    """An issue by its number, or a release by its tag; the repository in lower case."""

    owner: str
    name: str
    number: str
    tag: str

    @classmethod
    def of(cls, rest: Rest) -> "Place | None":
        found = _PATH.fullmatch(rest.path)
        if found is None or found["name"] in {".", ".."}:
            return None
        tag = unquote(found["tag"] or "", errors="replace")
        if not tag.isprintable() or "\ufffd" in tag or tag in {".", ".."}:
            return None
        return cls(found["owner"].lower(), found["name"].lower(), found["number"] or "", tag)

    @property
    def repo(self) -> str:
        return f"{self.owner}/{self.name}"

    @property
    def key(self) -> str:
        return f"{self.repo}/{self._path}"

    @property
    def _path(self) -> str:
        return (
            f"issues/{self.number}" if self.number else f"releases/tag/{quote(self.tag, safe='')}"
        )

    def url(self, site: Server) -> str:
        return f"{site.url}/{self.key}"


def seen(visit: Visit, api: str, ref: Ref, place: Place) -> Page | Trouble:
    """Look at one; of a private repository only its number and where it stands. Raises `Failed`."""
    repo = f"{api}/repos/{place.repo}"
    private = reading.mapping(visit.get(repo).json()).get("private") is not False
    tag = quote(place.tag, safe="")
    path = f"{repo}/issues/{place.number}" if place.number else f"{repo}/releases/tags/{tag}"
    told = reading.mapping(visit.get(path).json())
    short = f"{place.repo}#{place.number}" if place.number else f"{place.repo} {place.tag}"
    if not told.get("number" if place.number else "tag_name"):
        return Trouble(Why.GARBAGE)
    author = reading.mapping(told, "user" if place.number else "author")
    title = reading.text(told.get("title" if place.number else "name"))
    edited = told.get("updated_at") or told.get("published_at") or told.get("created_at")
    return Page(
        ref,
        title=short if private or not title else title,
        owner="" if private else reading.text(author.get("login")),
        state=reading.text(told.get("state")) if place.number else _release(told),
        edited=reading.moment(edited),
        private=private,
    )


def _release(told: Mapping[str, Any]) -> str:
    if told.get("draft") is True:
        return "a draft"
    return "a pre-release" if told.get("prerelease") is True else ""
