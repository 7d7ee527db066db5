"""The entries of a workspace document, as pydantic models: what each key is and may hold.

A key left out differs from one that says `null`: `model_fields_set` tells which were given,
so that a short document changes nothing it does not speak of.
"""

from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from bot.document.base import STRICT, Entry
from bot.document.fields import (
    GREATEST_NUMBER,
    Channel,
    Channels,
    Day,
    Email,
    Key,
    Keys,
    Label,
    Line,
    Lines,
    Metric,
    Moment,
    Names,
    Note,
    Number,
    OwnZone,
    Points,
    Region,
    Scalar,
    SlackId,
    Start,
    Text,
    Url,
    Zone,
)
from bot.document.plans import PlansEntry
from bot.document.work import WorkEntry
from bot.project import Call, Letter, Mode, Status
from bot.stages import LADDER

StatusName = Annotated[Status, Field(strict=False)]


class MetaEntry(Entry):
    """What the whole document says of itself."""

    org: Label = ""
    now: Moment | None = None
    status_labels: dict[StatusName, Line] = {}
    run_metric_direction: dict[Line, Literal["min", "max"]] = {}


class StageEntry(Entry):
    """A stage of the ladder that every project climbs."""

    key: Key
    title: Line
    question: Label = ""
    aliases: Lines = []


class AbsenceEntry(Entry):
    """Days off, the first and the last included; why is kept nowhere."""

    first_day: Annotated[Day, Field(alias="from")]
    last_day: Annotated[Day, Field(alias="until")]
    half: Literal["day", "morning", "afternoon"] = "day"


class PersonEntry(Entry):
    """Somebody of the team, people who left included; or, of a `company`, from outside."""

    extras = frozenset(
        {"email", "admin", "bot", "identities", "company", "own_zone", "holiday_region", "absences"}
    )

    key: Key
    name: Line
    first_name: Label = ""
    job_title: Label = ""
    role: Label = ""
    timezone: Zone = "UTC"
    slack_id: SlackId | None = None
    active: bool = True
    left_on: Day | None = None
    standup: bool = False
    email: Email | None = None
    admin: bool = False
    bot: bool = False
    company: Label = ""
    identities: dict[Key, Names] = {}
    own_zone: OwnZone = ""
    holiday_region: Region = ""
    absences: list[AbsenceEntry] = []

    @property
    def called(self) -> str:
        return self.first_name or self.name.split()[0]


class MetricEntry(Entry):
    """A success metric: what it was, what it shall be, what it is, and how that is measured."""

    extras = frozenset({"measured"})

    name: Line
    aliases: Lines = []
    direction: Literal["higher", "lower"]
    unit: Label = ""
    baseline: Number | None = None
    target: Number | None = None
    current: Number | None = None
    updated: Day | None = None
    measured: Text = ""


class LinkEntry(Entry):
    """An address. What lies there is to be looked through by `review`, and is about the stage or
    component `item`, else about the project.
    """

    extras = frozenset({"review", "item"})

    title: Line
    url: Url
    review: Day | None = None
    item: Key | None = None


class ScopeEntry(Entry):
    """What a project is for. Its sponsor is a name, or (`sponsor_person`) one of the people."""

    extras = frozenset(
        {
            *("why_ml", "current_system", "data_sources", "expected_saving", "cost", "deadline"),
            *("sponsor", "sponsor_person", "notes"),
        }
    )

    problem: Text = ""
    goal: Text = ""
    why_ml: Text = ""
    current_system: Text = ""
    data_sources: Text = ""
    expected_saving: Text = ""
    cost: Text = ""
    deadline: Text = ""
    sponsor: Text = ""
    sponsor_person: Key | None = None
    notes: Text = ""
    in_scope: Points = []
    out_of_scope: Points = []
    success_metrics: list[MetricEntry] = []
    stakeholders: Keys = []
    links: list[LinkEntry] = []


class VerdictEntry(Entry):
    """Whether a project is worth doing, and why."""

    call: Annotated[Call, Field(strict=False)]
    reason: Text


class StateEntry(Entry):
    """Where a stage of a project stands. `title` and `aliases` are this project's own."""

    extras = frozenset({"title", "aliases", "baseline_due"})

    status: StatusName = Status.NOT_STARTED
    due: Day | None = None
    updated: Day | None = None
    blocker: Note = None
    baseline_due: Day | None = None
    title: Line | None = None
    aliases: Lines = []


class ComponentEntry(Entry):
    """A part of a project that belongs to one of its stages."""

    extras = frozenset({"baseline_due"})

    key: Key
    title: Line
    stage: Key
    aliases: Lines = []
    inherits_raci: bool = False
    status: StatusName = Status.NOT_STARTED
    due: Day | None = None
    updated: Day | None = None
    blocker: Note = None
    baseline_due: Day | None = None


