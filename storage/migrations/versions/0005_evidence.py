"""What follows work where it happens: what belongs to which stage, and up to where it was seen."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _rules_of_attaching()
    _filters_of_following()
    _watermarks()
    _drift()
    _deliveries()


def _rules_of_attaching() -> None:
    """Which repository, label, path or experiment belongs to which stage."""
    op.create_table(
        "attach_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("since", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("until", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("item_key", sa.String(), nullable=True),
        sa.Column("at_source", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("pattern", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_attach_rules_set_by")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_attach_rules_workspace_id")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_attach_rules_project_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attach_rules")),
    )
    open_ones = "until IS NULL"
    op.create_index(
        "uq_attach_rules_open",
        "attach_rules",
        ["project_id", "at_source", "stream", "by", "pattern"],
        unique=True,
        sqlite_where=sa.text(open_ones),
        postgresql_where=sa.text(open_ones),
    )
    op.create_index("ix_attach_rules_workspace_id", "attach_rules", ["workspace_id"])


def _filters_of_following() -> None:
    """Of which pull requests a channel gets cards by itself."""
    op.create_table(
        "follow_filters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("since", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("until", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("trait", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_follow_filters_set_by")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_follow_filters_project_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_filters")),
    )
    op.create_index(
        "uq_follow_filters_open",
        "follow_filters",
        ["project_id", "trait", "value"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )


def _watermarks() -> None:
    """Up to which moment the changes of a repository or experiment were seen."""
    op.create_table(
        "watermarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("until", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("looked_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("trouble_until", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_watermarks_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watermarks")),
        sa.UniqueConstraint(
            "workspace_id",
            "source",
            "stream",
            name=op.f("uq_watermarks_workspace_id_source_stream"),
        ),
    )


def _drift() -> None:
    """What letters and work disagree about."""
    moment = storage.columns.UtcDateTime(timezone=True)
    op.create_table(
        "drift_findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("own", sa.Integer(), nullable=False),
        sa.Column("traces", sa.Integer(), nullable=False),
        sa.Column("found_at", moment, nullable=False),
        sa.Column("told_at", moment, nullable=True),
        sa.Column("passed_at", moment, nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_drift_findings_workspace_id")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_drift_findings_project_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_drift_findings_item_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_drift_findings_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drift_findings")),
    )
    op.create_index(
        "ix_drift_findings_workspace_id", "drift_findings", ["workspace_id", "ended_at"]
    )
    op.create_index("ix_drift_findings_person_id", "drift_findings", ["person_id"])


def _deliveries() -> None:
    """What a code host said by itself, once, until it is looked at."""
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("delivery", sa.String(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("received_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_deliveries_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "workspace_id",
            "source",
            "delivery",
            name=op.f("uq_deliveries_workspace_id_source_delivery"),
        ),
    )
    op.create_index("ix_deliveries_waiting", "deliveries", ["workspace_id", "seen_at"])
