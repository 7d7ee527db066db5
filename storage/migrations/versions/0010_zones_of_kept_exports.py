"""In whose zone the days of an export are; empty for what was kept without it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("exports", sa.Column("zone", sa.String(), server_default="", nullable=False))
