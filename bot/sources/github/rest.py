"""Pull requests by REST: four small questions each, most of them answered by "as before"."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.sources import reading
from bot.sources.base import Checks, PullRequest, PullState, Ref, Trouble, Why
from bot.sources.github import verdicts
from bot.sources.github.address import Address
from bot.sources.marks import LONGEST_BODY, marks
from bot.sources.web import Visit

PAGE = 100
PAGES = 5
"""Pages of reviews that are read. They come oldest first, and each person's last one counts."""

_HIDDEN = frozenset({403, 404})
"""Checks that the token may not see."""
_GONE = 422
"""Checks of a commit that is gone."""
_REFUSED = 403
"""Statuses that the token may not see; 404 is said by servers that know checks alone."""


def seen(visit: Visit, api: str, ref: Ref, address: Address) -> PullRequest | Trouble:
    """Look at one pull request; `api` is the path of the REST API. Raises `Failed`."""
    repo = f"{api}/repos/{address.repo}"
    pull = reading.mapping(visit.get(f"{repo}/pulls/{address.number}").json())
    number, head = reading.whole(pull.get("number")), reading.mapping(pull, "head")
    commit = reading.text(head.get("sha"))
    if number is None or not commit.isalnum():
        return Trouble(Why.GARBAGE)
    reviews = [*_reviews(visit, f"{repo}/pulls/{address.number}/reviews")]
    opinions = dict(_opinions(reviews))
    requested = tuple(_requested(pull))
    checks = [*_runs(visit, repo, commit), *_statuses(visit, repo, commit)]
    base = reading.mapping(pull, "base")
    repository = reading.mapping(base, "repo")
    labels = filter(None, map(_label, reading.objects(pull.get("labels"))))
    merge, mergeable = reading.text(pull.get("merge_commit_sha")), pull.get("mergeable")
    return PullRequest(
        ref=ref,
        repo=reading.text(repository.get("full_name")) or address.repo,
        number=number,
        title=reading.text(pull.get("title")),
        author=reading.text(reading.mapping(pull, "user").get("login")) or "ghost",
        state=state_of(pull),
        review=verdicts.reviewed(opinions, bool(requested)),
        requested=requested,
        approvals=verdicts.approvals(opinions),
        checks=verdicts.together(says for _, says in checks),
        failing=verdicts.failing(checks),
        head=commit,
        base=reading.text(base.get("ref")),
        branch=reading.text(head.get("ref")),
        private=repository.get("private") is not False,
        opened=reading.moment(pull.get("created_at")),
        updated=reading.moment(pull.get("updated_at")),
        merged=reading.moment(pull.get("merged_at")),
        merged_by=reading.text(reading.mapping(pull, "merged_by").get("login")),
        closed=reading.moment(pull.get("closed_at")),
        is_bot=reading.mapping(pull, "user").get("type") == "Bot",
        is_fork=_is_fork(head, repository),
        labels=tuple(labels),
        marks=marks(reading.text(pull.get("body"), LONGEST_BODY)),
        opinions=opinions,
        opined=dict(_opined(reviews)),
        commits=(merge,) if merge and pull.get("merged_at") else (),
        mergeable=mergeable if isinstance(mergeable, bool) else None,
        accounts=dict(_accounts(pull, reviews)),
    )


def paths(visit: Visit, api: str, address: Address) -> tuple[str, ...]:
    """The first hundred files that it touches. Raises `Failed`."""
    path = f"{api}/repos/{address.repo}/pulls/{address.number}/files"
    listed = visit.get(path, per_page=PAGE).json()
    found = (reading.text(file.get("filename")) for file in reading.objects(listed))
    return tuple(filter(None, found))


def _is_fork(head: Mapping[str, Any], base: Mapping[str, Any]) -> bool:
    """A fork that is gone is none of the repository's own branches, either."""
    theirs = reading.text(reading.mapping(head, "repo").get("full_name"))
    ours = reading.text(base.get("full_name"))
    return bool(ours) and theirs.lower() != ours.lower()


def _label(label: Mapping[str, Any]) -> str:
    return reading.text(label.get("name"))


def state_of(pull: Mapping[str, Any]) -> PullState:
    """Where it stands, as lists and single pull requests say it."""
    if pull.get("merged_at"):
        return PullState.MERGED
    if pull.get("state") == "closed":
        return PullState.CLOSED
    return PullState.DRAFT if pull.get("draft") is True else PullState.OPEN


def _requested(pull: Mapping[str, Any]) -> Iterator[str]:
    for person in reading.objects(pull.get("requested_reviewers")):
        if name := reading.text(person.get("login")):
            yield name
    owner = reading.text(reading.mapping(pull, "base", "repo", "owner").get("login"))
    for team in reading.objects(pull.get("requested_teams")):
        if name := reading.text(team.get("slug")):
            yield f"{owner}/{name}"


def _reviews(visit: Visit, path: str) -> Iterator[Mapping[str, Any]]:
    """Oldest first."""
    for page in range(1, PAGES + 1):
        reviews = visit.get(path, per_page=PAGE, page=page).json()
        yield from reading.objects(reviews)
        if not isinstance(reviews, list) or len(reviews) < PAGE:
            return


def _opinions(reviews: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Reviewers and their opinions."""
    for review in reviews:
        state = reading.text(review.get("state")).lower()
        if state in verdicts.OPINIONS:
            yield reading.text(reading.mapping(review, "user").get("login")), state


def _opined(reviews: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, datetime]]:
    """When they said so."""
    for review in reviews:
        at = reading.moment(review.get("submitted_at"))
        if at is not None and reading.text(review.get("state")).lower() in verdicts.OPINIONS:
            yield reading.text(reading.mapping(review, "user").get("login")), at


def _accounts(
    pull: Mapping[str, Any], reviews: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[str, int]]:
    """The people by their numbers; programs are left out."""
    people = [reading.mapping(pull, "user"), reading.mapping(pull, "merged_by")]
    people += reading.objects(pull.get("requested_reviewers"))
    people += [reading.mapping(review, "user") for review in reviews]
    for one in people:
        login, number = reading.text(one.get("login")), reading.whole(one.get("id"))
        if login and number is not None and one.get("type") != "Bot":
            yield login, number


def _runs(visit: Visit, repo: str, commit: str) -> Iterator[tuple[str, Checks]]:
    path = f"{repo}/commits/{commit}/check-runs"
    reply = visit.get(path, expect=_HIDDEN | {_GONE}, per_page=PAGE)
    if reply.status in _HIDDEN:
        yield "", Checks.HIDDEN
    elif reply.status != _GONE:
        for run in reading.objects(reading.mapping(reply.json()).get("check_runs")):
            says = verdicts.of_run(
                reading.text(run.get("status")), reading.text(run.get("conclusion"))
            )
            yield reading.text(run.get("name")), says


def _statuses(visit: Visit, repo: str, commit: str) -> Iterator[tuple[str, Checks]]:
    """The newest status of each context; the sum that comes with them says "pending" for none."""
    path = f"{repo}/commits/{commit}/status"
    reply = visit.get(path, expect=_HIDDEN | {_GONE}, per_page=PAGE)
    if reply.status == _REFUSED:
        yield "", Checks.HIDDEN
    elif reply.status not in _HIDDEN | {_GONE}:
        for status in reading.objects(reading.mapping(reply.json()).get("statuses")):
            says = verdicts.of_status(reading.text(status.get("state")))
            yield reading.text(status.get("context")), says
