"""What each line of an answer is about: only whole names count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.project import Item, Kind
from bot.spelling import folded
from bot.stages import LADDER
from bot.standups import Elsewhere, Parted, SaidLine, item_names, parted, tagged
from tests.bot.support import project

ITEMS = {folded("Labels"): 1, folded("Data pipeline"): 2, folded("Phase 2: export"): 3}
OTHERS = {folded("Wake Watch"): (9,), folded("Comet"): (7, 8), "C0WAKE": (9,)}


def about(line: str) -> list[tuple[str, int | None]]:
    return [(one.text, one.item) for one in tagged([line], ITEMS, {folded("Atlas")})]


@pytest.mark.parametrize(
    ("line", "text", "item"),
    [
        ("labels: 200 more", "200 more", 1),
        ("- Labels: 200 more", "200 more", 1),
        ("2. LABEL — 200 more", "200 more", 1),
        ("#labels 200 more", "200 more", 1),
        ("[data pipeline] is up", "is up", 2),
        ("Data-Pipeline: up: again", "up: again", 2),
        ("Phase 2: export: half of it", "half of it", 3),
        ("labels：200 more", "200 more", 1),
        ("labels﹕ 200 more", "200 more", 1),
        ("[labels]： 200 more", "200 more", 1),
        ("(labels) 200 more", "200 more", 1),
        ("（labels）： 200 more", "200 more", 1),
        ("(Phase 2): export: half of it", "half of it", 3),
        ("Atlas: labels: 200 more", "200 more", 1),
        ("Atlas: nothing else", "nothing else", None),
        # Nothing is guessed.
        ("labeling: 200 more", "labeling: 200 more", None),
        ("(labelled) 200 more", "(labelled) 200 more", None),
        ("labels are late", "labels are late", None),
        ("more labels: 200", "more labels: 200", None),
        ("#labelled 200", "#labelled 200", None),
        ("https://labels.example/1", "https://labels.example/1", None),
        ("labels://x", "labels://x", None),
        ("2. August: off", "2. August: off", None),
    ],
)
def test_u8_a_line_that_begins_with_an_items_name_is_about_it(
    line: str, text: str, item: int | None
) -> None:
    assert about(line) == [(text, item)]


def test_u8_a_name_alone_stands_for_the_lines_below_it() -> None:
    said = "labels:\n- 200 more\n- all checked\n\nthe rest\n#data-pipeline\nup\nlabels: one more"
    assert about(said) == [
        ("200 more", 1),
        ("all checked", 1),
        ("the rest", None),
        ("up", 2),
        ("one more", 1),
    ]


def test_every_line_knows_its_question() -> None:
    said = tagged(["one\ntwo", "", " \n", "labels: three"], ITEMS)
    assert said == (SaidLine(0, "one"), SaidLine(0, "two"), SaidLine(3, "three", 1))


@given(st.lists(st.text(st.sampled_from("labels:#[] -\n*2.x"), max_size=60), max_size=3))
def test_of_what_is_about_nothing_no_word_is_lost_or_made_up(answers: list[str]) -> None:
    told = [(one.question, char) for one in tagged(answers, {}) for char in one.text]
    said = [(number, char) for number, answer in enumerate(answers) for char in answer]
    assert [one for one in told if one[1] not in " -*"] == [
        one for one in said if one[1] not in " -*\n"
    ]


def test_a_name_of_two_items_means_neither() -> None:
    stage = Item(1, "data", Kind.STAGE, "Data", ("set",))
    other = Item(2, "labels", Kind.STAGE, "Labels", ("set",))
    names = item_names(project(stage, other), LADDER)
    assert (names[folded("data")], names[folded("labels")], folded("set") in names) == (1, 2, False)


def test_the_ladders_names_of_a_stage_count_too() -> None:
    rung = next(one for one in LADDER if one.aliases)
    names = item_names(project(Item(5, rung.key, Kind.STAGE, "Renamed")), LADDER)
    assert tagged([f"{rung.aliases[0]}: up"], names) == (SaidLine(0, "up", 5),)


@pytest.mark.parametrize("line", ["Wake Watch：up", "Wake Watch﹕ up", "(Wake Watch) up"])
def test_u8_another_project_is_known_by_whatever_sets_its_name_apart(line: str) -> None:
    found = parted([line], lambda name: OTHERS.get(name, ()))
    assert found == Parted(("",), (Elsewhere(0, "up", (9,)),))


def test_u8_lines_about_other_projects_are_taken_out() -> None:
    said = "mine\nWake Watch: labels: up\n- also mine\ncomet:\n- a\n- b\n\nmine again"
    assert parted(
        [said, "<#C0WAKE|wake>: see <#C0X>"], lambda name: OTHERS.get(name, ())
    ) == Parted(
        ("mine\n- also mine\n\nmine again", ""),
        (
            Elsewhere(0, "labels: up", (9,)),
            Elsewhere(0, "- a", (7, 8)),
            Elsewhere(0, "- b", (7, 8)),
            Elsewhere(1, "see <#C0X>", (9,)),
        ),
    )
