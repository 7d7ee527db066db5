"""What options may be: moments, addresses, and what a file's words mean."""

import argparse
from datetime import UTC, datetime
from urllib.parse import urlsplit


def moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no moment such as 2026-11-23T10:00:00Z"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def meaning(text: str) -> tuple[str, str]:
    head, is_said, meaning = text.rpartition("=")
    if not is_said:
        raise argparse.ArgumentTypeError(f"{text!r} is nothing such as “Owner=R”")
    return head, meaning


def meant(text: str) -> tuple[str, str]:
    name, _, who = (part.strip() for part in text.rpartition("="))
    if not name or not who:
        raise argparse.ArgumentTypeError(f"{text!r} is nothing such as “Zoe=Bea Lind”")
    return name, who


def address(text: str) -> str:
    """What Slack takes for an address of ours; it calls no other scheme."""
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no address such as https://charter.example.org"
        )
    return text
