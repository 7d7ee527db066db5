"""`follow` and `unfollow`: a repository or experiment, what of it is meant, and whose it is."""

from collections.abc import Sequence
from datetime import date

from bot.attaching import By
from bot.commands.links import address_at, typed_url
from bot.commands.orders import Order
from bot.commands.reading import project_of, reference, without_project
from bot.commands.speaking import name_word, within
from bot.commands.words import Word, joined, quoted, words
from bot.commands.work import ShowFollowed
from bot.errors import BadInput, Why
from bot.orders import Follow, Unfollow

_BY = {"label": By.LABEL, "tag": By.LABEL, "branch": By.BRANCH, "path": By.PATH}
_SAID = {By.BRANCH: "branch", By.PATH: "path"}
_TO = {"to", "for"}
_WANTED = "follow acme/churn label data to data pipeline in Churn Radar"


FollowOrder = Follow | Unfollow | ShowFollowed


def read_follow(rest: str, today: date) -> Order:
    some = words(rest)
    if not some or some[0].key == "in":
        return ShowFollowed(project_of(rest))
    where, rule, project = _read(rest)
    at = next((n for n in range(len(rule) - 1, -1, -1) if rule[n].key in _TO), None)
    item = reference(rule[at + 1 :], "item") if at is not None else None
    by, pattern = _rule(rule if at is None else rule[:at])
    return Follow(where, by, pattern, item, project)


def read_unfollow(rest: str, today: date) -> Order:
    where, rule, project = _read(rest)
    by, pattern = _rule(rule)
    return Unfollow(where, by, pattern, project)


def _read(rest: str) -> tuple[str, tuple[Word, ...], str | None]:
    """The address, what follows it, and the project."""
    found = address_at(rest)
    if found is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "url"}, field="url")
    where = typed_url(found)
    some, project = without_project(words(rest[: found.start()] + " " + rest[found.end() :]))
    return where, some, project


def _rule(some: Sequence[Word]) -> tuple[By, str]:
    if not some:
        return By.STREAM, ""
    by = _BY.get(some[0].key)
    if by is None:
        raise BadInput(Why.WORDS_LEFT_OVER, {"words": joined(some), "wanted": _WANTED}, "item")
    return by, reference(some[1:], "rule")


def follow_spoken(order: FollowOrder) -> str:
    """The command that `read_follow` and `read_unfollow` read back."""
    match order:
        case ShowFollowed(project=project):
            return f"follow{within(project)}"
        case Follow(where=where, item=item, project=project):
            to = f" to {name_word(item)}" if item else ""
            return f"follow {where}{_rule_spoken(order)}{to}{within(project)}"
        case Unfollow(where=where, project=project):
            return f"unfollow {where}{_rule_spoken(order)}{within(project)}"


def _rule_spoken(order: Follow | Unfollow) -> str:
    if order.by is By.STREAM:
        return ""
    word = "tag" if order.by is By.LABEL and "=" in order.pattern else _SAID.get(order.by, "label")
    return f" {word} {quoted(order.pattern)}"
