"""What refers to a row is found by an index, so that deleting it takes no look through tables."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ALWAYS = {
    "attach_rules": ("project_id",),
    "briefs": ("workspace_id",),
    "broken_glass": ("person_id",),
    "consultations": ("project_id",),
    "criteria": ("item_id",),
    "delegations": ("delegate_id",),
    "digests": ("workspace_id",),
    "drift_findings": ("item_id", "project_id"),
    "export_plans": ("workspace_id",),
    "follow_filters": ("project_id",),
    "forecasts": ("milestone_id",),
    "offers": ("item_id",),
    "promotions": ("workspace_id",),
    "settings": ("workspace_id",),
    "stakeholders": ("person_id",),
    "standups": ("project_id",),
    "ticks": ("item_id",),
}
MAYBE = {
    "absences": ("set_by",),
    "aliases": ("item_id", "set_by"),
    "assignments": ("ended_by", "set_by"),
    "attach_rules": ("set_by",),
    "audit": ("actor_id", "project_id"),
    "bindings": ("set_by",),
    "blockers": ("closed_by", "owner_id", "set_by"),
    "briefs": ("person_id", "set_by"),
    "broken_glass": ("set_by",),
    "consultations": ("set_by",),
    "criteria": ("set_by",),
    "decisions": ("item_id", "set_by"),
    "delegations": ("set_by",),
    "digests": ("person_id", "set_by"),
    "documents": ("set_by",),
    "due_dates": ("set_by",),
    "export_plans": ("person_id", "project_id", "set_by"),
    "exports": ("project_id", "viewer_id"),
    "follow_filters": ("set_by",),
    "forecasts": ("set_by",),
    "grants": ("set_by",),
    "healths": ("set_by",),
    "history": ("approved_by_id", "by_id", "project_id", "set_by"),
    "links": ("set_by",),
    "metrics": ("set_by",),
    "milestones": ("item_id", "set_by"),
    "missed_slots": ("person_id",),
    "offers": ("answered_by", "from_id", "set_by"),
    "open_questions": ("closed_by", "project_id"),
    "projects": ("created_by", "lead_id"),
    "pull_requests": ("author_id", "set_by"),
    "raid": ("item_id", "owner_id", "set_by"),
    "reviews": ("person_id", "set_by"),
    "roles": ("set_by",),
    "runs": ("author_id", "set_by"),
    "scope_edits": ("set_by",),
    "scope_fields": ("set_by",),
    "settings": ("set_by",),
    "sign_offs": ("set_by",),
    "stakeholders": ("set_by",),
    "standup_entries": ("blocked_item_id", "set_by"),
    "standups": ("set_by",),
    "statuses": ("set_by",),
    "ticks": ("set_by",),
    "verdicts": ("set_by",),
    "waivers": ("item_id", "set_by"),
}
"""Those that may be empty: in the index where they are not."""


def upgrade() -> None:
    for table, names in ALWAYS.items():
        for name in names:
            op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    for table, names in MAYBE.items():
        for name in names:
            some = sa.text(f"{name} IS NOT NULL")
            op.create_index(
                op.f(f"ix_{table}_{name}"),
                table,
                [name],
                sqlite_where=some,
                postgresql_where=some,
            )
