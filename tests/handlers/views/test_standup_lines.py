"""Rows of what was said: however many and short they are, each block is one that Slack takes."""

import pytest

from bot.standups import Section, State
from handlers.views import standups
from handlers.views.kit import bold, paragraph
from handlers.views.standups.lines import MOST_ROWS, Row, label, listed
from tests.handlers.views.test_standups import entry, report
from tests.handlers.views.worlds import PEOPLE, sound, words


def test_u5_many_short_lines_of_one_stage_are_told_in_blocks_that_slack_takes() -> None:
    said = entry(State.POSTED, "a\n" * 1200)
    section = Section(None, tuple((said, line) for line in said.said))
    pages = standups.reported(report(said, sections=(section,)))
    for page in pages:
        sound(page)
    told = "".join(words(page.blocks) for page in pages)
    assert told.count(f"{PEOPLE[1].name} Done a") == 1200


@pytest.mark.parametrize(
    ("label_length", "rows", "held"),
    [(0, 250, [100, 100, 50]), (0, MOST_ROWS, [100]), (300, 20, [9, 9, 2])],
)
def test_a_block_ends_where_its_rows_are_many_or_their_labels_long(
    label_length: int, rows: int, held: list[int]
) -> None:
    before = (bold("x" * label_length),) if label_length else ()
    blocks = list(listed(paragraph("Labels"), [Row(before, "a")] * rows))
    assert [len(block["elements"][-1]["elements"]) for block in blocks] == held


def test_a_row_is_measured_with_its_label() -> None:
    done = label("What have you done since last time?")
    assert Row((done, "by "), "\N{BUG}").length == len("Done by ") + 2 + 4
