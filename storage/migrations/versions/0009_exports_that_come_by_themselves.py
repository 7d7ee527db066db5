"""Exports that come by themselves, and the files that wait to be shared."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _plans()
    _files()
    _first_made()


def _plans() -> None:
    """When files come to channels and people."""
    op.create_table(
        "export_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("since", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("until", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("cadence", sa.String(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("heartbeat", sa.Boolean(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_export_plans_{column}")
            )
            for column, table in (
                ("workspace_id", "workspaces"),
                ("person_id", "people"),
                ("project_id", "projects"),
                ("set_by", "people"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_plans")),
    )
    for name, columns, of in (
        ("all", ["workspace_id", "channel"], "person_id IS NULL AND project_id IS NULL"),
        (
            "one",
            ["workspace_id", "channel", "project_id"],
            "project_id IS NOT NULL AND person_id IS NULL",
        ),
        ("own_all", ["person_id"], "person_id IS NOT NULL AND project_id IS NULL"),
        (
            "own_one",
            ["person_id", "project_id"],
            "person_id IS NOT NULL AND project_id IS NOT NULL",
        ),
    ):
        where = sa.text(f"until IS NULL AND {of}")
        op.create_index(
            f"uq_export_plans_{name}",
            "export_plans",
            columns,
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )


def _files() -> None:
    """What is in the files that wait to be shared."""
    op.add_column("outbox", sa.Column("file", sa.String(), server_default="", nullable=False))
    op.create_table(
        "enclosures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("export", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_enclosures_outbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enclosures")),
        sa.UniqueConstraint("outbox_id", name=op.f("uq_enclosures_outbox_id")),
    )


def _first_made() -> None:
    """When an export was made first; of those that are there, when it was made last."""
    op.add_column(
        "exports",
        sa.Column(
            "begun_at",
            storage.columns.UtcDateTime(timezone=True),
            server_default="1970-01-01 00:00:00.000000",
            nullable=False,
        ),
    )
    op.execute("UPDATE exports SET begun_at = at")
