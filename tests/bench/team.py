"""An invented team of any size, always the same: projects, people, letters, and questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from random import Random
from typing import Any

from bot.stages import LADDER

Json = dict[str, Any]

DOMAINS = (
    "Churn", "Fraud", "Pricing", "Returns", "Search", "Demand", "Ticket", "Basket", "Invoice",
    "Route", "Energy", "Claims", "Credit", "Speech", "Image", "Review", "Stock", "Loyalty",
    "Traffic", "Warranty", "Catalogue", "Delivery", "Payment", "Sensor", "Weather",
)  # fmt: skip
KINDS = (
    "Radar", "Sentinel", "Forecast", "Ranker", "Router", "Planner", "Scorer", "Matcher", "Tagger",
    "Watcher", "Advisor", "Finder", "Filter", "Pilot", "Lens", "Compass", "Atlas", "Beacon",
    "Engine", "Mapper",
)  # fmt: skip
PLACES = (
    "Alps", "Baltic", "Berlin", "Boston", "Cairo", "Delhi", "Dublin", "Geneva", "Hanoi", "Iberia",
    "Jakarta", "Kyoto", "Lagos", "Lima", "Malta", "Nordic", "Oslo", "Porto", "Quito", "Seoul",
)  # fmt: skip
FIRST = (
    "Ada", "Bruno", "Carla", "Deniz", "Elif", "Felix", "Greta", "Hugo", "Ines", "Jonas", "Kira",
    "Luca", "Mira", "Nils", "Olga", "Pavel", "Quinn", "Rosa", "Sven", "Tara", "Uma", "Vito",
    "Wanda", "Xenia", "Yusuf",
)  # fmt: skip
LAST = (
    "Almeida", "Bergman", "Castell", "Dubois", "Eriksen", "Fontana", "Gruber", "Hansen", "Ivanov",
    "Jansen", "Kowalski", "Lindqvist", "Moreau", "Novak", "Okafor", "Petrov", "Quiroga", "Rossi",
    "Schmidt", "Tanaka",
)  # fmt: skip

INITIALS = tuple(f"{letter}. " for letter in "ABCDEFGHIJKLMNOPRSTUVWY")

FEWEST = 32
"""Letters of a project at least."""
MOST = len(DOMAINS) * len(KINDS) * len(PLACES)
HELPERS = ("data_engineer", "data_scientist", "ml_engineer", "developer", "data_analyst")
ZONES = ("Europe/Berlin", "Asia/Kolkata", "America/New_York", "UTC")
STATUSES = ("not_started", "in_progress", "in_progress", "at_risk", "blocked", "done", "done")
_LETTERS = "ARCI" + "CI" * 50
"""In this order people hold the letters of a stage."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in plain words, and the name of the one person who is the right answer."""

    text: str
    owner: str


@dataclass(frozen=True)
class Team:
    """`projects` projects of nine stages, 32 letters each (or `each`, where that is more), among
    `people` people.
    """

    projects: int
    people: int
    each: int = FEWEST

    @cached_property
    def names(self) -> list[str]:
        """The projects' names, taken evenly from all that there can be."""
        everything = product(DOMAINS, KINDS, PLACES)
        return [" ".join(words) for words in islice(everything, 0, None, MOST // self.projects)][
            : self.projects
        ]

    @cached_property
    def members(self) -> list[str]:
        """Beyond five hundred they have initials in between."""
        named = islice(product(("", *INITIALS), LAST, FIRST), self.people)
        return [f"{first} {initial}{last}" for initial, last, first in named]

    @staticmethod
    def slack_id(number: int) -> str:
        return f"U0BENCH{number:04d}"

    @cached_property
    def letters(self) -> list[list[list[int]]]:
        """By project and stage, people in the order A, R, C, (in five stages of nine) I, and
        where there are more, C and I in turn."""
        dice = Random("letters")
        everybody = range(self.people)
        return [
            [dice.sample(everybody, self._holders(place)) for place in range(len(LADDER))]
            for _ in self.names
        ]

    def _holders(self, place: int) -> int:
        """How many hold a letter in a stage."""
        more, rest = divmod(self.each - FEWEST, len(LADDER))
        return (4 if place < 5 else 3) + more + (place < rest)

    def document(self) -> Json:
        """The workspace document of this team."""
        dice = Random("states")
        return {
            "meta": {"org": f"Bench of {self.projects}"},
            "people": [self._person(number, name) for number, name in enumerate(self.members)],
            "projects": [self._project(number, dice) for number in range(self.projects)],
            "assignments": list(self._assignments()),
        }

    def _person(self, number: int, name: str) -> Json:
        return {
            "key": f"p{number}",
            "name": name,
            "first_name": name.split(maxsplit=1)[0],
            "role": HELPERS[number % len(HELPERS)],
            "timezone": ZONES[number % len(ZONES)],
            "slack_id": self.slack_id(number),
        }

    def _project(self, number: int, dice: Random) -> Json:
        domain, kind, place = self.names[number].split()
        return {
            "key": f"prj{number}",
            "name": self.names[number],
            "aliases": [f"{domain[:3]}{kind[:3]}{place[:3]}".upper()],
            "channel": f"#prj-{number}",
            "lead": f"p{self.letters[number][0][0]}",
            "scope": {"goal": f"Make the {domain.lower()} {kind.lower()} useful in {place}."},
            "stages": {
                stage.key: {
                    "status": dice.choice(STATUSES),
                    "due": f"2026-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}",
                    "updated": f"2026-11-{dice.randint(1, 20):02d}",
                }
                for stage in LADDER
            },
        }

    def _assignments(self) -> Iterator[Json]:
        for number in range(self.projects):
            for stage, holders in zip(LADDER, self.letters[number], strict=True):
                for letter, person in zip(_LETTERS, holders, strict=False):
                    about = {"project": f"prj{number}", "item": stage.key, "raci": letter}
                    yield {**about, "person": f"p{person}", "since": "2026-03-04"}

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """What the plain programs know: project, stage, owner."""
        for number, name in enumerate(self.names):
            for stage, holders in zip(LADDER, self.letters[number], strict=True):
                yield name, stage.title, self.members[holders[0]]

    def questions(self, seed: str, among: int | None = None) -> Iterator[Question]:
        """Endless questions about any project, or about `among` projects spread over all."""
        dice = Random(seed)
        step = max(1, self.projects // (among or self.projects))
        asked: Sequence[int] = range(0, self.projects, step)[: among or self.projects]
        while True:
            number, place = dice.choice(asked), dice.randrange(len(LADDER))
            text = f"who owns the {LADDER[place].title} in {self.names[number]}?"
            yield Question(text, self.members[self.letters[number][place][0]])
