"""What somebody's question is answered from holds all that they may know of, and no word more."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from bot.orders import (
    Assign,
    BreakGlass,
    Grant,
    NewProject,
    SetAlias,
    SetMetric,
    SetPrivacy,
)
from bot.outcome import Place
from bot.people import Actor, Profile, Surface
from bot.project import Letter
from bot.qa.facts import Facts
from bot.qa.names import Layer, Names
from bot.rights import Role
from bot.scope.fields import MetricWish
from handlers.service.facts import WorkspaceFacts
from handlers.service.indexes import Indexes, Reach
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team

VAULT = Place("C0VAULT", "vault", is_private=True)
SHARED = Place("C0ATLAS", "proj-atlas", is_shared=True)
DIRECT = Place(is_direct=True)
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PLACES = (HERE, ELSEWHERE, VAULT, SHARED, DIRECT)
WHO = ("ana", "bea", "cy", "gil", "build")


@pytest.fixture
def vault(team: Team) -> Team:
    """Atlas is everybody's, Vault Bea's own, in her private channel; Gil is a guest."""
    charter, bea = team.charter, team.actor("bea")
    met = Profile("UGIL", "Gil Sample", "Gil", "Europe/Berlin", is_guest=True)
    charter.people.learned(team.workspace, met)
    charter.people.channel_learned(team.workspace, "C0VAULT", "vault", True, False)
    team.atlas()
    charter.projects.create(bea, NewProject("Vault", private=True), VAULT)
    return team


def asked_from(
    team: Team, who: str | None, place: Place, *, alone: bool = True
) -> tuple[Facts, WorkspaceFacts]:
    actor = team.actor(who) if who else Actor(team.workspace, None, Surface.CLI)
    with team.charter.questions.knowing(actor, place, alone) as found:
        found[0].measuring("")  # read once, and only here
        return found


def projects_in(names: Names) -> set[int]:
    return {key for layer, dead in names.layers for key in layer.numbers if key not in dead}


def is_same(one: Names, other: Names) -> bool:
    """Whether two indexes are made of the very same layers."""
    pairs = zip(one.layers, other.layers, strict=True)
    return one.people is other.people and all(mine is its for (mine, _), (its, _) in pairs)


def words_in(names: Names) -> set[str]:
    """All that stands anywhere in an index."""
    layers = [layer for layer, _ in names.layers]
    keys = {key for one in layers for key in (*one.keys, *one.projects, *one.items, *one.terms)}
    return keys.union(*((*one.holding, *one.spelling._words) for one in layers))


def wanted(facts: Facts, known: WorkspaceFacts) -> tuple[set[int], set[int]]:
    """The projects and people that an asker may know of, by looking at each of them."""
    seen = {key for key in known.projects if facts.sees(key)}
    named = {
        one for key in seen for one in (*known.projects[key].outsiders, known.projects[key].lead)
    }
    people = {
        one.id
        for one in known.people.values()
        if not one.is_outside or facts.asker is None or one.id in named
    }
    return seen, people


def _steps(team: Team) -> Iterator[None]:
    """What changes who may know of what, one by one."""
    charter, ana, bea = team.charter, team.actor("ana"), team.actor("bea")
    space = team.workspace
    yield
    charter.circles.learned(space, "C0VAULT", ["UBEA", "UCY"])
    yield
    charter.access.grant(ana, Grant("<@UGIL>", Role.VIEWER, project="atlas"), HERE)
    yield
    outside = "outside Jo Field of Acme jo@acme.example"
    charter.raci.assign(bea, Assign("rollout", (Letter.C,), outside, project="vault"), VAULT)
    yield
    charter.projects.create(team.actor("cy"), NewProject("Night", private=True), DIRECT)
    yield
    charter.access.grant(
        team.actor("cy"), Grant("<@UGIL>", Role.EDITOR, project="night"), ELSEWHERE
    )
    yield
    charter.access.break_glass(ana, BreakGlass("vault", "an audit"), ELSEWHERE)
    yield
    team.wait(hours=2)
    yield
    charter.access.set_privacy(ana, SetPrivacy(True, "atlas"), HERE)
    yield
    charter.circles.left(space, "C0VAULT", "UCY")
    yield
    charter.raci.assign(ana, Assign("rollout", (Letter.C,), outside, project="atlas"), HERE)
    yield
    charter.access.set_privacy(ana, SetPrivacy(False, "atlas"), HERE)
    yield
    charter.projects.archive(bea, "vault", VAULT, True)
    yield
    sample = charter.projects.try_sample(ana)
    yield
    charter.projects.archive(ana, sample.project.key, ELSEWHERE, True)
    yield


def test_the_index_holds_what_somebody_sees_after_whatever_changes(vault: Team) -> None:
    steps = 0
    for _ in _steps(vault):
        steps += 1
        words: dict[frozenset[int], set[str]] = {}
        for who, place, alone in product((*WHO, None), PLACES, (True, False)):
            facts, known = asked_from(vault, who, place, alone=alone)
            people = set(facts.names.people.by_id)
            found = projects_in(facts.names), people
            assert found == wanted(facts, known), (steps, who, place, alone)
            seen = frozenset(found[0])
            if seen not in words:
                entries = (known.projects[key].names for key in seen)
                words[seen] = words_in(Names.build((), (), entries))
            assert words_in(facts.names) == words[seen], (steps, who, place, alone)
    assert steps == 15


def test_a_project_that_becomes_private_leaves_no_word_behind(vault: Team) -> None:
    charter, ana = vault.charter, vault.actor("ana")
    charter.projects.create(ana, NewProject("Moonshot"), ELSEWHERE)
    for order in (
        SetAlias("Lunarium", None, "moonshot"),
        SetAlias("regolith", "rollout", "moonshot"),
    ):
        charter.projects.alias(ana, order, ELSEWHERE)
    metric = SetMetric("lift off rate", MetricWish(higher=True, baseline=50, target=90), "moonshot")
    charter.scopes.set_metric(ana, metric, ELSEWHERE)
    words = {"moonshot", "lunarium", "regolith"}
    facts, _ = asked_from(vault, "cy", ELSEWHERE)
    assert words <= words_in(facts.names)
    assert len(facts.measuring("liftoffrate")) == 1
    charter.access.set_privacy(ana, SetPrivacy(True, "moonshot"), ELSEWHERE)
    facts, _ = asked_from(vault, "cy", ELSEWHERE)
    assert words.isdisjoint(words_in(facts.names))
    assert facts.measuring("liftoffrate") == []
    own, _ = asked_from(vault, "ana", ELSEWHERE)
    assert words <= words_in(own.names)
    assert len(own.measuring("liftoffrate")) == 1


def test_a_change_of_what_is_hidden_touches_nobody_else_s_index(vault: Team) -> None:
    before = [asked_from(vault, who, ELSEWHERE)[0].names for who in ("cy", "bea")]
    order = SetAlias("Strongroom", None, "vault")
    vault.charter.projects.alias(vault.actor("bea"), order, VAULT)
    after = [asked_from(vault, who, ELSEWHERE)[0].names for who in ("cy", "bea")]
    assert is_same(after[0], before[0])
    assert "strongroom" in words_in(after[1])
    assert "strongroom" not in words_in(before[1])


def test_who_sees_the_same_has_the_same_index_and_all_share_what_is_everybody_s(
    vault: Team,
) -> None:
    ana, cy, bea = (asked_from(vault, who, ELSEWHERE)[0].names for who in ("ana", "cy", "bea"))
    assert is_same(ana, cy)
    assert is_same(replace(bea, layers=bea.layers[:-1]), ana)
    assert is_same(bea, asked_from(vault, "bea", HERE)[0].names)


def test_only_so_many_layers_are_kept(vault: Team) -> None:
    _, known = asked_from(vault, "bea", ELSEWHERE)
    (hidden,) = (key for key, one in known.projects.items() if one.private)
    reaches = [Reach(True, (hidden,), frozenset((key,))) for key in known.people]

    def own(indexes: Indexes, reach: Reach) -> Layer:
        return indexes.of(known, reach).layers[-1][0]

    indexes = Indexes(most=9)  # each is a project, a person, and itself
    made = [own(indexes, reach) for reach in reaches]
    assert all(own(indexes, one) is was for one, was in zip(reaches[-3:], made[-3:], strict=True))
    assert own(indexes, reaches[0]) is not made[0]
    alone = Indexes(most=1)
    assert own(alone, reaches[0]) is own(alone, reaches[0]), "one has room anyway"
