"""What becomes a decision, and how one stops to hold."""

from bot.changes import DecisionKept, DecisionWithdrawn
from bot.deciding.projects import refuse_archived
from bot.deciding.texts import LONGEST_FIELD, LONGEST_NOTE, checked_text, storable
from bot.decisions import Decision
from bot.errors import BadInput, Refused, Why
from bot.project import Item, Project


def keep_decision(
    project: Project,
    item: Item | None,
    number: int,
    text: str,
    *,
    author: int | None = None,
    permalink: str = "",
    channel: str = "",
    ts: str = "",
) -> DecisionKept:
    """The next decision of a project. A message that is too long is cut: its link leads to all."""
    refuse_archived(project)
    if ts and len(text) > LONGEST_FIELD:
        text = f"{text[: LONGEST_FIELD - 1]}…"
    if not storable(text).strip():
        raise BadInput(Why.NO_WORDS, field="text")
    text = checked_text(text, LONGEST_FIELD, "text")
    key = item.id if item else None
    return DecisionKept(project.id, key, number, text, author, permalink, channel, ts)


def withdraw_decision(project: Project, decision: Decision, because: str) -> DecisionWithdrawn:
    """Say that a decision holds no more; it stays on record."""
    refuse_archived(project)
    if decision.withdrawn_at is not None:
        raise Refused(Why.NOTHING_CHANGES, {"item": decision.label})
    because = checked_text(because, LONGEST_NOTE, "reason") if because.strip() else ""
    return DecisionWithdrawn(project.id, decision.item, decision.number, decision.text, because)


def renew_decision(project: Project, decision: Decision) -> DecisionWithdrawn:
    """Let a withdrawn decision hold again."""
    refuse_archived(project)
    if decision.withdrawn_at is None:
        raise Refused(Why.NOTHING_CHANGES, {"item": decision.label})
    return DecisionWithdrawn(
        project.id, decision.item, decision.number, decision.text, withdrawn=False
    )
