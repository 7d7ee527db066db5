"""What is due and was looked at once more: said with less, or not at all."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session

from storage.database import plainly
from storage.outbox.carrying import Parcel
from storage.outbox.undelivered import NOTHING_LEFT
from storage.tables import OutboxRow, columns, table_of

_TABLE = table_of(OutboxRow)
_IS = columns(OutboxRow)


def lessen(session: Session, parcel: Parcel, less: Parcel) -> None:
    """Keep a message as it may be told: from here on nobody is known to have heard the rest."""
    plainly(session).execute(
        update(_TABLE)
        .where(_IS.id == parcel.id)
        .values(
            text=less.text,
            blocks=list(less.blocks),
            why=dict(less.why),
            confidential=less.confidential,
            version=parcel.version + 1,
        )
    )


def withhold(session: Session, parcel: Parcel, now: datetime, *, refused: bool) -> None:
    """Nothing of it is left to tell; where `refused` not even with other words."""
    plainly(session).execute(
        update(_TABLE)
        .where(_IS.id == parcel.id)
        .values(
            owner=None,
            lease_until=None,
            due_at=None,
            begun_at=None,
            dead_at=now,
            refused=refused,
            trouble=NOTHING_LEFT,
        )
    )
