"""How Python's threads share its one lock while Charter serves: none holds the others up for long.

Slack waits three seconds for an acknowledgement; a digest does not mind. Set once a process, in
`app.py`, after all that serving needs is imported.
"""

import gc
import sys

SWITCH_SECONDS = 0.0005
"""How long one thread computes while others wait. Between a request and its acknowledgement the
lock is given away and asked for again about ten times (poll, receive, a queue, send): of Python's
own five milliseconds, beside a thread that composes digests, that makes fifty."""
GARBAGE = 10_000
"""New objects after which Python looks for garbage among them: among fewer, more often."""


def give_way() -> None:
    """Let threads take turns quickly, and leave what is there by now out of the search for garbage:
    all of it was looked at again each time, for a fifth of a second in which nothing else runs.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)
