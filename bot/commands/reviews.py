"""`confirm` and `review`."""

import re
from datetime import date

from bot.commands.orders import Order
from bot.commands.planned import ReviewOrder
from bot.commands.reading import project_of, without_project
from bot.commands.speaking import within
from bot.commands.words import joined, words
from bot.errors import BadInput, Why
from bot.orders import Confirm, SetReview

_EVERY = re.compile(r"(?:every )?(\d{1,4})(?: days?| d)?", re.ASCII)
_NEVER = {"off", "never", "none"}
_USUAL = {"default", "as usual", "usual"}


def read_confirm(rest: str, today: date) -> Order:
    return Confirm(project_of(rest))


def read_review(rest: str, today: date) -> Order:
    """`every 30 days`, `off`, `default`."""
    some, project = without_project(words(rest))
    said = joined(some).casefold()
    if said in _NEVER:
        return SetReview(0, project)
    if said in _USUAL:
        return SetReview(None, project)
    found = _EVERY.fullmatch(said)
    if found is None or found[1] == "0":
        raise BadInput(Why.BAD_REVIEW, {"days": said}, field="days")
    return SetReview(int(found[1]), project)


def review_spoken(order: ReviewOrder) -> str:
    """The command that `read_confirm` and `read_review` read back."""
    if isinstance(order, Confirm):
        return f"confirm{within(order.project)}"
    often = {None: "default", 0: "off"}.get(order.days, f"every {order.days} days")
    return f"review {often}{within(order.project)}"
