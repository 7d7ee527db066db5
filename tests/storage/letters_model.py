"""A small model of letters, which says what each deed must come to."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

VACANT = "a vacant seat"
ITEMS = ("data_pipeline", "rollout")
BERLIN = ZoneInfo("Europe/Berlin")


@dataclass
class Row:
    """An item of the model: who is accountable (a name, a vacant seat, None), who responsible."""

    accountable: str | None = VACANT
    responsible: frozenset[str] = frozenset()

    def moved(self, old: str, new: str) -> "Row":
        accountable = new if self.accountable == old else self.accountable
        return Row(accountable, frozenset(new if one == old else one for one in self.responsible))


@dataclass(frozen=True)
class Offer:
    giver: str
    receiver: str
    asked_by: str

    @property
    def answerer(self) -> str:
        return self.giver if self.asked_by == self.receiver else self.receiver


@dataclass
class Model:
    rows: dict[str, Row] = field(default_factory=lambda: {item: Row() for item in ITEMS})
    offers: dict[str, Offer] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    merged: set[str] = field(default_factory=set)
    past: list[tuple[datetime, dict[str, Row]]] = field(default_factory=list)

    def leave(self, who: str) -> None:
        """Their seats are vacant, and what was on its way from or to them is off."""
        self.gone.add(who)
        for item, row in self.rows.items():
            row.accountable = VACANT if row.accountable == who else row.accountable
            row.responsible -= {who}
            offer = self.offers.get(item)
            if offer and who in (offer.giver, offer.receiver):
                del self.offers[item]

    def merge(self, old: str, into: str) -> None:
        """All that was one's is the other's, and was."""
        self.merged.add(old)
        self.rows = {item: row.moved(old, into) for item, row in self.rows.items()}
        self.past = [
            (at, {item: row.moved(old, into) for item, row in rows.items()})
            for at, rows in self.past
        ]


def morning(now: datetime, days: int) -> datetime:
    """When the day began that was so many days ago, where the team is."""
    here = now.astimezone(BERLIN) - timedelta(days=days)
    return here.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def copied(rows: dict[str, Row]) -> dict[str, Row]:
    return {item: Row(row.accountable, row.responsible) for item, row in rows.items()}
