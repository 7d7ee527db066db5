"""The one table: event × letter → which surface, when, and what for. docs/routing.md prints it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.project import Letter


class Event(StrEnum):
    """Something that a letter routes."""

    STAGE_BLOCKED = "stage_blocked"
    STAGE_UNBLOCKED = "stage_unblocked"
    BLOCKER_OLD = "blocker_old"
    BLOCKER_STILL = "blocker_still"
    BLOCKER_GIVEN = "blocker_given"
    BLOCKER_TAKEN = "blocker_taken"
    STAGE_STARTED_UNOWNED = "stage_started_unowned"
    GATE_OPENED = "gate_opened"
    GATE_PASSED = "gate_passed"
    GATE_OVERRIDDEN = "gate_overridden"
    STAGE_REOPENED = "stage_reopened"
    HANDOVER_OFFERED = "handover_offered"
    HANDOVER_ACCEPTED = "handover_accepted"
    HANDOVER_DECLINED = "handover_declined"
    HANDOVER_ENDED = "handover_ended"
    HANDOVER_SAID = "handover_said"
    HANDOVER_WAITING = "handover_waiting"
    LETTER_GIVEN = "letter_given"
    LETTER_TAKEN = "letter_taken"
    SCOPE_CHANGED = "scope_changed"
    SCOPE_SIGNED = "scope_signed"
    REVIEW_DUE = "review_due"
    PULL_REVIEW = "pull_review"
    TEAM_REVIEW = "team_review"
    MODEL_PROMOTED = "model_promoted"
    PERSON_LEFT = "person_left"
    PERSON_RETURNED = "person_returned"
    DELEGATED = "delegated"
    DELEGATE_LEFT = "delegate_left"
    CONSULTATION_ASKED = "consultation_asked"
    CONSULTATION_ANSWERED = "consultation_answered"
    CONSULTATION_SILENT = "consultation_silent"
    GLASS_BROKEN = "glass_broken"
    CHANNEL_GONE = "channel_gone"
    CHANNEL_RESTS = "channel_rests"
    QUESTION = "question"
    QUESTION_ANSWERED = "question_answered"
    QUESTION_SILENT = "question_silent"
    QUESTIONS_OPEN = "questions_open"
    QUESTIONS_STRAY = "questions_stray"
    QUESTION_CLEARED = "question_cleared"
    DECISION_KEPT = "decision_kept"
    MILESTONE_SLIPPED = "milestone_slipped"
    RAID_GIVEN = "raid_given"
    RAID_GRAVE = "raid_grave"
    RAID_PAST = "raid_past"
    NOT_TOLD = "not_told"
    OUT_OF_SIGHT = "out_of_sight"
    OUT_OF_REACH = "out_of_reach"
    CHANNEL_OPENED = "channel_opened"
    CHANNEL_CLOSED = "channel_closed"
    DRIFT_SEEN = "drift_seen"
    DRIFT_SILENT = "drift_silent"
    DRIFT_SHADOW = "drift_shadow"
    DRIFT_ORPHAN = "drift_orphan"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Event.STAGE_BLOCKED: "a stage is blocked",
    Event.STAGE_UNBLOCKED: "a stage is no longer blocked",
    Event.BLOCKER_OLD: "a blocker has lasted too long",
    Event.BLOCKER_STILL: "a standup says for the third time that a blocker is still there",
    Event.BLOCKER_GIVEN: "a blocker is handed on to somebody",
    Event.BLOCKER_TAKEN: "somebody's blocker is somebody else's now",
    Event.STAGE_STARTED_UNOWNED: "a stage is under way and nobody is accountable",
    Event.GATE_OPENED: "a gate waits for approval",
    Event.GATE_PASSED: "a stage is done",
    Event.GATE_OVERRIDDEN: "a gate was passed with something missing",
    Event.STAGE_REOPENED: "a stage is open again",
    Event.HANDOVER_OFFERED: "a hand-over is offered",
    Event.HANDOVER_ACCEPTED: "a hand-over is accepted",
    Event.HANDOVER_DECLINED: "a hand-over is declined",
    Event.HANDOVER_ENDED: "a hand-over is called off, overtaken or not answered in time",
    Event.HANDOVER_SAID: "a side of a hand-over says something to the other",
    Event.HANDOVER_WAITING: "a hand-over still waits for an answer",
    Event.LETTER_GIVEN: "somebody is given a letter",
    Event.LETTER_TAKEN: "somebody holds a letter no more",
    Event.SCOPE_CHANGED: "what the scope says has changed in substance",
    Event.SCOPE_SIGNED: "the scope is signed off",
    Event.REVIEW_DUE: "it is time to ask whether all is still true",
    Event.PULL_REVIEW: "somebody is asked to review a pull request",
    Event.TEAM_REVIEW: "a team that is no user group is asked to review a pull request",
    Event.MODEL_PROMOTED: "a version of a model gets an alias, or reaches a stage",
    Event.PERSON_LEFT: "somebody with letters has left",
    Event.PERSON_RETURNED: "somebody who had left is back",
    Event.DELEGATED: "somebody acts for somebody else",
    Event.DELEGATE_LEFT: "somebody who was to act for somebody else has left",
    Event.CONSULTATION_ASKED: "input is asked for",
    Event.CONSULTATION_ANSWERED: "input was given",
    Event.CONSULTATION_SILENT: "input was asked for and did not come",
    Event.GLASS_BROKEN: "an admin looks into a private project",
    Event.CHANNEL_GONE: "a project's channel can no longer be written to",
    Event.CHANNEL_RESTS: "a project's channel is archived",
    Event.QUESTION: "somebody asks the responsible",
    Event.QUESTION_ANSWERED: "a question is answered",
    Event.QUESTION_SILENT: "a question was not answered in time",
    Event.QUESTIONS_OPEN: "questions of a project were not answered, or not rightly",
    Event.QUESTIONS_STRAY: "questions of no project were not answered, or not rightly",
    Event.QUESTION_CLEARED: "a question is answered by now that was not before",
    Event.DECISION_KEPT: "a decision is kept",
    Event.MILESTONE_SLIPPED: "a milestone has moved to a later day",
    Event.RAID_GIVEN: "somebody is made the owner of a risk, assumption, issue or dependency",
    Event.RAID_GRAVE: "a risk is high in likelihood and in impact",
    Event.RAID_PAST: "the day of a risk, assumption, issue or dependency has gone by",
    Event.NOT_TOLD: "somebody with a letter could not be told",
    Event.OUT_OF_SIGHT: "somebody with letters can no longer see the project",
    Event.OUT_OF_REACH: "no direct message reaches somebody who is in a standup",
    Event.CHANNEL_OPENED: "a private channel of a private project became public",
    Event.CHANNEL_CLOSED: "a channel of a public project became private",
    Event.DRIFT_SEEN: "letters and somebody's work disagree",
    Event.DRIFT_SILENT: "whoever is accountable has left no trace for a month, and was asked",
    Event.DRIFT_SHADOW: "somebody does the work without a letter, and was asked",
    Event.DRIFT_ORPHAN: "something is worked on and nobody is accountable",
}


class Party(StrEnum):
    """Who is meant besides the letters."""

    CONCERNED = "the one it is about"
    LEAD = "the project's lead"
    ADMIN = "the workspace's admins"


To = Letter | Party


class Surface(StrEnum):
    """Where it is heard. A user group hears in the channel what its members would by message."""

    DM = "direct message"
    THREAD = "thread in the project's channel"
    DIGEST = "digest"


class When(StrEnum):
    AT_ONCE = "at once"
    WORKING = "in their working hours"
    MORNING = "with the next morning's message"
    DIGEST = "with the next digest"


class Deed(StrEnum):
    """What it is to the one who gets it.

    To TELL counts as the one message a day that nobody asked for. ASK waits for an action of one's
    own, and URGENT is a blocker on one's row: neither waits for the other messages of the day.
    CONSULT makes a consultation, which asks by itself. SHOW is read by whoever looks.
    """

    TELL = "tells"
    URGENT = "tells without delay"
    ASK = "asks"
    CONSULT = "asks once for input, with a last day for it"
    SHOW = "shows"


@dataclass(frozen=True, slots=True)
class Route:
    """What an event is to a letter. `what` ends the sentence "tells …", "asks …" or "shows …"."""

    event: Event
    to: To
    surface: Surface
    when: When
    deed: Deed
    what: str


_A, _R, _C, _I = Letter.A, Letter.R, Letter.C, Letter.I
_LEAD, _CONCERNED, _ADMIN = Party.LEAD, Party.CONCERNED, Party.ADMIN


def _tells(event: Event, to: To, what: str, when: When = When.WORKING) -> Route:
    return Route(event, to, Surface.DM, when, Deed.TELL, what)


def _urges(event: Event, to: To, what: str) -> Route:
    return Route(event, to, Surface.DM, When.AT_ONCE, Deed.URGENT, what)


def _asks(event: Event, to: To, what: str, when: When = When.WORKING) -> Route:
    return Route(event, to, Surface.DM, when, Deed.ASK, what)


def _consults(event: Event, what: str) -> Route:
    return Route(event, _C, Surface.DM, When.WORKING, Deed.CONSULT, what)


def _shows(event: Event, *letters: Letter) -> tuple[Route, ...]:
    return tuple(
        Route(event, letter, Surface.DIGEST, When.DIGEST, Deed.SHOW, "what became of it")
        for letter in letters
    )


ROUTES: tuple[Route, ...] = (
    _urges(Event.STAGE_BLOCKED, _A, "what blocks it"),
    _urges(Event.STAGE_BLOCKED, _R, "what blocks it"),
    _consults(Event.STAGE_BLOCKED, "what could unblock it"),
    *_shows(Event.STAGE_BLOCKED, _I),
    _tells(Event.STAGE_UNBLOCKED, _A, "that work goes on", When.MORNING),
    _tells(Event.STAGE_UNBLOCKED, _R, "that work goes on", When.MORNING),
    *_shows(Event.STAGE_UNBLOCKED, _C, _I),
    _tells(Event.BLOCKER_OLD, _A, "how long it has lasted, and whose it is"),
    *_shows(Event.BLOCKER_OLD, _R, _C, _I),
    _tells(Event.BLOCKER_STILL, _A, "which one, who says so and how old it is"),
    _tells(Event.BLOCKER_GIVEN, _CONCERNED, "what it is, and who handed it on"),
    *_shows(Event.BLOCKER_GIVEN, _A, _R, _C, _I),
    _tells(Event.BLOCKER_TAKEN, _CONCERNED, "what it is, and who handed it on"),
    _tells(Event.STAGE_STARTED_UNOWNED, _LEAD, "that somebody must answer for it"),
    *_shows(Event.STAGE_STARTED_UNOWNED, _R, _C, _I),
    _asks(Event.GATE_OPENED, _A, "for approval"),
    _consults(Event.GATE_OPENED, "what speaks against it"),
    *_shows(Event.GATE_OPENED, _R, _I),
    _tells(Event.GATE_PASSED, _R, "that it is done", When.MORNING),
    *_shows(Event.GATE_PASSED, _A, _C, _I),
    _tells(Event.GATE_OVERRIDDEN, _A, "what was missing, who passed it and why"),
    _tells(Event.GATE_OVERRIDDEN, _LEAD, "what was missing, who passed it and why"),
    *_shows(Event.GATE_OVERRIDDEN, _R, _C, _I),
    _tells(Event.STAGE_REOPENED, _A, "who opened it again"),
    _tells(Event.STAGE_REOPENED, _R, "who opened it again"),
    *_shows(Event.STAGE_REOPENED, _C, _I),
    _asks(Event.HANDOVER_OFFERED, _CONCERNED, "whether they take it", When.AT_ONCE),
    _tells(Event.HANDOVER_OFFERED, _A, "who is asked to take it over"),
    _asks(Event.HANDOVER_ACCEPTED, _CONCERNED, "nothing more: it is answered", When.AT_ONCE),
    _asks(Event.HANDOVER_DECLINED, _CONCERNED, "what is to become of it", When.AT_ONCE),
    _asks(Event.HANDOVER_ENDED, _CONCERNED, "nothing more: it is over", When.AT_ONCE),
    _asks(Event.HANDOVER_SAID, _CONCERNED, "for an answer, or a word back", When.AT_ONCE),
    _asks(Event.HANDOVER_WAITING, _CONCERNED, "once more whether they take it"),
    _tells(Event.HANDOVER_WAITING, _A, "that the answer is still to come", When.MORNING),
    _tells(Event.LETTER_GIVEN, _CONCERNED, "which letter, and who gave it"),
    *_shows(Event.LETTER_GIVEN, _A, _R, _C, _I),
    _tells(Event.LETTER_TAKEN, _CONCERNED, "which letter, and who took it"),
    *_shows(Event.LETTER_TAKEN, _A, _R, _C, _I),
    _tells(Event.SCOPE_CHANGED, _A, "what changed, so that they sign it off again"),
    *_shows(Event.SCOPE_CHANGED, _R, _C, _I),
    *_shows(Event.SCOPE_SIGNED, _A, _R, _C, _I),
    _asks(Event.REVIEW_DUE, _A, "whether it is all still true"),
    _asks(Event.PULL_REVIEW, _CONCERNED, "for their review"),
    _asks(Event.TEAM_REVIEW, _R, "for a review"),
    _asks(Event.MODEL_PROMOTED, _A, "whether that is right, with its metrics and the sign-off"),
    _asks(Event.PERSON_LEFT, _LEAD, "who takes the seats that are vacant now"),
    _asks(Event.PERSON_LEFT, _ADMIN, "the same, where nobody leads the project"),
    _asks(Event.PERSON_RETURNED, _LEAD, "whether they get back what is vacant still"),
    _asks(Event.PERSON_RETURNED, _ADMIN, "the same, where nobody leads the project"),
    *_shows(Event.PERSON_LEFT, _A, _R, _C, _I),
    _asks(Event.DELEGATED, _CONCERNED, "them to act for somebody until a day", When.AT_ONCE),
    _asks(Event.DELEGATE_LEFT, _CONCERNED, "who is to act for them instead"),
    _asks(Event.CONSULTATION_ASKED, _C, "for input, with a last day for it"),
    _tells(Event.CONSULTATION_ANSWERED, _A, "what the consulted say", When.MORNING),
    _tells(Event.CONSULTATION_ANSWERED, _R, "what the consulted say", When.MORNING),
    _tells(Event.CONSULTATION_SILENT, _A, "who was asked and did not answer", When.MORNING),
    _urges(Event.GLASS_BROKEN, _A, "who looks, why and until when"),
    _urges(Event.GLASS_BROKEN, _LEAD, "who looks, why and until when"),
    _tells(Event.CHANNEL_GONE, _A, "that nothing is posted there any more"),
    _tells(Event.CHANNEL_GONE, _ADMIN, "that nothing is posted there any more"),
    _tells(Event.CHANNEL_RESTS, _A, "that standups and digests rest there"),
    _asks(Event.QUESTION, _R, "for an answer"),
    _asks(Event.QUESTION_ANSWERED, _CONCERNED, "nothing more: it is answered", When.AT_ONCE),
    _tells(Event.QUESTION_SILENT, _CONCERNED, "who was asked and did not answer", When.MORNING),
    _asks(Event.QUESTIONS_OPEN, _A, "once a week what its words mean, and who sees to it"),
    _asks(Event.QUESTIONS_STRAY, _ADMIN, "the same, of questions that belong to no project"),
    _asks(Event.QUESTION_CLEARED, _CONCERNED, "nothing more: what they asked is answered"),
    *_shows(Event.DECISION_KEPT, _A, _R, _C, _I),
    _tells(Event.MILESTONE_SLIPPED, _A, "from which day to which"),
    *_shows(Event.MILESTONE_SLIPPED, _R, _C, _I),
    _tells(Event.RAID_GIVEN, _CONCERNED, "what it is, and who gave it"),
    _tells(Event.RAID_GRAVE, _A, "which one, and what is done about it"),
    _tells(Event.RAID_GRAVE, _CONCERNED, "that it is theirs to see to"),
    *_shows(Event.RAID_GRAVE, _R, _C, _I),
    _tells(Event.RAID_PAST, _CONCERNED, "to look at it again"),
    _tells(Event.RAID_PAST, _A, "which one, and whose it is"),
    *_shows(Event.RAID_PAST, _R, _C, _I),
    _tells(Event.OUT_OF_SIGHT, _A, "who it is; their letters stay"),
    _tells(Event.OUT_OF_REACH, _A, "who it is, and how they can answer all the same"),
    _tells(Event.CHANNEL_OPENED, _A, "that nothing more is posted there, and what stands there"),
    _tells(Event.CHANNEL_CLOSED, _A, "that the project is for everybody still"),
    _asks(Event.DRIFT_SEEN, _CONCERNED, "whether that is right"),
    _asks(Event.DRIFT_SILENT, _LEAD, "whether it is still theirs"),
    _asks(Event.DRIFT_SHADOW, _A, "whether to give them the letter"),
    _asks(Event.DRIFT_ORPHAN, _LEAD, "who is to answer for it"),
    _tells(Event.NOT_TOLD, _A, "who could not be told, and why", When.MORNING),
)


def routes(event: Event) -> tuple[Route, ...]:
    """What an event is to everybody whom it is anything to."""
    return tuple(route for route in ROUTES if route.event is event)


def markdown() -> str:
    """The table as docs/routing.md prints it."""
    head = "| When | who | hears it | in | how |\n| --- | --- | --- | --- | --- |\n"
    return head + "".join(_line(route) for route in ROUTES)


def _line(route: Route) -> str:
    who = f"{route.to} ({route.to.word})" if isinstance(route.to, Letter) else route.to.value
    how = route.deed if route.deed is Deed.CONSULT else f"{route.deed} {route.what}"
    return f"| {route.event.words} | {who} | {route.when} | {route.surface} | {how} |\n"
