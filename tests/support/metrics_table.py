"""Writes the metrics of docs/observing.md anew: `python -m tests.support.metrics_table`."""

from collections.abc import Iterator

from handlers import metrics
from handlers.meters import Counted, Timed
from tests.support.tree import ROOT

PAGE = ROOT / "docs" / "observing.md"
BEGINNING = "## What is counted\n"


def table() -> str:
    lines = ["| Metric | Kind | Labels | What it says |", "|---|---|---|---|", *_rows()]
    return "\n".join([BEGINNING, *lines, ""])


def _rows() -> Iterator[str]:
    for counted in Counted:
        name, says, labels = counted.value
        yield _row(f"{name}_total", "counter", labels, says)
    for timed in Timed:
        name, says, labels = timed.value
        yield _row(name, "histogram", labels, says)
    yield _row(metrics.BUILD.name, "gauge", ("version",), metrics.BUILD.says)
    for gauge in (metrics.UP, *metrics.OF_THE_DATABASE.values()):
        yield _row(gauge.name, "gauge", (), gauge.says)
    for gauge in (metrics.LEFT, metrics.RESTS):
        yield _row(gauge.name, "gauge", ("host",), gauge.says)


def _row(name: str, kind: str, labels: tuple[str, ...], says: str) -> str:
    told = ", ".join(f"`{label}`" for label in labels) or "–"
    return f"| `{name}` | {kind} | {told} | {says} |"


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text.partition(BEGINNING)[0] + table(), encoding="utf-8")


if __name__ == "__main__":
    main()
