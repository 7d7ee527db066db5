"""What the lines of an answer are about, where they may be told, and what is written of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot import sight
from bot.project import Project
from bot.spelling import folded
from bot.standups import (
    Elsewhere,
    Entry,
    State,
    Withheld,
    counterpart,
    item_names,
    names_of,
    parted,
    tagged,
)
from handlers.service.facts import WorkspaceFacts
from handlers.service.known import Known
from handlers.service.references import Desk
from storage import directory


@dataclass(frozen=True, slots=True)
class Carried:
    """A line that goes to another standup of the same day (`project`), and the question it was the
    answer to.
    """

    project: int
    question: int
    text: str


def about(
    desk: Desk, project: Project, entry: Entry, answers: Sequence[str], today: Collection[int]
) -> tuple[Entry, tuple[Carried, ...]]:
    """The entry with these answers, each line with what it is about; and the lines that go to
    another project, of those (`today`) whose standup they have that day.

    A line that begins with the name of another private project is withheld: not everybody who
    reads this one may know of that. What the project's own names mean is no other project.
    """
    facts = desk.facts
    own = _own(facts, project)
    items = _items(desk, project, entry.person, answers)

    def other(name: str) -> Collection[int]:
        if name in own or name in items:
            return ()
        return [
            key
            for key in _named(desk, name)
            if key != project.id and (key in today or not is_told(key))
        ]

    def is_told(key: int) -> bool:
        known = facts.projects[key]
        return not known.private or (project.group is not None and _is_told_in(known, project))

    found = parted(answers, other)
    held: list[Withheld] = []
    carried: list[Carried] = []
    for line in found.elsewhere:
        secret = [key for key in line.projects if not is_told(key) and key not in today]
        if secret or len(line.projects) > 1:
            held.append(_withheld(line, secret or line.projects))
        else:
            carried.append(Carried(line.projects[0], line.question, line.text))
    said = _saying(entry, found.answers, items, own, whole=project.group is not None)
    after = replace(said, withheld=tuple(held))
    return after, tuple(carried)


def _own(facts: WorkspaceFacts, project: Project) -> Collection[str]:
    known = facts.known(project.id)
    return known.spellings if known else ()


def _items(desk: Desk, project: Project, person: int, answers: Sequence[str]) -> Mapping[str, int]:
    """What a line may be about: an item of the project. A team has none; there it may be one of
    every project that they see and all may know of who read the channel: by both names, or in a
    project in which they hold something by its own.
    """
    facts = desk.facts
    if project.group is None:
        return item_names(project, facts.ladder)
    said = folded(" ".join(answers))
    held = {key for key, _, _ in directory.held_by(desk.session, person, desk.now)}
    some = [
        known
        for known in facts.projects.values()
        if not known.archived
        and sight.admits(known, person)
        and _is_told_in(known, project)
        and (known.id in held or any(name in said for name in known.spellings))
    ]
    read = desk.cache.projects(desk.session, facts, [one.id for one in some], desk.now)
    return names_of([(read[one.id], one.spellings) for one in some], held, facts.ladder)


def _is_told_in(known: Known, team: Project) -> bool:
    """Whether all who read a team's channel may know of a project."""
    return all(
        sight.is_told_in(known, sight.PlainRoom(one.slack_id, one.is_private))
        for one in team.channels
    )


def _withheld(line: Elsewhere, projects: Sequence[int]) -> Withheld:
    return Withheld(line.question, line.text, projects[0])


def joined(desk: Desk, project: Project, entry: Entry, line: Carried, asked: Entry) -> Entry:
    """The entry with a line more, which was written to the question of another one (`asked`)."""
    at = counterpart(asked.questions, line.question, entry.questions)
    answers = [answer for _, answer in entry.answers]
    if entry.state is not State.POSTED:
        answers = [""] * len(answers)
    if line.text not in answers[at].splitlines():
        answers[at] = f"{answers[at]}\n{line.text}".strip()
    items = item_names(project, desk.facts.ladder)
    own = _own(desk.facts, project)
    posted = replace(entry, state=State.POSTED, posted_at=entry.posted_at or desk.now)
    return _saying(posted, answers, items, own)


def _saying(
    entry: Entry,
    answers: Sequence[str],
    items: Mapping[str, int],
    own: Collection[str],
    *,
    whole: bool = False,
) -> Entry:
    pairs = tuple(zip(entry.questions, answers, strict=True))
    ticked = tuple(line for line in entry.said if line.evidence)
    return replace(entry, answers=pairs, said=(*tagged(answers, items, own, whole=whole), *ticked))


def names_of_others(facts: WorkspaceFacts, person: int, entry: Entry) -> Mapping[int, str]:
    """What projects are called that withheld lines are about, as far as one may know of them."""
    return {
        line.project: facts.projects[line.project].name
        for line in entry.withheld
        if line.project in facts.projects and sight.admits(facts.projects[line.project], person)
    }


def _named(desk: Desk, name: str) -> Collection[int]:
    """The projects that somebody means by a name, or by a channel's id, of those that they see."""
    facts = desk.facts
    found = {*facts.by_spelling.get(name, ()), *facts.by_channel.get(name, ())}
    return sorted(key for key in found if desk.sees(key))
