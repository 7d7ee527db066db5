"""CODEOWNERS read as GitHub does, and held against letters."""

import pytest

from bot.codeowners import Claim, Difference, Entry, Kind, differences, fits, proposed, read

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
    Claim("data/", "Data pipeline", ("@bea",), frozenset({"@bea"})),
    Claim("*.sql", "Data quality", ("@cy",), frozenset({"@cy"})),
    Claim("docs/", "Rollout", (), frozenset()),
)


def test_what_file_and_letters_disagree_about() -> None:
    owners = read(FILE)
    assert differences(owners, CLAIMS, {"@cy"}, {"@ana"}) == (
        Difference(Kind.NO_WRITE, "data/My Tables", "@bea", 4),
        Difference(Kind.LEFT, "*.sql", "@Cy", 5),
        Difference(Kind.NOT_OWNER, "data/", "@bea", 3, "Data pipeline"),
        Difference(Kind.NO_LETTER, "data/", "@ana", 3, "Data pipeline"),
        Difference(Kind.NO_R, "docs/", stage="Rollout"),
    )
    assert not any(
        one.kind is Kind.NO_WRITE for one in differences(owners, CLAIMS, {"@cy"}, None)
    ), "where nobody tells who may write, nobody is said not to"


def test_lines_are_proposed_with_who_is_responsible_and_without_who_left() -> None:
    assert proposed(read(FILE), CLAIMS, {"@cy"}) == {
        3: "/data/ @ana bea@acme.example @bea",
        5: "*.sql",
    }
    assert proposed(read("/x/ @ana\n"), CLAIMS, ()) == {0: "data/ @bea\n*.sql @cy"}
