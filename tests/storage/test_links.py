"""What is linked, and what was seen of it, as the database keeps them."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import documents
from bot import links as rules
from bot.changes import Spot
from bot.deciding import reverse
from bot.evidence import Sighting, looked
from bot.links import Linked
from bot.sources.base import Checks, Kind, PullRequest, Ref, Run, RunState, Trouble, Why
from storage import audit, dumping, links, outbox
from storage.tables import Identity, PullRequestRow, RunRow
from tests.storage.support import World
from tests.support.clock import T0
from tests.support.evidence import PULL, RUN

LATER = T0 + timedelta(hours=2)
NAN = replace(
    RUN,
    state=RunState.FINISHED,
    ended=T0,
    metrics={"loss": math.nan, "acc": 0.1 + 0.2, "top": math.inf, "\u2028odd": 1.0},
    params={"note": "x\ny", "\ttab": "1"},
    tags={"mlflow.user": "bea"},
)


def tied(world: World, ref: Ref, item: bool = True) -> Linked:
    project = world.project()
    change = rules.link(project, ref, None, project.item("data_pipeline") if item else None)
    assert change is not None
    world.apply(change)
    return only(world, ref)


def only(world: World, ref: Ref) -> Linked:
    with world.database.read() as session:
        [found] = links.of_ref(session, world.workspace, ref)
    return found


def see(world: World, linked: Linked, told: PullRequest | Run | Trouble) -> Linked:
    after = replace(linked, sighting=looked(linked.sighting, told, LATER))
    with world.database.begin() as session:
        links.record(session, after, world.bea)
    return after


def test_linked_once_with_its_item(world: World) -> None:
    linked = tied(world, PULL.ref)
    item = "data_pipeline"
    assert linked == Linked(1, world.project_id, item, Sighting(PULL.ref), True, True, T0)
    shouted = replace(PULL.ref, key="acme/churn#8")
    with world.database.read() as session:
        assert links.of_ref(session, world.workspace, shouted) == []
        assert links.of_ref(session, world.workspace + 1, PULL.ref) == []
        assert links.keyed(session, world.workspace, Kind.PULL_REQUEST, 1) == linked
        assert links.keyed(session, world.workspace, Kind.RUN, 1) is None
        assert links.polled(session, world.workspace) == [linked]


@pytest.mark.parametrize("thing", [PULL, NAN], ids=["pull", "run"])
def test_what_was_seen_is_given_back_whole(world: World, thing: PullRequest | Run) -> None:
    linked = tied(world, thing.ref)
    seen = see(world, linked, thing)
    assert only(world, thing.ref) == seen
    again = looked(only(world, thing.ref).sighting, thing, LATER + timedelta(hours=1))
    assert again.changed_at == LATER, "the same look is no news"
    troubled = see(world, seen, Trouble(Why.RATE_LIMITED, LATER + timedelta(hours=4)))
    assert only(world, thing.ref) == troubled
    assert troubled.sighting.seen == thing


def test_the_columns_hold_only_what_a_document_may(world: World) -> None:
    see(world, tied(world, NAN.ref), NAN)
    see(world, tied(world, PULL.ref), replace(PULL, title="a\nb\0" + "x" * 900))
    with world.database.read() as session:
        run, pull = session.get_one(RunRow, 1), session.get_one(PullRequestRow, 1)
        assert run.metrics == {"acc": 0.1 + 0.2}
        assert run.params == {"note": "x\ny"}
        assert run.author_id == world.bea
        assert pull.title.startswith("a b")
        dumped = dumping.dump(session, world.workspace, LATER)
    assert [entry.author for entry in dumped.pull_requests] == ["bea"]
    assert [entry.id for entry in dumped.runs] == ["0ab12"]
    assert dumped.pull_requests[0].review_state == "review_required"


def test_checks_that_cannot_be_seen_are_kept_and_are_in_no_document(world: World) -> None:
    hidden = replace(PULL, checks=Checks.HIDDEN, mergeable=False)
    seen = see(world, tied(world, PULL.ref), hidden)
    assert only(world, PULL.ref) == seen
    with world.database.read() as session:
        [entry] = dumping.dump(session, world.workspace, LATER).pull_requests
    assert entry.ci_state is None


# Each example looks anew at the same run, as polling does.
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.text(max_size=9), st.floats(), max_size=4),
    st.dictionaries(st.text(max_size=9), st.text(max_size=9), max_size=4),
    st.text(max_size=9),
)
def test_whatever_a_run_is_called_comes_back(
    kept_world: World, metrics: dict[str, float], params: dict[str, str], name: str
) -> None:
    one_nan = {key: math.nan if math.isnan(value) else value for key, value in metrics.items()}
    run = replace(RUN, metrics=one_nan, params=params, name=name)
    seen = see(kept_world, only(kept_world, RUN.ref), run)
    assert only(kept_world, RUN.ref) == seen
    with kept_world.database.read() as session:
        dumping.dump(session, kept_world.workspace, LATER)


@pytest.fixture
def kept_world(world: World) -> World:
    tied(world, RUN.ref)
    return world


def test_unlinked_it_stays_in_the_record_alone(world: World) -> None:
    linked = tied(world, PULL.ref)
    item = world.item()
    gone = rules.unlink(world.project(), PULL.ref, rules.spot(item))
    world.apply(gone)
    after = only(world, PULL.ref)
    assert (after.is_linked, after.is_polled) == (False, False)
    with world.database.read() as session:
        assert links.polled(session, world.workspace) == []
        assert dumping.dump(session, world.workspace, LATER).pull_requests == []
    back = reverse(gone, item)
    assert back is not None
    world.apply(back)
    assert only(world, PULL.ref) == linked
    with world.database.read() as session:
        assert audit.verify(session).faults == ()


def test_a_stage_is_given_and_taken(world: World) -> None:
    tied(world, RUN.ref, item=False)
    project = world.project()
    change = rules.link(project, RUN.ref, Spot(), project.item("rollout"))
    assert change is not None
    world.apply(change)
    assert only(world, RUN.ref).item == "rollout"


def test_a_pull_request_that_a_document_told_is_adopted(world: World) -> None:
    with world.database.begin() as session:
        told = PullRequestRow(
            project_id=world.project_id,
            repo="Acme/Churn",
            number=7,
            state="open",
            recorded_at=T0,
            source="load",
        )
        session.add(told)
    row = only(world, PULL.ref)
    assert (row.id, row.item, row.sighting.seen) == (1, None, None)
    assert tied(world, PULL.ref).id == 1


def test_a_kept_address_stands_in_the_scope(world: World) -> None:
    kept = documents.keep(world.project(), "https://docs.example/plan")
    world.apply(kept)
    [link] = world.project().scope.links
    assert (link.title, link.url) == ("docs.example/plan", "https://docs.example/plan")
    back = reverse(kept, None)
    assert back is not None
    world.apply(back)
    assert world.project().scope.links == ()


def test_only_the_time_of_a_look_moves_on(world: World) -> None:
    seen = [see(world, tied(world, thing.ref), thing) for thing in (PULL, RUN)]
    with world.database.begin() as session:
        links.looked_at(session, seen[:1], LATER + timedelta(hours=1))
    assert only(world, PULL.ref).sighting.seen_at == LATER + timedelta(hours=1)
    assert only(world, RUN.ref).sighting.seen_at == LATER


def test_names_at_a_source_know_no_case(world: World) -> None:
    with world.database.begin() as session:
        bea = Identity(
            workspace_id=world.workspace, person_id=world.bea, kind="github", value="Bea-X"
        )
        session.add(bea)
    with world.database.read() as session:
        assert links.people_named(session, world.workspace, "github") == {"bea-x": world.bea}
        assert links.people_named(session, world.workspace, "mlflow") == {}


def test_many_are_found_at_once_and_each_by_its_own_number(world: World) -> None:
    some = {n: replace(PULL.ref, key=f"acme/churn#{n}") for n in range(1, 9)}
    other = replace(PULL.ref, key="acme/other#9")
    for ref in (some[1], some[2], some[3], other, RUN.ref):
        tied(world, ref)
    asked = [some[1], some[3], some[8], other, replace(other, key="acme/other#1"), RUN.ref]
    with world.database.read() as session:
        found = links.of_refs(session, world.workspace, asked)
        assert links.of_refs(session, world.workspace + 1, asked) == {}
    assert {ref: [one.ref.key for one in some] for ref, some in found.items()} == {
        ref: [ref.key] for ref in (some[1], some[3], other, RUN.ref)
    }


def test_a_commit_leads_to_its_pull_request_whole_or_abbreviated(world: World) -> None:
    heads = {7: "abc1234567", 8: "fff1234567"}
    for number, head in heads.items():
        ref = replace(PULL.ref, key=f"acme/churn#{number}")
        told = replace(PULL, ref=ref, number=number, head=head, commits=("e" * 40,))
        see(world, tied(world, ref, item=number == 7), replace(told, title="of deadbeef1"))
    asked = dict.fromkeys(("abc1234", "fff1234567", "e" * 40, "abc123", "deadbeef1", "1234567"), "")
    with world.database.read() as session:
        found = links.at_commits(session, world.workspace, asked)
    assert found == {
        "abc1234": (world.project_id, "data_pipeline"),
        "fff1234567": (world.project_id, None),
        "e" * 40: (world.project_id, "data_pipeline"),
    }


def test_the_cards_about_something(world: World) -> None:
    linked = tied(world, PULL.ref)
    with world.database.begin() as session:
        for channel, thread in (("C1", "1.1"), ("C2", None)):
            outbox.say(
                session,
                world.workspace,
                linked.card_key(channel, thread or "-"),
                channel,
                "a card",
                [],
                T0,
                thread_ts=thread,
                about=linked.about,
            )
        found = outbox.about_each(session, world.workspace, [linked.about, "run/1"])
    assert {
        about: [(card.key, card.channel, card.thread_ts) for card in cards]
        for about, cards in found.items()
    } == {
        "pull_request/1": [
            ("card/pull_request/1/C1/1.1", "C1", "1.1"),
            ("card/pull_request/1/C2/-", "C2", None),
        ]
    }
