"""Files that somebody shared: read over the connections that Charter has, with a bound."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError

from bot.errors import Refused, Unavailable, Why
from handlers.slack import Slack
from handlers.slack.told import reaching

FILE_HOST = "files.slack.com"
GONE = frozenset({"file_not_found", "file_deleted", "not_visible"})


def looked_up(slack: Slack, file: str) -> Mapping[str, Any]:
    """What Slack says of a file (files.info). `Refused` where it is gone or not for Charter, and
    where Charter was installed before it asked to read files.
    """
    with reaching():
        try:
            told: Mapping[str, Any] = slack.client.files_info(file=file)["file"]
        except SlackApiError as error:
            reason = error.response["error"]
            if reason == "missing_scope":
                raise Refused(Why.NO_FILES_READ) from error
            if reason in GONE:
                raise Refused(Why.FILE_UNREAD, {"name": "the file"}) from error
            raise
    return told


def downloaded(slack: Slack, file: Mapping[str, Any], most: int) -> bytes:
    """A file's content. `Refused` for one of more than `most` bytes, before any of it is read, and
    where Slack does not give it to Charter.

    The token goes to Slack's own file host alone, whatever address stands in the file.
    """
    name = str(file.get("name") or "")
    address = str(file.get("url_private_download") or file.get("url_private") or "")
    if int(file.get("size") or 0) > most:
        raise Refused(Why.FILE_LARGE, {"name": name, "size": f"{most // 1_000_000} MB"})
    if not _is_slacks(address, slack.client.base_url):
        raise Refused(Why.FILE_UNREAD, {"name": name})
    found = bytearray()
    with reaching():
        head = {"Authorization": f"Bearer {slack.client.token}"}
        with slack.client.http.stream("GET", address, headers=head) as reply:
            if reply.status_code >= 500:
                raise Unavailable("Slack")
            # Without leave, Slack shows the page where people sign in.
            if not reply.is_success or "text/html" in reply.headers.get("content-type", ""):
                raise Refused(Why.FILE_UNREAD, {"name": name})
            for piece in reply.iter_bytes():
                found += piece
                if len(found) > most:
                    facts = {"name": name, "size": f"{most // 1_000_000} MB"}
                    raise Refused(Why.FILE_LARGE, facts)
    return bytes(found)


def _is_slacks(address: str, api: str) -> bool:
    parts, own = urlsplit(address), urlsplit(api)
    if (parts.scheme, parts.netloc) == ("https", FILE_HOST):
        return True
    return own.hostname != "slack.com" and (parts.scheme, parts.netloc) == (own.scheme, own.netloc)
