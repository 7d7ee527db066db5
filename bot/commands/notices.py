"""`quiet`: when Charter leaves somebody in peace. `why`: what a message was sent for."""

import re
from collections.abc import Sequence
from datetime import date

from bot.commands.orders import Explain, Order, ShowQuiet
from bot.commands.reading import reference, with_note, with_project, without_project
from bot.commands.times import read_days, read_time
from bot.commands.words import Word, joined, normalised, unwrapped, words
from bot.errors import BadInput, Why
from bot.orders import AskResponsible, SetQuiet

_SHOW = {"", "show", "status", "?"}
_OFF = {"off", "never", "none"}
_FILLING = {"from", "on", "and", "at", "hours"}
_TO = {"to", "until", "till", "-"}
_TIMES = re.compile(r"(\d[\d:.hamp]*)-(\d[\d:.hamp]*)", re.IGNORECASE)
_PERMALINK = re.compile(
    r"<?https://[^/\s]+/archives/([CDG][A-Z0-9]+)/p(\d{10})(\d{6})(?:\?[^>\s]*)?(?:\|[^>]*)?>?"
)
_WANTED = "quiet 18:00-8:00 Mon-Thu"


def read_quiet(rest: str, today: date) -> Order:
    """Hours from one time to another, and the days on which somebody works."""
    some = words(rest)
    said = normalised(rest).casefold()
    if said in _SHOW:
        return ShowQuiet()
    if said in _OFF:
        return SetQuiet(is_off=True)
    times, days = _parted(some)
    if len(times) not in {0, 2} or not (times or days):
        raise _left_over(joined(some))
    try:
        worked = frozenset(day for text in days for day in read_days(text))
        hours = [read_time(text) for text in times]
    except BadInput as error:
        wrong = next(iter(error.facts.values()), joined(some))
        raise _left_over(wrong) from error
    return SetQuiet(worked or None, hours[0], hours[1]) if hours else SetQuiet(worked)


def _parted(some: Sequence[Word]) -> tuple[list[str], list[str]]:
    """What is a time and what is a day, `18:00-8:00` being two times."""
    times: list[str] = []
    days: list[str] = []
    for word in some:
        if word.key in _FILLING | _TO:
            continue
        if span := _TIMES.fullmatch(word.text):
            times += span.groups()
        elif word.text[:1].isdigit():
            times.append(word.text)
        else:
            days += [text for text in word.text.split(",") if text]
    return times, days


def _left_over(said: str) -> BadInput:
    return BadInput(Why.WORDS_LEFT_OVER, {"words": said, "wanted": _WANTED}, field="quiet")


def read_question(rest: str, today: date) -> Order:
    """`question ITEM: TEXT`, the project behind either."""
    head, text = with_note(rest)
    item, project = without_project(words(head))
    if text is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "question"}, field="question")
    text, quoted_project = with_project(text)
    return AskResponsible(reference(item, "item"), unwrapped(text), project or quoted_project)


def read_why(rest: str, today: date) -> Order:
    """Nothing, or the link that Slack copies from a message."""
    said = rest.strip()
    if not said:
        return Explain()
    found = _PERMALINK.fullmatch(said)
    if found is None:
        facts = {"words": joined(words(rest)), "wanted": "why"}
        raise BadInput(Why.WORDS_LEFT_OVER, facts, field="message")
    return Explain(found[1], f"{found[2]}.{found[3]}")
