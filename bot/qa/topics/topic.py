"""What a topic is given to answer a question, and the replies that all topics share."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot import text
from bot.moments import own_day
from bot.people import Person
from bot.project import Item, Project
from bot.qa import wording
from bot.qa.facts import Facts
from bot.qa.grammar import Question
from bot.qa.mentions import How, Mention
from bot.qa.replies import Answer, AnswerKind, Option, Subject, Told, Verdict
from bot.qa.resolve import Choice, Missing, Resolver, Target, Unclear
from bot.qa.rule import Matched, Reading, Rule
from bot.qa.suggest import nearest

_LABEL = 75
_NAMED = 3


class Reply(Exception):
    """An answer that is given at once, whatever else was to be said: a question back, or that
    something is not on record.
    """

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.said)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Place:
    """An item of a project, or (`item` None) the project itself; and the names that led to it."""

    project: Project
    item: Item | None = None
    mentions: tuple[Mention, ...] = ()

    @property
    def pair(self) -> tuple[str, str]:
        return (self.project.key, self.item.key if self.item else "")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a topic."""

    matched: Matched
    question: Question
    facts: Facts
    choice: Choice = field(default_factory=Choice)

    @property
    def rule(self) -> Rule:
        return self.matched.rule

    @property
    def reading(self) -> Reading:
        return self.matched.reading

    @property
    def today(self) -> date:
        """The day it is for the asker; in UTC where nobody asks."""
        return own_day(self.facts.now, self.facts.zone)

    @property
    def zone(self) -> ZoneInfo:
        """Where the asker lives; UTC where nobody asks."""
        return ZoneInfo(self.facts.zone)

    def day_of(self, moment: datetime) -> date:
        """The day that a moment was for the asker."""
        return moment.astimezone(self.zone).date()

    # --- what it is about ------------------------------------------------------------------------

    def places(self) -> list[Place]:
        """The items and projects that are meant. Raises `Reply`."""
        resolved = Resolver(self.facts, self.question, self.choice).targets()
        return [self._place(target) for target in self._settled(resolved)]

    def projects(self) -> list[Project]:
        """The projects that are meant: those named, the channel's, else all that the asker sees and
        that are not archived, by name. Raises `Reply`.
        """
        keys = self.numbers()
        found = self.facts.projects(keys)
        return [found[key] for key in keys]

    def numbers(self) -> list[int]:
        """The ids of the same projects; nothing is read for them. Raises `Reply`."""
        return self._limits() or [entry.project_id for entry in self.facts.view.listed()]

    @property
    def is_of_every_project(self) -> bool:
        """Whether all projects are meant that the asker sees. Raises `Reply`."""
        return not self._limits()

    def _limits(self) -> list[int]:
        """The projects named, else the channel's; none means all. Raises `Reply`."""
        named = self._settled(Resolver(self.facts, self.question, self.choice).projects_named())
        keys = [target.project for target in named]
        if not keys and not self.reading.has("everywhere"):
            view = self.facts.view
            keys = [number for number in self.facts.channel_projects if view.project(number)]
        return list(dict.fromkeys(keys))

    @property
    def is_of_all(self) -> bool:
        """Whether nothing tells of which project: neither the text nor the channel."""
        placed = self.question.mentions or self.reading.here or self.facts.channel_projects
        return not placed and not self.choice.project

    @property
    def where(self) -> str:
        """ " in Berth Planner": of which projects a list is, where it is not of all."""
        if self.is_of_every_project:
            return ""
        names = [wording.name(one.name) for one in self.projects()]
        return f" in {wording.listed(names)}" if len(names) <= _NAMED else ""

    @property
    def names_projects(self) -> bool:
        return any(mention.projects for mention in self.question.mentions)

    def person(self, which: int = 0) -> Person:
        """Who is asked about, of several the one named there; "I" is the asker. Raises `Reply`."""
        people = self.facts.people
        if self.choice.person:
            return next(one for one in people.values() if one.key == self.choice.person)
        named = list(self.reading.people)
        if not named and self.facts.asker:
            return self.facts.asker
        numbers = sorted(named[which].people, key=lambda number: people[number].name.casefold())
        if len(numbers) == 1:
            return people[numbers[0]]
        labels = [wording.person(people[number], self.facts) for number in numbers]
        options = tuple(
            Option(
                text.clip(label, _LABEL),
                self.question.instead(named[which], people[number].name),
                person=people[number].key,
            )
            for label, number in zip(labels, numbers, strict=True)
        )
        told = wording.which("person", labels[: wording.SHOWN], max(0, len(labels) - wording.SHOWN))
        raise Reply(
            Answer(
                AnswerKind.CLARIFY, told, people=tuple(numbers), options=options[: wording.SHOWN]
            )
        )

    def authors(self) -> set[int]:
        """Whose work is asked for: of those named, or the asker's own; of everybody where empty."""
        if not self.reading.people and self.reading.has("mine") and self.facts.asker:
            return {self.facts.asker.id}
        return {number for one in self.reading.people for number in one.people}

    # --- replies ---------------------------------------------------------------------------------

    def answer(
        self,
        said: str | Told,
        places: Sequence[Place] = (),
        *,
        people: Sequence[int] = (),
        verdict: bool | None = None,
    ) -> Answer:
        """`said`, led by "Yes." or "No." where one is asked for; and how it was understood."""
        told: Verdict | None = None if verdict is None else "yes" if verdict else "no"
        lead = f"{told.capitalize()}. " if told else ""
        titles = tuple(self._understood(places))
        parts, said = (said, said.text) if isinstance(said, Told) else (None, said)
        things = {place.pair: place for place in places}.values()
        return Answer(
            AnswerKind.ANSWER,
            wording.with_understood(lead + said, titles),
            people=tuple(dict.fromkeys(people)),
            stages=tuple(dict.fromkeys(place.pair for place in places if place.item)),
            verdict=told,
            subjects=tuple(Subject(place.project, place.item) for place in things),
            understood=titles,
            told=parts,
        )

    def missing(self, said: str, where: str = "") -> Answer:
        near = nearest(said, self.facts) if said else ()
        told = wording.unknown(said, where, near)
        return Answer(AnswerKind.UNKNOWN, told, suggestions=near)

    # --- inside ----------------------------------------------------------------------------------

    def _settled(self, resolved: tuple[Target, ...] | Unclear | Missing) -> tuple[Target, ...]:
        match resolved:
            case Unclear():
                raise Reply(self.asked_back(resolved))
            case Missing(said, project):
                raise Reply(self.missing(said, project.name if project else ""))
            case targets:
                return targets

    def _place(self, target: Target) -> Place:
        project = self.facts.project(target.project)
        item = project.item(target.item) if target.item else None
        if target.item and item is None:
            gone = [one for one in project.gone if one.key == target.item]
            said = wording.gone(project, gone[0]) if gone else wording.not_understood()
            raise Reply(Answer(AnswerKind.UNKNOWN, said))
        return Place(project, item, target.mentions)

    def asked_back(self, unclear: Unclear) -> Answer:
        """The options as buttons; tells nothing yet."""
        pairs = [
            (project, project.item(target.item) if target.item else None)
            for target in unclear.options
            for project in (self.facts.project(target.project),)
        ]
        one_project = len({project.id for project, _ in pairs}) == 1
        one_item = len({item.key if item else "" for _, item in pairs}) == 1
        labels = wording.labels(pairs, items=not one_item or one_project, projects=not one_project)
        sentence = self.question.sentence.rstrip(" ?.!")
        options = tuple(
            Option(
                text.clip(label, _LABEL),
                f"{sentence} – {wording.thing(project, item)}?",
                project=project.key,
                item=item.key if item else None,
            )
            for label, (project, item) in zip(labels, pairs, strict=True)
        )
        what = "project" if one_item and not one_project else "item"
        return Answer(
            AnswerKind.CLARIFY, wording.which(what, labels, unclear.more), options=options
        )

    def _understood(self, places: Sequence[Place]) -> Iterator[str]:
        """The titles of what was called by another name, or mistyped."""
        seen: set[str] = set()
        for place in places:
            for mention in place.mentions:
                title = place.item.title if mention.is_item and place.item else place.project.name
                same = mention.how is How.NAME and text.key(text.words(title)) in mention.keys
                if not same and title not in seen:
                    seen.add(title)
                    yield title


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of question: its wordings, and what answers it. `answer` may raise `Reply`; None means
    that nothing on record is meant by what the rule left open.
    """

    name: str
    rules: tuple[Rule, ...]
    answer: Callable[[Asked], Answer | None]


def told(topic: Topic, asked: Asked) -> Answer:
    """The answer of a topic; what it cannot place is said to be missing."""
    reading = asked.reading
    if reading.left and not asked.rule.open:
        return asked.missing(_unplaced(asked))
    try:
        found = topic.answer(asked)
    except Reply as reply:
        return reply.answer
    return found or asked.missing(_unplaced(asked))


def _unplaced(asked: Asked) -> str:
    """What is not on record, as it was typed: what is left over, else an id."""
    reading = asked.reading
    if reading.left:
        return reading.said(_first_run(reading.left))
    cue = next((one for one in reading.cues if one.rows & {"id", "number"}), None)
    if cue is None:
        return ""
    first, last = reading.words[cue.start], reading.words[cue.end - 1]
    return asked.question.sentence[first.at : last.at + len(last.surface)]


def _first_run(places: Sequence[int]) -> list[int]:
    run: list[int] = []
    for at in places:
        if run and at - run[-1] > 1:
            break
        run.append(at)
    return run


def cut(answer: Answer) -> Answer:
    return replace(answer, said=wording.cut(answer.said))
