"""What the module of a source hands over: one `Maker`, from which all else follows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from bot.settings import OwnSettings, Settings
from bot.sources.base import Needs, Ref, Run, Source
from bot.sources.web import Tools

MACHINES = frozenset(
    {
        "root",
        "admin",
        "administrator",
        "azureuser",
        "ec2-user",
        "jenkins",
        "jovyan",
        "nobody",
        "runner",
        "ubuntu",
        "unknown",
        "user",
    }
)
"""Users of machines, whoever works there: some trackers tell the one that a run was started by."""


@dataclass(frozen=True, slots=True)
class Logins:
    """What people are called at a source. It is their names' kind, by the source's name; `title` is
    what people call the source, `also` what they may call it in commands and tables.

    Where it tells users `of_machines`, such as `root`, these are nobody's names.
    """

    title: str
    also: tuple[str, ...] = ()
    of_machines: bool = False


class Archive(Source, Protocol):
    """A tracker whose service is gone: nobody is asked, and old links lead to what was exported."""

    @property
    def closed(self) -> str:
        """What is said of a link that leads nowhere."""

    def names_in(self, ref: Ref) -> tuple[str, str]:
        """The project and the run that a link names."""

    def is_called(self, run: Run, name: str) -> bool:
        """Whether an imported run is the one that a link calls so."""


def _nowhere(settings: Settings) -> Iterable[str]:
    return ()


def nothing(settings: Settings, tools: Tools) -> Iterator[Source]:
    """No source, whatever the settings say."""
    yield from ()


@dataclass(frozen=True, slots=True)
class Maker:
    """A kind of source: its name, what it needs, and how it is `made` from the settings, of which
    nothing comes where it is not set up.

    `own` are the settings that stand with it; `sites` the addresses at which links to it lie, as it
    is set up; `logins` what people are called there (None: nobody has a name there). A tracker
    whose service is gone is an `archive`, and there without settings.
    """

    name: str
    needs: Needs
    made: Callable[[Settings, Tools], Iterator[Source]] = nothing
    own: type[OwnSettings] | None = None
    sites: Callable[[Settings], Iterable[str]] = _nowhere
    logins: Logins | None = None
    archive: Archive | None = None
