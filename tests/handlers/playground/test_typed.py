"""What people type, encoded as Slack's clients do it."""

import pytest

from handlers.playground.double import Double
from handlers.playground.double.typed import encoded, links

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
    "see https://x.org/a?b=1&c=2.": "see <https://x.org/a?b=1&amp;c=2>.",
    "(http://x.org/@Charter)": "(<http://x.org/@Charter>)",
    "<https://x.org>": "&lt;<https://x.org>&gt;",
    "https://x.org https://x.org/#/runs/1": "<https://x.org> <https://x.org/#/runs/1>",
    "https://": "https://",
    "<@U0BEA> keeps": "<@U0BEA> keeps",
    "<@U0BEA|bea> <#C0X|x>": "<@U0BEA|bea> <#C0X|x>",
}
COMMANDS = {
    "raci x A @Bea Lind": "raci x A <@U0BEA|bea.lind>",
    "@data-team": "<!subteam^S0DATA|@data-team>",
    "#proj-x": "<#C0X|proj-x>",
    "link https://x.org/a to X": "link <https://x.org/a> to X",
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


def test_the_addresses_in_a_text_are_found_as_they_were_typed(workspace: Double) -> None:
    typed = "https://x.org/a?b=1&c=2 https://x.org/a?b=1&c=2 and https://y.org"
    sent = encoded(workspace.space, typed, "U0ANA", in_command=False)
    assert links(sent) == ["https://x.org/a?b=1&c=2", "https://y.org"]
