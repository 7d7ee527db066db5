"""A question about the past: its time taken out, and the rest put into the present.

"Who owned the pipeline when PR #41 merged?" is "who owns the pipeline?", asked of that moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot import text
from bot.qa.times import Kind, Lead, Said, Times, languages
from bot.text import Word

_SAY_PAST = (Kind.YESTERDAY, Kind.TWO_DAYS, Kind.LAST, Kind.LAST_WEEKDAY, Kind.AGO)
_MOST_CLAUSES = 8  # of one sentence that are tried
_WITHOUT_TENSE = ("zh",)


@dataclass(frozen=True, slots=True)
class When:
    """The time that a question asks about: as it was `said`, up to the end of `last` where there
    are two; or by what happened then (`event`). It stands at characters `start` up to `end`.
    """

    lead: Lead
    start: int
    end: int
    said: Said | None = None
    last: Said | None = None
    event: str = ""


@dataclass(frozen=True, slots=True)
class Then:
    """A sentence without its time, in the present; `was` tells whether it said that it was.

    `rest` are its characters, each in its place.
    """

    when: When
    rest: str
    words: tuple[Word, ...]
    was: bool

    @property
    def is_told_as_past(self) -> bool:
        """Whether the time alone says that it is over: "yesterday"."""
        return self.when.said is not None and self.when.said.kind in _SAY_PAST


def readings(sentence: str, language: str) -> list[Then]:
    """The ways to read a sentence as one about a time, the plainest first."""
    times = languages().get(language)
    if times is None:
        return []
    when = _said(times, sentence)
    found = [when] if when else []
    for lead, start, begin in sorted(times.told(sentence), key=_at)[:_MOST_CLAUSES]:
        end = _end(sentence, start)
        if event := sentence[begin:end].strip(" ,?!."):
            found.append(When(lead, start, end, event=event))
    return [_then(times, sentence, one, language) for one in found]


def _at(told: tuple[Lead, int, int]) -> tuple[int, int]:
    """From left to right, and of those that begin together the longest wording."""
    _, start, begin = told
    return start, -begin


def _end(sentence: str, start: int) -> int:
    """Where a clause ends: at a comma if the sentence begins with it, else with the sentence, or
    where a dash adds to it.
    """
    mark = " – " if sentence[:start].strip() else ","
    end = sentence.find(mark, start)
    return end if end > 0 else len(sentence)


def _said(times: Times, sentence: str) -> When | None:
    found = times.find(sentence)
    if not found or len(found) > 2:
        return None
    first, last = found[0], found[-1]
    if first is last:
        return When(first.lead, first.start, first.end, first)
    if times.is_range(first, last, sentence):
        return When(Lead.AT, first.start, last.end, first, last)
    return None


def _then(times: Times, sentence: str, when: When, language: str) -> Then:
    blank = " " * (when.end - when.start)
    rest = f"{sentence[: when.start]}{blank}{sentence[when.end :]}"
    words, was = _in_present(text.words(rest), times.present)
    return Then(when, rest, tuple(words), was or language in _WITHOUT_TENSE)


def since_when(sentence: str, language: str) -> list[Word] | None:
    """What "since when" is asked of ("is Kim the owner?"), in the present; None where it is not."""
    times = languages().get(language)
    rest = times.without_since_when(sentence) if times else None
    return _in_present(text.words(rest), times.present)[0] if times and rest else None


def _in_present(
    words: Sequence[Word], present: Mapping[tuple[str, ...], tuple[str, ...]]
) -> tuple[list[Word], bool]:
    longest = max(map(len, present), default=0)
    stems = [word.stem for word in words]
    found: list[Word] = []
    at, was = 0, False
    while at < len(words):
        for end in range(min(len(words), at + longest), at, -1):
            now = present.get(tuple(stems[at:end]))
            if now is not None:
                found += [_as(words[at], word) for word in now]
                was, at = True, end
                break
        else:
            found.append(words[at])
            at += 1
    return found, was


def _as(word: Word, now: str) -> Word:
    folded = text.fold(now)
    return replace(word, text=folded, stem=text.stem(folded))