class ProjectEntry(Entry):
    """`stages` left out means all stages of the ladder; given, it means those."""

    extras = frozenset(
        {
            *("private", "shows_titles", "members", "more_channels", "archived", "template"),
            *("verdict", "work", "plans"),
        }
    )

    key: Key
    name: Line
    aliases: Lines = []
    channel: Channel | None = None
    mode: Annotated[Mode, Field(strict=False)] = Mode.TEAM
    lead: Key | None = None
    primary_run_metric: Metric = None
    scope: ScopeEntry = ScopeEntry()
    stages: dict[Key, StateEntry] = {}
    components: list[ComponentEntry] = []
    private: bool = False
    shows_titles: bool = False
    members: Keys = []
    more_channels: Channels = []
    archived: bool = False
    template: Label = ""
    verdict: VerdictEntry | None = None
    work: WorkEntry | None = None
    plans: PlansEntry | None = None


class GroupEntry(Entry):
    """A Slack user group."""

    slack_id: SlackId
    handle: Line


@dataclass(frozen=True, slots=True, config=STRICT)
class AssignmentEntry:
    """One RACI letter of one holder: a person, a vacant seat, or a user group.

    It holds from `since` (left out: since before the record began) to `until` (exclusive).
    """

    # There may be hundreds of thousands of these: slotted, they need a third of the memory.

    project: Key
    item: Key
    raci: Annotated[Letter, Field(strict=False)]
    person: Key | None = None
    vacant_role: Line | None = None
    requisition: Line | None = None
    group: GroupEntry | None = None
    since: Start | None = None
    until: Start | None = None


class StandupEntry(Entry):
    """One person's standup of one day."""

    extras = frozenset({"note"})

    date: Day
    person: Key
    state: Literal["posted", "missing", "out_of_office"]
    posted_at: Moment | None = None
    project: Key | None = None
    stage: Key | None = None
    yesterday: Text | None = None
    today: Text | None = None
    blocker: Note = None
    note: Text | None = None


class PullRequestEntry(Entry):
    project: Key
    repo: Line
    number: Annotated[int, Field(ge=1, le=GREATEST_NUMBER)]
    title: Label = ""
    author: Key | None = None
    state: Literal["open", "draft", "merged", "closed"]
    review_state: Literal["review_required", "approved", "changes_requested"] | None = None
    ci_state: Literal["passing", "failing", "pending"] | None = None
    stage: Key | None = None
    opened: Day | None = None


class RunEntry(Entry):
    """One run of an experiment, as its tracker told it."""

    project: Key
    tracker: Line
    id: Line
    name: Label = ""
    author: Key | None = None
    state: Literal["scheduled", "running", "finished", "failed", "killed"]
    started: Day | None = None
    stage: Key | None = None
    metrics: dict[Line, Number] = {}
    params: dict[Line, Scalar] = {}


class HistoryEntry(Entry):
    """Something that changed before the record began. `by` and `approved_by` are people."""

    id: Key
    date: Day
    project: Key | None = None
    kind: Key
    stage: Key | None = None
    summary: Text = ""
    before: Annotated[Text | None, Field(alias="from")] = None
    after: Annotated[Text | None, Field(alias="to")] = None
    by: Key | None = None
    approved_by: Key | None = None


class DelegationEntry(Entry):
    """`delegate` acts for `person` on every day from the first to the last, both included; in one
    project, or in all.
    """

    extras = frozenset({"project", "reason"})

    person: Key
    delegate: Key
    first_day: Annotated[Day, Field(alias="from")]
    last_day: Annotated[Day, Field(alias="until")]
    project: Key | None = None
    reason: Text = ""


class Document(Entry):
    """A whole workspace. People, projects and items are named by their keys everywhere.

    `stages` left out means the usual ladder of an ML project.
    """

    extras = frozenset({"delegations"})

    meta: MetaEntry = MetaEntry()
    stages: list[StageEntry] = []
    people: list[PersonEntry] = []
    projects: list[ProjectEntry] = []
    assignments: list[AssignmentEntry] = []
    standups: list[StandupEntry] = []
    pull_requests: list[PullRequestEntry] = []
    runs: list[RunEntry] = []
    history: list[HistoryEntry] = []
    delegations: list[DelegationEntry] = []

    @property
    def ladder(self) -> list[StageEntry]:
        """Its stages, or the usual ladder of an ML project where it says none."""
        if "stages" in self.model_fields_set:
            return self.stages
        return [
            StageEntry(
                key=rung.key, title=rung.title, question=rung.question, aliases=[*rung.aliases]
            )
            for rung in LADDER
        ]
