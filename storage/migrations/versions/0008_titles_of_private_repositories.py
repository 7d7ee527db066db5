"""Projects that let titles of what is in private repositories be told wherever they are."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "projects",
        sa.Column("shows_titles", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
