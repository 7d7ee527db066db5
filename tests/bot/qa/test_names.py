"""The index of names: layers that follow changes, and look-ups that walk nothing."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import text
from bot.project import Kind, Project
from bot.qa.answer import answer
from bot.qa.facts import Facts, ItemNames, Names, ProjectNames
from bot.qa.names import layered
from bot.qa.reading import read
from bot.qa.tallies import Tallies
from bot.qa.view import View
from tests.bot.qa.tables import world
from tests.bot.qa.worlds import LADDER, NOW, facts, project, seat, somebody, stages

KIM = somebody(1, "Kim Roe")
NAMES = ("Atlas", "Maple", "Zephyr", "Atlas Two", "Birch")
PARTS = ("Feature store", "Lane guide", "Price feed", "Reading guide")

entries = st.builds(
    lambda number, name, aliases, parts, archived: ProjectNames(
        number,
        f"p{number}",
        name,
        tuple(aliases),
        tuple(ItemNames(f"k{place}", Kind.COMPONENT, part) for place, part in enumerate(parts)),
        archived,
    ),
    st.integers(1, 12),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(NAMES), max_size=2),
    st.lists(st.sampled_from(PARTS), max_size=3, unique=True),
    st.booleans(),
)
changes = st.lists(
    st.tuples(st.lists(entries, max_size=3), st.lists(st.integers(1, 12), max_size=2)), max_size=12
)
ATLAS = text.key(text.words("Atlas"))
KEYS = tuple(text.key(text.words(name)) for name in (*NAMES, *PARTS, "Lane gude"))


def _all(view: View) -> object:
    return (
        [entry.project_id for entry in view.listed()],
        {key: [place.entry.project_id for place in view.projects(key)] for key in KEYS},
        {
            key: [
                (place.entry.project_id, place.item.key if place.item else "", place.titled)
                for place in view.items(key)
            ]
            for key in KEYS
        },
        {
            (key, number): [place.item for place in view.items_in(key, number)]
            for key in KEYS
            for number in range(1, 13)
        },
        {word: list(view.holding(frozenset((word,)))) for word in ("guid", "atlas", "lan", "feed")},
        {word: view.near(word) for word in ("atlsa", "mapple", "guied", "zepyhr", "fead")},
        [entry and entry.key for entry in map(view.project, range(1, 13))],
        [entry and entry.project_id for entry in map(view.keyed, (f"p{n}" for n in range(1, 13)))],
    )


@settings(max_examples=150, deadline=None)
@given(changes)
def test_after_any_changes_the_index_is_as_if_built_anew(
    steps: list[tuple[list[ProjectNames], list[int]]],
) -> None:
    names = Names.build(LADDER, [KIM], [])
    held: dict[int, ProjectNames] = {}
    for changed, removed in steps:
        unique = {entry.project_id: entry for entry in changed}
        gone = [number for number in removed if number not in unique]
        names = names.replaced(unique.values(), gone)
        held.update(unique)
        for number in gone:
            held.pop(number, None)
        assert all(layer.numbers.keys() <= held.keys() for layer, _ in names.layers)
    anew = Names.build(LADDER, [KIM], held.values())
    assert _all(View(names)) == _all(View(anew))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.integers(1, 12), entries, max_size=12), st.sets(st.integers(1, 12)))
def test_an_asker_s_own_layer_lies_over_the_shared_ones(
    told: dict[int, ProjectNames], own: set[int]
) -> None:
    held = [replace(entry, project_id=key, key=f"p{key}") for key, entry in told.items()]
    shared = Names.build(LADDER, [KIM], [one for one in held if one.project_id not in own])
    besides = layered([one for one in held if one.project_id in own])
    both = replace(shared, layers=(*shared.layers, *besides))
    assert _all(View(both)) == _all(View(Names.build(LADDER, [KIM], held)))


def test_an_index_stays_as_it_was_for_its_readers() -> None:
    before = Names.build(LADDER, [KIM], [ProjectNames(1, "a", "Atlas")])
    after = before.replaced([ProjectNames(1, "a", "Birch")])
    assert [place.entry.name for place in View(before).projects(ATLAS)] == ["Atlas"]
    assert View(after).projects(ATLAS) == []
    assert [place.entry.name for place in View(after).projects("birch")] == ["Birch"]


def test_layers_stay_few() -> None:
    names = Names.build(LADDER, [KIM], _many(500))
    for number in range(1, 400):
        names = names.replaced([ProjectNames(number, f"p{number}", f"Renamed {number}")])
        assert len(names.layers) <= 5
    assert len(list(View(names).listed())) == 500


def _many(count: int) -> Iterable[ProjectNames]:
    for number in range(1, count + 1):
        part = ItemNames("part", Kind.COMPONENT, f"Widget {number}", (f"gadget {number}",))
        yield ProjectNames(
            number, f"p{number}", f"Project Number {number}", (f"pn{number}",), (part,)
        )


class _Counting:
    """Counts how often it is asked what the asker sees, and which snapshots are loaded."""

    def __init__(self) -> None:
        self.asked = 0
        self.loaded: set[int] = set()

    def sees(self, number: int) -> bool:
        self.asked += 1
        return number != 3

    def project(self, number: int) -> Project:
        self.loaded.add(number)
        return replace(project(number, f"Project Number {number}", lead=1), items=stages())

    def several(self, numbers: Iterable[int]) -> dict[int, Project]:
        return {number: self.project(number) for number in numbers}


def test_no_question_walks_all_projects() -> None:
    count = 3_000
    names = Names.build(LADDER, [KIM], _many(count))
    for question, kind in (
        ("who owns serving in Project Number 77?", "no_owner"),
        ("who leads pn1234", "answer"),
        ("who owns serving?", "clarify"),
        ("who owns widget 2999?", "unknown"),
        ("who owns the billing service?", "unknown"),
        ("what does Kim own?", "answer"),
    ):
        counting = _Counting()
        facts = Facts(
            NOW,
            KIM,
            {1: KIM},
            names,
            counting.sees,
            counting.project,
            counting.several,
            lambda person: (),
            Tallies,
        )
        found = answer(question, facts)
        assert found.kind == kind, question
        assert counting.asked < 1_000, question
        assert len(counting.loaded) <= 10, question


@pytest.mark.parametrize(
    ("question", "holder"),
    [
        ("who owns annotation in Voice Planner?", 1),
        ("who owns annotation in Invoice Planner?", 2),
        ("annotation in voice planner, who owns it?", 1),
        ("who owns annotation invoice planner", 2),
    ],
)
def test_a_small_word_makes_no_other_name_by_being_joined_on(question: str, holder: int) -> None:
    people = [somebody(1, "Ana Sample"), somebody(2, "Bea Sample")]
    projects = [
        project(n, name, items=stages(labels=[seat("A", n)]))
        for n, name in ((1, "Voice Planner"), (2, "Invoice Planner"))
    ]
    assert answer(question, facts(projects, people)).people == (holder,)


@pytest.mark.parametrize(
    ("question", "people", "left"),
    [
        ("what did the data analyst say in the standup?", ["tobias_k"], ()),
        ("what did Wanjiru say in the standup?", ["wanjiru"], ()),
        (
            "what did Wanjiru tell the data analyst in the standup?",
            ["wanjiru"],
            ("data", "analyst"),
        ),
    ],
)
def test_a_job_title_names_nobody_beside_a_name(
    question: str, people: list[str], left: tuple[str, ...]
) -> None:
    grid = world("grid")
    found = read(question, grid.facts("elif").view)
    assert [grid.keys(one.people) for one in found.people] == [{key} for key in people]
    assert found.left_over == left
