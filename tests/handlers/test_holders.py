"""Who may hold a letter: people, open seats, user groups, somebody from outside."""

import pytest

from handlers.playground.double import Double
from handlers.talking import Talking
from tests.handlers.mornings import Morning
from tests.handlers.talk import new_project, typed, written


@pytest.mark.parametrize("letters", ["A/R", "AR", "A,R", "R+A", "ar", "A, R"])
def test_r5_letters_go_together_in_any_spelling(morning: Morning, letters: str) -> None:
    ana = morning.person("ana")
    new_project(morning.workspace)
    done = typed(ana, f"raci rollout {letters} @Bea Lind").said
    assert "accountable vacant (ML Engineer) → Bea Lind" in done
    assert "Bea Lind" in done.split("responsible")[1]


def test_r6_an_open_seat_and_a_group_hold_letters(morning: Morning) -> None:
    ana = morning.person("ana")
    new_project(morning.workspace)
    seat = typed(ana, "raci data pipeline A vacant Data Engineer DE-114").said
    assert "vacant (Data Engineer, DE-114)" in seat
    group = "<!subteam^S0LABEL|@labellers>"
    assert "@labellers" in typed(ana, f"raci annotation C {group}").said
    refused = typed(ana, f"raci annotation A {group}").said
    assert "labellers is a group; only one person (or a vacant seat) can be accountable" in refused


def test_edge_10_somebody_from_outside_is_shown_and_never_written_to(morning: Morning) -> None:
    ana = morning.person("ana")
    new_project(morning.workspace)
    vera = "outside Vera Poe of Label Works vera@label.example"
    assert "Vera Poe (Label Works)" in typed(ana, f"raci annotation C {vera}").said
    assert "Vera Poe (Label Works)" in written(ana, "who is consulted on annotation?").said
    assert "Vera Poe (Label Works)" in str(typed(ana, "raci").blocks)
    # By the address it is the same one again; without a company it is nobody.
    assert "Vera Poe" in typed(ana, f"raci rollout I {vera}").said
    everyone = morning.charter.people.keys(morning.talking.workspace)
    assert sum(key.startswith("vera") for key in everyone.values()) == 1
    assert "Say of which company" in typed(ana, "raci rollout C outside Vera Poe").said
    typed(ana, "stage annotation blocked: no labels")
    morning.until("12:00", day=25)
    assert all(name != "vera" for name in morning.workspace.space.users)


def test_r6_the_form_takes_somebody_from_outside(morning: Morning) -> None:
    ana = morning.person("ana")
    new_project(morning.workspace)
    ana.presses(typed(ana, "raci"), "Assign …")
    ana.gets_modal("Assign")
    ana.fills({"item": "Annotation", "letters": "C", "outside": "Vera Poe"})
    assert ana.submits() == {"outside": "Write it like this: Vera Poe of Label Works."}
    ana.fills({"outside": "Vera Poe of Label Works"})
    assert ana.submits() is None
    ana.hears("Vera Poe (Label Works)", "ml-fraud")


def test_edge_2_who_may_not_be_accountable_and_why(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    workspace.add_user("U0GIL", "Gil Orr", is_restricted=True)
    workspace.add_user("U0OLD", "Old Hand", deleted=True)
    assert "a guest cannot be accountable" in typed(ana, "raci rollout A <@U0GIL>").said
    assert "Old Hand has left" in typed(ana, "raci rollout A <@U0OLD>").said
    assert "is a bot" in typed(ana, "raci rollout A <@U0CHARTER>").said
    assert "is a group" in typed(ana, "raci rollout A <!subteam^S0LABEL|@labellers>").said
    assert "@labellers" in typed(ana, "raci rollout R <!subteam^S0LABEL|@labellers>").said
