"""What the lines of an answer are about, where they may be told, and what is written of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.project import Project
from bot.standups import Entry, Withheld, item_names, parted, tagged
from handlers.service.references import Desk


def about(desk: Desk, project: Project, entry: Entry, answers: Sequence[str]) -> Entry:
    """The entry with these answers, each line with what it is about.

    A line that begins with the name of another private project is withheld: not everybody who
    reads this one may know of that. What the project's own names mean is no other project.
    """
    own = desk.facts.projects[project.id].spellings
    items = item_names(project, desk.facts.ladder)

    def other(name: str) -> Collection[int]:
        if name in own or name in items:
            return ()
        return [key for key in _named(desk, name) if desk.facts.projects[key].private]

    found = parted(answers, other)
    questions = entry.questions
    return replace(
        entry,
        answers=tuple(zip(questions, found.answers, strict=True)),
        said=tagged(found.answers, items, own),
        withheld=tuple(
            Withheld(line.question, line.text, line.projects[0]) for line in found.elsewhere
        ),
    )


def names_of_others(desk: Desk, entry: Entry) -> Mapping[int, str]:
    """What projects are called that withheld lines are about, as far as one may know of them."""
    return {
        line.project: desk.facts.projects[line.project].name
        for line in entry.withheld
        if desk.sees(line.project)
    }


def _named(desk: Desk, name: str) -> Collection[int]:
    """The projects that somebody means by a name, or by a channel's id, of those that they see."""
    facts = desk.facts
    found = {*facts.by_spelling.get(name, ()), *facts.by_channel.get(name, ())}
    return sorted(key for key in found if desk.sees(key))
