"""Home as people use it: what waits for them is settled where it stands."""

from handlers.views.acts import pack
from tests.handlers.mornings import Morning
from tests.handlers.talk import eventually, new_project, typed


def offered(morning: Morning) -> None:
    """Bea's data pipeline, offered to Cy."""
    new_project(morning.workspace)
    typed(morning.person("ana"), "raci data pipeline A @Bea Lind")
    typed(morning.person("bea"), "raci data pipeline A @Cy Moss hand over")


def test_o2_an_offer_is_accepted_on_home_which_is_another_then(morning: Morning) -> None:
    offered(morning)
    cy = morning.person("cy")
    cy.opens_home()
    home = cy.gets_home("1 thing waits for you")
    assert "Bea Lind wants to hand Data pipeline (Fraud Radar) over to you." in home.said
    cy.presses(home, "Accept")
    renewed = cy.gets_home("A – Data pipeline")
    assert "Nothing waits for you" in renewed.said
    assert "wants to hand" not in renewed.said


def test_u3_who_is_back_says_so_on_home(morning: Morning) -> None:
    cy = morning.person("cy")
    typed(cy, "away 9 days")
    cy.opens_home()
    home = cy.gets_home("You are away until")
    cy.presses(home, "I am back")
    cy.hears("You are back.")
    eventually(lambda: None if "You are away" in cy.gets_home("Hello").said else True)


def test_o2_a_list_is_turned_and_the_others_stay_where_they_are(morning: Morning) -> None:
    new_project(morning.workspace)
    ana = morning.person("ana")
    ana.opens_home()
    home = ana.gets_home("What nobody holds")
    ana.presses(home, "Next")
    later = ana.gets_home("Previous")
    assert "What nobody holds: page 1 of" in str(later.blocks)
    assert "Fraud Radar – led by Ana Silva" in later.said


def made_admin(morning: Morning, name: str) -> None:
    """Somebody runs the workspace, as Slack tells."""
    workspace, people = morning.talking.workspace, morning.charter.people
    user = morning.person(name).id
    morning.person(name).opens_home()
    morning.person(name).gets_home()
    morning.workspace.change_user(name, is_admin=True)

    def knows() -> bool | None:
        person = people.known(workspace, user)
        return True if person is not None and person.is_admin else None

    eventually(knows)


def test_o2_an_admin_fills_in_who_is_not_known_elsewhere(morning: Morning) -> None:
    new_project(morning.workspace)
    made_admin(morning, "ana")
    typed(morning.person("bea"), "person")  # whoever speaks is known
    ana = morning.person("ana")
    ana.opens_home()
    home = ana.gets_home("For admins")
    assert "People: of 2 in the workspace I know GitHub of 0 and E-mail of 0." in home.said
    assert "Bea Lind: no GitHub or E-mail" in home.said
    bea = morning.charter.people.known(morning.talking.workspace, "U0BEA")
    assert bea is not None
    ana.presses(home, "Fill in", value=pack({"w": bea.key}))
    ana.gets_modal("Names elsewhere")
    ana.fills({"GitHub": "bea-l", "E-mail": "no mail"})
    errors = ana.submits()
    assert errors is not None
    assert "email" in errors
    ana.fills({"E-mail": "bea@acme.example"})
    assert ana.submits() is None
    assert "github of Bea Lind: nothing → bea-l" in ana.hears("is known so now").said
    renewed = ana.gets_home("I know GitHub of 1 and E-mail of 1.")
    assert "Bea Lind: no" not in renewed.said
    ana.presses(renewed, "Fill in")
    ana.gets_modal("Names elsewhere")
    ana.fills({"GitHub": "Bea-L"})
    taken = ana.submits()
    assert taken is not None
    assert "Bea Lind" in taken["github"]


def test_who_does_not_run_the_workspace_has_no_trace_of_that(morning: Morning) -> None:
    new_project(morning.workspace)
    made_admin(morning, "ana")
    bea = morning.person("bea")
    bea.opens_home()
    home = bea.gets_home("What you hold")
    assert "For admins" not in home.said
    assert "Health" not in home.said
    assert "Fill in" not in str(home.blocks)
