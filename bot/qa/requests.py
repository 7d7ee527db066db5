"""What somebody wants done, as the command that would do it: offered, never done.

Every word counts here, too: a request of which anything is left over, or in which somebody or
something is unclear, has no command.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from bot import text
from bot.acting import today
from bot.commands import STATUSES, read_date, spoken
from bot.errors import BadInput
from bot.orders import Assign, Due, Move
from bot.project import Item, Letter, Project
from bot.qa import wording
from bot.qa.facts import Facts
from bot.qa.grammar import Ask, Question, language_of
from bot.qa.mentions import Finder, Mention
from bot.qa.resolve import Choice, Resolver, Target, Unclear
from bot.qa.words import Intent, Lexicon
from bot.spelling import folded
from bot.text import Word

_TABLE = Path(__file__).parent / "words" / "requests.toml"
_WEIGHTLESS = ("glue", "filler", "generic", "article", "project", "here", "opening")
_LETTERS = {
    Intent.OWNER: Letter.A,
    Intent.ACCOUNTABLE: Letter.A,
    Intent.RESPONSIBLE: Letter.R,
    Intent.CONSULTED: Letter.C,
    Intent.INFORMED: Letter.I,
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST_DAY = 4  # words of a date
_LONGEST_STATUS = 2

Wanted = Assign | Move | Due


@dataclass(frozen=True, slots=True)
class Request:
    """A command that would do what was asked for. `shown` is it as a person types it."""

    order: Wanted
    shown: str
    project: int
    item: str


@dataclass(frozen=True, slots=True)
class _Kind:
    verbs: frozenset[tuple[str, ...]]
    nouns: frozenset[tuple[str, ...]]


@cache
def _kinds() -> dict[str, _Kind]:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {
        name: _Kind(_stems(rows["verbs"]), _stems(rows.get("nouns", ())))
        for name, rows in table.items()
    }


def _stems(wordings: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(word.stem for word in text.words(wording)) for wording in wordings)


def requests(
    question: Question, facts: Facts, choice: Choice | None = None
) -> tuple[Request, ...] | Unclear:
    """The commands that could be meant; none where there is none, or not for certain. `Unclear`
    where only the project is open in which there would be one; a `choice` settles that.
    """
    words = text.words(question.sentence)
    lexicon = language_of(words)
    found = _Sentence(words, lexicon, Finder(words, facts.view, lexicon, people=True).mentions())
    target = found.target(facts, choice or Choice())
    if isinstance(target, Unclear):
        able = tuple(one for one in target.options if found.requests(one, facts))
        of_one = len({one.item for one in target.options}) == 1
        return Unclear(able, target.more) if able and of_one else ()
    return found.requests(target, facts) if target else ()


def _in_words(order: Wanted, item: Item, project: Project) -> Wanted:
    """The same order as a person would give it: by titles, where these mean one thing alone."""
    same = [one for one in project.items if folded(one.title) == folded(item.title)]
    title = item.title if len(same) == 1 else item.key
    return replace(order, item=title, project=project.name)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A request with the names in it."""

    words: Sequence[Word]
    lexicon: Lexicon
    mentions: Sequence[Mention]

    def requests(self, target: Target, facts: Facts) -> tuple[Request, ...]:
        """What it would be about one item."""
        project = facts.project(target.project)
        item = project.item(target.item) if target.item else None
        if item is None or project.archived_at:
            return ()
        made = []
        for order, name in self.orders(item.key, project.key, facts):
            said = spoken(_in_words(order, item, project))
            if isinstance(order, Assign) and order.holder.startswith("<@"):
                said = said.replace(order.holder, f"@{name}", 1)
            made.append(Request(order, f"/charter {said}", project.id, item.key))
        return tuple(made)

    def target(self, facts: Facts, choice: Choice) -> Target | Unclear | None:
        things = tuple(mention for mention in self.mentions if mention.is_thing)
        asked = Question(
            Ask.WHO, words=tuple(self.words), intent=Intent.OWNER, mentions=things, here=True
        )
        resolved = Resolver(facts, asked, choice).targets()
        if isinstance(resolved, Unclear):
            return resolved
        return resolved[0] if isinstance(resolved, tuple) and len(resolved) == 1 else None

    def orders(self, item: str, project: str, facts: Facts) -> Iterator[tuple[Wanted, str]]:
        """Each order with the name of whom it is about, if it is about somebody."""
        free = self._free()
        verb = self._verb(free)
        if verb is None:
            return
        stems = tuple(self.words[at].stem for at in verb)
        rest = [at for at in free if at not in verb]
        kinds = [name for name, kind in _kinds().items() if stems in kind.verbs]
        people = self._people(facts)
        if people and not ("letters" in kinds or "handed" in kinds):
            return
        if people:
            yield from self._assigned(rest, item, project, people, over="handed" in kinds)
        elif "due" in kinds and (day := self._due(rest, facts)) is not None:
            yield Due(item, day, project), ""
        elif "status" in kinds and (moved := self._moved(rest, item, project)) is not None:
            yield moved, ""

    def _assigned(
        self,
        rest: list[int],
        item: str,
        project: str,
        people: tuple[str, str],
        *,
        over: bool,
    ) -> Iterator[tuple[Wanted, str]]:
        """The letter that is said; without one both that "assign" can mean."""
        taken = [at not in rest for at in range(len(self.words))]
        told = [phrase for phrase in self.lexicon.phrases(self.words, taken) if phrase.intent]
        letters = {_LETTERS.get(phrase.intent) for phrase in told if phrase.intent}
        spent = {at for phrase in told for at in range(phrase.start, phrase.end)}
        if None in letters or len(letters) > 1 or not self._is_spent(rest, spent):
            return
        meant = [letter for letter in letters if letter] or [Letter.A, Letter.R]
        holder, name = people
        for letter in [Letter.A] if over else meant:
            yield Assign(item, (letter,), holder, project, hand_over=over), name

    def _due(self, rest: list[int], facts: Facts) -> date | None:
        noun = self._run(rest, _kinds()["due"].nouns)
        now = today(facts.asker, facts.now) if facts.asker else facts.now.date()
        for at in rest if noun else ():
            for size in range(_LONGEST_DAY, 0, -1):
                places = list(range(at, at + size))
                said = " ".join(self.words[one].surface for one in places if one in rest)
                day = _day(said, now) if set(places) <= set(rest) else None
                if day is not None:
                    return day if self._is_spent(rest, {*noun, *places}) else None
        return None

    def _moved(self, rest: list[int], item: str, project: str) -> Move | None:
        noun = self._run(rest, _kinds()["status"].nouns)
        for size in range(_LONGEST_STATUS, 0, -1):
            for at in rest:
                places = set(range(at, at + size))
                said = " ".join(word.text for word in self.words[at : at + size])
                if places <= set(rest) and said in STATUSES:
                    spent = self._is_spent(rest, places | set(noun))
                    return Move(item, STATUSES[said], project=project) if spent else None
        return None

    # --- words ------------------------------------------------------------------------------------

    def _free(self) -> list[int]:
        named = {at for mention in self.mentions for at in range(mention.start, mention.end)}
        return [at for at in range(len(self.words)) if at not in named]

    def _verb(self, free: list[int]) -> list[int] | None:
        """The words that say what shall be done."""
        verbs = frozenset().union(*(kind.verbs for kind in _kinds().values()))
        return self._run(free, verbs) or None

    def _run(self, places: list[int], wordings: frozenset[tuple[str, ...]]) -> list[int]:
        """The first words that are one of these wordings, the longest of them."""
        for at in places:
            for size in (3, 2, 1):
                run = list(range(at, at + size))
                stems = tuple(word.stem for word in self.words[at : at + size])
                if set(run) <= set(places) and stems in wordings:
                    return run
        return []

    def _people(self, facts: Facts) -> tuple[str, str] | None:
        """Who shall hold something, as a command and as a reader names them."""
        named = [one for one in self.mentions if one.people and not one.is_thing]
        if not named:
            asker = facts.asker
            says_me = any(word.text in ("me", "myself") for word in self.words)
            return _called(asker.slack_id, asker.name) if asker and says_me else None
        numbers = {number for mention in named for number in mention.people}
        if len(numbers) > 1:
            return None
        person = facts.people[numbers.pop()]
        return _called(person.slack_id, person.name) if person.active else None

    def _is_spent(self, rest: list[int], spent: set[int]) -> bool:
        return all(at in spent or self.lexicon.means(self.words[at], *_WEIGHTLESS) for at in rest)


def _called(slack_id: str | None, name: str) -> tuple[str, str]:
    return (f"<@{slack_id}>" if slack_id else name, name)


def _day(said: str, now: date) -> date | None:
    word = said.casefold().removeprefix("next ")
    if word in _DAYS:
        return now + timedelta(days=(_DAYS.index(word) - now.weekday() - 1) % 7 + 1)
    try:
        return read_date(said, now, ahead=True)
    except BadInput:
        return None


def which(projects: Sequence[str], more: int | None) -> str:
    """That nothing was done, and in which projects it could be."""
    return f"I have changed nothing. {wording.which('project', projects, more)}"


def requested(commands: Sequence[str]) -> str:
    """That nothing was done, and the commands that would do it."""
    return f"I have changed nothing. The command for that is {wording.listed(commands, 'or')}."


def not_yours(commands: Sequence[str], who_can: Sequence[str]) -> str:
    """The same, for somebody who may not give them."""
    who = (
        f"may be given by {wording.listed(who_can, 'or')}" if who_can else "is not for you to give"
    )
    return f"{requested(commands)[:-1]}, which {who}."
