"""An answer that somebody types in a direct message, instead of filling in the form.

What begins a line says which question it answers: a label ("done:", "blocked:", in a few
languages), the question's number ("2."), or the question itself. Only what is written so is taken
for an answer; anything else is asked for, one question after the other.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.spelling import folded
from bot.standups.answers import blocker_at
from bot.standups.plan import QUESTIONS

_DONE = (
    *("done", "did", "yesterday", "erledigt", "gemacht", "gestern", "fait", "hier", "hecho"),
    "ayer",
)
_NEXT = (
    *("next", "today", "plan", "doing", "als nächstes", "nächstes", "heute", "geplant"),
    *("ensuite", "aujourd'hui", "prochain", "siguiente", "próximo", "hoy"),
)
_BLOCKED = (
    *("blocked", "blocked by", "blocker", "blockers", "blockiert", "blockiert durch"),
    *("hindernis", "hindernisse", "bloqué", "bloqué par", "blocage", "bloqueado"),
    *("bloqueado por", "bloqueo", "bloqueos"),
)
_LABEL = re.compile(
    r"^\s*[*_]{0,2}(?P<label>[^\W\d][^:：﹕\n]{0,150}?)[*_]{0,2}\s*(?:[:：﹕](?!//)|\?)[*_]{0,2}\s*"
)
_NUMBER = re.compile(r"^\s*(?P<number>\d)\s*[.):]\s+")


class Word(StrEnum):
    """What somebody says instead of an answer."""

    SKIP = "skip"
    NOTHING_NEW = "nothing new"
    EXIT = "exit"


_WORDS = {
    Word.SKIP: ("skip", "überspringen", "passer", "saltar"),
    Word.NOTHING_NEW: ("nothing new", "nichts neues", "rien de nouveau", "nada nuevo"),
    Word.EXIT: ("exit", "later", "später", "quitter", "plus tard", "salir", "más tarde"),
}


def word(text: str) -> Word | None:
    """The one word that a text is, if it is one."""
    said = folded(text.strip(" .!"))
    return next(
        (one for one, names in _WORDS.items() if said and said in {folded(n) for n in names}), None
    )


def labelled(text: str, questions: Sequence[str]) -> tuple[str, ...] | None:
    """The answers that a text gives under labels, in the questions' order.

    None where its first line has none: then it is not known what it answers. Lines below a label
    belong to it. Numbers count where they go up from 1 to a question that there is.
    """
    labels = _labels(questions)
    numbers = [int(found["number"]) for line in text.splitlines() if (found := _NUMBER.match(line))]
    is_numbered = numbers == list(range(1, len(numbers) + 1)) and 1 < len(numbers) <= len(questions)
    answers: list[list[str]] = [[] for _ in questions]
    at: int | None = None
    for line in text.strip().splitlines():
        begun = _begun(line, labels, is_numbered=is_numbered)
        if begun is not None:
            at, line_said = begun
        elif at is None:
            return None
        else:
            line_said = line.rstrip()
        answers[at].append(line_said)
    said = tuple("\n".join(lines).strip() for lines in answers)
    return said if any(said) else None


def _labels(questions: Sequence[str]) -> dict[str, int]:
    """The questions by what may stand before an answer to them."""
    found = {folded(question): at for at, question in enumerate(questions)}
    block = blocker_at(questions)
    of: list[tuple[tuple[str, ...], int | None]] = [(_BLOCKED, block)]
    of += [
        (names, questions.index(question) if question in questions else None)
        for names, question in zip((_DONE, _NEXT), QUESTIONS, strict=False)
    ]
    for names, at in of:
        if at is not None:
            found |= {folded(name): at for name in names}
    return found


def _begun(line: str, labels: dict[str, int], *, is_numbered: bool) -> tuple[int, str] | None:
    """Which question a line begins to answer, and with what."""
    if is_numbered and (found := _NUMBER.match(line)):
        return int(found["number"]) - 1, line[found.end() :].strip()
    if (found := _LABEL.match(line)) and (at := labels.get(folded(found["label"]))) is not None:
        return at, line[found.end() :].strip()
    return None
