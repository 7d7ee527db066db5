"""Whether those who are asked about hold a letter: yes, no, or which of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.people import Person
from bot.qa import wording
from bot.qa.facts import Facts
from bot.qa.grammar import Question, language_of
from bot.qa.raci import Found
from bot.qa.replies import Verdict


@dataclass(frozen=True, slots=True)
class Ruling:
    """What "is it so?" comes to: `said` stands before the answer, with a blank behind it."""

    verdict: Verdict | None = None
    said: str = ""


def exists(found: Sequence[Found]) -> Ruling:
    """Whether anybody holds it."""
    return _plain("no" if all(one.nobody for one in found) else "yes")


def rule(
    question: Question, people: Sequence[Person], found: Sequence[Found], facts: Facts
) -> Ruling:
    """Whether they all do; of "Kim or Sam" one is enough, and "since when" has no yes."""
    others = [one for one in people if not any(one.id in each.holders for each in found)]
    denied = f"{wording.people([one.id for one in others], facts)} {_is(others)} not. "
    if question.since or is_either(question):
        enough = not others or (is_either(question) and len(others) < len(people))
        return Ruling(said="" if enough else denied)
    if not others:
        return _plain("yes")
    return Ruling("no", f"No. {denied if len(others) < len(people) else ''}")


def _plain(verdict: Verdict) -> Ruling:
    return Ruling(verdict, f"{verdict.capitalize()}. ")


def is_either(question: Question) -> bool:
    """Whether "or" stands between the names."""
    named = question.people
    between = question.words[named[0].end : named[-1].start] if len(named) > 1 else ()
    return any(language_of([word]).means(word, "either") for word in between)


def _is(people: Sequence[Person]) -> str:
    return "is" if len(people) == 1 else "are"
