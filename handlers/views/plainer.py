"""Blocks for a Slack that does not know them yet."""

from typing import Any

from handlers.views.charts import drawn_in_text
from handlers.views.kit import Block
from handlers.views.rating import unrated


def plainer(block: Block) -> Block:
    """The same block for a Slack that knows no table to sort: one that is only read; for one that
    knows no control to rate with: plain buttons; for one that draws no charts: one of letters.
    """
    if block["type"] == "data_visualization":
        return drawn_in_text(block)
    if block["type"] == "context_actions":
        return unrated(block)
    if block["type"] != "data_table":
        return block
    rows = [[_plainer(cell) for cell in row] for row in block["rows"]]
    settings = [{"is_wrapped": True} for _ in rows[0]]
    return {"type": "table", "column_settings": settings, "rows": rows}


def _plainer(cell: dict[str, Any]) -> dict[str, Any]:
    return {"type": "raw_text", "text": cell["text"]} if "text" in cell else cell
