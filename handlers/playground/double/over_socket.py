"""Deliveries over Socket Mode: Slack's envelopes on a WebSocket that the app opens."""

import json
import logging
import threading
import uuid
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

from handlers.playground.double.check import Json
from handlers.playground.double.courier import Answer, Kind, Retry
from handlers.playground.double.tickets import Tickets

_log = logging.getLogger(__name__)


class _Waiting:
    """One envelope on its way and the acknowledgement it waits for, as long as the connection that
    it went by is there.
    """

    def __init__(self) -> None:
        self.over = threading.Event()
        self.acknowledged = False
        self.payload: Json | None = None
        self.connection: ServerConnection | None = None


class SocketServer:
    """Listens on 127.0.0.1 and hands each delivery to one of the connected sockets in turn."""

    def __init__(
        self,
        app_id: str,
        tickets: Tickets,
        changed: Callable[[], None],
    ) -> None:
        self._app_id = app_id
        self._tickets = tickets
        self._changed = changed
        self._lock = threading.Condition()
        self._connections: list[ServerConnection] = []
        # Those whose client may already think that it is connected.
        self._coming = 0
        self._turn = 0
        self._waiting: dict[str, _Waiting] = {}
        self._server: Server = serve(
            self._talk, "127.0.0.1", 0, process_request=self._admit, logger=_log
        )
        # Never over TLS: slack_sdk's own client speaks it on port 443 alone.
        self.url = f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}"
        threading.Thread(
            target=self._server.serve_forever, name="slack-sockets", daemon=True
        ).start()

    @property
    def connected(self) -> int:
        with self._lock:
            return len(self._connections) + self._coming

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        ticket = parse_qs(urlsplit(request.path).query).get("ticket", [""])[0]
        if not self._tickets.use_socket(ticket):
            return connection.respond(403, "invalid ticket")
        with self._lock:
            self._coming += 1
        return None

    def _talk(self, connection: ServerConnection) -> None:
        with self._lock:
            self._coming -= 1
            self._connections.append(connection)
            self._lock.notify_all()
            count = len(self._connections)
        self._changed()
        hello = {
            "type": "hello",
            "num_connections": count,
            "connection_info": {"app_id": self._app_id},
            "debug_info": {"host": "playground", "approximate_connection_time": 18060},
        }
        try:
            connection.send(json.dumps(hello))
            for text in connection:
                self._acknowledge(text)
        except ConnectionClosed:
            _log.debug("a socket was closed without a goodbye")
        finally:
            with self._lock:
                self._connections.remove(connection)
                self._lock.notify_all()
            for waiting in list(self._waiting.values()):
                if waiting.connection is connection:
                    waiting.over.set()
            self._changed()

    def _acknowledge(self, text: str | bytes) -> None:
        try:
            ack = json.loads(text)
            waiting = self._waiting.get(ack["envelope_id"])
        except (ValueError, TypeError, KeyError):
            _log.warning("an unreadable acknowledgement over Socket Mode")
            return
        if waiting is not None:
            payload = ack.get("payload")
            waiting.payload = payload if isinstance(payload, dict) else None
            waiting.acknowledged = True
            waiting.over.set()

    def send(self, kind: Kind, payload: Json, seconds: float, retry: Retry | None) -> Answer:
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope["retry_attempt"] = retry.number if retry else 0
            envelope["retry_reason"] = retry.reason if retry else ""
        waiting = self._waiting[envelope["envelope_id"]] = _Waiting()
        try:
            connection = self._next()
            if connection is None:
                return Answer(None, problem="connection_failed")
            waiting.connection = connection
            connection.send(json.dumps(envelope))
            in_time = waiting.over.wait(seconds)
            if waiting.acknowledged:
                return Answer(200, waiting.payload)
            return Answer(None, problem="connection_failed" if in_time else "http_timeout")
        except ConnectionClosed:
            return Answer(None, problem="connection_failed")
        finally:
            del self._waiting[envelope["envelope_id"]]

    def _next(self) -> ServerConnection | None:
        with self._lock:
            self._lock.wait_for(lambda: self._connections or not self._coming, timeout=1)
            if not self._connections:
                return None
            self._turn += 1
            return self._connections[self._turn % len(self._connections)]

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Asks every socket to leave and closes it, as Slack does from time to time."""
        leaving = self._all()
        for connection in leaving:
            connection.send(json.dumps({"type": "disconnect", "reason": reason}))
            connection.close()
        with self._lock:
            self._lock.wait_for(lambda: not set(leaving) & set(self._connections), timeout=2)

    def close(self) -> None:
        for connection in self._all():
            connection.close(1001, "going away")
        self._server.shutdown()

    def _all(self) -> list[ServerConnection]:
        with self._lock:
            self._lock.wait_for(lambda: not self._coming, timeout=1)
            return list(self._connections)
