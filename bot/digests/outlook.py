"""How projects stand, without what is said of them: enough to tell which of very many come first,
which are quiet, and whether anything is news.

A sketch is kept while its project stays as it is. On any day it gives the same outlook as the part
that would be composed of the whole project. Where the linter finds something else than the last
digest knew, or something was seen elsewhere since, the part itself has to be composed.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot import blockers as hurdles
from bot.digests import findings, standing
from bot.digests.values import Linked, Outlook, Part, Window
from bot.documents import SOON as SOON_REVIEWED
from bot.documents import due_reviews
from bot.hours import Hours
from bot.lint import Report
from bot.people import Person
from bot.project import PersonHolder, Project
from bot.raid import RaidEntry
from bot.scope import zone


def outlook(part: Part) -> Outlook:
    """That of a project of which all is known."""
    return Outlook(
        part.project.id,
        part.project.name,
        tuple((one.item.title, one.age) for one in part.blockers),
        part.late,
        sum(one.is_under_way for one in part.gaps),
        part.is_news,
        part.is_empty,
        part.closer,
    )


def weight(part: Part) -> tuple[object, ...]:
    return outlook(part).weight


@dataclass(frozen=True, slots=True)
class Hurdle:
    """What is in the way of an item, by its title; and the days of the week its owner works."""

    title: str
    since: datetime | None
    days: Collection[int]


@dataclass(frozen=True, slots=True)
class Sketch:
    """A project in what may become otherwise by the mere passing of time, and counts of the rest.

    `linked`: something linked to it is told whenever there is a digest. `marks` are the linter's
    findings as digests know them, `heavy` those of people who are over the limit of rows, for each
    who could be. `people` are those on whom any of it hangs.
    """

    project: int
    name: str
    home: str
    hurdles: tuple[Hurdle, ...]
    dues: tuple[date, ...]
    reviews: tuple[date, ...]
    raid: tuple[RaidEntry, ...]
    gaps: int
    unowned: int
    linked: bool
    marks: tuple[str, ...]
    heavy: tuple[tuple[int, str], ...]
    people: tuple[int, ...]

    def outlook(self, window: Window, *, happened: bool) -> Outlook:
        """How it stands now; `happened`: something was changed or decided since the last digest."""
        today, then = standing.days_at(self.home, window)
        blockers = [
            (one.title, *standing.lasting(one.since, one.days, window)) for one in self.hurdles
        ]
        dues = _within(standing.SOON, self.dues, today, then)
        reviews = _within(SOON_REVIEWED, self.reviews, today, then)
        worries = [*standing.worries(self.raid, window)] if self.raid else []
        steps = (*blockers, *dues, *reviews)
        is_news = happened or any(is_step for *_, is_step in steps)
        is_news = is_news or any(one.is_news for one in worries)
        told = blockers or self.gaps or dues or worries or self.linked or reviews
        return Outlook(
            self.project,
            self.name,
            tuple((title, age) for title, age, _ in blockers),
            sum(days < 0 for days, _ in dues),
            self.unowned,
            is_news,
            not (is_news or told),
        )

    def known(self, heavy: Collection[int]) -> Iterator[str]:
        """What the linter finds in it, where these people are over the limit."""
        yield from self.marks
        yield from (mark for person, mark in self.heavy if person in heavy)


def _within(soon: int, days: Sequence[date], today: date, then: date) -> list[tuple[int, bool]]:
    told = (standing.due_within(soon, due, today, then) for due in days)
    return [one for one in told if one is not None]


def sketch(
    project: Project,
    people: Mapping[int, Person],
    report: Report,
    evidence: Sequence[Linked],
    metric: str,
    highers: Mapping[str, bool],
    window: Window,
) -> Sketch:
    """The sketch of an open project. `report` is of the rules that digests tell of, as if everybody
    were over the limit of rows; `metric` is that of its runs, as `standing.runs` takes it.
    """
    gaps = standing.unheld(project, people)
    marks, heavy = findings.marked(report, people)
    return Sketch(
        project=project.id,
        name=project.name,
        home=zone(project, people),
        hurdles=tuple(
            Hurdle(
                item.title,
                one.since,
                hurdles.days(hurdles.whose(project, item, one, people), people),
            )
            for item in project.items
            for one in hurdles.of(item)
        ),
        dues=tuple(due for due, _ in standing.dated(project)),
        reviews=tuple(one.review for one in due_reviews(project, people, date.min, MANY_DAYS)),
        raid=tuple(one for one in project.raid if one.is_open),
        gaps=len(gaps),
        unowned=sum(one.is_under_way for one in gaps),
        linked=_is_linked(project, evidence, metric, highers, window),
        marks=marks,
        heavy=heavy,
        people=_people(project),
    )


MANY_DAYS = date.max.toordinal()
"""More than there are between any two days."""

_USUAL: Mapping[int, Hours] = {}


def _is_linked(
    project: Project,
    evidence: Sequence[Linked],
    metric: str,
    highers: Mapping[str, bool],
    window: Window,
) -> bool:
    """Whether a pull request waits, or a run is held against the scope."""
    pulls = standing.waiting(evidence, {}, _USUAL, window)
    told = standing.runs(project, evidence, metric, highers, window)
    return any(one.is_waiting for one in pulls) or (told is not None and told.aim is not None)


def _people(project: Project) -> tuple[int, ...]:
    """Who holds a letter, leads it, made it, or owns what is in the way."""
    held = (one.holder for item in project.items for one in item.assignments)
    found = {one.person for one in held if isinstance(one, PersonHolder)}
    owners = {one.owner for item in project.items for one in item.blockers}
    every = found | owners | {project.lead, project.created_by}
    return tuple(sorted(key for key in every if key is not None))
