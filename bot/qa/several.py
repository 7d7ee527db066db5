"""Several questions in one message: each is answered, in the order in which they were asked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot import text
from bot.qa.clauses import is_whole
from bot.qa.grammar import Ask, Question
from bot.qa.replies import Answer, AnswerKind, Option, Part
from bot.qa.resolve import Choice
from bot.qa.wording import LONGEST

MOST = 3
"""Questions of one message that are answered."""
MORE = f"I answered the first {MOST} questions: ask the others in another message."
SHOWN = 200  # characters of a question that stands above its answer

# What an answer to several is, if any of them is that: the first that fits.
_KINDS = (AnswerKind.ANSWER, AnswerKind.NO_OWNER, AnswerKind.CLARIFY, AnswerKind.UNKNOWN)

T = TypeVar("T")
Answering = Callable[[Question, Choice | None], Answer]


def several(asked: Sequence[Question]) -> list[Question]:
    """The different questions of a text; none where only one can be answered.

    Beside a question that can be answered, one about something that is not held counts as well.
    """
    if not any(map(is_whole, asked)):
        return []
    found: dict[str, Question] = {}
    for one in asked:
        if is_whole(one) or _is_of_nothing_held(one):
            found.setdefault(text.key(text.words(one.sentence)), one)
    return list(found.values()) if len(found) > 1 else []


def _is_of_nothing_held(question: Question) -> bool:
    asks = question.ask in (Ask.WHO, Ask.LOAD) and question.sentence.rstrip().endswith(("?", "？"))
    return asks and bool(question.left_over)


def together(
    whole: str, asked: Sequence[Question], answering: Answering, choice: Choice | None
) -> Answer | None:
    """One answer to all that a text asks; a `choice` settles what was asked back about each that it
    was among the options of. None where there is nothing to put together, or nothing to settle.
    """
    parts: list[Part] = []
    settled = False
    for one in asked[:MOST]:
        answer = answering(one, None)
        picked = next((each for each in answer.options if choice and each.choice == choice), None)
        if picked:
            settled, answer = True, answering(one, choice)
            whole = _with(whole, one.sentence, picked.question)
        if not any(_says_the_same(answer, part.answer) for part in parts):
            parts.append(Part(text.clip(one.sentence, SHOWN), answer))
    if not parts or (choice and not settled):
        return None
    if len(parts) == 1:
        return parts[0].answer
    more = [MORE] if len(asked) > MOST else []
    room = (LONGEST - len(MORE)) // len(parts) - 1
    answers = [
        replace(part.answer, said=_fitted(part.answer.said, room), options=_asking(part, whole))
        for part in parts
    ]
    verdicts = {answer.verdict for answer in answers}
    return Answer(
        next(kind for kind in _KINDS if any(answer.kind is kind for answer in answers)),
        "\n".join([*(answer.said for answer in answers), *more]),
        people=_union(answer.people for answer in answers if answer.tells),
        stages=_union(answer.stages for answer in answers),
        verdict=verdicts.pop() if len(verdicts) == 1 else None,
        parts=tuple(
            replace(part, answer=answer) for part, answer in zip(parts, answers, strict=True)
        ),
    )


def _says_the_same(one: Answer, other: Answer) -> bool:
    """Whether two answers differ at most in how they were understood."""
    told = [answer.said.partition(" Understood as ")[0] for answer in (one, other)]
    return told[0] == told[1] and one.options == other.options


def _asking(part: Part, whole: str) -> tuple[Option, ...]:
    """The options of a part, which ask the whole text again, so that the other answers stay."""
    return tuple(replace(option, question=whole) for option in part.answer.options)


def _with(whole: str, sentence: str, settled: str) -> str:
    """A text with what was meant in the place of what was unclear, for the next choice."""
    bare = sentence.rstrip(" ?.!")
    return whole.replace(bare, settled.rstrip(" ?"), 1)


def _fitted(said: str, room: int) -> str:
    return said if len(said) <= room else said[: room - 1].rstrip() + "…"


def _union(groups: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))
