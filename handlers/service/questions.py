"""Asking: the facts that this asker (or this channel) may see, and the answer to the text."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from sqlmodel import Session

from bot.acting import today
from bot.deciding.texts import storable
from bot.errors import NotFound, Refused, Why
from bot.outcome import Place
from bot.people import Actor
from bot.presence import Presence
from bot.qa.answer import answer
from bot.qa.explain import Explanation, explained
from bot.qa.facts import Facts, Held
from bot.qa.follow import completed, completing
from bot.qa.prompts import Prompt, suggested
from bot.qa.replies import Answer, ForAll
from bot.qa.resolve import Choice
from bot.sight import admits, is_told_in, seen
from bot.spelling import folded
from bot.stages import known as known_stages
from handlers import meters
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.indexes import Indexes, Metrics, Reach
from handlers.service.offering import offered
from handlers.service.tallies import TallyCache
from storage import claims, directory, threads
from storage.asked import Recorded, metric_names
from storage.database import Database

EVENT_LEASE = timedelta(minutes=1)
REPEATED_FOR = timedelta(days=1)
"""Slack repeats an event for an hour at most; older claims are forgotten."""
SWEPT_EVERY = timedelta(hours=1)
LONGEST_KEPT = 1_000
"""Of a question that the next one in its thread may lean on."""
LEANS_FOR = timedelta(days=1)
"""How long a question may lean on the one before it in its thread."""


class Thread(NamedTuple):
    """Where one question may lean on the one before: a channel, and the first message of a thread
    there (empty: a direct message, which is one thread as a whole).
    """

    channel: str
    root: str


class Questions:
    """Answers questions about the record."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], facts: FactsCache
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = facts
        self._tallies = TallyCache(facts.snapshots)
        self._swept: datetime | None = None
        self._metrics: dict[int, tuple[int, Metrics]] = {}
        self._indexes = Indexes()
        self._owner = claims.new_owner()
        facts.also(self._forget)

    def _forget(self, workspace: int) -> None:
        self._tallies.forget(workspace)
        self._indexes.forget(workspace)
        self._metrics.pop(workspace, None)

    def ask(
        self,
        actor: Actor,
        text: str,
        place: Place,
        choice: Choice | None = None,
        *,
        private_reply: bool = False,
        now: datetime | None = None,
        project: str | None = None,
        thread: Thread | None = None,
    ) -> Answer:
        """Answer `text`, which may lean on the question before it in its `thread`. What nobody but
        the asker reads (`private_reply`, a direct message, in a shared channel) may say all that
        the asker may see; what a channel reads says only what everybody there may see. `now`
        defaults to the clock; `project` (a key) stands in for the channel that is bound to it.
        """
        with self._db.read() as session:
            facts, known = self._known(session, actor, place, private_reply, now, project)
            before = self._before(session, actor, thread) if thread else None
            whole = completed(text, before, facts.view) if before else None
            found = offered(answer(whole or text, facts, choice), facts, actor, place, known)
            meters.count(meters.Counted.ANSWERS, found.kind.value)
            return completing(found, whole) if whole else found

    def explain(
        self,
        actor: Actor,
        text: str,
        place: Place,
        *,
        now: datetime | None = None,
        project: str | None = None,
    ) -> Explanation:
        """The answer that nobody but the asker reads, and each step that led to it."""
        with self.knowing(actor, place, True, now, project) as (facts, _known):
            return explained(text, facts)

    @contextmanager
    def knowing(
        self,
        actor: Actor,
        place: Place,
        private_reply: bool,
        now: datetime | None = None,
        project: str | None = None,
    ) -> Iterator[tuple[Facts, WorkspaceFacts]]:
        """What one question is answered from, read in one transaction."""
        with self._db.read() as session:
            yield self._known(session, actor, place, private_reply, now, project)

    def _known(
        self,
        session: Session,
        actor: Actor,
        place: Place,
        private_reply: bool,
        now: datetime | None,
        project: str | None,
    ) -> tuple[Facts, WorkspaceFacts]:
        moment = now or self._clock()
        known = self._cache.current(session, actor.workspace)
        alone = private_reply or place.is_direct or place.is_shared
        sees = _sight(known, actor, place, alone, moment)
        reach = Reach.of(known, actor.person, place, sees)
        facts = Facts(
            now=moment,
            asker=actor.person,
            people=known.people,
            names=self._indexes.of(known, reach),
            sees=sees,
            project=lambda key: self._cache.project(session, known, key, moment),
            projects=lambda keys: self._cache.projects(session, known, keys, moment),
            held_by=lambda person: [
                Held(project, item, letter)
                for project, item, letter in directory.held_by(session, person, moment)
                if sees(project)
            ],
            tallies=lambda: self._tallies.current(session, known, moment),
            delegations=known.delegations,
            channel_projects=_here(known, place, project, sees),
            measuring=self._measuring(session, known, reach),
            evidence=Recorded(session, actor.workspace),
            roles=known.roles,
            ladder=known_stages(known.ladder),
            review_days=known.settings.review_days,
            presence=lambda person: _presence(known, actor, person),
            sees_open=reach.is_wide,
        )
        return facts, known

    def for_all(
        self, actor: Actor, text: str, place: Place, choice: Choice | None = None
    ) -> ForAll:
        """The answer as the actor reads it, and as everybody may who reads the place, a channel.

        Raises `Refused` for one that another organisation shares: nobody knows who reads there.
        """
        if place.is_shared:
            raise Refused(Why.CHANNEL_SHARED)
        if place.channel is None:
            raise Refused(Why.NO_CHANNEL)
        own = self.ask(actor, text, place, choice, private_reply=True)
        return ForAll(own, self.ask(actor, text, place, choice))

    def prompts(self, actor: Actor, channel: str | None) -> tuple[Prompt, ...]:
        """What to ask, suggested to the actor alone: of the projects of a channel that they see."""
        moment = self._clock()
        with self._db.read() as session:
            known = self._cache.current(session, actor.workspace)
            sees = _sight(known, actor, Place(is_direct=True), True, moment)
            keys = [
                key
                for key in known.by_channel.get(channel or "", ())
                if sees(key) and not known.projects[key].archived
            ]
            found = self._cache.projects(session, known, keys, moment)
            day = today(actor.person, moment) if actor.person else moment.date()
            return suggested([found[key] for key in keys], known.people, day)

    def keep_asked(self, actor: Actor, thread: Thread, question: str) -> None:
        """Keep a question for the next one of its thread."""
        with self._db.begin(is_kept=False) as session:
            kept = storable(question)[:LONGEST_KEPT]
            threads.keep(session, actor.workspace, *thread, kept, self._clock())

    def _before(self, session: Session, actor: Actor, thread: Thread) -> str | None:
        """What was asked last in a thread."""
        return threads.last(session, actor.workspace, *thread, self._clock() - LEANS_FOR)

    def _measuring(
        self, session: Session, known: WorkspaceFacts, reach: Reach
    ) -> Callable[[str], Sequence[int]]:
        """The projects within reach by the names of their success metrics; nothing is read before
        the first name.
        """

        @cache
        def within() -> Callable[[str], Sequence[int]]:
            return self._metrics_of(session, known).within(reach)

        def measuring(name: str) -> Sequence[int]:
            return within()(name)

        return measuring

    def _metrics_of(self, session: Session, known: WorkspaceFacts) -> Metrics:
        """Read once a revision."""
        kept = self._metrics.get(known.workspace)
        if kept is None or kept[0] != known.revision:
            named = metric_names(session, known.workspace)
            kept = (known.revision, Metrics.build(known, named))
            self._metrics[known.workspace] = kept
        return kept[1]

    def seen(self, event_id: str) -> bool:
        """Whether an event was handled already, or is being handled; claims it otherwise."""
        taken = self._claimed(f"slack-event/{event_id}", is_kept=False)
        meters.claimed("event", taken=taken)
        return not taken

    def finished(self, event_id: str) -> None:
        """The event has had its effect: a repetition of it has none."""
        self._finish(f"slack-event/{event_id}", is_kept=False)

    @contextmanager
    def once(self, what: str) -> Iterator[bool]:
        """Whether this is the first time that something is done, by whatever replica; what then
        fails may be tried again.
        """
        key = f"once/{what}"
        if not self._claimed(key, is_kept=True):
            yield False
            return
        try:
            yield True
        except Exception:
            with self._db.begin() as session:
                claims.release(session, key, self._owner)
            raise
        self._finish(key, is_kept=True)

    def _claimed(self, key: str, *, is_kept: bool) -> bool:
        now = self._clock()
        with self._db.begin(is_kept=is_kept) as session:
            if self._swept is None or now - self._swept > SWEPT_EVERY:
                claims.forget(session, now - REPEATED_FOR)
                threads.forget(session, now - LEANS_FOR)
                self._swept = now
            return claims.claim(session, key, self._owner, now, EVENT_LEASE)

    def _finish(self, key: str, *, is_kept: bool) -> None:
        with self._db.begin(is_kept=is_kept) as session:
            claims.finish(session, key, self._owner, self._clock())


