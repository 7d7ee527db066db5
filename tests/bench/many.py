"""Invented facts of any number of items, always the same: who holds each, and questions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice, product
from random import Random
from typing import NamedTuple

from bot.people import Person
from bot.project import Assignment, Item, Kind, Letter, PersonHolder, Project, Status
from bot.qa.facts import Facts, Stage, in_memory
from bot.stages import LADDER
from tests.bench.team import DOMAINS, HELPERS, Team

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
EACH = 20
"""Items of a project: the stages of the ladder, which are called alike in all, and components."""
PARTS = (
    "Feed", "Loader", "Labels", "Splitter", "Features", "Joiner", "Checks", "Replay", "Export",
    "Gateway", "Cache", "Monitor", "Sampler", "Encoder", "Ledger", "Viewer", "Archive", "Notifier",
    "Bridge", "Console", "Runbook", "Sandbox", "Registry", "Scheduler", "Throttle",
)  # fmt: skip
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
STATES = tuple(Status)


class Probe(NamedTuple):
    """A question, and what its answer must say."""

    text: str
    told: str


def _invented(count: int) -> list[str]:
    """So many words of six letters that no language has."""
    dice = Random("words")
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = (dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(3))
        found.setdefault("".join(syllables).title())
    return list(found)


class Many:
    """`items` items in projects of `EACH`; components have a name of their own each."""

    def __init__(self, items: int, people: int) -> None:
        self.items = items
        self.team = Team(items // EACH, people)
        own = EACH - len(LADDER)
        named = product(_invented(100), DOMAINS, PARTS)
        titles = [" ".join(words) for words in named]
        Random("titles").shuffle(titles)
        self.titles = titles[: own * self.team.projects]
        self._dice = Random("items")
        self.people = [
            Person(number, f"p{number}", name, name.split()[0], role=HELPERS[number % len(HELPERS)])
            for number, name in enumerate(self.team.members, start=1)
        ]
        self.ladder = [Stage(rung.key, rung.title, rung.aliases) for rung in LADDER]
        self.owners: dict[str, str] = {}
        self.projects = [self._project(number) for number in range(self.team.projects)]

    def _project(self, number: int) -> Project:
        own = EACH - len(LADDER)
        titles = self.titles[number * own : (number + 1) * own]
        stages = [(rung.key, rung.title, Kind.STAGE) for rung in LADDER]
        rest = [(f"c{place}", title, Kind.COMPONENT) for place, title in enumerate(titles)]
        items = tuple(
            self._item(number * EACH + place + 1, *named)
            for place, named in enumerate([*stages, *rest])
        )
        name = self.team.names[number]
        alias = "".join(word[:3] for word in name.split()).upper()
        return Project(number + 1, f"prj{number}", name, (alias,), lead=1, items=items)

    def _item(self, number: int, key: str, title: str, kind: Kind) -> Item:
        accountable, responsible = self._dice.sample(self.people, 2)
        self.owners[title] = accountable.name
        letters = ((Letter.A, accountable), (Letter.R, responsible))
        return Item(
            number,
            key,
            kind,
            title,
            parent=LADDER[number % len(LADDER)].key if kind is Kind.COMPONENT else None,
            status=self._dice.choice(STATES),
            due=date(2026, 11, 1) + timedelta(days=self._dice.randrange(300)),
            updated=datetime(2026, 11, 10, 9, tzinfo=UTC),
            assignments=tuple(
                Assignment(number * 2 + place, letter, PersonHolder(one.id), None, None, NOW, 1, "")
                for place, (letter, one) in enumerate(letters)
            ),
        )

    def facts(self) -> Facts:
        made = in_memory(self.projects, self.people, self.ladder, now=NOW, asker=self.people[0])
        return replace(made, sees_open=True)  # nobody here is a guest

    def names(self) -> list[str]:
        """All that something is called by here, in small letters, for a plain comparison."""
        found = [title.casefold() for title in self.titles]
        found += [name.casefold() for project in self.projects for name in _called(project)]
        found += [name.casefold() for rung in self.ladder for name in (rung.title, *rung.aliases)]
        return list(dict.fromkeys(found))

    def letters(self, seed: str) -> Iterator[Probe]:
        """Endless questions about who holds what, of any project; one in four is mistyped."""
        dice = Random(seed)
        while True:
            for wording in (
                "who owns the {title} in {project}?",
                "who is accountable for {title}?",
                "hi, whom do I ask about the {title}? thanks",
                "who owns the {typo}?",
            ):
                project = dice.choice(self.projects)
                item = dice.choice(project.items[len(LADDER) :])
                said = wording.format(
                    title=item.title, project=project.name, typo=_mistyped(item.title)
                )
                yield Probe(said, self.owners[item.title])

    def topics(self, seed: str) -> Iterator[Probe]:
        """Endless questions about how something is going, of any project."""
        dice = Random(seed)
        while True:
            for wording in (
                "how is {project} doing?",
                "is the {title} blocked?",
                "when is the {title} in {project} due?",
                "what is overdue in {project}?",
            ):
                project = dice.choice(self.projects)
                item = dice.choice(project.items[len(LADDER) :])
                told = "" if wording.startswith("what") else project.name
                yield Probe(wording.format(title=item.title, project=project.name), told)


def _called(project: Project) -> tuple[str, ...]:
    return (project.name, *project.aliases)


def _mistyped(title: str) -> str:
    """Two letters within its first word, the invented one, change places."""
    return f"{title[:2]}{title[3]}{title[2]}{title[4:]}"


def some(probes: Iterator[Probe], count: int) -> list[Probe]:
    return list(islice(probes, count))
