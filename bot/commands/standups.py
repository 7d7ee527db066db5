"""`standup`: set it in a form or in a line, look at it, end it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time

from bot.commands.orders import OpenStandup, Order, ShowStandup
from bot.commands.reading import reference, without_project
from bot.commands.speaking import name_word, within
from bot.commands.times import read_days, read_time
from bot.commands.words import Word, joined, words
from bot.errors import BadInput, Why
from bot.orders import AdjustStandup, EndStandup, SetReminders
from bot.teams import is_named
from bot.workdays import WEEK

_SHOW = {"show", "status", "?"}
_OFF = {"off", "stop", "end", "remove"}
_SET = {"", "on", "set", "set up", "setup", "edit", "change"}
_MINE = {"reminders off": False, "reminders on": True}
_REMIND = {"remind", "reminder", "reminders"}
_NOT = {"no", "without"}
_NEVER = {"none", "never", "off", "no"}
_WANTED = "standup at 9:30 Mon-Thu report 11:00 by stage"
_WINDOW = re.compile(r"(\d{1,2}(?:[:.]\d{2})?(?:[ap]m)?)-(\d{1,2}(?:[:.]\d{2})?(?:[ap]m)?)", re.I)


def is_about_setting(rest: str) -> bool:
    """Whether it looks at how a standup is set, or sets it: not at what was said in one."""
    said, _project = without_project(words(rest))
    verb = _verb(said)
    return bool(verb) and verb in {*_SET, *_SHOW, *_OFF, *_MINE}


def read_standup(rest: str, today: date) -> Order:
    said, project = _without_team(*without_project(words(rest)))
    verb = _verb(said)
    if verb in _SET:
        return OpenStandup(project)
    if verb in _SHOW:
        return ShowStandup(project)
    if verb in _OFF:
        return EndStandup(project)
    if verb in _MINE:
        is_wanted = _MINE[verb]
        return (
            AdjustStandup(reminds=is_wanted, project=project)
            if project
            else SetReminders(is_wanted)
        )
    if said[0].key in _SET:
        said = said[1:]
    return replace(_adjusted(said), project=project)


def _without_team(said: Sequence[Word], project: str | None) -> tuple[Sequence[Word], str | None]:
    """The words behind a user group ("@ml-team 9:30"), whose standup it is in a project's place."""
    if not said or not is_named(said[0].text):
        return said, project
    if project is not None:
        left = {"words": f"in {project}", "wanted": "standup @ml-team 9:30 Mon-Thu"}
        raise BadInput(Why.WORDS_LEFT_OVER, left, "project")
    return said[1:], reference(said[:1], "project")


def _verb(said: Sequence[Word]) -> str:
    return " ".join(word.key or word.text for word in said)


def _adjusted(said: Sequence[Word]) -> AdjustStandup:
    """Times, days, the order of the report, its channel and a user group, in any order."""
    found, rest = AdjustStandup(), list(said)
    days: frozenset[int] = frozenset()
    while rest:
        word = rest.pop(0)
        clause = _CLAUSES.get(word.key)
        is_refusal = word.key in _NOT and bool(rest) and rest[0].key in _REMIND
        if is_refusal or word.key in _REMIND:
            del rest[:is_refusal]
            found = replace(found, reminds=not is_refusal)
        elif clause is not None and rest:
            found = clause(found, rest.pop(0).text)
        elif word.text[:1].isdigit():
            found = _begins(found, word.text)
        elif word.key and word.key[:3] in _DAYS:
            days |= read_days(word.text.rstrip(","))
        elif word.key not in _BETWEEN:
            left = {"words": joined([word, *rest]), "wanted": _WANTED}
            raise BadInput(Why.WORDS_LEFT_OVER, left, "project")
    return replace(found, days=days or None)


def _begins(found: AdjustStandup, text: str) -> AdjustStandup:
    """A time to ask at, or a window: "9:30-12:00"."""
    if window := _WINDOW.fullmatch(text):
        return replace(found, at=read_time(window[1]), closes_at=read_time(window[2]))
    return replace(found, at=read_time(text))


def _ends(found: AdjustStandup, text: str) -> AdjustStandup:
    if text.casefold() in _NEVER:
        return replace(found, closes_at=None, never_closes=True)
    return replace(found, closes_at=read_time(text), never_closes=False)


def _ordered(found: AdjustStandup, text: str) -> AdjustStandup:
    if text.casefold() not in _BY:
        raise BadInput(Why.WORDS_LEFT_OVER, {"words": f"by {text}", "wanted": _WANTED}, "project")
    return replace(found, by_stage=_BY[text.casefold()])


_CLAUSES: Mapping[str, Callable[[AdjustStandup, str], AdjustStandup]] = {
    **dict.fromkeys(("at", "from", "window"), _begins),
    **dict.fromkeys(("until", "till"), _ends),
    "report": lambda found, text: replace(found, report_at=read_time(text)),
    "by": _ordered,
    "to": lambda found, text: replace(found, channel=text),
    "with": lambda found, text: replace(found, group="" if text.casefold() in _NEVER else text),
}
_BETWEEN = {"on", "and"}
_BY = {"stage": True, "stages": True, "person": False, "people": False}
_DAYS = {*(day[:3].casefold() for day in WEEK), "wee", "wor", "eve", "dai"}


def standup_spoken(order: OpenStandup | ShowStandup | EndStandup | AdjustStandup) -> str:
    """The command without `/charter`."""
    match order:
        case OpenStandup(project=project):
            return f"standup{_of_team(project)}{_within(project)}"
        case ShowStandup(project=project):
            return f"standup{_of_team(project)} show{_within(project)}"
        case EndStandup(project=project):
            return f"standup{_of_team(project)} off{_within(project)}"
        case AdjustStandup(project=project):
            parts = "".join(_parts(order))
            return f"standup{_of_team(project)} set{parts}{_within(project)}"


def _of_team(project: str | None) -> str:
    return f" {name_word(project)}" if project is not None and is_named(project) else ""


def _within(project: str | None) -> str:
    return "" if is_named(project) else within(project)


def _parts(order: AdjustStandup) -> Sequence[str]:
    def at(word: str, moment: time | None) -> str:
        return f" {word} {moment:%H:%M}" if moment is not None else ""

    days = "".join(f" {WEEK[day]}" for day in sorted(order.days or ()))
    by = "" if order.by_stage is None else f" by {'stage' if order.by_stage else 'person'}"
    until = " until never" if order.never_closes else at("until", order.closes_at)
    reminds = "" if order.reminds is None else f" {'remind' if order.reminds else 'no reminder'}"
    channel = f" to {name_word(order.channel)}" if order.channel else ""
    group = "" if order.group is None else f" with {order.group or 'none'}"
    return (
        at("at", order.at),
        until,
        days,
        at("report", order.report_at),
        by,
        reminds,
        channel,
        group,
    )