def _here(
    known: WorkspaceFacts, place: Place, project: str | None, sees: Callable[[int], bool]
) -> tuple[int, ...]:
    """The projects of the place, or the one by its key, else by its name or an alias. Raises
    `NotFound` for what nothing visible is called, or several are.
    """
    if project is None:
        return tuple(key for key in known.by_channel.get(place.channel or "", ()) if sees(key))
    found = [key for key in known.by_spelling.get(folded(project), ()) if sees(key)]
    here = [key for key in found if known.projects[key].key == project] or found
    if len(here) != 1:
        raise NotFound("project", project)
    return tuple(here)


def _presence(known: WorkspaceFacts, actor: Actor, person: int) -> Presence:
    """When somebody is there; a guest knows of nobody's days but their own."""
    is_guest = actor.person is not None and actor.person.id in known.guests
    if is_guest and actor.person_id != person:
        return Presence(person)
    return known.presence(person)


def _sight(
    known: WorkspaceFacts, actor: Actor, place: Place, private_reply: bool, now: datetime
) -> Callable[[int], bool]:
    person = actor.person.id if actor.person else None

    def asker_sees(project: int) -> bool:
        found = known.projects.get(project)
        if found is None or person is None:
            return found is not None and admits(found, None)
        return bool(seen(found, person, place, now))

    def everybody_sees(project: int) -> bool:
        return asker_sees(project) and is_told_in(known.projects[project], place)

    return asker_sees if private_reply or place.channel is None else everybody_sees
