"""Pull requests by GraphQL: one question for many, each under a name of its own."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.sources import reading
from bot.sources.base import Checks, PullRequest, PullState, Ref, Seen, Trouble, Why
from bot.sources.github import verdicts
from bot.sources.github.address import Address
from bot.sources.marks import LONGEST_BODY, marks
from bot.sources.replies import BREAKS, Failed
from bot.sources.web import TOO_LARGE, Visit

AT_ONCE = 50
"""Pull requests of one question; GitHub reckons about three points of its 5,000 an hour for it."""

_CARD = """
fragment Reviewer on RequestedReviewer {
  ... on User { login databaseId }
  ... on Bot { login }
  ... on Mannequin { login }
  ... on Team { combinedSlug }
}
fragment Card on Repository {
  nameWithOwner
  isPrivate
}
fragment Pull on PullRequest {
  number title body state isDraft isCrossRepository mergeable
  createdAt updatedAt mergedAt closedAt
  author { __typename login ... on User { databaseId } }
  mergedBy { login ... on User { databaseId } }
  mergeCommit { oid }
  labels(first: 50) { nodes { name } }
  files(first: 100) { nodes { path } }
  baseRefName headRefName headRefOid
  reviewDecision
  reviewRequests(first: 100) { nodes { requestedReviewer { ...Reviewer } } }
  timelineItems(last: 50, itemTypes: [REVIEW_REQUESTED_EVENT]) {
    nodes {
      ... on ReviewRequestedEvent {
        createdAt
        actor { login }
        requestedReviewer { ...Reviewer }
      }
    }
  }
  latestOpinionatedReviews(first: 50) {
    nodes { state submittedAt author { login ... on User { databaseId } } }
  }
  commits(last: 1) {
    nodes {
      commit {
        statusCheckRollup {
          state
          contexts(first: 50) {
            nodes {
              ... on CheckRun { name status conclusion }
              ... on StatusContext { context state }
            }
          }
        }
      }
    }
  }
}
"""
_STATES = {"MERGED": PullState.MERGED, "CLOSED": PullState.CLOSED}
_MERGEABLE = {"MERGEABLE": True, "CONFLICTING": False}
_WHYS = {"NOT_FOUND": Why.NOT_FOUND, "FORBIDDEN": Why.FORBIDDEN}


_REASONS = ("type", "locations", "extensions", "path", "fields")
"""What an error names that is about the question; one about GitHub itself has a message alone."""


class NoGraphQL(Exception):
    """This server does not answer our question: REST has to do."""


class BrokeOff(Failed):
    """GitHub did not get to the end of our question, as happens to large ones."""

    def __init__(self) -> None:
        super().__init__(Trouble(Why.AWAY, detail=BREAKS))


def question(count: int) -> str:
    """The question for so many pull requests."""
    variables = ", ".join(f"$o{n}: String!, $r{n}: String!, $n{n}: Int!" for n in range(count))
    asked = "\n".join(
        f"  p{n}: repository(owner: $o{n}, name: $r{n}) {{ ...Card "
        f"pullRequest(number: $n{n}) {{ ...Pull }} }}"
        for n in range(count)
    )
    return f"query PullRequests({variables}) {{\n{asked}\n}}\n{_CARD}"


Wanted = Sequence[tuple[Ref, Address]]


def looked(visit: Visit, path: str, wanted: Wanted) -> dict[Ref, Seen]:
    """Look at up to `AT_ONCE` of them; where that is too much for GitHub, in halves. Raises
    `NoGraphQL`.
    """
    try:
        return seen(visit, path, wanted)
    except Failed as failed:
        told = _all(wanted, failed)
        return told | _in_halves(visit, path, wanted) if _is_too_much(failed) else told


def _in_halves(visit: Visit, path: str, wanted: Wanted) -> dict[Ref, Seen]:
    """Where one half is told, what is too much lies in the other, and is looked for there; where
    none is, something is wrong with GitHub.
    """
    if len(wanted) == 1:
        return {}
    told: dict[Ref, Seen] = {}
    broken: list[tuple[Wanted, Failed]] = []
    middle = len(wanted) // 2
    for half in (wanted[:middle], wanted[middle:]):
        try:
            told |= seen(visit, path, half)
        except Failed as failed:
            told |= _all(half, failed)
            broken.append((half, failed))
    if len(broken) == 2:
        visit.broke_off()
    elif broken and isinstance(broken[0][1], BrokeOff):
        told |= _in_halves(visit, path, broken[0][0])
    return told


def _is_too_much(failed: Failed) -> bool:
    return failed.trouble.detail in (BREAKS, TOO_LARGE)


def _all(wanted: Wanted, failed: Failed) -> dict[Ref, Seen]:
    return dict.fromkeys((ref for ref, _ in wanted), failed.trouble)


def seen(visit: Visit, path: str, wanted: Wanted) -> dict[Ref, Seen]:
    """Look at up to `AT_ONCE` of them. Raises `Failed`, and `NoGraphQL`."""
    variables: dict[str, Any] = {}
    for n, (_, address) in enumerate(wanted):
        variables |= {f"o{n}": address.owner, f"r{n}": address.name, f"n{n}": address.number}
    body = {"query": question(len(wanted)), "variables": variables}
    reply = visit.post(path, body, expect=frozenset({404}))
    if reply.status == 404:
        raise NoGraphQL
    told = reading.mapping(reply.json())
    errors = list(reading.objects(told.get("errors")))
    if any(error.get("type") == "RATE_LIMITED" for error in errors):
        raise visit.limited(reply)
    data = reading.mapping(told, "data")
    names = [f"p{n}" for n in range(len(wanted))]
    if not data and not any(_place(error) in names for error in errors):
        about_us = not errors or any(error.get(name) for error in errors for name in _REASONS)
        raise NoGraphQL if about_us else BrokeOff
    whole = [error for error in errors if _place(error) not in names]
    cards: dict[Ref, Seen] = {}
    for name, (ref, _) in zip(names, wanted, strict=True):
        mine = [error for error in errors if _place(error) == name]
        cards[ref] = _card(ref, reading.mapping(data, name), mine or whole)
    return cards


def _place(error: Mapping[str, Any]) -> str:
    """Under which name of the question an error happened."""
    path = error.get("path")
    return path[0] if isinstance(path, list) and path and isinstance(path[0], str) else ""


def _card(
    ref: Ref, repository: Mapping[str, Any], errors: Sequence[Mapping[str, Any]]
) -> PullRequest | Trouble:
    pull = reading.mapping(repository, "pullRequest")
    if not pull:
        return _trouble(errors)
    number = reading.whole(pull.get("number"))
    if number is None or not reading.text(pull.get("headRefOid")):
        return Trouble(Why.GARBAGE)
    opinions = dict(_opinions(pull))
    requested = tuple(_requested(pull))
    asked = {who: (at, by) for who, at, by in _asked(pull) if who in requested}
    rollup = _rollup(pull)
    checks = [*_checks(rollup)]
    merge = reading.text(reading.mapping(pull, "mergeCommit").get("oid"))
    return PullRequest(
        ref=ref,
        repo=reading.text(repository.get("nameWithOwner")),
        number=number,
        title=reading.text(pull.get("title")),
        author=reading.text(reading.mapping(pull, "author").get("login")) or "ghost",
        state=_state(pull),
        review=verdicts.reviewed(
            opinions, bool(requested), reading.text(pull.get("reviewDecision"))
        ),
        requested=requested,
        approvals=verdicts.approvals(opinions),
        checks=_together(rollup, errors),
        failing=verdicts.failing(checks),
        head=reading.text(pull.get("headRefOid")),
        base=reading.text(pull.get("baseRefName")),
        branch=reading.text(pull.get("headRefName")),
        private=repository.get("isPrivate") is not False,
        opened=reading.moment(pull.get("createdAt")),
        updated=reading.moment(pull.get("updatedAt")),
        merged=reading.moment(pull.get("mergedAt")),
        merged_by=reading.text(reading.mapping(pull, "mergedBy").get("login")),
        closed=reading.moment(pull.get("closedAt")),
        is_bot=reading.mapping(pull, "author").get("__typename") == "Bot",
        is_fork=pull.get("isCrossRepository") is True,
        labels=_named(pull, "labels", "name"),
        marks=marks(reading.text(pull.get("body"), LONGEST_BODY)),
        paths=_named(pull, "files", "path"),
        opinions=opinions,
        opined=dict(_opined(pull)),
        commits=(merge,) if merge else (),
        mergeable=_MERGEABLE.get(reading.text(pull.get("mergeable"))),
        asked={who: at for who, (at, _) in asked.items()},
        asked_by={who: by for who, (_, by) in asked.items() if by},
        accounts=dict(_accounts(pull)),
    )


def _accounts(pull: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The people of whom GitHub tells the number; programs have none here."""
    people = [reading.mapping(pull, "author"), reading.mapping(pull, "mergedBy")]
    people += [reading.mapping(one, "requestedReviewer") for one in _nodes(pull, "reviewRequests")]
    people += [reading.mapping(one, "author") for one in _nodes(pull, "latestOpinionatedReviews")]
    for one in people:
        login, number = reading.text(one.get("login")), reading.whole(one.get("databaseId"))
        if login and number is not None:
            yield login, number


