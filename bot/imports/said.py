"""What somebody writes beside a file: of which project it is, and how it is to be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_WORDS = 800
_PROJECT = re.compile(r"(?:project|in)\s*[:=]?\s+(?P<name>\S.*)|project[:=](?P<other>\S.*)", re.I)


@dataclass(frozen=True, slots=True)
class Wishes:
    """`words` are the lines that say something of it, to be said again."""

    project: str | None = None
    placed: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    words: str = ""


def wishes_in(text: str) -> Wishes:
    """The lines `project NAME`, `HEAD = MEANING`, and `dmy` or `mdy`; others are nobody's concern.

    What is beyond 800 characters is not looked at.
    """
    project: str | None = None
    placed: dict[str, str] = {}
    dates = ""
    kept: list[str] = []
    for line in text[:MOST_WORDS].splitlines():
        plain = "".join(sign for sign in " ".join(line.split()) if sign.isprintable())
        head, is_placed, means = plain.partition("=")
        if plain.casefold() in ("dmy", "mdy"):
            dates = plain.casefold()
        elif found := _PROJECT.fullmatch(plain):
            project = (found["name"] or found["other"]).strip()
        elif is_placed and head.strip():
            placed[head.strip()] = means.strip()
        else:
            continue
        kept.append(plain)
    return Wishes(project, placed, dates, "\n".join(kept))
