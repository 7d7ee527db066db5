"""Following: what of a repository or experiment belongs to a project, from when on it is looked
for, and the changes that say so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot import errors
from bot.attaching import By, Rule, rule_words
from bot.changes import FilterSet, Spot, StreamFollowed
from bot.errors import BadInput, Refused
from bot.filters import Filter, Mode, Trait
from bot.links import spot
from bot.project import Item, Project
from bot.sources.base import Kind, Stream, Trouble

LONGEST_PATTERN = 200
LOOKED_BACK: Final = timedelta(days=14)
"""How far back the first look at a stream goes."""
OVERLAP: Final = timedelta(minutes=10)
"""What is looked at once more each time: clocks differ, and what changed a moment ago may be told
late.
"""
BEHIND: Final = timedelta(hours=2)
"""After how long without a look what changed meanwhile is told in one line."""

_OF = {
    Kind.PULL_REQUEST: frozenset({By.STREAM, By.LABEL, By.BRANCH, By.PATH}),
    Kind.RUN: frozenset({By.STREAM, By.LABEL}),
}


@dataclass(frozen=True, slots=True)
class Followed:
    """A rule of a project, with where it happens."""

    rule: Rule
    stream: Stream
    since: datetime | None = None

    @property
    def words(self) -> str:
        """ "repository acme/churn, label data"."""
        return rule_words(self.stream.kind, self.rule.stream, self.rule.by, self.rule.pattern)


@dataclass(frozen=True, slots=True)
class Watermark:
    """Up to where a stream was seen, by its source's clock. `looked_at` is when it last told all;
    None: never since a rule about it was set. `trouble` is why it did not since.
    """

    until: datetime
    looked_at: datetime | None = None
    trouble: Trouble | None = None

    def is_behind(self, now: datetime) -> bool:
        """Whether so much may have happened that it is not told piece by piece."""
        return self.looked_at is None or now - self.looked_at > BEHIND


def begin(now: datetime) -> Watermark:
    """Of what was never looked at."""
    return Watermark(now - LOOKED_BACK)


@dataclass(frozen=True, slots=True)
class Following:
    """What a project follows, each with up to where it was seen (None: not yet)."""

    project: Project
    rules: tuple[tuple[Followed, Watermark | None], ...]
    filters: tuple[Filter, ...] = ()


def checked(stream: Stream, by: By, pattern: str) -> str:
    """The pattern of a rule about a stream. `BadInput` where it says nothing of what happens there:
    a run has no branch and no files, and a tag has a value.
    """
    pattern = pattern.strip()
    rule = rule_words(stream.kind, "", by, pattern).partition(", ")[2]
    fits = by in _OF[stream.kind] and (by is By.STREAM) == (not pattern)
    if by is By.LABEL and stream.kind is Kind.RUN:
        name, sign, value = pattern.partition("=")
        fits = fits and bool(name.strip() and sign and value.strip())
        pattern = f"{name.strip()}={value.strip()}"
    if not fits or not pattern.isprintable():
        raise BadInput(errors.Why.BAD_RULE, {"rule": rule or pattern}, field="rule")
    if len(pattern) > LONGEST_PATTERN:
        facts = {"length": str(len(pattern)), "longest": str(LONGEST_PATTERN)}
        raise BadInput(errors.Why.TEXT_TOO_LONG, facts, field="rule")
    return pattern.removeprefix("/") if by is By.PATH else pattern


def follow(
    project: Project, stream: Stream, by: By, pattern: str, before: Spot | None, item: Item | None
) -> StreamFollowed:
    """The change by which a project follows a stream, or what of it a rule says, for an item.

    `before` is what the same rule says already. `Refused` for an archived project.
    """
    if project.archived_at:
        raise Refused(errors.Why.ARCHIVED, {"project": project.name, "key": project.key})
    pattern = checked(stream, by, pattern)
    if before == spot(item):
        raise Refused(errors.Why.NOTHING_CHANGES, {"item": project.name})
    return _changed(project, stream, by, pattern, before, spot(item))


def unfollow(
    project: Project, rules: Sequence[Followed], stream: Stream, by: By, pattern: str
) -> StreamFollowed:
    """The change by which it does so no more. Where all of a stream is named, and one rule alone is
    about it, that one is meant. `Refused` where there is none.
    """
    mine = [
        one for one in rules if one.rule.source == stream.source and one.rule.stream == stream.key
    ]
    found = standing(mine, stream, by, pattern)
    if found is None and by is By.STREAM and len(mine) == 1:
        found = mine[0]
    if found is None:
        wanted = rule_words(stream.kind, stream.key, by, pattern)
        raise Refused(errors.Why.NOT_FOLLOWED, {"project": project.name, "rule": wanted})
    rule = found.rule
    return _changed(project, stream, rule.by, rule.pattern, spot_of(project, found), None)


def set_filter(
    project: Project, filters: Iterable[Filter], trait: Trait, value: str, mode: Mode | None
) -> FilterSet:
    """The change by which a trait says of which pull requests the channel gets cards. `Refused`
    where it says so already, and for an archived project.
    """
    if project.archived_at:
        raise Refused(errors.Why.ARCHIVED, {"project": project.name, "key": project.key})
    if len(value) > LONGEST_PATTERN:
        facts = {"length": str(len(value)), "longest": str(LONGEST_PATTERN)}
        raise BadInput(errors.Why.TEXT_TOO_LONG, facts, field="rule")
    before = mode_of(filters, trait, value)
    if before is mode:
        raise Refused(errors.Why.NOTHING_CHANGES, {"item": project.name})
    return FilterSet(project.id, trait, value, before, mode)


def mode_of(filters: Iterable[Filter], trait: Trait, value: str) -> Mode | None:
    same = (one.mode for one in filters if (one.trait, one.value) == (trait, value))
    return next(same, None)


def standing(rules: Iterable[Followed], stream: Stream, by: By, pattern: str) -> Followed | None:
    """The rule about exactly this, of those of one project."""
    wanted = (
        stream.source,
        stream.key,
        by,
        pattern.removeprefix("/") if by is By.PATH else pattern,
    )
    return next(
        (
            one
            for one in rules
            if (one.rule.source, one.rule.stream, one.rule.by, one.rule.pattern) == wanted
        ),
        None,
    )


def spot_of(project: Project, rule: Followed | None) -> Spot | None:
    """What a rule gives to; None where there is no rule."""
    if rule is None:
        return None
    key = rule.rule.item
    item = project.item(key) if key else None
    return spot(item) if item or not key else Spot(None, key, key)


def _changed(
    project: Project,
    stream: Stream,
    by: By,
    pattern: str,
    before: Spot | None,
    after: Spot | None,
) -> StreamFollowed:
    return StreamFollowed(
        project.id, stream.source, stream.key, stream.kind, stream.url, by, pattern, before, after
    )
