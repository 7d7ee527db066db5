"""What a company does in a day, made up beforehand, and what must come of it.

Nothing here is Charter's but the names of stages: what must come is counted from what is said and
who holds which letter, so that it can be held against what Charter did.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from random import Random

from bot.stages import LADDER
from tests.bench.team import Json, Question, Team

BEGINS = datetime(2026, 11, 24, tzinfo=UTC)
"""A Tuesday; the day ends when the next one begins, by the clock of Greenwich."""
DAY = timedelta(hours=24)
STANDUP_AT, DIGEST_AT = 9, 10
"""Hours: of everybody's own morning, and of Greenwich."""
FIRST_DUE = date(2027, 1, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody mentions Charter in a project's channel."""

    at: datetime
    person: int
    project: int
    question: Question


@dataclass(frozen=True, slots=True)
class Edit:
    """Somebody moves a due date by command, in the project's channel."""

    at: datetime
    person: int
    project: int
    stage: int
    due: date


@dataclass(frozen=True, slots=True)
class Delivery:
    """GitHub says that something was done to a pull request, which is merged then or still open."""

    at: datetime
    number: int
    pull: int
    is_merged: bool


Deed = Asked | Edit | Delivery


@dataclass(frozen=True)
class Plan:
    """A company of `people` in twenty times fewer projects, for the first `hours` of the day."""

    people: int
    hours: float = 24.0
    questions: int = 2_000
    edits: int = 1_000
    deliveries: int = 1_000
    pulls: int = 100

    @cached_property
    def team(self) -> Team:
        return Team(max(2, self.people // 20), self.people)

    @property
    def projects(self) -> int:
        return self.team.projects

    @property
    def ends(self) -> datetime:
        return BEGINS + timedelta(hours=self.hours)

    @cached_property
    def document(self) -> Json:
        return self.team.document()

    def members(self, project: int) -> list[int]:
        """Who is in the channel of a project: all who hold a letter."""
        return sorted({one for stage in self.team.letters[project] for one in stage})

    # What is done

    @cached_property
    def deeds(self) -> list[Deed]:
        """In the order of their times."""
        made: list[Deed] = [*self._asked(), *self._edits(), *self._delivered()]
        return sorted(made, key=lambda deed: deed.at)

    def _moment(self, dice: Random) -> datetime:
        return BEGINS + timedelta(minutes=dice.randrange(int(self.hours * 60)))

    def _asked(self) -> Iterator[Asked]:
        dice = Random("asked")
        names = {name: number for number, name in enumerate(self.team.names)}
        asked = self.team.questions("company")
        for _ in range(self.questions):
            question = next(asked)
            project = names[question.text.rpartition(" in ")[2].removesuffix("?")]
            person = dice.choice(self.members(project))
            yield Asked(self._moment(dice), person, project, question)

    def _edits(self) -> Iterator[Edit]:
        """Each to a day that nothing is due at yet, by whoever is accountable for the stage."""
        dice = Random("edits")
        for number in range(self.edits):
            project, stage = number % self.projects, dice.randrange(len(LADDER))
            owner = self.team.letters[project][stage][0]
            due = FIRST_DUE + timedelta(days=number)
            yield Edit(self._moment(dice), owner, project, stage, due)

    def _delivered(self) -> Iterator[Delivery]:
        dice = Random("delivered")
        moments = sorted(self._moment(dice) for _ in range(self.deliveries))
        for number, at in enumerate(moments):
            pull = number % self.pulls
            is_last = number >= self.deliveries - self.pulls
            yield Delivery(at, number, pull + 1, is_last and pull % 2 == 0)

    # What must come of it

    @cached_property
    def due_in_the_end(self) -> dict[tuple[int, int], date]:
        """By project and stage, where it was moved."""
        edits = [deed for deed in self.deeds if isinstance(deed, Edit)]
        return {(edit.project, edit.stage): edit.due for edit in edits}

    @cached_property
    def in_standup(self) -> dict[int, set[int]]:
        """By person, the projects in which they do, or answer for, what is not done."""
        found: dict[int, set[int]] = {}
        for project, (stages, told) in enumerate(
            zip(self.team.letters, self.document["projects"], strict=True)
        ):
            for rung, holders in zip(LADDER, stages, strict=True):
                if told["stages"][rung.key]["status"] != "done":
                    for person in holders[:2]:
                        found.setdefault(person, set()).add(project)
        return found

    def asked_by(self, offset: dict[str, int], until: datetime) -> set[int]:
        """Who is asked by then, where `offset` is how many hours each zone is ahead."""
        found = set()
        for person in self.in_standup:
            zone = self.document["people"][person]["timezone"]
            at = BEGINS + timedelta(hours=STANDUP_AT) - timedelta(minutes=offset[zone])
            if BEGINS <= at < until:
                found.add(person)
        return found

    @cached_property
    def answering(self) -> set[int]:
        """One in three of those who are asked for one project alone press “Nothing new”."""
        alone = sorted(person for person, projects in self.in_standup.items() if len(projects) == 1)
        return set(alone[::3])

    def with_news(self, until: datetime) -> set[int]:
        """The projects in which something was moved by then."""
        return {deed.project for deed in self.deeds if isinstance(deed, Edit) and deed.at < until}

    @cached_property
    def counted(self) -> Counter[str]:
        return Counter(type(deed).__name__ for deed in self.deeds)
