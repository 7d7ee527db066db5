"""What a digest says, and when it says nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.changes import (
    ArchiveChanged,
    StageMoved,
)
from bot.condition import Blocker
from bot.digests import Decision, Digest, Edit, Linked, Material, Part, Window, compose, findings
from bot.digests.standing import is_step
from bot.evidence import Sighting, Standing
from bot.lint import Ground, Report, checked
from bot.project import Item, Kind, Letter, Metric, PersonHolder, Project, Scope, Status, Vacancy
from bot.raid import Level, RaidEntry, RaidKind, Revision, Said
from bot.sources.base import RunState, Trouble, Why
from bot.waivers import Waiver
from tests.bot.support import ANA, BEA, CY, DEE, PEOPLE, held
from tests.support.clock import T0
from tests.support.evidence import PULL, RUN

DAY = timedelta(days=1)
LAST = T0 - 7 * DAY
WINDOW = Window(LAST, T0, "Europe/Berlin")
OWNED = (held(Letter.A, PersonHolder(BEA), 1), held(Letter.R, PersonHolder(CY), 2))


def stage(number: int = 7, **more: object) -> Item:
    made = Item(number, f"s{number}", Kind.STAGE, f"Stage {number}", assignments=OWNED)
    return replace(made, **more)  # type: ignore[arg-type]  # the fields of an item, checked there


def blocked(number: int, since: datetime | None) -> Item:
    why = Blocker(1, "no export", None, since)
    return stage(number, status=Status.BLOCKED, note=why.text, blockers=(why,))


def project(*items: Item, key: int = 3, name: str = "Atlas") -> Project:
    return Project(key, f"p{key}", name, lead=ANA, items=items)


def moved(item: int = 7, after: Status = Status.IN_PROGRESS, of: int = 3, by: int = ANA) -> Edit:
    change = StageMoved(of, item, Status.NOT_STARTED, None, after, None)
    return Edit(of, item, change, by, T0 - DAY)


def told(*projects: Project, window: Window = WINDOW, **more: object) -> Digest | None:
    return compose(Material(projects, PEOPLE, **more), window)  # type: ignore[arg-type]  # as above


def only(*projects: Project, window: Window = WINDOW, **more: object) -> Part:
    digest = told(*projects, window=window, **more)
    assert digest is not None
    [part] = digest.parts
    return part


# --- days -----------------------------------------------------------------------------------------


@given(st.integers(0, 60), st.integers(0, 60))
def test_age_goes_in_steps(before: int, more: int) -> None:
    steps = {3, *range(5, 200, 5)}
    assert is_step(before, before + more) is any(before < step <= before + more for step in steps)


# --- silence --------------------------------------------------------------------------------------


def test_nothing_new_is_silence() -> None:
    standing = (
        stage(1, assignments=()),
        blocked(2, T0 - 1 * DAY),
        stage(3, due=T0.date() - 30 * DAY),
        stage(4, due=T0.date() + DAY),
    )
    waits = Linked(1, 3, Sighting(PULL.ref, PULL, T0, LAST - DAY), LAST - DAY)
    assert told(project(*standing), evidence=(waits,)) is None
    # The same is told as soon as there is a digest.
    part = only(project(*standing), evidence=(waits,), edits=(moved(1),))
    assert len(part.gaps) == len(part.blockers) == len(part.pulls) == 1
    assert len(part.deadlines) == 2


@pytest.mark.parametrize(
    ("due", "is_news"),
    [
        (-8, False),
        (-7, True),
        (-1, True),
        (0, False),
        (7, False),
        (8, True),
        (14, True),
        (15, False),
    ],
)
def test_what_became_late_or_due_since_is_news(due: int, is_news: bool) -> None:
    found = told(project(stage(due=T0.date() + timedelta(days=due))))
    assert (found is not None) is is_news


@pytest.mark.parametrize(
    ("home", "days"),
    [("Pacific/Auckland", -1), ("Europe/Berlin", 0), ("Pacific/Honolulu", 0)],
)
def test_edge_45_a_day_that_was_promised_ends_where_the_project_is_at_home(
    home: str, days: int
) -> None:
    """Due on 1 May; it is 15:00 UTC, which is 2 May in Auckland, wherever the digest is read."""
    now = datetime(2027, 5, 1, 15, tzinfo=UTC)
    window = Window(now - 7 * DAY, now, "Asia/Tokyo")  # where it is 2 May as well
    people = {**PEOPLE, ANA: replace(PEOPLE[ANA], timezone=home)}
    digest = compose(
        Material((project(stage(due=date(2027, 5, 1))),), people, edits=(moved(),)), window
    )
    assert digest is not None
    [due] = digest.parts[0].deadlines
    assert (due.due, due.days) == (date(2027, 5, 1), days)


def test_what_is_done_is_neither_late_nor_missing() -> None:
    done = stage(due=T0.date() - DAY, status=Status.DONE, assignments=())
    part = only(project(done), edits=(moved(),))
    assert (part.deadlines, part.gaps) == ((), ())


@pytest.mark.parametrize(("days", "is_news"), [(1, False), (2, False), (3, True), (4, False)])
def test_a_blocker_is_news_at_a_step_of_its_age(days: int, is_news: bool) -> None:
    monday = datetime(2026, 11, 23, 8, tzinfo=UTC)
    window = Window(monday + (days - 1) * DAY, monday + days * DAY, "Europe/Berlin")
    assert (told(project(blocked(7, monday)), window=window) is not None) is is_news


def test_a_blocker_has_its_owner_and_its_age() -> None:
    window = Window(LAST, datetime(2026, 11, 26, 8, tzinfo=UTC), "Europe/Berlin")
    monday = datetime(2026, 11, 23, 8, tzinfo=UTC)
    [one] = only(project(blocked(7, monday)), window=window).blockers
    assert (one.age, one.owner, one.text) == (3, CY, "no export")
    [old] = only(project(stage(status=Status.BLOCKED)), edits=(moved(),)).blockers
    assert (old.age, old.since, old.is_news) == (None, None, False)


def test_an_owner_who_has_left_owns_nothing() -> None:
    left = stage(status=Status.BLOCKED, assignments=(held(Letter.A, PersonHolder(DEE)),))
    part = only(project(left), edits=(moved(),))
    assert part.blockers[0].owner is None
    assert part.gaps[0].missing == (Letter.A, Letter.R)


def test_s8_a_grave_risk_is_told_and_a_day_gone_by_is_news() -> None:
    said = Said("the feed stops", likelihood=Level.HIGH, impact=Level.HIGH)
    grave = RaidEntry(RaidKind.RISK, 1, (Revision(said, ANA, LAST - DAY),))
    assert told(replace(project(stage()), raid=(grave,))) is None, "it is as it was"
    due = T0.date() - timedelta(days=1)
    past = RaidEntry(RaidKind.ISSUE, 1, (Revision(Said("labels", due=due), ANA, LAST - DAY),))
    part = only(replace(project(stage()), raid=(past, grave)))
    assert [(one.entry.label, one.is_past, one.is_news) for one in part.worries] == [
        *(("R-1", False, False), ("I-1", True, True))
    ]


def looked_at(made: Project, load: int = 0, waivers: tuple[Waiver, ...] = ()) -> Report:
    ground = Ground(made, PEOPLE, T0.date(), lambda person: True, load={BEA: load}, load_limit=5)
    return checked(ground, waivers)


def test_r11_load_and_lint_are_told_where_they_changed_and_silent_else() -> None:
    two = (*OWNED, held(Letter.R, PersonHolder(ANA), 3))
    calm, lone = project(stage(assignments=two)), project(stage())
    known = frozenset(findings.marks([looked_at(calm)], PEOPLE))
    assert known == frozenset()
    assert told(calm, reports=(looked_at(calm),), known=known) is None

    part = only(lone, reports=(looked_at(lone, load=6),), known=known)
    assert [(one.rule.id, one.found.said) for one in part.found] == [
        ("load", "Bea Sample is accountable for 6 open rows, where 5 are the limit"),
        ("spof", "Cy Sample is the only one responsible for Stage 7"),
    ]
    after = frozenset(findings.marks([looked_at(lone, load=6)], PEOPLE))
    assert not any("Sample" in mark or PEOPLE[BEA].key in mark.split("/") for mark in after)
    # A row more is no other finding; what was never looked at is where it begins.
    assert told(lone, reports=(looked_at(lone, load=7),), known=after) is None
    assert told(lone, reports=(looked_at(lone, load=6),), known=None) is None

    eased = only(calm, reports=(looked_at(calm),), known=after)
    assert eased.found == ()
    assert [(one.rule.id, one.item and one.item.id, one.until) for one in eased.mended] == [
        ("load", None, None),
        ("spof", 7, None),
    ]
    day = T0.date() + DAY
    aside = Waiver("load", None, "until Dee is back", day)
    waived = only(lone, reports=(looked_at(lone, 6, (aside,)),), known=after)
    assert [(one.rule.id, one.until) for one in waived.mended] == [("load", day)]


def test_empty_seats_are_told_as_gaps_alone() -> None:
    bare = project(stage(assignments=()))
    report = looked_at(bare)
    assert {one.rule.id for one in report.findings} == {"no-a", "no-r"}
    assert findings.marks([report], PEOPLE) == ()
    assert told(bare, reports=(report,), known=frozenset()) is None


def test_decisions_are_told_once() -> None:
    new = Decision(3, 4, "Use boosted trees", ANA, T0 - DAY)
    old = replace(new, number=3, at=LAST - DAY)
    assert only(project(stage()), decisions=(old, new)).decisions == (new,)
    assert told(project(stage()), decisions=(old,)) is None


def test_an_archived_project_says_so_and_no_more() -> None:
    gone = replace(project(stage(assignments=(), due=T0.date())), archived_at=T0 - DAY)
    archived = Edit(3, None, ArchiveChanged(3, archived=True), ANA, T0 - DAY)
    part = only(gone, edits=(archived,))
    assert [(one.label, one.after) for one in part.changes] == [("archived", "yes")]
    assert (part.gaps, part.deadlines, part.blockers) == ((), (), ())


# --- what is missing, late, waiting ---------------------------------------------------------------


def test_gaps_under_way_come_first_then_those_without_an_accountable() -> None:
    r_only, a_only = OWNED[1:], OWNED[:1]
    items = (
        stage(1, assignments=a_only),
        stage(2, assignments=r_only),
        stage(3, assignments=a_only, status=Status.IN_PROGRESS),
        stage(4, assignments=(held(Letter.A, Vacancy("Developer")),), status=Status.AT_RISK),
        stage(5),
    )
    part = only(project(*items), edits=(moved(5),))
    assert [(gap.item.id, "".join(gap.missing)) for gap in part.gaps] == [
        (4, "AR"),
        (3, "R"),
        (2, "A"),
        (1, "R"),
    ]


def test_slip_is_against_the_first_plan() -> None:
    late = stage(due=T0.date() - 2 * DAY, baseline_due=T0.date() - 16 * DAY)
    [one] = only(project(late), edits=(moved(),)).deadlines
    assert (one.days, one.slip) == (-2, 14)


def linked(seen: object, key: int = 1, moved_at: datetime = LAST - DAY, **more: object) -> Linked:
    sighting = Sighting(seen.ref, seen, T0, moved_at, **more)  # type: ignore[attr-defined, arg-type]  # as above
    return Linked(key, 3, sighting, LAST - DAY)


def test_a_source_in_trouble_brings_no_digest_about_and_loses_none() -> None:
    silent = linked(PULL, trouble=Trouble(Why.AWAY))
    assert told(project(stage()), evidence=(silent,)) is None
    [one] = only(project(stage()), evidence=(silent,), edits=(moved(),)).pulls
    assert one.linked.sighting.trouble == Trouble(Why.AWAY)
    never = Linked(2, 3, Sighting(PULL.ref, trouble=Trouble(Why.AWAY)), T0)
    assert told(project(stage()), evidence=(never,)) is None


ACCURACY = Metric("Accuracy", ("acc",), True, "", 0.71, 0.80, None, None)
FINISHED = replace(RUN, state=RunState.FINISHED)


def aiming(*metrics: Metric) -> Project:
    return replace(project(stage()), scope=Scope(metrics=metrics))


def test_the_best_finished_run_is_held_against_the_scope() -> None:
    runs = (
        linked(replace(FINISHED, metrics={"acc": 0.77}), 1),
        linked(replace(FINISHED, ref=replace(RUN.ref, key="b"), metrics={"acc": 0.75}), 2),
        linked(replace(RUN, ref=replace(RUN.ref, key="c"), metrics={"acc": 0.99}), 3),
        linked(replace(FINISHED, ref=replace(RUN.ref, key="d"), metrics={"acc": 1}, deleted=True)),
    )
    found = only(aiming(ACCURACY), evidence=runs, aims={3: "ACC"}, edits=(moved(),)).runs
    assert found is not None
    assert found.aim is not None
    assert found.aim.seen.ref == RUN.ref
    assert found.aim.comparison.standing is Standing.ON_THE_WAY
    assert found.aim.comparison.share == pytest.approx(2 / 3)
    assert found.moved == ()


def test_without_a_primary_metric_the_first_of_the_scope_that_is_logged_counts() -> None:
    other = replace(ACCURACY, name="Recall", aliases=())
    run = linked(replace(FINISHED, metrics={"accuracy": 0.8}))
    found = only(aiming(other, ACCURACY), evidence=(run,), edits=(moved(),)).runs
    assert found is not None
    assert found.aim is not None
    assert found.aim.comparison.standing is Standing.REACHED


def test_a_metric_that_no_scope_names_needs_a_direction() -> None:
    runs = (
        linked(replace(FINISHED, metrics={"loss": 0.4})),
        linked(replace(FINISHED, ref=replace(RUN.ref, key="b"), metrics={"loss": 0.3}), 2),
    )
    aims: Mapping[int, str] = {3: "loss"}
    told_so = only(
        aiming(ACCURACY), evidence=runs, aims=aims, highers={"loss": False}, edits=(moved(),)
    )
    assert told_so.runs is not None
    assert told_so.runs.aim is not None
    assert told_so.runs.aim.comparison.value == 0.3
    assert only(aiming(ACCURACY), evidence=runs, aims=aims, edits=(moved(),)).runs is None


def test_a_run_that_moved_is_news() -> None:
    part = only(project(stage()), evidence=(linked(FINISHED, moved_at=T0 - DAY),))
    assert part.runs is not None
    assert [run.name for _, run in part.runs.moved] == ["gbm-wind"]


# --- several projects -----------------------------------------------------------------------------

PROJECTS = st.lists(
    st.builds(
        lambda key, name, items: project(*items, key=key, name=name),
        st.integers(1, 6),
        st.sampled_from(["Atlas", "Berth", "Churn"]),
        st.lists(
            st.builds(
                stage,
                st.integers(1, 99),
                status=st.sampled_from(Status),
                due=st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 31)),
                assignments=st.sampled_from([(), OWNED, OWNED[:1]]),
            ),
            max_size=4,
        ),
    ),
    max_size=5,
    unique_by=lambda one: one.id,
)
EDITS = st.lists(st.builds(moved, st.integers(1, 99), of=st.integers(1, 9)), max_size=6)


@given(PROJECTS.flatmap(st.permutations), EDITS, st.integers(1, 9))
def test_a_digest_shows_its_own_projects_in_one_order(
    projects: list[Project], edits: list[Edit], other: int
) -> None:
    evidence = (replace(linked(PULL, moved_at=T0), project=other),)
    found = told(*projects, edits=tuple(edits), evidence=evidence)
    by_id = sorted(projects, key=lambda one: one.id)
    again = told(*by_id, edits=tuple(edits), evidence=evidence)
    if found is None:
        assert again is None
        keys = {one.id for one in projects}
        assert not keys & {other, *(edit.project for edit in edits)}
        return
    assert again is not None
    assert again.parts == found.parts
    assert {part.project.id for part in found.parts} <= {one.id for one in projects}
    for part in found.parts:
        own = {edit.at for edit in edits if edit.project == part.project.id}
        assert bool(part.changes) == bool(own)
        assert all(one.linked.project == part.project.id for one in part.pulls)
    assert len(found.parts) + found.quiet == len(projects)


def test_the_worst_project_comes_first() -> None:
    stuck = project(stage(status=Status.BLOCKED), key=1, name="Zebra")
    late = project(stage(due=T0.date() - DAY), key=2, name="Yak")
    fine = project(stage(), key=3, name="Ant")
    found = told(fine, late, stuck, edits=(moved(),))
    assert found is not None
    assert [part.project.name for part in found.parts] == ["Zebra", "Yak", "Ant"]
    assert told(fine, project(key=5), edits=(moved(),)).quiet == 1  # type: ignore[union-attr]  # told
