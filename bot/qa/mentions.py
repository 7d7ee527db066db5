"""Which words of a sentence name something that is held.

Spans that are a name as it stands come first, then other forms of a word ("we deploy"), then small
typos; where several fit, the reading that explains most words in the longest names is taken.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import islice, product

from bot import text
from bot.qa.names import ProjectNames
from bot.qa.spelling import slips_allowed
from bot.qa.view import View
from bot.qa.words import Lexicon, lexicons, real_words
from bot.text import Word

_LONGEST = 9  # words of a name
_PARTS = 40  # names that hold a word, looked at
_LIGHT = ("glue", "filler", "light", "whether")  # "needed" is no form of a stage called "need"


class How(IntEnum):
    """How sure it is that this was meant."""

    PART = 1
    TYPO = 2
    ROOT = 3
    NAME = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `start` up to `end`, and all they can stand for.

    `keys` are the names under which the view finds the projects and items; `stages` are keys of the
    ladder; `people` are ids.
    """

    start: int
    end: int
    how: How
    keys: tuple[str, ...] = ()
    projects: tuple[ProjectNames, ...] = ()
    stages: frozenset[str] = frozenset()
    has_items: bool = False
    people: frozenset[int] = frozenset()
    by_job: bool = False

    @property
    def is_item(self) -> bool:
        return bool(self.stages) or self.has_items

    @property
    def is_thing(self) -> bool:
        """Whether a project or an item can be meant."""
        return self.is_item or bool(self.projects)

    @property
    def weight(self) -> int:
        a_word = 6 if self.by_job else 6 + self.how
        return a_word * (self.end - self.start) - 3


@dataclass(slots=True)
class _Sense:
    """What some keys stand for, gathered."""

    keys: list[str] = field(default_factory=list)
    projects: dict[int, ProjectNames] = field(default_factory=dict)
    stages: set[str] = field(default_factory=set)
    has_items: bool = False
    people: set[int] = field(default_factory=set)
    jobs: set[int] = field(default_factory=set)

    def add(
        self,
        key: str,
        projects: Iterable[ProjectNames],
        stages: Iterable[str],
        has_items: bool,
        people: Iterable[int],
        jobs: Iterable[int],
    ) -> None:
        self.keys.append(key)
        self.projects.update((entry.project_id, entry) for entry in projects)
        self.stages.update(stages)
        self.has_items |= has_items
        self.people.update(people)
        self.jobs.update(jobs)

    def at(self, start: int, end: int, how: How) -> Mention | None:
        if not self.keys:
            return None
        by_job = not (self.people or self.projects or self.stages or self.has_items)
        return Mention(
            start,
            end,
            how,
            tuple(self.keys),
            tuple(self.projects.values()),
            frozenset(self.stages),
            self.has_items,
            frozenset(self.people or self.jobs),
            by_job,
        )


def is_placed(mention: Mention, words: Sequence[Word]) -> bool:
    """Whether a name stands where the place of something is told: "for churn", "on the …"."""
    if mention.end - mention.start > 1:
        return True
    before = words[mention.start - 1] if mention.start else None
    return before is not None and any(lexicon.is_function_word(before) for lexicon in lexicons())


def is_held(word: Word, view: View, *, people: bool, exactly: bool = False) -> bool:
    """Whether a word stands in some name, in this form or (unless `exactly`) in another."""
    names = view.names
    rooted = text.root(word.text)
    if names.ladder.exact(word.stem) or (people and names.people.called(word.stem)):
        return True
    if view.projects(word.stem) or next(view.items(word.stem), None) is not None:
        return True  # by itself the whole name of something: "lading" is not "leading" there
    if exactly:
        return word.stem in names.ladder.stems or view.has_word(word.stem, rooted)
    return len(rooted) > 3 and (rooted in names.ladder.tokens or view.knows(rooted))


def held_near(word: Word, view: View, *, people: bool) -> set[tuple[int, str]]:
    """The words of names that a word may be a typo of, with the number of slips."""
    spellings = [view.near, view.names.ladder.spelling.near]
    if people:
        spellings.append(view.names.people.near)
    typed = {word.text, word.stem}
    return {pair for near in spellings for form in typed for pair in near(form)}


