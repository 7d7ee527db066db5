"""What people wrote in standups, deleted when it is older than the workspace wants to keep it."""

from datetime import date, time, timedelta
from typing import Any, Final

from sqlalchemy import Text, cast, or_, select
from sqlmodel import Session

from bot.recurrence import Weekly
from bot.standups import DRAFT_KEPT
from handlers.service.timers import Duty, Occurrence, Shift
from storage import erasing, ledger, standups
from storage.database import plainly
from storage.tables import StandupRow, columns

KIND: Final = "retention"
NIGHTLY = Weekly(frozenset(range(7)), time(3, 10), "UTC")

_ENTRY = columns(StandupRow)


def duty() -> Duty:
    return Duty(_forget, comes=NIGHTLY)


def _forget(shift: Shift, _occurrence: Occurrence, _fetched: Any) -> None:
    standups.forget_drafts(shift.session, shift.facts.workspace, shift.now - DRAFT_KEPT)
    kept = shift.facts.settings.standup_text_days
    if not kept:
        return
    before = shift.now.date() - timedelta(days=kept)
    keys = _older(shift.session, shift.facts.workspace, before)
    if not keys:
        return
    erasing.forget_standups(shift.session, shift.facts.workspace, keys)
    erasing.forget_reports(shift.session, shift.facts.workspace, shift.now - timedelta(days=kept))
    with ledger.opened(shift.session, shift.clockwork, shift.now) as book:
        told = {"before": before, "entries": len(keys)}
        book.note("StandupTextsForgotten", told, "", reason=f"older than {kept} days")


def _older(session: Session, workspace: int, before: date) -> list[int]:
    """Standups of days before that one of which something is still kept."""
    words = (_ENTRY.yesterday, _ENTRY.today, _ENTRY.blocker, _ENTRY.note)
    is_kept = or_(*(one.is_not(None) for one in words), cast(_ENTRY.answers, Text) != "[]")
    wanted = select(_ENTRY.id).where(_ENTRY.workspace_id == workspace, _ENTRY.day < before, is_kept)
    return list(plainly(session).execute(wanted.order_by(_ENTRY.id)).scalars())
