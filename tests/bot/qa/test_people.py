"""The index of people once some are called otherwise, against one that is made anew."""

from dataclasses import replace
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.people import Person
from bot.qa.ladder import People
from bot.qa.spelling import Spelling

FIRST = ("Anna", "Anton", "Bertha", "Berthold", "Cecily", "Dorothea")
LAST = ("Sample", "Samples", "Simple", "Example", "Templeton", "Temple")
JOBS = ("", "Data Engineer", "Analyst")
PROBES = tuple(
    sorted(
        {*FIRST, *LAST, "Ana", "Bertold", "Cecilly", "Exampel", "Templ", "engineer", "annasample"}
    )
)


def person(number: int, first: str, last: str, job: str, *, active: bool) -> Person:
    return Person(number, f"p{number}", f"{first} {last}", first, job_title=job, active=active)


someone = st.tuples(
    st.sampled_from(FIRST), st.sampled_from(LAST), st.sampled_from(JOBS), st.booleans()
)
CROWD = {
    number: person(number, FIRST[number % 6], LAST[number // 6 % 6], JOBS[number % 3], active=True)
    for number in range(1, 60)
}


def told(index: People) -> list[object]:
    """All that can be asked of it."""
    keys = [*(word.casefold() for word in PROBES), "dataengineer", "analyst", "annasample", "p3"]
    return [
        [index.called(key) for key in keys],
        [index.doing(key) for key in keys],
        [index.near(word.casefold()) for word in PROBES],
        [index.namesakes(one) for one in index.by_id.values()],
    ]


@given(
    st.lists(
        st.dictionaries(st.integers(1, 70), someone | st.none(), min_size=1, max_size=12),
        min_size=1,
        max_size=4,
    )
)
def test_it_is_as_one_that_is_made_anew(
    steps: list[dict[int, tuple[str, str, str, bool] | None]],
) -> None:
    crowd, index = CROWD, People(CROWD.values())
    for step in steps:
        before = told(index), index
        crowd = dict(crowd)
        for number, names in step.items():
            if names is None:
                crowd.pop(number, None)
            else:
                *called, active = names
                crowd[number] = person(number, *called, active=active)
        index = index.after(crowd.values())
        assert told(index) == told(People(crowd.values()))
        assert told(before[1]) == before[0], "whoever still reads it sees no change"


@settings(max_examples=20)
@given(st.lists(someone, max_size=12))
def test_some_beside_many_are_as_if_all_were_there(some: list[tuple[str, str, str, bool]]) -> None:
    more = [
        person(number, *called, active=active)
        for number, (*called, active) in enumerate(some, start=71)
    ]
    shared = People(CROWD.values())
    before, both = told(shared), shared.beside(People(more[:2]), People(more[2:]))
    everyone = [*CROWD.values(), *more[2:], *more[:2]]
    assert told(both) == told(People(everyone))
    assert told(shared) == before, "whoever has it alone sees no change"
    renamed = [*everyone[1:], person(99, "Zenobia", "Sample", "", active=True)]
    assert told(both.after(renamed)) == told(People(renamed))
    assert told(both.beside(People(renamed[-1:]))) == told(People([*everyone, renamed[-1]]))


def test_one_of_many_shares_the_arrays_of_the_others() -> None:
    index = People(CROWD.values())
    renamed = index.after([*CROWD.values(), person(90, "Zenobia", "Sample", "", active=True)])
    assert renamed._spelling._shards is index._spelling._shards
    assert renamed.near("zenobja") == [(1, "zenobia")]
    moved = index.after([*list(CROWD.values())[1:], replace(CROWD[1], timezone="Asia/Tokyo")])
    assert moved._spelling is index._spelling


POOL = [
    "".join((begin, *rest)) for begin in ("abl", "bad", "cef") for rest in permutations("ebcd", 3)
]
words = st.sets(st.sampled_from(POOL), max_size=6)


@given(words, st.lists(st.tuples(words, words), max_size=4))
def test_a_spelling_that_changed_finds_what_a_new_one_finds(
    begin: set[str], steps: list[tuple[set[str], set[str]]]
) -> None:
    there = set(POOL) - begin
    spelling = Spelling(there)
    for more, fewer in steps:
        new, gone = more - there, (fewer - more) & there
        there = (there | new) - gone
        spelling = spelling.changed(new, gone)
        anew = Spelling(there)
        assert [spelling.near(word) for word in POOL] == [anew.near(word) for word in POOL]
