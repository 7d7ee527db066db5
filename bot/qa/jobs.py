"""Questions about a job role: "what does an ML engineer do here?"

A role is asked about with "a" or in the plural; "what does the ML engineer do?" means a person. The
answer is the catalogue's and, beside it, who really has the role and holds what.
"""

import re
from collections.abc import Sequence

from bot.people import Person
from bot.project import Letter, Project
from bot.qa.facts import Facts
from bot.qa.replies import Answer, AnswerKind
from bot.roles import Role, having, title, titled
from bot.text import plain

LONGEST = 200
"""Characters of such a question; what is longer asks for more than that."""
MOST_PEOPLE = 5
MOST_LETTERS = 3

_WORDINGS = (
    r"what (?:does|do|would|should|is|are) (?P<role>{role}) (?:really |actually |usually )*"
    r"(?:do|doing|for|good for|supposed to do|responsible for)(?: here| at all| all day| with us)*",
    r"(?:what is|what's|whats|describe|explain|tell me about) the (?:job|role|work|tasks?)"
    r" of (?P<role>{role})(?: here)?",
    r"what is (?P<role>{role})(?: here)?",
    r"(?:what is|what's|whats) (?P<role>{role})'s (?:job|role)(?: here)?",
)
_ROLE = r"(?:an? .+?|.+?s)"
_ASKED = tuple(re.compile(one.format(role=_ROLE), re.IGNORECASE) for one in _WORDINGS)


def role_asked(text: str, facts: Facts) -> Role | None:
    """The role that a text asks about, and nothing else; None for every other text."""
    said = " ".join(plain(text).split()).strip(" ?!.")
    if len(said) > LONGEST:
        return None
    for wording in _ASKED:
        found = wording.fullmatch(said)
        if found and (role := _named(found["role"], facts)):
            return role
    return None


def _named(words: str, facts: Facts) -> Role | None:
    article, _, rest = words.partition(" ")
    name = rest if article.casefold() in {"a", "an"} else words
    return titled(name, facts.roles)


def answer_about(role: Role, facts: Facts) -> Answer:
    """What it does, which stages it usually holds, whom it works with; then who has it here."""
    people = having(role, facts.roles, facts.people.values())
    said = " ".join(
        part
        for part in (
            f"{role.title}: {role.does}" if role.does else f"{role.title}.",
            _usual(role, facts),
            _works_with(role, facts),
            _here(people, facts),
        )
        if part
    )
    return Answer(AnswerKind.ANSWER, said, people=tuple(one.id for one in people[:MOST_PEOPLE]))


def _usual(role: Role, facts: Facts) -> str:
    if not role.stages:
        return ""
    titles = {rung.key: rung.title for rung in facts.ladder}
    told = [titles.get(key, key.replace("_", " ")) for key in role.stages]
    return f"Usual stages: {', '.join(told)}."


def _works_with(role: Role, facts: Facts) -> str:
    told = [title(key, facts.roles) for key in role.works_with]
    return f"Works with: {', '.join(told)}." if told else ""


def _here(people: Sequence[Person], facts: Facts) -> str:
    if not people:
        return "Nobody here has this role."
    told = [f"{one.name} ({_held(one, facts)})" for one in people[:MOST_PEOPLE]]
    more = len(people) - MOST_PEOPLE
    rest = f" and {more} more" if more > 0 else ""
    return f"Here: {'; '.join(told)}{rest}."


def _held(person: Person, facts: Facts) -> str:
    rows: dict[tuple[int, int], list[Letter]] = {}
    for held in facts.held_by(person.id):
        entry = facts.view.project(held.project_id)
        if entry is not None and not entry.archived:
            rows.setdefault((held.project_id, held.item_id), []).append(held.letter)
    shown = sorted(rows, key=lambda row: min(map(list(Letter).index, rows[row])))[:MOST_LETTERS]
    read = facts.projects(dict.fromkeys(project for project, _ in shown))
    told = [
        f"{'/'.join(one for one in Letter if one in rows[project, item])} of "
        f"{_item(read[project], item)}"
        for project, item in shown
    ]
    more = f" and {len(rows) - MOST_LETTERS} more" if len(rows) > MOST_LETTERS else ""
    return ", ".join(told) + more if told else "holds no letter"


def _item(project: Project, item: int) -> str:
    title = next((one.title for one in project.items if one.id == item), "something")
    return f"{title} in {project.name}"
