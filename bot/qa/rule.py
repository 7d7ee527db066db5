"""One wording of a kind of question: which cues it needs, which it admits, and nothing else.

A rule is met only if **every** cue of the sentence is needed or admitted by it: a word that would
mean something else is never passed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from bot.qa.mentions import Mention
from bot.text import Word

KEPT = frozenset(("risks", "assumptions", "issues", "dependencies"))
"""Nouns of what a project keeps that may be coloured by a word: "open risks"."""
_SUBJECTS = frozenset(("he", "she", "who", "that", "it"))


class Form(Enum):
    """How a sentence is built."""

    ASKING = "asking"  # "what …", "when …", "show me …"
    WHETHER = "whether"  # a yes or no is asked for
    FRAGMENT = "fragment"  # no verb: "blockers in Churn Radar"
    TELLING = "telling"  # a statement, which asks nothing


class Needs(Enum):
    """What must be named beside the cues."""

    NOTHING = "nothing"
    ITEM = "item"
    NO_ITEM = "no item"
    PERSON = "person"
    METRIC = "metric"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Rule:
    """`needs`: of each set of cues (alternatives parted by "|") one must be there; `may`: cues that
    may stand beside them. `names` is what must be named, `whether` tells that a yes or no is (not)
    asked for. `open`: words that nothing accounts for may name something that the topic looks up;
    `metrics`: so may success metrics be named; and `people`: so may people.
    """

    name: str
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    names: Needs = Needs.NOTHING
    whether: bool | None = None
    open: bool = False
    metrics: bool = False
    people: bool = False

    def alternatives(self) -> tuple[frozenset[str], ...]:
        return _alternatives(self.needs)


@cache  # as many as there are rules
def _alternatives(needs: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(one.split("|")) for one in needs)


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording of the sentence, from word `start` up to `end`, and the rows it stands in.

    `light`: it may as well say nothing.
    """

    start: int
    end: int
    rows: frozenset[str]
    light: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """Words `start` up to `end` that are the name of a success metric, as it is compared."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its names and cues found. `left` are words that nothing accounts for, `here`
    tells whether the project of the channel is meant, `me` whether the asker is; `is_order`: it
    begins with a verb, as what shall be done does; `to_charter`: it asks Charter about itself.
    """

    form: Form
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    cues: tuple[Cue, ...]
    left: tuple[int, ...]
    asked: bool
    here: bool = False
    me: bool = False
    is_order: bool = False
    to_charter: bool = False
    metrics: tuple[Measure, ...] = ()

    @property
    def is_noun_phrase(self) -> bool:
        """Whether it begins with a noun that has an id ("run SR-352"), or with a word that colours
        a noun: "open PRs", "best run of …"."""
        cues = [cue for cue in self.cues if not cue.light or "best" in cue.rows]
        if len(cues) < 2 or self.form is Form.TELLING:
            return False
        first, second = cues[:2]
        if first.rows & {"pr", "run"} and second.rows & {"id", "number"}:  # "run SR-352"
            return second.start == first.end
        several = self.words[second.end - 1].surface.casefold().endswith("s")
        colours = first.rows & {"best"} or (first.rows & {"open", "draft"} and several)
        nouns = {"pr", "run", *KEPT}
        return bool(colours) and second.start == first.end and bool(second.rows & nouns)

    @property
    def lists_evidence(self) -> bool:
        """Whether pull requests or runs are meant, by a word in the plural: "all runs by Kim"."""
        return any(
            cue.rows & {"pr", "run"}
            and not cue.light
            and self.words[cue.end - 1].surface.casefold().endswith("s")
            and not (cue.start and self.words[cue.start - 1].text in _SUBJECTS)
            for cue in self.cues
        )

    @property
    def items(self) -> tuple[Mention, ...]:
        return tuple(mention for mention in self.mentions if mention.is_item)

    @property
    def people(self) -> tuple[Mention, ...]:
        return tuple(m for m in self.mentions if m.people and not m.is_thing)

    def has(self, *rows: str) -> bool:
        return any(not cue.rows.isdisjoint(rows) for cue in self.cues)

    def said(self, places: Sequence[int]) -> str:
        return " ".join(self.words[at].surface for at in places)


@dataclass(frozen=True, slots=True)
class Matched:
    """A sentence that follows a rule of a topic."""

    topic: str
    rule: Rule
    reading: Reading


@dataclass(frozen=True, slots=True)
class Fit:
    """How closely a sentence follows a rule, the higher the closer; and the words that the rule
    does not account for.
    """

    close: int
    left: tuple[int, ...]


def fit(rule: Rule, reading: Reading) -> Fit | None:
    """How a sentence follows a rule; None where it does not. Under an open rule a cue that is not
    admitted may be a part of a name as well: "is price optimisation in scope?".
    """
    if (reading.form is Form.TELLING or reading.is_order) and not reading.asked:
        return None
    if reading.to_charter:
        return None
    if rule.whether is not None and rule.whether is not (reading.form is Form.WHETHER):
        return None
    if not _named(rule.names, reading) or (reading.metrics and not rule.metrics):
        return None
    if reading.people and not (rule.people or rule.names is Needs.PERSON):
        return None
    wanted = rule.alternatives()
    if not all(any(cue.rows & one for cue in reading.cues) for one in wanted):
        return None
    admitted = frozenset(rule.may).union(*wanted) if wanted else frozenset(rule.may)
    other = [cue for cue in reading.cues if not cue.light and cue.rows.isdisjoint(admitted)]
    if other and not rule.open:
        return None
    left = {*reading.left, *(at for cue in other for at in range(cue.start, cue.end))}
    met = sum(1 for cue in reading.cues if any(cue.rows & one for one in wanted))
    named = 8 if rule.names is Needs.METRIC else rule.names is not Needs.NOTHING
    close = 4 * len(wanted) + 2 * met + named + (rule.whether is not None)
    return Fit(close, tuple(sorted(left)))


def _named(needs: Needs, reading: Reading) -> bool:
    match needs:
        case Needs.ITEM:
            return bool(reading.items)
        case Needs.NO_ITEM:
            return not reading.items
        case Needs.PERSON:
            return bool(reading.people)
        case Needs.PROJECT:
            projects = any(one.projects for one in reading.mentions)
            return projects and not reading.items and reading.form is Form.ASKING
        case Needs.METRIC:
            return bool(reading.metrics)
        case Needs.NOTHING:
            return True
