"""Which question of a standup asks what: what was done, what comes next."""

import re
from collections.abc import Sequence

from bot.standups.answers import blocker_at

_DONE = re.compile(
    r"\b(done|did|yesterday|since|finish|achiev|accomplish|gestern|erledigt|geschafft|gemacht"
    r"|hier|fait|ayer|hecho|hiciste)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(next|today|tomorrow|plan|will|going to|heute|morgen|n[äa]chst|vor\b|aujourd|demain"
    r"|ensuite|prochain|hoy|ma[ñn]ana|siguiente|pr[óo]xim)",
    re.IGNORECASE,
)


def done_at(questions: Sequence[str]) -> int | None:
    """Which question asks what was done: the first that says so, else the first that asks neither
    what comes next nor what blocks somebody.
    """
    open_ones = [at for at in range(len(questions)) if at != blocker_at(questions)]
    said = (at for at in open_ones if _DONE.search(questions[at]))
    other = (at for at in open_ones if not _NEXT.search(questions[at]))
    return next(said, next(other, None))


def next_at(questions: Sequence[str]) -> int | None:
    """Which question asks what comes next; none that asks for something else as well."""
    taken = {done_at(questions), blocker_at(questions)}
    return next(
        (at for at, one in enumerate(questions) if at not in taken and _NEXT.search(one)), None
    )
