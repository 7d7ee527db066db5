"""What happens by the clock, what is to stand in Slack, and what other servers said last."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "etags",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("stored_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_etags")),
    )
    with op.batch_alter_table("etags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_etags_stored_at"), ["stored_at"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("under", sa.String(), nullable=True),
        sa.Column("thread_ts", sa.String(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("created_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sent_version", sa.Integer(), nullable=False),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("posted_in", sa.String(), nullable=True),
        sa.Column("sent_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("due_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("lease_until", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("begun_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("dead_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_outbox_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_outbox_workspace_id_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_dead_at"), ["dead_at"], unique=False)
        batch_op.create_index(
            "ix_outbox_waiting",
            ["workspace_id", "channel", "id"],
            unique=False,
            sqlite_where=sa.text("due_at IS NOT NULL"),
            postgresql_where=sa.text("due_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_outbox_workspace_id_about", ["workspace_id", "about"], unique=False
        )
        batch_op.create_index(
            "ix_outbox_workspace_id_channel_sent_at",
            ["workspace_id", "channel", "sent_at"],
            unique=False,
        )
        batch_op.create_index(
            "ix_outbox_workspace_id_due_at", ["workspace_id", "due_at"], unique=False
        )

    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("since", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("until", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("cadence", sa.String(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("told_revision", sa.Integer(), nullable=False),
        sa.Column("told_until", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_digests_set_by")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_digests_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
    )
    with op.batch_alter_table("digests", schema=None) as batch_op:
        batch_op.create_index(
            "uq_digests_open",
            ["workspace_id", "channel"],
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )

    op.create_table(
        "schedules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("recurrence", sa.JSON(), nullable=False),
        sa.Column("next_run_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("lease_until", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ran_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("missed_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_schedules_person_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_schedules_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_schedules_workspace_id_key")),
    )
    with op.batch_alter_table("schedules", schema=None) as batch_op:
        batch_op.create_index(
            "ix_schedules_workspace_id_next_run_at", ["workspace_id", "next_run_at"], unique=False
        )

    op.create_table(
        "standups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("since", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("until", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("report_at", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_standups_project_id")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_standups_set_by")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_standups_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standups")),
    )
    with op.batch_alter_table("standups", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_standups_workspace_id"), ["workspace_id"], unique=False
        )
        batch_op.create_index(
            "uq_standups_open",
            ["project_id"],
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )

    with op.batch_alter_table("pull_requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("url", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("is_polled", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("unlinked_at", storage.columns.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("seen_at", storage.columns.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("changed_at", storage.columns.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("trouble", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("trouble_until", storage.columns.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("details", sa.JSON(), server_default="{}", nullable=False))

    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("url", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("is_polled", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("unlinked_at", storage.columns.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("seen_at", storage.columns.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("changed_at", storage.columns.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("trouble", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("trouble_until", storage.columns.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("details", sa.JSON(), server_default="{}", nullable=False))

    with op.batch_alter_table("standup_entries", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("asked_at", storage.columns.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("answers", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("blocked_item_id", sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_standup_entries_person_id_day"), type_="unique")
        batch_op.create_index(
            "ix_standup_entries_project_id_day", ["project_id", "day"], unique=False
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_standup_entries_person_id_day_project_id"),
            ["person_id", "day", "project_id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_standup_entries_blocked_item_id"), "items", ["blocked_item_id"], ["id"]
        )
