"""The tables. What is true of the charter is effective-dated (`since`, `until`; NULL is open-ended)

and says when it was recorded, by whom and from where. `set_by` NULL is the operator.
"""

from sqlmodel import SQLModel

from storage.tables.access import GlassRow, GrantRow
from storage.tables.audit import AuditRow, AuditTextRow, ClaimRow
from storage.tables.base import Dated, Recorded, Row, columns, table_of
from storage.tables.drift import DriftRow
from storage.tables.evidence import HistoryRow, PageRow, PullRequestRow, RunRow, StandupRow
from storage.tables.exports import ExportBaseRow, ExportRow
from storage.tables.feedback import AskingRow, OpenQuestionRow
from storage.tables.following import (
    AttachRuleRow,
    DeliveryRow,
    FollowFilterRow,
    PromotionRow,
    WatermarkRow,
)
from storage.tables.installations import InstallationRow
from storage.tables.letters import OfferRow, WaiverRow
from storage.tables.presence import AbsenceRow
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
from storage.tables.references import index_references
from storage.tables.routines import BriefPlanRow, DigestPlanRow, ExportPlanRow, StandupPlanRow
from storage.tables.scope import (
    DecisionRow,
    DocumentRow,
    ForecastRow,
    LinkRow,
    MetricRow,
    MilestoneRow,
    RaidRow,
    ReviewRow,
    ScopeEditRow,
    ScopeRow,
    SignOffRow,
    StakeholderRow,
    VerdictRow,
)
from storage.tables.stages import BlockerRow, ConsultationRow, CriterionRow, HealthRow, TickRow
from storage.tables.timing import (
    EnclosureRow,
    EtagRow,
    HomeRow,
    MissedRow,
    OutboxRow,
    ScheduleRow,
    ThreadRow,
    UptimeRow,
)
from storage.tables.workspace import (
    ChannelMemberRow,
    ChannelRow,
    DelegationRow,
    Identity,
    LadderRow,
    PersonRow,
    RoleRow,
    SettingRow,
    UserGroupRow,
    Workspace,
)

__all__ = [
    "AbsenceRow",
    "AliasRow",
    "AskingRow",
    "AssignmentRow",
    "AttachRuleRow",
    "AuditRow",
    "AuditTextRow",
    "BindingRow",
    "BlockerRow",
    "BriefPlanRow",
    "ChannelMemberRow",
    "ChannelRow",
    "ClaimRow",
    "ConsultationRow",
    "CriterionRow",
    "Dated",
    "DecisionRow",
    "DelegationRow",
    "DeliveryRow",
    "DigestPlanRow",
    "DocumentRow",
    "DriftRow",
    "DueRow",
    "EnclosureRow",
    "EtagRow",
    "ExportBaseRow",
    "ExportPlanRow",
    "ExportRow",
    "FollowFilterRow",
    "ForecastRow",
    "GlassRow",
    "GrantRow",
    "HealthRow",
    "HistoryRow",
    "HomeRow",
    "Identity",
    "InstallationRow",
    "ItemRow",
    "LadderRow",
    "LinkRow",
    "MemberRow",
    "MetricRow",
    "MilestoneRow",
    "MissedRow",
    "OfferRow",
    "OpenQuestionRow",
    "OutboxRow",
    "PageRow",
    "PersonRow",
    "ProjectRow",
    "PromotionRow",
    "PullRequestRow",
    "RaidRow",
    "Recorded",
    "ReviewRow",
    "RoleRow",
    "Row",
    "RunRow",
    "ScheduleRow",
    "ScopeEditRow",
    "ScopeRow",
    "SettingRow",
    "SignOffRow",
    "StakeholderRow",
    "StandupPlanRow",
    "StandupRow",
    "StatusRow",
    "ThreadRow",
    "TickRow",
    "UptimeRow",
    "UserGroupRow",
    "VerdictRow",
    "WaiverRow",
    "WatermarkRow",
    "Workspace",
    "columns",
    "table_of",
]

index_references(SQLModel.metadata)
