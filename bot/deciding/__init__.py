"""The pure functions that decide a change: a snapshot and a wish in, a change or an error out."""

from bot.deciding.access import (
    allow_titles,
    break_glass,
    grant,
    granted,
    hold,
    open_shared,
    refuse_outsider,
    resume,
    set_one,
    set_privacy,
)
from bot.deciding.catalogue import Use, add_role, edit_role, give_job, remove_role
from bot.deciding.consultations import answer as answer_consultation
from bot.deciding.decisions import keep_decision, renew_decision, withdraw_decision
from bot.deciding.delegations import delegate, end_delegation, ended_by_leaving
from bot.deciding.gates import add_criterion, ask, criterion, remove_criterion, tick
from bot.deciding.health import finish, set_health
from bot.deciding.hours import set_hours
from bot.deciding.ladder import add_item, order_items, remove_item, rename_item
from bot.deciding.milestones import (
    meet_milestone,
    milestone_named,
    move_milestone,
    remove_milestone,
    set_milestone,
)
from bot.deciding.names import NO_RUNGS, add_alias, bind, remove_alias, unbind
from bot.deciding.offers import accepted, handed_over, overtaken, settled
from bot.deciding.people import link_names, merge, name_people, set_names, split, unlink_names
from bot.deciding.presence import (
    also_back,
    end_away,
    follow_status,
    set_away,
    set_region,
    set_reminders,
    set_zone,
)
from bot.deciding.projects import archive, checked_name, refuse_archived
from bot.deciding.raid import close_raid, edit_raid, raid_entry, raise_raid
from bot.deciding.reviews import confirm, set_review
from bot.deciding.roles import assign, clear, holders, may_hold, second, vacated
from bot.deciding.rungs import add_rung, remove_rung, rename_rung
from bot.deciding.scope import (
    LONGEST_UNIT,
    approve,
    checked_field,
    edits_of,
    form_metric,
    give_verdict,
    metric_named,
    remove_metric,
    revise,
    set_metric,
    set_scope,
)
from bot.deciding.stages import block, hand_on, move, move_due, unblock
from bot.deciding.startup import end_start_up, split_role, start_up
from bot.deciding.stints import NOT_ASKED, Past
from bot.deciding.texts import (
    LONGEST_FIELD,
    LONGEST_NAME,
    LONGEST_NOTE,
    checked_line,
    checked_text,
    storable,
)
from bot.deciding.undoing import reverse
from bot.deciding.waivers import end_waiver, waive

__all__ = [
    "LONGEST_FIELD",
    "LONGEST_NAME",
    "LONGEST_NOTE",
    "LONGEST_UNIT",
    "NOT_ASKED",
    "NO_RUNGS",
    "Past",
    "Use",
    "accepted",
    "add_alias",
    "add_criterion",
    "add_item",
    "add_role",
    "add_rung",
    "allow_titles",
    "also_back",
    "answer_consultation",
    "approve",
    "archive",
    "ask",
    "assign",
    "bind",
    "block",
    "break_glass",
    "checked_field",
    "checked_line",
    "checked_name",
    "checked_text",
    "clear",
    "close_raid",
    "confirm",
    "criterion",
    "delegate",
    "edit_raid",
    "edit_role",
    "edits_of",
    "end_away",
    "end_delegation",
    "end_start_up",
    "end_waiver",
    "ended_by_leaving",
    "finish",
    "follow_status",
    "form_metric",
    "give_job",
    "give_verdict",
    "grant",
    "granted",
    "hand_on",
    "handed_over",
    "hold",
    "holders",
    "keep_decision",
    "link_names",
    "may_hold",
    "meet_milestone",
    "merge",
    "metric_named",
    "milestone_named",
    "move",
    "move_due",
    "move_milestone",
    "name_people",
    "open_shared",
    "order_items",
    "overtaken",
    "raid_entry",
    "raise_raid",
    "refuse_archived",
    "refuse_outsider",
    "remove_alias",
    "remove_criterion",
    "remove_item",
    "remove_metric",
    "remove_milestone",
    "remove_role",
    "remove_rung",
    "rename_item",
    "rename_rung",
    "renew_decision",
    "resume",
    "reverse",
    "revise",
    "second",
    "set_away",
    "set_health",
    "set_hours",
    "set_metric",
    "set_milestone",
    "set_names",
    "set_one",
    "set_privacy",
    "set_region",
    "set_reminders",
    "set_review",
    "set_scope",
    "set_zone",
    "settled",
    "split",
    "split_role",
    "start_up",
    "storable",
    "tick",
    "unbind",
    "unblock",
    "unlink_names",
    "vacated",
    "waive",
    "withdraw_decision",
]
