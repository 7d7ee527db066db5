"""Answers that somebody types in their direct message, all at once or one after the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.errors import BadInput, Why
from bot.moments import own_day
from bot.orders import AnswerStandup, PassStandups
from bot.people import Actor
from bot.rounds import AnswerClash, Asked, Idle, Next, Offered, Over, Put, Said, Taken
from bot.standups import DRAFT_KEPT, LONGEST_ANSWER, State, Typed, blocker_at
from bot.standups.typed import Word, labelled, word
from handlers.service import prompts
from handlers.service.answers import ANYWHERE, StandupAnswers, checked, own_entry
from handlers.service.references import Desk
from storage import outbox, standups

UNSEEN = "unseen"
"""In the place of a fingerprint, by somebody who has seen no answer at all."""
WORDS_OF_AN_ANSWER = 4
"""So many words, or several lines, may be an answer where nobody asked anything."""


class TypedAnswers(StandupAnswers):
    """What somebody types while a standup of theirs waits."""

    def typed(
        self,
        actor: Actor,
        text: str,
        channel: str,
        thread: str | None,
        ts: str,
        *,
        is_other: bool,
    ) -> Said | None:
        """Take a text that is surely an answer; None where it is not.

        In the thread of the day's message that is anything but what is a command or a question
        (`is_other`); elsewhere in the direct message what stands under labels.
        """
        asked, is_in_thread = self._waiting(actor, channel, thread)
        ended = tuple(one for one in asked if one.is_ended)
        asked = tuple(one for one in asked if one.is_open)
        if not asked:
            is_answer = bool(ended) and not is_other
            is_answer = is_answer and (is_in_thread or _answers(text, ended))
            if not is_answer and is_in_thread and word(text):
                return Idle()
            return Over(ended) if is_answer else None
        current = _current(asked)
        if is_in_thread and (said := word(text)):
            return self._word(actor, current, said, ts)
        answers = labelled(text, current.entry.questions)
        if answers is not None and is_in_thread:
            return self._send(actor, current, answers, Typed(ts), goes_on=True)
        if is_other:
            return None
        if is_in_thread:
            return self._step(actor, current, text, ts)
        if answers is None or len(asked) > 1:
            return Offered(asked, text, ts) if answers else None
        return self._send(actor, current, answers, Typed(ts))

    def maybe_typed(self, actor: Actor, text: str, channel: str, ts: str) -> Offered | None:
        """What may be an answer, in the direct message at large, and is to be asked about."""
        waiting, _ = self._waiting(actor, channel, None)
        asked = tuple(one for one in waiting if one.is_open)
        if not asked:
            return None
        is_long = len(text.split()) >= WORDS_OF_AN_ANSWER or "\n" in text.strip()
        is_labelled = labelled(text, asked[0].entry.questions) is not None
        return Offered(asked, text, ts) if is_long or is_labelled else None

    def take(self, actor: Actor, entry: int, text: str, ts: str) -> Said:
        """Take a text (of the message `ts`) as the answer to a standup, as a whole.

        `AnswerClash` where it was answered meanwhile.
        """
        asked = self.asked(actor, entry)
        questions = asked.entry.questions
        answers, opened = whole(text, questions), ("",) * len(questions)
        typed = Typed(ts) if ts else None
        order = AnswerStandup(entry, State.POSTED, answers, None, UNSEEN, opened, typed=typed)
        return Taken(self.answer(actor, order))

    def go_on(self, actor: Actor, entry: int) -> Said:
        """Ask the next question of what was begun."""
        asked = self.asked(actor, entry)
        if asked.entry.state is not State.ASKED:
            raise AnswerClash(((asked, AnswerStandup(entry, State.POSTED)),), frozenset())
        return Next(asked, len(asked.entry.draft))

    def _word(self, actor: Actor, current: Asked, said: Word, ts: str) -> Said:
        match said:
            case Word.NOTHING_NEW:
                order = PassStandups(current.entry.day, State.NOTHING_NEW, Typed(ts))
                return Taken(self.answer(actor, order))
            case Word.EXIT:
                return Put(current, DRAFT_KEPT if current.entry.draft else None)
            case Word.SKIP:
                return self._step(actor, current, "", ts)

    def _step(self, actor: Actor, current: Asked, text: str, ts: str) -> Said:
        """Take the answer to the question that is next, and ask the one after it."""
        number = len(current.entry.draft)
        text = checked(text, number, blocker_at(current.entry.questions), "")
        typed = Typed(ts, number)
        answers = (*current.entry.draft, text)
        if len(answers) >= len(current.entry.questions):
            return self._send(actor, current, answers, typed, goes_on=True)
        with self._writing(actor, ANYWHERE) as desk:
            # What was typed at the same moment may have been taken first.
            now = own_entry(desk, current.entry.id)
            if now.entry.state is State.ASKED and len(now.entry.draft) == number:
                standups.draft(desk.session, current.entry.id, answers, desk.now)
                known = typed.beside(now.entry.typed)
                standups.keep_typed(desk.session, current.entry.id, known)
                entry = replace(now.entry, draft=answers)
                return Next(replace(now, entry=entry), len(answers))
        if now.entry.state is not State.ASKED:
            order = AnswerStandup(now.entry.id, State.POSTED, answers)
            raise AnswerClash(((now, order),), frozenset())
        return self._step(actor, now, text, ts)

    def _send(
        self,
        actor: Actor,
        current: Asked,
        answers: Sequence[str],
        typed: Typed,
        *,
        goes_on: bool = False,
    ) -> Said:
        """All that was said of one standup; in its thread the next one that waits is asked for."""
        state = State.POSTED if any(answers) else State.SKIPPED
        seen, opened = current.fingerprint, current.as_written
        order = AnswerStandup(
            current.entry.id, state, tuple(answers), None, seen, opened, typed=typed
        )
        answered = self.answer(actor, order)
        after = [one for one in answered.whole.asked if one.is_open]
        return Taken(answered, Next(after[0], 0) if after and goes_on else None)

    def _waiting(
        self, actor: Actor, channel: str, thread: str | None
    ) -> tuple[tuple[Asked, ...], bool]:
        """What is not answered of the day whose message the thread is of, else of today, also
        where its standup has ended; and whether the thread is.
        """
        if actor.person is None:
            return (), False
        with self._reading(actor, ANYWHERE) as desk:
            of_thread = _day_of(desk, channel, thread) if thread is not None else None
            day = of_thread or own_day(desk.now, actor.person.timezone)
            whole = prompts.of_day(desk, actor.person, day).asked
            still = [one for one in whole if one.entry.state is State.ASKED]
            return tuple(still), of_thread is not None


def whole(text: str, questions: Sequence[str]) -> tuple[str, ...]:
    """The answers that a text is as a whole: what has no label answers the first question."""
    return labelled(text, questions) or (text, *[""] * (len(questions) - 1))


def refuse_long(text: str) -> None:
    if len(text) > LONGEST_ANSWER:
        facts = {"length": str(len(text)), "longest": str(LONGEST_ANSWER)}
        raise BadInput(Why.TEXT_TOO_LONG, facts)


def _answers(text: str, asked: Sequence[Asked]) -> bool:
    """Whether a text is under labels of one of these."""
    return any(labelled(text, one.entry.questions) is not None for one in asked)


def _current(asked: Sequence[Asked]) -> Asked:
    """The one that was begun, else the first."""
    return next((one for one in asked if one.entry.draft), asked[0])


def _day_of(desk: Desk, channel: str, thread: str) -> date | None:
    """The day whose message begins a thread, if it is one of the actor's."""
    stands = outbox.standing_at(desk.session, desk.actor.workspace, channel, thread)
    parts = stands.key.split("/") if stands else []
    if len(parts) != 4 or parts[:3] != ["standup", "asked", str(desk.actor.person_id)]:
        return None
    return date.fromisoformat(parts[3])
