"""Cards with nasty names, for whatever is said of something linked."""

from hypothesis import strategies as st

from bot.evidence import Sighting
from bot.links import Card, Linked, Sight
from bot.sources.base import (
    Checks,
    Kind,
    PullRequest,
    PullState,
    Ref,
    Review,
    Run,
    RunState,
    Trouble,
    Why,
)
from tests.handlers.views.worlds import MARCH, T0, names, shown_worlds

seen_moments = st.none() | st.sampled_from([MARCH, T0, T0.replace(hour=8)])
REFS = {
    Kind.PULL_REQUEST: Ref("github", Kind.PULL_REQUEST, "acme/churn#7", "https://github.com/x/y/7"),
    Kind.RUN: Ref("mlflow", Kind.RUN, "0ab12", "https://mlflow.acme.example/#/x"),
}
pulls = st.builds(
    PullRequest,
    ref=st.just(REFS[Kind.PULL_REQUEST]),
    repo=names,
    number=st.integers(0, 10**12),
    title=names,
    author=names,
    state=st.sampled_from(PullState),
    review=st.sampled_from(Review),
    requested=st.lists(names, max_size=9).map(tuple),
    approvals=st.integers(0, 99),
    checks=st.sampled_from(Checks),
    failing=st.lists(names, max_size=9).map(tuple),
    head=names,
    base=names,
    branch=names,
    private=st.booleans(),
    opened=seen_moments,
    updated=seen_moments,
    mergeable=st.none() | st.booleans(),
)
runs = st.builds(
    Run,
    ref=st.just(REFS[Kind.RUN]),
    name=names,
    state=st.sampled_from(RunState),
    user=names,
    experiment=names,
    started=seen_moments,
    ended=seen_moments,
    metrics=st.dictionaries(names, st.floats(), max_size=9),
    params=st.dictionaries(names, names, max_size=9),
    tags=st.dictionaries(names, names, max_size=2),
    deleted=st.booleans(),
)


@st.composite
def cards(draw: st.DrawFn) -> Card:
    world = draw(shown_worlds())
    seen = draw(st.none() | pulls | runs)
    ref = seen.ref if seen else draw(st.sampled_from(list(REFS.values())))
    trouble = draw(st.none() | st.builds(Trouble, st.sampled_from(Why), seen_moments, names))
    sighting = Sighting(ref, seen, draw(seen_moments), T0, trouble)
    item = world.item.key if world.item else None
    linked = Linked(draw(st.integers(1, 10**9)), 1, item, sighting, draw(st.booleans()))
    some = set(Sight) if ref.kind is Kind.PULL_REQUEST else set(Sight) - {Sight.NUMBER}
    sight = draw(st.sampled_from(sorted(some)))
    project = None if sight is Sight.BARE else world.project
    logins = draw(st.dictionaries(names.map(str.lower), st.sampled_from([1, 99]), max_size=3))
    return Card(linked, sight, project, world.people, logins)
