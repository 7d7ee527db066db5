"""`access`, `break-glass`, `settings`, `channel`, `resume` and `outbox`."""

import re
from collections.abc import Sequence
from datetime import date

from bot.commands.orders import Order, ShowAccess, ShowOutbox, ShowSettings
from bot.commands.reading import project_of, reference, without_project
from bot.commands.words import Word, joined, unwrapped, words
from bot.errors import BadInput, NotFound, Why
from bot.orders import (
    AllowTitles,
    BreakGlass,
    ChangeSetting,
    Grant,
    OpenSharedChannel,
    Resume,
    RetryMessages,
    SetPrivacy,
)
from bot.rights import Role
from bot.workspace_settings import named

_ROLES: dict[str, Role | None] = {"viewer": Role.VIEWER, "editor": Role.EDITOR, "none": None}
_FILLERS = {"to", "is", "=", "->", "as"}
_PRIVACY = {"private": True, "public": False}
_TITLES = {"titles": True, "titles on": True, "titles off": False, "no titles": False}
_OPENED = {"allow": True, "forbid": False}
_NUMBER = re.compile(r"#?[0-9]{1,15}")
_BECAUSE = re.compile(r"(?:^|\s)because(?:\s|$)|\s*[:：]\s*", re.IGNORECASE)


def read_access(rest: str, today: date) -> Order:
    some, project = without_project(words(rest))
    if len(some) == 1 and some[0].key in _PRIVACY:
        return SetPrivacy(_PRIVACY[some[0].key], project)
    if (said := " ".join(word.key for word in some)) in _TITLES:
        return AllowTitles(_TITLES[said], project)
    if len(some) > 1 and some[-1].key in _ROLES:
        person = _without_fillers(some[:-1])
        return Grant(reference(person, "person"), _ROLES[some[-1].key], project)
    if some and some[0].text.startswith(("<@", "@")):
        raise BadInput(Why.EMPTY_TEXT, {"field": "access"}, field="role")
    return ShowAccess(project_of(rest))


def _without_fillers(some: Sequence[Word]) -> Sequence[Word]:
    while len(some) > 1 and some[-1].key in _FILLERS:
        some = some[:-1]
    return some


def read_break_glass(rest: str, today: date) -> Order:
    found = _BECAUSE.search(rest)
    if found is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "glass"}, field="reason")
    project, reason = rest[: found.start()], unwrapped(rest[found.end() :])
    if not reason:
        raise BadInput(Why.EMPTY_TEXT, {"field": "glass"}, field="reason")
    return BreakGlass(reference(words(project), "project"), reason)


def read_settings(rest: str, today: date) -> Order:
    """The name of a setting is as many words as there is one of; what follows is its value."""
    some = words(rest)
    if not some:
        return ShowSettings()
    for length in range(1, len(some) + 1):
        try:
            setting = named(joined(some[:length]))
        except NotFound:
            continue
        value = _after_fillers(some[length:])
        if not value:
            return ShowSettings(setting.name)
        return ChangeSetting(setting.name, joined(value))
    raise _unknown(joined(some))


def _after_fillers(some: Sequence[Word]) -> Sequence[Word]:
    while some and some[0].key in _FILLERS:
        some = some[1:]
    return some


def _unknown(text: str) -> NotFound:
    try:
        named(text)
    except NotFound as error:
        return error
    raise AssertionError(text)


def read_channel(rest: str, today: date) -> Order:
    some = words(rest)
    if len(some) != 1 or some[0].key not in _OPENED:
        raise BadInput(Why.EMPTY_TEXT, {"field": "channel"}, field="channel")
    return OpenSharedChannel(_OPENED[some[0].key])


def read_resume(rest: str, today: date) -> Order:
    if some := words(rest):
        facts = {"words": joined(some), "wanted": "resume"}
        raise BadInput(Why.WORDS_LEFT_OVER, facts)
    return Resume()


def read_outbox(rest: str, today: date) -> Order:
    """`retry` is followed by the number of a message, or by nothing, or `all`."""
    some = words(rest)
    if not some:
        return ShowOutbox()
    which = [word.key for word in some[1:]]
    if some[0].key == "retry" and which in ([], ["all"]):
        return RetryMessages()
    if some[0].key == "retry" and len(which) == 1 and _NUMBER.fullmatch(which[0]):
        return RetryMessages(int(which[0].removeprefix("#")))
    facts = {"words": joined(some), "wanted": "outbox retry all"}
    raise BadInput(Why.WORDS_LEFT_OVER, facts)
