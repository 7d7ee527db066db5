"""Charter's clockwork killed again and again, while Slack fails: nothing is lost, nothing doubled.

`python -m tests.storm` is the long form; a short one is among the tests.
"""
