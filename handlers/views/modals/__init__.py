"""Forms, and what their answers order.

`new_project`, `assign`, `move`, `link_stage`, `standup` and `answers` make views; their readers
(`read_move` …) turn a view that Slack sends back (`body["view"]`) into orders, or raise `BadInput`
with the block that is wrong. In `private_metadata` they keep `p` (project key), `i` (item key), `v`
(its version) and a few letters more; keys that begin with `o` are free for others.
"""

from handlers.views.modals.forms import assign, link_stage, loading, move, new_project, notice
from handlers.views.modals.readers import read_assign, read_link_stage, read_move, read_new_project
from handlers.views.modals.standups import (
    answers,
    has_channel,
    read_answers,
    read_standup,
    standup,
)

__all__ = [
    "answers",
    "assign",
    "has_channel",
    "link_stage",
    "loading",
    "move",
    "new_project",
    "notice",
    "read_answers",
    "read_assign",
    "read_link_stage",
    "read_move",
    "read_new_project",
    "read_standup",
    "standup",
]
