"""Versions of models from one look to the next: since when they hold what they hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.sources.base import ModelVersion


def dated(
    told: Sequence[ModelVersion], before: Sequence[ModelVersion], now: datetime
) -> tuple[ModelVersion, ...]:
    """The same; a version was promoted when it was first seen so, where the registry does not tell,
    and goes on to have been as long as it holds nothing new.
    """
    known = {(one.name, one.version): one for one in before}
    return tuple(_dated(one, known.get((one.name, one.version)), now) for one in told)


def _dated(one: ModelVersion, was: ModelVersion | None, now: datetime) -> ModelVersion:
    held = {*was.aliases, was.stage} if was else set()
    is_new = not {*one.aliases, one.stage} <= {*held, ""}
    if was is not None and not is_new:
        return replace(one, promoted=was.promoted or one.promoted)
    return replace(one, promoted=one.promoted or (now if is_new else None))
