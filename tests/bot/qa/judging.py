"""Right, missed or wrong: an answer beside what the rules expect. Wrong is worse than missed."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from bot.qa.replies import Answer
from bot.qa.wording import LONGEST
from tests.bot.qa.reference import Expected
from tests.bot.qa.support import World


class Outcome(StrEnum):
    RIGHT = "right"
    MISSED = "missed"
    WRONG = "wrong"


def judge(found: Answer, wants: Iterable[Expected], world: World) -> Outcome:
    """The best that the answer is worth by any of the readings that are fair."""
    outcomes = {_judge(found, want, world) for want in wants}
    return next(outcome for outcome in Outcome if outcome in outcomes)


def _judge(found: Answer, want: Expected, world: World) -> Outcome:
    kind = str(found.kind)
    people = frozenset(world.keys(found.people))
    if len(found.text) > LONGEST:
        return Outcome.WRONG
    if want.kind in ("unknown", "clarify"):
        if kind == want.kind:
            return Outcome.WRONG if kind == "unknown" and people else Outcome.RIGHT
        return Outcome.MISSED if kind in ("unknown", "clarify") else Outcome.WRONG
    if kind in ("unknown", "clarify"):
        return Outcome.MISSED
    if kind not in (want.kind, *want.also_kinds):
        return Outcome.WRONG
    if not (_names(found, want, people) and _tells(found.text, want)):
        return Outcome.WRONG
    if want.verdict and found.verdict is None:
        return Outcome.MISSED
    return Outcome.RIGHT if want.verdict in (None, found.verdict) else Outcome.WRONG


def _names(found: Answer, want: Expected, people: frozenset[str]) -> bool:
    stages = frozenset(f"{project}/{item}" for project, item in found.stages)
    if want.people is not None and people != want.people:
        return False
    return want.stages is None or stages - want.optional == want.stages - want.optional


def _tells(said: str, want: Expected) -> bool:
    facts = all(any(_says(said, way) for way in fact) for fact in want.facts)
    return facts and not any(_says(said, fact) for fact in want.not_facts)


def _says(text: str, fact: str) -> bool:
    """Whether a text holds a fact, whatever the case; no number is cut out of a longer one."""
    wanted = re.escape(_plain(fact))
    if fact[0].isdigit():
        wanted = r"(?<!\d)(?<!\d[.,])" + wanted
    if fact[-1].isdigit():
        wanted += r"(?![.,]?\d)"
    return re.search(wanted, _plain(text)) is not None


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(one for one in split if not unicodedata.combining(one))
    return " ".join(re.sub(r"[-_\u2010-\u2015]", " ", bare).split())
