"""A guard around the network: tests reach this machine and nothing else.

Python reports every connection to audit hooks, whichever library makes it, in whichever thread.
What is not Python is beyond it: libpq, Chromium and subprocesses are given loopback addresses only.
"""

import ipaddress
import socket
import sys
from collections.abc import Iterator

import pytest

_seen: list[str] = []
_installed = False


class OutsideConnectionError(RuntimeError):
    """A test reached for an address that is not on this machine."""


def is_loopback(host: object) -> bool:
    """Whether a host, as sockets take it, is this machine by name or by number."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str):
        return host is None
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.bind", "socket.sendto"}:
        listener, address = arguments[0], arguments[1]
        if getattr(listener, "family", None) not in {socket.AF_INET, socket.AF_INET6}:
            return
        host = address[0] if isinstance(address, tuple) and address else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not is_loopback(host):
        _seen.append(f"{event} {host!r}")
        raise OutsideConnectionError(f"{event} {host!r}: tests may only reach loopback addresses")


def pytest_configure() -> None:
    """Install the hook, once: audit hooks stay for the life of the process."""
    global _installed  # noqa: PLW0603 - the process has one list of hooks, and so one flag
    if not _installed:
        sys.addaudithook(_audit)
        _installed = True


@pytest.fixture(autouse=True)
def only_loopback() -> Iterator[list[str]]:
    """Fail the test in whose time something reached outside, even if the code caught the error."""
    _seen.clear()
    yield _seen
    assert not _seen, f"reached outside this machine: {', '.join(_seen)}"
