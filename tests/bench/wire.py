"""A small HTTP client over connections that are kept, for many requests at once."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any
from urllib.parse import urlsplit

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Wire:
    """One server's address, and the connections to it that are open and idle."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port, self._path = parts.hostname, parts.port, parts.path
        self._idle: list[Stream] = []

    async def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body of the answer. Raises `OSError` or `asyncio.IncompleteReadError`."""
        stream = self._idle.pop() if self._idle else await self._open()
        said = {"Host": f"{self._host}:{self._port}", "Content-Length": str(len(body)), **headers}
        lines = [f"POST {self._path}{path} HTTP/1.1", *(f"{k}: {v}" for k, v in said.items())]
        reader, writer = stream
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        status, length, kept = _head(await reader.readuntil(b"\r\n\r\n"))
        answer = await reader.readexactly(length)
        if kept:
            self._idle.append(stream)
        else:
            writer.close()
        return status, answer

    async def ask(self, path: str, **words: Any) -> Any:
        """What a JSON server answers to these words."""
        head = {"Content-Type": "application/json"}
        status, answer = await self.post(path, json.dumps(words).encode(), head)
        if status != 200:
            raise OSError(f"{path} was answered {status}: {answer[:300]!r}")
        return json.loads(answer)

    async def _open(self) -> Stream:
        return await asyncio.open_connection(self._host, self._port)

    def close(self) -> None:
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()


class Turns:
    """Several servers of the same, which are asked in turn."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._wires = [Wire(url) for url in urls]
        self._next = cycle(self._wires)

    async def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        return await next(self._next).post(path, body, headers)

    def close(self) -> None:
        for wire in self._wires:
            wire.close()


def _head(head: bytes) -> tuple[int, int, bool]:
    """Status, length of the body, and whether the connection stays, of an answer's head."""
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = {
        name.strip().lower(): value.strip()
        for name, separator, value in (line.partition(":") for line in lines)
        if separator
    }
    kept = fields.get("connection", "").lower() != "close"
    return int(first.split(" ")[1]), int(fields["content-length"]), kept
