"""Issues and releases of a repository: what is read there, and not worked through."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from bot.sources import reading
from bot.sources.base import Page, Ref, Seen, Trouble, Why
from bot.sources.links import Rest, Server
from bot.sources.replies import Failed
from bot.sources.web import ENOUGH, Visit

MOST = 100
"""Pages that are read in one pass, a question each; the rest follows in the next."""
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


def read(
    to: Callable[[str], Visit], api: str, wanted: Sequence[tuple[Ref, Place]]
) -> dict[Ref, Seen]:
    """Look at these, by the visit that leads `to` an account; `api` is the path of the REST API."""
    reader = _Reader(to, api)
    told: dict[Ref, Seen] = dict.fromkeys((ref for ref, _ in wanted[MOST:]), ENOUGH)
    for ref, place in wanted[:MOST]:
        try:
            told[ref] = reader.seen(ref, place)
        except Failed as failed:
            told[ref] = failed.trouble
    return told


@dataclass(slots=True)
class _Reader:
    """Reads pages within one pass, and asks for each repository once."""

    to: Callable[[str], Visit]
    api: str
    _private: dict[str, bool | Failed] = field(default_factory=dict)

    def _is_private(self, place: Place) -> bool:
        """Raises `Failed`."""
        if place.repo not in self._private:
            try:
                told = self.to(place.owner).get(f"{self.api}/repos/{place.repo}").json()
                private = reading.mapping(told).get("private") is not False
                self._private[place.repo] = private
            except Failed as failed:
                self._private[place.repo] = failed
        known = self._private[place.repo]
        if isinstance(known, Failed):
            raise Failed(known.trouble)
        return known

    def seen(self, ref: Ref, place: Place) -> Page | Trouble:
        """Of a private repository only its number and where it stands. Raises `Failed`."""
        private = self._is_private(place)
        repo, tag = f"{self.api}/repos/{place.repo}", quote(place.tag, safe="")
        path = f"{repo}/issues/{place.number}" if place.number else f"{repo}/releases/tags/{tag}"
        told = reading.mapping(self.to(place.owner).get(path).json())
        return _page(ref, place, told, private=private)


def _page(ref: Ref, place: Place, told: Mapping[str, Any], *, private: bool) -> Page | Trouble:
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
