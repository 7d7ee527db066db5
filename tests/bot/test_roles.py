"""The catalogue of job roles, and what a workspace makes of it."""

import pytest

from bot.changes import JobGiven, RoleDefined
from bot.deciding import Use, add_role, edit_role, give_job, remove_role, reverse
from bot.errors import BadInput, Refused, Why
from bot.roles import CATALOGUE, SHIPPED, Role, called, catalogue, title
from bot.stages import LADDER
from tests.bot.team import BOT, EVA, TEAM

RUNGS = [rung.key for rung in LADDER]
ENGINEER = CATALOGUE["ml_engineer"]


def test_r1_every_shipped_role_says_what_it_does_and_with_whom() -> None:
    for role in SHIPPED:
        assert role.does.endswith("."), role.title
        assert role.works_with, role.title
        assert all(other in CATALOGUE and other != role.key for other in role.works_with)
        assert all(stage in RUNGS for stage in role.stages)


def test_usual_stages_are_those_where_the_usual_matrix_gives_work() -> None:
    assert CATALOGUE["data_engineer"].stages == ("data_pipeline",)
    assert CATALOGUE["data_analyst"].stages == ("idea", "data_quality", "metrics")
    assert ENGINEER.stages == ("rollout",)
    assert CATALOGUE["full_stack_data_scientist"].stages == tuple(RUNGS)


def test_r1_a_role_of_ones_own_joins_the_catalogue_behind_the_shipped_ones() -> None:
    change = add_role(CATALOGUE, "Annotation lead", "Writes the guidelines.")
    assert change.before is None
    assert change.after is not None
    assert (change.after.key, change.after.does) == ("annotation_lead", "Writes the guidelines.")
    roles = catalogue([change.after])
    assert list(roles)[-1] == "annotation_lead"
    assert called("annotation leads", roles) == change.after


@pytest.mark.parametrize("name", ["ML engineers", "ml_engineer", "ML Engineer"])
def test_a_role_that_is_there_is_not_made_twice(name: str) -> None:
    with pytest.raises(Refused) as caught:
        add_role(CATALOGUE, name)
    assert caught.value.why is Why.ROLE_TAKEN
    assert caught.value.facts == {"role": "ML Engineer"}


def test_a_name_needs_a_letter_and_keys_differ() -> None:
    with pytest.raises(BadInput):
        add_role(CATALOGUE, "…")
    gone = catalogue([], ["ml_engineer"])
    again = add_role(gone, "ML Engineer").after
    assert again is not None
    assert again.key == "ml_engineer"
    known = catalogue([Role("ml_ops", "Platform")])
    made = add_role(known, "ML Ops?").after
    assert made is not None
    assert made.key == "ml_ops_2"


def test_a_renamed_role_still_answers_to_the_name_it_is_shipped_under() -> None:
    change = edit_role(CATALOGUE, ENGINEER, title="Platform Engineer")
    assert change.after is not None
    roles = catalogue([change.after])
    assert list(roles) == list(CATALOGUE)
    assert called("ML engineer", roles) == change.after
    assert title("ml_engineer", roles) == "Platform Engineer"
    with pytest.raises(Refused):
        edit_role(CATALOGUE, ENGINEER, title="Data Engineer")
    with pytest.raises(Refused):
        edit_role(CATALOGUE, ENGINEER, does=ENGINEER.does)


def test_r1_a_role_in_use_is_not_removed_and_the_uses_are_told() -> None:
    uses = [Use(f"seat {number}") for number in range(12)]
    with pytest.raises(Refused) as caught:
        remove_role(ENGINEER, uses)
    assert caught.value.why is Why.ROLE_IN_USE
    assert caught.value.facts["uses"].startswith("seat 0; seat 1; ")
    assert caught.value.facts["uses"].endswith("; and 2 more")
    assert "ml_engineer" not in catalogue([], [ENGINEER.key])
    assert remove_role(ENGINEER, []) == RoleDefined(ENGINEER, None)


def test_a_change_of_the_catalogue_can_be_taken_back() -> None:
    change = edit_role(CATALOGUE, ENGINEER, does="Ships.")
    assert reverse(change, None) == RoleDefined(change.after, ENGINEER)
    given = JobGiven(EVA, "", "ml_engineer", "", "ML Engineer")
    assert reverse(given, None) == JobGiven(EVA, "ml_engineer", "", "ML Engineer", "")


def test_somebody_gets_a_role_and_a_bot_gets_none() -> None:
    change = give_job(TEAM[EVA], ENGINEER, CATALOGUE)
    assert change == JobGiven(EVA, "data_scientist", "ml_engineer", "Data Scientist", "ML Engineer")
    for person, role in ((BOT, ENGINEER), (EVA, CATALOGUE["data_scientist"])):
        with pytest.raises(Refused):
            give_job(TEAM[person], role, CATALOGUE)
