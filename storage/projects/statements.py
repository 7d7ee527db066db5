"""The statements about projects, built once: building one costs more than running it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    Date,
    Executable,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlmodel import SQLModel

from bot.project import Kind, Letter, OfferState
from storage.columns import UtcDateTime
from storage.tables import (
    AliasRow,
    AssignmentRow,
    BindingRow,
    BlockerRow,
    ChannelRow,
    Dated,
    DocumentRow,
    DueRow,
    ForecastRow,
    GrantRow,
    HealthRow,
    ItemRow,
    LinkRow,
    MemberRow,
    MetricRow,
    MilestoneRow,
    OfferRow,
    ProjectRow,
    RaidRow,
    ReviewRow,
    Row,
    ScopeRow,
    SignOffRow,
    StakeholderRow,
    StatusRow,
    VerdictRow,
    columns,
    table_of,
)

Statement = Select[*tuple[Any, ...]]
Of = Callable[[Column[Any]], ColumnElement[bool]]
"""Which projects a row must belong to, told of its column."""


def _rows(of: Of, model: type[SQLModel], names: str, *also: Any, order: str = "id") -> Statement:
    """These columns, and no more: what is not asked for need not be turned into values."""
    found = columns(model)
    wanted = [found[name] for name in names.split()]
    return select(*wanted).where(of(found.project_id), *also).order_by(found[order], found.id)


def _present(of: Of, model: type[Dated], names: str, order: str = "id") -> Statement:
    """Rows that are open-ended; only letters may end or begin in the future."""
    return _rows(of, model, names, columns(model).until.is_(None), order=order)


def _projects(of: Of) -> Statement:
    """With what is decided of each as a whole: at most one sign-off and one verdict are open."""
    found, signed, verdict = columns(ProjectRow), columns(SignOffRow), columns(VerdictRow)
    asked = columns(ReviewRow)
    answered = (
        select(func.max(asked.answered_at)).where(asked.project_id == found.id).scalar_subquery()
    )
    return (
        select(
            *found,
            signed.scope_version.label("signed_version"),
            signed.fingerprint.label("signed_fingerprint"),
            signed.set_by.label("signed_by"),
            signed.recorded_at.label("signed_at"),
            verdict.verdict.label("verdict"),
            verdict.reason.label("verdict_reason"),
            verdict.set_by.label("verdict_by"),
            verdict.recorded_at.label("verdict_at"),
            answered.label("answered_at"),
        )
        .select_from(table_of(ProjectRow))
        .outerjoin(
            table_of(SignOffRow), and_(signed.project_id == found.id, signed.until.is_(None))
        )
        .outerjoin(
            table_of(VerdictRow), and_(verdict.project_id == found.id, verdict.until.is_(None))
        )
        .where(of(found.id))
        .order_by(found.id)
    )


def _letters(of: Of) -> Statement:
    """Those that hold, or will, or (of the Accountable) did."""
    held = columns(AssignmentRow)
    counts = or_(
        held.until.is_(None),
        held.until > bindparam("at", type_=UtcDateTime()),
        held.letter == Letter.A.value,
    )
    holder = "person_id group_id group_handle vacant_role requisition was_id"
    dated = "since until recorded_at set_by source message"
    return _rows(of, AssignmentRow, f"id item_id letter {holder} {dated}", counts)


def _dues(of: Of) -> Statement:
    """All that ever held: the first of them is the baseline."""
    told = columns(DueRow)
    held = or_(told.since.is_(None), told.until.is_(None), told.until > told.since)
    return _rows(of, DueRow, "item_id due", held)


def _offers(of: Of) -> Statement:
    """Those that wait for an answer."""
    found = columns(OfferRow)
    return select(*found).where(of(found.project_id), found.state == OfferState.OPEN.value)


def _few(
    of: Of,
    what: str,
    model: type[Row],
    number: str = "",
    text: str = "",
    more: str = "",
    other: str = "",
    at: str = "",
    day: str = "",
) -> Statement:
    """Rows of which a project has few, all in one form: at most two numbers, two texts, a moment
    and a day.

    They are open-ended, where rows of their kind can end.
    """
    found = columns(model)

    def told(name: str, kind: type[Integer | Text | UtcDateTime | Date]) -> ColumnElement[Any]:
        return found[name] if name else cast(null(), kind)

    return select(
        literal_column(f"'{what}'", Text).label("what"),
        found.project_id.label("project_id"),
        found.id.label("id"),
        (found.position if "position" in found else literal_column("0")).label("position"),
        told(number, Integer).label("number"),
        told(text, Text).label("text"),
        told(more, Text).label("more"),
        told(other, Integer).label("other"),
        told(at, UtcDateTime).label("at"),
        told(day, Date).label("day"),
    ).where(of(found.project_id), *([found.until.is_(None)] if "until" in found else []))


def _channels(of: Of) -> Statement:
    bound, channel = columns(BindingRow), columns(ChannelRow)
    return (
        select(
            literal_column("'channels'", Text),
            bound.project_id,
            bound.id,
            literal_column("0"),
            cast(channel.is_private, Integer),
            channel.name,
            channel.slack_id,
            cast(null(), Integer),
            cast(null(), UtcDateTime),
            cast(null(), Date),
        )
        .join_from(table_of(BindingRow), table_of(ChannelRow), channel.id == bound.channel_id)
        .where(of(bound.project_id), bound.until.is_(None))
    )


def _gone(of: Of) -> Statement:
    """Items that were taken out."""
    item = columns(ItemRow)
    kind = case((item.kind == Kind.STAGE.value, 1), else_=0)
    return select(
        literal_column("'gone'", Text),
        item.project_id,
        item.id,
        item.position,
        kind,
        item.title,
        item.key,
        cast(null(), Integer),
        item.removed_at,
        cast(null(), Date),
    ).where(of(item.project_id), item.removed_at.is_not(None))


def _milestones(of: Of) -> Statement:
    """With every day that was told of each; what was taken back never held."""
    found, told = columns(MilestoneRow), columns(ForecastRow)
    its_own = and_(told.project_id == found.project_id, told.milestone_id == found.id)
    return (
        select(
            found.project_id,
            found.id,
            found.key,
            found.title,
            found.item_id,
            found.baseline,
            found.met_on,
            found.removed_at,
            told.due,
            told.reason,
            told.set_by,
            told.recorded_at,
        )
        .join_from(table_of(MilestoneRow), table_of(ForecastRow), its_own)
        .where(of(found.project_id), or_(told.until.is_(None), told.until > told.since))
        .order_by(found.id, told.id)
    )


def _raid(of: Of) -> Statement:
    """All that was said of each entry, in order; entries that were taken back have no open row."""
    names = "project_id kind number text item_id owner_id likelihood impact mitigation due closed"
    found = columns(RaidRow)
    wanted = [found[name] for name in f"{names} because since until set_by recorded_at".split()]
    return select(*wanted).where(of(found.project_id)).order_by(found.kind, found.number, found.id)


def _all_few(of: Of) -> CompoundSelect[*tuple[Any, ...]]:
    """What would else be as many questions to the database, most of them answered with nothing."""
    return union_all(
        _few(of, "aliases", AliasRow, number="item_id", text="text"),
        _few(of, "members", MemberRow, number="person_id"),
        _few(of, "grants", GrantRow, number="person_id", text="role"),
        _few(of, "fields", ScopeRow, text="name", more="value"),
        _few(of, "links", LinkRow, text="title", more="url"),
        _few(of, "documents", DocumentRow, text="url", more="item_key", day="review"),
        _few(of, "stakeholders", StakeholderRow, number="person_id"),
        _few(of, "blockers", BlockerRow, "item_id", "text", other="owner_id", at="since"),
        _few(of, "healths", HealthRow, "set_by", "health", "reason", at="since"),
        _channels(of),
        _gone(of),
    ).order_by("position", "id")


def _statements(of: Of) -> dict[str, Executable]:
    item = "id project_id key kind title parent_key inherits_raci version"
    metric = "project_id name aliases higher unit baseline target current updated measured"
    return {
        "projects": _projects(of),
        "items": _rows(of, ItemRow, item, columns(ItemRow).removed_at.is_(None), order="position"),
        "letters": _letters(of),
        "statuses": _present(of, StatusRow, "item_id status note since set_by"),
        "dues": _dues(of),
        "offers": _offers(of),
        "metrics": _present(of, MetricRow, metric, order="position"),
        "milestones": _milestones(of),
        "raid": _raid(of),
        "few": _all_few(of),
    }


# For one project, which is asked for most, an equation is quicker than a list of one.
OF_ONE = _statements(lambda column: column == bindparam("project"))
OF_MANY = _statements(lambda column: column.in_(bindparam("projects", expanding=True)))
