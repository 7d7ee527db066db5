"""A small model of letters, which says what each deed must come to."""

from dataclasses import dataclass, field
from datetime import datetime

VACANT = "a vacant seat"
ITEMS = ("data_pipeline", "rollout")


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


def copied(rows: dict[str, Row]) -> dict[str, Row]:
    return {item: Row(row.accountable, row.responsible) for item, row in rows.items()}
