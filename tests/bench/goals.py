"""The goals, and whether what was measured meets them. Ratios, since times are the machine's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.talking import Load, Measured

STOCK, BARE, SMALL, LARGE = "stock", "bare", "charter-small", "charter-large"
"""The names of the programs: (a), (b), and Charter with two sizes of workspace."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio that may be at most `limit`."""

    what: str
    ratio: float
    limit: float

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.limit


def goals(measured: Mapping[str, Measured]) -> list[Goal]:
    stock, bare = measured[STOCK], measured[BARE]
    small, large = measured[SMALL], measured[LARGE]
    slower = max(median(small.ack), median(large.ack))
    return [
        Goal("slash command → ack, × (b)", slower / median(bare.ack), 1.2),
        Goal("mention → answer posted, × (b)", median(small.answer) / median(bare.answer), 3),
        Goal(
            "the same with the large workspace, × the small one",
            median(large.answer) / median(small.answer),
            1.3,
        ),
        Goal(
            "CPU per request under load, × (a)",
            max(cpu_each(small.loads), cpu_each(large.loads)) / cpu_each(stock.loads),
            0.3,
        ),
    ]


def cpu_each(loads: Sequence[Load]) -> float:
    """Seconds of CPU for each request that was answered, in the median stretch."""
    return median(load.cpu / max(1, load.answered) for load in loads)
