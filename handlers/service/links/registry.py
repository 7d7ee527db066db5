"""Registries of models are asked from time to time which version holds which alias or stage.

What is held otherwise than at the last look is told to whoever is accountable, once: it is written
down in the transaction that lets it be told. The first look at a registry tells nothing. A webhook
only brings the next look forward.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlmodel import Session

from bot import promotions as rules
from bot.following import Watermark
from bot.promotions import Promoted
from bot.sources.base import ModelVersion, Ref, Run
from bot.sources.mlflow.hooks import Touched
from bot.sources.mlflow.looking import NAME as MLFLOW
from bot.sources.models import Post, Rank, Registered
from handlers.service.cards import EVERY, REGISTRY
from handlers.service.facts import WorkspaceFacts
from handlers.service.links.attaching import Attaching
from handlers.service.links.looking import Looking
from handlers.service.links.promoting import Found, Promoter
from handlers.service.timers import Duty, Occurrence, Shift
from storage import deliveries, following, promotions, schedules

MODELS: Final = "#models"
"""What is followed of a registry: no repository and no experiment has this name."""
MOST_SAID: Final = 1_000
"""Deliveries of one look."""
SOON: Final = timedelta(seconds=2)
"""How long is waited for more about the same: a version is registered and gets its alias."""


@dataclass(frozen=True, slots=True)
class Told:
    """What registries told, asked `at` a moment, and when each had been looked at before."""

    at: datetime
    registries: Mapping[str, Registered]
    before: Mapping[str, Watermark | None]


class Registry(Looking):
    """Looks at what becomes of models. Thread-safe."""

    def said_by_mlflow(self, delivery: str, about: Touched) -> bool:
        """Take a delivery whose signature was right: a look follows. The same one again changes
        nothing; gives whether it came for the first time.
        """
        now = self._clock()
        with self._db.begin() as session:
            taken = deliveries.take(session, MLFLOW, delivery, asdict(about), now)
            schedules.bring_forward(session, taken, REGISTRY, now + SOON)
        return bool(taken)

    def duty(self) -> Duty:
        """What the clock brings about: the look outside of any transaction, the rest within."""
        return Duty(
            act=self._on_time,
            fetch=lambda occurrence: self.look(occurrence.workspace),
            comes=EVERY,
        )

    def _on_time(self, shift: Shift, _occurrence: Occurrence, told: Any) -> None:
        self.note(shift.session, shift.facts, shift.now, told)

    def sync(self, workspace: int, source: str | None = None) -> None:
        """One look, now."""
        told = self.look(workspace, source)
        if told.registries:
            with self._noting(workspace) as (session, facts, now):
                self.note(session, facts, now, told)

    def look(self, workspace: int, source: str | None = None) -> Told:
        """Ask every registry, of a workspace in which anything could belong to a project."""
        now = self._clock()
        names = [name for name in self._lookout.registries if source in (None, name)]
        if not names:
            return Told(now, {}, {})
        with self._db.read() as session:
            marks = following.watermarks(session, workspace)
            before = {name: marks.get((name, MODELS)) for name in names}
            known = {
                name: promotions.held(session, workspace, name) if _was_seen(mark) else None
                for name, mark in before.items()
            }
        return Told(now, self._lookout.registered(known), before)

    def note(self, session: Session, facts: WorkspaceFacts, now: datetime, told: Told) -> None:
        """Write down what was told, and tell of what is new, within a transaction that holds the
        workspace's lock. What somebody else looked at since is left to them.
        """
        marks = following.watermarks(session, facts.workspace)
        attaching = Attaching(session, facts, self._cache, now)
        promoter = Promoter(session, facts, self._cache, now)
        for source, one in told.registries.items():
            before = told.before[source]
            if marks.get((source, MODELS)) != before:
                continue
            mark = _moved_on(before, one, told.at)
            following.keep(session, facts.workspace, source, MODELS, mark)
            said = self._said(session, facts.workspace, source, now)
            if not _was_seen(before):
                self._begin(session, facts.workspace, source, one, said, told.at)
                continue
            known = promotions.held(session, facts.workspace, source)
            new = [*_ready(known, one)]
            held = {each.post: each.version for each in new}
            gone = [*rules.vacated(known, one)]
            promotions.keep(session, facts.workspace, source, held, told.at, told.at)
            promotions.vacate(session, facts.workspace, source, gone, told.at)
            runs = {id: _dated(run, new, told.at) for id, run in one.runs.items()}
            attaching.note(_by_ref(runs), told.at, {}, marked=_marks(one, runs))
            promoter.tell(source, Found(one, runs, told.at), new, attaching.named)

    def _said(
        self, session: Session, workspace: int, source: str, now: datetime
    ) -> dict[Post, str]:
        """Which version got which alias by what the registry said by itself since the last look."""
        waiting = deliveries.waiting(session, workspace, source, MOST_SAID)
        deliveries.seen(session, workspace, [one.id for one in waiting], now)
        told = [Touched(**one.about) for one in waiting]
        return {Post(one.model, Rank.ALIAS, one.alias): one.version for one in told if one.alias}

    def _begin(
        self,
        session: Session,
        workspace: int,
        source: str,
        told: Registered,
        said: Mapping[Post, str],
        at: datetime,
    ) -> None:
        """The first look tells nothing; but what the registry has just said is new to the next."""
        old = {post: holder for post, holder in told.holders.items() if said.get(post) != holder}
        promotions.keep(session, workspace, source, old, None, at)
        if len(old) < len(told.holders):
            schedules.bring_forward(session, [workspace], REGISTRY, at + SOON)


def _was_seen(mark: Watermark | None) -> bool:
    return mark is not None and mark.looked_at is not None


def _moved_on(before: Watermark | None, told: Registered, at: datetime) -> Watermark:
    """When the registry was seen last. In trouble it was seen as it was before."""
    if told.trouble is not None and not told.holders:
        return replace(before or Watermark(at), trouble=told.trouble)
    return Watermark(at, at, told.trouble)


def _ready(known: Mapping[Post, str], told: Registered) -> Iterator[Promoted]:
    """What is new and was told whole; the rest is new still at the next look."""
    return (one for one in rules.promoted(known, told) if one.named in told.versions)


def _dated(run: Run, new: list[Promoted], at: datetime) -> Run:
    """With when its versions got what is new: MLflow tells it of no alias."""
    aliased = {one.named for one in new if one.post.rank is Rank.ALIAS}

    def when(one: ModelVersion) -> ModelVersion:
        return replace(one, promoted=at) if (one.name, one.version) in aliased else one

    return replace(run, models=tuple(map(when, run.models)))


def _by_ref(runs: Mapping[str, Run]) -> dict[Ref, Run]:
    return {run.ref: run for run in runs.values()}


def _marks(told: Registered, runs: Mapping[str, Run]) -> dict[Ref, str]:
    """What the models say of whose they are, by the runs that made their versions."""
    found: dict[Ref, str] = {}
    for named, version in told.versions.items():
        run = runs.get(version.run) if version else None
        if run is not None and (mark := rules.mark(told, named)):
            found.setdefault(run.ref, mark)
    return found
