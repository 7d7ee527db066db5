"""The two small indexes that a whole workspace shares: the ladder of stages, and the people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot import text
from bot.people import Person
from bot.qa.spelling import Spelling


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
    """Who can be meant by a full name, a first name, a surname, an initial, a handle or a title."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.by_id = {person.id: person for person in people}
        self._names: dict[str, set[int]] = {}
        self._whole: dict[str, set[int]] = {}
        self._jobs: dict[str, set[int]] = {}
        tokens: set[str] = set()
        for person in self.by_id.values():
            for name in _whole_names(person):
                self._add(self._whole, name, person.id)
            for name in _short_names(person):
                self._add(self._names, name, person.id)
            if person.active:
                self._add(self._jobs, person.job_title, person.id)
                self._add(self._jobs, person.role.replace("_", " "), person.id)
            tokens.update(word.text for word in text.words(f"{person.name} {person.first_name}"))
        self.spelling = Spelling(tokens | set(self._whole))

    @staticmethod
    def _add(index: dict[str, set[int]], name: str, person: int) -> None:
        if key := text.key(text.words(name)):
            index.setdefault(key, set()).add(person)

    def called(self, key: str) -> frozenset[int]:
        """Everybody of that name; whoever is still here before those who have left."""
        ids = self._whole.get(key) or self._names.get(key) or set()
        here = frozenset(person for person in ids if self.by_id[person].active)
        return here or frozenset(ids)

    def doing(self, key: str) -> frozenset[int]:
        """Everybody with that job title or role."""
        return frozenset(self._jobs.get(key, ()))

    def namesakes(self, person: Person) -> bool:
        """Whether somebody else goes by the same full name."""
        return len(self._whole.get(text.key(text.words(person.name)), ())) > 1


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
