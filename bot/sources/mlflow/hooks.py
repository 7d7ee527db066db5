"""What MLflow says by itself of its model registry: a webhook tells that something moved, and the
registry is looked at anew.

MLflow signs as the Standard Webhooks do: the id of the delivery, when it was sent and the very
bytes of the body, so that none of the three can be another one.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bot.sources import reading

SIGNATURE: Final = re.compile(r"v1,[A-Za-z0-9+/]{43}=", re.ASCII)
DELIVERY: Final = re.compile(r"[0-9A-Za-z-]{1,64}", re.ASCII)
SENT: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
"""Seconds since 1970."""
TOLERANCE: Final = timedelta(minutes=5)
"""How far a delivery's time may lie from ours: what was said longer ago may be said by a stranger
who overheard it.
"""
_ALIAS: Final = "model_version_alias"
_OF_MODELS: Final = frozenset({"registered_model", "model_version", "model_version_tag", _ALIAS})


@dataclass(frozen=True, slots=True)
class Touched:
    """What a delivery is about: a model, and of one that got an `alias` which version has it."""

    model: str
    version: str = ""
    alias: str = ""


def is_signed(secret: str, delivery: str, sent: str, body: bytes, signature: str) -> bool:
    """Whether MLflow signed these very bytes with the secret, under this id and time."""
    if not (SIGNATURE.fullmatch(signature) and DELIVERY.fullmatch(delivery)):
        return False
    if not SENT.fullmatch(sent):
        return False
    signed = f"{delivery}.{sent}.".encode() + body
    made = base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest())
    return hmac.compare_digest(b"v1," + made, signature.encode())


def is_fresh(sent: str, now: datetime) -> bool:
    """Whether it was sent just now, whoever's clock goes a little wrong. `sent` was signed."""
    return abs(datetime.fromtimestamp(int(sent), UTC) - now) <= TOLERANCE


def touched(payload: Any) -> Touched | None:
    """What it is about; None where it is nothing that Charter looks at, such as a prompt."""
    told = reading.mapping(payload)
    entity = reading.text(told.get("entity")).lower()
    if entity not in _OF_MODELS:
        return None
    data = reading.mapping(told, "data")
    model, version = reading.text(data.get("name")), reading.text(data.get("version"))
    alias = reading.text(data.get("alias")) if entity == _ALIAS else ""
    return Touched(model, version if alias else "", alias)
