"""A GitHub that knows about owners: strict, over HTTP, in the shapes of its REST API."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from tests.sources.answering import Answer, Asked

HIDDEN = {"message": "Resource not accessible by integration", "status": "403"}
NOWHERE = {"message": "Not Found", "status": "404"}
ONWARDS = 301


@dataclass
class CodeHost:
    """One repository, `acme/churn`, with files, collaborators and teams.

    `refuses` are ends of paths that the credentials may not read, `statuses` ends of paths that are
    answered with that status. Each answer has a tag; asked with it again, it is "as before". What
    it does not know it refuses to be asked.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    writers: list[str] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)
    teams: dict[str, list[str]] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    name: str = "Acme/churn"
    branch: str = "main"
    private: bool = True
    same: int = 0
    """How many answers were "as before"."""

    def __call__(self, asked: Asked) -> Answer:
        assert asked.method == "GET", "Charter reads, and never writes"
        assert asked.headers.get("x-github-api-version"), asked.path
        for end in self.refuses:
            if asked.path.endswith(end):
                return Answer(403, HIDDEN)
        body = self._told(asked)
        if isinstance(body, Answer):
            return body
        if body is None:
            return Answer(404, NOWHERE)
        tag = f'W/"{hashlib.sha256(json.dumps(body).encode()).hexdigest()}"'
        if asked.headers.get("if-none-match") == tag:
            self.same += 1
            return Answer(304, None, {"ETag": tag})
        return Answer(200, body, {"ETag": tag})

    def _told(self, asked: Asked) -> Any:
        path = asked.path
        match path.strip("/").split("/"):
            case ["repos", "acme", "old"]:
                return Answer(ONWARDS, {}, {"Location": "/repositories/7"})
            case ["repos", "acme", "churn", *rest] | ["repositories", "7", *rest]:
                return self._of_repository(rest, asked)
            case ["orgs", "acme", "teams", team, "members"]:
                return self._page(self.teams.get(team), asked, {})
            case ["repos", *_]:
                return None
        raise AssertionError(f"nobody may ask for {path}")

    def _of_repository(self, rest: list[str], asked: Asked) -> Any:
        match rest:
            case []:
                return {
                    "id": 7,
                    "full_name": self.name,
                    "private": self.private,
                    "default_branch": self.branch,
                }
            case ["contents", *at]:
                return self._content("/".join(at))
            case ["git", "blobs", sha]:
                [found] = [one for one in self.files.values() if _sha(one) == sha]
                return _blob(found)
            case ["codeowners", "errors"]:
                return {"errors": self.errors}
            case ["collaborators"]:
                return self._page(
                    [*self.writers, *self.readers],
                    asked,
                    {login: {"pull": True, "push": True} for login in self.writers},
                )
        raise AssertionError(f"nobody may ask for {asked.path}")

    def _content(self, path: str) -> Any:
        found = self.files.get(path)
        if found is None:
            return None
        about = {"type": "file", "path": path, "size": len(found), "sha": _sha(found)}
        if len(found) > 1024 * 1024:
            return {**about, "encoding": "none", "content": ""}
        return {**about, **_blob(found)}

    def _page(
        self, logins: list[str] | None, asked: Asked, permissions: dict[str, dict[str, bool]]
    ) -> Any:
        if logins is None:
            return None
        size, page = int(asked.query["per_page"][0]), int(asked.query["page"][0])
        return [
            {"login": login, "id": number}
            | ({"permissions": permissions[login]} if login in permissions else {})
            for number, login in enumerate(logins)
        ][(page - 1) * size : page * size]


def _sha(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _blob(content: bytes) -> dict[str, Any]:
    return {"encoding": "base64", "content": base64.encodebytes(content).decode()}
