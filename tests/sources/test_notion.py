"""Pages of Notion: which links lead to one, and what its API tells of it."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import pytest

from bot.sources.base import Kind, Page, Ref, Seen, Source, Trouble, Why
from bot.sources.notion import NOT_SHARED
from tests.sources.answering import Answer, always, answering
from tests.sources.notion_server import SECRET, Space, page
from tests.sources.support import source

ID, OTHER, BEA = "a" * 31 + "1", "b" * 31 + "2", "c" * 31 + "3"
DASHED = f"{ID[:8]}-{ID[8:12]}-{ID[12:16]}-{ID[16:20]}-{ID[20:]}"
URL = f"https://www.notion.so/acme/Plan-{ID}"
EDITED = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class World:
    space: Space
    there: Source

    def look(self, url: str = URL) -> Seen:
        ref = self.there.recognises(url)
        assert ref
        return self.there.fetch([ref])[ref]


@pytest.fixture
def world() -> Iterator[World]:
    space = Space({ID: page(ID, "The plan", BEA)}, users={BEA: "Bea Sample"})
    with ExitStack() as stack:
        server = stack.enter_context(answering(space))
        there = source(notion_api_url=server.url, notion_token=SECRET)
        yield World(space, stack.enter_context(closing(there)))


def test_a_page_is_told(world: World) -> None:
    ref = Ref("notion", Kind.PAGE, ID, f"https://www.notion.so/{ID}")
    told = Page(ref, "The plan", "Bea Sample", "", EDITED, "Bea Sample")
    assert world.look() == told
    assert world.there.answers() == "as Charter"
    refs = [ref, world.there.recognises(f"https://notion.so/{OTHER}")]
    both = world.there.fetch([one for one in refs if one])
    assert list(both.values()) == [told, Trouble(Why.NOT_FOUND, detail=NOT_SHARED)]


def test_a_database_is_told_too(world: World) -> None:
    title = [{"plain_text": "Labels"}]
    world.space.databases[OTHER] = page(OTHER, "", BEA) | {
        "object": "database",
        "title": title,
    }
    found = world.look(f"https://www.notion.so/acme/{OTHER}?v={ID}")
    assert isinstance(found, Page)
    assert found.title == "Labels"


def test_names_that_may_not_be_asked_for_are_left_out(world: World) -> None:
    world.space.names = False
    found = world.look()
    assert isinstance(found, Page)
    assert (found.title, found.owner, found.edited_by) == ("The plan", "", "")


def test_a_page_in_the_trash_says_so(world: World) -> None:
    world.space.pages[ID]["in_trash"] = True
    found = world.look()
    assert isinstance(found, Page)
    assert found.state == "in the trash"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(401, {"object": "error"}), Why.UNAUTHORISED),
        (Answer(403, {"object": "error"}), Why.FORBIDDEN),
        (Answer(404, {"object": "error"}), Why.NOT_FOUND),
        (Answer(429, {}, {"Retry-After": "600"}), Why.RATE_LIMITED),
        (Answer(500), Why.AWAY),
        (None, Why.AWAY),
        (Answer(200, b"<html>"), Why.GARBAGE),
        (Answer(200, {}), Why.GARBAGE),
        (Answer(200, []), Why.GARBAGE),
    ],
)
def test_a_fault_is_told(answer: Answer | None, why: Why) -> None:
    with answering(always(answer)) as server:
        there = source(notion_api_url=server.url, notion_token=SECRET)
        ref = there.recognises(URL)
        assert ref
        told = there.fetch([ref])[ref]
        there.close()
    assert isinstance(told, Trouble)
    assert told.why is why
    assert SECRET not in repr(told) + repr(vars(there))


@cache
def notion() -> Source:
    return source(notion_token=SECRET)


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.notion.so/{ID}",
        f"https://notion.so/acme/{ID}?pvs=4",
        f"https://www.notion.so/acme/The-plan-{ID}#{OTHER}",
        f"https://www.notion.so/{DASHED}",
        f"https://acme.notion.site/The-plan-{ID}",
        f"https://ACME.notion.site/{ID.upper()}",
        f"https://www.notion.so/acme/{OTHER}?v={OTHER}&p={ID}&pm=s",
    ],
)
def test_a_page_has_one_name_whichever_address_was_copied(url: str) -> None:
    ref = Ref("notion", Kind.PAGE, ID, f"https://www.notion.so/{ID}")
    assert notion().recognises(url) == ref
    assert notion().recognises(ref.url) == ref
    assert notion().stream(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://www.notion.so/acme/The-plan",
        f"https://www.notion.so/{ID}0",
        f"https://www.notion.so/{ID}/edit",
        f"https://api.notion.com/v1/pages/{ID}",
        f"https://www.notion.so.evil.tld/{ID}",
        f"https://notion.site/{ID}",
        f"https://acme.notion.site.evil.tld/{ID}",
        f"https://acme.notion.site@evil.tld/{ID}",
        f"https://evil.tld/acme.notion.site/{ID}",
        f"https://a.b.notion.site/{ID}",
        f"https://acme.notion.site:8443/{ID}",
    ],
)
def test_edge_66_what_is_no_page_of_notion(url: str) -> None:
    assert notion().recognises(url) is None
