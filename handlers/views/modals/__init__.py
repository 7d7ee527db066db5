"""Forms, and what their answers order: a module for each, which makes it and reads it.

`new_project`, `assign`, `fill_seats`, `move`, `scope_form`, `standup` … make views; their readers
(`read_move` …) turn a view that Slack sends back (`body["view"]`) into orders, or raise `BadInput`
with the block that is wrong. In `private_metadata` they keep `p` (project key), `i` (item key), `v`
(its version) and a few letters more; keys that begin with `o` are free for others.
"""

from handlers.views.modals.consultations import consultation, read_consultation
from handlers.views.modals.decisions import decision, read_decision
from handlers.views.modals.delegations import delegate, read_delegate
from handlers.views.modals.digests import digest, own_digest, read_digest
from handlers.views.modals.exports import export_plan, read_export_plan
from handlers.views.modals.feedback import (
    expected,
    open_alias,
    open_item,
    read_expected,
    read_open_alias,
    read_open_item,
)
from handlers.views.modals.frame import closing, loading, notice
from handlers.views.modals.imports import (
    import_columns,
    import_conflicts,
    import_people,
    read_import_columns,
    read_import_conflicts,
    read_import_people,
)
from handlers.views.modals.links import link_stage, read_link_stage
from handlers.views.modals.milestones import (
    meet_milestone,
    move_milestone,
    new_milestone,
    read_milestone,
)
from handlers.views.modals.offers import read_say_of_offer, say_of_offer
from handlers.views.modals.people import (
    fill_seats,
    person_names,
    read_fill_seats,
    read_person_names,
)
from handlers.views.modals.projects import new_project, read_new_project
from handlers.views.modals.questions import (
    question,
    read_question,
    read_share,
    share,
    share_in_short,
)
from handlers.views.modals.raci import assign, read_assign
from handlers.views.modals.raid import edit_raid, new_raid, raid_clash, read_raid
from handlers.views.modals.roles import read_role, role
from handlers.views.modals.scope import (
    read_scope_form,
    read_verdict_form,
    scope_clash,
    scope_form,
    verdict_form,
)
from handlers.views.modals.stages import conflicting, move, read_move, read_tick, reopen, tick
from handlers.views.modals.standups import (
    answers,
    answers_clash,
    has_channel,
    read_answers,
    read_standup,
    standup,
    team_standup,
)
from handlers.views.modals.waivers import read_waive, waive

__all__ = [
    "answers",
    "answers_clash",
    "assign",
    "closing",
    "conflicting",
    "consultation",
    "decision",
    "delegate",
    "digest",
    "edit_raid",
    "expected",
    "export_plan",
    "fill_seats",
    "has_channel",
    "import_columns",
    "import_conflicts",
    "import_people",
    "link_stage",
    "loading",
    "meet_milestone",
    "move",
    "move_milestone",
    "new_milestone",
    "new_project",
    "new_raid",
    "notice",
    "open_alias",
    "open_item",
    "own_digest",
    "person_names",
    "question",
    "raid_clash",
    "read_answers",
    "read_assign",
    "read_consultation",
    "read_decision",
    "read_delegate",
    "read_digest",
    "read_expected",
    "read_export_plan",
    "read_fill_seats",
    "read_import_columns",
    "read_import_conflicts",
    "read_import_people",
    "read_link_stage",
    "read_milestone",
    "read_move",
    "read_new_project",
    "read_open_alias",
    "read_open_item",
    "read_person_names",
    "read_question",
    "read_raid",
    "read_role",
    "read_say_of_offer",
    "read_scope_form",
    "read_share",
    "read_standup",
    "read_tick",
    "read_verdict_form",
    "read_waive",
    "reopen",
    "role",
    "say_of_offer",
    "scope_clash",
    "scope_form",
    "share",
    "share_in_short",
    "standup",
    "team_standup",
    "tick",
    "verdict_form",
    "waive",
]
