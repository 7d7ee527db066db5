"""What Charter suggests to ask, from what a project's own items stand at; in whole questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice, zip_longest

from bot import health
from bot.filling import fills
from bot.people import Person
from bot.project import CLOSED, Item, Letter, Project, Status
from bot.text import clip

MOST = 4
_NAME = 60  # characters of one name

GENERAL = (
    ("What do I own?", "what do I own?"),
    ("What is due this week?", "what is due this week?"),
    ("What is overdue?", "what is overdue?"),
    ("What can I ask?", "what can I ask?"),
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """`title` is what is read, `message` what is asked by choosing it."""

    title: str
    message: str


def general() -> tuple[Prompt, ...]:
    """Of no project in particular."""
    return tuple(Prompt(*one) for one in GENERAL)


def suggested(
    projects: Sequence[Project], people: Mapping[int, Person], today: date
) -> tuple[Prompt, ...]:
    """Of these projects in turn, what is most pressing first; without any, in general."""
    each = [list(_of(project, people, today)) for project in projects]
    found = (one for one in chain.from_iterable(zip_longest(*each)) if one is not None)
    return tuple(islice(found, MOST)) or general()


def _of(project: Project, people: Mapping[int, Person], today: date) -> Iterator[Prompt]:
    name = clip(" ".join(project.name.split()), _NAME)
    items = [one for one in project.items if one.status is not Status.SKIPPED]
    if blocked := next((one for one in items if one.status is Status.BLOCKED), None):
        title = _title(blocked)
        yield Prompt(f"What is blocking {title}?", f"what is blocking {title} in {name}?")
    if any(health.days_late(one, today) for one in items):
        yield Prompt(f"What is overdue in {name}?", f"what is overdue in {name}?")
    open_ones = [one for one in items if one.status not in CLOSED]
    current = next((one for one in open_ones if one.status.is_under_way), None)
    if current := current or next(iter(open_ones or items), None):
        title = _title(current)
        yield Prompt(f"Who owns {title}?", f"who owns {title} in {name}?")
    if any(_is_gap(one, people) for one in items):
        yield Prompt("Which stages have no owner?", f"which stages have no owner in {name}?")
    yield Prompt(f"How is {name} doing?", f"how is {name} doing?")
    yield Prompt(f"What is {name} for?", f"what is the goal of {name}?")


def _title(item: Item) -> str:
    return clip(" ".join(item.title.split()), _NAME)


def _is_gap(item: Item, people: Mapping[int, Person]) -> bool:
    return not item.inherits_raci and not any(
        one.letter is Letter.A and fills(one.holder, people) for one in item.assignments
    )
