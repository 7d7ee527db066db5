"""A row and the matrix: who answers for what, gaps in words."""

from dataclasses import replace

from bot.project import Item, Kind, Letter, PersonHolder, Status
from handlers.views import matrix
from handlers.views.acts import unpack
from handlers.views.kit import in_words
from tests.handlers.views.worlds import (
    CHURN,
    INGESTION,
    METRICS,
    PIPELINE,
    QUALITY,
    ROLLOUT,
    T0,
    button_of,
    buttons,
    held,
    shown,
    sound,
)


def _labels(blocks: list[dict[str, object]]) -> list[str]:
    return [one["text"]["text"] for one in buttons(blocks)]


def test_the_first_line_names_the_accountable_person_in_bold() -> None:
    said = sound(matrix.row(shown(PIPELINE)))
    assert said.text.splitlines()[0] == "Bea Lind is accountable for Data pipeline (Churn Radar)."
    first = said.blocks[0]["elements"][0]["elements"][0]
    assert first == {"type": "text", "text": "Bea Lind", "style": {"bold": True}}


def test_the_others_follow_with_vacant_seats_in_words() -> None:
    text = matrix.row(shown(PIPELINE)).text
    assert "Responsible: Cy Moss and vacant (Data Engineer, DE-114)" in text
    assert "Consulted: nobody" in text
    assert "Informed: @labellers" in text
    assert "Status: In progress, due 2026-12-01" in text


def test_since_when_and_set_by_whom_stand_in_a_quiet_line() -> None:
    said = matrix.row(shown(PIPELINE))
    quiet = next(block for block in said.blocks if block["type"] == "context")
    assert [in_words(one) for one in quiet["elements"]] == [
        "Accountable since 2026-03-01, set by Ana Ruiz on 2026-03-01",
        "Responsible since 2026-03-01, back-dated by Ana Ruiz on",
        "2026-11-23 10:00 UTC",
    ]


def test_without_a_date_it_holds_since_before_the_record_began() -> None:
    item = replace(
        PIPELINE, assignments=(held(Letter.A, PersonHolder(2), since=None, set_by=None),)
    )
    assert "since before the record began, set by the operator" in matrix.row(shown(item)).text


def test_a_held_item_offers_hand_over_and_move() -> None:
    said = matrix.row(shown(PIPELINE))
    assert _labels(said.blocks) == ["Hand over", "Move", "All letters"]
    assert unpack(button_of(said.blocks, "Hand over")["value"]) == {
        "p": "churn",
        "i": "data_pipeline",
        "v": 7,
        "l": "A",
    }
    assert not any("style" in one for one in buttons(said.blocks))


def test_gaps_are_said_with_the_role_the_leaver_or_the_last() -> None:
    first_lines = [
        matrix.row(shown(item)).text.splitlines()[0] for item in (QUALITY, ROLLOUT, METRICS)
    ]
    assert first_lines == [
        "Nobody is accountable for Data quality (Churn Radar): "
        "the seat is vacant (Data Engineer, DE-114) since 2026-03-01. Ask Ana Ruiz (lead).",
        "Nobody is accountable for Roll-out (Churn Radar): Leo Park (left on 2026-10-01). "
        "Ask Ana Ruiz (lead).",
        "Nobody is accountable for Success metrics (Churn Radar): "
        "the last was Bea Lind, until 2026-11-23 10:00 UTC. Ask Ana Ruiz (lead).",
    ]


def test_a_gap_makes_assigning_the_obvious_step() -> None:
    said = matrix.row(shown(QUALITY))
    assert [one["text"]["text"] for one in buttons(said.blocks) if one.get("style")] == [
        "Assign accountable"
    ]


def test_a_component_without_letters_of_its_own_takes_those_of_its_stage() -> None:
    said = sound(matrix.row(shown(INGESTION)))
    assert said.text.startswith("Bea Lind is accountable for Image ingestion")
    assert "A component of Data pipeline, whose letters count for it." in said.text
    assert _labels(said.blocks) == ["All letters"]


def test_the_matrix_has_a_row_for_each_item_and_a_column_for_each_letter() -> None:
    said = sound(matrix.matrix(shown()))
    table = next(block for block in said.blocks if block["type"] == "table")
    cells = [[cell["text"] for cell in row] for row in table["rows"]]
    assert cells[0] == [
        "Stage",
        "Accountable",
        "Responsible",
        "Consulted",
        "Informed",
        "Status",
    ]
    assert cells[1] == [
        "Data pipeline",
        "Bea Lind",
        "Cy Moss and vacant (Data Engineer, DE-114)",
        "–",
        "@labellers",
        "in progress",
    ]
    assert [row[0] for row in cells[1:]] == [
        "Data pipeline",
        "– Image ingestion",
        "Data quality",
        "Roll-out",
        "Success metrics",
    ]


def test_the_matrix_begins_with_the_sum_and_lists_its_gaps() -> None:
    lines = matrix.matrix(shown()).text.splitlines()
    assert lines[0] == "Churn Radar: somebody is accountable for 1 of 4 open stages; 5 gaps."
    assert "• Data quality: nobody responsible" in lines
    at = "2026-11-23 10:00 UTC"
    assert f"• Success metrics: nobody accountable, the last was Bea Lind, until {at}" in lines


def test_what_is_done_or_skipped_has_no_gap() -> None:
    project = replace(
        CHURN,
        items=(replace(QUALITY, status=Status.DONE), replace(METRICS, status=Status.SKIPPED)),
    )
    text = matrix.matrix(shown(project=project)).text
    assert text.startswith("Churn Radar: no stage is open, nothing is missing.")
    assert "nobody" not in text


def test_a_closed_stage_that_nobody_holds_is_not_counted_as_held() -> None:
    idle = replace(QUALITY, status=Status.SKIPPED, assignments=())
    items = tuple(idle if item.key == idle.key else item for item in CHURN.items)
    lines = matrix.matrix(shown(project=replace(CHURN, items=items))).text.splitlines()
    assert lines[0].startswith("Churn Radar: somebody is accountable for 1 of 3 open stages;")


def test_a_long_matrix_says_how_many_are_left_out() -> None:
    many = tuple(Item(id=n, key=f"k{n}", kind=Kind.STAGE, title=f"S{n}") for n in range(75))
    text = sound(matrix.matrix(shown(project=replace(CHURN, items=many)))).text
    assert "S59" in text
    assert "S60" not in text.split("•")[0]
    assert "and 138 more" in text  # two gaps each, of which twelve are listed


def test_an_archived_project_offers_no_edits() -> None:
    project = replace(CHURN, archived_at=T0)
    assert _labels(matrix.row(shown(QUALITY, project)).blocks) == ["All letters"]
    assert buttons(matrix.matrix(shown(project=project)).blocks) == []


def test_no_item_shows_the_matrix() -> None:
    assert matrix.row(shown()) == matrix.matrix(shown())
