"""Issues and releases of GitHub: which links lead to one, and what is told of it."""

from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.sources import Limits
from bot.sources.base import Kind, Page, Ref, Seen, Trouble, Why
from tests.sources.answering import Answer, Asked, answering
from tests.sources.described import ODD
from tests.sources.support import github, rest
from tests.sources.worlds import Repository

pytestmark = pytest.mark.usefixtures("as_described")


def test_an_issue_is_told(repository: Repository) -> None:
    made = repository.does("POST", "/issues", {"title": "Labels lag behind"})
    with closing(rest(repository.url)) as there:
        url = f"{repository.url}/ana/{repository.name}/issues/{made['number']}"
        ref = there.recognises(f"{url}#issuecomment-1")
        assert ref
        assert (ref.kind, ref.url) == (Kind.PAGE, url)
        found = there.fetch([ref])[ref]
    assert isinstance(found, Page)
    assert (found.title, found.owner, found.state) == ("Labels lag behind", "ana", "open")
    assert found.private is False


RELEASE = {
    "tag_name": "v1.2/rc",
    "name": "Winter",
    "author": {"login": "bea-x"},
    "published_at": "2026-11-20T09:00:00Z",
    "prerelease": True,
}


def looked(private: bool, url: str, told: Any = None) -> Seen:
    """What is told of a page in a repository that answers so."""
    odd = {ODD: "yes"} if told == [] else {}

    def script(asked: Asked) -> Answer:
        if asked.path == "/repos/acme/churn":
            return Answer(200, {"private": private})
        if asked.path == "/repos/acme/churn/releases/tags/v1.2%2Frc":
            return Answer(200, RELEASE)
        return Answer(200, told, odd) if told is not None else Answer(404, {"message": "Not Found"})

    with answering(script) as server, closing(github(server.url)) as there:
        ref = there.recognises(server.url + url)
        assert ref
        found = there.fetch([ref])[ref]
        assert there.recognises(ref.url) == ref
        return found


def test_a_release_is_told() -> None:
    found = looked(False, "/Acme/churn/releases/tag/v1.2%2Frc")
    assert isinstance(found, Page)
    assert (found.title, found.owner, found.state) == ("Winter", "bea-x", "a pre-release")
    assert found.edited == datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_g6_of_a_private_repository_no_words_are_told() -> None:
    told = {"number": 7, "title": "Secret", "state": "closed", "user": {"login": "bea-x"}}
    found = looked(True, "/acme/churn/issues/7", told)
    assert isinstance(found, Page)
    assert (found.title, found.owner, found.state) == ("acme/churn#7", "", "closed")


def test_what_is_not_there_or_is_nonsense() -> None:
    assert looked(False, "/acme/churn/issues/7") == Trouble(Why.NOT_FOUND)
    assert looked(False, "/acme/churn/issues/7", []) == Trouble(Why.GARBAGE)


def test_pages_leave_nothing_else_unseen_and_the_repository_is_asked_for_once() -> None:
    def script(asked: Asked) -> Answer:
        if asked.path == "/repos/acme/churn":
            return Answer(200, {"private": False})
        number = int(asked.path.rpartition("/")[2])
        if asked.path == f"/repos/acme/churn/issues/{number}":
            return Answer(200, {"number": number, "title": "Lag", "state": "open"})
        return Answer(404, {"message": "Not Found"})

    with answering(script) as server:
        limits = Limits(budget=60)
        with closing(rest(server.url, limits=limits)) as there:
            issues = [there.recognises(f"{server.url}/acme/churn/issues/{n}") for n in range(1, 81)]
            pull = there.recognises(f"{server.url}/acme/churn/pull/700")
            refs = [ref for ref in (*issues, pull) if ref]
            found = there.fetch(refs)
        asked = [one.path for one in server.asked]
    assert asked[0] == "/repos/acme/churn/pulls/700"
    assert asked.count("/repos/acme/churn") == 1
    assert [ref.url.rpartition("/")[2] for ref, one in found.items() if isinstance(one, Page)] == [
        str(number) for number in range(1, 59)
    ]
    last = found[refs[79]]
    assert isinstance(last, Trouble)
    assert last.is_postponed


def test_a_pass_reads_so_many_pages_and_no_more() -> None:
    def script(asked: Asked) -> Answer:
        return Answer(404, {"message": "Not Found"})

    with answering(script) as server, closing(rest(server.url)) as there:
        issues = [there.recognises(f"{server.url}/acme/churn/issues/{n}") for n in range(1, 104)]
        found = there.fetch([ref for ref in issues if ref])
        assert [one.path for one in server.asked] == ["/repos/acme/churn"]
    postponed = [one for one in found.values() if isinstance(one, Trouble) and one.is_postponed]
    assert (len(found), len(postponed)) == (103, 3)


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/acme/churn/issues/7", "acme/churn/issues/7"),
        ("/Acme/Churn/issues/7/", "acme/churn/issues/7"),
        ("/acme/churn/releases/tag/v1.2", "acme/churn/releases/tag/v1.2"),
        ("/acme/churn/issues/0", None),
        ("/acme/churn/issues/new", None),
        ("/acme/../issues/7", None),
        ("/acme/churn/releases/tag/%FF", None),
        ("/acme/churn/releases/tag/a/b", None),
    ],
)
def test_which_addresses_are_pages(path: str, key: str | None) -> None:
    with closing(github("https://api.github.com")) as there:
        found = there.recognises(f"https://github.com{path}")
        assert found == (
            Ref("github", Kind.PAGE, key, f"https://github.com/{key}") if key else None
        )
