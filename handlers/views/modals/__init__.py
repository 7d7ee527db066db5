"""Forms, and what their answers order.

`new_project`, `assign`, `move`, `standup` and `answers` make views; `read_new_project` and the like
turn a view that Slack sends back (`body["view"]`) into orders, or raise `BadInput` with the block
that is wrong. In `private_metadata` they keep `p` (project key), `i` (item key), `v` (its version)
and a few letters more; keys that begin with `o` are free for others.
"""

from handlers.views.modals.forms import assign, loading, move, new_project, notice
from handlers.views.modals.readers import read_assign, read_move, read_new_project
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
    "loading",
    "move",
    "new_project",
    "notice",
    "read_answers",
    "read_assign",
    "read_move",
    "read_new_project",
    "read_standup",
    "standup",
]
