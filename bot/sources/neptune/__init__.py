"""Neptune, whose hosted service closed on 5 March 2026: links to it lead to what was exported.

Nothing here asks anybody. What was imported is in the record; a copy may lie in another tracker.
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from urllib.parse import parse_qs, quote, unquote

from bot.sources.base import (
    NOTHING,
    Changes,
    Kind,
    Needs,
    Ref,
    Run,
    Seen,
    Stream,
    Trouble,
    Why,
)
from bot.sources.links import Rest, Server
from bot.sources.making import Logins, Maker

NAME: Final = "neptune"
CLOSED = "Hosted Neptune closed on 5 March 2026; this link leads nowhere."
SITES = tuple(Server("https", host, 443, "") for host in ("app.neptune.ai", "scale.neptune.ai"))
NEEDS = Needs("Neptune", "", "", "")
NAMES = ("sys/id", "sys/custom_run_id", "sys/name")
"""What else than its own id a link may call a run, among its tags."""

_PLACE = r"/(?:o/(?P<owner>[\w.-]{1,200})/org|(?P<space>[\w.-]{1,200}))/(?P<project>[\w.-]{1,200})"
_BY_ID = re.compile(rf"{_PLACE}/e/(?P<id>[A-Za-z0-9_-]{{1,200}})(?:/.*)?", re.ASCII)
_BY_NAME = re.compile(rf"{_PLACE}(?:/-/run/?|/runs/details/?)", re.ASCII)
_PROJECT = re.compile(
    rf"{_PLACE}(?:/(?:runs|experiments|models|dashboards)(?:/[^?#]*)?)?/?", re.ASCII
)
_ASKED = ("customId", "runIdentificationKey", "shortId")


class Neptune:
    """Links to the service that is gone."""

    name = NAME
    address = ""
    needs = NEEDS
    closed = CLOSED

    def recognises(self, url: str) -> Ref | None:
        """The run of a link, by what it is called there: `workspace/project/name`."""
        found = (run_of(rest) for rest in (site.rest(url) for site in SITES) if rest)
        run = next(filter(None, found), None)
        return ref_of(*run) if run else None

    def stream(self, url: str) -> Stream | None:
        """A project of Neptune's. Nothing appears there any more: who follows it says where what is
        imported of it belongs.
        """
        found = (_PROJECT.fullmatch(rest.path) for rest in (s.rest(url) for s in SITES) if rest)
        project = next(filter(None, found), None)
        if project is None:
            return None
        key = f"{project['owner'] or project['space']}/{project['project']}"
        return stream_of(key)

    def fetch(
        self, refs: Collection[Ref], known: Mapping[Ref, Seen] = NOTHING
    ) -> Mapping[Ref, Seen]:
        return {ref: Trouble(Why.NOT_FOUND, detail=CLOSED) for ref in refs}

    def changed(self, stream: Stream, since: datetime) -> Changes:
        return Changes({}, since)

    def answers(self) -> str | Trouble:
        return Trouble(Why.NOT_FOUND, detail=CLOSED)

    def names_in(self, ref: Ref) -> tuple[str, str]:
        project, _, run = ref.key.rpartition("/")
        return project, unquote(run)

    def is_called(self, run: Run, name: str) -> bool:
        """By any of its names."""
        own = self.names_in(run.ref)[1]
        return name == own or name in (run.tags.get(key) for key in NAMES)

    def close(self) -> None:
        """There is no connection."""


def run_of(rest: Rest) -> tuple[str, str] | None:
    """The project (`workspace/name`) and the run that a link names, in any of Neptune's ways."""
    found = _BY_ID.fullmatch(rest.path) or _BY_NAME.fullmatch(rest.path)
    if found is None:
        return None
    names = found.groupdict()
    if "id" in names:
        run = names["id"]
    else:
        asked = parse_qs(rest.query)
        run = next((asked[key][0] for key in _ASKED if key in asked), "")
    odd = not run or len(run) > 400 or not run.isprintable()
    return None if odd else (f"{names['owner'] or names['space']}/{names['project']}", run)


def ref_of(project: str, run: str) -> Ref:
    """A run of a project by one of its names. The address is one that once led to it."""
    id = quote(run, safe="")
    url = f"{SITES[1].url}/{project}/-/run/?customId={id}"
    return Ref(NAME, Kind.RUN, f"{project}/{id}", url)


def stream_of(project: str) -> Stream:
    """A project (`workspace/name`), as it is followed."""
    return Stream(NAME, Kind.RUN, project, f"{SITES[0].url}/{project}")


MAKER = Maker(NAME, NEEDS, logins=Logins("Neptune"), archive=Neptune())
