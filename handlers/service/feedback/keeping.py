"""What was asked and not answered (or not rightly) is kept; whoever may settle it does."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot import permissions
from bot.deciding import storable
from bot.errors import NotFound, Refused, Why
from bot.feedback import (
    LONGEST_EXPECTED,
    AnsweredNow,
    Audience,
    OpenQuestion,
    OpenShown,
    Section,
    Settled,
    audience,
    mark,
)
from bot.outcome import Place
from bot.people import Actor
from bot.project import Project
from bot.qa.normal import Normal, normal
from bot.qa.replies import Answer, AnswerKind, Asked
from bot.rights import Right
from handlers.service.desks import Desks
from handlers.service.facts import FactsCache
from handlers.service.feedback import again, lists
from handlers.service.questions import Questions
from handlers.service.references import Desk
from storage import feedback, ledger
from storage.database import Database
from storage.feedback import Kept, Wrong

NOWHERE = Place()
_CUT = "…"


class Feedback(Desks):
    """Keeps questions, and lets them be settled. The operator's are not kept."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        cache: FactsCache,
        questions: Questions,
    ) -> None:
        super().__init__(database, clock, cache)
        self._questions = questions

    # What is asked

    def heard(
        self, actor: Actor, question: str, place: Place, answer: Answer, *, private: bool
    ) -> None:
        """Keep what of a question was not answered."""
        for text in _unanswered(question, answer):
            self._keep(actor, text, place, private=private)

    def wrong(self, actor: Actor, asked: Asked, place: Place) -> int | None:
        """Keep that an answer was not right; gives the number of the question. None where it is no
        question, or somebody has said so of too much already.
        """
        found = self._questions.ask(actor, asked.question, place, asked.choice, private_reply=True)
        return self._keep(actor, found.whole or asked.question, place, private=True, wrong=found)

    def right(self, actor: Actor, asked: Asked, place: Place) -> None:
        """An answer was right after all: what the actor said against it is forgotten."""
        known = self._normal(actor, asked.question, place, private=True)
        if known is None or actor.person_id is None:
            return
        with self._db.begin() as session:
            ledger.lock(session, actor.workspace)
            feedback.withdraw(session, actor.workspace, *known, actor.person_id)

    def expected(self, actor: Actor, number: int, text: str) -> None:
        """What somebody had expected of an answer that they said to be wrong."""
        with self._db.begin() as session:
            ledger.lock(session, actor.workspace)
            person, said = actor.person_id or 0, storable(text)[:LONGEST_EXPECTED]
            if not feedback.expect(session, number, person, said):
                raise Refused(Why.QUESTION_SETTLED)

    def _keep(
        self,
        actor: Actor,
        text: str,
        place: Place,
        *,
        private: bool,
        wrong: Answer | None = None,
    ) -> int | None:
        known = self._normal(actor, text, place, private=private)
        if known is None or actor.person_id is None:
            return None
        was = Wrong(mark(self._anew(actor, *known) or wrong)) if wrong else None
        with self._db.begin() as session:
            row = ledger.lock(session, actor.workspace)
            now = ledger.not_before(session, row, self._clock())
            again.watch(session, actor.workspace, now)
            return feedback.keep(session, actor.workspace, *known, actor.person_id, now, was)

    def _anew(self, actor: Actor, asked: Normal, of: Audience) -> Answer | None:
        """What it is answered where it will be asked again: the place where it was asked may have
        told what it is about. None where that cannot be seen from there.
        """
        with self._reading(actor, NOWHERE) as desk:
            key = desk.facts.projects[of.project].key if of.project is not None else None
        try:
            return again.anew(self._questions, actor, asked.sentence, key)
        except NotFound:
            return None

    def _normal(
        self, actor: Actor, text: str, place: Place, *, private: bool
    ) -> tuple[Normal, Audience] | None:
        """What a text asks, and whose it is to settle: by what its asker may see, so that nothing
        shows whether it named something hidden or nothing at all.
        """
        with self._questions.knowing(actor, place, private) as (facts, known):
            asked = normal(text, facts.view)
            if asked is None:
                return None
            of = audience(asked, facts.channel_projects, lambda key: known.projects[key].private)
            return asked, of

    # What is open

    def shown(self, actor: Actor, ref: str | None, place: Place) -> OpenShown:
        """What is open in a project; without one, in all that the actor answers for, and (to
        admins) what belongs to none.
        """
        with self._reading(actor, place) as desk:
            project = self._asked_about(desk, ref, whole=False)
            if project is not None:
                self._require(desk, project)
                return OpenShown((self._section(desk, project),))
            return OpenShown(tuple(self._sections(desk)))

    def _sections(self, desk: Desk) -> Iterator[Section]:
        kept = feedback.open_ones(desk.session, desk.actor.workspace)
        keys = dict.fromkeys(one.project for one in kept if one.project is not None)
        seen = [key for key in keys if desk.sees(key) and not desk.facts.projects[key].archived]
        found = self._cache.projects(desk.session, desk.facts, seen, desk.now)
        for project in found.values():
            if desk.role(project).may(Right.ANSWER):
                yield self._section(desk, project)
        if permissions.in_workspace(desk.actor).may(Right.RUN):
            yield self._section(desk, None)

    def one(self, actor: Actor, number: int) -> tuple[Project | None, OpenQuestion]:
        """A question that the actor may settle, and its project."""
        with self._reading(actor, NOWHERE) as desk:
            kept, project = self._settling(desk, number)
            askings = feedback.askings(desk.session, [kept.id])[kept.id]
            return project, lists.opened(kept, askings, project, desk.facts)

    def again(self, actor: Actor, number: int) -> AnsweredNow | None:
        """The question asked again, as the actor is answered; None where nobody asks it any
        more.
        """
        with self._reading(actor, NOWHERE) as desk:
            kept, project = self._settling(desk, number)
            askings = feedback.askings(desk.session, [kept.id])[kept.id]
            told = [(lists.worded(one.text, desk.facts), one) for one in askings]
        if not told:
            return None
        shown, latest = told[0]
        key = project.key if project else None
        answer = again.anew(self._questions, actor, latest.text, key)
        return AnsweredNow(shown, latest.is_wrong, answer)

    def dismiss(self, actor: Actor, number: int) -> OpenShown:
        """Take a question off the list; gives the list that it stood in."""
        with self._writing(actor, NOWHERE) as desk:
            kept, project = self._settling(desk, number)
            feedback.close(desk.session, kept.id, Settled.DISMISSED, actor.person_id, desk.now)
            return OpenShown((self._section(desk, project),))

    def reopen(self, actor: Actor, number: int) -> OpenShown:
        """Put it back."""
        with self._writing(actor, NOWHERE) as desk:
            kept, project = self._settling(desk, number, how=Settled.DISMISSED.value)
            if not feedback.reopen(desk.session, actor.workspace, kept.id):
                raise Refused(Why.QUESTION_SETTLED)
            again.watch(desk.session, actor.workspace, desk.now)
            return OpenShown((self._section(desk, project),))

    def _section(self, desk: Desk, project: Project | None) -> Section:
        return lists.section(desk.session, desk.facts, project)

    def _settling(self, desk: Desk, number: int, how: str = "") -> tuple[Kept, Project | None]:
        """A question and its project. What the actor may not see, and what is settled otherwise
        by now, is refused in the same words.
        """
        kept = feedback.keyed(desk.session, desk.actor.workspace, number)
        if kept is None or kept.is_own or kept.how != how:
            raise Refused(Why.QUESTION_SETTLED)
        if kept.project is None:
            permissions.require(desk.actor, Right.RUN, desk.facts.people)
            return kept, None
        if not desk.sees(kept.project):
            raise Refused(Why.QUESTION_SETTLED)
        project = self._project(desk, kept.project)
        self._require(desk, project)
        return kept, project

    def _require(self, desk: Desk, project: Project) -> None:
        permissions.require_in(
            desk.actor,
            Right.EDIT,
            project,
            None,
            desk.facts.people,
            sight=desk.sight(project.id),
            stands_for=desk.stands_for(project),
        )


def _unanswered(question: str, answer: Answer) -> Iterator[str]:
    """What of a question was not answered; not what was offered as a command."""
    if answer.parts:
        for part in answer.parts:
            if part.answer.kind is AnswerKind.UNKNOWN and not part.question.endswith(_CUT):
                yield from _unanswered(part.question, part.answer)
    elif answer.kind is AnswerKind.UNKNOWN and not answer.requests:
        yield answer.whole or question
