"""Every button's action id and every form's callback id, once; and what travels in their values.

A button's action id is its act, with `#1`, `#2` … behind it where a row of buttons repeats the
act, since Slack wants them to differ there: listen with `app.action(pattern(Act.ROW_SHOW))`.
"""

import json
import re
from collections.abc import Mapping
from enum import StrEnum

LONGEST_VALUE = 2000
Values = dict[str, str | int | bool | None]


class Act(StrEnum):
    """What a press of a button means, and (after the dash) the keys of its value.

    Keys: `p` project key, `i` item key, `v` the item's version as seen, `l` letters ("A", "AR"),
    `d` an ISO date, `h` a holder reference, `c` a command as Slack would send it (for `parse`),
    `q` a question, `w` a person's key.
    """

    # Anywhere
    COMMAND_RUN = "command.run"  # runs c as if it had been typed
    UNDO = "change.undo"  # s: the audit line's number
    DISMISS = "message.dismiss"  # "Cancel": the message goes away – no keys
    # Questions and help
    QUESTION_ASK = "question.ask"  # asks q, with the chosen p, i, w (each optional)
    HELP_SHOW = "help.show"  # t: topic (optional)
    ANSWER_SHARE = "answer.share"  # posts the answer to q as QUESTION_ASK has it; e: in short
    ANSWER_RATE = "answer.rate"  # says that the answer to q was right (g), or opens a form
    FORM_RATE = "answer.form_rate"  # has the form ask what was expected – q, p, i, w
    OPEN_ALIAS = "open_question.alias"  # opens the form that makes its words a name – n: its number
    OPEN_ITEM = "open_question.item"  # opens the form that makes them a new stage – n
    OPEN_DISMISS = "open_question.dismiss"  # n
    OPEN_AGAIN = "open_question.again"  # takes that back – n
    FORM_ASK = "question.form_ask"  # asks as QUESTION_ASK does, in the form
    FORM_SHARE = "question.form_share"  # has the form ask where to post it – q, p, i, w
    # Projects
    PROJECT_NEW = "project.new"  # opens the form for a new project – name (optional)
    PROJECT_SHOW = "project.show"  # p
    PROJECTS_PAGE = "projects.page"  # n: page number
    SAMPLE_TRY = "sample.try"  # makes a project to try things with – no keys
    SAMPLE_REMOVE = "sample.remove"  # p
    SHEET_IMPORT = "sheet.import"  # says how a sheet comes in – no keys
    HOME_PAGE = "home.page"  # n, nw, nl, ng, np: the page of each list
    # Letters
    ASSIGN_OPEN = "assignment.open"  # opens the assign form – p, i, l, v
    HAND_OVER = "accountable.hand_over"  # writes, see `pressed` – p, i, h, v, l, d
    MAKE_RESPONSIBLE = "accountable.make_responsible"  # writes, see `pressed` – p, i, h, v, l, d
    OFFER_ACCEPT = "offer.accept"  # f: the offer's number
    OFFER_DECLINE = "offer.decline"  # f
    OFFER_CANCEL = "offer.cancel"  # f
    OFFER_SAY = "offer.say"  # opens the form to ask about an offer, or to reply – f
    ROW_SHOW = "row.show"  # p, i
    MATRIX_SHOW = "matrix.show"  # p
    # People
    LEFT_OPEN = "leaver.open"  # opens the form that fills the seats that w left
    PERSON_NAMES = "person.names"  # opens the form for what w is called elsewhere
    PERSON_ERASE = "person.erase"  # w, r: the reason
    PERSON_UNDO = "person.undo"  # s: the audit line's number
    LEFT_RETURN = "leaver.return"  # gives w, who is back, what is vacant still
    # Stages
    STAGE_OPEN = "stage.open"  # opens the move form – p, i, v
    STAGE_REOPEN = "stage.reopen"  # opens it for something that was closed – p, i, v
    GATE_SHOW = "gate.show"  # p, i
    GATE_TICK = "gate.tick"  # opens the form that ticks a criterion – p, i, k: its key
    GATE_ASK = "gate.ask"  # asks for what is missing – p, i
    # Scope
    SCOPE_SHOW = "scope.show"  # p
    SCOPE_EDIT = "scope.edit"  # opens the form for the scope – p
    SCOPE_APPROVE = "scope.approve"  # writes – p
    SCOPE_HISTORY = "scope.history"  # p
    VERDICT_OPEN = "verdict.open"  # opens the form for a verdict – p, c: the call
    PORTFOLIO_PAGE = "portfolio.page"  # n: page number
    # Reviews
    REVIEW_TRUE = "review.still_true"  # p
    # Decisions
    DECISION_WITHDRAW = "decision.withdraw"  # p, n: its number
    DECISION_KEEP = "decision.keep"  # p, n
    DECISION_OF = "decision.of"  # keeps message m of this channel as one of p
    # Milestones
    MILESTONE_ADD = "milestone.add"  # opens the form of a new one – p
    MILESTONE_MOVE = "milestone.move"  # opens the form for another day – p, m: its title
    MILESTONE_MEET = "milestone.meet"  # opens the form that says when it was met – p, m
    # Risks, assumptions, issues and dependencies
    RAID_OPEN = "raid.open"  # opens the form – p, k: the kind, n: its number (without: a new one)
    RAID_PAGE = "raid.page"  # p, k (without: all kinds), n: page number
    # Standups and digests
    STANDUP_OPEN = "standup.open"  # opens the form that sets a project's standup – p
    STANDUP_TEAM = "standup.team"  # opens the form that begins the standup of a user group
    STANDUP_ANSWER = "standup.answer"  # opens the form for one's answers – e: the entry, or d
    STANDUP_NOTHING = "standup.nothing_new"  # e or d
    STANDUP_SKIP = "standup.skip"  # e or d
    BRIEF_UNDO = "brief.undo"  # s, pressed where it was set
    STANDUP_TAKE = "standup.take"  # takes a text for the answers – e, x: the text, m: its message
    STANDUP_GO_ON = "standup.go_on"  # asks the next question of what was begun – e
    BRIEF_WHY = "brief.why"  # r: the codes of the rules of its lines, in order
    DIGEST_OPEN = "digest.open"  # opens the form that sets the channel's digest
    OWN_DIGEST_OPEN = "own_digest.open"  # opens the form that sets one's own
    OWN_DIGEST_UNDO = "own_digest.undo"  # s
    DIGEST_UNDO = "digest.undo"  # s, pressed in the digest's own channel
    # Links
    ROLE_OPEN = "role.open"  # opens the form that says a job role otherwise – r
    ROLE_UNDO = "role.undo"  # s: the audit line's number
    TRANSFER = "transfer.carry_out"  # h, t (to whom), p, e (everywhere), y (why), m (mark)
    CLONE = "clone.carry_out"  # s (source), p, w (with people), m
    WAIVER_OPEN = "waiver.open"  # opens the form that sets a rule of the linter aside – p
    TOGETHER_UNDO = "together.undo"  # s: the first audit line, n: the last
    LINK_TO = "link.to"  # links u to p, its card under message m (in thread t)
    LINK_STAGE = "link.stage"  # opens the form for its stage – k: its kind, n: its number
    LINK_REMOVE = "link.remove"  # k, n
    LINK_OPEN = "link.open"  # opens a page by itself – no keys
    # Workbooks
    IMPORT_APPLY = "import.apply"  # f (file), k (how it is read), m (mark), u (who asked)
    IMPORT_REST = "import.rest"  # the same, although some cells have errors – f, k, m, u
    IMPORT_COLUMNS = "import.columns"  # opens the form that says what columns mean – f, k, u
    IMPORT_PEOPLE = "import.people"  # opens the form that says whom names mean – f, k, u
    IMPORT_CONFLICTS = "import.conflicts"  # opens the form that settles conflicts – f, k, u
    EXPORT = "workbook.export"  # p; without it the whole portfolio
    EXPORT_PLAN = "export_plan.open"  # opens the form of one that comes by itself – n: its number
    EXPORT_STOP = "export_plan.stop"  # n
    EXPORT_UNDO = "export_plan.undo"  # s, pressed by who set it
    # What the letters bring
    NOTICE_WHY = "notice.why"  # m: the key of the message that is asked about
    CONSULTATION_OPEN = "consultation.open"  # opens the form for one's input – n: its number
    CONSULTATION_NOTHING = "consultation.nothing"  # n


