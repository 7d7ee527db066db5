"""Documents: addresses that a project keeps among its links, and when they are looked through."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot import errors
from bot.changes import DocumentPlanned, LinkAdded, Spot, Upkeep
from bot.errors import Refused
from bot.filling import fills
from bot.links import checked_title, checked_url, short_title
from bot.people import Person
from bot.project import CLOSED, Item, Letter, PersonHolder, Project
from bot.upkeep import Link

SOON = 7
"""Days before a review from which digests tell of it."""


def keep(project: Project, url: str, title: str = "", upkeep: Upkeep | None = None) -> LinkAdded:
    """The change that keeps the address of a page, or one of which no source knows; by its `title`
    if there is one.

    `Refused` where it is kept already.
    """
    _refuse_archived(project)
    url = checked_url(url)
    if kept(project, url) is not None:
        raise Refused(errors.Why.NOTHING_CHANGES, {"item": project.name})
    called = checked_title(title) or short_title(url)
    return LinkAdded(project.id, called, url, upkeep=upkeep or Upkeep())


def kept(project: Project, url: str) -> Link | None:
    """The link with this very address."""
    return next((link for link in project.scope.links if link.url == url), None)


def plan(project: Project, link: Link, after: Upkeep) -> DocumentPlanned:
    """The change after which a document is looked through on another day, or is of another item.

    `Refused` where that is so already.
    """
    _refuse_archived(project)
    before = upkeep_of(project, link)
    if before == after:
        raise Refused(errors.Why.NOTHING_CHANGES, {"item": link.title})
    return DocumentPlanned(project.id, link.title, link.url, before, after)


def upkeep_of(project: Project, link: Link) -> Upkeep:
    item = item_of(project, link)
    return Upkeep(link.review, Spot(item.id, item.key, item.title) if item else Spot())


def item_of(project: Project, link: Link) -> Item | None:
    """What it is about; None where that is the project, or was taken out of it."""
    return project.item(link.item) if link.item else None


def keeper(project: Project, link: Link, people: Mapping[int, Person]) -> int | None:
    """Who looks it through: the Accountable of what it is about, else the project's lead."""
    item = item_of(project, link)
    for held in project.raci(item) if item else ():
        who = held.holder
        if held.letter is Letter.A and isinstance(who, PersonHolder) and fills(who, people):
            return who.person
    lead = people.get(project.lead) if project.lead is not None else None
    return lead.id if lead is not None and lead.active else None


@dataclass(frozen=True, slots=True)
class DueReview:
    """A document that is to be looked through in `days` (negative: it is late) by `who`."""

    project: Project
    link: Link
    item: Item | None
    who: int | None
    days: int
    review: date

    @property
    def when(self) -> str:
        """ "3 days late", "today", "in 5 days"."""
        if not self.days:
            return "today"
        number = f"{abs(self.days)} {'day' if abs(self.days) == 1 else 'days'}"
        return f"in {number}" if self.days > 0 else f"{number} late"


def due_reviews(
    project: Project, people: Mapping[int, Person], today: date, within: int = 0
) -> Iterator[DueReview]:
    """Those that are late, due today, or due `within` so many days, the latest first.

    Nothing of a project that is archived, or in which there is nothing left to do.
    """
    if project.archived_at or all(item.status in CLOSED for item in project.items):
        return
    dated = [(link.review, link) for link in project.scope.links if link.review]
    for review, link in sorted(dated, key=lambda pair: (pair[0], pair[1].title.casefold())):
        days = (review - today).days
        if days <= within:
            who = keeper(project, link, people)
            yield DueReview(project, link, item_of(project, link), who, days, review)


def review_words(due: DueReview, people: Mapping[int, Person]) -> str:
    """ "Size guide is to be reviewed by Ana Ruiz by 2026-11-20, 3 days late"."""
    person = people.get(due.who) if due.who is not None else None
    by = f"by {person.name}" if person else "by nobody: the project has no lead"
    return f"{due.link.title} is to be reviewed {by}, due {due.review.isoformat()}, {due.when}"


def _refuse_archived(project: Project) -> None:
    if project.archived_at:
        raise Refused(errors.Why.ARCHIVED, {"project": project.name, "key": project.key})
