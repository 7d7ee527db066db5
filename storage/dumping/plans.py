"""What is planned in a project and what was decided, as an entry of a document."""

from collections.abc import Iterator, Mapping, Sequence

from bot.decisions import Decision
from bot.document import (
    DecisionEntry,
    ForecastEntry,
    MilestoneEntry,
    PlansEntry,
    RaidLine,
    ReviewEntry,
    one_line,
)
from bot.milestones import Milestone
from bot.project import Project
from bot.spelling import folded


def plans(
    project: Project, decisions: Sequence[Decision], people: Mapping[int, str]
) -> PlansEntry | None:
    """None where there is nothing to say."""
    items = {one.id: one.key for one in project.items}
    items |= {one.id: one.key for one in project.gone}
    every = project.review.every if project.review else None
    found = PlansEntry(
        milestones=[
            _milestone(one, items, people)
            for one in project.milestones
            if one.key == folded(one.title)  # one that was taken back gave its name away
        ],
        decisions=[_decision(one, items, people) for one in reversed(decisions)],
        raid=list(_raid(project, items, people)),
        review=ReviewEntry(days=every) if every is not None else None,
    )
    return None if found == PlansEntry() else found


def _milestone(
    one: Milestone, items: Mapping[int, str], people: Mapping[int, str]
) -> MilestoneEntry:
    return MilestoneEntry(
        title=one_line(one.title, one.key),
        item=_key(one.item, items),
        forecasts=[
            ForecastEntry(due=told.due, at=told.at, by=_key(told.by, people), reason=told.reason)
            for told in one.forecasts
        ],
        met_on=one.met_on,
        removed=one.removed,
    )


def _decision(one: Decision, items: Mapping[int, str], people: Mapping[int, str]) -> DecisionEntry:
    return DecisionEntry(
        number=one.number,
        text=one.text,
        at=one.at,
        item=_key(one.item, items),
        by=_key(one.by, people),
        said_by=_key(one.author, people),
        permalink=one.permalink,
        withdrawn=one.withdrawn_at,
        withdrawn_by=_key(one.withdrawn_by, people),
        withdrawn_because=one.withdrawn_because,
    )


def _raid(
    project: Project, items: Mapping[int, str], people: Mapping[int, str]
) -> Iterator[RaidLine]:
    for entry in project.raid:
        for told in entry.revisions:
            said = told.said
            assert told.at is not None, "each says since when it holds"
            yield RaidLine(
                kind=entry.kind.value,
                number=entry.number,
                text=said.text,
                at=told.at,
                by=_key(told.by, people),
                item=_key(said.item, items),
                owner=_key(said.owner, people),
                likelihood=said.likelihood.value if said.likelihood else None,
                impact=said.impact.value if said.impact else None,
                mitigation=said.mitigation,
                due=said.due,
                closed=said.closed,
                because=said.because,
            )


def _key(number: int | None, keys: Mapping[int, str]) -> str | None:
    return keys.get(number) if number is not None else None
