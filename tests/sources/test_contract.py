"""What holds for every source, each before a server that is as real as can be had; for trackers
whose service is gone, which have no server; and for addresses that no source knows.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.settings import Settings
from bot.sources import MAKERS, NEEDS, archive_of
from bot.sources.base import Changes, Kind, Page, PullRequest, Ref, Run, Source, Trouble, Why
from bot.sources.neptune import Neptune
from bot.sources.neptune.export import found, read
from tests.sources.answering import Answer, always, answering
from tests.sources.graphql_server import Hub, pull_request, schema_of
from tests.sources.notion_server import SECRET, Space, page
from tests.sources.support import Clock, Memory, github, source, wandb
from tests.sources.test_neptune import SAMPLE
from tests.sources.wandb_server import cloud_of
from tests.sources.worlds import Experiment, Repository


@dataclass(frozen=True, slots=True)
class Place:
    """A source that is set up, links to things that are there, and one to a thing that is not.

    `stream` leads to where they lie, `before` is earlier than anything happened to them.
    """

    source: Source
    kind: Kind
    links: tuple[str, ...]
    missing: str
    stream: str
    before: datetime

    def ref(self, link: str) -> Ref:
        found = self.source.recognises(link)
        assert found
        return found


def by_rest(request: pytest.FixtureRequest, open: ExitStack) -> Place:
    repository: Repository = request.getfixturevalue("repository")
    request.getfixturevalue("as_described").whole = repository.url
    numbers = repository.opens(), repository.opens()
    url = f"{repository.url}/ana/{repository.name}/pull/"
    there = open.enter_context(closing(github(repository.url, Memory(), token="test_token_cy")))
    links = f"{url}{numbers[0]}", f"{url}{numbers[1]}/files"
    stream = f"{repository.url}/ana/{repository.name}"
    return Place(there, Kind.PULL_REQUEST, links, f"{url}99", stream, LONG_AGO)


def by_app(request: pytest.FixtureRequest, open: ExitStack) -> Place:
    app, key = request.getfixturevalue("github_app")
    repository: Repository = request.getfixturevalue("repository")
    request.getfixturevalue("as_described").whole = repository.url
    numbers = repository.opens(), repository.opens()
    url = f"{repository.url}/ana/{repository.name}/pull/"
    there = source(
        Memory(),
        Clock(datetime.now(UTC)),
        github_api_url=repository.url,
        github_app_id=app,
        github_app_private_key=key,
    )
    open.enter_context(closing(there))
    links = f"{url}{numbers[0]}", f"{url}{numbers[1]}/commits"
    stream = f"{repository.url}/ana/{repository.name}.git"
    return Place(there, Kind.PULL_REQUEST, links, f"{url}99", stream, LONG_AGO)


def by_graphql(request: pytest.FixtureRequest, open: ExitStack) -> Place:
    request.getfixturevalue("as_described")
    schema = schema_of(request.getfixturevalue("github_schema"))
    about = {"nameWithOwner": "acme/churn", "isPrivate": False}
    pulls: dict[tuple[str, int], Any] = {("acme/churn", n): pull_request(n) for n in (1, 2)}
    server = open.enter_context(answering(Hub(schema, {"acme/churn": about}, pulls)))
    url = f"{server.url}/Acme/Churn/pull/"
    there = open.enter_context(closing(github(server.url, Memory())))
    links = f"{url}1", f"{url}2#issue"
    stream = f"{server.url}/acme/churn/"
    return Place(there, Kind.PULL_REQUEST, links, f"{url}99", stream, LONG_AGO)


def by_mlflow(request: pytest.FixtureRequest, open: ExitStack) -> Place:
    experiment: Experiment = request.getfixturevalue("experiment")
    links = (
        experiment.link(experiment.starts()),
        experiment.link(experiment.starts()) + "/artifacts",
    )
    there = open.enter_context(closing(source(mlflow_tracking_uri=experiment.url)))
    stream = f"{experiment.url}/#/experiments/{experiment.id}"
    return Place(there, Kind.RUN, links, experiment.link("0" * 32), stream, LONG_AGO)


def by_wandb(request: pytest.FixtureRequest, open: ExitStack) -> Place:
    cloud, _ = cloud_of(request.getfixturevalue("wandb_recorded"))
    url = open.enter_context(answering(cloud)).url
    there = open.enter_context(closing(wandb(url)))
    runs = f"{url}/acme/churn/runs/"
    links = f"{runs}ab12cd34", f"{runs}ef56/overview", f"{runs}ab90"
    return Place(there, Kind.RUN, links, f"{runs}none", f"{url}/acme/churn", LONG_AGO)


def by_notion(_: pytest.FixtureRequest, open: ExitStack) -> Place:
    ids = "a" * 32, "b" * 32
    space = Space({id: page(id, "The plan", "c" * 32) for id in ids}, users={"c" * 32: "Bea"})
    url = open.enter_context(answering(space)).url
    there = open.enter_context(closing(source(notion_api_url=url, notion_token=SECRET)))
    links = f"https://www.notion.so/acme/Plan-{ids[0]}", f"https://acme.notion.site/{ids[1]}?pvs=4"
    return Place(there, Kind.PAGE, links, f"https://notion.so/{'d' * 32}", url, LONG_AGO)


def by_export(_: pytest.FixtureRequest, open: ExitStack) -> Place:
    """What Neptune's own exporter wrote, and the links that once led there."""
    [exported] = found(SAMPLE)
    links = read(exported).ref.url, "https://app.neptune.ai/acme/churn/e/CHU-2/charts"
    there = open.enter_context(closing(Neptune()))
    missing, stream = (
        "https://scale.neptune.ai/acme/churn/e/none",
        "https://app.neptune.ai/acme/churn",
    )
    return Place(there, Kind.RUN, links, missing, stream, LONG_AGO)


