"""How Charter introduces itself to a server."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Credentials(Protocol):
    """Who asks. Thread-safe."""

    @property
    def scope(self) -> str:
        """What tells those who see different things apart, and tells no secret: what one was
        answered is never given to another.
        """

    def headers(self) -> Mapping[str, str]:
        """What every request carries. May ask for a token first, and raise `Failed`."""

    def refused(self, headers: Mapping[str, str]) -> bool:
        """The server does not take these (any more); whether others may be had."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same headers with every request, such as a token that somebody set."""

    fixed: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def scope(self) -> str:
        return hashlib.sha256(self.fixed.get("Authorization", "").encode()).hexdigest()

    def headers(self) -> Mapping[str, str]:
        return self.fixed

    def refused(self, headers: Mapping[str, str]) -> bool:
        return False


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def basic(user: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{user}:{password}".encode()).decode()}
