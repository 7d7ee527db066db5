"""The two small indexes that a whole workspace shares: the ladder of stages, and the people."""

from collections import ChainMap, Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Set
from copy import copy
from dataclasses import dataclass
from typing import Self

from bot import text
from bot.people import Person
from bot.qa.spelling import Spelling

FEW = 8
"""One in so many may be called otherwise, and the index of people is not made anew as a whole."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that every project of the workspace has, under this key."""

    key: str
    title: str
    aliases: tuple[str, ...] = ()


class Ladder:
    """Names of the stages: by key, by root ("we deploy" is deployment), and by words of a title."""

    def __init__(self, stages: Iterable[Stage]) -> None:
        self.stages = tuple(stages)
        self.titles = {stage.key: stage.title for stage in self.stages}
        self._exact: dict[str, dict[str, bool]] = {}
        self._roots: dict[str, set[str]] = {}
        self._bags: list[tuple[frozenset[str], str, bool]] = []
        tokens: set[str] = set()
        for stage in self.stages:
            for name in (stage.title, *stage.aliases):
                found = text.words(name)
                if not found:
                    continue
                titled = self._exact.setdefault(text.key(found), {})
                titled[stage.key] = titled.get(stage.key, False) or name == stage.title
                rooted = [text.root(word.text) for word in found]
                self._roots.setdefault("".join(rooted), set()).add(stage.key)
                self._bags.append((frozenset(rooted), stage.key, name == stage.title))
                tokens.update(word.text for word in found)
        self.stems = frozenset(text.stem(token) for token in tokens)
        self.tokens = frozenset(text.root(token) for token in tokens)
        self.spelling = Spelling(tokens | set(self._exact))

    def exact(self, key: str) -> Mapping[str, bool]:
        """The stages of that name, and whether it is their title."""
        return self._exact.get(key, {})

    def rooted(self, key: str) -> frozenset[str]:
        """The stages one of whose names has these roots."""
        return frozenset(self._roots.get(key, ()))

    def holding(self, roots: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Stages with a name of just these words in any order; those whose title has them."""
        whole = frozenset(stage for bag, stage, _ in self._bags if bag == roots)
        part = frozenset(stage for bag, stage, title in self._bags if title and roots < bag)
        return whole, part


class People:
    """Who can be meant by a full name, a first name, a surname, an initial, a handle or a title.

    Indexes of a few more people may stand beside one of many, which others share.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self._beside: tuple[People, ...] = ()
        self.by_id: MutableMapping[int, Person] = {person.id: person for person in people}
        self._names = _Keyed(_short_names)
        self._whole = _Keyed(_whole_names)
        self._jobs = _Keyed(_jobs)
        self._tokens: Counter[str] = Counter()
        for person in self.by_id.values():
            for index in (self._names, self._whole, self._jobs):
                index.add(person)
            self._tokens.update(_tokens(person))
        self._spelling = Spelling(self._meant)

    @property
    def _meant(self) -> Set[str]:
        """What can be misspelled."""
        return self._tokens.keys() | self._whole.keys

    def after(self, people: Iterable[Person]) -> Self:
        """The index once these are the people: made anew for those who are called otherwise now."""
        now = {person.id: person for person in people}
        if self._beside:
            return type(self)(now.values())
        gone = [one for key, one in self.by_id.items() if now.get(key) != one]
        new = [one for key, one in now.items() if self.by_id.get(key) != one]
        if len(gone) + len(new) > len(now) // FEW:
            return type(self)(now.values())
        made = copy(self)
        made.by_id = now
        made._names, made._whole, made._jobs = (
            index.after(gone, new) for index in (self._names, self._whole, self._jobs)
        )
        made._tokens = self._tokens.copy()
        for person in gone:
            made._tokens.subtract(_tokens(person))
        for person in new:
            made._tokens.update(_tokens(person))
        made._tokens = +made._tokens
        before, after = self._meant, made._meant
        if before != after:
            made._spelling = self._spelling.changed(after - before, before - after)
        return made

    def beside(self, *others: "People") -> Self:
        """The index with those of others beside; it shares them all, and they stay as they are."""
        more = tuple(one for one in others if one.by_id)
        if not more:
            return self
        made = copy(self)
        made._beside = (*self._beside, *more)
        made.by_id = ChainMap(*(one.by_id for one in more), self.by_id)
        made._names = self._names.beside(one._names for one in more)
        made._whole = self._whole.beside(one._whole for one in more)
        made._jobs = self._jobs.beside(one._jobs for one in more)
        return made

    def near(self, word: str) -> list[tuple[int, str]]:
        """Words of names that a word may be a typo of, as (slips, word), nearest first."""
        found = self._spelling.near(word)
        if not self._beside:
            return found
        return sorted({*found, *(pair for one in self._beside for pair in one.near(word))})

    def called(self, key: str) -> frozenset[int]:
        """Everybody of that name; whoever is still here before those who have left."""
        ids = self._whole.get(key) or self._names.get(key)
        here = frozenset(person for person in ids if self.by_id[person].active)
        return here or frozenset(ids)

    def doing(self, key: str) -> frozenset[int]:
        """Everybody with that job title or role."""
        return self._jobs.get(key)

    def namesakes(self, person: Person) -> bool:
        """Whether somebody else goes by the same full name."""
        return len(self._whole.get(text.key(text.words(person.name)))) > 1


class _Keyed:
    """People by what they go by, as `names` tells it."""

    def __init__(self, names: Callable[[Person], Iterable[str]]) -> None:
        self._names = names
        self._found: dict[str, frozenset[int]] = {}
        self._beside: tuple[_Keyed, ...] = ()

    @property
    def keys(self) -> Set[str]:
        return self._found.keys()

    def get(self, key: str) -> frozenset[int]:
        found = self._found.get(key, frozenset())
        return found.union(*(one.get(key) for one in self._beside)) if self._beside else found

    def add(self, person: Person) -> None:
        for key in self._keys(person):
            self._found[key] = self.get(key) | {person.id}

    def beside(self, more: Iterable["_Keyed"]) -> Self:
        """The same with those of others; this one stays as it is."""
        made = copy(self)
        made._beside = (*self._beside, *more)
        return made

    def after(self, gone: Iterable[Person], new: Iterable[Person]) -> Self:
        """The same without some and with others; this one stays as it is."""
        made = copy(self)
        made._found = dict(self._found)
        for person in gone:
            for key in made._keys(person):
                if left := made.get(key) - {person.id}:
                    made._found[key] = left
                else:
                    made._found.pop(key, None)
        for person in new:
            made.add(person)
        return made

    def _keys(self, person: Person) -> Iterator[str]:
        return filter(None, (text.key(text.words(name)) for name in self._names(person)))


def _tokens(person: Person) -> set[str]:
    return {word.text for word in text.words(f"{person.name} {person.first_name}")}


def _jobs(person: Person) -> Iterable[str]:
    if person.active:
        yield person.job_title
        yield person.role.replace("_", " ")


def _whole_names(person: Person) -> Iterable[str]:
    yield person.name
    if person.slack_id:
        yield f"@{person.slack_id.upper()}"


def _short_names(person: Person) -> Iterable[str]:
    parts = person.name.split()
    yield person.first_name
    yield person.key
    if len(parts) < 2:
        return
    yield parts[0]
    yield parts[-1]
    yield " ".join(parts[1:])
    for last in {parts[1], parts[-1]}:
        yield f"{person.first_name} {last[0]}"
        yield f"{parts[0][0]} {last}"
