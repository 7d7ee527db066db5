"""`drift`: where letters and work disagree, and whether that is so."""

import re
from datetime import date

from bot.commands.orders import Order
from bot.commands.reading import project_of
from bot.commands.speaking import within
from bot.commands.words import normalised
from bot.commands.work import ShowDrift
from bot.orders import AnswerDrift

DriftOrder = ShowDrift | AnswerDrift
_ANSWER = re.compile(r"(\d{1,9}) (right|wrong|not so)", re.ASCII | re.IGNORECASE)


def read_drift(rest: str, today: date) -> Order:
    """Nothing or a project; a finding's number with `right` or `wrong`."""
    found = _ANSWER.fullmatch(" ".join(normalised(rest).split()))
    if found is not None:
        return AnswerDrift(int(found[1]), is_right=found[2].casefold() == "right")
    return ShowDrift(project_of(rest))


def drift_spoken(order: DriftOrder) -> str:
    """The command that `read_drift` reads back."""
    if isinstance(order, AnswerDrift):
        return f"drift {order.number} {'right' if order.is_right else 'wrong'}"
    return f"drift{within(order.project)}"
