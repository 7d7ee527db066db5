"""Charts: within Slack's limits whatever is put into them, and every number in words as well."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hindsight import Mark
from handlers.playground.double.blocks import faults_of_message
from handlers.views import charts, kit, projects
from handlers.views.plainer import plainer
from tests.handlers.views.worlds import names, shown, sound

MARKS = (Mark(date(2026, 11, 16), 1, 9), Mark(date(2026, 11, 23), 3, 8))


@given(
    names,
    st.lists(st.tuples(names, st.integers(0, 400)), min_size=1, max_size=30),
    names,
)
def test_bars_keep_the_limits(title: str, values: list[tuple[str, float]], up: str) -> None:
    made = charts.bars(title, values, up)
    assert faults_of_message([made, plainer(made)]) == []


@given(
    names,
    st.lists(names, min_size=1, max_size=30),
    st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1e6, 1e6), min_size=1),
    names,
)
def test_lines_keep_the_limits(
    title: str, labels: list[str], ends: dict[str, float], words: str
) -> None:
    series = {name: [end] * len(labels) for name, end in ends.items()}
    made = charts.lines(title, labels, series, words, words)
    assert faults_of_message([made, plainer(made)]) == []


def test_labels_that_would_be_cut_alike_stay_apart() -> None:
    long = "Labels of the second round"
    assert charts.told_apart([long, long, "Export", long]) == [
        "Labels of the secon…",
        "Labels of the s… (2)",
        "Export",
        "Labels of the s… (3)",
    ]


def test_a_chart_says_how_many_it_leaves_out() -> None:
    made = charts.bars("Blockers", [(f"b{n}", n) for n in range(23)], "Days")
    assert made["title"] == "Blockers (and 3 more)"
    assert len(made["chart"]["axis_config"]["categories"]) == 20


def test_bars_are_drawn_of_letters_where_no_chart_is() -> None:
    made = charts.bars("Blockers", [("Labels", 6), ("Export feed", 3), ("New", 0)], "Days")
    _, drawn = plainer(made)["elements"]
    assert drawn["elements"][0]["text"].splitlines() == [
        "Labels      ████████████ 6",
        "Export feed ██████ 3",
        "New          0",
    ]


def test_lines_become_columns_where_no_chart_is() -> None:
    _, drawn = plainer(charts.burn_up(MARKS))["elements"]
    assert drawn["elements"][0]["text"].splitlines() == [
        "Day        Done  All stages",
        "2026-11-16    1           9",
        "2026-11-23    3           8",
    ]


def test_a_project_shows_how_much_was_done_by_the_week() -> None:
    said = sound(projects.shown(replace(shown(), burn_up=MARKS)))
    [chart] = [block for block in said.blocks if block["type"] == "data_visualization"]
    assert chart["chart"]["type"] == "line"
    assert "• Done: 2026-11-16 1, 2026-11-23 3" in said.text
    assert "• All stages: 2026-11-16 9, 2026-11-23 8" in said.text


@pytest.mark.parametrize("marks", [(), MARKS])
def test_nothing_is_drawn_of_nothing(marks: tuple[Mark, ...]) -> None:
    assert bool(charts.burn_up(marks)) is bool(marks)
    assert kit.message(charts.burn_up(marks), kit.paragraph("x")).text.endswith("x")
