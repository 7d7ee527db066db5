"""Pages among the links of a scope, as their sources told of them last."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.evidence import sound
from bot.sources.base import Page, Seen, Trouble, Why


@dataclass(frozen=True, slots=True)
class PageSight:
    """A page as last seen (`page` None: never), and why not since, if so.

    `seen_at` is when its source told of it last, `looked_at` when it was asked last.
    """

    page: Page | None = None
    seen_at: datetime | None = None
    looked_at: datetime | None = None
    trouble: Trouble | None = None

    def is_behind(self, changed_at: datetime | None) -> bool:
        """Whether it was not edited since the scope changed."""
        edited = self.page.edited if self.page else None
        return edited is not None and changed_at is not None and edited < changed_at


NEVER = PageSight()


def looked(before: PageSight, told: Seen, at: datetime) -> PageSight:
    """The sight after one more look: in trouble the last good one stands. Where the same trouble
    goes on, so does its `until`: it would move on with every look.
    """
    if isinstance(told, Page):
        return PageSight(bounded(told), at, at)
    trouble = told if isinstance(told, Trouble) else Trouble(Why.GARBAGE)
    kept = before.trouble
    if kept and kept.why is trouble.why and (kept.until is None or at < kept.until):
        trouble = kept
    return PageSight(before.page, before.seen_at, at, trouble)


def bounded(page: Page) -> Page:
    """The same, in what can be kept."""
    return replace(
        page,
        title=sound(page.title),
        owner=sound(page.owner),
        state=sound(page.state),
        edited_by=sound(page.edited_by),
    )
