"""What Slack accepts as a chart."""

import math
from typing import Any

from handlers.playground.double.check import (
    Check,
    Json,
    Report,
    by_type,
    items,
    number,
    shape,
    string,
)

MOST_IN_A_MESSAGE = 2


def _finite(report: Report, value: Any, at: str) -> None:
    before = len(report.errors)
    number(report, value, at)
    if len(report.errors) == before and not math.isfinite(value):
        report.add("must be a number", at)


def _labels_match(report: Report, chart: Json, at: str) -> None:
    """Each series has one value for each category, in whatever order."""
    categories = chart["axis_config"]["categories"]
    if len(set(categories)) != len(categories):
        report.add("categories must be unique", f"{at}/axis_config/categories")
    names = [series["name"] for series in chart["series"]]
    if len(set(names)) != len(names):
        report.add("series names must be unique", f"{at}/series")
    for index, series in enumerate(chart["series"]):
        if sorted(point["label"] for point in series["data"]) != sorted(categories):
            report.add("labels must match the categories", f"{at}/series/{index}/data")


_label = string(20)
_point = shape({"label": _label, "value": _finite}, {})
_series = shape({"name": _label, "data": items(_point, 1, 20)}, {})
_axes = shape({"categories": items(_label, 1, 20)}, {"x_label": string(50), "y_label": string(50)})
_segments = items(shape({"label": _label, "value": _finite}, {}), 1, 6)
_over_axes = {
    kind: shape(
        {"series": items(_series, 1, 6), "axis_config": _axes}, {}, _labels_match, kind=kind
    )
    for kind in ("bar", "line", "area")
}
_charts = {"pie": shape({"segments": _segments}, {}, kind="pie"), **_over_axes}


def chart(**more: Check) -> Check:
    """Numbers as a pie, bars, an area or lines."""
    return shape(
        {"title": string(50), "chart": by_type(_charts)}, dict(more), kind="data_visualization"
    )


def in_words(block: Json) -> str:
    """What can be read in a chart."""
    inner = block["chart"]
    series = inner.get("series") or [{"name": "", "data": inner.get("segments", [])}]
    told = (
        f"{one['name']}: " + ", ".join(f"{at['label']} {at['value']:g}" for at in one["data"])
        for one in series
    )
    return "\n".join((block["title"], *told))
