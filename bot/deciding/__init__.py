"""The pure functions that decide a change: a snapshot and a wish in, a change or an error out."""

from bot.deciding.catalogue import Use, add_role, edit_role, give_job, remove_role
from bot.deciding.names import NO_RUNGS, add_alias, bind, remove_alias, unbind
from bot.deciding.offers import accepted, handed_over, overtaken, settled
from bot.deciding.projects import archive, checked_name, refuse_archived
from bot.deciding.roles import assign, clear, holders, may_hold, second, vacated
from bot.deciding.scope import SCOPE_LISTS, SCOPE_TEXTS, scope_value, set_scope
from bot.deciding.stages import move, move_due
from bot.deciding.startup import end_start_up, split_role, start_up
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
    "NO_RUNGS",
    "SCOPE_LISTS",
    "SCOPE_TEXTS",
    "Use",
    "accepted",
    "add_alias",
    "add_role",
    "archive",
    "assign",
    "bind",
    "checked_line",
    "checked_name",
    "checked_text",
    "clear",
    "edit_role",
    "end_start_up",
    "end_waiver",
    "give_job",
    "handed_over",
    "holders",
    "may_hold",
    "move",
    "move_due",
    "overtaken",
    "refuse_archived",
    "remove_alias",
    "remove_role",
    "reverse",
    "scope_value",
    "second",
    "set_scope",
    "settled",
    "split_role",
    "start_up",
    "storable",
    "unbind",
    "vacated",
    "waive",
]
