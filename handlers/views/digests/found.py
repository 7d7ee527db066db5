"""What the linter finds anew, and what no more, in a digest."""

from bot.digests import Mended, Part
from bot.lint import Finding
from handlers.views import seats
from handlers.views.kit import Piece, bold, cut, name

_LONGEST = 300


def found(part: Part) -> list[list[str | Piece]]:
    return [*map(_finding, part.found), *map(_mended, part.mended)]


def _finding(one: Finding) -> list[str | Piece]:
    """In words: by which name its rule is set aside, the linter tells."""
    severity = seats.capital(one.rule.severity.value)
    return [bold(severity), f": {cut(one.found.said, _LONGEST)}"]


def _mended(one: Mended) -> list[str | Piece]:
    """By its rule: what was said of it may name somebody who is forgotten by now."""
    of = f" ({name(one.item.title)})" if one.item else ""
    says = f"{one.rule.says[:1].lower()}{one.rule.says[1:]}{of}"
    if one.until:
        return [bold("Set aside"), f", until {one.until.isoformat()}: {says}"]
    return [bold("No longer"), f": {says}"]
