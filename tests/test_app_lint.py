"""The linter at the command line: findings alone on standard output, and an exit code for CI."""

import json

import pytest

from tests.support.shell import Shell


def test_moonshot_12_findings_end_with_one_and_are_a_line_each(loaded: Shell) -> None:
    said = loaded.run("lint", "berth")
    assert (said.code, said.err) == (1, "")
    *lines, total = said.out.splitlines()
    assert all(line.startswith("berth") for line in lines)
    assert any(" error no-a: nobody is accountable for " in line for line in lines)
    assert total.split(", ")[0].endswith(("error", "errors"))

    every = json.loads(loaded.run("lint", "--format", "json").out)["findings"]
    assert {"berth", "lighthouse"} <= {one["project"] for one in every}
    assert {one["severity"] for one in every} <= {"error", "warning", "note"}
    own = [one for one in every if one["project"] == "berth"]
    assert len(own) == len(lines)
    public = loaded.run("lint", "--format", "json", "--as", "cy").out
    assert "lighthouse" not in public


def test_how_bad_a_finding_must_be_is_said(loaded: Shell) -> None:
    codes = {
        least: loaded.run("lint", "berth", "--fail-on", least).code
        for least in ("error", "warning", "note")
    }
    assert codes["error"] <= codes["warning"] <= codes["note"] == 1


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("nowhere",), "nowhere"),
        (("berth", "--as", "nobody"), "nobody"),
        (("--format", "xml"), "xml"),
    ],
)
def test_a_wrong_name_ends_with_two(loaded: Shell, arguments: tuple[str, ...], word: str) -> None:
    said = loaded.run("lint", *arguments)
    assert (said.code, said.out) == (2, "")
    assert word in said.err
