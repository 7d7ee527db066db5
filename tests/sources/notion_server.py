"""Notion's API as its documentation has it: strict about headers, and about what an id is."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.sources.answering import Answer, Asked

SECRET = "ntn_1SECRET"
VERSIONS = {"2022-02-22", "2022-06-28", "2025-09-03"}
Value = dict[str, Any]
_PATH = re.compile(r"/v1/(?P<kind>pages|databases|users)/(?P<id>[^/]+)")
_ID = re.compile(r"[0-9a-f]{32}")


def error(status: int, code: str, message: str = "") -> Answer:
    return Answer(status, {"object": "error", "status": status, "code": code, "message": message})


@dataclass
class Space:
    """Pages, databases and people by their ids, without dashes.

    `names`: people may be asked for.
    """

    pages: dict[str, Value] = field(default_factory=dict)
    databases: dict[str, Value] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    names: bool = True

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {SECRET}":
            return error(401, "unauthorized", "API token is invalid.")
        if asked.headers.get("notion-version") not in VERSIONS:
            return error(400, "missing_version")
        if asked.path == "/v1/users/me":
            return Answer(200, {"object": "user", "type": "bot", "name": "Charter"})
        found = _PATH.fullmatch(asked.path)
        if asked.method != "GET" or found is None:
            return error(400, "invalid_request_url")
        id = found["id"].replace("-", "")
        if not _ID.fullmatch(id):
            return error(400, "validation_error", "path.id should be a valid uuid")
        if found["kind"] == "users":
            return self._user(id)
        held = self.pages if found["kind"] == "pages" else self.databases
        if id in held:
            return Answer(200, held[id])
        if id in self.databases:
            return error(400, "validation_error", "is a database, not a page")
        return error(404, "object_not_found")

    def _user(self, id: str) -> Answer:
        if not self.names:
            return error(403, "restricted_resource")
        if id not in self.users:
            return error(404, "object_not_found")
        return Answer(200, {"object": "user", "id": id, "name": self.users[id], "type": "person"})


def page(id: str, title: str, by: str, **more: Any) -> Value:
    """A page as Notion has it, with these of its fields otherwise."""
    half = len(title) // 2
    texts = [{"type": "text", "plain_text": part} for part in (title[:half], title[half:])]
    return {
        "object": "page",
        "id": id,
        "created_time": "2026-03-01T09:00:00.000Z",
        "last_edited_time": "2026-03-04T10:30:00.000Z",
        "created_by": {"object": "user", "id": by},
        "last_edited_by": {"object": "user", "id": by},
        "archived": False,
        "in_trash": False,
        "properties": {
            "Due": {"id": "x", "type": "date", "date": None},
            "Name": {"id": "title", "type": "title", "title": texts},
        },
        "url": f"https://www.notion.so/{id}",
    } | more
