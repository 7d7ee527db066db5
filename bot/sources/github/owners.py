"""Who owns what in a repository: its CODEOWNERS, who may write there, and who is in which team.

Read by REST, all of it with a tag, so that what stays the same costs nothing. The file alone is
needed; of the rest it is said which permission it takes where GitHub does not tell.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from bot import codeowners
from bot.sources import reading
from bot.sources.base import Trouble, Why
from bot.sources.github.hooks import REPOSITORY
from bot.sources.owning import Fault, Ownership
from bot.sources.replies import Failed
from bot.sources.web import Visit

PAGE = 100
PAGES = 10
"""Pages of people who may write that are read, and of people in a team."""
MOST_TEAMS = 10
LARGEST_TOLD = 1024 * 1024
"""Bytes of a file that GitHub sends where it lies; a larger one it gives by its number alone."""
CONTENTS = "Contents"
MEMBERS = "Members"
METADATA = "Metadata"
_HIDDEN = frozenset({403, 404})
UNKNOWN = "Unknown owner"
"""GitHub's word for an owner of whom it knows none who may write there."""


def ownership(visit: Visit, api: str, repo: str) -> Ownership:
    """Look at a repository. Raises `Failed`, where it lacks a permission with which one."""
    told = _told(visit, f"{api}/repos/{repo}", METADATA)
    branch = reading.text(told.get("default_branch"))
    known = Ownership(
        repo=reading.text(told.get("full_name")) or repo,
        branch=branch,
        private=told.get("private") is not False,
    )
    if not branch or not REPOSITORY.fullmatch(known.repo):
        raise Failed(Trouble(Why.GARBAGE))
    base = f"{api}/repos/{known.repo.lower()}"  # of one that was renamed the rest lies there
    found = _file(visit, base)
    if found is None:
        return known
    path, size, text = found
    lacks: list[str] = []
    faults = tuple(_faults(visit, base))
    refused = frozenset(one.word.lower() for one in faults if one.kind == UNKNOWN and one.word)
    writers = _writers(visit, base, lacks)
    teams = [one for one in _teams(text) if one not in refused][:MOST_TEAMS]
    return replace(
        known,
        path=path,
        text=text,
        size=size,
        faults=faults,
        refused=refused,
        writers=writers,
        teams={team: members for team in teams if (members := _members(visit, api, team, lacks))},
        lacks=tuple(dict.fromkeys(lacks)),
    )


def _told(visit: Visit, path: str, permission: str) -> Mapping[str, Any]:
    """What lies there. Where it is refused, it is said which permission it takes."""
    try:
        return reading.mapping(visit.get(path).json())
    except Failed as failed:
        if failed.trouble.why is Why.FORBIDDEN and not failed.trouble.detail:
            detail = f"It takes the repository permission {permission}, to read."
            raise Failed(Trouble(Why.FORBIDDEN, detail=detail)) from None
        raise


def _file(visit: Visit, base: str) -> tuple[str, int, str] | None:
    """The first of the places where GitHub looks: the path, how large it is, and what it says."""
    for path in codeowners.PLACES:
        try:
            told = _told(visit, f"{base}/contents/{path}", CONTENTS)
        except Failed as failed:
            if failed.trouble.why is Why.NOT_FOUND:
                continue
            raise
        size, sha = reading.whole(told.get("size")), reading.text(told.get("sha"))
        if told.get("type") != "file" or size is None:
            continue
        if size > codeowners.LARGEST:
            return path, size, ""
        if size > LARGEST_TOLD:
            told = _told(visit, f"{base}/git/blobs/{quote(sha, safe='')}", CONTENTS)
        return path, size, _decoded(told)
    return None


def _decoded(told: Mapping[str, Any]) -> str:
    content = told.get("content")
    if told.get("encoding") != "base64" or not isinstance(content, str):
        raise Failed(Trouble(Why.GARBAGE))
    try:
        return base64.b64decode(content).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        raise Failed(Trouble(Why.GARBAGE)) from None


def _faults(visit: Visit, base: str) -> Iterator[Fault]:
    """What GitHub finds fault with; an older server does not tell."""
    reply = visit.get(f"{base}/codeowners/errors", expect=_HIDDEN)
    told = {} if reply.status in _HIDDEN else reading.mapping(reply.json())
    for one in reading.objects(told.get("errors")):
        line, column = reading.whole(one.get("line")), reading.whole(one.get("column"))
        kind, source = reading.text(one.get("kind"), 60), reading.text(one.get("source"), 2000)
        if line is not None and kind:
            words = source[max((column or 1) - 1, 0) :].split()
            yield Fault(line, kind, words[0][:100] if words else "")


def _writers(visit: Visit, base: str, lacks: list[str]) -> frozenset[str] | None:
    """Who may write, by themselves or by a team; None where it is not told of all."""
    found: set[str] = set()
    for page in range(1, PAGES + 1):
        reply = visit.get(f"{base}/collaborators", expect=_HIDDEN, per_page=PAGE, page=page)
        if reply.status in _HIDDEN:
            lacks += [METADATA, MEMBERS]
            return None
        listed = list(reading.objects(reply.json()))
        found |= {
            f"@{reading.text(one.get('login')).lower()}"
            for one in listed
            if reading.mapping(one, "permissions").get("push") is True
        }
        if len(listed) < PAGE:
            return frozenset(found)
    return None


def _teams(text: str) -> list[str]:
    """The teams that a file names."""
    owners = (owner for entry in codeowners.read(text).entries for owner in entry.owners)
    return [*dict.fromkeys(one.lower() for one in owners if one[0] == "@" and "/" in one)]


def _members(visit: Visit, api: str, team: str, lacks: list[str]) -> frozenset[str]:
    """Who is in a team and in all below it; nobody where that is not told of all."""
    organisation, _, slug = team.removeprefix("@").partition("/")
    path = f"{api}/orgs/{organisation}/teams/{quote(slug, safe='')}/members"
    found: set[str] = set()
    for page in range(1, PAGES + 1):
        reply = visit.get(path, expect=_HIDDEN, per_page=PAGE, page=page)
        if reply.status in _HIDDEN:
            lacks.append(MEMBERS)
            return frozenset()
        listed = list(reading.objects(reply.json()))
        found |= {f"@{reading.text(one.get('login')).lower()}" for one in listed}
        if len(listed) < PAGE:
            return frozenset(found)
    return frozenset()
