"""What people type, encoded as Slack's clients do it."""

import pytest

from handlers.playground.double import Double
from handlers.playground.double.typed import encoded

MESSAGES = {
    "hello": "hello",
    "@Bea Lind and @bea.lind": "<@U0BEA> and <@U0BEA>",
    "@bea lind!": "<@U0BEA>!",
    "(@Charter)": "(<@U0CHARTER>)",
    "@Bea Lindqvist": "@Bea Lindqvist",
    "mail bea@charter.org": "mail bea@charter.org",
    "see #proj-x, not #proj-xy": "see <#C0X|proj-x>, not #proj-xy",
    "#secret": "#secret",
    "@data-team": "<!subteam^S0DATA>",
    "@here and @channel": "<!here> and <!channel>",
    "a < b & c > d": "a &lt; b &amp; c &gt; d",
    "<!channel> <@U0NONE>": "&lt;!channel&gt; &lt;@U0NONE&gt;",
    "<@U0BEA> keeps": "<@U0BEA> keeps",
    "<@U0BEA|bea> <#C0X|x>": "<@U0BEA|bea> <#C0X|x>",
}
COMMANDS = {
    "raci x A @Bea Lind": "raci x A <@U0BEA|bea.lind>",
    "@data-team": "<!subteam^S0DATA|@data-team>",
    "#proj-x": "<#C0X|proj-x>",
}


@pytest.fixture
def workspace(double: Double) -> Double:
    double.add_usergroup("S0DATA", "data-team", "Data team")
    return double


@pytest.mark.parametrize(("typed", "sent"), MESSAGES.items())
def test_messages(workspace: Double, typed: str, sent: str) -> None:
    assert encoded(workspace.space, typed, "U0ANA", in_command=False) == sent


@pytest.mark.parametrize(("typed", "sent"), COMMANDS.items())
def test_commands(workspace: Double, typed: str, sent: str) -> None:
    assert encoded(workspace.space, typed, "U0ANA", in_command=True) == sent


def test_members_can_name_their_private_channel(workspace: Double) -> None:
    assert encoded(workspace.space, "#secret", "U0BEA", in_command=False) == "<#C0SECRET|secret>"
