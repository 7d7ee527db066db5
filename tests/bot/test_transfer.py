"""Many letters at once: what goes, what stays and why, and that nothing is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding.transfer import Bar, Plan, clone, held_by, transfer, vacant
from bot.errors import Refused
from bot.people import Person
from bot.project import Item, Letter, PersonHolder, Project, Status
from tests.bot.support import applied
from tests.bot.team import ANA, BEA, BOT, CY, DEE, EVA, TEAM, letters, project
from tests.support.clock import T0

NOW = T0 + timedelta(days=1)
A, R, C, I = Letter.A, Letter.R, Letter.C, Letter.I  # noqa: E741 - the letter's own name


def planned(*projects: Project, to: int = CY, **more: object) -> Plan:
    wish = {
        "chosen": held_by(BEA),
        "objection": lambda one, item: None,
        "sees": lambda one: True,
        **more,
    }
    return transfer(
        projects,
        wish["chosen"],  # type: ignore[arg-type]  # one of the functions above
        TEAM[to],
        TEAM,
        wish["objection"],  # type: ignore[arg-type]  # likewise
        wish["sees"],  # type: ignore[arg-type]  # likewise
        NOW,
    )


def holders(item: Item, letter: Letter) -> list[object]:
    return [
        getattr(one.holder, "person", one.holder)
        for one in item.assignments
        if one.letter is letter
    ]


def test_r13_every_letter_goes_row_by_row_by_project_and_stage() -> None:
    beta = project({"idea": "A bea, R bea", "framing": "A ana"}, "Beta")
    alpha = project({"rollout": "C bea, I cy"}, "alpha", id=4)
    plan = planned(beta, alpha)
    told = [(row.project.name, row.item.key, row.letters) for row in plan.moving]
    assert told == [("alpha", "rollout", (C,)), ("Beta", "idea", (A, R))]
    assert (plan.letters, plan.staying) == (3, ())
    after = applied(beta.items[0], plan.moving[1].change)
    assert holders(after, A) == [CY] == holders(after, R)


def test_r13_what_the_other_holds_already_is_not_given_twice() -> None:
    made = project({"idea": "R bea, R cy, C bea"})
    [row] = planned(made).moving
    after = applied(made.items[0], row.change)
    assert (holders(after, R), holders(after, C)) == ([CY], [CY])


def test_r13_rows_that_cannot_go_say_why() -> None:
    shut = replace(project({"idea": "A bea"}, "Archived"), archived_at=T0)
    secret = project({"idea": "A bea"}, "Hidden", id=4)
    theirs = project({"idea": "A bea"}, "Not mine", id=5)
    ahead = project({"idea": "A bea"}, "Planned", id=6)
    [soon] = letters("A eva")
    held = (replace(soon, since=NOW + timedelta(days=9)),)
    ahead = replace(ahead, items=(replace(ahead.items[0], accountable=held),))
    plan = planned(
        shut,
        secret,
        theirs,
        ahead,
        objection=lambda one, item: (Bar.NOT_YOURS, "Ana Sample") if one.id == 5 else None,
        sees=lambda one: one.id != 4,
    )
    assert plan.moving == ()
    assert [(row.project.name, row.bar, row.detail) for row in plan.staying] == [
        ("Archived", Bar.ARCHIVED, ""),
        ("Hidden", Bar.CANNOT_SEE, "Cy Sample"),
        ("Not mine", Bar.NOT_YOURS, "Ana Sample"),
        ("Planned", Bar.PLANNED, "Eva Sample"),
    ]


@pytest.mark.parametrize("nobody", [BOT, DEE])
def test_a_bot_or_somebody_who_left_gets_nothing(nobody: int) -> None:
    with pytest.raises(Refused):
        planned(project({"idea": "A bea"}), to=nobody)


def test_vacant_seats_are_filled_by_role_or_all_of_them() -> None:
    made = project({"idea": "A vacant Data Engineer", "framing": "R vacant ML Engineer, R bea"})
    every = planned(made, chosen=vacant())
    assert [row.item.key for row in every.moving] == ["idea", "framing"]
    some = planned(made, chosen=vacant("ml engineers"))
    [row] = some.moving
    assert holders(applied(made.items[1], row.change), R) == [BEA, CY]


def test_a_plan_is_marked_by_what_it_does_and_to_which_version() -> None:
    made = project({"idea": "A bea", "framing": "R bea"})
    mark = planned(made).mark
    assert planned(made).mark == mark
    moved = replace(made, items=(replace(made.items[0], version=2), made.items[1]))
    assert planned(moved).mark != mark
    assert planned(made, to=EVA).mark != mark
    less = replace(made, items=made.items[:1])
    assert planned(less).mark != mark


NAMES = st.sampled_from(["ana", "bea", "cy", "eva", "@one", "vacant Developer"])
ROW = st.lists(st.tuples(st.sampled_from("RCI"), NAMES), max_size=6, unique=True)


@given(st.lists(st.tuples(ROW, st.sampled_from(["", "ana", "bea", "cy", "vacant X"])), max_size=5))
def test_r13_no_letter_is_lost_and_there_are_never_two_a(
    rows: list[tuple[list[tuple[str, str]], str]],
) -> None:
    made = project(
        {
            f"row{number}": ", ".join(
                [*(f"{letter} {name}" for letter, name in row), *([f"A {first}"] if first else [])]
            )
            for number, (row, first) in enumerate(rows)
        }
    )
    plan = planned(made)
    moved = {row.item.id: row.change for row in plan.moving}
    for item in made.items:
        after = applied(item, moved[item.id]) if item.id in moved else item
        assert len(holders(after, A)) <= 1
        for letter in Letter:
            was, now = set(holders(item, letter)), set(holders(after, letter))
            assert len(holders(after, letter)) == len(now)
            assert now == {CY if one == BEA else one for one in was}


# Copies


def copied(source: Project, target: Project, *, with_people: bool = False, blind: int = 0) -> Plan:
    def seat(letter: Letter, item: Item, person: Person) -> str:
        return f"{person.role or 'nobody'} of {item.key}"

    return clone(
        source,
        target,
        TEAM,
        seat,
        lambda one, item: None,
        lambda person: person != blind,
        NOW,
        with_people=with_people,
    )


SOURCE = project({"idea": "A ana, R eva, C @one, I vacant Developer", "extra": "A bea"}, "Source")


def test_r13_a_clone_copies_roles_and_not_people() -> None:
    target = project({"idea": ""}, "Target", id=4)
    plan = copied(SOURCE, target)
    [row] = plan.moving
    after = applied(target.items[0], row.change)
    told = {letter: [getattr(one, "role", one) for one in holders(after, letter)]
            for letter in Letter}  # fmt: skip
    assert told == {A: ["nobody of idea"], R: ["data_scientist of idea"], C: [], I: ["Developer"]}
    assert [(one.item.key, one.bar) for one in plan.staying] == [("extra", Bar.NO_SUCH_STAGE)]


def test_r13_a_clone_leaves_what_is_done_there_and_says_so() -> None:
    target = project({"idea": "", "extra": ""}, "Target", id=4)
    [idea, extra] = target.items
    plan = copied(SOURCE, replace(target, items=(replace(idea, status=Status.DONE), extra)))
    assert [row.item.key for row in plan.moving] == ["extra"]
    told = [(one.item.key, one.bar, one.detail) for one in plan.staying]
    assert told == [("idea", Bar.CLOSED, "done")]


def test_r13_a_clone_with_people_copies_those_who_could_hold_and_see_it() -> None:
    target = project({"idea": "R vacant Data Scientist"}, "Target", id=4)
    source = project({"idea": "A ana, R eva, R dee, C @one"}, "Source")
    [row] = copied(source, target, with_people=True, blind=ANA).moving
    after = applied(target.items[0], row.change)
    assert [getattr(one, "role", one) for one in holders(after, A)] == ["nobody of idea"]
    assert [getattr(one, "role", one) for one in holders(after, R)] == [EVA, "nobody of idea"]
    assert len(holders(after, C)) == 1


def test_r13_a_clone_leaves_what_is_held_already() -> None:
    target = project({"idea": "A bea, R eva, I vacant Developer"}, "Target", id=4)
    source = project({"idea": "A ana, R eva, I vacant Developer"}, "Source")
    plan = copied(source, target, with_people=True)
    assert plan.moving == ()
    assert [(one.bar, one.detail) for one in plan.staying] == [(Bar.HAS_ACCOUNTABLE, "Bea Sample")]
    again = copied(target, target, with_people=True)
    assert [one.bar for one in again.staying] == [Bar.HOLDS_ALREADY]


def test_a_vacant_accountable_makes_way_for_a_copied_one() -> None:
    target = project({"idea": "A vacant Product Manager"}, "Target", id=4)
    [row] = copied(project({"idea": "A bea"}), target, with_people=True).moving
    assert applied(target.items[0], row.change).assignments[0].holder == PersonHolder(BEA)
