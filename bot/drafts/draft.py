"""The draft of an answer: what somebody may tick, of their work and of what they planned."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.drafts.deeds import of_record
from bot.drafts.links import of_pulls, of_reviewed, of_reviews, of_runs
from bot.drafts.work import Kind, Material, Reader, Work
from bot.project import Status
from bot.standups import Carried, Entry, SaidLine, done_at, next_at

READERS: tuple[Reader, ...] = (of_record, of_pulls, of_reviewed, of_runs)
"""All that tells of work that was done; a source more is a reader more."""

MOST = 30
"""What is offered to be ticked under one question; the rest is counted."""

_OFFERED_ANEW = tuple(f"{kind}/" for kind in (Kind.PULL, Kind.REVIEW, Kind.REVIEWED, Kind.RUN))


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be ticked under one question (counted from 0), and how much more there would be."""

    question: int
    work: tuple[Work, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What may be ticked as done since then (told in `zone`), and as coming next. `until` is the
    newest that it holds.
    """

    since: datetime
    until: datetime
    zone: str
    done: Offer | None = None
    coming: Offer | None = None

    @property
    def offers(self) -> tuple[Offer, ...]:
        return tuple(offer for offer in (self.done, self.coming) if offer is not None)


def draft(material: Material, entry: Entry, before: Entry | None) -> Draft:
    """The draft for `entry`; `before` is the last standup in which they said something.

    What was ticked in it before is among it in any case.
    """
    done, coming = done_at(entry.questions), next_at(entry.questions)
    told = {(line.evidence, line.text) for line in (before.said if before else ())}
    work = [one for read in READERS for one in read(material) if (one.key, one.text) not in told]
    planned = [] if before is None else list(_planned(before, material))
    closed = {one.item for one in work if one.kind is Kind.MOVE and _is_done(one, material)}
    open_plans = [one for one in planned if one.item is None or one.item not in closed]
    return Draft(
        material.span.since,
        material.span.until,
        material.span.zone,
        _offer(done, [*planned, *_newest(work)], entry, material.span.until),
        _offer(coming, [*open_plans, *_newest(of_reviews(material))], entry, material.span.until),
    )


def _newest(work: Iterable[Work]) -> list[Work]:
    return sorted(work, key=lambda one: (one.at, one.key), reverse=True)


def _planned(before: Entry, material: Material) -> Iterator[Work]:
    """What they said last time would come next; of what has an own source, that tells."""
    at = next_at(before.questions)
    moment = before.posted_at or material.span.since
    for number, line in enumerate(before.said):
        if line.question == at and not line.evidence.startswith(_OFFERED_ANEW):
            key = line.evidence or f"{Kind.PLAN}/{before.id}/{number}"
            yield Work(Kind.PLAN, key, line.text, moment, line.item, line.url)


def _is_done(work: Work, material: Material) -> bool:
    return any(
        item.id == work.item and item.status is Status.DONE for item in material.project.items
    )


def _offer(question: int | None, work: Sequence[Work], entry: Entry, at: datetime) -> Offer | None:
    if question is None:
        return None
    fresh = {one.key for one in work}
    ticked = [line for line in entry.said if line.question == question and is_work(line)]
    gone = [_ticked(line, at) for line in ticked if line.evidence not in fresh]
    every = [*gone, *work]
    kept = {line.evidence for line in ticked}
    free = [one.key for one in every if one.key not in kept][: max(0, MOST - len(kept))]
    shown = tuple(one for one in every if one.key in kept or one.key in free)
    return Offer(question, shown, len(every) - len(shown)) if shown else None


def _ticked(line: SaidLine, at: datetime) -> Work:
    """What was ticked and is not offered by anything any more, as it was told."""
    kind = _kind(line.evidence)
    assert kind is not None
    return Work(kind, line.evidence, line.text, at, line.item, line.url)


def _kind(key: str) -> Kind | None:
    """What kind of work a key is of; None for what is written, and for blockers."""
    return _KINDS.get(key.partition("/")[0])


_KINDS: Mapping[str, Kind] = {kind.value: kind for kind in Kind}


def ticks(entry: Entry) -> frozenset[tuple[int, str]]:
    """What is ticked, by question and key."""
    return frozenset((line.question, line.evidence) for line in entry.said if is_work(line))


def is_work(line: SaidLine) -> bool:
    """Whether a line is work that was ticked, and not written or about a blocker from before."""
    return _kind(line.evidence) is not None


def chosen(draft: Draft, keys: Collection[tuple[int, str]]) -> tuple[SaidLine, ...]:
    """The lines of what is ticked, by question and key; what is offered no more is none."""
    return tuple(
        SaidLine(offer.question, one.text, one.item, one.key, one.url)
        for offer in draft.offers
        for one in offer.work
        if (offer.question, one.key) in keys
    )


@dataclass(frozen=True, slots=True)
class Drafted:
    """All that is offered as somebody answers: their work, and the blockers from before."""

    draft: Draft
    carried: tuple[Carried, ...] = ()
