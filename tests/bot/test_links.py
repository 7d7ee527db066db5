"""Linking: what an address is, and the change that links it."""

from dataclasses import replace

import pytest

from bot import documents, links
from bot.changes import LinkAdded, PullRequestLinked, RunLinked, Spot
from bot.commands import parse
from bot.deciding import reverse
from bot.errors import BadInput, Refused, Why
from bot.orders import AddLink
from bot.project import Scope
from bot.telling import summary
from bot.upkeep import Link
from tests.bot.support import item, project
from tests.support.clock import T0
from tests.support.evidence import PULL, RUN
from tests.support.understood import understood

PR = PULL.ref.url
X = "https://x.example/a"
PIPELINE = "data pipeline"
ITEM = item()
HERE = project(ITEM)
AT_ITEM = Spot(ITEM.id, "data_pipeline", "Data pipeline")


def test_a_pull_request_is_linked_and_given_a_stage() -> None:
    first = links.link(HERE, PULL.ref, None, None)
    assert first == PullRequestLinked(3, "github", "acme/churn", 7, PULL.ref.url, None, Spot())
    assert summary(first, {}) == "pull request #7: – → the project as a whole"
    second = links.link(HERE, PULL.ref, Spot(), ITEM)
    assert second is not None
    assert second.after == AT_ITEM
    assert summary(second, {}) == "pull request #7: the project as a whole → Data pipeline"
    assert links.link(HERE, PULL.ref, AT_ITEM, ITEM) is None
    assert links.link(HERE, PULL.ref, AT_ITEM, None) is None, "its stage stays"
    undone = reverse(second, ITEM)
    assert isinstance(undone, PullRequestLinked)
    assert (undone.before, undone.after) == (AT_ITEM, Spot())


def test_a_run_is_linked_and_unlinked() -> None:
    first = links.link(HERE, RUN.ref, None, ITEM)
    assert first == RunLinked(3, "mlflow", "0ab12", RUN.ref.url, None, AT_ITEM)
    gone = links.unlink(HERE, RUN.ref, AT_ITEM)
    assert summary(gone, {}) == "run 0ab12: Data pipeline → –"
    with pytest.raises(Refused) as caught:
        links.unlink(HERE, RUN.ref, None)
    assert caught.value.why is Why.NOT_HELD


def test_nothing_is_linked_to_an_archived_project() -> None:
    archived = replace(HERE, archived_at=T0)
    for deed in (
        lambda: links.link(archived, PULL.ref, None, None),
        lambda: documents.keep(archived, "https://x.example/a"),
    ):
        with pytest.raises(Refused) as caught:
            deed()
        assert caught.value.why is Why.ARCHIVED


def test_another_address_is_kept_by_its_host_and_path() -> None:
    kept = documents.keep(HERE, " https://docs.example/d/abc/?x=1#y ")
    assert kept == LinkAdded(3, "docs.example/d/abc", "https://docs.example/d/abc/?x=1#y")
    assert summary(kept, {}) == "link: – → docs.example/d/abc"
    assert reverse(kept, None) == replace(kept, added=False)
    there = replace(HERE, scope=Scope(links=(Link("The plan", kept.url),)))
    with pytest.raises(Refused) as caught:
        documents.keep(there, kept.url)
    assert caught.value.why is Why.NOTHING_CHANGES


@pytest.mark.parametrize(
    "text",
    [
        "github.com/a",
        "javascript:alert(1)",
        "https://",
        "https:///a",
        "https://github.com@evil.example/acme/churn/pull/7",
        "https://user:word@x.example/",
        "https://x.example/a b",
        "https://x.example/\u202ea",
        "https://x.example:99999/",
        "https://x.example/<!channel>",
        "https://x.example/" + "a" * 2000,
    ],
)
def test_what_only_looks_like_an_address_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        links.checked_url(text)
    assert (caught.value.why, caught.value.field) == (Why.BAD_URL, "url")


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        (
            "look: <https://a.example/x|a.example/x>, please",
            ["https://a.example/x"],
            "look: , please",
        ),
        ("https://a.example/x?b=1&amp;c=2.", ["https://a.example/x?b=1&c=2"], ""),
        ("(see https://a.example/x)", ["https://a.example/x"], "(see"),
        ("<https://a.example> and https://a.example", ["https://a.example"], "and"),
        ("https://a.example/x_(y)", ["https://a.example/x_(y)"], ""),
        ("mail a@https.example or <mailto:a@b.example|a@b.example>", [], None),
        ("evil.https://a.example", [], None),
    ],
)
def test_addresses_in_a_text(text: str, found: list[str], rest: str | None) -> None:
    assert list(links.addresses(text)) == found
    assert links.without_addresses(text) == (text if rest is None else rest)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        (f"link {PR}", AddLink(PR)),
        (f"link <{PR}> to data pipeline", AddLink(PR, PIPELINE)),
        (f"link <{PR}|acme/churn#7> for data pipeline in Churn", AddLink(PR, PIPELINE, "Churn")),
        (f"link {PR} in Churn Radar", AddLink(PR, None, "Churn Radar")),
        (f"link to data pipeline {PR}", AddLink(PR, PIPELINE)),
        ("link github.com/acme/churn/pull/7", AddLink(PR)),
        ('link https://x.example/a "The  plan" in Churn', AddLink(X, None, "Churn", "The plan")),
        (
            "link https://x.example/a “Der Plan” to data pipeline",
            AddLink(X, PIPELINE, None, "Der Plan"),
        ),
        ("link https://x.example/a?b=1&amp;c=2#d", AddLink("https://x.example/a?b=1&c=2#d")),
    ],
)
def test_the_command(text: str, order: AddLink) -> None:
    assert understood(text, T0.date()) == order


@pytest.mark.parametrize(
    ("text", "why", "field"),
    [
        ("link", Why.EMPTY_TEXT, "url"),
        ("link data pipeline", Why.BAD_URL, "url"),
        ("link ftp://x.example/a", Why.BAD_URL, "url"),
        ("link https://github.com@evil.example/a", Why.BAD_URL, "url"),
        ("link https://[x", Why.BAD_URL, "url"),
        ("link https://x.example/" + "a" * 2000, Why.BAD_URL, "url"),
        (f"link {PR} data pipeline", Why.WORDS_LEFT_OVER, "item"),
        (f"link {PR} to", Why.EMPTY_TEXT, "item"),
    ],
)
def test_a_command_that_cannot_be_taken(text: str, why: Why, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text, T0.date())
    assert (caught.value.why, caught.value.field) == (why, field)
