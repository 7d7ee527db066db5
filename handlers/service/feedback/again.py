"""What is open is asked again whenever the record has moved; who asked is told once it answers.

An answer is told only after the time in which what brought it about can be undone, in the hours of
whoever asked, and as they may see it then.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from sqlmodel import Session

from bot.errors import NotFound
from bot.feedback import KEPT_FOR, AnsweredNow, Settled, mark
from bot.hours import hours
from bot.outcome import Place
from bot.people import Actor, Person, Surface
from bot.qa.replies import Answer
from bot.recurrence import Every
from bot.routing import Event
from bot.routing.table import Party
from bot.routing.told import EVERYWHERE, Told
from handlers.service import mail
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.feedback import lists, weekly
from handlers.service.questions import Questions
from handlers.service.timers import Duty, Occurrence, Shift
from handlers.service.undoing import UNDO_FOR
from handlers.views import feedback as views
from storage import feedback, schedules
from storage.database import Database
from storage.feedback import Asking, Kept

KIND = "feedback"
EVERY = Every(5)
MOST = 200
"""Questions asked again in one pass, those first that wait longest; the others are in the next."""
NOWHERE = Place()


def watch(session: Session, workspace: int, now: datetime) -> None:
    """Let questions be asked again from time to time."""
    schedules.put(session, workspace, KIND, KIND, 0, EVERY, now)


@dataclass(frozen=True, slots=True)
class Look:
    """What questions came to that were asked again at one revision, by asking; None: no answer."""

    revision: int
    waiting: tuple[Kept, ...]
    untold: tuple[Kept, ...]
    askings: Mapping[int, Sequence[Asking]]
    answers: Mapping[int, Answer | None]


def anew(questions: Questions, actor: Actor, text: str, project: str | None) -> Answer:
    """What somebody is answered to a question that is kept, wherever it was asked first: of its
    project (a key), to them alone. Raises `NotFound` for a project that is out of their sight.
    """
    return questions.ask(actor, text, NOWHERE, private_reply=True, project=project)


class Again:
    """Asks again. Thread-safe."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        cache: FactsCache,
        questions: Questions,
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = cache
        self._questions = questions

    def duty(self) -> Duty:
        """Asking takes long, and is done outside of any transaction that writes."""
        return Duty(act=_act, fetch=lambda occurrence: self._look(occurrence.workspace))

    def _look(self, workspace: int) -> Look:
        now = self._clock()
        with self._db.read() as session:
            facts = self._cache.current(session, workspace)
            opened = feedback.open_ones(session, workspace)
            late = [one for one in opened if one.tried < facts.revision]
            waiting = sorted(late, key=attrgetter("tried"))[:MOST]
            settled = feedback.answered(session, workspace)
            untold = [one for one in settled if _is_settled(one, now)][:MOST]
            askings = feedback.askings(session, [one.id for one in (*waiting, *untold)])
        asked = [(one, each) for one in waiting for each in askings[one.id]]
        asked += [
            (one, each)
            for one in untold
            for each in askings[one.id]
            if each.told_at is None and _hears(facts.people.get(each.person), now)
        ]
        answers = {each.id: self._answer(facts, one, each) for one, each in asked}
        return Look(facts.revision, tuple(waiting), tuple(untold), askings, answers)

    def _answer(self, facts: WorkspaceFacts, one: Kept, asking: Asking) -> Answer | None:
        """What somebody is answered by now; None where it is nothing, or still the same."""
        person = facts.people.get(asking.person)
        if person is None or not person.active:
            return None
        known = facts.projects.get(one.project) if one.project is not None else None
        actor = Actor(facts.workspace, person, Surface.CLOCK, is_admin=person.is_admin)
        try:
            found = anew(self._questions, actor, asking.text, known.key if known else None)
        except NotFound:
            return None  # the project is out of their sight by now
        is_same = asking.is_wrong and mark(found) == asking.was
        return found if found.tells and not is_same else None


def _is_settled(one: Kept, now: datetime) -> bool:
    """Whether what settled it cannot be undone in passing any more."""
    return one.closed_at is not None and now - one.closed_at >= UNDO_FOR


def _hears(person: Person | None, now: datetime) -> bool:
    """Whether somebody can be written to, and wants to be just now."""
    if person is None or not person.active or not person.slack_id or person.is_bot:
        return False
    return hours(person).next_open(now) <= now


def _act(shift: Shift, occurrence: Occurrence, look: Look) -> None:
    session, workspace = shift.session, occurrence.workspace
    still: list[int] = []
    for one in look.waiting:
        if any(look.answers.get(each.id) is not None for each in look.askings[one.id]):
            feedback.close(session, one.id, Settled.ANSWERED, None, shift.now)
        else:
            still.append(one.id)
    feedback.tried(session, still, look.revision)
    _tell(shift, look)
    weekly.tell(shift)
    feedback.forget(session, workspace, shift.now - KEPT_FOR)
    if feedback.is_idle(session, workspace):
        schedules.drop(session, workspace, [KIND])


def _tell(shift: Shift, look: Look) -> None:
    """Tell everybody who asked, once, what is answered by now; what is not any more is open."""
    found: dict[int, list[tuple[Kept, Asking, Answer]]] = defaultdict(list)
    for one in look.untold:
        mine = look.askings[one.id]
        asked = [each for each in mine if each.id in look.answers]
        answered = [(each, look.answers[each.id]) for each in asked]
        if (
            asked
            and not any(answer for _, answer in answered)
            and not any(each.told_at for each in mine)
        ):
            feedback.reopen(shift.session, shift.facts.workspace, one.id)
            continue
        for each, answer in answered:
            if answer is not None:
                found[each.person].append((one, each, answer))
    for person, tells in found.items():
        _tell_one(shift, shift.facts.people[person], tells)


def _tell_one(shift: Shift, person: Person, found: Sequence[tuple[Kept, Asking, Answer]]) -> None:
    keys = [each.id for _, each, _ in found]
    fresh = set(feedback.told(shift.session, keys, shift.now))
    told = [one for one in found if one[1].id in fresh]
    if not told:
        return
    facts = shift.facts
    shown = [
        AnsweredNow(lists.worded(each.text, facts), each.is_wrong, answer)
        for _, each, answer in told
    ]
    reasons = [one for kept, each, answer in told for one in _why(shift, kept, each, answer)]
    private = any(
        one.project != EVERYWHERE and facts.projects[one.project].private for one in reasons
    )
    message = views.answered_now(shown)
    mail.say_all(
        shift.session,
        facts.workspace,
        f"answered/{person.id}/{min(fresh)}",
        person,
        message,
        reasons,
        shift.now,
        confidential=private,
    )


def _why(shift: Shift, kept: Kept, asking: Asking, answer: Answer) -> Iterator[Told]:
    """Why it is told: a line for each project that the answer tells of."""
    keys = {project for project, _ in answer.stages} | set(answer.scopes)
    about = {one.project.id for one in answer.subjects}
    about |= {known.id for known in shift.facts.projects.values() if known.key in keys}
    about |= {kept.project} if kept.project is not None else set()
    for key in sorted(about) or [EVERYWHERE]:
        known = shift.facts.projects.get(key)
        yield Told(
            event=Event.QUESTION_CLEARED,
            to=Party.CONCERNED,
            at=shift.now,
            project=key,
            project_key=known.key if known else "",
            project_name=known.name if known else "All projects",
            concerned=(asking.person,),
            ref=asking.id,
        )
