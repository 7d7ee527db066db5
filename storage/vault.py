"""Tokens, sealed before they are stored: what the database and its backups hold opens nothing.

The first key seals, all of them open, so that a key can be replaced by one that is put before it.
"""

from collections.abc import Sequence
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Locked(Exception):
    """None of the keys opens it, or it is no seal of ours, or too old."""


def new_key() -> str:
    return Fernet.generate_key().decode()


class Vault:
    """Seals and opens texts. Raises `Locked` where it cannot open one."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = MultiFernet([Fernet(key) for key in keys])

    def sealed(self, text: str, now: datetime) -> str:
        return self._keys.encrypt_at_time(text.encode(), int(now.timestamp())).decode()

    def opened(self, sealed: str) -> str:
        try:
            return self._keys.decrypt(sealed).decode()
        except InvalidToken:
            raise Locked from None

    def opened_within(self, sealed: str, seconds: int, now: datetime) -> str:
        """What was sealed no longer ago than this."""
        try:
            return self._keys.decrypt_at_time(sealed, seconds, int(now.timestamp())).decode()
        except InvalidToken:
            raise Locked from None

    def anew(self, sealed: str) -> str:
        """The same, sealed with the first key."""
        try:
            return self._keys.rotate(sealed).decode()
        except InvalidToken:
            raise Locked from None
