"""A chart in words, for whoever cannot see it."""

from typing import Any


def charted(block: dict[str, Any]) -> list[str]:
    """Its title, and the numbers of each series with their labels."""
    series = block["chart"]["series"]
    told = [
        (one["name"], ", ".join(f"{at['label']} {at['value']:g}" for at in one["data"]))
        for one in series
    ]
    if len(told) == 1:
        return [f"{block['title']}: {told[0][1]}"]
    return [block["title"], *(f"• {name}: {values}" for name, values in told)]
