"""Charts: what is rather looked at than read, within Slack's limits.

No number stands in one alone: the plain text of a message says them all (`charted`), and where
Slack draws no charts they are drawn of letters.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.burnup import BurnUp
from bot.hindsight import Mark
from handlers.views.kit import Block, length, name, piece

MOST_SERIES, MOST_POINTS = 6, 20
LONGEST_TITLE, LONGEST_AXIS, LONGEST_LABEL = 50, 50, 20
MOST_AGES, FEWEST_AGES = 10, 2
MOST_CHARTS = 2
"""Charts that one message may have."""

_BAR, _WIDEST = "\N{FULL BLOCK}", 12


def bars(title: str, values: Sequence[tuple[str, float]], up: str) -> Block:
    """A bar for each value, in their order; `up` says what they count.

    More than fit are left out, and the title says how many.
    """
    more = len(values) - MOST_POINTS
    told = f"{title} (and {more} more)" if more > 0 else title
    shown = values[:MOST_POINTS]
    labels = told_apart([label for label, _ in shown])
    return _chart(told, "bar", labels, {up: [value for _, value in shown]}, "", up)


def lines(
    title: str,
    labels: Sequence[str],
    series: Mapping[str, Sequence[float]],
    along: str,
    up: str,
) -> Block:
    """A line for each series over the same labels; of too many labels the last ones."""
    shown = told_apart(labels[-MOST_POINTS:])
    some = {each: values[-MOST_POINTS:] for each, values in list(series.items())[:MOST_SERIES]}
    return _chart(title, "line", shown, some, along, up)


def _chart(
    title: str,
    kind: str,
    labels: Sequence[str],
    series: Mapping[str, Sequence[float]],
    along: str,
    up: str,
) -> Block:
    axes: dict[str, Any] = {"categories": list(labels)}
    if along:
        axes["x_label"] = name(along, LONGEST_AXIS)
    if up:
        axes["y_label"] = name(up, LONGEST_AXIS)
    told = [
        {
            "name": name(each, LONGEST_LABEL),
            "data": [
                {"label": label, "value": value}
                for label, value in zip(labels, values, strict=True)
            ],
        }
        for each, values in series.items()
    ]
    return {
        "type": "data_visualization",
        "title": name(title, LONGEST_TITLE),
        "chart": {"type": kind, "series": told, "axis_config": axes},
    }


def burn_up(marks: Sequence[Mark]) -> Block:
    """How many stages were done by the week, beside how many there were; nothing of nothing."""
    if not marks:
        return {}
    days = [mark.day.isoformat() for mark in marks]
    series = {
        "Done": [mark.done for mark in marks],
        "All stages": [mark.stages for mark in marks],
    }
    return lines("Stages done by the week", days, series, "Day", "Stages, without skipped ones")


def gap_closed(ways: Sequence[BurnUp], names: Sequence[str] = ()) -> Block:
    """How much of the gap between baseline and target the best run had closed, by the week; a line
    for each metric, and one for the whole. Nothing of metrics that have no such gap or no runs.

    `names` are what they are called, where not as their metrics: all are looked at in one moment.
    """
    called = names or [one.metric.name for one in ways]
    drawn = [pair for pair in zip(ways, called, strict=True) if has_gap(pair[0])]
    drawn = drawn[: MOST_SERIES - 1]
    if not drawn:
        return {}
    told = [one for one, _ in drawn]
    longest = max((one.levels for one in told), key=len)
    days = [level.day.isoformat() for level in longest]
    series: dict[str, list[float]] = {}
    labels = told_apart(["Target", *(label for _, label in drawn)])[1:]
    for one, label in zip(told, labels, strict=True):
        shares = [round((level.share or 0.0) * 100, 1) for level in one.levels]
        series[label] = [0.0] * (len(days) - len(shares)) + shares
    series["Target"] = [100.0] * len(days)
    title = f"{drawn[0][1]}: " if len(told) == 1 else ""
    return lines(f"{title}gap closed by the week", days, series, "Day", "Share of the gap, %")


def has_gap(way: BurnUp) -> bool:
    """Whether there is a gap of which its runs can have closed a share."""
    return bool(way.levels) and way.levels[-1].share is not None


def gaps_by_now(ways: Sequence[tuple[str, BurnUp]]) -> Block:
    """How much of each gap is closed by now, as bars of letters: a full one is the target."""
    told = [(label, one.levels[-1].share or 0.0) for label, one in ways if has_gap(one)]
    labels = told_apart([label for label, _ in told])
    wide = max(map(length, labels), default=0)
    rows = [
        f"{_padded(label, wide)} {_part(share).ljust(_WIDEST)} {share * 100:.1f} %"
        for label, (_, share) in zip(labels, told, strict=True)
    ]
    return _drawn("How much of the gap to the target is closed", rows) if rows else {}


def _part(share: float) -> str:
    return _BAR * round(_WIDEST * min(max(share, 0.0), 1.0))


def by_age(blockers: Sequence[tuple[str, int]]) -> Block:
    """Blockers and their ages in working days, the oldest first; one alone is no chart."""
    if len(blockers) < FEWEST_AGES:
        return {}
    return bars("Blockers by age", blockers[:MOST_AGES], "Working days")


def told_apart(labels: Sequence[str]) -> list[str]:
    """Labels within their limit, no two of them alike: Slack finds a value by its label."""
    found: list[str] = []
    for label in labels:
        short, number = name(label, LONGEST_LABEL), 1
        while short in found:
            number += 1
            end = f" ({number})"
            short = f"{name(label, LONGEST_LABEL - len(end))}{end}"
        found.append(short)
    return found


def drawn_in_text(block: Block) -> Block:
    """A chart as text: bars of letters, or the numbers of each line; both with their labels."""
    chart = block["chart"]
    rows = _bars(chart) if chart["type"] == "bar" else _lines(chart)
    return _drawn(block["title"], rows)


def _drawn(title: str, rows: Sequence[str]) -> Block:
    return {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [piece(title, bold=True)]},
            {"type": "rich_text_preformatted", "elements": [piece("\n".join(rows))]},
        ],
    }


def _bars(chart: Mapping[str, Any]) -> list[str]:
    [series] = chart["series"]
    points = series["data"]
    wide = max(length(one["label"]) for one in points)
    most = max((one["value"] for one in points), default=0) or 1
    return [
        f"{_padded(one['label'], wide)} "
        f"{_BAR * max(1, round(_WIDEST * one['value'] / most)) if one['value'] > 0 else ''} "
        f"{one['value']:g}"
        for one in points
    ]


def _lines(chart: Mapping[str, Any]) -> list[str]:
    heads = [each["name"] for each in chart["series"]]
    labels = chart["axis_config"]["categories"]
    wide = max(2, *map(length, labels))
    columns = [[f"{one['value']:g}" for one in each["data"]] for each in chart["series"]]
    along = name(chart["axis_config"].get("x_label", "At"), wide)
    rows = [f"{_padded(along, wide)} {'  '.join(heads)}"]
    for number, label in enumerate(labels):
        cells = (
            column[number].rjust(length(head)) for head, column in zip(heads, columns, strict=True)
        )
        rows.append(f"{_padded(label, wide)} {'  '.join(cells)}")
    return rows


def _padded(text: str, wide: int) -> str:
    return text + " " * (wide - length(text))
