"""What is linked, moved and unlinked."""

from bot.attaching import rule_words
from bot.changes import (
    FilterSet,
    LinkAdded,
    LinkChange,
    PullRequestLinked,
    RunLinked,
    Spot,
    StreamFollowed,
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
        case LinkAdded(title=title, added=added):
            return (came("link", title, added=added),)
        case FilterSet(trait=trait, value=value):
            label = f"cards of pull requests ({trait_words(trait, value)})"
            return (Line(label, change.before or "", change.after or ""),)
        case StreamFollowed(kind=kind, stream=stream, by=by, pattern=pattern):
            label = f"what is followed ({rule_words(kind, stream, by, pattern)})"
            return (Line(label, _spot(change.before), _spot(change.after)),)


def _spot(spot: Spot | None) -> str:
    """What something is linked to; nothing where it is not linked."""
    if spot is None:
        return ""
    return spot.title or "the project as a whole"
