"""`app.py rotate-keys`: what is sealed with an old key is sealed with the new one."""

import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.settings import Settings
from handlers.service.facts import FactsCache
from handlers.service.installations import Installations, Locked, Vault

DONE, FAILED, INVALID = 0, 1, 2


def rotate(settings: Settings, database: Any, clock: Callable[[], datetime]) -> int:
    """Seal all tokens with the first key: all of them, or none where a key is missing."""
    keys = settings.secret_keys()
    if not keys:
        return _told(
            "CHARTER_SECRET_KEYS is not set: name the new key, then the old ones.", INVALID
        )
    try:
        many = Installations(database, clock, FactsCache(), Vault(keys)).seal_anew()
    except Locked:
        words = "None of CHARTER_SECRET_KEYS opens what is kept: name the old key too."
        return _told(f"{words} Nothing was changed.", FAILED)
    print(f"{many} installation{'' if many == 1 else 's'} sealed with the first key")
    return DONE


def _told(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
