"""Work that linked pull requests and runs tell of, as they were last seen.

Of a pull request in a private repository only its number and state are offered where not all who
may read what was said may read more; its title stands beside it then, for its author alone.
"""

from collections.abc import Iterator
from datetime import datetime

from bot.digests import Linked, Window, standing
from bot.drafts.work import LATE, LONGEST, Kind, Material, Owned, Work
from bot.evidence import Standing, compared, comparison_words
from bot.sources.base import PullRequest, PullState, Review, Run, RunState
from bot.text import clip

_LIVE = frozenset({PullState.OPEN, PullState.DRAFT})
_REVIEWED = {
    Review.APPROVED: "approved",
    Review.CHANGES_REQUESTED: "changes requested",
    Review.REVIEW_REQUIRED: "waiting for a review",
    Review.NONE: "open",
}
_SAID = {"approved": "Approved", "changes_requested": "Asked for changes in"}
_TITLE = 90


def of_pulls(material: Material) -> Iterator[Work]:
    """The person's own pull requests that were merged, closed or opened, or that moved on."""
    for owned in material.evidence:
        linked, seen = owned.linked, owned.linked.sighting.seen
        if owned.author != material.person or not isinstance(seen, PullRequest):
            continue
        for verb, moment in _told(seen, linked):
            if moment is not None and _is_new(moment, linked, material):
                yield _pull(Kind.PULL, verb, seen, owned, material, moment)
                break


def of_reviews(material: Material) -> Iterator[Work]:
    """Pull requests that wait for the person's own review."""
    for owned in material.evidence:
        seen = owned.linked.sighting.seen
        if not isinstance(seen, PullRequest) or seen.state is not PullState.OPEN:
            continue
        if material.logins & {login.lower() for login in seen.requested}:
            moment = seen.updated or owned.linked.moved_at
            yield _pull(Kind.REVIEW, "Review", seen, owned, material, moment)


def of_reviewed(material: Material) -> Iterator[Work]:
    """Pull requests that the person has approved, or asked for changes in."""
    for owned in material.evidence:
        seen = owned.linked.sighting.seen
        if not isinstance(seen, PullRequest):
            continue
        for login, said in seen.opinions.items():
            at = seen.opined.get(login)
            is_theirs = login.lower() in material.logins and said in _SAID
            if is_theirs and at is not None and _is_new(at, owned.linked, material):
                yield _pull(Kind.REVIEWED, _SAID[said], seen, owned, material, at)


def _told(seen: PullRequest, linked: Linked) -> Iterator[tuple[str, datetime | None]]:
    """What can be said of one, the weightiest first, and when that came to be."""
    match seen.state:
        case PullState.MERGED:
            yield "Merged", seen.merged or linked.sighting.changed_at
        case PullState.CLOSED:
            yield "Closed", linked.sighting.changed_at
        case PullState.OPEN | PullState.DRAFT:
            yield "Opened", seen.opened
            yield "Went on with", seen.updated


def _pull(
    kind: Kind, verb: str, seen: PullRequest, owned: Owned, material: Material, at: datetime
) -> Work:
    title = clip(seen.title, _TITLE)
    is_open = material.reads_titles or not seen.private
    named = f"#{seen.number} {title}" if is_open else f"#{seen.number} in a private repository"
    state = "draft" if seen.state is PullState.DRAFT else _REVIEWED[seen.review]
    told = f" ({state})" if kind is Kind.PULL and seen.state in _LIVE else ""
    return Work(
        kind,
        f"{kind}/{owned.linked.id}",
        clip(f"{verb} {named}{told}", LONGEST),
        at,
        material.item_of(owned.item),
        owned.linked.sighting.ref.url if is_open else "",
        "" if is_open else title,
    )


def _is_new(moment: datetime, linked: Linked, material: Material) -> bool:
    """Whether it happened since the last standup, or just before and was only heard of since."""
    span = material.span
    is_late = span.since - LATE < moment <= span.since and span.holds(linked.moved_at)
    return is_late or span.holds(moment)


def of_runs(material: Material) -> Iterator[Work]:
    """The person's own runs that began or ended, each held against the scope."""
    best = _best(material)
    for owned in material.evidence:
        linked, seen = owned.linked, owned.linked.sighting.seen
        if owned.author != material.person or not isinstance(seen, Run) or seen.deleted:
            continue
        moment = seen.started if seen.state is RunState.RUNNING else seen.ended or seen.started
        if moment is None or not _is_new(moment, linked, material):
            continue
        name = clip(seen.name or seen.ref.key, _TITLE)
        record = " (the best so far)" if linked.id == best else ""
        yield Work(
            Kind.RUN,
            f"{Kind.RUN}/{linked.id}",
            clip(f"Run {name} {_STATES[seen.state]}{record}{_result(seen, material)}", LONGEST),
            moment,
            material.item_of(owned.item),
            linked.sighting.ref.url,
        )


_STATES = {
    RunState.RUNNING: "is running",
    RunState.FINISHED: "finished",
    RunState.FAILED: "failed",
    RunState.KILLED: "was stopped",
    RunState.SCHEDULED: "is scheduled",
}


def _best(material: Material) -> int | None:
    """The project's best finished run of all, as its digest tells it."""
    window = Window(material.span.since, material.span.until, material.span.zone)
    linked = [owned.linked for owned in material.evidence]
    found = standing.runs(material.project, linked, material.aim, material.highers, window)
    return found.aim.linked.id if found and found.aim else None


def _result(seen: Run, material: Material) -> str:
    """What a finished run has for the first metric of the scope that it logs."""
    metrics = material.project.scope.metrics
    if seen.state is not RunState.FINISHED or not metrics:
        return ""
    first = compared(seen, metrics)[0]
    return "" if first.standing is Standing.MISSING else f": {comparison_words(first)}"
