"""The primitives keep Slack's limits, whatever is put into them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.playground.double.blocks import faults_of_message
from handlers.views import kit
from handlers.views.acts import Act, act_of, pack, pattern, unpack
from tests.handlers.views.worlds import names

PLAIN_VALUES = st.dictionaries(
    st.sampled_from("pivlh"),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.integers() | st.booleans(),
)


@given(names, st.integers(2, 200))
def test_cut_keeps_the_limit_and_is_never_empty(text: str, longest: int) -> None:
    short = kit.cut(text, longest)
    assert 0 < kit.length(short) <= longest
    assert short.strip()
    short.encode()


def test_cut_says_that_something_is_left_out() -> None:
    assert kit.cut("Data pipeline", 8) == "Data pi…"
    assert kit.cut("Data pipeline", 13) == "Data pipeline"
    assert kit.cut(" \u200b\n", 8) == "–"


def test_length_counts_what_slack_could_count() -> None:
    assert [kit.length(text) for text in ("abc", "é–", "🦄")] == [3, 2, 2]


def test_direction_marks_cannot_turn_the_line_around() -> None:
    assert kit.name("\u202eevil\u202c name") == "evil name"


@pytest.mark.parametrize(
    ("many", "words"),
    [
        ([], ""),
        (["Bea"], "Bea"),
        (["Bea", "Cy"], "Bea and Cy"),
        (["Bea", "Cy", "Di"], "Bea, Cy and 1 more"),
    ],
)
def test_listed(many: list[str], words: str) -> None:
    assert kit.listed(many, 2) == words


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://boards.example/churn?x=1", True),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://a.example/ b", False),
        ("https://a.example/" + "x" * 3000, False),
    ],
)
def test_only_the_web_is_linked(url: str, is_link: bool) -> None:
    made = kit.link("Board", url)
    assert (made["type"] == "link") is is_link
    assert made["text"] == "Board"


def test_a_row_of_equal_buttons_gets_different_ids_that_one_pattern_matches() -> None:
    (row,) = kit.actions(*(kit.button(f"{n}", Act.ROW_SHOW, {"i": f"{n}"}) for n in range(3)))
    ids = [one["action_id"] for one in row["elements"]]
    assert ids == ["row.show", "row.show#1", "row.show#2"]
    assert all(pattern(Act.ROW_SHOW).match(each) for each in ids)
    assert not pattern(Act.ROW_SHOW).match("row.shown")
    assert {act_of(each) for each in ids} == {Act.ROW_SHOW}


def test_no_buttons_make_no_row() -> None:
    assert kit.actions(None) == []


def test_long_lists_say_how_many_more() -> None:
    block = kit.bullets([[f"{n}"] for n in range(40)], 3, "; see the rest there")
    assert kit.in_words(block).splitlines() == [
        "• 0",
        "• 1",
        "• 2",
        "• and 37 more; see the rest there",
    ]


def test_tables_fill_their_empty_cells_and_stay_small() -> None:
    made = kit.table(["A", "B"], [["", "x" * 4000]] * 300)
    assert faults_of_message([made]) == []
    assert made["rows"][1][0]["text"] == "–"
    assert len(made["rows"]) == 100


def test_a_message_of_too_many_blocks_says_so() -> None:
    said = kit.message(*(kit.paragraph(f"{n}") for n in range(70)))
    assert faults_of_message(said.blocks) == []
    assert len(said.blocks) == 50
    assert "more than fits" in said.text


def test_the_text_says_what_the_blocks_say() -> None:
    said = kit.message(
        kit.paragraph(kit.bold("Bea"), " owns it."),
        kit.bullets([["one"]]),
        kit.table(["Stage"], [["Idea"]]),
        kit.quiet("since then"),
        kit.section("beside"),
        kit.actions(kit.button("Undo", Act.UNDO)),
    )
    assert said.text == "Bea owns it.\n• one\nStage\nIdea\nsince then\nbeside"


@given(PLAIN_VALUES)
def test_values_come_back_as_they_were(values: dict[str, str | int | bool]) -> None:
    assert unpack(pack(values)) == {key: value for key, value in values.items() if value != ""}


def test_values_that_slack_would_refuse_are_refused() -> None:
    with pytest.raises(ValueError, match="2000"):
        pack({"q": "x" * 2000})


@pytest.mark.parametrize("value", ["", "{", "[]", '"x"', '{"p":{"deep":1}}'])
def test_foreign_values_are_empty(value: str) -> None:
    assert unpack(value) == {}
