"""What stands beside a conversation: what to ask, that an answer is on its way, what it is about.

It is said in order by a thread of its own, so that no answer waits for it. Where Slack does not
take it, nobody is told: everything works without.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import BoundedSemaphore

import structlog
from slack_sdk.errors import SlackApiError

from handlers import observe
from handlers.slack.client import SlackClient

MOST_WAITING = 50
"""Beyond so many the newest are left out: they would come too late to be of use."""
LONGEST_TITLE = 80
WORKING = "is looking it up…"
MEANWHILE = ("Reading the record…", "Looking who it is…")
NOT_AN_AGENT = frozenset(
    {"access_denied", "missing_scope", "not_allowed_token_type", "unknown_method"}
)
"""Slack takes none of it for this app: it is not tried again."""

log = structlog.get_logger("charter.aside")


class Aside:
    """Says it, one after another."""

    def __init__(self, client: SlackClient) -> None:
        self._client = client
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="aside")
        self._room = BoundedSemaphore(MOST_WAITING)
        self._is_refused = False

    def close(self, *, wait: bool = True) -> None:
        """Say what waits, and no more."""
        self._pool.shutdown(wait=wait)

    def suggest(self, channel: str, title: str, prompts: Sequence[tuple[str, str]]) -> None:
        """What to ask, each as its title and the message that it sends."""
        said = [{"title": name, "message": message} for name, message in prompts]
        self._say(
            lambda: self._client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, title=title, prompts=said
            )
        )

    def entitle(self, channel: str, thread: str, title: str) -> None:
        """What a conversation is about."""
        short = " ".join(title.split())[:LONGEST_TITLE]
        self._say(
            lambda: self._client.assistant_threads_setTitle(
                channel_id=channel, thread_ts=thread, title=short
            )
        )

    @contextmanager
    def working(self, channel: str, thread: str) -> Iterator[None]:
        """Show that an answer is on its way, as long as it is; also where there comes none."""
        self._status(channel, thread, WORKING, list(MEANWHILE))
        try:
            yield
        finally:
            self._status(channel, thread, "", None)

    def _status(self, channel: str, thread: str, words: str, meanwhile: list[str] | None) -> None:
        self._say(
            lambda: self._client.assistant_threads_setStatus(
                channel_id=channel, thread_ts=thread, status=words, loading_messages=meanwhile
            )
        )

    def _say(self, call: Callable[[], object]) -> None:
        if self._is_refused or not self._room.acquire(blocking=False):
            return
        try:
            self._pool.submit(observe.carried(partial(self._try, call)))
        except RuntimeError:  # it is closed: nobody reads it any more
            self._room.release()

    def _try(self, call: Callable[[], object]) -> None:
        try:
            if not self._is_refused:
                call()
        except SlackApiError as error:
            why = str(error.response.get("error") or "")
            self._is_refused = why in NOT_AN_AGENT
            log.debug("aside_refused", why=why)
        except Exception as error:
            log.debug("aside_failed", error=type(error).__name__)
        finally:
            self._room.release()