TOLD = {Kind.PULL_REQUEST: PullRequest, Kind.RUN: Run, Kind.PAGE: Page}
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SOON = datetime(2100, 1, 1, tzinfo=UTC)

PLACES: dict[str, Callable[[pytest.FixtureRequest, ExitStack], Place]] = {
    "GitHub by REST": by_rest,
    "GitHub as an app": by_app,
    "GitHub by GraphQL": by_graphql,
    "MLflow": by_mlflow,
    "W&B": by_wandb,
}


PAGES: dict[str, Callable[[pytest.FixtureRequest, ExitStack], Place]] = {"Notion": by_notion}
"""Those that tell of pages, which are looked at one by one: nothing appears there by itself."""


GONE: dict[str, Callable[[pytest.FixtureRequest, ExitStack], Place]] = {"Neptune": by_export}
"""Those whose service is gone. They know their links and streams and ask nobody: what tests of an
answer and of a server that answers say does not apply, and what is said in its place is below.
"""
SERVED = [pytest.param(name, marks=pytest.mark.server) for name in PLACES]


@pytest.fixture(params=[*SERVED, *PAGES, *GONE])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    with ExitStack() as stack:
        yield (PLACES | PAGES | GONE)[request.param](request, stack)


@pytest.fixture(params=[*SERVED, *PAGES])
def answering_place(request: pytest.FixtureRequest) -> Iterator[Place]:
    with ExitStack() as stack:
        yield (PLACES | PAGES)[request.param](request, stack)


@pytest.fixture(params=[*SERVED, *GONE])
def flowing(request: pytest.FixtureRequest) -> Iterator[Place]:
    with ExitStack() as stack:
        yield (PLACES | GONE)[request.param](request, stack)


@pytest.fixture(params=SERVED)
def moving(request: pytest.FixtureRequest) -> Iterator[Place]:
    with ExitStack() as stack:
        yield PLACES[request.param](request, stack)


@pytest.fixture(params=[*GONE])
def gone(request: pytest.FixtureRequest) -> Iterator[Place]:
    with ExitStack() as stack:
        yield GONE[request.param](request, stack)


def test_every_source_is_held_to_this() -> None:
    held = {name.split(" by ")[0].split(" as ")[0] for name in (*PLACES, *PAGES, *GONE)}
    assert held == {maker.needs.title for maker in MAKERS}


def test_a_link_has_one_name_and_leads_back_to_itself(place: Place) -> None:
    for link in place.links:
        ref = place.ref(link)
        assert (ref.source, ref.kind) == (place.source.name, place.kind)
        assert place.source.recognises(ref.url) == ref


def test_every_one_asked_for_is_answered(answering_place: Place) -> None:
    place = answering_place
    refs = [place.ref(link) for link in (*place.links, place.missing)]
    strange = replace(refs[0], url="https://evil.tld/acme/churn/pull/7")
    seen = place.source.fetch([*refs, refs[0], strange])
    assert set(seen) == {*refs, strange}
    for ref in refs[:-1]:
        found = seen[ref]
        assert isinstance(found, PullRequest | Run | Page)
        assert (type(found), found.ref) == (TOLD[place.kind], ref)
    for ref in (refs[-1], strange):
        found = seen[ref]
        assert isinstance(found, Trouble)
        assert found.why is Why.NOT_FOUND


