"""What is linked, moved and unlinked."""

from datetime import date

from bot.attaching import rule_words
from bot.changes import (
    DocumentPlanned,
    FilterSet,
    LinkAdded,
    LinkChange,
    PullRequestLinked,
    RunLinked,
    Spot,
    StreamFollowed,
    Upkeep,
)
from bot.filters import trait_words
from bot.telling.line import Line, came


def lines(change: LinkChange) -> tuple[Line, ...]:
    """Of a pull request the number alone: repository and title may be private where this is
    read.
    """
    match change:
        case PullRequestLinked(number=number, before=before, after=after):
            return (Line(f"pull request #{number}", _spot(before), _spot(after)),)
        case RunLinked(run=run, before=before, after=after):
            return (Line(f"run {run[:12]}", _spot(before), _spot(after)),)
        case LinkAdded(title=title, added=added, upkeep=upkeep):
            some = (Upkeep(), upkeep) if added else (upkeep, Upkeep())
            return (came("link", title, added=added), *_kept_up(title, *some))
        case DocumentPlanned(title=title):
            return _kept_up(title, change.before, change.after)
        case FilterSet(trait=trait, value=value):
            label = f"cards of pull requests ({trait_words(trait, value)})"
            return (Line(label, change.before or "", change.after or ""),)
        case StreamFollowed(kind=kind, stream=stream, by=by, pattern=pattern):
            label = f"what is followed ({rule_words(kind, stream, by, pattern)})"
            return (Line(label, _spot(change.before), _spot(change.after)),)


def _kept_up(title: str, before: Upkeep, after: Upkeep) -> tuple[Line, ...]:
    """Of what is otherwise."""
    told = (
        Line(f"review of “{title}”", _day(before.review), _day(after.review)),
        Line(f"what “{title}” is about", before.spot.title, after.spot.title),
    )
    return tuple(line for line in told if line.before != line.after)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _spot(spot: Spot | None) -> str:
    """What something is linked to; nothing where it is not linked."""
    if spot is None:
        return ""
    return spot.title or "the project as a whole"
