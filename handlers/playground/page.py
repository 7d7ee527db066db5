"""The playground's page: a browser's view of the double, for this machine only.

What the page's scripts ask for, all of it JSON; a refusal is `{"error": words for the person}`.

`GET /playground/api/state?as=PERSON&at=CHANNEL[&after=REVISION]`: what a person sees (snapshot.py);
with `after` the answer waits, up to 20 seconds, until there is more than at that revision. Besides
what was there from the beginning:

- `clock`: `{"now": ISO in UTC, "zone": the acting person's}`. It runs like a real clock from there.
- `people[]`: `zone`; `dm` (the channel between them and the app, "" before the first word) and
  `latest` in it. `channels[]`: `topic` and `member_ids`.
- `messages[].files[]`: `id`, `name`, `title`, `size` in bytes, `type` (MIME), `url` to download it
  as the acting person. A message that is only a file has an empty `text` and no blocks.
- `tries`: words for the composer that show what can be tried: `question`, `hand_over`, `standup`,
  `digest`, `pull_request`, `run`, `export`; some may be missing.

`POST /playground/api/DEED` with `as` and what the deed needs (deeds.py): say, act, react,
pick, submit, close, home, deactivate (for admins: `person`, and `back` to undo it), retry, and

- `clock`: `{"to": "2026-11-28T09:00:00+01:00"}` or `{"by": seconds}` moves the clock ahead through
  everything that is due until then, and answers `{"now": ISO}` once that is done: seconds, for a
  month perhaps a minute. What happens meanwhile reaches the page as state. Never backwards, and at
  most 31 days at once (400 with words).

Values of elements, in `act` and in `values` of a form, are text or a list of texts: an ISO date, a
time as HH:MM, a moment as seconds since 1970, an option's value, a person's or channel's id.

`GET /playground/files/FILE/NAME?as=PERSON`: a file, for those who see a message with it.

`POST /playground/files?to=ID`: a piece of a file that somebody attaches, as it is, up to 8 MB,
behind those that came to ID (none: the first); answers `{"id": ID}`. The deed `share` with `file`
(the ID), `name`, `at` and, if wanted, `text` and `thread` makes a message of it.
"""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from urllib.parse import parse_qs, quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from handlers.playground import guard, snapshot
from handlers.playground.answers import send, send_json
from handlers.playground.deeds import DEEDS, Deed
from handlers.playground.double import Double
from handlers.playground.uploads import PIECE, Uploads, sharing

WAIT_SECONDS = 20.0
SLACKS = ("/api/", "/hooks/", "/upload/", "/files-pri/")
"""Where the double answers as Slack does."""
POLLS = 6
"""Browsers that may wait for news at once; each holds a thread of the server."""
BODY_LIMIT = 200_000
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Around:
    """What a playground has besides the double: further deeds, neighbours by the beginning of
    their paths, and what to try.
    """

    deeds: Mapping[str, Deed] = field(default_factory=dict)
    neighbours: Mapping[str, WSGIApplication] = field(default_factory=dict)
    tries: Mapping[str, str] = field(default_factory=dict)


NOTHING = Around()


def wsgi(double: Double, bot: WSGIApplication, around: Around = NOTHING) -> WSGIApplication:
    """The page at `/`, the double where Slack's own servers would be, the bot behind all else.

    Serve it with at least 16 threads: the bot's own calls come back to the same server.
    """
    page = Page(double, around)

    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        refusal = guard.refusal(environ)
        if refusal:
            return send(start, 403, "text/plain; charset=utf-8", refusal.encode())
        path = environ["PATH_INFO"]
        if path == "/" or path.startswith("/playground/"):
            return page(environ, start)
        if path.startswith(SLACKS):
            return double.wsgi(environ, start)
        for beginning, neighbour in around.neighbours.items():
            if path.startswith(beginning):
                return neighbour(environ, start)
        return bot(environ, start)

    return app


class Page:
    """The page itself, its files and the JSON it lives on."""

    def __init__(self, double: Double, around: Around) -> None:
        self._double = double
        self._uploads = Uploads()
        self._deeds = {**DEEDS, "share": sharing(self._uploads), **around.deeds}
        self._tries = dict(around.tries)
        self._polls = threading.BoundedSemaphore(POLLS)
        self._files = _static_files()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if method == "GET" and path == "/playground/api/state":
            return send_json(start, 200, self._state(environ))
        if method == "GET" and path.startswith("/playground/files/"):
            return self._file(path.split("/")[3], environ, start)
        if method == "GET":
            name = "index.html" if path == "/" else path.removeprefix("/playground/static/")
            if name in self._files:
                suffix = name[name.rindex(".") :]
                return send(start, 200, KINDS[suffix], self._files[name])
            return send_json(start, 404, {"error": "There is no such page."})
        if method == "POST" and path == "/playground/files":
            return self._piece(environ, start)
        if method == "POST" and path.startswith("/playground/api/"):
            return self._deed(path.removeprefix("/playground/api/"), environ, start)
        return send_json(start, 405, {"error": "This address takes no such request."})

    def _state(self, environ: WSGIEnvironment) -> dict[str, Any]:
        """What the acting person sees; with `after`, once there is more than at that revision."""
        query = {key: values[0] for key, values in parse_qs(environ["QUERY_STRING"]).items()}
        space = self._double.space
        after = query.get("after", "")
        if after.isdigit() and self._polls.acquire(blocking=False):
            try:
                space.wait(lambda: space.over or space.revision > int(after), WAIT_SECONDS)
            finally:
                self._polls.release()
        seen = snapshot.of(self._double, query.get("as", ""), query.get("at", ""))
        return seen | {"tries": self._tries}

    def _file(self, id: str, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        who = parse_qs(environ["QUERY_STRING"]).get("as", [""])[0]
        file = snapshot.file_for(self._double, who, id)
        if file is None:
            return send_json(start, 404, {"error": "There is no such file for you."})
        name = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        return send(start, 200, file.mimetype, file.content, ("Content-Disposition", name))

    def _piece(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        to = parse_qs(environ["QUERY_STRING"]).get("to", [""])[0]
        size = int(environ.get("CONTENT_LENGTH") or 0)
        if size > PIECE:
            return send_json(start, 413, {"error": "This is too much at once."})
        try:
            id = self._uploads.take(to, environ["wsgi.input"].read(size))
        except (LookupError, ValueError) as error:
            return send_json(start, 400, {"error": str(error.args[0])})
        return send_json(start, 200, {"id": id})

    def _deed(self, name: str, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        deed = self._deeds.get(name)
        if deed is None:
            return send_json(start, 404, {"error": "The page knows no such deed."})
        size = int(environ.get("CONTENT_LENGTH") or 0)
        if size > BODY_LIMIT:
            return send_json(start, 413, {"error": "This is too long for the playground."})
        try:
            asked = json.loads(environ["wsgi.input"].read(size))
            return send_json(start, 200, deed(self._double, asked))
        except (LookupError, ValueError, TypeError) as error:
            words = error.args[0] if error.args else "This cannot be done."
            return send_json(start, 400, {"error": str(words)})


def _static_files() -> dict[str, bytes]:
    """Everything below `static/`, read once: nothing else can be asked for."""
    return dict(_below(files("handlers.playground") / "static", ""))


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for one in folder.iterdir():
        if one.is_file():
            yield path + one.name, one.read_bytes()
        else:
            yield from _below(one, f"{path}{one.name}/")
