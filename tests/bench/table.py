"""What was measured, as plain tables: ratios first, then medians."""

from collections.abc import Iterator, Sequence
from statistics import median

from tests.bench.goals import BARE, LARGE, SMALL, STOCK, Goal, cpu_each, goals
from tests.bench.parts import PARTS, part_goals
from tests.bench.results import Results
from tests.bench.talking import Load

NAMES = (STOCK, BARE, SMALL, LARGE)


def lines(results: Results) -> Iterator[str]:
    yield from goal_lines(all_goals(results))
    yield ""
    yield from _programs(results)
    yield ""
    yield from _memory(results)
    for name, found in results.parts.items():
        yield ""
        yield from PARTS[name].lines(found)


def all_goals(results: Results) -> list[Goal]:
    return [*goals(results.programs), *part_goals(results.parts)]


def goal_lines(found: Sequence[Goal]) -> Iterator[str]:
    rows = [
        (goal.what, f"{goal.ratio:.2f}", f"≤ {goal.limit:g}", "pass" if goal.is_met else "MISS")
        for goal in found
    ]
    yield from table(("goal", "ratio", "limit", ""), rows)


def _programs(results: Results) -> Iterator[str]:
    size = results.size
    labels = {
        STOCK: "(a) stock Bolt",
        BARE: "(b) our client",
        SMALL: f"Charter, {size.small}",
        LARGE: f"Charter, {size.large}",
    }
    every = [results.programs[name] for name in NAMES]
    rate = f"at {size.rate}/s: "
    rows = [
        ("slash command → ack, ms", *(_ms(one.ack) for one in every)),
        ("mention → ack, ms", *(_ms(one.event) for one in every)),
        ("mention → answer, any project, ms", *(_ms(one.answer) for one in every)),
        (f"mention → answer, {size.small} projects, ms", *(_ms(one.busy) for one in every)),
        (f"{rate}CPU a request, ms", *(f"{cpu_each(one.loads) * 1e3:.2f}" for one in every)),
        (f"{rate}command → ack, ms", *(_ms(_all(one.loads, "ack")) for one in every)),
        (f"{rate}mention → answer, ms", *(_ms(_all(one.loads, "answer")) for one in every)),
        (f"{rate}not acknowledged in 3 s", *(_late(one.loads) for one in every)),
        ("exec → first ack, s", *(f"{median(one.start):.2f}" for one in every)),
        ("that command → answer, ms", *(_ms(one.first) for one in every)),
        ("resident when idle, MB", *(f"{one.idle:.0f}" for one in every)),
        ("resident after the load, MB", *(f"{one.loaded:.0f}" for one in every)),
    ]
    yield from table(("medians", *labels.values()), rows)


def _memory(results: Results) -> Iterator[str]:
    small, large = results.memories["small"], results.memories["large"]
    postgres = results.memories["postgresql"]
    size = results.size
    rows = [
        (what, *(_ms(one.get(key, [])) for one in (small, large, postgres)))
        for what, key in (
            ("first question of a process, ms", "cold"),
            ("question on a project not in memory, ms", "unread"),
            ("the same again, ms", "warm"),
            ("facts renewed after a write, ms", "rebuild"),
            ("one audited change (use case), ms", "write"),
            ("its rows by the driver alone, ms", "raw"),
        )
    ]
    heads = (f"SQLite, {size.small}", f"SQLite, {size.large}", f"PostgreSQL, {size.small}")
    yield from table(("without Slack, medians", *heads), rows)
    yield ""
    for name, built in results.built.items():
        rest = f"{built.loading:.1f} s to load, {built.megabytes:.0f} MB"
        yield f"The {name} workspace ({built.projects} projects): {rest}"
    yield f"{results.roots} roots in the trust store, which (a) reads for every call"


def _all(loads: Sequence[Load], name: str) -> list[float]:
    return [seconds for load in loads for seconds in getattr(load, name)]


def _ms(seconds: Sequence[float]) -> str:
    return f"{median(seconds) * 1e3:.2f}" if seconds else "–"


def _late(loads: Sequence[Load]) -> str:
    return f"{sum(load.late for load in loads)} of {sum(load.sent for load in loads)}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    for row in (head, *rows):
        first = row[0].ljust(widths[0])
        rest = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        yield "  ".join((first, *rest)).rstrip()
