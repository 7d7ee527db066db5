"""Which of what is told of the past a question means."""

from collections.abc import Iterable, Sequence

from bot import text
from bot.qa.evidence import Past
from bot.qa.rule import Reading

WHAT = (
    "scope_in",
    "scope_out",
    "scope",
    "target",
    "baseline",
    "due",
    "stage",
    "accountable",
    "metric",
    "document",
    "goal",
    "blocked",
    "done",
    "started",
    "status",
    "covers",
    "current",
)
"""Rows of words for what can be otherwise than it was."""


def meant(reading: Reading, past: Sequence[Past]) -> list[Past]:
    """The changes that share most words with the question; every word of its own must be shared."""
    own = _roots(reading.words[at].text for at in reading.left)
    own |= _roots(
        reading.words[at].text for one in reading.metrics for at in range(one.start, one.end)
    )
    items = {stage for one in reading.items for stage in one.stages}
    cued = _roots(
        reading.words[at].text
        for cue in reading.cues
        if not cue.rows.isdisjoint(WHAT) or "change" in cue.rows
        for at in range(cue.start, cue.end)
    )
    ranked: list[tuple[int, Past]] = []
    for one in past:
        held = _roots(text.tokens(f"{one.summary} {one.kind.replace('_', ' ')}"))
        if not own <= held or (items and one.item not in items):
            continue
        kind = reading.has("decision") and one.kind == "decision"
        ranked.append((len(cued & held) + kind, one))
    best = max((fit for fit, _ in ranked), default=0)
    if cued - _PLAIN and best == 0 and not own and not items:
        return []
    return [one for fit, one in ranked if fit == best]


_PLAIN = frozenset(text.root(word) for word in ("change", "changed", "happened", "new", "history"))


def _roots(words: Iterable[str]) -> frozenset[str]:
    return frozenset(text.root(text.stem(word)) for word in words)
