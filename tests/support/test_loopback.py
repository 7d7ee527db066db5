"""The guard around the network."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from threading import Thread

import httpx
import pytest

from tests.support.loopback import OutsideConnectionError, is_loopback
from tests.support.tree import ROOT

SWALLOWS = """
import socket

def test_that_swallows_the_error():
    try:
        socket.create_connection(("192.0.2.9", 80), timeout=5)
    except Exception:
        pass
"""


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "::1", b"127.0.0.1", None])
def test_this_machine_is_inside(host: object) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.7", "0.0.0.0", "", "::", "slack.example", "localhost.x"])
def test_all_else_is_outside(host: object) -> None:
    assert not is_loopback(host)


def test_a_connection_inside_is_let_through() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        accepted, _ = server.accept()
        with accepted:
            client.sendall(b"hello")
            assert accepted.recv(5) == b"hello"


def test_a_connection_outside_is_refused(only_loopback: list[str]) -> None:
    with socket.socket() as client, pytest.raises(OutsideConnectionError, match=r"192\.0\.2\.7"):
        client.connect(("192.0.2.7", 80))
    assert only_loopback == ["socket.connect '192.0.2.7'"]
    only_loopback.clear()


def test_a_name_outside_is_not_even_looked_up(only_loopback: list[str]) -> None:
    with pytest.raises(OutsideConnectionError, match=r"slack\.example"):
        httpx.get("https://slack.example/api", timeout=5)
    assert only_loopback == ["socket.getaddrinfo 'slack.example'"]
    only_loopback.clear()


def test_servers_listen_on_loopback_only(only_loopback: list[str]) -> None:
    with socket.socket() as server, pytest.raises(OutsideConnectionError):
        server.bind(("0.0.0.0", 0))
    assert only_loopback == ["socket.bind '0.0.0.0'"]
    only_loopback.clear()


def test_a_swallowed_error_in_a_thread_is_remembered(only_loopback: list[str]) -> None:
    def careless() -> None:
        with socket.socket() as client:
            try:
                client.connect_ex(("192.0.2.8", 80))
            except OutsideConnectionError:
                return

    thread = Thread(target=careless)
    thread.start()
    thread.join(timeout=5)
    assert only_loopback == ["socket.connect '192.0.2.8'"]
    only_loopback.clear()


def test_the_test_that_swallows_the_error_fails(tmp_path: Path) -> None:
    (tmp_path / "test_careless.py").write_text(SWALLOWS, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.support.loopback", "."],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 1
    assert "reached outside this machine: socket.getaddrinfo '192.0.2.9'" in run.stdout
