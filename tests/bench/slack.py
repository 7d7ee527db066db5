"""The double in a process of its own: `python -m tests.bench.slack CERTIFICATE KEY PEOPLE
[CHANNELS]`.

It prints two addresses as JSON: its Web API over TLS, and a small control server, which makes
payloads ready to send and tells when the app's messages came in.
"""

import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from handlers.playground.double import Double, Tls, payloads, serving
from handlers.playground.double.over_http import encoded
from tests.bench.team import Team

Json = dict[str, Any]

THREAD = re.compile(rb'"thread_ts": ?"([0-9.]+)"')
POSTS = ("/api/chat.postMessage", "/hooks/")
WHISPER = "/api/chat.postEphemeral"
FILE_SHARED = "files.completeUploadExternal"
CHANNEL = "C0BENCH"


def storm_channel(number: int) -> str:
    """The id of one of many channels besides, in which nobody asks anything."""
    return f"C0STORM{number:04d}"


class Timed(Double):
    """A double that notes when a message came in (monotonic nanoseconds), and in which thread."""

    def __init__(self) -> None:
        super().__init__(lambda: datetime.now(UTC))
        self.arrivals: list[tuple[str, int]] = []
        self.whispered = 0
        self._arrived = threading.Condition()

    def wsgi(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Only what the double accepts counts, from the moment at which the request came in."""
        at = time.monotonic_ns()
        answer = list(super().wsgi(environ, start))
        if environ["PATH_INFO"] == WHISPER:
            with self._arrived:
                self.whispered += 1
        if environ["PATH_INFO"].startswith(POSTS) and answer[0].startswith(b'{"ok": true'):
            thread = THREAD.search(answer[0])
            with self._arrived:
                self.arrivals.append((thread[1].decode() if thread else "", at))
                self._arrived.notify_all()
        return answer

    def wait_for(self, count: int, seconds: float) -> None:
        """Until so many messages have come in, or time is up."""
        with self._arrived:
            self._arrived.wait_for(lambda: len(self.arrivals) >= count, timeout=seconds)


class Control:
    """What the benchmark asks of the double, as WSGI: a JSON object in, one out."""

    def __init__(self, double: Timed) -> None:
        self._double = double
        self._deeds: dict[str, Callable[[Json], Json]] = {
            "/commands": self._commands,
            "/mentions": self._mentions,
            "/arrivals": self._arrivals,
            "/said": self._said,
            "/files": self._files,
            "/whispers": self._whispers,
        }

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        size = int(environ.get("CONTENT_LENGTH") or 0)
        asked = json.loads(environ["wsgi.input"].read(size) or b"{}")
        body = json.dumps(self._deeds[environ["PATH_INFO"]](asked)).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start("200 OK", headers)
        return [body]

    def _commands(self, asked: Json) -> Json:
        """Slash commands with these texts, ready to be signed and sent."""
        return {"ready": [self._command(*pair) for pair in self._by_people(asked)]}

    def _command(self, user: str, text: str) -> Json:
        space = self._double.space
        place = space.channels[CHANNEL]
        fields = payloads.slash(space, space.users[user], place, "/charter", text)
        body, kind = encoded("slash_commands", fields)
        return {"body": body, "type": kind, "thread": ""}

    def _mentions(self, asked: Json) -> Json:
        """Messages with these texts that mention the app, written, and ready to be told to it."""
        return {"ready": [self._mention(*pair) for pair in self._by_people(asked)]}

    def _mention(self, user: str, text: str) -> Json:
        space = self._double.space
        message = space.post(CHANNEL, user, f"<@{space.app.bot_user_id}> {text}")
        event = payloads.said_event(space, "app_mention", message, space.users[user])
        body, kind = encoded("events_api", payloads.envelope(space, event))
        return {"body": body, "type": kind, "thread": message.ts}

    def _by_people(self, asked: Json) -> Iterator[tuple[str, str]]:
        """The texts, each with the person who says it, in turn."""
        askers = int(asked["askers"])
        return (
            (Team.slack_id(number % askers), text) for number, text in enumerate(asked["texts"])
        )

    def _arrivals(self, asked: Json) -> Json:
        """The messages that came in after the first `since`; waits until there are `count` more."""
        since = int(asked["since"])
        self._double.wait_for(since + int(asked.get("count", 0)), float(asked.get("seconds", 0)))
        return {"arrivals": self._double.arrivals[since:]}

    def _files(self, _asked: Json) -> Json:
        """How many files the app has shared."""
        shared = [call for call in self._double.calls if call.method == FILE_SHARED]
        return {"shared": len(shared)}

    def _whispers(self, _asked: Json) -> Json:
        """How often the app has told somebody something that nobody else sees."""
        return {"whispered": self._double.whispered}

    def _said(self, asked: Json) -> Json:
        """What the app said in a thread, and every fault that was found in what it sent."""
        messages = list(self._double.space.messages[CHANNEL].values())
        bot = self._double.app.bot_user_id
        said = [m.said for m in messages if m.user == bot and m.thread_ts == asked["thread"]]
        return {"said": said, "problems": self._double.problems}


def main(certificate: str, key: str, people: int, channels: int = 0) -> None:
    double = Timed()
    for number, name in enumerate(Team(1, people).members):
        double.add_user(Team.slack_id(number), name)
    double.add_channel("bench", id=CHANNEL)
    for number in range(channels):
        double.add_channel(f"storm-{number}", id=storm_channel(number))
    with double.serve(Tls(certificate, key)), serving(Control(double), threads=8) as control:
        print(json.dumps({"api": double.api_url, "control": control}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
