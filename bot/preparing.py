"""Files that somebody waits for, each with the message that says that it is being made."""

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What is being made."""

    EXPORT = "export"
    OWN_DATA = "own-data"


@dataclass(frozen=True, slots=True)
class Preparation:
    """A file that is being made, and the message that says so, in a channel of a workspace."""

    workspace: int
    what: What
    channel: str
    ts: str
