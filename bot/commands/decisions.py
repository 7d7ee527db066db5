"""`decision` and `decisions`."""

import re
from datetime import date

from bot.commands.orders import Order
from bot.commands.planned import DecisionOrder, ShowDecisions
from bot.commands.reading import (
    project_of,
    reference,
    with_note,
    with_project,
    without_project,
)
from bot.commands.speaking import name_word, own_text, within
from bot.commands.words import Word, joined, unwrapped, words
from bot.errors import BadInput, Why
from bot.orders import KeepDecision, WithdrawDecision

_NUMBER = re.compile(r"d-?(\d{1,6})", re.ASCII | re.IGNORECASE)
_AGAIN = {"keep", "restore", "holds", "renew"}
_OVER = {"withdraw", "withdrawn", "revoke", "remove", "delete"}
_WANTED = "decision D-3 withdraw because the data changed"


def read_decision(rest: str, today: date) -> Order:
    """A decision to keep, or what is to become of one: `D-3 withdraw because …`."""
    some = words(rest)
    if not some:
        return ShowDecisions()
    if found := _NUMBER.fullmatch(some[0].text):
        return _of_one(int(found[1]), rest[some[0].end :])
    if some[0].key in {"in", "for"}:
        head, text = with_note(rest)
        if text is not None:
            return _headed(words(head), unwrapped(text))
    text, project = with_project(rest)
    return KeepDecision(unwrapped(text), None, project)


def _headed(some: tuple[Word, ...], text: str) -> KeepDecision:
    """`for data pipeline in Churn Radar: TEXT`."""
    before, project = without_project((Word("", 0, 0, quoted=True), *some))
    about = before[1:]
    item = reference(about[1:], "item") if about and about[0].key == "for" else None
    if about and item is None:
        raise BadInput(Why.WORDS_LEFT_OVER, {"words": joined(about), "wanted": _WANTED}, "text")
    return KeepDecision(text, item, project)


def _of_one(number: int, rest: str) -> WithdrawDecision:
    head, because = with_note(rest)
    some, project = without_project(words(head))
    key = some[0].key if len(some) == 1 else ""
    if key in _AGAIN and because is None:
        return WithdrawDecision(number, "", project, withdrawn=False)
    if key in _OVER:
        text, quoted_project = with_project(because or "")
        return WithdrawDecision(number, unwrapped(text), project or quoted_project)
    facts = {"words": joined(words(rest)) or f"D-{number}", "wanted": _WANTED}
    raise BadInput(Why.WORDS_LEFT_OVER, facts, field="text")


def read_decisions(rest: str, today: date) -> Order:
    return ShowDecisions(project_of(rest))


def decision_spoken(order: DecisionOrder) -> str:
    """The command that `read_decision` and `read_decisions` read back."""
    match order:
        case ShowDecisions(project=project):
            return f"decisions{within(project)}"
        case KeepDecision(text=text, item=item, project=project):
            about = f" for {name_word(item)}" if item else ""
            head = f"{about}{within(project)}"
            return f"decision{head}: {own_text(text)}" if head else f"decision {own_text(text)}"
        case WithdrawDecision(number=number, because=because, project=project):
            verb = "withdraw" if order.withdrawn else "keep"
            why = f" because {own_text(because)}" if because else ""
            return f"decision D-{number} {verb}{within(project)}{why}"
