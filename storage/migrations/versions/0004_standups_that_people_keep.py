"""What standups, digests and people's own days need, so that people keep reading them."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _cadences_of_digests()
    _answers()
    _messages_taken_as_answers()
    _one_message_a_day()
    _presence()
    _how_a_standup_is_set()
    _reminders()
    _what_was_missed()
    _blockers_carried_over()
    _digests_of_people()
    _briefs()
    _user_groups()


def _cadences_of_digests() -> None:
    """Every other week, a day of the month, and a word where nothing has changed."""
    op.add_column("digests", sa.Column("nth", sa.Integer(), server_default="0", nullable=False))
    op.add_column("digests", sa.Column("first", sa.Date(), nullable=True))
    op.add_column("digests", sa.Column("region", sa.String(), server_default="", nullable=False))
    op.add_column(
        "digests", sa.Column("heartbeat", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def _answers() -> None:
    """What each line of an answer is about, and which lines are told nowhere."""
    # Not in a batch: on SQLite that makes a table anew, and others point to these.
    for name in ("said", "withheld", "draft"):
        op.add_column(
            "standup_entries", sa.Column(name, sa.JSON(), server_default="[]", nullable=False)
        )
    op.add_column(
        "standup_entries",
        sa.Column("drafted_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
    )


def _messages_taken_as_answers() -> None:
    """Which direct messages an answer was typed in: who edits them edits it."""
    op.add_column(
        "standup_entries", sa.Column("typed", sa.JSON(), server_default="[]", nullable=False)
    )


def _presence() -> None:
    """Who is away, whose zone it is, and which public holidays they have."""
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("half", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("ended_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_absences_person_id")),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_absences_set_by")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_absences_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_person_id", "absences", ["person_id"], unique=False)
    op.create_index(
        "ix_absences_workspace_id_last_day", "absences", ["workspace_id", "last_day"], unique=False
    )
    for name in ("own_zone", "holiday_region"):
        op.add_column("people", sa.Column(name, sa.String(), server_default="", nullable=False))
    op.add_column(
        "people",
        sa.Column("zone_since", storage.columns.UtcDateTime(timezone=True), nullable=True),
    )


def _how_a_standup_is_set() -> None:
    op.add_column(
        "standups", sa.Column("by_stage", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("standups", sa.Column("closes_at", sa.String(), nullable=True))


def _reminders() -> None:
    """Whether a standup reminds who has not answered, and who wants no reminders."""
    op.add_column(
        "standups", sa.Column("reminds", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    op.add_column(
        "people", sa.Column("no_reminders", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def _what_was_missed() -> None:
    """When somebody kept the clock, and the slots that were found too late."""
    op.create_table(
        "uptimes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("since", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("until", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_uptimes_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uptimes")),
    )
    op.create_index("ix_uptimes_workspace_id_until", "uptimes", ["workspace_id", "until"])
    op.create_table(
        "missed_slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("slot", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("found_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_missed_slots_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_missed_slots_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_slots")),
        sa.UniqueConstraint(
            "workspace_id", "key", "slot", name=op.f("uq_missed_slots_workspace_id_key_slot")
        ),
    )
    op.create_index("ix_missed_slots_workspace_id_slot", "missed_slots", ["workspace_id", "slot"])
    op.add_column(
        "standup_entries",
        sa.Column("due_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
    )


def _blockers_carried_over() -> None:
    """What somebody says of the blockers that carry over from one standup to the next."""
    op.add_column(
        "standup_entries", sa.Column("carried", sa.JSON(), server_default="[]", nullable=False)
    )


def _digests_of_people() -> None:
    """A digest of one's own, beside those of channels."""
    with op.batch_alter_table("digests", schema=None) as batch_op:
        batch_op.drop_index("uq_digests_open")
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_digests_person_id"), "people", ["person_id"], ["id"])
        for name, columns, of in (
            ("uq_digests_open", ["workspace_id", "channel"], "until IS NULL AND person_id IS NULL"),
            ("uq_digests_own", ["person_id"], "until IS NULL"),
        ):
            batch_op.create_index(
                name, columns, unique=True, sqlite_where=sa.text(of), postgresql_where=sa.text(of)
            )


def _one_message_a_day() -> None:
    """What somebody is asked on one day stands in one message, which is known by whom and when."""
    op.create_index("ix_schedules_person_id", "schedules", ["person_id", "kind"], unique=False)
    op.execute(
        """
        UPDATE outbox
        SET key = 'standup/asked/' || first.person_id || '/' || CAST(first.day AS VARCHAR(10))
        FROM standup_entries AS first
        WHERE outbox.workspace_id = first.workspace_id
          AND outbox.key = 'standup/asked/' || first.id
          AND first.id = (
              SELECT min(entry.id) FROM standup_entries AS entry
              WHERE entry.person_id = first.person_id AND entry.day = first.day
                AND entry.asked_at IS NOT NULL
          )
        """
    )


def _briefs() -> None:
    """When channels and people are briefed."""
    op.create_table(
        "briefs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("since", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("until", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("cadence", sa.String(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("region", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_briefs_person_id")),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_briefs_set_by")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_briefs_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefs")),
    )
    for name, columns, of in (
        ("uq_briefs_open", ["workspace_id", "channel"], "until IS NULL AND person_id IS NULL"),
        ("uq_briefs_own", ["person_id"], "until IS NULL"),
    ):
        op.create_index(
            name,
            "briefs",
            columns,
            unique=True,
            sqlite_where=sa.text(of),
            postgresql_where=sa.text(of),
        )


def _user_groups() -> None:
    """Slack user groups, the one that is in a standup, and the one whose standup it is."""
    op.create_table(
        "user_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("slack_id", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("users", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_user_groups_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_groups")),
        sa.UniqueConstraint(
            "workspace_id", "slack_id", name=op.f("uq_user_groups_workspace_id_slack_id")
        ),
    )
    for table in ("standups", "projects"):
        op.add_column(table, sa.Column("group_id", sa.String(), nullable=True))
        op.add_column(
            table, sa.Column("group_handle", sa.String(), server_default="", nullable=False)
        )
