"""`gaps`, `idle`, `load`, `lint` and `role`: what is missing, who is free, and who does what."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from bot.commands.orders import (
    Order,
    ShowGaps,
    ShowIdle,
    ShowLint,
    ShowLoad,
)
from bot.commands.reading import reference
from bot.commands.role_lists import ListRoles, OpenRole, ShowRole
from bot.commands.words import Word, unwrapped, words
from bot.errors import BadInput, Why
from bot.orders import AddRole, GiveJob, RemoveRole, RenameRole

_EVERYTHING = {"all", "portfolio", "everywhere", "*"}
_NO_ROLE = {"none", "nothing", "nobody", "-"}
_TO = {"to", "=", "->", "as", "is"}
_DOES = {"does", "who"}


def read_gaps(rest: str, today: date) -> Order:
    project, whole = _whole_or_project(rest)
    return ShowGaps(project, whole)


def read_lint(rest: str, today: date) -> Order:
    project, whole = _whole_or_project(rest)
    return ShowLint(project, whole)


def _whole_or_project(rest: str) -> tuple[str | None, bool]:
    """`all`, or a project; in quotation marks it is a project of that name."""
    some = list(words(rest))
    if some and some[0].key == "in":
        some = some[1:]
    if len(some) == 1 and some[0].key in _EVERYTHING:
        return None, True
    return (reference(some, "project") if some else None), False


def read_idle(rest: str, today: date) -> Order:
    some = words(rest)
    if some and [word.key for word in some] != ["people"]:
        raise BadInput(Why.WORDS_LEFT_OVER, {"words": unwrapped(rest)}, field="idle")
    return ShowIdle()


def read_load(rest: str, today: date) -> Order:
    some = list(words(rest))
    if some and some[0].key in {"of", "for"}:
        some = some[1:]
    return ShowLoad(reference(some, "person").lstrip("@") if some else None)


def read_role(rest: str, today: date) -> Order:
    some = words(rest)
    if not some:
        return ListRoles()
    read = _ROLE_VERBS.get(some[0].key)
    if read is None:
        return ShowRole(_named(some))
    return read(rest[some[0].end :])


def _named(some: Sequence[Word]) -> str:
    return reference(some, "job")


def _add(rest: str) -> Order:
    """`Annotation lead does labels`, `Annotation lead: labels`, or the name alone."""
    for word in words(rest):
        if word.quoted:
            continue
        sign = re.search("[:：]", rest[word.start : word.end])
        if sign and not word.text.startswith("<"):
            at = word.start + sign.start()
            return _added(rest[:at], rest[at + 1 :])
        if word.start and word.key in _DOES:
            return _added(rest[: word.start], rest[word.end :])
    return _added(rest, "")


def _added(name: str, does: str) -> Order:
    return AddRole(_named(words(name)), unwrapped(does))


def _rename(rest: str) -> Order:
    some = words(rest)
    at = next((n for n in range(len(some) - 1, 0, -1) if some[n].key in _TO), None)
    if at is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "title"}, field="title")
    return RenameRole(_named(some[:at]), reference(some[at + 1 :], "title"))


def _set(rest: str) -> Order:
    """`@bea ML Engineer`; a name of several words ends at `to`, `is` or `as`."""
    some = words(rest)
    if not some:
        raise BadInput(Why.EMPTY_TEXT, {"field": "holder"}, field="holder")
    at = next((n for n, word in enumerate(some) if n and word.key in _TO), None)
    role = some[1:] if at is None else some[at + 1 :]
    person = reference(some[: at or 1], "person").lstrip("@")
    if len(role) == 1 and role[0].key in _NO_ROLE:
        return GiveJob(person, None)
    return GiveJob(person, _named(role))


_ROLE_VERBS: dict[str, Callable[[str], Order]] = {
    "list": lambda rest: ListRoles(),
    "add": _add,
    "new": _add,
    "rename": _rename,
    "remove": lambda rest: RemoveRole(_named(words(rest))),
    "delete": lambda rest: RemoveRole(_named(words(rest))),
    "edit": lambda rest: OpenRole(_named(words(rest))),
    "set": _set,
    "give": _set,
}
