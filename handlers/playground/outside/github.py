"""The recorded GitHub: pull requests by REST. Like many servers it answers no GraphQL."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from handlers.playground.outside.story import Answer, Asked, Json, Recording, Unknown, page

NOT_FOUND = {"message": "Not Found", "status": "404"}
API = "/api/v3"
_PULLS = re.compile(r"/repos/([\w.-]+/[\w.-]+)/pulls")
_PULL = re.compile(r"/repos/([\w.-]+/[\w.-]+)/pulls/(\d+)(?:/(reviews|files))?")
_COMMIT = re.compile(r"/repos/([\w.-]+/[\w.-]+)/commits/(\w+)/(check-runs|status)")
_PAGE = re.compile(r"/([\w.-]+/[\w.-]+)/pull/(\d+)")


@dataclass(slots=True)
class Standing:
    """A pull request as it stands now."""

    pull: Json
    pushes: int = 0
    reviews: list[Json] = field(default_factory=list)
    checks: dict[str, tuple[str, float]] = field(default_factory=dict)
    requested: list[str] = field(default_factory=list)
    updated: float = 0
    merged: float | None = None
    merged_by: Json | None = None
    is_draft: bool = False

    @property
    def head(self) -> str:
        named = f"{self.pull['repo']}#{self.pull['number']}/{self.pushes}"
        return hashlib.sha1(named.encode(), usedforsecurity=False).hexdigest()


class GitHub:
    """Answers for all recorded repositories."""

    def __init__(self, pulls: Sequence[Json], recording: Recording, site: str) -> None:
        self._pulls = {(pull["repo"], pull["number"]): pull for pull in pulls}
        self._recording = recording
        self._site = site

    def answer(self, asked: Asked) -> Answer:
        if asked.method != "GET":
            raise Unknown(NOT_FOUND)
        if not asked.path.startswith(API):
            return self._shown(asked.path)
        path = asked.path.removeprefix(API)
        if path == "/rate_limit":
            return {"resources": {"core": {"limit": 5000, "remaining": 5000, "used": 0}}}
        if match := _PULLS.fullmatch(path):
            return self._listed(match[1].lower(), int(asked.parameter("per_page", "30")))
        if match := _PULL.fullmatch(path):
            standing = self._standing(match[1], int(match[2]))
            return self._part(standing, match[3], asked) if match[3] else self._pull(standing)
        if match := _COMMIT.fullmatch(path):
            return self._commit(match[1].lower(), match[2], match[3])
        raise Unknown(NOT_FOUND)

    def _standing(self, repo: str, number: int) -> Standing:
        pull = self._pulls.get((repo.lower(), number))
        if pull is None or not self._recording.has_come(pull["opened"]):
            raise Unknown(NOT_FOUND)
        standing = Standing(pull, requested=list(pull["requested"]), updated=pull["opened"])
        standing.is_draft = pull.get("draft", False)
        for event in self._recording.so_far(pull["story"]):
            _happen(standing, event)
        return standing

    def _of(self, repo: str) -> list[Standing]:
        found = [
            self._standing(of, number)
            for (of, number), pull in self._pulls.items()
            if of == repo and self._recording.has_come(pull["opened"])
        ]
        if not found:
            raise Unknown(NOT_FOUND)
        return sorted(found, key=lambda standing: standing.updated, reverse=True)

    def _listed(self, repo: str, most: int) -> Answer:
        return [self._pull(standing) for standing in self._of(repo)[:most]]

    def _pull(self, standing: Standing) -> Json:
        pull, stamp = standing.pull, self._recording.stamp
        owner, _, name = pull["repo"].partition("/")
        return {
            "number": pull["number"],
            "html_url": f"{self._site}/{pull['repo']}/pull/{pull['number']}",
            "state": "open" if standing.merged is None else "closed",
            "draft": standing.is_draft,
            "title": pull["title"],
            "body": pull.get("body"),
            "labels": [],
            "user": {"login": pull["author"], "type": "User"},
            "requested_reviewers": [{"login": login} for login in standing.requested],
            "requested_teams": [],
            "created_at": stamp(pull["opened"]),
            "updated_at": stamp(standing.updated),
            "merged_at": stamp(standing.merged),
            "merged_by": standing.merged_by,
            "closed_at": stamp(standing.merged),
            "head": {"ref": pull["branch"], "sha": standing.head},
            "base": {
                "ref": "main",
                "repo": {
                    "name": name,
                    "full_name": pull["repo"],
                    "private": False,
                    "owner": {"login": owner},
                },
            },
        }

    def _part(self, standing: Standing, part: str, asked: Asked) -> Answer:
        if asked.parameter("page", "1") != "1":
            return []
        if part == "reviews":
            return standing.reviews
        return [{"filename": name, "status": "modified"} for name in standing.pull["files"]]

    def _commit(self, repo: str, sha: str, kind: str) -> Answer:
        standing = next((one for one in self._of(repo) if one.head == sha), None)
        if standing is None:
            raise Unknown(NOT_FOUND)
        if kind == "status":
            return {"state": "pending", "sha": sha, "statuses": [], "total_count": 0}
        runs = [_run(name, says) for name, (says, _) in standing.checks.items()]
        return {"total_count": len(runs), "check_runs": runs}

    def _shown(self, path: str) -> Answer:
        match = _PAGE.fullmatch(path)
        if match is None:
            raise Unknown(NOT_FOUND)
        standing = self._standing(match[1], int(match[2]))
        pull = standing.pull
        reviews = [f"{one['user']['login']}: {_words(one['state'])}" for one in standing.reviews]
        checks = [f"{name}: {_words(says)}" for name, (says, _) in standing.checks.items()]
        return page(
            f"{pull['title']} · {pull['repo']} #{pull['number']}",
            {
                "State": "open" if standing.merged is None else "merged",
                "Author": pull["author"],
                "Branch": f"{pull['branch']} into main",
                "Waits for": ", ".join(standing.requested) or "nobody",
                "Reviews": ", ".join(reviews) or "none",
                "Checks": ", ".join(checks) or "none",
                "Last change": f"{self._recording.at(standing.updated):%Y-%m-%d %H:%M} UTC",
            },
        )


def _happen(standing: Standing, event: Json) -> None:
    """One event of the story. As at GitHub, checks leave the date of the last change alone."""
    if "check" in event:
        standing.checks[event["check"]] = (event["says"], event["at"])
        return
    standing.updated = event["at"]
    if "review" in event:
        login = event["review"]
        standing.reviews.append({"user": {"login": login}, "state": event["says"]})
        standing.requested = [other for other in standing.requested if other != login]
    elif "push" in event:
        standing.pushes += 1
        standing.checks = {}
    elif "ready" in event:
        standing.is_draft = False
    elif "merged" in event:
        standing.merged = event["at"]
        standing.merged_by = {"login": event["merged"]}
    standing.requested += event.get("asks", [])


def _words(state: str) -> str:
    return state.lower().replace("_", " ")


def _run(name: str, says: str) -> Json:
    is_over = says not in ("queued", "in_progress")
    return {
        "name": name,
        "status": "completed" if is_over else says,
        "conclusion": says if is_over else None,
    }