def test_of_a_service_that_is_gone_everything_is_told_to_be_gone(gone: Place) -> None:
    place = gone
    archive = archive_of(place.ref(place.links[0]))
    assert archive is not None
    refs = [place.ref(link) for link in (*place.links, place.missing)]
    closed = Trouble(Why.NOT_FOUND, detail=archive.closed)
    assert place.source.fetch(refs) == dict.fromkeys(refs, closed)
    assert place.source.answers() == closed
    stream = place.source.stream(place.stream)
    assert stream
    assert place.source.changed(stream, LONG_AGO) == Changes({}, LONG_AGO), "nothing appears there"


def test_e1_what_was_exported_of_it_is_what_its_links_lead_to() -> None:
    [exported] = found(SAMPLE)
    run = read(exported)
    there = archive_of(run.ref)
    assert there is not None
    assert (run.is_archived, there.recognises(run.ref.url)) == (True, run.ref)
    project, name = there.names_in(run.ref)
    assert there.is_called(run, name)
    assert there.stream(f"https://app.neptune.ai/{project}")


def test_two_looks_at_the_same_are_equal(place: Place) -> None:
    refs = [place.ref(link) for link in place.links]
    assert place.source.fetch(refs) == place.source.fetch(refs)


def test_nothing_asked_for_is_nothing_told(place: Place) -> None:
    assert place.source.fetch([]) == {}


def test_what_could_not_be_seen_is_to_be_looked_at_again(place: Place) -> None:
    ref = place.ref(place.links[0])
    assert set(place.source.fetch([ref], {ref: Trouble(Why.AWAY)})) == {ref}


def test_it_says_that_it_answers(answering_place: Place) -> None:
    assert isinstance(answering_place.source.answers(), str)


def test_a_stream_has_one_name_and_leads_back_to_itself(flowing: Place) -> None:
    place = flowing
    stream = place.source.stream(place.stream)
    assert stream
    assert (stream.source, stream.kind) == (place.source.name, place.kind)
    assert place.source.stream(stream.url) == stream
    assert place.source.recognises(place.stream) is None
    for link in (*place.links, "https://evil.tld/acme/churn", place.stream.replace("//", "//a@")):
        assert place.source.stream(link) is None


def test_e6_what_changed_since_a_moment_is_told_as_a_look_tells_it(moving: Place) -> None:
    place = moving
    stream = place.source.stream(place.stream)
    assert stream
    refs = [place.ref(link) for link in place.links]
    told = place.source.changed(stream, place.before)
    assert (dict(told.seen), told.trouble) == (dict(place.source.fetch(refs)), None)
    assert told.until > place.before
    again = place.source.changed(stream, told.until)
    assert set(again.seen) <= set(refs), "what was up to the moment itself may be told again"
    assert again.until >= told.until
    later = place.source.changed(stream, SOON)
    assert (dict(later.seen), later.until, later.trouble) == ({}, SOON, None)


def test_it_says_what_it_needs_and_where_it_is(answering_place: Place) -> None:
    place, needs = answering_place, answering_place.source.needs
    assert needs.address.isupper()
    assert needs.address.lower() in Settings.model_fields
    assert place.stream.startswith(place.source.address)
    assert NEEDS[place.source.name] == needs


LINK_ONLY = (
    "https://acme.slite.com/app/docs/Xy12AbCdEf",
    "https://docs.google.com/document/d/1aBcD_efGh/edit?tab=t.0",
    "https://docs.google.com/spreadsheets/d/1aBcD/edit#gid=0",
    "https://www.comet.com/acme/churn/ab12cd34ef",
    "https://huggingface.co/spaces/acme/trackio?project=churn&run=quiet-owl",
    "http://127.0.0.1:7860/?project=churn&run=quiet-owl",
    "https://adb-1234.5.azuredatabricks.net/ml/experiments/12/runs/" + "a" * 32,
)
"""Slite, Google Docs, Comet, Trackio and managed MLflow: kept as links, and nothing more."""


@pytest.mark.parametrize("url", LINK_ONLY)
def test_edge_66_an_address_that_no_source_knows_is_nobodys_and_never_asked_for(
    place: Place, url: str
) -> None:
    assert place.source.recognises(url) is None
    assert place.source.stream(url) is None
    strange = Ref(place.source.name, place.kind, "churn", url)
    told = place.source.fetch([strange])
    assert set(told) == {strange}
    trouble = told[strange]
    assert isinstance(trouble, Trouble)
    assert (trouble.why, trouble.until) == (Why.NOT_FOUND, None)


def test_edge_66_nobody_hears_of_an_address_that_no_source_knows() -> None:
    with answering(always(Answer(200, {}))) as server, closing(github(server.url)) as there:
        for url in (*LINK_ONLY, f"{server.url}/notes/plan"):
            ref = Ref(there.name, Kind.PULL_REQUEST, "acme/churn#7", url)
            assert there.recognises(url) is None
            assert isinstance(there.fetch([ref])[ref], Trouble)
    assert server.asked == []
