"""CODEOWNERS read as GitHub does, and held against letters."""

import time

import pytest

from bot.codeowners import (
    Claim,
    Difference,
    Entry,
    Kind,
    Proposal,
    Standing,
    as_line,
    differences,
    example,
    fits,
    proposed,
    read,
)

FILE = """\
# Sample data
*            @acme/everyone   # all of it
/data/       @ana bea@acme.example
data/My\\ Tables @bea
*.sql        @Cy
/data/raw/
!data/x      @ana
*.[ch]       @ana
[Docs]       @ana
\\#odd        @ana
docs/*       ana
"""


def test_lines_are_read_and_those_in_error_are_named() -> None:
    found = read(FILE)
    assert found.entries == (
        Entry(2, "*", ("@acme/everyone",)),
        Entry(3, "/data/", ("@ana", "bea@acme.example")),
        Entry(4, "data/My Tables", ("@bea",)),
        Entry(5, "*.sql", ("@Cy",)),
        Entry(6, "/data/raw/", ()),
    )
    assert [one.line for one in found.faults] == [7, 8, 9, 10, 11]
    assert found.faults[-1].why == "“ana” is neither @user, @org/team nor an e-mail address"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("README.md", 2),
        ("data/load.py", 3),
        ("src/data/load.py", 2),
        ("data/My Tables/one.csv", 4),
        ("data/deep/load.sql", 5),
        ("data/raw/load.sql", 6),
    ],
)
def test_the_last_line_that_fits_wins(path: str, line: int) -> None:
    entry = read(FILE).of(path)
    assert entry is not None
    assert entry.line == line


@pytest.mark.parametrize(
    ("pattern", "path", "is_meant"),
    [
        ("*", "a/b.py", True),
        ("*.js", "a/b.js", True),
        ("*.js", "a/b.jsx", False),
        ("/build/logs/", "build/logs/a/b", True),
        ("/build/logs/", "x/build/logs/a", False),
        ("docs/*", "docs/a.md", True),
        ("docs/*", "docs/b/a.md", False),
        ("docs/*", "x/docs/a.md", False),
        ("apps/", "x/apps/a", True),
        ("apps/", "apps", False),
        ("**/logs", "a/b/logs/c", True),
        ("/a/**/z", "a/z", True),
        ("/a/**/z", "a/b/c/z", True),
        ("/a/**", "a/b/c", True),
        ("/apps/github", "apps/github/a", True),
        ("fil?.py", "file.py", True),
        ("a.c", "abc", False),
    ],
)
def test_a_pattern_means_what_github_says(pattern: str, path: str, is_meant: bool) -> None:
    assert fits(path, pattern) is is_meant


CLAIMS = (
    Claim("data/", "Data pipeline", ("@bea",), frozenset({"@bea"}), ("Bea", "Ana")),
    Claim("*.sql", "Data quality", ("@cy",), frozenset({"@cy"})),
    Claim("docs/", "Rollout", (), frozenset(), ("Ana",)),
    Claim("data/raw/", "Annotation", ("@dan",), frozenset({"@dan"}), ("Dan",)),
)
UNKNOWN = Standing()
GONE = Standing(left={"@cy"}, writers={"@ana"})


def test_codeowners_what_file_and_letters_disagree_about() -> None:
    owners = read(FILE.replace("bea@acme.example", ""))
    assert differences(owners, CLAIMS, GONE) == (
        Difference(Kind.NO_WRITE, "data/My Tables", "@bea", 4),
        Difference(Kind.LEFT, "*.sql", "@Cy", 5),
        Difference(Kind.NOT_OWNER, "data/", "@bea", 3, "Data pipeline"),
        Difference(Kind.NO_LETTER, "data/", "@ana", 3, "Data pipeline"),
        Difference(Kind.NO_R, "docs/", stage="Rollout"),
        Difference(Kind.NOBODY, "data/raw/", line=6, stage="Annotation", who=("Dan",)),
    )
    told = differences(owners, CLAIMS, Standing(left={"@cy"}))
    assert not any(one.kind is Kind.NO_WRITE for one in told), (
        "where nobody tells who may write, nobody is said not to"
    )


def test_codeowners_where_a_line_may_name_somebody_nobody_is_missing() -> None:
    claims = [Claim("data/", "Data pipeline", ("@bea",), frozenset({"@bea"}))]

    def kinds(line: str, known: Standing = UNKNOWN) -> list[Kind]:
        return [one.kind for one in differences(read(line), claims, known)]

    assert kinds("/data/ bea@acme.example") == []
    assert kinds("/data/ @acme/data") == []
    with_bea = Standing(teams={"@acme/data": {"@bea"}})
    assert kinds("/data/ @Acme/Data", with_bea) == []
    assert kinds("/data/ @acme/data @cy", with_bea) == [Kind.NO_LETTER]
    without = Standing(teams={"@acme/data": {"@cy"}})
    assert kinds("/data/ @acme/data", without) == [Kind.NOT_OWNER]
    refused = Standing(refused={"@acme/data"})
    assert kinds("/data/ @acme/data", refused) == [Kind.NO_WRITE]


def test_codeowners_who_has_no_name_there_is_said_to_have_none() -> None:
    claim = Claim("data/", "Data pipeline", (), frozenset(), ("Bea",), ("Bea",))
    assert differences(read("* @ana\n"), [claim], Standing(left={"@ana"})) == (
        Difference(Kind.LEFT, "*", "@ana", 1),
        Difference(Kind.NO_NAME, "data/", stage="Data pipeline", who=("Bea",)),
    )


def test_codeowners_lines_are_proposed_with_who_is_responsible_and_without_who_left() -> None:
    owners = read(FILE.replace("bea@acme.example", ""))
    assert proposed(owners, CLAIMS, GONE) == (
        Proposal(3, "/data/ @ana @bea", "/data/ @ana"),
        Proposal(5, "*.sql", "*.sql @Cy"),
        Proposal(6, "/data/raw/ @dan", "/data/raw/"),
    )
    assert proposed(read("/x/ @ana\n"), CLAIMS, Standing()) == (
        Proposal(0, "*.sql @cy"),
        Proposal(0, "/data/ @bea"),
        Proposal(0, "/data/raw/ @dan"),
    )


def test_codeowners_a_wider_line_keeps_its_owners_and_gets_a_narrower_one_below() -> None:
    found = proposed(read("* @ana\n/src/ @cy\n"), CLAIMS[:1], Standing())
    assert found == (Proposal(1, "/data/ @bea"),)
    renewed = read("* @ana\n/data/ @bea\n/src/ @cy\n")
    assert proposed(renewed, CLAIMS[:1], Standing()) == ()
    assert differences(renewed, CLAIMS[:1], Standing()) == ()


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("data/", "/data/"),
        ("/data/**", "/data/"),
        ("data", "/data/"),
        ("*.sql", "*.sql"),
        ("src/*.py", "/src/*.py"),
        ("*", "*"),
        ("Makefile.am", "Makefile.am"),
    ],
)
def test_a_path_of_a_rule_as_a_line(path: str, line: str) -> None:
    assert as_line(path) == line
    assert fits(example(path), line)


def test_a_pattern_takes_no_longer_the_odder_it_is() -> None:
    began = time.perf_counter()
    assert not fits("/".join("a" * 60), "**/a/" * 60 + "b")
    assert not fits("a" * 200, "*a" * 40 + "b")
    assert time.perf_counter() - began < 2
