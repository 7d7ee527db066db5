"""What can be done about what an answer tells of: a stage, a component, a project, a person."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.commands import ShowHistory, ShowPerson, as_slack_sends, spoken
from bot.people import Person
from bot.project import Letter, Project, Status
from bot.qa.replies import Answer, Subject
from handlers.views.acts import Act, Values
from handlers.views.kit import Block, button, name

MOST_DETAILS = 4
FILL = "Assign accountable"


def contact(person: Person) -> Block:
    """Where somebody is, and how to write to them."""
    order = as_slack_sends(spoken(ShowPerson(f"<@{person.slack_id}>")))
    label = f"Contact {name(person.first_name or person.name, 30)}"
    return button(label, Act.COMMAND_RUN, {"c": order}, spoken=f"Contact {name(person.name, 60)}")


def scope(project: str) -> Block:
    return button("Whole scope", Act.SCOPE_SHOW, {"p": project}, spoken="Show what it is for")


def of_one(subject: Subject, private: bool) -> list[Block | None]:
    project, item = subject.project, subject.item
    if item is None:
        return []
    if project.archived_at or subject.stage or (item.status is Status.SKIPPED and _gap(subject)):
        return [_history(subject), _details(subject, "Details")]
    where: Values = {"p": project.key, "i": item.key, "v": item.version}
    title = name(item.title, 40)
    assign = _assign(subject, FILL if _gap(subject) else "Hand over") if subject.letters else None
    move = button("Move", Act.STAGE_OPEN, where, spoken=f"Change where {title} stands")
    return [assign, move if private else None, _history(subject), _details(subject, "Details")]


def of_each(answer: Answer, among: Sequence[Subject] = ()) -> list[Block | None]:
    """What can be done about each of several, or about the projects that are told of; `among` are
    all that have a button beside them, where these are more.
    """
    items = [subject for subject in answer.subjects if subject.item]
    if not items:
        return [_project(one.project) for one in answer.subjects[:MOST_DETAILS] if answer.told]
    rows = {(one.project.id, one.item.key): one.item.title for one in among or items if one.item}
    titles = Counter(rows.values())
    return [_step(one, titles) for one in items[:MOST_DETAILS]]


def _project(project: Project) -> Block:
    label = f"Show {name(project.name, 60)}"
    return button(label, Act.PROJECT_SHOW, {"p": project.key}, spoken=f"{label} as a whole")


def _step(subject: Subject, titles: Mapping[str, int]) -> Block | None:
    """What can be done about one of several: a gap is filled, anything else looked at. Where more
    are called the same (`titles` counts them), with their projects.
    """
    if subject.item is None:
        return None
    is_alike = titles[subject.item.title] > 1
    of = f" of {name(subject.project.name, 24)}" if is_alike else ""
    title = f"{name(subject.item.title, 40 if is_alike else 60)}{of}"
    is_open = _gap(subject) and not subject.project.archived_at
    return _assign(subject, f"Assign {title}") if is_open else _details(subject, f"Show {title}")


def _assign(subject: Subject, label: str) -> Block:
    item, gap = subject.item, _gap(subject)
    assert item is not None
    where: Values = {"p": subject.project.key, "i": item.key, "v": item.version}
    title = name(item.title, 40)
    return button(
        label,
        Act.ASSIGN_OPEN,
        {**where, "l": Letter.A.value},
        style="primary" if gap and label == FILL else None,
        spoken=f"Assign who is accountable for {title}" if gap else f"Hand over {title}",
    )


def _history(subject: Subject) -> Block | None:
    if subject.item is None:
        return None
    order = as_slack_sends(spoken(ShowHistory(subject.item.key, subject.project.key)))
    told = f"Show what became of {name(subject.item.title, 50)}"
    return button("History", Act.COMMAND_RUN, {"c": order}, spoken=told)


def _details(subject: Subject, label: str) -> Block | None:
    if subject.item is None:
        return None
    values: Values = {"p": subject.project.key, "i": subject.item.key}
    title, of = name(subject.item.title, 30), name(subject.project.name, 24)
    return button(label, Act.ROW_SHOW, values, spoken=f"Show all about {title} of {of}")


def _gap(subject: Subject) -> bool:
    """Whether nobody is accountable, as far as the answer looked."""
    return any(line.letter is Letter.A and not line.people for line in subject.letters)
