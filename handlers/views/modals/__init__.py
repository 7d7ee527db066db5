"""Forms, and what their answers order.

`new_project`, `assign` and `move` make views; `read_new_project`, `read_assign` and `read_move`
turn a view that Slack sends back (`body["view"]`) into orders, or raise `BadInput` with the block
that is wrong. In `private_metadata` they keep `p` (project key), `i` (item key), `v` (its version)
and a few letters more; keys that begin with `o` are free for others.
"""

from handlers.views.modals.forms import assign, loading, move, new_project, notice
from handlers.views.modals.readers import read_assign, read_move, read_new_project

__all__ = [
    "assign",
    "loading",
    "move",
    "new_project",
    "notice",
    "read_assign",
    "read_move",
    "read_new_project",
]
