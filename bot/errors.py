"""What can go wrong, as facts for a person.

No sentence and no markup stands here: `handlers.views.errors` words every one of these, in one
place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.rights import Right


class Why(StrEnum):
    """Why an order was refused or an input is bad; each has its sentence in
    `handlers.views.errors`.
    """

    # Whatever is typed
    ASKED_TOO_MUCH = "asked_too_much"
    ASKED_TOO_MUCH_TOGETHER = "asked_too_much_together"
    BUSY = "busy"
    BAD_DATE = "bad_date"
    BAD_NAME = "bad_name"
    BAD_NUMBER = "bad_number"
    EMPTY_TEXT = "empty_text"
    FORM_LATE = "form_late"
    NOTHING_CHANGES = "nothing_changes"
    TEXT_TOO_LONG = "text_too_long"
    TOO_MANY = "too_many"
    UNDO_LATE = "undo_late"
    RUNS_APART = "runs_apart"
    UNDO_OVERTAKEN = "undo_overtaken"
    WORDS_LEFT_OVER = "words_left_over"
    # Projects and channels
    ALIAS_TAKEN = "alias_taken"
    ARCHIVED = "archived"
    CHANNEL_ARCHIVED = "channel_archived"
    CHANNEL_SHARED = "channel_shared"
    CHANNEL_UNREADABLE = "channel_unreadable"
    NAME_TAKEN = "name_taken"
    NO_CHANNEL = "no_channel"
    PROJECT_IN_WORDS = "project_in_words"
    # Questions that were not answered
    QUESTION_SETTLED = "question_settled"
    # Answers that are shared
    NOT_A_MEMBER = "not_a_member"
    NOT_FOR_ALL = "not_for_all"
    # Letters
    BAD_LETTER = "bad_letter"
    FUTURE_DATE = "future_date"
    GROUP_ACCOUNTABLE = "group_accountable"
    BAD_PERIOD = "bad_period"
    DELEGATE_BLIND = "delegate_blind"
    DELEGATE_OUTSIDE = "delegate_outside"
    DELEGATE_SELF = "delegate_self"
    DELEGATED = "delegated"
    GUEST_ACCOUNTABLE = "guest_accountable"
    HELD_THEN = "held_then"
    HOLDER_IS_BOT = "holder_is_bot"
    HOLDER_LEFT = "holder_left"
    NOT_HELD = "not_held"
    NO_DELEGATE = "no_delegate"
    NO_OFFER = "no_offer"
    NOT_YOUR_OFFER = "not_your_offer"
    PAST_DATE = "past_date"
    OFFER_OPEN = "offer_open"
    SHARED_LOGIN = "shared_login"
    STRANGER = "stranger"
    # The team
    HOLDER_BLIND = "holder_blind"
    NOTHING_TO_MOVE = "nothing_to_move"
    NO_USUAL_STAGE = "no_usual_stage"
    NO_WAIVER = "no_waiver"
    NOT_STARTUP = "not_startup"
    ROLE_IN_USE = "role_in_use"
    ROLE_TAKEN = "role_taken"
    WAIVER_DAY = "waiver_day"
    # People
    BAD_IDENTITY = "bad_identity"
    BAD_LOGIN = "bad_login"
    LOGIN_TAKEN = "login_taken"
    MERGE_LEFT = "merge_left"
    MERGE_ONESELF = "merge_oneself"
    MERGE_SAME = "merge_same"
    MERGE_UNLIKE = "merge_unlike"
    NOT_ERASABLE = "not_erasable"
    NOT_MERGED = "not_merged"
    NOT_YOURS = "not_yours"
    TOO_MANY_LOGINS = "too_many_logins"
    SEATS_FILLED = "seats_filled"
    # Stages
    BAD_STATUS = "bad_status"
    REASON_NEEDED = "reason_needed"
    # Scope
    BAD_FIELD = "bad_field"
    BAD_SCOPE_VERSION = "bad_scope_version"
    BAD_TEMPLATE = "bad_template"
    BAD_VALUE = "bad_value"
    BAD_VERDICT = "bad_verdict"
    DIRECTION_NEEDED = "direction_needed"
    METRIC_TAKEN = "metric_taken"
    NOBODY_TO_ASK = "nobody_to_ask"
    NO_BASELINE = "no_baseline"
    NO_METRIC = "no_metric"
    SCOPE_EMPTY = "scope_empty"
    TARGET_WORSE = "target_worse"
    VERDICT_REASON = "verdict_reason"
    # Reviews
    BAD_REVIEW = "bad_review"
    # Milestones
    MILESTONE_REMOVED = "milestone_removed"
    MILESTONE_THERE = "milestone_there"
    MOVE_REASON = "move_reason"
    NOT_MET_YET = "not_met_yet"
    # Risks, assumptions, issues and dependencies
    BAD_LEVEL = "bad_level"
    CLOSE_REASON = "close_reason"
    ONLY_RISKS_RATED = "only_risks_rated"
    OWNER_GONE = "owner_gone"
    # Decisions
    DECISION_KEPT = "decision_kept"
    NO_WORDS = "no_words"
    SCOPE_DECLINED = "scope_declined"
    # Standups and digests
    BAD_TIME = "bad_time"
    BAD_WEEKDAY = "bad_weekday"
    BAD_MONTH_DAY = "bad_month_day"
    BAD_ZONE = "bad_zone"
    NO_DIGEST = "no_digest"
    DIGEST_DAYS = "digest_days"
    OWN_HOLIDAYS = "own_holidays"
    NO_OWN_DIGEST = "no_own_digest"
    NO_BRIEF = "no_brief"
    NO_EXPORT = "no_export"
    EXPORT_HIDDEN = "export_hidden"
    EXPORT_WHICH = "export_which"
    NO_STANDUP = "no_standup"
    NOT_A_CHANNEL = "not_a_channel"
    STANDUP_CHANNEL = "standup_channel"
    STANDUP_EXPOSED = "standup_exposed"
    STANDUP_NOWHERE = "standup_nowhere"
    STANDUP_OVER = "standup_over"
    NO_WINDOW = "no_window"
    REPORT_BEFORE = "report_before"
    GROUP_UNKNOWN = "group_unknown"
    NO_TEAM = "no_team"
    TEAM_NOWHERE = "team_nowhere"
    TEAM_STAGES = "team_stages"
    TEAM_STAYS = "team_stays"
    # Who is there
    AWAY_ALREADY = "away_already"
    AWAY_BACKWARDS = "away_backwards"
    AWAY_LONG = "away_long"
    AWAY_OVER = "away_over"
    NOT_AWAY = "not_away"
    # Work
    BAD_HEALTH = "bad_health"
    BLOCKED_ALREADY = "blocked_already"
    GATE_OPEN = "gate_open"
    HAS_COMPONENTS = "has_components"
    HEALTH_REASON = "health_reason"
    ITEM_REMOVED = "item_removed"
    ITEM_TAKEN = "item_taken"
    LAST_RUNG = "last_rung"
    METRIC_MISSED = "metric_missed"
    NOT_BLOCKED = "not_blocked"
    NOT_SIDE_BY_SIDE = "not_side_by_side"
    NOT_TICKED = "not_ticked"
    WHICH_BLOCKER = "which_blocker"
    OWNS_IT_ALREADY = "owns_it_already"
    NO_STAGE = "no_stage"
    NO_SUCH_BLOCKER = "no_such_blocker"
    OVERRIDE_REASON = "override_reason"
    STILL_OPEN = "still_open"
    WHICH_CRITERION = "which_criterion"
    # Links
    BAD_URL = "bad_url"
    NO_DOCUMENT = "no_document"
    BAD_RULE = "bad_rule"
    NOT_FOLLOWED = "not_followed"
    NO_STREAM = "no_stream"
    NO_CODE_HOST = "no_code_host"
    NO_REPOSITORY = "no_repository"
    REPOSITORY_BARRED = "repository_barred"
    REPOSITORY_UNSEEN = "repository_unseen"
    # Workbooks
    BAD_FILE = "bad_file"
    FILE_LARGE = "file_large"
    FILE_UNREAD = "file_unread"
    NOT_YOUR_IMPORT = "not_your_import"
    IMPORT_CROWDED = "import_crowded"
    COLUMNS_ITEM = "columns_item"
    COLUMNS_LETTERS = "columns_letters"
    COLUMNS_PERSON = "columns_person"
    COLUMNS_LETTER = "columns_letter"
    COLUMNS_TWICE = "columns_twice"
    COLUMNS_MIXED = "columns_mixed"
    NAMED_TWICE = "named_twice"
    NO_FILES = "no_files"
    NO_FILES_READ = "no_files_read"
    NO_SHEET = "no_sheet"
    SHEET_LONG = "sheet_long"
    # Who may do what, and the workspace
    BAD_SETTING = "bad_setting"
    HOLDER_OUTSIDE = "holder_outside"
    LEADS_ANYWAY = "leads_anyway"
    NOTHING_GIVEN_UP = "nothing_given_up"
    NOT_GIVEN_UP = "not_given_up"
    NOT_HELD_BACK = "not_held_back"
    NOT_SHARED = "not_shared"
    SEEN_ANYWAY = "seen_anyway"


class CharterError(Exception):
    """The root of all that Charter says instead of doing."""


@dataclass(eq=False)
class NotFound(CharterError):
    """Nothing of this kind has that name; `suggestions` are near names that the asker may see,
    `there` (where none is near) all that there are.
    """

    what: str
    text: str
    suggestions: tuple[str, ...] = ()
    there: tuple[str, ...] = ()


@dataclass(eq=False)
class Ambiguous(CharterError):
    """Several things fit equally; `options` are (label, key) pairs to choose from."""

    what: str
    text: str
    options: tuple[tuple[str, str], ...]


@dataclass(eq=False)
class BadInput(CharterError):
    """What was typed cannot be taken. `field` names the form's field it belongs to, if there is a
    form.
    """

    why: Why
    facts: Mapping[str, str] = field(default_factory=dict)
    field: str = ""


@dataclass(eq=False)
class Refused(CharterError):
    """Understood, but against a rule of the house."""

    why: Why
    facts: Mapping[str, str] = field(default_factory=dict)
    field: str = ""


@dataclass(eq=False)
class SecondAccountable(CharterError):
    """An item has one Accountable. Carries what the offer needs: hand over, make R, cancel.

    `changed` tells, where it is fresh, how long ago and by whom: "1 s ago by Ana Ruiz".
    """

    project_key: str
    item_key: str
    item_title: str
    project_name: str
    present: str
    since: datetime | None
    wanted: str
    wanted_ref: str
    item_version: int
    changed: str = ""


@dataclass(eq=False)
class GateClosed(CharterError):
    """An item cannot be done yet: `missing` are criteria of its gate as (key, text) pairs.

    `by_hand` are the keys of those that whoever asked can tick.
    """

    project_key: str
    item_key: str
    item_title: str
    missing: tuple[tuple[str, str], ...]
    by_hand: frozenset[str] = frozenset()


@dataclass(eq=False)
class Forbidden(CharterError):
    """The actor may not do this: it takes a right, in the project that `about` names or (empty) in
    the workspace; `who_can` names those who have it.
    """

    right: Right
    about: str = ""
    who_can: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """One change that came in between: who made it, when, and what it did."""

    by: str
    at: datetime
    what: str


@dataclass(eq=False)
class Stale(CharterError):
    """The thing changed after it was shown; `changes` are the changes since, oldest first.

    `version` is its version now: who has read of them may go on from there.
    """

    what: str
    changes: tuple[Seen, ...] = ()
    version: int = 0


@dataclass(eq=False)
class Unavailable(CharterError):
    """What Charter needs is away (the database, Slack); nothing was written."""

    what: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a document: where (`projects[2].stages.idea.due`) and what."""

    path: str
    message: str


@dataclass(eq=False)
class BadDocument(CharterError):
    """Every fault of a document at once; nothing of it was written."""

    problems: tuple[Problem, ...]
