"""What digests are composed from: read in bulk, by as many statements for many projects as for
few.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.digests import Material
from bot.hours import Hours, hours
from bot.spelling import folded
from handlers.service import edits
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.known import Known
from storage import digests, evidence, links

ARCHIVED = "ArchiveChanged"
"""The line of the record that a project is archived by, or opened again."""


@dataclass(frozen=True, slots=True)
class Since:
    """Up to where the readers know the record, the channel in which they read, and the days whose
    standups are counted.
    """

    revision: int
    moment: datetime
    standup_days: tuple[date, date]
    channel: str = ""


def material(
    session: Session,
    facts: WorkspaceFacts,
    cache: FactsCache,
    reach: Sequence[Known],
    since: Since,
    now: datetime,
    *,
    keep: bool | None = None,
) -> Material:
    """What there is to say of projects: the open ones, and those that were archived since. `keep`
    as in `Snapshots.read`.
    """
    every = [known.id for known in reach]
    lines = digests.lines_since(session, facts.workspace, since.revision, every, edits.ACTIONS)
    archived_now = {line.project for line in lines if line.action == ARCHIVED}
    keys = [each.id for each in reach if not each.archived or each.id in archived_now]
    told = cache.projects(session, facts, keys, now, keep=keep)
    logins = links.people_named(session, facts.workspace, "github")
    return Material(
        projects=tuple(told.values()),
        people=facts.people,
        edits=edits.told(lines, since.channel),
        decisions=digests.decisions_since(session, keys, since.moment),
        evidence=evidence.of_projects(session, keys),
        logins=logins,
        hours={key: _hours(facts, key) for key in set(logins.values()) & facts.people.keys()},
        review_days=facts.settings.review_days,
        delegations=facts.delegations,
        standups=digests.standups_of(session, keys, *since.standup_days),
        aims=digests.aims(session, keys),
        highers={
            folded(name): way == "max"
            for name, way in digests.directions(session, facts.workspace).items()
        },
    )


def _hours(facts: WorkspaceFacts, key: int) -> Hours:
    """When somebody works, as whoever they turned out to be has set it."""
    person = facts.people[key]
    person = facts.people.get(person.merged_into or key, person)
    return hours(person, facts.presence(person.id))
