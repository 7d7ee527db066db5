"""Answers of Slack that are lost on their way to Charter."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from handlers.slack import Slack


@contextmanager
def replies_lost(slack: Slack, method: str = "chat.postMessage") -> Iterator[None]:
    """Slack does what it is asked, and no answer of this method arrives."""

    def lose(reply: httpx.Response) -> None:
        if reply.request.url.path.endswith(method):
            raise httpx.ReadError("lost")

    hooks = slack.client.http.event_hooks
    slack.client.http.event_hooks = {"response": [lose]}
    yield
    slack.client.http.event_hooks = hooks
