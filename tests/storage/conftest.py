"""A world to write to, in each database."""

from collections.abc import Iterator

import pytest

from tests.storage.support import World, open_world


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with open_world(database_url) as made:
        yield made
