"""Files that people attach to messages: they come in pieces, and are then shared."""

import re
import secrets
import threading

from handlers.playground.deeds import Asked, Deed, Told
from handlers.playground.double import Double

LARGEST = 20_000_000
PIECE = 8_000_000
"""How much of a file comes at once: the server takes no longer bodies than a bot needs."""
UNFINISHED = 4
"""Files that may be on their way at once; the oldest gives way."""
LONGEST_NAME = 255


class Uploads:
    """What has come of files that nobody has shared yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._come: dict[str, bytes] = {}

    def take(self, id: str, piece: bytes) -> str:
        """Puts a piece behind what has come of a file; "" begins one. Gives the file's id."""
        with self._lock:
            content = (self._taken(id) if id else b"") + piece
            if len(content) > LARGEST:
                raise ValueError(f"A file may have up to {LARGEST // 1_000_000} MB.")
            kept = id or secrets.token_urlsafe(18)
            self._come[kept] = content
            if len(self._come) > UNFINISHED:
                del self._come[next(iter(self._come))]
            return kept

    def whole(self, id: str) -> bytes:
        """A file that has come, once. Raises LookupError, ValueError."""
        with self._lock:
            content = self._taken(id)
        if not content:
            raise ValueError("There is nothing in this file.")
        return content

    def _taken(self, id: str) -> bytes:
        if id not in self._come:
            raise LookupError("This file has not come: attach it again.")
        return self._come.pop(id)


def sharing(uploads: Uploads) -> Deed:
    """Writes a message with a file that has come, and perhaps words beside it."""

    def share(double: Double, asked: Asked) -> Told:
        text = str(asked.get("text") or "").strip()
        if text.startswith("/"):
            raise ValueError("A command takes no file: send one after the other.")
        who = double.person(str(asked["as"]))
        name, content = safe(str(asked["name"])), uploads.whole(str(asked["file"]))
        thread = asked.get("thread")
        who.shares(name, content, text, str(asked["at"]), str(thread) if thread else None)
        return {}

    return share


def safe(name: str) -> str:
    """A file's name without folders and without what cannot be seen; its ending stays."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    stem, dot, ending = seen.rpartition(".")
    if len(seen) <= LONGEST_NAME:
        return seen or "file"
    room = LONGEST_NAME - len(dot + ending)
    return stem[:room] + dot + ending if room > 0 else seen[:LONGEST_NAME]
