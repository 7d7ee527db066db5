"""What the columns of a sheet are taken for, by their heads alone."""

from bot.imports import layout_of
from bot.imports.words import Means
from tests.bot.test_imports import grid


def test_x7_of_several_columns_of_stages_the_last_is_the_stage_and_the_others_its_phases() -> None:
    """In a list and in a matrix, whatever stands over, or beside, columns that have no head."""
    bodies = (
        (("Stage", "Activity", "Task", "A", "R"), ("Build", "Data", "Feed", "Ana", "Cy")),
        (("Stage", "Activity", "Task", "Ana", "Cy"), ("Build", "Data", "Feed", "A", "R")),
    )
    for heads, body in bodies:
        found = layout_of(grid(heads, body), None, 1)
        assert found is not None
        means = [one.means for one in found.columns]
        assert means[:3] == [Means.PHASE, Means.PHASE, Means.ITEM]
    headless = layout_of(grid(("Stage", None, "Task", "A"), ("Build", "x", "Feed", "Ana")), None, 1)
    assert headless is not None
    assert [(one.head, one.means) for one in headless.columns] == [
        ("Stage", Means.PHASE),
        ("Task", Means.ITEM),
        ("A", Means.A),
    ]
    assert [one.letter for one in headless.unplaced] == ["B"]
