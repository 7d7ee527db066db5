"""The ten statements that a company's morning runs most often find their rows by an index."""

import pytest

from tests.company.hottest import MOST, Plotted, of_a_morning

FEW = {"workspaces"}
"""Tables of which a company has a row or two."""


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_hottest_statements_look_at_no_large_table_from_end_to_end(database_url: str) -> None:
    hottest = of_a_morning(database_url)
    assert len(hottest) == MOST
    assert hottest[0].count > 100
    assert {one.statement: one.steps for one in hottest if one.scanned - FEW} == {}


def test_a_table_that_is_looked_at_from_end_to_end_is_noticed() -> None:
    sqlite = Plotted(
        "SELECT id FROM items", 1, ("SCAN items", "SEARCH people USING INDEX ix_a (b=?)")
    )
    assert (sqlite.scanned, sqlite.indexes) == ({"items"}, "INDEX ix_a")
    postgres = Plotted(
        "SELECT id FROM items", 1, ("Nested Loop", "->  Seq Scan on items  (cost=0)")
    )
    assert postgres.scanned == {"items"}
