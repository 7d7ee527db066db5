"""A digest of very many projects says what one composed of all of them would."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.changes import StageMoved
from bot.condition import Blocker
from bot.digests import MOST_PARTS, Edit, Linked, Material, Window, compose, findings
from bot.digests.composing import parts
from bot.digests.outlook import Sketch, outlook, sketch
from bot.digests.own import asks, compose_own
from bot.digests.wide import OwnWide, Wide
from bot.evidence import Sighting
from bot.lint import Ground, Report, checked
from bot.milestones import Forecast, Milestone
from bot.project import Item, Kind, Letter, Metric, PersonHolder, Project, Scope, Status
from bot.raid import Level, RaidEntry, RaidKind, Revision, Said
from bot.sources.base import PullRequest, PullState, Review, RunState
from bot.upkeep import Link
from tests.bot.support import ANA, BEA, CY, DEE, PEOPLE, held
from tests.support.clock import T0
from tests.support.evidence import PULL, RUN

LAST = T0 - timedelta(days=7)
WINDOW = Window(LAST, T0, "Europe/Berlin")
TODAY = T0.astimezone(ZoneInfo(WINDOW.zone)).date()
HOMES = {
    **PEOPLE,
    ANA: replace(PEOPLE[ANA], timezone="Pacific/Auckland", work_days=frozenset({0, 1, 6})),
}
NEAR = st.sampled_from([-9, -8, -7, -1, 0, 1, 6, 7, 8, 13, 14, 15, 20]).map(
    lambda days: TODAY + timedelta(days=days)
)
PAST = st.integers(0, 40).map(lambda days: T0 - timedelta(days=days, hours=3))
HELD = st.tuples(st.sampled_from([Letter.A, Letter.R]), st.sampled_from([ANA, BEA, CY, DEE])).map(
    lambda pair: held(pair[0], PersonHolder(pair[1]))
)
ITEMS = st.builds(
    lambda number, status, due, blocked, letters: Item(
        number,
        f"s{number}",
        Kind.STAGE,
        f"Stage {number}",
        status=status,
        due=due,
        blockers=blocked,
        assignments=tuple(letters),
    ),
    st.integers(1, 99),
    st.sampled_from(Status),
    st.none() | NEAR,
    st.lists(
        st.builds(Blocker, st.just(1), st.just("no export"), st.none() | st.just(ANA), PAST),
        max_size=2,
    ).map(tuple),
    st.lists(HELD, max_size=2),
)
MILESTONES = st.builds(
    lambda due, met: Milestone(
        1, "pilot", "Pilot", None, due, (Forecast(due, "", ANA, LAST),), TODAY if met else None
    ),
    NEAR,
    st.booleans(),
)
RAID = st.builds(
    lambda level, due, closed: RaidEntry(
        RaidKind.RISK,
        1,
        (
            Revision(
                Said("flood", likelihood=level, impact=Level.HIGH, due=due, closed=closed),
                ANA,
                LAST,
            ),
        ),
    ),
    st.sampled_from(Level),
    st.none() | NEAR,
    st.sampled_from(["", "over"]),
)
METRIC = Metric("accuracy", (), True, "", 0.5, 0.9, None, None)
SCOPES = st.builds(
    lambda metrics, days: Scope(
        metrics=tuple(metrics),
        links=tuple(Link(f"Guide {day}", f"https://x.example/{day}", day) for day in days),
    ),
    st.lists(st.just(METRIC), max_size=1),
    st.lists(NEAR, max_size=2, unique=True),
)
LINKED = st.builds(
    lambda seen, moved: Linked(
        1, 0, Sighting(seen.ref, seen, T0, moved, None), LAST - timedelta(days=30)
    ),
    st.sampled_from(
        [
            PULL,
            replace(PULL, state=PullState.MERGED),
            replace(PULL, review=Review.APPROVED),
            RUN,
            replace(RUN, state=RunState.FINISHED),
        ]
    ),
    st.just(LAST - timedelta(days=20)),
)
PROJECTS = st.builds(
    lambda items, milestones, raid, scope, lead: Project(
        3,
        "atlas",
        "Atlas",
        lead=lead,
        items=tuple(items),
        milestones=tuple(milestones),
        raid=tuple(raid),
        scope=scope,
    ),
    st.lists(ITEMS, max_size=4, unique_by=lambda one: one.id),
    st.lists(MILESTONES, max_size=1),
    st.lists(RAID, max_size=1),
    SCOPES,
    st.sampled_from([None, ANA, BEA]),
)


def report(project: Project, load: dict[int, int], limit: int) -> Report:
    ground = Ground(project, HOMES, TODAY, project.visible_to, load=load, load_limit=limit)
    return checked(ground)


def drawn(project: Project, evidence: tuple[Linked, ...] = (), at: datetime = LAST) -> Sketch:
    strict = checked(
        Ground(
            project, HOMES, TODAY, project.visible_to, load=dict.fromkeys(HOMES, 1), load_limit=0
        ),
        (),
        findings.TOLD,
    )
    return sketch(project, HOMES, strict, evidence, "", {}, Window(at, at, "UTC"))


@given(PROJECTS, st.lists(LINKED, max_size=2), st.integers(0, 30))
def test_a_sketch_gives_the_outlook_of_the_whole_project(
    project: Project, linked: list[Linked], days: int
) -> None:
    evidence = tuple(replace(one, project=project.id) for one in linked)
    window = Window(T0 - timedelta(days=days), T0, WINDOW.zone)
    [part] = parts(Material((project,), HOMES, evidence=evidence), window)
    told = drawn(project, evidence).outlook(window, happened=False)
    if any(one.moved_at >= window.since for one in evidence):
        return  # something was seen since: of such a project the part itself is composed
    expected = outlook(part)
    assert replace(told, blockers=tuple(sorted(told.blockers, key=str))) == replace(
        expected, blockers=tuple(sorted(expected.blockers, key=str))
    )


@given(PROJECTS, st.dictionaries(st.sampled_from([ANA, BEA, CY, DEE]), st.integers(0, 9)))
def test_a_sketch_knows_the_findings_of_the_linter_whoever_bears_too_much(
    project: Project, load: dict[int, int]
) -> None:
    heavy = {key for key, number in load.items() if number > 5}
    assert tuple(sorted({*drawn(project).known(heavy)})) == findings.marks(
        [report(project, load, 5)], HOMES
    )


FLEETS = st.lists(PROJECTS, min_size=MOST_PARTS + 1, max_size=MOST_PARTS + 4).map(
    lambda some: [
        replace(one, id=number, key=f"p{number}", name=f"P{number % 3}")
        for number, one in enumerate(some, 1)
    ]
)


KEYS = st.sets(st.integers(1, MOST_PARTS))


@settings(max_examples=30)
@given(FLEETS, KEYS, KEYS)
def test_a_wide_digest_is_the_one_of_all_its_projects(
    fleet: list[Project], stirred: set[int], whole: set[int]
) -> None:
    edits = tuple(
        Edit(key, None, StageMoved(key, 7, Status.NOT_STARTED, None, Status.DONE, None), ANA, T0)
        for key in sorted(stirred)
    )
    everything = Material(tuple(fleet), HOMES, edits=edits)
    expected = compose(everything, WINDOW)
    wide = Wide()
    by_id = {one.id: one for one in fleet}
    for begin in range(0, len(whole), 3):
        few = [by_id[key] for key in sorted(whole)[begin : begin + 3]]
        wide.take(parts(replace(everything, projects=tuple(few)), WINDOW))
    wide.see(
        drawn(one).outlook(WINDOW, happened=one.id in stirred)
        for one in fleet
        if one.id not in whole
    )
    missing = tuple(by_id[key] for key in wide.missing)
    found = wide.digest(parts(replace(everything, projects=missing), WINDOW), WINDOW, HOMES, {})
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert found.parts == expected.parts[:MOST_PARTS]
    rest = [outlook(part) for part in expected.parts[MOST_PARTS:]]
    assert [one.weight for one in found.beyond] == [one.weight for one in rest]
    assert [sorted(one.blockers, key=str) for one in found.beyond] == [
        sorted(one.blockers, key=str) for one in rest
    ]
    assert found.quiet == expected.quiet


BEAS = {"bea-x": BEA}
"""What Bea is called on GitHub."""
PULLS = st.lists(
    st.tuples(st.integers(1, MOST_PARTS), st.sampled_from([(), ("Bea-X",), ("cy-m", "bea-x")])),
    max_size=6,
)


@settings(max_examples=30)
@given(FLEETS, KEYS, KEYS, PULLS)
def test_a_wide_digest_of_ones_own_is_the_one_of_all_its_projects(
    fleet: list[Project],
    stirred: set[int],
    whole: set[int],
    pulls: list[tuple[int, tuple[str, ...]]],
) -> None:
    """With the pull requests that wait for whoever reads it, and what there is to say beside."""
    edits = tuple(
        Edit(key, None, StageMoved(key, 7, Status.NOT_STARTED, None, Status.DONE, None), ANA, T0)
        for key in sorted(stirred)
    )
    evidence = tuple(
        Linked(
            number,
            key,
            Sighting(PULL.ref, replace(PULL, requested=asked, asked={}), T0, LAST, None),
            LAST - timedelta(days=30),
        )
        for number, (key, asked) in enumerate(pulls)
    )
    whole = whole | {one.project for one in evidence}
    everything = Material(tuple(fleet), HOMES, edits=edits, evidence=evidence, logins=BEAS)
    expected = compose_own(everything, WINDOW, HOMES[BEA], {}, ())
    wide = OwnWide(HOMES[BEA], BEAS)
    by_id = {one.id: one for one in fleet}
    for begin in range(0, len(whole), 3):
        few = tuple(by_id[key] for key in sorted(whole)[begin : begin + 3])
        wide.take(parts(replace(everything, projects=few), WINDOW))
    wide.see(
        drawn(one).outlook(WINDOW, happened=one.id in stirred)
        for one in fleet
        if one.id not in whole
    )
    missing = tuple(by_id[key] for key in wide.missing)
    rest = parts(replace(everything, projects=missing), WINDOW)
    found = wide.digest(rest, WINDOW, HOMES, ())
    assert (found.is_news, found.quiet) == (expected.is_news, expected.quiet)
    assert found.reviews == expected.reviews
    asked = [one.sighting.seen for one in evidence]
    assert len(found.reviews) == sum(
        isinstance(one, PullRequest) and asks(one, {"bea-x"}) for one in asked
    )
    assert found.parts == expected.parts[:MOST_PARTS]
    beyond = [outlook(part).weight for part in expected.parts[MOST_PARTS:]]
    assert [one.weight for one in found.beyond] == beyond
    assert found.projects == expected.projects
    assert (found.told_with(()) is not None) is expected.is_news
