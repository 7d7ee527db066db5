"""How a project begins, and what else it is called."""

from dataclasses import dataclass

from bot.project import Mode


@dataclass(frozen=True, slots=True)
class NewProject:
    """A project to be. `lead` is a person reference ("me", `<@U1>`), None for the one who asks.

    `private` None: as the channel is. `template` is a key of `bot.templates`.
    """

    name: str
    lead: str | None = None
    mode: Mode = Mode.TEAM
    bind_here: bool = True
    private: bool | None = False
    template: str = ""


@dataclass(frozen=True, slots=True)
class SetAlias:
    """Add or take away a further name of an item, or (`item` None) of the project itself."""

    alias: str
    item: str | None = None
    project: str | None = None
    added: bool = True
