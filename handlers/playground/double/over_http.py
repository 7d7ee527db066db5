"""Deliveries as signed HTTP requests."""

import hashlib
import hmac
import http.client
import json
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from handlers.playground.double.check import Json
from handlers.playground.double.courier import Answer, Kind, Retry


def signed(secret: str, body: str, timestamp: int) -> dict[str, str]:
    """The headers that prove a request to be Slack's; `timestamp` in seconds since 1970."""
    base = f"v0:{timestamp}:{body}".encode()
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}


def encoded(kind: Kind, payload: Json) -> tuple[str, str]:
    """Body and content type as Slack sends each kind."""
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


class OverHttp:
    """Posts to the app's address, each request over a connection of its own."""

    def __init__(
        self, address: Callable[[], str], secret: Callable[[], str], wall: Callable[[], float]
    ) -> None:
        self._address = address
        self._secret = secret
        self._wall = wall

    def send(self, kind: Kind, payload: Json, seconds: float, retry: Retry | None) -> Answer:
        body, content_type = encoded(kind, payload)
        headers = signed(self._secret(), body, int(self._wall()))
        headers |= {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (playground)"}
        if retry is not None:
            headers |= {
                "X-Slack-Retry-Num": str(retry.number),
                "X-Slack-Retry-Reason": retry.reason,
            }
        return self._post(body, headers, seconds)

    def _post(self, body: str, headers: dict[str, str], seconds: float) -> Answer:
        url = urlsplit(self._address())
        connection = http.client.HTTPConnection(url.hostname or "", url.port, timeout=seconds)
        try:
            connection.request("POST", url.path, body.encode(), headers)
            response = connection.getresponse()
            return Answer(response.status, _read(response))
        except TimeoutError:
            return Answer(None, problem="http_timeout")
        except (OSError, http.client.HTTPException):
            return Answer(None, problem="connection_failed")
        finally:
            connection.close()


def _read(response: http.client.HTTPResponse) -> Json | str | None:
    text = response.read().decode()
    if not text:
        return None
    if response.headers.get_content_type() != "application/json":
        return text
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return found if isinstance(found, dict) else text
