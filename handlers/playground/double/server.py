"""Serving a WSGI app on a free port of 127.0.0.1, for as long as a block lasts."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.server import create_server


@dataclass(frozen=True, slots=True)
class Tls:
    """Paths of a certificate chain and its key, both in PEM."""

    certificate: str
    key: str


@contextmanager
def serving(app: WSGIApplication, *, tls: Tls | None = None, threads: int = 32) -> Iterator[str]:
    """Serves `app` and gives its base URL, without a slash at the end."""
    with _over_tls(app, tls, threads) if tls else _plainly(app, threads) as url:
        yield url


@contextmanager
def _plainly(app: WSGIApplication, threads: int) -> Iterator[str]:
    # A map of its own, so that several servers can live and end side by side.
    open_sockets: dict[int, Any] = {}
    server: Any = create_server(app, map=open_sockets, host="127.0.0.1", port=0, threads=threads)
    over = threading.Event()
    closing = threading.Lock()

    def run() -> None:
        while not over.is_set():
            wasyncore.loop(timeout=1, map=open_sockets, count=1)
        with closing:
            wasyncore.close_all(open_sockets, ignore_all=True)

    runner = threading.Thread(target=run, name="wsgi-server", daemon=True)
    runner.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        with closing:  # so that the loop is woken while there still is one
            over.set()
            server.pull_trigger()
        runner.join(timeout=5)
        server.task_dispatcher.shutdown()


@contextmanager
def _over_tls(app: WSGIApplication, tls: Tls, threads: int) -> Iterator[str]:
    # Waitress speaks no TLS; cheroot does, and is asked for only here.
    from cheroot.ssl.builtin import BuiltinSSLAdapter
    from cheroot.wsgi import Server

    server = Server(("127.0.0.1", 0), app, numthreads=threads)
    server.ssl_adapter = BuiltinSSLAdapter(tls.certificate, tls.key)
    server.prepare()
    runner = threading.Thread(target=server.serve, name="wsgi-server", daemon=True)
    runner.start()
    try:
        yield f"https://127.0.0.1:{server.bind_addr[1]}"
    finally:
        server.stop()
        runner.join(timeout=5)
