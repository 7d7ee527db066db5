"""Loading what is in the way of items: what blocks them, by their status."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.project import Status
from bot.spelling import folded
from storage.loading.desk import About, Desk, Present
from storage.tables import BlockerRow


class Blockers:
    """The open blockers of the items of some projects."""

    def __init__(self, desk: Desk, projects: Iterable[int]) -> None:
        self._desk = desk
        self._open: dict[int, list[Present]] = {}
        for rows in desk.of_projects(BlockerRow, projects, present=True).values():
            for row in rows:
                self._open.setdefault(row["item_id"], []).append(row)

    def follow(
        self, about: About, status: Status, note: str | None, since: datetime | None
    ) -> None:
        """Let what blocks an item be what its status says: nothing, or what the note tells."""
        wanted = {folded(note)} if status is Status.BLOCKED and note else set()
        present = self._open.get(about.item or 0, [])
        for row in present:
            if folded(row["text"]) not in wanted:
                self._desk.end(about, BlockerRow, row)
        if wanted and not any(folded(row["text"]) in wanted for row in present):
            self._desk.later(about, BlockerRow, self._begun(about, note or "", since))

    def _begun(self, about: About, text: str, since: datetime | None) -> dict[str, Any]:
        whose = {"project_id": about.project, "item_id": about.item, "owner_id": None}
        said = {"text": text, "resolution": "", "closed_by": None, "escalated_at": None}
        return {**whose, **said, **self._desk.recorded(), "since": since, "until": None}
