"""Direct messages that were taken as standup answers, and are edited or deleted afterwards."""

from collections.abc import Sequence
from dataclasses import replace

from bot.deciding import storable
from bot.orders import AnswerStandup, AnswerStandups
from bot.people import Actor
from bot.project import Status
from bot.rounds import AnswerClash, Asked, Next, Said, Stays, Taken
from bot.standups import State, Typed, blocker, counterpart
from bot.standups.typed import Word, word
from handlers.service import answering, prompts
from handlers.service.answers import ANYWHERE
from handlers.service.references import Desk
from handlers.service.typed_answers import UNSEEN, TypedAnswers, refuse_long, whole
from storage import standups

Answers = tuple[str, ...]


class RetypedAnswers(TypedAnswers):
    """What becomes of an answer when the message that it was typed in does not stay as it was."""

    def retyped(self, actor: Actor, ts: str, before: str, after: str) -> Said | None:
        """Change what was answered in a message as its text was changed; None where it was none.

        What was said otherwise meanwhile, in another place, stays. Refused where the form is.
        """
        with self._writing(actor, ANYWHERE) as desk:
            found = _found(desk, ts)
            if found is None:
                return None
            asked, typed = found
            if asked.entry.state is State.ASKED:
                return _begun(desk, asked, typed, after)
            orders = _orders(desk, asked, typed, before, after)
        try:
            return Taken(self.answer(actor, AnswerStandups(tuple(orders))))
        except AnswerClash:
            return Stays(asked, is_deleted=False)

    def untyped(self, actor: Actor, ts: str) -> None:
        """Tell somebody who deletes a message that what they answered in it stays, once."""
        with self._writing(actor, ANYWHERE) as desk:
            found = _found(desk, ts)
            if found is not None and actor.person is not None:
                prompts.tell_stays(desk, actor.person, Stays(found[0], is_deleted=True), ts)


def _begun(desk: Desk, asked: Asked, typed: Typed, after: str) -> Said:
    """Change what was said to a question of a standup that its author is not through with."""
    draft, at = asked.entry.draft, typed.question
    if at is not None and at < len(draft):
        text = "" if word(after) is Word.SKIP else after
        refuse_long(text)
        draft = (*draft[:at], text, *draft[at + 1 :])
        standups.draft(desk.session, asked.entry.id, draft, desk.now)
    return Next(replace(asked, entry=replace(asked.entry, draft=draft)), len(draft))


def _found(desk: Desk, ts: str) -> tuple[Asked, Typed] | None:
    """What was answered in a message, if its author still may see that."""
    person = desk.actor.person
    entry = standups.typed_in(desk.session, person.id, ts) if person is not None else None
    if person is None or entry is None:
        return None
    asked = prompts.asked(desk, person, [entry])
    typed = next(one for one in entry.typed if one.ts == ts)
    return (asked[0], typed) if asked else None


def _orders(desk: Desk, asked: Asked, typed: Typed, before: str, after: str) -> list[AnswerStandup]:
    """What is said now: of the standup itself, and of those that lines of the message went to."""
    entry = asked.entry
    if typed.question is None and word(after) is Word.NOTHING_NEW:
        return [AnswerStandup(entry.id, State.NOTHING_NEW)]
    was, now = (_answers(asked, typed, text) for text in (before, after))
    person = desk.facts.people[entry.person]
    every = prompts.of_day(desk, person, entry.day).asked
    day = {one.project.id: one for one in every if not one.project.archived_at}
    about = [
        answering.about(desk, asked.project, entry, answers, day.keys()) for answers in (was, now)
    ]
    (then, went), (_, goes) = about
    written = replace(asked, entry=then).as_written
    orders = [_order(asked, now, _opened(asked, was, now, written))]
    for key in sorted({line.project for line in went}):
        gone = [line for line in went if line.project == key and line not in goes]
        comes = any(line.project == key for line in goes)
        if gone:
            orders.append(_without(day[key], gone, asked, comes=comes))
    return orders


def _answers(asked: Asked, typed: Typed, text: str) -> Answers:
    """What a text of the message says, in the questions' order."""
    questions = asked.entry.questions
    if word(text) in (Word.SKIP, Word.NOTHING_NEW):
        text = ""
    if typed.question is None:
        return tuple(storable(one).strip() for one in whole(text, questions))
    said = storable(text).strip()
    return tuple(said if at == typed.question else "" for at in range(len(questions)))


def _opened(asked: Asked, was: Answers, now: Answers, written: Answers) -> Answers:
    """What each answer was as far as the message knows of it: what stands there where nothing of
    that was said in another place.
    """
    return tuple(
        stands if said != says and _lines(stands) == _lines(mine) else said
        for said, says, mine, stands in zip(was, now, written, asked.as_written, strict=True)
    )


def _lines(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines()}


def _order(asked: Asked, answers: Answers, opened: Answers) -> AnswerStandup:
    """Say so, with the item still marked that is blocked for it, as in the form."""
    entry, items = asked.entry, asked.project.items
    after = [
        stands if answer == before else answer
        for answer, before, stands in zip(answers, opened, asked.as_written, strict=True)
    ]
    marked = next((one for one in items if one.id == entry.blocked_item), None)
    stays = marked is not None and marked.status is Status.BLOCKED
    is_said = bool(blocker(tuple(zip(entry.questions, after, strict=True))))
    key = marked.key if marked is not None and stays and is_said else None
    return AnswerStandup(entry.id, State.POSTED, answers, key, UNSEEN, opened)


def _without(
    target: Asked, gone: Sequence[answering.Carried], source: Asked, *, comes: bool
) -> AnswerStandup:
    """The standup of another project without the lines that were written to it in the message; it
    is skipped where nothing is left of it.
    """
    entry = target.entry
    opened = target.as_written
    left = list(opened)
    for line in gone:
        at = counterpart(source.entry.questions, line.question, entry.questions)
        left[at] = "\n".join(one for one in left[at].splitlines() if one.strip() != line.text)
    ticked = any(one.evidence for one in entry.said)
    if not any(left) and not ticked and not comes:
        return AnswerStandup(entry.id, State.SKIPPED)
    return _order(target, tuple(left), opened)