class Form(StrEnum):
    """Callback ids of modals."""

    # Anywhere
    NOTICE = "notice"
    # Questions and help
    QUESTION = "question.answer"
    SHARE = "answer.post"
    EXPECTED = "answer.expected"
    OPEN_ALIAS = "open_question.alias_save"
    OPEN_ITEM = "open_question.item_save"
    # Projects
    NEW_PROJECT = "project.create"
    # Letters
    ASSIGN = "assignment.save"
    OFFER_SAY = "offer.said"
    DELEGATE = "delegation.save"
    # People
    LEFT_FILL = "leaver.fill"
    PERSON_NAMES = "person.names_save"
    # Stages
    MOVE = "stage.save"
    # Scope
    SCOPE = "scope.save"
    VERDICT = "verdict.save"
    TICK = "gate.tick_save"
    # The team
    ROLE = "role.save"
    WAIVE = "waiver.save"
    # Decisions
    DECISION = "decision.save"
    # Milestones
    MILESTONE = "milestone.save"
    # Risks, assumptions, issues and dependencies
    RAID = "raid.save"
    # Standups and digests
    STANDUP = "standup.save"
    STANDUP_ANSWERS = "standup.answers"
    DIGEST = "digest.save"
    EXPORT_PLAN = "export_plan.save"
    # Links
    LINK_STAGE = "link.stage_save"
    # Workbooks
    IMPORT_COLUMNS = "import.columns_save"
    IMPORT_PEOPLE = "import.people_save"
    IMPORT_CONFLICTS = "import.conflicts_save"
    # What the letters bring
    CONSULTATION = "consultation.save"


def pattern(act: Act) -> re.Pattern[str]:
    """What matches every action id of `act`, for Bolt's `app.action`."""
    return re.compile(rf"^{re.escape(act.value)}(#\d+)?$")


def act_of(action_id: str) -> Act:
    """The act of an action id; ValueError for one that is not Charter's."""
    return Act(action_id.split("#", 1)[0])


def pack(values: Mapping[str, str | int | bool | None], longest: int = LONGEST_VALUE) -> str:
    """A button's value or a modal's metadata: compact JSON without the empty ones.

    ValueError where it is longer than Slack takes; those who pack free text cut it before.
    """
    kept = {key: value for key, value in values.items() if value is not None and value != ""}
    packed = json.dumps(kept, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    if len(packed) > longest:
        raise ValueError(f"{len(packed)} characters where Slack takes {longest}")
    return packed


def unpack(value: str) -> dict[str, str | int | bool]:
    """What `pack` packed; empty for an empty or foreign value."""
    try:
        values = json.loads(value) if value else {}
    except json.JSONDecodeError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {key: item for key, item in values.items() if isinstance(item, (str, int, bool))}
