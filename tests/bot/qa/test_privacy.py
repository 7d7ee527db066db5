"""What the asker may not see moves nothing: answers are the same with and without it."""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.project import Item, Kind, Project
from bot.qa.answer import answer
from bot.qa.facts import Facts
from bot.qa.replies import Answer
from tests.bot.qa.worlds import facts, project, seat, somebody, stages

KIM = somebody(1, "Kim Roe")
LEA = somebody(2, "Lea Sand")
BOB = somebody(3, "Bob Tarr")
PEOPLE = (KIM, LEA, BOB)

OPEN = (
    project(1, "Atlas", aliases=("maps",), lead=1),
    project(2, "Zephyr Forecast", aliases=("zephyr",), lead=2),
    project(3, "Maple Tagger", lead=1),
)
NAMES = ("Atlas", "Zephir", "Zephyr Forecasts", "Maple", "Maple Digger", "Billing", "Lunar Pricing")
PARTS = ("Feature store", "Lane guide", "Billing service", "Serving", "Labels", "Price feed")
QUESTIONS = (
    "who owns atlas?",
    "who owns maps",
    "who leads zephir forecast?",
    "who owns serving in zephir?",
    "who owns the maple digger",
    "who owns maple",
    "who owns the feature store?",
    "who owns the feature stor?",
    "who owns the guide?",
    "who owns the lane gude",
    "who owns the billing service?",
    "who is accountable for serving?",
    "who owns the labels in lunar pricing?",
    "who owns price feed",
    "what does Kim own?",
    "what is Lea responsible for?",
    "does Bob own anything?",
    "who owns the servng stage?",
    "who should I ask about billing?",
    "is Kim the owner of atlas?",
    "help",
)


def _public() -> tuple[Project, ...]:
    item = Item(11, "lane_guide", Kind.COMPONENT, "Lane guide", parent="labels")
    held = stages(serving=[seat("A", 1)], labels=[seat("A", 2), seat("R", 3)])
    first = replace(OPEN[0], items=(*held, replace(item, assignments=(seat("A", 2),))))
    return (first, *(replace(one, items=held) for one in OPEN[1:]))


@st.composite
def hidden(draw: st.DrawFn) -> tuple[Project, ...]:
    """Private projects that Bob may not see, with names near or equal to public ones."""
    made: list[Project] = []
    for number in range(draw(st.integers(1, 6))):
        parts = draw(st.lists(st.sampled_from(PARTS), max_size=3, unique=True))
        items = tuple(
            Item(
                1_000 * number + place,
                part.casefold().replace(" ", "_"),
                Kind.COMPONENT,
                part,
                aliases=tuple(draw(st.lists(st.sampled_from(PARTS), max_size=1))),
                parent="labels",
                assignments=(seat("A", 1), seat("R", 2)),
            )
            for place, part in enumerate(parts)
        )
        made.append(
            replace(
                project(100 + number, draw(st.sampled_from(NAMES))),
                key=f"hidden-{number}",
                aliases=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2))),
                items=(*stages(serving=[seat("A", 1)]), *items),
                private=True,
                lead=1,
                members=frozenset((2,)),
            )
        )
    return tuple(made)


def _facts(projects: tuple[Project, ...], channel: int | None) -> Facts:
    return facts(projects, PEOPLE, asker=BOB, channel=channel)


def _shown(found: Answer) -> object:
    return (
        found.kind,
        found.text,
        found.people,
        found.stages,
        found.verdict,
        found.options,
        found.understood,
        found.suggestions,
        found.held,
    )


@settings(max_examples=120, deadline=None)
@given(hidden(), st.sampled_from(QUESTIONS), st.sampled_from((None, 1, 100)))
@example(
    (replace(project(100, "Zephir"), key="hidden-0", private=True, lead=1),),
    "who leads zephir forecast?",
    None,
)
def test_hidden_projects_change_no_answer(
    private: tuple[Project, ...], question: str, channel: int | None
) -> None:
    with_them = answer(question, _facts((*_public(), *private), channel))
    without = answer(question, _facts(_public(), channel))
    assert _shown(with_them) == _shown(without)


def test_a_member_sees_what_others_do_not() -> None:
    secret = replace(project(9, "Lunar Pricing"), private=True, lead=1, members=frozenset((2,)))
    world = (*_public(), secret)
    assert answer("who leads lunar pricing?", facts(world, PEOPLE, asker=LEA)).people == (1,)
    outside = answer("who leads lunar pricing?", facts(world, PEOPLE, asker=BOB))
    assert (outside.kind, outside.people) == ("unknown", ())
    assert "Lunar Pricing" not in outside.suggestions


def test_a_private_namesake_is_no_option_for_outsiders() -> None:
    twin = replace(project(9, "Atlas"), key="atlas-2", private=True, lead=2)
    world = (*_public(), twin)
    assert answer("who leads atlas?", facts(world, PEOPLE, asker=BOB)).people == (1,)
    inside = answer("who leads atlas?", facts(world, PEOPLE, asker=LEA))
    assert inside.kind == "clarify"
    assert [option.project for option in inside.options] == ["atlas", "atlas-2"]


def test_q2_a_load_leaves_out_what_is_hidden_and_counts_none_of_it() -> None:
    secret = replace(
        project(9, "Lunar Pricing", items=stages(intake=[seat("A", 1)])), private=True, lead=2
    )
    world = (*_public(), secret)
    seen = answer("what does Kim own?", facts(world, PEOPLE, asker=BOB))
    assert ("lunar-pricing", "intake") not in seen.stages
    assert "3 items" in seen.text
    inside = answer("what does Kim own?", facts(world, PEOPLE, asker=LEA))
    assert ("lunar-pricing", "intake") in inside.stages
    assert "4 items" in inside.text
