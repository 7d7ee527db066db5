"""What every entry of a workspace document is."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

STRICT = ConfigDict(extra="forbid", strict=True)


class Entry(BaseModel):
    """`extras` are the keys that stand in a written document only where they say something."""

    model_config = STRICT | ConfigDict(frozen=True)
    extras: ClassVar[frozenset[str]] = frozenset()
