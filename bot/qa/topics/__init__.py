"""The kinds of question beside who holds which letter: a module each, and a line here."""

from collections.abc import Sequence
from dataclasses import replace

from bot.qa.rule import Matched, fit
from bot.qa.topics import (
    acting,
    blockers,
    gaps,
    history,
    metrics,
    overdue,
    pulls,
    runs,
    scope,
    standups,
    status,
    then,
)
from bot.qa.topics.cues import languages
from bot.qa.topics.readings import readings
from bot.qa.topics.topic import Topic
from bot.qa.view import View
from bot.text import Word

TOPICS: dict[str, Topic] = {
    topic.name: topic
    for topic in (
        status.TOPIC,
        overdue.TOPIC,
        blockers.TOPIC,
        scope.TOPIC,
        metrics.TOPIC,
        pulls.TOPIC,
        runs.TOPIC,
        standups.TOPIC,
        gaps.TOPIC,
        history.TOPIC,
        acting.TOPIC,
        then.TOPIC,
    )
}

OF_A_TIME = frozenset((history.TOPIC.name, acting.TOPIC.name))
"""Kinds of question that can be asked of another time."""
THEN = then.TOPIC.name


def matched(
    sentence: str, words: Sequence[Word], view: View, language: str, *, asked: bool
) -> Matched | None:
    """The topic whose rule a sentence follows most closely; None where it follows none.

    A reading that leaves no word over wins over one that does; of equals, the first topic's.
    """
    cues = languages().get(language)
    if cues is None:
        return None
    best: Matched | None = None
    rank: tuple[bool, bool, int, bool] | None = None
    for reading in readings(sentence, words, view, cues, asked=asked):
        for topic in TOPICS.values():
            for rule in topic.rules:
                found = fit(rule, reading)
                if found is None:
                    continue
                left = bool(found.left)
                ranked = (not left, left and rule.open, found.close, not rule.open)
                if rank is None or ranked > rank:
                    best, rank = (
                        Matched(topic.name, rule, replace(reading, left=found.left)),
                        ranked,
                    )
    return best
