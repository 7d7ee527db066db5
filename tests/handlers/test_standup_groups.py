"""A Slack user group in a standup, in Slack."""

from tests.handlers.mornings import Morning
from tests.handlers.talk import typed


def test_u1_a_user_group_is_asked_and_without_the_scope_it_is_said(morning: Morning) -> None:
    space = morning.workspace
    space.add_usergroup("S0TEAM", "ml-team", "ML team", [space.person("bea").id])
    morning.settle()
    morning.begin()
    ana = morning.person("ana")
    assert "I know no Slack user group “@nobody”" in typed(ana, "standup with @nobody").said
    typed(ana, "standup with @ml-team")
    assert "Nobody is in it yet" in typed(ana, "standup show").said
    morning.until("08:00")  # Slack was asked who is in it, and Bea was met
    told = typed(ana, "standup show").said
    assert "Whoever is in the user group @ml-team is asked, too." in told
    assert "Bea Lind: next" in told
    morning.until("09:31")
    assert "Tuesday 24 November" in morning.questions("bea")[-1].said
    space.revoke("usergroups:read")
    morning.until("10:31")
    morning.settle()
    assert "Slack does not tell who that is" in typed(ana, "standup show").said
