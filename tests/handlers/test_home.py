"""Home as people use it: what waits for them is settled where it stands."""

from tests.handlers.mornings import Morning
from tests.handlers.talk import new_project, typed


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


def test_o2_a_list_is_turned_and_the_others_stay_where_they_are(morning: Morning) -> None:
    new_project(morning.workspace)
    ana = morning.person("ana")
    ana.opens_home()
    home = ana.gets_home("What nobody holds")
    ana.presses(home, "Next")
    later = ana.gets_home("Previous")
    assert "What nobody holds: page 1 of" in str(later.blocks)
    assert "Fraud Radar – led by Ana Silva" in later.said
