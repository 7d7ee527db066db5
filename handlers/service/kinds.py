"""The kinds of schedules that people wait for; by these names they stand in the database."""

from typing import Final

DIGEST: Final = "digest"
OWN_DIGEST: Final = "own_digest"
BRIEF: Final = "brief"
EXPORT: Final = "export"
REMINDER: Final = "standup_remind"
