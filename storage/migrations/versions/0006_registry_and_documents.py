"""What trackers register, and documents: pages as they were seen, and when links are reviewed."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _pages()
    _documents()
    _promotions()
    _accounts()


def _pages() -> None:
    """Pages among the links of scopes, as their sources told of them last."""
    moment = storage.columns.UtcDateTime(timezone=True)
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("edited", moment, nullable=True),
        sa.Column("edited_by", sa.String(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("seen_at", moment, nullable=True),
        sa.Column("looked_at", moment, nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("trouble_until", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_pages_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint(
            "workspace_id", "source", "key", name=op.f("uq_pages_workspace_id_source_key")
        ),
    )


def _documents() -> None:
    """When documents among the links of scopes are looked through, and what they are about."""
    moment = storage.columns.UtcDateTime(timezone=True)
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("since", moment, nullable=True),
        sa.Column("until", moment, nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("review", sa.Date(), nullable=True),
        sa.Column("item_key", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_documents_set_by")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_documents_project_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index("ix_documents_project_id", "documents", ["project_id", "until"])


def _promotions() -> None:
    """Which version of a model has held which alias, or stage."""
    moment = storage.columns.UtcDateTime(timezone=True)
    op.create_table(
        "promotions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("rank", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("since", moment, nullable=True),
        sa.Column("until", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_promotions_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotions")),
    )
    open_ones = "until IS NULL"
    op.create_index(
        "uq_promotions_open",
        "promotions",
        ["workspace_id", "source", "model", "rank", "name"],
        unique=True,
        sqlite_where=sa.text(open_ones),
        postgresql_where=sa.text(open_ones),
    )


def _accounts() -> None:
    """Names elsewhere keep the account that they are of, which stays when a name changes."""
    op.add_column("identities", sa.Column("account", sa.String(), nullable=True))
