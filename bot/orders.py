"""What somebody wants done, however they said it: a command, a button and a form make the same
order.

References are words as typed. `project` None means the project of the channel; `item` and `project`
take a key, a name or an alias. `seen` is the item's (or project's) version that the person looked
at, None where they acted on what stands now.
"""

from dataclasses import dataclass
from datetime import date, time

from bot.cadence import Cadence
from bot.project import Letter, Mode, Status
from bot.sources.base import Kind
from bot.standups import State


@dataclass(frozen=True, slots=True)
class NewProject:
    """A project to be. `lead` is a person reference ("me", `<@U1>`), None for the one who asks."""

    name: str
    lead: str | None = None
    mode: Mode = Mode.TEAM
    bind_here: bool = True
    private: bool = False


@dataclass(frozen=True, slots=True)
class Assign:
    """Give letters of an item to a holder: `<@U1>`, a name, `me`, `vacant ROLE [REQ]`,
    `<!subteam^S1|@grp>`.
    """

    item: str
    letters: tuple[Letter, ...]
    holder: str
    project: str | None = None
    since: date | None = None
    hand_over: bool = False
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Clear:
    """Take letters away from a holder, or from all (`holder` None)."""

    item: str
    letters: tuple[Letter, ...]
    holder: str | None = None
    project: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    item: str
    status: Status
    note: str | None = None
    project: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    item: str
    due: date | None
    project: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class SetScope:
    """Set one field of a project's scope; lists (`in_scope`, `out_of_scope`) take a line each."""

    name: str
    value: str
    project: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class SetAlias:
    """Add or take away a further name of an item, or (`item` None) of the project itself."""

    alias: str
    item: str | None = None
    project: str | None = None
    added: bool = True


@dataclass(frozen=True, slots=True)
class SetStandup:
    """How a project's standup is to be. `people` are references, `channel` is Slack's id.

    `report_at` None: at the usual time after `at`. `seen` is the plan that was looked at, 0 for
    none, None where that does not matter.
    """

    questions: tuple[str, ...]
    days: frozenset[int]
    at: time
    channel: str
    report_at: time | None = None
    people: tuple[str, ...] = ()
    project: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class EndStandup:
    project: str | None = None


@dataclass(frozen=True, slots=True)
class AddLink:
    """Link an address to an item of a project, or (`item` None) to the project itself."""

    url: str
    item: str | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerStandup:
    """What somebody says to one day's standup (`entry`): their answers in the questions' order,

    or that they skip it, or that nothing is new. `blocked` is the key of an item that what blocks
    them blocks.
    """

    entry: int
    state: State
    answers: tuple[str, ...] = ()
    blocked: str | None = None


@dataclass(frozen=True, slots=True)
class SetDigest:
    """How often the channel is to get a digest. `day` counts Monday as 0.

    What is None is as usual: Monday, nine in the morning, the zone of whoever sets it.
    """

    cadence: Cadence
    day: int | None = None
    at: time | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class EndDigest:
    """The channel gets no digest any more."""


@dataclass(frozen=True, slots=True)
class MoveLink:
    """Give the pull request or run with this number another item of its project, or none."""

    kind: Kind
    number: int
    item: str | None
