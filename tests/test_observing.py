"""What the log tells an operator stands in docs/observing.md, and what stands there is told."""

import ast
import re
from collections.abc import Iterator

from handlers import metrics
from handlers.meters import Counted, Timed
from tests.support.tree import ROOT, files

PAGE = (ROOT / "docs" / "observing.md").read_text(encoding="utf-8")
TO_ACT_ON = {"warning", "error", "critical"}


def told() -> Iterator[tuple[str, str]]:
    """Events that Charter logs, each with how grave it is; but for the playground's."""
    for path in files("bot", "storage", "handlers", suffix=".py"):
        if "playground" in path.parts:
            continue
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="log"), attr=level),
                    args=[ast.Constant(value=str(event)), *_],
                ):
                    yield event, level


def section(heading: str) -> str:
    return PAGE.split(f"{heading}\n", 1)[1].split("\n## ", 1)[0].split("\n### ", 1)[0]


def test_every_event_that_wants_something_of_an_operator_is_explained_and_no_other() -> None:
    rows = re.findall(r"^\| ([*`].+?) \| (\w+) \|", section("### What stands in the log"), re.M)
    explained = [
        (event, level) for events, level in rows for event in re.findall(r"`(\w+)`", events)
    ]
    assert len(explained) == len(set(explained))
    assert set(explained) == {(event, level) for event, level in told() if level in TO_ACT_ON}


def test_alarms_are_on_metrics_that_there_are() -> None:
    known = {f"{one.value.name}_total" for one in Counted}
    known |= {f"{one.value.name}_{part}" for one in Timed for part in ("count", "bucket", "sum")}
    gauges = (metrics.UP, metrics.BUILD, metrics.LEFT, metrics.RESTS)
    known |= {one.name for one in (*gauges, *metrics.OF_THE_DATABASE.values())}
    alarms = section("## Metrics").split("Worth an alarm:")[1]
    named = set(re.findall(r"charter_\w+", alarms))
    assert named - known == set()
    assert {"charter_database_connections_most", "charter_busy_total"} <= named
