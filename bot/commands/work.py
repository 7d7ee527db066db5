"""Orders that only look at how work goes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowGate:
    """What an item needs before it is done, and how far it is."""

    item: str
    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowHealth:
    """How a project does: the worst of four things, each with its sentence."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowLadder:
    """The stages that new projects of the workspace begin with."""


@dataclass(frozen=True, slots=True)
class ShowFollowed:
    """What a project follows: repositories and experiments, and what of them belongs where."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowDrift:
    """What letters and work disagree about, of what the one who asks may read: in `project`, else
    in the channel's, else in all.
    """

    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowCodeowners:
    """What the CODEOWNERS of a repository and the letters of a project disagree about; of None, of
    all that the asker sees and that have something to do with it.
    """

    where: str
    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowLogins:
    """The names at sources that nobody is known by."""
