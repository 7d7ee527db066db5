"""What is counted and timed while Charter works, told here by whoever does it.

Nobody listens unless somebody wants the metrics (`listen`), as `handlers.serving` does where they
are to be read. Labels are words of Charter's own, hosts and methods that an operator knows: never a
person, a project, a channel or a word that anybody wrote.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from time import perf_counter
from typing import NamedTuple


class Told(NamedTuple):
    """What it is called in Prometheus, what it says, and by which labels it is told apart."""

    name: str
    says: str
    labels: tuple[str, ...]


class Counted(Enum):
    """What only ever grows."""

    ANSWERS = Told("charter_answers", "Questions that were answered", ("kind",))
    CLAIMS = Told(
        "charter_claims",
        "What happens once across replicas: taken here, or had by somebody already",
        ("what", "got"),
    )
    MESSAGES = Told("charter_messages", "Messages on their way, by what came of them", ("outcome",))
    BUSY = Told("charter_busy", "People who were told that Charter is busy", ("kind",))


class Timed(Enum):
    """What takes time; each is counted, too."""

    ACKS = Told(
        "charter_ack_seconds",
        "From a payload of Slack's to its acknowledgement; Slack waits three seconds",
        ("way", "kind"),
    )
    HTTP = Told("charter_http_seconds", "What was answered over HTTP", ("path", "status"))
    HANDLED = Told(
        "charter_handled_seconds",
        "What followed an acknowledgement, such as an answer",
        ("kind", "outcome"),
    )
    JOBS = Told("charter_job_seconds", "What was due by the clock", ("job", "outcome"))
    SLACK = Told("charter_slack_seconds", "Calls of Slack's methods", ("method", "answer"))
    SOURCES = Told("charter_source_seconds", "Requests to sources", ("host", "answer"))
    DATABASE = Told(
        "charter_database_seconds",
        "Transactions, with the wait for their turn",
        ("use", "outcome"),
    )


Listener = Callable[[Counted | Timed, tuple[str, ...], float], None]
"""Is told what, the values of its labels in their order, and a number or seconds. Thread-safe."""


def _nobody(what: Counted | Timed, labels: tuple[str, ...], amount: float) -> None:
    pass


@dataclass(slots=True)
class _Ear:
    listener: Listener = _nobody


_ear = _Ear()


def listen(listener: Listener | None) -> None:
    """Tell this one from now on; None: nobody."""
    _ear.listener = listener or _nobody


def count(what: Counted, *labels: str, number: int = 1) -> None:
    _ear.listener(what, labels, number)


def claimed(what: str, *, taken: bool, number: int = 1) -> None:
    """Something that happens once was taken here, or somebody had it already."""
    count(Counted.CLAIMS, what, "taken" if taken else "had", number=number)


def took(what: Timed, seconds: float, *labels: str) -> None:
    _ear.listener(what, labels, seconds)


def transacted(use: str, outcome: str, seconds: float) -> None:
    """A transaction is over; what a database tells its listener."""
    took(Timed.DATABASE, seconds, use, outcome)


class Course:
    """How something goes that is timed; whoever times it may say what came of it."""

    def __init__(self, outcome: str) -> None:
        self.outcome = outcome


@contextmanager
def timed(what: Timed, *labels: str, otherwise: str = "failed") -> Iterator[Course]:
    """Time what is done within; its last label is the outcome: `done`, or what it is set to, and
    `otherwise` where something is raised.
    """
    course, began = Course("done"), perf_counter()
    try:
        yield course
    except BaseException:
        course.outcome = otherwise
        raise
    finally:
        took(what, perf_counter() - began, *labels, course.outcome)
