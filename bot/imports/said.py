"""What somebody says of a file: of which project it is, how it is to be read, who is meant, and
which side a conflict goes to.

Forms write the same lines that may be typed beside a file; a preview carries them until it is done.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.imports.settling import Settled, Side

MOST_WORDS = 800
"""Characters that are looked at of what stands beside a file."""
MOST_CARRIED = 1600
"""Characters that a preview carries, as they are written into a button."""
ARROWS = ("->", "→")
_PROJECT = re.compile(r"(?:project|in)\s*[:=]?\s+(?P<name>\S.*)|project[:=](?P<other>\S.*)", re.I)
ALL = "all"
OPEN = "open"
"""Instead of a side: it is still to be settled."""
_SIDES = re.compile(rf"(?P<side>theirs|ours|{OPEN}):(?P<keys>(?: [0-9a-f]{{8}})+| {ALL})")


@dataclass(frozen=True, slots=True)
class Wishes:
    """`placed` says what columns mean, `people` whom names mean. `words` are the lines that say
    something of it, to be said again.
    """

    project: str | None = None
    placed: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    settled: Settled = field(default_factory=Settled)
    words: str = ""


def wishes_in(text: str) -> Wishes:
    """The lines `project NAME`, `HEAD = MEANING`, `NAME -> WHO`, and `dmy` or `mdy`; and those by
    which forms settle conflicts. Others are nobody's concern. Of two that are about the same the
    later one counts.
    """
    project: str | None = None
    placed: dict[str, str] = {}
    people: dict[str, str] = {}
    settled = Settled()
    dates = ""
    kept: dict[tuple[str, str], str] = {}
    for line in text.splitlines():
        plain = "".join(sign for sign in " ".join(line.split()) if sign.isprintable())
        head, is_placed, means = (part.strip() for part in plain.partition("="))
        if plain.casefold() in ("dmy", "mdy"):
            dates = plain.casefold()
            about = "dates", ""
        elif found := _SIDES.fullmatch(plain):
            settled = _and(settled, found["side"], found["keys"].split())
            continue
        elif (one := _who(plain)) is not None:
            people[one[0]] = one[1]
            about = "who", one[0]
        elif found := _PROJECT.fullmatch(plain):
            project = (found["name"] or found["other"]).strip()
            about = "project", ""
        elif is_placed and head:
            placed[head] = means
            about = "column", head
        else:
            continue
        kept[about] = plain
    lines = [*kept.values(), *settled_told(settled)]
    return Wishes(project, placed, dates, people, settled, "\n".join(lines))


def _and(settled: Settled, side: str, keys: Sequence[str]) -> Settled:
    """What is settled, and these besides: all to one side, or some of them. Where all are open
    again, those are not that were settled one by one.
    """
    which = None if side == OPEN else Side(side)
    if keys == [ALL]:
        return Settled(settled.sides if which is None else {}, which)
    others = {key: each for key, each in settled.sides.items() if key not in keys}
    return Settled(others | ({} if which is None else dict.fromkeys(keys, which)), settled.rest)


def beside(text: str) -> Wishes:
    """What stands beside a file; what is beyond 800 characters is not looked at."""
    return wishes_in(text[:MOST_WORDS])


def joined(words: str, lines: Iterable[str]) -> Wishes:
    """What was said, and what a form adds to it."""
    return wishes_in("\n".join([words, *lines]))


def is_carried(words: str) -> bool:
    """Whether a preview can carry that much."""
    return len(json.dumps(words, ensure_ascii=False)) <= MOST_CARRIED


def settled_told(settled: Settled) -> list[str]:
    """The lines that say which side conflicts go to."""
    lines = [f"{settled.rest}: {ALL}"] if settled.rest is not None else []
    for side in Side:
        keys = [key for key, each in settled.sides.items() if each is side]
        lines += [f"{side}: {' '.join(keys)}"] if keys else []
    return lines


def _who(line: str) -> tuple[str, str] | None:
    for arrow in ARROWS:
        name, is_told, who = (part.strip() for part in line.rpartition(arrow))
        if is_told and name and who:
            return name, who
    return None
