"""All that a run measured, and the same as JSON."""

import json
from dataclasses import asdict, dataclass

from tests.bench.sizes import Size
from tests.bench.stores import Built
from tests.bench.talking import Measured


@dataclass(frozen=True, slots=True)
class Results:
    """By program; by database without Slack; by part; the workspaces built; and roots of the trust

    store.
    """

    size: Size
    programs: dict[str, Measured]
    memories: dict[str, dict[str, list[float]]]
    parts: dict[str, dict[str, list[float]]]
    built: dict[str, Built]
    roots: int

    def as_json(self) -> str:
        """Every single number, in seconds and megabytes."""
        return json.dumps(asdict(self), indent=1, default=str)
