"""That commands say in tests what they say to those who start them."""

import pytest

from tests.support.shell import Shell


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "who owns the data pipeline?", "--channel", "berth"),
        ("ask", "who owns it?", "--batch", "nothing.jsonl"),
        ("no-such-command",),
        ("dump", "--database", "sqlite:///nowhere/charter.db"),
    ],
)
def test_a_fresh_start_says_the_same(loaded: Shell, arguments: tuple[str, ...]) -> None:
    assert loaded.start(*arguments) == loaded.run(*arguments)