@dataclass(slots=True)
class Finder:
    """Finds the names in one sentence.

    `people`: whether somebody's name is looked for, too; `jobs`: whether a job title may be one;
    `met_job`: whether one was, so that without it something else may be found.
    """

    words: Sequence[Word]
    view: View
    lexicon: Lexicon
    people: bool = False
    jobs: bool = True
    met_job: bool = field(default=False, init=False)
    _doubtful: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _roots: list[str] = field(default_factory=list)

    def mentions(self) -> list[Mention]:
        """The reading of the sentence that explains most of it."""
        return best_cover(self.considered(), len(self.words))

    def considered(self) -> list[Mention]:
        """Every name that some words of the sentence may be."""
        self._doubtful = {
            at: near for at, word in enumerate(self.words) if (near := self._corrections(word))
        }
        found = list(self._candidates())
        return [one for one in found if not self._glued(one, found)]

    def _glued(self, mention: Mention, found: Sequence[Mention]) -> bool:
        """Whether a small word only makes another name by being joined on to one.

        "in Voice Planner" is not "Invoice Planner", where there is a Voice Planner.
        """
        small = self.words[mention.start]
        if not mention.projects or not self.lexicon.is_function_word(small):
            return False
        names = (name for entry in mention.projects for name in (entry.name, *entry.aliases))
        if any(text.words(name)[:1] and text.words(name)[0].stem == small.stem for name in names):
            return False
        rest = (mention.start + 1, mention.end)
        return any(
            (other.start, other.end) == rest and other.projects and other.how >= mention.how
            for other in found
        )

    def _candidates(self) -> Iterator[Mention]:
        small = [self.lexicon.is_function_word(word) for word in self.words]
        self._roots = [text.root(word.text) for word in self.words]
        for start in range(len(self.words)):
            for end in range(start + 1, min(len(self.words), start + _LONGEST) + 1):
                if all(small[start:end]) and not (end - start == 1 and self._may_be_name(start)):
                    continue
                found = self._named(start, end) or self._rooted(start, end)
                if found is None and any(at in self._doubtful for at in range(start, end)):
                    found = self._mistyped(start, end)
                if found:
                    yield found

    def _may_be_name(self, at: int) -> bool:
        """Whether a small word stands as a name does: "the need", "what does Will own"."""
        word, before = self.words[at], self.words[at - 1] if at else None
        if before is None or word.pause:
            return False
        if word.stem in self.lexicon.articles:
            return False
        capital = word.surface[:1].isupper() and not word.surface.isupper()
        if before.stem in self.lexicon.before_names or self.lexicon.asks(before.stem):
            return True
        return self.people and capital and bool(self.view.names.people.called(word.stem))

    def _named(self, start: int, end: int) -> Mention | None:
        span = self.words[start:end]
        if any(word.others for word in span):
            return self.under("".join(stems) for stems in _readings(span)).at(start, end, How.NAME)
        return self.under((text.key(span),)).at(start, end, How.NAME)

    def _rooted(self, start: int, end: int) -> Mention | None:
        rooted = "".join(self._roots[start:end])
        if end - start == 1 and self.lexicon.means(self.words[start], *_LIGHT):
            return None
        stages = self.view.names.ladder.rooted(rooted)
        return Mention(start, end, How.ROOT, stages=stages) if stages else None

    def _mistyped(self, start: int, end: int) -> Mention | None:
        choices = [self._doubtful.get(at, (self.words[at].stem,)) for at in range(start, end)]
        keys = ("".join(stems) for stems in islice(product(*choices), 24))
        return self.under(keys).at(start, end, How.TYPO)

    def under(self, keys: Iterable[str]) -> _Sense:
        """All that goes by one of these keys."""
        view, names = self.view, self.view.names
        sense = _Sense()
        for key in keys:
            known, stages = view.may_know(key), names.ladder.exact(key)
            if not (known or stages or self.people):
                continue
            projects = [place.entry for place in view.projects(key)] if known else []
            has_items = known and next(view.items(key), None) is not None
            people = names.people.called(key) if self.people else frozenset()
            called = people or not (self.people and self.jobs)
            by_job = frozenset() if called else names.people.doing(key)
            self.met_job |= bool(by_job)
            if projects or stages or has_items or people or by_job:
                sense.add(key, projects, stages, has_items, people, by_job)
        return sense

    def _corrections(self, word: Word) -> tuple[str, ...]:
        """What a word may be a typo of; nothing for a word that is right as it is."""
        if not slips_allowed(word.text) or self.lexicon.knows(word) or not word.text.isalpha():
            return ()
        if word.stem in real_words() or is_held(word, self.view, people=self.people, exactly=True):
            return ()
        near = held_near(word, self.view, people=self.people)
        fewest = min((slips for slips, _ in near), default=0)
        meant = (text.stem(name) for slips, name in sorted(near) if slips == fewest)
        return tuple(dict.fromkeys(meant))

    def partly(self, start: int, end: int, mentions: Sequence[Mention]) -> Mention | None:
        """What unexplained words name in another order ("quality of the data"), or in part."""
        first, last = self._with_neighbours(start, end, mentions)
        whole = self._holding(first, last, whole=True)
        if whole is None and (first, last) != (start, end):
            whole = self._holding(start, end, whole=True)
        return whole or self._holding(start, end, whole=False)

    def _with_neighbours(
        self, start: int, end: int, mentions: Sequence[Mention]
    ) -> tuple[int, int]:
        """The run with the items named beside it, if only "of the" and the like lie between."""
        for mention in mentions:
            between = self.words[mention.end : start] or self.words[end : mention.start]
            near = mention.end <= start and start - mention.end <= 2
            near = near or (mention.start >= end and mention.start - end <= 2)
            if near and mention.is_item and all(map(self.lexicon.is_function_word, between)):
                start, end = min(start, mention.start), max(end, mention.end)
        return start, end

    def _holding(self, start: int, end: int, *, whole: bool) -> Mention | None:
        meant = [
            at for at in range(start, end) if not self.lexicon.is_function_word(self.words[at])
        ]
        if not meant or (not whole and all(self.lexicon.knows(self.words[at]) for at in meant)):
            return None
        choices = [
            [text.root(stem) for stem in self._doubtful.get(at, (self.words[at].text,))]
            for at in meant
        ]
        for roots in islice(product(*choices), 12):
            found = self._with_roots(frozenset(roots), start, end, whole=whole)
            if found:
                return found
        return None

    def _with_roots(
        self, roots: frozenset[str], start: int, end: int, *, whole: bool
    ) -> Mention | None:
        in_full, in_title = self.view.names.ladder.holding(roots)
        held = list(islice(self.view.holding(roots), _PARTS))
        keys = [key for key, full in held if full is whole]
        if not whole and len(roots) == 1:
            keys = [key for key in keys if self._headed(key, self.words[end - 1])]
        sense = self.under(keys)
        stages = in_full if whole else in_title
        found = sense.at(start, end, How.ROOT if whole else How.PART)
        if found is None:
            return (
                Mention(start, end, How.ROOT if whole else How.PART, stages=stages)
                if stages
                else None
            )
        return replace(found, stages=stages, people=frozenset())

    def _headed(self, key: str, word: Word) -> bool:
        """Whether a name ends with this word ("the guidelines"), or is a project's."""
        return key.endswith((word.stem, text.root(word.text))) or bool(self.view.projects(key))


def _readings(span: Sequence[Word]) -> Iterable[tuple[str, ...]]:
    return islice(product(*((word.stem, *word.others) for word in span)), 24)


def best_cover(candidates: Sequence[Mention], length: int) -> list[Mention]:
    """The mentions that do not overlap and together weigh most; the longer name wins."""
    best: list[tuple[int, tuple[Mention, ...]]] = [(0, ())]
    ending: dict[int, list[Mention]] = {}
    for mention in candidates:
        ending.setdefault(mention.end, []).append(mention)
    for end in range(1, length + 1):
        chosen = best[end - 1]
        for mention in ending.get(end, ()):
            weight, before = best[mention.start]
            if weight + mention.weight > chosen[0]:
                chosen = (weight + mention.weight, (*before, mention))
        best.append(chosen)
    return list(best[length][1])
