"""One table of commands for the grammar, the help and the documentation."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.commands import (
    COMMANDS,
    Command,
    as_slack_sends,
    command,
    markdown,
    parse,
    spoken,
    usage_hint,
)
from bot.errors import NotFound
from tests.support.understood import understood

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 15)


def unknown(text: str) -> NotFound:
    with pytest.raises(NotFound) as caught:
        parse(text, TODAY)
    assert caught.value.what == "command"
    return caught.value


@pytest.mark.parametrize("text", ["{} data pipeline", "help {}"])
@pytest.mark.parametrize(
    ("word", "first"), [("rcai", "raci"), ("shwo", "show"), ("unbin", "unbind")]
)
def test_o3_a_slip_names_the_nearest_two(word: str, first: str, text: str) -> None:
    error = unknown(text.format(word))
    assert error.text == word
    assert error.suggestions[0] == first
    assert len(error.suggestions) <= 2


@pytest.mark.parametrize("word", ["lunch", "xyzzy", "🦄"])
def test_o3_a_word_like_no_command_names_none(word: str) -> None:
    assert unknown(f"{word} today").suggestions == ()


@pytest.mark.parametrize("entry", COMMANDS, ids=[entry.name for entry in COMMANDS])
def test_every_example_is_understood(entry: Command) -> None:
    order = parse(entry.example, TODAY)
    assert entry.example.split()[0] == entry.name
    assert understood(as_slack_sends(spoken(order)), TODAY) == order


def test_names_are_unique_and_found() -> None:
    names = [name for entry in COMMANDS for name in (entry.name, *entry.also)]
    assert len(names) == len(set(names))
    assert all(command(name) is not None for name in names)
    assert command("nonsense") is None


def test_the_documentation_is_the_table() -> None:
    page = ROOT / "docs" / "commands.md"
    assert page.read_text(encoding="utf-8") == markdown()


def test_every_command_stands_in_the_readme() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    section = page.partition("\n## Commands\n")[2].partition("\n## ")[0]
    said = {code.removeprefix("/charter ").split()[0] for code in re.findall("`([^`]+)`", section)}
    assert {entry.name for entry in COMMANDS} - said == set()


def test_headings_of_chapters_and_commands_differ() -> None:
    headings = re.findall(r"^#+ (.+)$", markdown(), re.MULTILINE)
    assert len({heading.casefold() for heading in headings}) == len(headings)


def test_the_usage_hint_names_the_commonest_commands_and_fits_a_line() -> None:
    named = usage_hint().strip("[]").split(" | ")
    assert {"ask", "raci", "help"} <= set(named)
    assert set(named) - {"…"} <= {entry.name for entry in COMMANDS}
    assert len(usage_hint()) <= 150
