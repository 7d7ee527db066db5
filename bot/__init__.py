"""What Charter knows and decides: values and pure functions.

Nothing here talks to Slack, to a database, to the clock or to a socket.
"""
