"""The command line's reference is the grammar's own, and the grammar leaves nothing unsaid."""

import re
import shlex

import pytest

import app
from tests.support import command_line
from tests.support.command_line import Verb
from tests.support.tree import ROOT

VERBS = list(command_line.verbs(command_line.grammar()))


def test_the_reference_is_printed_from_the_grammar() -> None:
    wanted = "write it anew: .venv/bin/python -m tests.support.command_line"
    assert command_line.PAGE.read_text(encoding="utf-8") == command_line.page(), wanted


def test_every_command_stands_in_the_reference() -> None:
    headings = re.findall(r"^## ([a-z].*)$", command_line.page(), re.MULTILINE)
    assert headings == [verb.name for verb in VERBS]
    assert set(headings) == set(app.DEEDS) == set(command_line.READ_MORE)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_command_and_all_that_may_follow_it_is_explained(verb: Verb) -> None:
    assert verb.words
    assert str(verb.parser.description).endswith(".")
    silent = [one.dest for one in command_line.arguments(verb.parser) if not one.help]
    assert silent == []


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_an_example_does_what_it_is_one_of(verb: Verb) -> None:
    example = command_line.example_of(verb) or f"app.py {verb.name}"
    options = command_line.grammar().parse_args(shlex.split(example)[1:])
    assert options.deed == verb.name
    assert options.run is app.DEEDS[verb.name]


def test_the_readme_names_commands_that_there_are() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    section = page.partition("\n## At the command line\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \|", section, re.MULTILINE)[2:]
    named = [code for row in rows for code in re.findall("`([^`]+)`", row)]
    assert len(named) > 5
    names = {verb.name for verb in VERBS}
    assert [code for code in named if not _begins(code, names)] == []
    assert "(docs/command-line.md)" in section


def _begins(code: str, names: set[str]) -> bool:
    words = code.split()
    return words[0] in names or " ".join(words[:2]) in names
