"""Brings what is in the outbox to Slack: several channels at once, each in its order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import monotonic

import structlog

from handlers import meters, observe
from handlers.service.outbox import LEASE, LONGEST_WAIT, Outbox, Parcel
from handlers.slack import Slack
from handlers.slack.posting import File, Never, NotNow, Posted, Posting
from handlers.slack.told import OUT_OF_REACH
from handlers.views.kit import Message

log = structlog.get_logger("charter.delivery")

HANDS = 8
"""Channels that are served at once."""
MOST = 40
"""Messages taken at a time."""
ROUNDS = 100
TRUSTED_SECONDS = 3600
"""How long a channel is taken for one of the own organisation alone."""
FIRST_WAIT = timedelta(seconds=5)
MOST_TRIES = 100
"""With waits that double up to the longest, that is about a day."""


class Delivery:
    """Sends what is due in one workspace. Thread-safe; made once a process."""

    def __init__(self, outbox: Outbox, slack: Slack, workspace: int) -> None:
        self._outbox = outbox
        self._posting = Posting(slack)
        self._workspace = workspace
        self._trusted: dict[str, float] = {}
        self._leaving = Event()

    def leave(self) -> None:
        """Begin no more messages: what waits is for the next process."""
        self._leaving.set()

    def run_due(self) -> int:
        """Send what is due now; gives how many messages that were."""
        sent = 0
        with ThreadPoolExecutor(HANDS, thread_name_prefix="delivery") as hands:
            for _ in range(ROUNDS):
                if self._leaving.is_set():
                    break
                parcels = self._outbox.claim(self._workspace, MOST)
                if not parcels:
                    break
                list(hands.map(self._carry, parcels))
                sent += len(parcels)
        return sent

    def _carry(self, parcel: Parcel) -> None:
        """Send one message and note what came of it. What cannot be noted is left: when the lease
        is over, somebody looks whether it arrived.
        """
        try:
            self._send(parcel)
        except Exception as error:
            meters.count(meters.Counted.MESSAGES, "failed")
            log.error("delivery_failed", key=parcel.key, **observe.fault(error))

    def _send(self, parcel: Parcel) -> None:
        if not self._outbox.is_in_hand(parcel):
            self._outbox.hand_back(parcel)
            return
        try:
            posted = self._brought(parcel)
        except NotNow as error:
            self._put_off(parcel, error)
        except Never as error:
            self._give_up(parcel, error.why, refused=True, unknown=parcel.is_uncertain)
        else:
            self._outbox.sent(parcel, posted.ts, posted.channel)
            meters.count(meters.Counted.MESSAGES, "sent")
            log.debug("message_sent", key=parcel.key)

    def _brought(self, parcel: Parcel) -> Posted:
        if parcel.is_orphan:
            raise Never("the message above it was never posted")
        self._look_at(parcel)
        if parcel.file:
            return self._shared(parcel)
        message = Message(parcel.text, list(parcel.blocks))
        if parcel.ts and parcel.posted_in:
            return self._posting.edit(parcel.key, parcel.posted_in, parcel.ts, message)
        if parcel.is_uncertain:
            if found := self._found(parcel):
                # What stands there may be older than what is wanted now.
                return self._posting.edit(parcel.key, found.channel, found.ts, message)
            if not self._outbox.begin_anew(parcel):
                raise NotNow("somebody else sends it", unknown=True)
        return self._posting.post(parcel.key, parcel.channel, message, parcel.thread_ts)

    def _shared(self, parcel: Parcel) -> Posted:
        """Share a file in the thread of its message."""
        thread = parcel.thread_ts or ""
        if parcel.is_uncertain:
            if found := self._found(parcel):
                return found
            if not self._outbox.begin_anew(parcel):
                raise NotNow("somebody else sends it", unknown=True)
        content = self._outbox.content(parcel)
        if content is None:
            raise Never("its file is gone")
        file = File(parcel.file, parcel.text, content)
        return self._posting.share(
            file, parcel.above, thread, lambda: self._outbox.is_in_hand(parcel)
        )

    def _found(self, parcel: Parcel) -> Posted | None:
        at = parcel.begun_at
        try:
            if parcel.file:
                thread = parcel.thread_ts or ""
                return self._posting.found_file(parcel.file, parcel.above, thread, at, LEASE)
            return self._posting.found(parcel.key, parcel.channel, parcel.thread_ts, at, LEASE)
        except Never as error:
            raise Never(f"perhaps posted: it cannot be looked for ({error.why})") from error

    def _look_at(self, parcel: Parcel) -> None:
        """Nothing is told where another organisation reads it, and what is private in channels that
        still are. For the latter a channel is looked at each time, for the former hourly.
        """
        channel = parcel.channel
        trusted = monotonic() < self._trusted.get(channel, 0.0) and not parcel.confidential
        if trusted or channel.startswith(("U", "W", "D")):
            return
        try:
            private, shared = self._posting.readers(channel)
        except Never as error:
            if error.why in OUT_OF_REACH and not parcel.confidential:
                return  # a private channel that Charter has left: Slack says so itself
            raise Never("the channel cannot be looked at") from error
        if shared:
            raise Never("the channel is shared with another organisation")
        if parcel.confidential and not private:
            raise Never("the channel is not private any more")
        self._trusted[channel] = monotonic() + TRUSTED_SECONDS

    def _put_off(self, parcel: Parcel, error: NotNow) -> None:
        # Slack asks to wait where it is there and busy: that is no reason to give up.
        counts = not error.wait
        unknown = error.unknown or parcel.is_uncertain
        if counts and parcel.tries + 1 >= MOST_TRIES:
            self._give_up(parcel, error.why, refused=False, unknown=unknown)
            return
        wait = min(error.wait or FIRST_WAIT * 2 ** min(parcel.tries, 10), LONGEST_WAIT)
        log.warning("message_waits", key=parcel.key, why=error.why, seconds=wait.total_seconds())
        self._outbox.later(parcel, wait, error.why, unknown=unknown, counts=counts)
        meters.count(meters.Counted.MESSAGES, "put off")

    def _give_up(self, parcel: Parcel, why: str, *, refused: bool, unknown: bool) -> None:
        log.error("message_given_up", key=parcel.key, why=why)
        self._outbox.give_up(parcel, why, refused=refused, unknown=unknown)
        meters.count(meters.Counted.MESSAGES, "given up")
