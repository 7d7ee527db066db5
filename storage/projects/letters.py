"""Letters as values."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.project import (
    Assignment,
    Group,
    Holder,
    Letter,
    Offer,
    OfferState,
    PersonHolder,
    Vacancy,
)


def assignment(row: Any) -> Assignment:
    """An assignment's row as a value."""
    return Assignment(
        id=row["id"],
        letter=Letter(row["letter"]),
        holder=_holder(row),
        since=row["since"],
        until=row["until"],
        recorded_at=row["recorded_at"],
        set_by=row["set_by"],
        source=row["source"],
        message=row["message"],
    )


def _holder(row: Any) -> Holder:
    if row["person_id"] is not None:
        return PersonHolder(row["person_id"])
    if row["group_id"] is not None:
        return Group(row["group_id"], row["group_handle"] or "")
    return Vacancy(row["vacant_role"] or "", row["requisition"], row["was_id"])


def offer(row: Any) -> Offer:
    """An offer's row as a value."""
    return Offer(
        id=row["id"],
        project=row["project_id"],
        item=row["item_id"],
        giver=row["from_id"],
        receiver=row["to_id"],
        letters=tuple(Letter(letter) for letter in row["letters"]),
        since=row["since"],
        offered_at=row["recorded_at"],
        offered_by=row["set_by"],
        state=OfferState(row["state"]),
        answered_at=row["answered_at"],
        answered_by=row["answered_by"],
    )


def last_accountable(
    held: Sequence[Assignment], present: Sequence[Assignment], at: datetime
) -> Assignment | None:
    """The Accountable that ended last, where there is none (or only a vacant seat) now."""
    if any(
        letter.letter is Letter.A and not isinstance(letter.holder, Vacancy) for letter in present
    ):
        return None
    ended = [
        letter
        for letter in held
        if letter.letter is Letter.A
        and not letter.is_void
        and letter.until
        and letter.until <= at
        and isinstance(letter.holder, PersonHolder)
    ]
    return max(ended, key=lambda letter: (letter.until, letter.id), default=None)
