"""What each line of an answer is about: the stage, or the other project, that it begins with.

"labels: 200 more", "[labels] 200 more", "(labels) 200 more" and "#labels 200 more" are about
the item of that name; a line that is a name and nothing else ("labels:") stands for the lines below
it, up to the next empty line. Only whole names and aliases count, so that nothing is guessed.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.project import Project
from bot.spelling import folded
from bot.stages import LadderStage
from bot.standups.answers import SaidLine, blocker_at

_BULLET = re.compile(r"^\s*(?:[-*•◦▪‣–—]\s+)*")
_NUMBER = re.compile(r"^\d{1,2}[.)]\s+")
_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^>]*)?>[\s:：﹕,–—-]*")
_MARKED = re.compile(r"(?:#(\w[\w-]*)|\[([^\[\]]{1,80})\])[\s:：﹕,–—-]*")
_BRACKETED = re.compile(r"[(（]([^()（）]{1,80})[)）][\s:：﹕,–—-]*")
_PAUSE = re.compile(r"\s*[:：﹕](?!//)\s*|\s+[-–—]\s+")
_MOST_PAUSES = 3
"""A name may hold a colon or a dash itself: this many are tried."""

ByName = Callable[[str], Collection[int]]
"""Projects by a name, as `bot.spelling.folded` spells it, or by the id of a channel of theirs."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A line that is about other projects than the one it was said to; `question` counts from 0."""

    question: int
    text: str
    projects: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """Answers of which the lines about other projects were taken out."""

    answers: tuple[str, ...]
    elsewhere: tuple[Elsewhere, ...]


def item_names(project: Project, ladder: Iterable[LadderStage]) -> dict[str, int]:
    """The items of a project by every name that means just one of them."""
    rungs = {stage.key: stage.aliases for stage in ladder}
    found: dict[str, set[int]] = {}
    for item in project.items:
        for name in (item.key, item.title, *item.aliases, *rungs.get(item.key, ())):
            found.setdefault(folded(name), set()).add(item.id)
    return {name: ids.pop() for name, ids in found.items() if name and len(ids) == 1}


def names_of(
    projects: Iterable[tuple[Project, Collection[str]]],
    own: Collection[int],
    ladder: Sequence[LadderStage],
) -> dict[str, int]:
    """The items of several projects, each with its names: by the project's name and theirs
    ("Churn Radar: labels"), and by theirs alone in somebody's `own` projects, where that means just
    one.
    """
    named: dict[str, int] = {}
    alone: dict[str, set[int]] = {}
    for project, spellings in projects:
        items = item_names(project, ladder)
        for name, item in items.items():
            named |= {f"{spelling}{name}": item for spelling in spellings}
            if project.id in own:
                alone.setdefault(name, set()).add(item)
    return named | {name: ids.pop() for name, ids in alone.items() if len(ids) == 1}


def tagged(
    answers: Sequence[str],
    items: Mapping[str, int],
    own: Collection[str] = (),
    *,
    whole: bool = False,
) -> tuple[SaidLine, ...]:
    """The lines of the answers, each with the item that it is about.

    `own` are the names of the project itself, with which a line may begin as well. With `whole` the
    lines keep the names that they begin with: these are of other projects.
    """
    said: list[SaidLine] = []
    for question, answer in enumerate(answers):
        above: int | None = None
        for line in answer.splitlines():
            if not line.strip():
                above = None
                continue
            text = _without(line, own)
            item, rest = _item(text, items)
            if whole:
                text = _BULLET.sub("", line).strip()
                said.append(SaidLine(question, text, above if item is None else item))
                above = item if item is not None and not rest else above
            elif item is not None and not rest:
                above = item
            elif rest:
                said.append(SaidLine(question, rest, above if item is None else item))
    return tuple(said)


def parted(answers: Sequence[str], other: ByName) -> Parted:
    """Take out the lines that begin with the name of another project that `other` knows."""
    kept: list[str] = []
    elsewhere: list[Elsewhere] = []
    for question, answer in enumerate(answers):
        own: list[str] = []
        above: tuple[int, ...] = ()
        for line in answer.splitlines():
            begun = next(
                ((found, rest) for name, rest in _heads(line) if (found := tuple(other(name)))),
                None,
            )
            if begun is not None:
                projects, text = begun
                above = () if text else projects
            elif line.strip() and above:
                projects, text = above, line.strip()
            else:
                above = ()
                own.append(line)
                continue
            if text:
                elsewhere.append(Elsewhere(question, text, tuple(sorted(projects))))
        kept.append("\n".join(own).strip())
    return Parted(tuple(kept), tuple(elsewhere))


def _item(line: str, items: Mapping[str, int]) -> tuple[int | None, str]:
    """The item that a line begins with, and the rest of it; all of it where that is none."""
    for name, rest in _heads(line):
        if name in items:
            return items[name], rest
    return None, _BULLET.sub("", line).strip()


def _without(line: str, own: Collection[str]) -> str:
    return next((rest for name, rest in _heads(line) if name in own and rest), line)


def _heads(line: str) -> Iterator[tuple[str, str]]:
    """What a line may begin with, the longest first, and what follows it."""
    text = _BULLET.sub("", line).strip()
    for begun in dict.fromkeys((text, _NUMBER.sub("", text))):
        if found := _CHANNEL.match(begun):
            yield found[1], begun[found.end() :].strip()
        elif found := _MARKED.match(begun):
            yield folded(found[1] or found[2]), begun[found.end() :].strip()
        else:
            pauses = list(_PAUSE.finditer(begun))[:_MOST_PAUSES]
            for pause in reversed(pauses):
                yield folded(begun[: pause.start()]), begun[pause.end() :].strip()
            if found := _BRACKETED.match(begun):
                yield folded(found[1]), begun[found.end() :].strip()


def counterpart(questions: Sequence[str], at: int, others: Sequence[str]) -> int:
    """Which question of another standup asks what question `at` of this one does: the same one,
    else the one about blockers for that one, else the one in its place, else the first.
    """
    if questions[at] in others:
        return others.index(questions[at])
    block = blocker_at(others)
    if at == blocker_at(questions) and block is not None:
        return block
    free = [number for number in range(len(others)) if number != block] or [0]
    return at if at in free else free[0]