def _trouble(errors: Sequence[Mapping[str, Any]]) -> Trouble:
    """Why there is no card; a part that is simply null is one that is not there."""
    if not errors:
        return Trouble(Why.NOT_FOUND)
    kind = next((error["type"] for error in errors if error.get("type") in _WHYS), None)
    if kind is None:
        return Trouble(Why.AWAY)
    if any("SAML" in reading.text(error.get("message")) for error in errors):
        detail = "The organisation wants the token to be authorised for its single sign-on."
        return Trouble(_WHYS[kind], detail=detail)
    return Trouble(_WHYS[kind])


def _state(pull: Mapping[str, Any]) -> PullState:
    found = _STATES.get(reading.text(pull.get("state")))
    return found or (PullState.DRAFT if pull.get("isDraft") is True else PullState.OPEN)


def _nodes(value: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    yield from reading.objects(reading.mapping(value, name).get("nodes"))


def _named(pull: Mapping[str, Any], what: str, name: str) -> tuple[str, ...]:
    found = (reading.text(node.get(name)) for node in _nodes(pull, what))
    return tuple(filter(None, found))


def _opinions(pull: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for review in _nodes(pull, "latestOpinionatedReviews"):
        state = reading.text(review.get("state")).lower()
        if state in verdicts.OPINIONS:
            yield reading.text(reading.mapping(review, "author").get("login")), state


def _opined(pull: Mapping[str, Any]) -> Iterator[tuple[str, datetime]]:
    for review in _nodes(pull, "latestOpinionatedReviews"):
        at = reading.moment(review.get("submittedAt"))
        if at is not None and reading.text(review.get("state")).lower() in verdicts.OPINIONS:
            yield reading.text(reading.mapping(review, "author").get("login")), at


def _requested(pull: Mapping[str, Any]) -> Iterator[str]:
    for request in _nodes(pull, "reviewRequests"):
        if name := _reviewer(request):
            yield name


def _reviewer(request: Mapping[str, Any]) -> str:
    reviewer = reading.mapping(request, "requestedReviewer")
    return reading.text(reviewer.get("login") or reviewer.get("combinedSlug"))


def _asked(pull: Mapping[str, Any]) -> Iterator[tuple[str, datetime, str]]:
    """Who was asked for a review, when and by whom; the earliest first."""
    for event in _nodes(pull, "timelineItems"):
        at, who = reading.moment(event.get("createdAt")), _reviewer(event)
        if at is not None and who:
            yield who, at, reading.text(reading.mapping(event, "actor").get("login"))


def _rollup(pull: Mapping[str, Any]) -> Mapping[str, Any]:
    commit = next(_nodes(pull, "commits"), {})
    return reading.mapping(commit, "commit", "statusCheckRollup")


def _together(rollup: Mapping[str, Any], errors: Sequence[Mapping[str, Any]]) -> Checks:
    """The sum of all checks; null where there are none, and with an error where they are hidden."""
    if whole := reading.text(rollup.get("state")):
        return verdicts.of_status(whole)
    return Checks.HIDDEN if any(map(_is_about_checks, errors)) else Checks.NONE


def _is_about_checks(error: Mapping[str, Any]) -> bool:
    path = error.get("path")
    return isinstance(path, list) and "commits" in path


def _checks(rollup: Mapping[str, Any]) -> Iterator[tuple[str, Checks]]:
    for check in _nodes(rollup, "contexts"):
        if "context" in check:
            said = verdicts.of_status(reading.text(check.get("state")))
            yield reading.text(check["context"]), said
        else:
            said = verdicts.of_run(
                reading.text(check.get("status")), reading.text(check.get("conclusion"))
            )
            yield reading.text(check.get("name")), said
