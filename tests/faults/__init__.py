"""Charter under faults, whole: `app.py serve` as processes of their own, Slack's double over
loopback, people who write meanwhile and messages that are to go out.

`python -m tests.faults` is the long form; a short one of each is among the tests.
"""
