"""What comes again and again: standups, digests, briefs and files."""

from dataclasses import dataclass

from bot.cadence import DigestPlan, ExportPlan
from bot.project import Channel
from bot.standups import Plan


@dataclass(frozen=True, slots=True)
class StandupSet:
    """A project's standup, begun (`before` None) or set otherwise.

    `was_in` and `is_in` are the channels in words, which a plan knows by Slack's id.
    """

    project: int
    before: Plan | None
    after: Plan
    was_in: str = ""
    is_in: str = ""


@dataclass(frozen=True, slots=True)
class StandupEnded:
    project: int
    before: Plan
    was_in: str = ""


@dataclass(frozen=True, slots=True)
class DigestSet:
    """A channel's digest, begun (`before` None) or set otherwise. It is of no project."""

    channel: Channel
    before: DigestPlan | None
    after: DigestPlan


@dataclass(frozen=True, slots=True)
class DigestEnded:
    channel: Channel
    before: DigestPlan


@dataclass(frozen=True, slots=True)
class OwnDigestSet:
    """Somebody's own digest, begun (`before` None) or set otherwise. A plan without a zone holds
    where they are.
    """

    person: int
    before: DigestPlan | None
    after: DigestPlan


@dataclass(frozen=True, slots=True)
class OwnDigestEnded:
    person: int
    before: DigestPlan


@dataclass(frozen=True, slots=True)
class BriefSet:
    """When a channel is briefed, begun (`before` None) or set otherwise. It is of no project."""

    channel: Channel
    before: DigestPlan | None
    after: DigestPlan


@dataclass(frozen=True, slots=True)
class BriefEnded:
    channel: Channel
    before: DigestPlan


@dataclass(frozen=True, slots=True)
class OwnBriefSet:
    """When somebody is briefed by direct message, begun (`before` None) or set otherwise."""

    person: int
    before: DigestPlan | None
    after: DigestPlan


@dataclass(frozen=True, slots=True)
class OwnBriefEnded:
    person: int
    before: DigestPlan


@dataclass(frozen=True, slots=True)
class ExportSet:
    """When a file of a project, or (`project` None) of all, comes to a channel: begun (`before`
    None) or set otherwise.
    """

    channel: Channel
    project: int | None
    before: ExportPlan | None
    after: ExportPlan


@dataclass(frozen=True, slots=True)
class ExportEnded:
    channel: Channel
    project: int | None
    before: ExportPlan


@dataclass(frozen=True, slots=True)
class OwnExportSet:
    """When it comes to somebody by direct message, begun (`before` None) or set otherwise."""

    person: int
    project: int | None
    before: ExportPlan | None
    after: ExportPlan


@dataclass(frozen=True, slots=True)
class OwnExportEnded:
    person: int
    project: int | None
    before: ExportPlan


StandupChange = StandupSet | StandupEnded
DigestChange = DigestSet | DigestEnded
OwnDigestChange = OwnDigestSet | OwnDigestEnded
BriefChange = BriefSet | BriefEnded | OwnBriefSet | OwnBriefEnded
ExportChange = ExportSet | ExportEnded | OwnExportSet | OwnExportEnded
RoutineChange = StandupChange | DigestChange | OwnDigestChange | BriefChange | ExportChange
