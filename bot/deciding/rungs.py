"""The ladder that new projects of a workspace begin with: added to, renamed, cut."""

from collections.abc import Sequence

from bot.changes import Rung, RungsChanged
from bot.deciding.projects import checked_name
from bot.deciding.texts import fresh_key
from bot.errors import NotFound, Refused, Why
from bot.spelling import folded
from bot.stages import LadderStage, with_modelling

MOST_RUNGS = 40


def _present(ladder: tuple[LadderStage, ...]) -> tuple[Rung, ...]:
    return tuple(Rung(stage.key, stage.title) for stage in with_modelling(ladder))


def _named(rungs: Sequence[Rung], ladder: tuple[LadderStage, ...], ref: str) -> int:
    """Where the stage stands that `ref` means: by its title, its key or a further name."""
    names = {stage.key: stage.aliases for stage in with_modelling(ladder)}
    for at, rung in enumerate(rungs):
        if folded(ref) in {folded(one) for one in (rung.key, rung.title, *names[rung.key])}:
            return at
    raise NotFound("stage", ref, there=tuple(rung.title for rung in rungs))


def add_rung(ladder: tuple[LadderStage, ...], title: str, after: str | None) -> RungsChanged:
    """A stage for new projects, behind another one or at the end. One that was taken out keeps its
    key, so that it is the same in projects that have it.
    """
    before, title = _present(ladder), checked_name(title)
    if any(folded(title) == folded(rung.title) for rung in before):
        raise Refused(Why.NOTHING_CHANGES, {"item": title})
    if len(before) >= MOST_RUNGS:
        facts = {"field": "stages", "length": str(len(before) + 1), "longest": str(MOST_RUNGS)}
        raise Refused(Why.TOO_MANY, facts)
    gone = {folded(stage.title): stage.key for stage in ladder if not stage.is_offered}
    taken = {stage.key for stage in ladder} | {rung.key for rung in before}
    key = gone.get(folded(title)) or fresh_key(title, taken, "stage")
    at = _named(before, ladder, after) + 1 if after else len(before)
    return RungsChanged(before, (*before[:at], Rung(key, title), *before[at:]))


def rename_rung(ladder: tuple[LadderStage, ...], ref: str, title: str) -> RungsChanged:
    """Another title, for new projects: those that there are keep theirs."""
    before, title = _present(ladder), checked_name(title)
    at = _named(before, ladder, ref)
    if any(folded(title) == folded(rung.title) for rung in before):
        raise Refused(Why.NOTHING_CHANGES, {"item": title})
    return RungsChanged(before, (*before[:at], Rung(before[at].key, title), *before[at + 1 :]))


def remove_rung(ladder: tuple[LadderStage, ...], ref: str) -> RungsChanged:
    """New projects begin without it. The last one stays."""
    before = _present(ladder)
    at = _named(before, ladder, ref)
    if len(before) == 1:
        raise Refused(Why.LAST_RUNG, {"item": before[0].title})
    return RungsChanged(before, (*before[:at], *before[at + 1 :]))
