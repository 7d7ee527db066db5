"""CODEOWNERS as it is fetched: which file, who may write, who is in a team, and what is refused."""

import base64
from contextlib import closing
from typing import Any

import pytest

from bot.codeowners import LARGEST
from bot.sources.base import Etags, Stream, Trouble, Why
from bot.sources.owning import Fault, Owned, Ownership
from tests.sources.answering import Answer, Script, always, answering
from tests.sources.codehost import CodeHost
from tests.sources.described import ODD
from tests.sources.support import Memory, github
from tests.sources.worlds import Repository

pytestmark = pytest.mark.usefixtures("as_described")

FILE = b"* @acme/everyone\n/data/ @ana\n"
PLACE = ".github/CODEOWNERS"


def look(script: Script, repo: str = "acme/churn", etags: Etags | None = None) -> object:
    with answering(script) as server, closing(github(server.url, etags)) as there:
        assert isinstance(there, Owned)
        stream = there.stream(repo)
        assert stream
        return there.ownership(stream)


def seen(script: Script, repo: str = "acme/churn", etags: Etags | None = None) -> Ownership:
    found = look(script, repo, etags)
    assert isinstance(found, Ownership), found
    return found


def test_codeowners_is_told_with_who_may_write_and_who_is_in_which_team() -> None:
    host = CodeHost(
        {PLACE: FILE}, writers=["Ana"], readers=["cy"], teams={"everyone": ["Bea-X", "cy"]}
    )
    assert seen(host) == Ownership(
        repo="Acme/churn",
        branch="main",
        private=True,
        path=PLACE,
        text=FILE.decode(),
        size=len(FILE),
        writers=frozenset({"@ana"}),
        teams={"@acme/everyone": frozenset({"@bea-x", "@cy"})},
    )


@pytest.mark.parametrize(
    ("there", "path"),
    [
        ((".github", "", "docs"), ".github/CODEOWNERS"),
        (("", "docs"), "CODEOWNERS"),
        (("docs",), "docs/CODEOWNERS"),
        ((), ""),
    ],
)
def test_codeowners_is_looked_for_where_github_looks_in_its_order(
    there: tuple[str, ...], path: str
) -> None:
    files = {
        f"{folder}/CODEOWNERS".lstrip("/"): f"* @{folder or 'root'}".encode() for folder in there
    }
    found = seen(CodeHost(files, branch="trunk"))
    assert (found.path, found.branch) == (path, "trunk")
    assert found.text == (files[path].decode() if path else "")


def test_codeowners_a_large_file_is_read_and_a_larger_one_is_not() -> None:
    line = b"/data/ @ana\n"
    large = line * (LARGEST // len(line))
    assert seen(CodeHost({PLACE: large})).text == large.decode()
    too_large = large + line
    found = seen(CodeHost({PLACE: too_large}))
    assert (found.size, found.text) == (len(too_large), "")


def test_codeowners_what_stays_the_same_costs_nothing() -> None:
    host, kept = CodeHost({PLACE: FILE}, writers=["ana"]), Memory()
    with answering(host) as server, closing(github(server.url, kept)) as there:
        assert isinstance(there, Owned)
        stream = there.stream("acme/churn")
        assert stream
        first = there.ownership(stream)
        asked, host.same = len(server.asked), 0
        assert there.ownership(stream) == first
        missing = len([one for one in server.asked[asked:] if one.path.endswith("/members")])
        assert host.same == len(server.asked) - asked - missing


def test_codeowners_what_github_itself_finds_fault_with() -> None:
    errors: list[dict[str, Any]] = [
        {
            "line": 1,
            "column": 3,
            "kind": "Unknown owner",
            "source": "* @acme/everyone",
            "suggestion": None,
            "message": "Unknown owner on line 1",
            "path": PLACE,
        },
        {"line": 2, "column": 1, "kind": "Invalid pattern", "source": "/da[t]a/ @ana"},
        {"line": 0, "column": 0, "kind": ""},
    ]
    found = seen(CodeHost({PLACE: FILE}, errors=errors))
    assert found.faults == (
        Fault(1, "Unknown owner", "@acme/everyone"),
        Fault(2, "Invalid pattern", "/da[t]a/"),
    )
    assert found.refused == frozenset({"@acme/everyone"})
    assert found.teams == {}, "nobody asks for a team that GitHub does not know"


def test_codeowners_what_may_not_be_read_is_named_by_its_permission() -> None:
    host = CodeHost({PLACE: FILE}, refuses={"/collaborators", "/members", "/errors"})
    found = seen(host)
    assert (found.text, found.writers, found.teams) == (FILE.decode(), None, {})
    assert found.lacks == ("Metadata", "Members")
    assert look(CodeHost({PLACE: FILE}, refuses={"/CODEOWNERS"})) == Trouble(
        Why.FORBIDDEN, detail="It takes the repository permission Contents, to read."
    )


def test_codeowners_of_a_renamed_repository_are_read_and_its_name_today_is_told() -> None:
    found = seen(CodeHost({PLACE: FILE}, writers=["ana"]), "acme/old")
    assert (found.repo, found.text) == ("Acme/churn", FILE.decode())
    assert found.writers == frozenset({"@ana"})


def test_codeowners_of_what_is_not_there_or_hidden() -> None:
    assert look(CodeHost({}), "acme/other") == Trouble(Why.NOT_FOUND)


def test_codeowners_many_people_are_read_by_the_page() -> None:
    many = [f"person-{number}" for number in range(250)]
    found = seen(CodeHost({PLACE: FILE}, writers=many, teams={"everyone": many[:120]}))
    assert found.writers == frozenset(f"@{one}" for one in many)
    assert len(found.teams["@acme/everyone"]) == 120
    endless = [f"person-{number}" for number in range(1000)]
    assert seen(CodeHost({PLACE: FILE}, writers=endless)).writers is None, "not told of all"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(401, {}), Why.UNAUTHORISED),
        (Answer(429, {}, {"retry-after": "900"}), Why.RATE_LIMITED),
        (Answer(502, {}), Why.AWAY),
        (Answer(200, [], {ODD: "yes"}), Why.GARBAGE),
        (Answer(200, b"<html>", {ODD: "yes"}), Why.GARBAGE),
        (None, Why.AWAY),
    ],
)
def test_g7_codeowners_in_trouble(answer: Answer | None, why: Why) -> None:
    found = look(always(answer))
    assert isinstance(found, Trouble)
    assert found.why is why


def test_codeowners_of_somebody_elses_github(repository: Repository) -> None:
    content = base64.b64encode(b"* @ana\n").decode()
    file = {"message": "Say who owns what", "content": content, "branch": "main"}
    repository.does("PUT", "/contents/docs/CODEOWNERS", file)
    with closing(github(repository.url, token="test_token_ana")) as there:
        assert isinstance(there, Owned)
        stream = there.stream(f"ana/{repository.name}")
        assert isinstance(stream, Stream)
        found = there.ownership(stream)
    assert isinstance(found, Ownership), found
    assert (found.path, found.text, found.branch) == ("docs/CODEOWNERS", "* @ana\n", "main")
