"""How much is measured: the real thing, and a small round that only shows that measuring works."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Numbers of projects, people, rounds and repetitions; times in seconds.

    `small` and `large` are the two workspaces; a round asks every program `each` times, one after
    another. `rate` is in requests a second, for `seconds`, `loads` times for every program.
    """

    small: int
    large: int
    people: int
    askers: int
    rounds: int
    each: int
    rate: int
    seconds: float
    loads: int
    drain: float
    starts: int
    writes: int
    rebuilds: int
    questions: int

    @property
    def is_quick(self) -> bool:
        return self.small < 100


FULL = Size(
    small=200,
    large=10_000,
    people=500,
    askers=20,
    rounds=12,
    each=20,
    rate=100,
    seconds=10,
    loads=2,
    drain=90,
    starts=3,
    writes=200,
    rebuilds=50,
    questions=300,
)

QUICK = Size(
    small=6,
    large=12,
    people=30,
    askers=4,
    rounds=1,
    each=2,
    rate=20,
    seconds=0.5,
    loads=1,
    drain=20,
    starts=1,
    writes=4,
    rebuilds=2,
    questions=4,
)
