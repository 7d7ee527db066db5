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
from bot.filters import Mode, Trait, trait_words
from bot.orders import Follow, SetFilter, Unfollow

_BY = {"label": By.LABEL, "tag": By.LABEL, "branch": By.BRANCH, "path": By.PATH}
_SAID = {By.BRANCH: "branch", By.PATH: "path"}
_TO = {"to", "for"}
_MODES = {"without": Mode.WITHOUT, "only": Mode.ONLY, "with": None}
_TRAITS = {
    "bot": Trait.BOTS,
    "draft": Trait.DRAFTS,
    "labels": Trait.LABEL,
    "authors": Trait.AUTHOR,
    "paths": Trait.PATH,
    **{trait.value: trait for trait in Trait},
}
_FILTER = "follow without bots in Churn Radar"
_WANTED = "follow acme/churn label data to data pipeline in Churn Radar"


FollowOrder = Follow | Unfollow | SetFilter | ShowFollowed


def read_follow(rest: str, today: date) -> Order:
    some = words(rest)
    if not some or some[0].key == "in":
        return ShowFollowed(project_of(rest))
    if some[0].key in _MODES:
        return _filter(some)
    where, rule, project = _read(rest)
    at = next((n for n in range(len(rule) - 1, -1, -1) if rule[n].key in _TO), None)
    item = reference(rule[at + 1 :], "item") if at is not None else None
    by, pattern = _rule(rule if at is None else rule[:at])
    return Follow(where, by, pattern, item, project)


def _filter(some: Sequence[Word]) -> SetFilter:
    """`without bots`, `only label data`, `with drafts`."""
    rest, project = without_project(some[1:])
    trait = _TRAITS.get(rest[0].key) if rest else None
    if trait is None or (not trait.has_value and len(rest) > 1):
        raise BadInput(Why.WORDS_LEFT_OVER, {"words": joined(some), "wanted": _FILTER}, "item")
    value = reference(rest[1:], "rule") if trait.has_value else ""
    return SetFilter(trait, value, _MODES[some[0].key], project)


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
        case SetFilter(trait=trait, value=value, mode=mode, project=project):
            verb = mode.value if mode else "with"
            what = trait_words(trait, quoted(value) if value else "")
            return f"follow {verb} {what}{within(project)}"
        case Unfollow(where=where, project=project):
            return f"unfollow {where}{_rule_spoken(order)}{within(project)}"


def _rule_spoken(order: Follow | Unfollow) -> str:
    if order.by is By.STREAM:
        return ""
    word = "tag" if order.by is By.LABEL and "=" in order.pattern else _SAID.get(order.by, "label")
    return f" {word} {quoted(order.pattern)}"
