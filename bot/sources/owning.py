"""Who owns what in a repository, as a code host tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from bot.sources.base import Stream, Trouble


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of the file about owners with which its host finds fault: `kind` in the host's word,
    and what stands at the place that it points at.
    """

    line: int
    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who owns what in a repository by its CODEOWNERS, on the branch that everything goes to.

    `repo` is what it is called today, `path` where the file lies (empty: there is none), `size` its
    bytes; `text` is empty where the host reads no file so large. People (`@bea-x`) and teams
    (`@acme/data`) are in lower case. `writers` may write there (None: not told of all), `refused`
    are owners whom the host does not accept, `teams` those of the file of which it is told who is
    in them. `lacks` are the permissions that it would take to be told the rest.
    """

    repo: str
    branch: str
    private: bool
    path: str = ""
    text: str = ""
    size: int = 0
    faults: tuple[Fault, ...] = ()
    refused: frozenset[str] = frozenset()
    writers: frozenset[str] | None = None
    teams: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()


@runtime_checkable
class Owned(Protocol):
    """A code host that knows who owns what in a repository."""

    def ownership(self, stream: Stream) -> Ownership | Trouble:
        """Who owns what there; asks a bounded number of times."""
