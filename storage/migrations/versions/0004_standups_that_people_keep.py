"""What standups, digests and people's own days need, so that people keep reading them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _cadences_of_digests()
    _answers()


def _cadences_of_digests() -> None:
    """Every other week, a day of the month, and a word where nothing has changed."""
    op.add_column("digests", sa.Column("nth", sa.Integer(), server_default="0", nullable=False))
    op.add_column("digests", sa.Column("first", sa.Date(), nullable=True))
    op.add_column(
        "digests", sa.Column("heartbeat", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def _answers() -> None:
    """What each line of an answer is about, and which lines are told nowhere."""
    # Not in a batch: on SQLite that makes a table anew, and others point to these.
    for name in ("said", "withheld"):
        op.add_column(
            "standup_entries", sa.Column(name, sa.JSON(), server_default="[]", nullable=False)
        )
