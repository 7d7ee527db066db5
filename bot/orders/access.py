"""Who may do what, and what holds for the whole workspace."""

from dataclasses import dataclass

from bot.rights import Role


@dataclass(frozen=True, slots=True)
class Grant:
    """Let a person (a reference) be a viewer or an editor of a project, or (None) neither."""

    person: str
    role: Role | None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class SetPrivacy:
    """Let a project be for those alone who are listed or in its private channels, or for all."""

    private: bool
    project: str | None = None


@dataclass(frozen=True, slots=True)
class AllowTitles:
    """Let what is in private repositories be told of with its title wherever the project is."""

    allowed: bool
    project: str | None = None


@dataclass(frozen=True, slots=True)
class BreakGlass:
    """Let an admin look into a private project that is not theirs, for a reason."""

    project: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """Set a setting of the workspace, by its name, to a value as it was typed."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class OpenSharedChannel:
    """Let Charter answer in this channel though another organisation shares it, or no more."""

    opened: bool


@dataclass(frozen=True, slots=True)
class Resume:
    """Let the clock bring about again what it did before Charter was taken away."""


@dataclass(frozen=True, slots=True)
class RetryMessages:
    """Send once more the message of that number, which was given up; None: all of them."""

    message: int | None = None
