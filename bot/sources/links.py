"""Whether an address lies at a configured server: by its text alone, and strictly.

What is not recognised is never called, and what is recognised is not called either: sources build
their requests from the configured address and the names found in the link.
"""

import re
from dataclasses import dataclass, replace
from typing import Self

LONGEST = 2_000
PORTS = {"http": 80, "https": 443}

_ADDRESS = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>[a-z0-9._-]+|\[[0-9a-f:.]+\])"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[^?#]*)?"
    r"(?:\?(?P<query>[^#]*))?"
    r"(?:#(?P<fragment>.*))?",
    re.ASCII | re.IGNORECASE,
)
"""No user or password, no letters that only look like ASCII, nothing that a browser would mend."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What follows a server's address in a link; `path` begins with a slash or is empty."""

    path: str
    query: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Server:
    """Where a configured server is met: scheme, host, port, and the path it stands under."""

    scheme: str
    host: str
    port: int
    prefix: str

    @classmethod
    def at(cls, url: str) -> Self:
        """The server of a checked setting. Raises `ValueError` for what is no plain address."""
        parts = _ADDRESS.fullmatch(url)
        if parts is None:
            raise ValueError("no address of a server")
        scheme = parts["scheme"].lower()
        port = int(parts["port"]) if parts["port"] else PORTS[scheme]
        return cls(scheme, parts["host"].lower(), port, (parts["path"] or "").rstrip("/"))

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def root(self) -> "Server":
        """The same without the path."""
        return replace(self, prefix="")

    @property
    def url(self) -> str:
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}{self.prefix}"

    def rest(self, link: str) -> Rest | None:
        """What follows this server's address in a link; None where it leads elsewhere.

        A link that somebody typed without `https://` reaches us as one of plain http.
        """
        if len(link) > LONGEST or not link.isascii() or not link.isprintable():
            return None
        parts = _ADDRESS.fullmatch(link)
        if parts is None or any(odd in link for odd in ' \\"<>'):
            return None
        scheme = parts["scheme"].lower()
        port = int(parts["port"]) if parts["port"] else PORTS[scheme]
        same = (scheme, port) == (self.scheme, self.port)
        typed_bare = (scheme, port) == ("http", 80) and (self.scheme, self.port) == ("https", 443)
        path = parts["path"] or ""
        if parts["host"].lower() != self.host or not (same or typed_bare):
            return None
        if path != self.prefix and not path.startswith(self.prefix + "/"):
            return None
        return Rest(path.removeprefix(self.prefix), parts["query"] or "", parts["fragment"] or "")
