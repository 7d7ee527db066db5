"""The tables. What is true of the charter is effective-dated (`since`, `until`; NULL is open-ended)

and says when it was recorded, by whom and from where. `set_by` NULL is the operator.
"""

from storage.tables.audit import AuditRow, AuditTextRow, ClaimRow
from storage.tables.base import Dated, Recorded, Row, columns, table_of
from storage.tables.evidence import HistoryRow, PullRequestRow, RunRow, StandupRow
from storage.tables.project import (
    AliasRow,
    AssignmentRow,
    BindingRow,
    DueRow,
    ItemRow,
    MemberRow,
    ProjectRow,
    StatusRow,
)
from storage.tables.routines import DigestPlanRow, StandupPlanRow
from storage.tables.scope import (
    DecisionRow,
    LinkRow,
    MetricRow,
    ScopeRow,
    StakeholderRow,
)
from storage.tables.timing import EtagRow, OutboxRow, ScheduleRow
from storage.tables.workspace import (
    ChannelRow,
    DelegationRow,
    Identity,
    LadderRow,
    PersonRow,
    Workspace,
)

__all__ = [
    "AliasRow",
    "AssignmentRow",
    "AuditRow",
    "AuditTextRow",
    "BindingRow",
    "ChannelRow",
    "ClaimRow",
    "Dated",
    "DecisionRow",
    "DelegationRow",
    "DigestPlanRow",
    "DueRow",
    "EtagRow",
    "HistoryRow",
    "Identity",
    "ItemRow",
    "LadderRow",
    "LinkRow",
    "MemberRow",
    "MetricRow",
    "OutboxRow",
    "PersonRow",
    "ProjectRow",
    "PullRequestRow",
    "Recorded",
    "Row",
    "RunRow",
    "ScheduleRow",
    "ScopeRow",
    "StakeholderRow",
    "StandupPlanRow",
    "StandupRow",
    "StatusRow",
    "Workspace",
    "columns",
    "table_of",
]
