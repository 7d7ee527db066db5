"""What comes by the clock: standups, digests, briefs and files."""

from dataclasses import dataclass, replace
from datetime import date, time

from bot.cadence import Cadence, DigestPlan
from bot.sheets.forms import Form
from bot.standups import State, Typed, Verdict


@dataclass(frozen=True, slots=True)
class SetStandup:
    """How a project's standup is to be. `people` are references, `channel` is Slack's id.

    `report_at` None: at the usual time after `at`. `seen` is the plan that was looked at, 0 for
    none, None where that does not matter. `by_stage`: the report is in the order of stages, else of
    people. What comes after `closes_at`, their own time, is late; None: nothing is. `group` is a
    Slack user group (a mention, its id or its name), "" for none. `reminds`: who has not
    answered is reminded, once.
    """

    questions: tuple[str, ...]
    days: frozenset[int]
    at: time
    channel: str
    report_at: time | None = None
    people: tuple[str, ...] = ()
    project: str | None = None
    seen: int | None = None
    by_stage: bool = False
    closes_at: time | None = None
    reminds: bool = True
    group: str = ""


@dataclass(frozen=True, slots=True)
class AdjustStandup:
    """A standup as it is, or one as is usual, but for what is said; `channel` is its name or id.

    `never_closes`: answers are taken without an end from now on. `group` "": no user group is in.
    """

    days: frozenset[int] | None = None
    at: time | None = None
    closes_at: time | None = None
    never_closes: bool = False
    report_at: time | None = None
    by_stage: bool | None = None
    reminds: bool | None = None
    channel: str | None = None
    group: str | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class EndStandup:
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody says of a blocker from before, by its key, and to whom they hand it on, if so
    (a reference). `field` is where in a form that stood.
    """

    key: str
    verdict: Verdict
    to: str | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class AnswerStandup:
    """What somebody says to one day's standup (`entry`): their answers in the questions' order,

    or that they skip it, or that nothing is new. `blocked` is the key of an item that what blocks
    them blocks. `seen` is the fingerprint of what stood there when they looked, and `opened` what
    each of the answers was then; None where that does not matter. `fields` are the fields of a form
    that the answers stood in. `ticked` and `unticked` are the work that they tick now, and tick no
    more, by question (counted from 0) and key; `judged` is what they say of blockers from before.
    `typed` is the direct message that they say it in.
    """

    entry: int
    state: State
    answers: tuple[str, ...] = ()
    blocked: str | None = None
    seen: str | None = None
    opened: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    ticked: frozenset[tuple[int, str]] = frozenset()
    unticked: frozenset[tuple[int, str]] = frozenset()
    judged: tuple[Judgement, ...] = ()
    typed: Typed | None = None

    def field(self, at: int) -> str:
        """Where in a form an answer stood."""
        return self.fields[at] if at < len(self.fields) else f"a{at}"


@dataclass(frozen=True, slots=True)
class AnswerStandups:
    """What somebody says to several at once: all of it is written, or nothing."""

    answers: tuple[AnswerStandup, ...]


@dataclass(frozen=True, slots=True)
class PassStandups:
    """All that is open of somebody's day is skipped, or nothing is new in it."""

    day: date
    state: State
    typed: Typed | None = None


@dataclass(frozen=True, slots=True)
class SetDigest:
    """How often the channel is to get a digest. `days` count Monday as 0; a monthly one comes on
    the `nth` of them in a month.

    What is None stays as it is; where there is none yet it is as usual: nine in the morning, the
    zone of whoever sets it, their `region` with its public holidays, and no `heartbeat`.
    """

    cadence: Cadence
    days: frozenset[int] | None = None
    at: time | None = None
    zone: str | None = None
    nth: int = 0
    heartbeat: bool | None = None
    region: str | None = None

    def beside(self, present: DigestPlan | None) -> "SetDigest":
        """With the time and the zone of the present one where nothing is said of them; and with its
        days, where it comes as often.
        """
        if present is None:
            return self
        kept = replace(self, at=self.at or present.at, zone=self.zone or present.zone or None)
        is_bare = self.days is None and not self.nth and self.cadence is present.cadence
        return replace(kept, days=present.days, nth=present.nth) if is_bare else kept


@dataclass(frozen=True, slots=True)
class EndDigest:
    """The channel gets no digest any more."""


@dataclass(frozen=True, slots=True)
class SetOwnDigest:
    """How often somebody is told of their own projects, by direct message. A zone that is None is
    the one where they are, wherever that will be.
    """

    wanted: SetDigest


@dataclass(frozen=True, slots=True)
class SetBrief:
    """How often the place is to be briefed: a channel, or (`own`, and wherever there is none) the
    one who says so, by direct message.
    """

    wanted: SetDigest
    own: bool = False


@dataclass(frozen=True, slots=True)
class EndBrief:
    """It is briefed by itself no more."""

    own: bool = False


@dataclass(frozen=True, slots=True)
class SetExport:
    """How often a file of `project`, of all (`whole`), or of the channel's project (else of all)
    comes by itself. A form that is None stays as it is, else it is a workbook.

    `to`: None is the place where that is said, ME the one who says so; else a channel, by its name
    or Slack's id. `number` is one that comes already: it stays what it is of, and where it goes.
    """

    wanted: SetDigest
    project: str | None = None
    whole: bool = False
    form: Form | None = None
    to: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class EndExport:
    """It comes no more. Where nothing names what it is of, it is the only one that comes there."""

    project: str | None = None
    whole: bool = False
    to: str | None = None


ME = "me"
"""By direct message."""


@dataclass(frozen=True, slots=True)
class EndOwnDigest:
    """They are told no more."""
