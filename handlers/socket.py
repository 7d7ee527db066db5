"""Charter over Socket Mode: Slack's payloads over a WebSocket that Charter opens.

slack_sdk reconnects by itself. What it cannot mend, such as a network that swallows everything,
the watchdog turns into an exit code, so that whoever runs Charter starts it anew.
"""

import contextlib
import signal
import threading
import time
from collections.abc import Callable
from socket import SHUT_RDWR
from types import FrameType
from typing import Any

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.errors import Unavailable
from handlers import meters, observe
from handlers.leaving import Leaving
from handlers.pools import THREADS
from handlers.slack import SlackClient, refused_token

SILENCE = 60.0
"""Seconds without a sign of life from Slack after which Charter gives up."""

LOST = 75
"""The exit code of a connection that was lost for good."""

log = structlog.get_logger("charter.socket")


class Socket:
    """A connection to Slack, watched. `silence` and `ping` are seconds."""

    def __init__(
        self,
        bolt: App,
        app_token: str,
        client: SlackClient,
        *,
        silence: float = SILENCE,
        ping: float = 10.0,
    ) -> None:
        self._handler = SocketModeHandler(
            bolt,
            app_token,
            web_client=client,
            ping_interval=ping,
            concurrency=THREADS,
        )
        heard = self._handler.client.socket_mode_request_listeners
        heard[:] = [_timed(one) for one in heard]
        self._silence = silence
        self._look = min(ping, silence) / 4
        self._leaving = threading.Event()
        self._pong: float | None = None
        self._heard = time.monotonic()

    def connect(self) -> None:
        """Open the connection.

        Raises `BadSettings` where Slack refuses the token, `Unavailable("Slack")` where it is away.
        """
        try:
            self._handler.connect()
        except SlackApiError as error:
            self._handler.close()
            raise refused_token("SLACK_APP_TOKEN", error) from error
        except Exception as error:
            self._handler.close()
            raise Unavailable("Slack") from error
        self._heard = time.monotonic()

    def watch(self) -> int:
        """Wait until `leave` is called (0) or Slack has been silent for too long (`LOST`)."""
        while not self._leaving.wait(self._look):
            if self._quiet_for() > self._silence:
                log.error("connection_lost", seconds=round(self._quiet_for()))
                return LOST
        return 0

    def _quiet_for(self) -> float:
        """Seconds since the last new pong, of whichever of the connections it was."""
        session = self._handler.client.current_session
        pong = session.last_ping_pong_time if session else None
        if pong is not None and pong != self._pong:
            self._pong = pong
            self._heard = time.monotonic()
        return time.monotonic() - self._heard

    def leave(self) -> None:
        self._leaving.set()

    def close(self) -> None:
        """Take no more payloads; those in hand are finished."""
        client = self._handler.client
        client.auto_reconnect_enabled = False
        client.current_session_state.terminated = True
        session = client.current_session
        if session and session.sock:
            with contextlib.suppress(OSError):  # gone already
                # slack_sdk would wait for the end of a read, up to three seconds.
                session.sock.shutdown(SHUT_RDWR)
        # Who waits for the next payload would wait on, for up to a second: nothing wakes them.
        client.closed = True
        client.message_queue.put(None)
        self._handler.close()


Hears = Callable[..., None]


def _timed(hears: Hears) -> Hears:
    """The same, telling how long each acknowledgement took."""

    def heard(client: Any, request: SocketModeRequest) -> None:
        began = time.perf_counter()
        hears(client, request)
        kind = observe.kind(request.payload)
        meters.took(meters.Timed.ACKS, time.perf_counter() - began, "socket", kind)

    return heard


def serve(socket: Socket, leaving: Leaving, stopped: Callable[[], None]) -> int:
    """Serve until SIGTERM, SIGINT or a lost connection; then call `stopped`. Gives the exit code.

    Must run in the main thread, which alone hears signals.
    """

    def leave(number: int, frame: FrameType | None) -> None:
        if leaving.asked():
            socket.leave()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    socket.connect()
    log.info("connected")
    code = socket.watch()
    log.info("stopping", code=code)
    socket.close()
    stopped()
    return code
