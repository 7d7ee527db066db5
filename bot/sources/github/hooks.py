"""What GitHub says by itself: a webhook tells that something moved, never what it is like now.

What it is about is looked at anew, because deliveries come in no order, late, twice or not at all.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sources import reading

SIGNATURE = re.compile(r"sha256=[0-9a-f]{64}", re.ASCII)
DELIVERY = re.compile(r"[0-9A-Za-z-]{1,64}", re.ASCII)
REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}/[A-Za-z0-9._-]{1,100}", re.ASCII)
COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?", re.ASCII)
MOST = 100
"""Pull requests and commits of one delivery that are looked at."""

_OF_COMMITS = frozenset({"check_run", "check_suite", "status", "workflow_run", "workflow_job"})
_OF_PULLS = frozenset(
    {
        "pull_request",
        "pull_request_review",
        "pull_request_review_comment",
        "pull_request_review_thread",
        "issue_comment",
        "issues",
        "merge_group",
        "push",
    }
)
_ELSEWHERE = frozenset({"renamed", "transferred", "deleted", "privatized", "publicized"})


@dataclass(frozen=True, slots=True)
class Touched:
    """What a delivery is about: pull requests of a repository by their numbers, and by the commits
    at their heads. `whole`: all that is linked there, because the repository itself has changed;
    `hidden`: it has become private. `was` is what it was called before.
    """

    repo: str
    numbers: frozenset[int] = frozenset()
    commits: frozenset[str] = frozenset()
    whole: bool = False
    hidden: bool = False
    was: str = ""


def is_signed(secret: str, body: bytes, signature: str) -> bool:
    """Whether GitHub signed these very bytes with the secret."""
    if not SIGNATURE.fullmatch(signature):
        return False
    made = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(made, signature)


def touched(event: str, payload: Any) -> Touched | None:
    """What a delivery is about; None where it is nothing that Charter follows."""
    told = reading.mapping(payload)
    repo = reading.text(reading.mapping(told, "repository").get("full_name"), 202)
    if not REPOSITORY.fullmatch(repo):
        return None
    repo = repo.lower()
    if event == "repository":
        action = told.get("action")
        hidden = action == "privatized"
        if action not in _ELSEWHERE:
            return None
        return Touched(repo, whole=True, hidden=hidden, was=_before(repo, told))
    if event in _OF_COMMITS:
        about = told if event == "status" else reading.mapping(told, event)
        numbers, commits = _pulls_of(about), _commits_of(about)
        return Touched(repo, numbers, commits) if numbers or commits else None
    if event in _OF_PULLS:
        numbers, commits = _numbers_of(told), _heads_of(event, told)
        return Touched(repo, numbers, commits) if numbers or commits else None
    return None


def _before(repo: str, told: Mapping[str, Any]) -> str:
    """What a repository that was renamed or given to another account was called; else empty."""
    owner, _, name = repo.partition("/")
    changes = reading.mapping(told, "changes")
    name = reading.text(reading.mapping(changes, "repository", "name").get("from")) or name
    giver = reading.mapping(changes, "owner", "from")
    for kind in ("user", "organization"):
        owner = reading.text(reading.mapping(giver, kind).get("login")) or owner
    was = f"{owner}/{name}".lower()
    return was if was != repo and REPOSITORY.fullmatch(was) else ""


def _numbers_of(told: Mapping[str, Any]) -> frozenset[int]:
    """The pull request that it is about; to GitHub a pull request is an issue as well."""
    pull, issue = reading.mapping(told, "pull_request"), reading.mapping(told, "issue")
    about = pull or (issue if issue.get("pull_request") else {})
    number = reading.whole(about.get("number"))
    return frozenset() if number is None else frozenset({number})


def _heads_of(event: str, told: Mapping[str, Any]) -> frozenset[str]:
    if event == "push":
        found = [told.get("before"), told.get("after")]
    else:
        found = [reading.mapping(told, "merge_group").get("head_sha")]
    return frozenset(filter(_is_commit, map(reading.text, found)))


def _commits_of(about: Mapping[str, Any]) -> frozenset[str]:
    """For a fork's branch GitHub names no pull request, only the commit."""
    found = (reading.text(about.get(name)) for name in ("head_sha", "sha"))
    return frozenset(filter(_is_commit, found))


def _pulls_of(about: Mapping[str, Any]) -> frozenset[int]:
    numbers = (
        reading.whole(pull.get("number")) for pull in reading.objects(about.get("pull_requests"))
    )
    return frozenset(sorted(number for number in numbers if number is not None)[:MOST])


def _is_commit(text: str) -> bool:
    """A commit, and not the row of zeros by which a branch begins or ends."""
    return bool(COMMIT.fullmatch(text)) and text.strip("0") != ""
