"""`pytest --brief`, which `make test` asks for: all but what takes longest.

What is marked `long` is left out, and use cases run on one of the two databases, by turns: of two
tests that differ in nothing else, a number made of their name chooses one, every fourth time that
on PostgreSQL, which takes twice as long. What belongs to the database itself, in tests/storage,
runs on both. `make thorough` leaves out nothing.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest

TURNS = ("sqlite", "sqlite", "sqlite", "postgresql")
ON_BOTH = ("tests/storage/", "tests/support/")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--brief", action="store_true", help="all but what takes longest")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("brief"):
        return
    chosen = set(by_turns(item.nodeid for item in items))
    kept = [one for one in items if one.nodeid in chosen and not one.get_closest_marker("long")]
    there = set(kept)
    config.hook.pytest_deselected(items=[one for one in items if one not in there])
    items[:] = kept


def by_turns(names: Iterable[str]) -> Iterator[str]:
    """Of tests that are there for both databases, those of one; all others."""
    twins: dict[str, list[str]] = defaultdict(list)
    for name in names:
        twins[_without_database(name)].append(name)
    for plain, same in twins.items():
        if len(same) == len(set(TURNS)) and not plain.startswith(ON_BOTH):
            turn = TURNS[zlib.crc32(plain.encode()) % len(TURNS)]
            yield from (name for name in same if turn in _parameters(name))
        else:
            yield from same


def _without_database(name: str) -> str:
    """The name of a test with a blank where its database stands among its parameters."""
    told = ("" if word in TURNS else word for word in _parameters(name))
    return name.partition("[")[0] + "[" + "-".join(told)


def _parameters(name: str) -> list[str]:
    return name.partition("[")[2].removesuffix("]").split("-")
