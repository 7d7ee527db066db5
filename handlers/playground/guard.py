"""Keeps the playground to this machine: no other host name, no request from another site."""

import ipaddress
from urllib.parse import urlsplit
from wsgiref.types import WSGIEnvironment


def is_loopback(host: str) -> bool:
    """Whether a Host header (a name or address, perhaps with a port) means this machine."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def refusal(environ: WSGIEnvironment) -> str:
    """Why a request is refused, or "".

    A page elsewhere can point a name of its own at this machine (DNS rebinding), and can send
    forms across sites: so the Host has to be this machine's, and an Origin has to be the same.
    """
    host = environ.get("HTTP_HOST", "")
    if not is_loopback(host):
        return "The playground answers on this machine only: open it as http://127.0.0.1."
    origin = environ.get("HTTP_ORIGIN")
    if origin is not None and urlsplit(origin).netloc != host:
        return "The playground takes no requests from other sites."
    if environ.get("HTTP_SEC_FETCH_SITE") in ("cross-site", "same-site") and (
        environ["REQUEST_METHOD"] != "GET" or environ["PATH_INFO"] != "/"
    ):
        return "The playground takes no requests from other sites."
    return ""
