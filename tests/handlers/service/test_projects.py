"""Read → decide → write: what a command, a button and a form end in."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import event, update

from bot.errors import (
    Ambiguous,
    CharterError,
    Forbidden,
    NotFound,
    Refused,
    SecondAccountable,
    Stale,
    Why,
)
from bot.home import Turned
from bot.orders import Assign, Clear, Move, NewProject, SetAlias, SetScope
from bot.outcome import Place
from bot.people import Profile
from bot.project import Mode, PersonHolder, Status, Vacancy
from storage.database import plainly
from storage.tables import ProjectRow, columns, table_of
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.support import A, R, accountable, give


def test_a_project_comes_from_the_template(team: Team) -> None:
    done = team.atlas()
    assert [item.key for item in done.project.items] == [
        "idea",
        "framing",
        "data_pipeline",
        "data_quality",
        "annotation",
        "modelling",
        "resourcing",
        "rollout",
        "metrics",
    ]
    assert (done.project.key, done.project.lead) == ("atlas", team.person("ana").id)
    assert [channel.slack_id for channel in done.project.channels] == ["C0ATLAS"]
    assert accountable(team) == [Vacancy("Data Engineer")]
    metrics = done.project.item("metrics")
    assert metrics is not None
    assert not [held for held in metrics.assignments if held.letter is A], "nobody can be guessed"


def test_in_start_up_mode_one_person_holds_every_stage(team: Team) -> None:
    new = NewProject("Solo", lead="<@UCY>", mode=Mode.STARTUP)
    project = team.charter.projects.create(team.actor("ana"), new, HERE).project
    cy = PersonHolder(team.person("cy").id)
    for item in project.items:
        assert {(held.letter, held.holder) for held in item.assignments} == {(A, cy), (R, cy)}


def test_the_same_name_again_writes_nothing(team: Team) -> None:
    team.atlas()
    with pytest.raises(Refused) as caught:
        team.charter.projects.create(team.actor("bea"), NewProject(" ATLAS "), ELSEWHERE)
    assert (caught.value.why, caught.value.field) == (Why.NAME_TAKEN, "name")
    assert len(team.charter.projects.listed(team.actor("bea")).projects) == 1


def test_a_hidden_namesake_is_not_given_away(team: Team) -> None:
    team.atlas(private=True)
    with pytest.raises(NotFound) as caught:
        team.charter.projects.shown(team.actor("bea"), "atlas", ELSEWHERE)
    assert caught.value.suggestions == ()
    assert team.charter.projects.listed(team.actor("bea")).projects == ()
    made = team.charter.projects.create(team.actor("bea"), NewProject("Atlas"), ELSEWHERE)
    assert made.project.name == "Atlas"
    shown = team.charter.projects.shown(team.actor("bea"), "Atlas", ELSEWHERE)
    assert shown.project.id == made.project.id


def test_a3_no_number_behind_a_key_gives_away_a_hidden_namesake_from_a_document(team: Team) -> None:
    vault = team.atlas(private=True).project
    named = update(table_of(ProjectRow)).where(columns(ProjectRow).id == vault.id)
    with team.database.begin() as session:
        plainly(session).execute(named.values(key="atlas"))
    fresh = team.replica()
    made = fresh.projects.create(team.actor("bea"), NewProject("Atlas"), ELSEWHERE).project
    assert re.fullmatch("atlas_[0-9a-f]{8}", made.key)
    for guess in ("atlas_2", "atlas_1"):
        with pytest.raises(NotFound):
            fresh.projects.shown(team.actor("bea"), guess, ELSEWHERE)
    beside = fresh.projects.create(team.actor("bea"), NewProject("Borealis"), ELSEWHERE).project
    assert beside.key == "borealis"


def test_a_letter_shows_before_and_after_and_who_set_it(team: Team) -> None:
    team.atlas()
    done = give(team, "<@UBEA>", by="cy")
    assert [(line.label, line.before, line.after) for line in done.lines] == [
        ("accountable", "vacant (Data Engineer)", "Bea Sample")
    ]
    row = team.charter.projects.row(team.actor("ana"), "ETL", None, HERE).item
    assert row is not None
    [held] = [one for one in row.assignments if one.letter is A]
    assert (held.since, held.set_by, held.source) == (team.now, team.person("cy").id, "command")


def test_a_second_accountable_changes_nothing_until_it_is_a_hand_over(team: Team) -> None:
    team.atlas()
    give(team, "Bea Sample")
    with pytest.raises(SecondAccountable) as caught:
        give(team, "<@UCY>")
    assert (caught.value.present, caught.value.wanted) == ("Bea Sample", "Cy Sample")
    assert accountable(team) == [PersonHolder(team.person("bea").id)]
    team.wait(hours=1)
    give(team, "<@UCY>", hand_over=True, unasked="agreed", seen=caught.value.item_version)
    assert accountable(team) == [PersonHolder(team.person("cy").id)]


@pytest.mark.parametrize(
    ("holder", "why"),
    [
        ("<@UDAN>", Why.HOLDER_LEFT),
        ("<@UBUILD>", Why.HOLDER_IS_BOT),
        ("<!subteam^S1|@labellers>", Why.GROUP_ACCOUNTABLE),
        ("vacant", Why.EMPTY_TEXT),
        ("", Why.EMPTY_TEXT),
    ],
)
def test_who_cannot_be_accountable(team: Team, holder: str, why: Why) -> None:
    team.atlas()
    with pytest.raises(CharterError) as caught:
        give(team, holder)
    assert getattr(caught.value, "why", None) is why
    assert accountable(team) == [Vacancy("Data Engineer")]


def test_unknown_names_come_with_suggestions(team: Team) -> None:
    team.atlas()
    projects, bea = team.charter.projects, team.actor("bea")
    with pytest.raises(NotFound) as caught:
        projects.row(bea, "data pipelin", None, HERE)
    assert caught.value.suggestions[0] == "Data pipeline"
    with pytest.raises(NotFound) as caught:
        projects.shown(bea, "Atlsa", ELSEWHERE)
    assert caught.value.suggestions == ("Atlas",)
    with pytest.raises(NotFound) as caught:
        give(team, "Bae Sample")
    assert "Bea Sample" in caught.value.suggestions
    with pytest.raises(Refused) as refused:
        projects.shown(bea, None, ELSEWHERE)
    assert refused.value.why is Why.NO_CHANNEL


def test_a_shared_first_name_asks(team: Team) -> None:
    team.charter.people.learned(team.workspace, Profile("UBEA2", "Bea Other", "Bea"))
    team.atlas()
    with pytest.raises(Ambiguous) as caught:
        give(team, "Bea")
    assert [label for label, _key in caught.value.options] == ["Bea Sample", "Bea Other"]


def test_two_edits_of_the_same_item_the_second_is_told_what_changed(team: Team) -> None:
    seen = team.atlas().project.item("data_pipeline")
    assert seen is not None
    give(team, "<@UBEA>", by="cy", seen=seen.version)
    with pytest.raises(Stale) as caught:
        give(team, "<@UBEA>", by="bea", seen=seen.version)
    [change] = caught.value.changes
    assert (change.by, change.at) == ("Cy Sample", team.now)
    assert change.what == "accountable: vacant (Data Engineer) → Bea Sample"
    order = Move("data_pipeline", Status.IN_PROGRESS, seen=seen.version)
    moved = team.charter.stages.move(team.actor("bea"), order, HERE)
    assert moved.lines[0].after == "in progress", "a move and a letter do not touch each other"
    assert accountable(team) == [PersonHolder(team.person("bea").id)]


def test_an_edit_of_another_item_is_no_conflict(team: Team) -> None:
    seen = team.atlas().project.item("data_pipeline")
    assert seen is not None
    team.charter.stages.move(team.actor("bea"), Move("rollout", Status.IN_PROGRESS), HERE)
    give(team, "<@UBEA>", seen=seen.version)
    assert accountable(team) == [PersonHolder(team.person("bea").id)]


def test_ten_hand_overs_at_once_leave_one_accountable(team: Team) -> None:
    seen = team.atlas().project.item("data_pipeline")
    assert seen is not None
    start = Barrier(10)
    charters = [team.replica() for _ in range(10)]

    def hand_over(number: int) -> bool:
        order = Assign("data_pipeline", (A,), ("<@UBEA>", "<@UCY>")[number % 2], seen=seen.version)
        actor = team.actor("ana")
        start.wait(10)
        try:
            charters[number].raci.assign(actor, order, HERE)
        except (Stale, SecondAccountable):
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(hand_over, range(10))) == 1
    assert len(accountable(team)) == 1


def test_a_back_dated_letter_says_when_it_was_recorded(team: Team) -> None:
    team.atlas()
    team.charter.raci.clear(team.actor("ana"), Clear("data_pipeline", (A,)), HERE)
    give(team, "<@UBEA>", since=date(2026, 11, 2))
    row = team.charter.projects.row(team.actor("ana"), "data_pipeline", None, HERE).item
    assert row is not None
    [held] = [one for one in row.assignments if one.letter is A]
    assert held.since is not None
    assert held.since.isoformat() == "2026-11-01T23:00:00+00:00", "midnight in Berlin"
    assert held.recorded_at == team.now
    with pytest.raises(Refused) as caught:
        give(
            team,
            "<@UCY>",
            hand_over=True,
            unasked="agreed",
            since=team.now.date() + timedelta(days=2),
        )
    assert (caught.value.why, caught.value.field) == (Why.FUTURE_DATE, "since")


def test_archiving_is_for_those_who_answer_for_it(team: Team) -> None:
    team.atlas()
    with pytest.raises(Forbidden) as caught:
        team.charter.projects.archive(team.actor("bea"), "atlas", ELSEWHERE, archived=True)
    assert caught.value.who_can == ("Ana Sample", "an admin")
    team.charter.projects.archive(team.actor("ana"), "atlas", ELSEWHERE, archived=True)
    listing = team.charter.projects.listed(team.actor("bea"))
    assert (listing.projects, listing.archived) == ((), 1)
    with pytest.raises(Refused) as refused:
        give(team, "<@UBEA>")
    assert refused.value.why is Why.ARCHIVED


def test_another_replica_sees_a_change_at_once(team: Team) -> None:
    other = team.replica()
    team.atlas()
    assert other.projects.shown(team.actor("bea"), "atlas", ELSEWHERE).project.name == "Atlas"
    give(team, "<@UBEA>")
    row = other.projects.row(team.actor("bea"), "pipeline", "atlas", ELSEWHERE).item
    assert row is not None
    assert PersonHolder(team.person("bea").id) in [held.holder for held in row.assignments]
    other.projects.alias(team.actor("bea"), SetAlias("world map"), HERE)
    assert team.charter.projects.shown(
        team.actor("cy"), "World-Map", ELSEWHERE
    ).project.aliases == ("world map",)


def test_edge_33_two_projects_in_one_channel_ask(team: Team) -> None:
    team.atlas()
    team.charter.projects.create(team.actor("bea"), NewProject("Borealis"), HERE)
    with pytest.raises(Ambiguous) as caught:
        team.charter.projects.shown(team.actor("cy"), None, HERE)
    assert {key for _label, key in caught.value.options} == {"atlas", "borealis"}


def test_edge_33_one_project_in_three_channels_is_meant_in_each(team: Team) -> None:
    team.atlas()
    more = [Place("C0OTHER", "random"), Place("C0THIRD", "third")]
    for place in more:
        team.charter.projects.bind(team.actor("ana"), "atlas", place)
    for place in (HERE, *more):
        project = team.charter.projects.shown(team.actor("cy"), None, place).project
        assert (project.key, len(project.channels)) == ("atlas", 3)
    team.charter.projects.unbind(team.actor("ana"), more[0], None)
    with pytest.raises(CharterError):
        team.charter.projects.shown(team.actor("cy"), None, more[0])
    kept = team.charter.projects.shown(team.actor("cy"), None, more[1]).project
    assert [one.slack_id for one in kept.channels] == ["C0ATLAS", "C0THIRD"]


def test_edge_35_who_has_an_id_of_the_whole_grid_holds_letters_like_anybody(team: Team) -> None:
    team.atlas()
    team.charter.people.learned(team.workspace, Profile("W012ABCDEF", "Greta Grid", "greta", "UTC"))
    give(team, "<@W012ABCDEF>")
    greta = team.charter.people.known(team.workspace, "W012ABCDEF")
    assert greta is not None
    assert accountable(team) == [PersonHolder(greta.id)]


def test_home_has_my_letters_and_what_is_missing(team: Team) -> None:
    team.atlas()
    give(team, "<@UBEA>")
    home = team.charter.projects.home(team.actor("bea"))
    [held] = home.letters.shown
    assert [(item.key, letters) for item, letters in held.rows] == [("data_pipeline", (A,))]
    assert home.accountable == 1
    assert [one.name for one in home.projects.shown] == ["Atlas"]
    later = [team.charter.projects.home(team.actor("bea"), Turned(gaps=n)) for n in range(1, 9)]
    missing = {(gap.item.key, gap.missing) for page in later for gap in page.gaps.shown}
    assert len(missing) == home.gaps.total
    assert ("data_pipeline", A) not in missing
    assert ("metrics", A) in missing
    assert ("data_pipeline", R) in missing


def test_forty_thousand_characters_are_one_clear_error(team: Team) -> None:
    team.atlas()
    flood = "x" * 40_000
    ana, charter = team.actor("ana"), team.charter
    projects = charter.projects
    orders: tuple[Callable[[], object], ...] = (
        lambda: projects.create(ana, NewProject(flood), HERE),
        lambda: charter.scopes.scope(ana, SetScope("goal", flood), HERE),
        lambda: charter.stages.move(ana, Move("rollout", Status.BLOCKED, flood), HERE),
        lambda: projects.alias(ana, SetAlias(flood), HERE),
        lambda: projects.row(ana, flood, None, HERE),
        lambda: projects.shown(ana, flood, HERE),
        lambda: give(team, flood),
    )
    for order in orders:
        with pytest.raises(CharterError):
            order()
    assert projects.shown(ana, None, HERE).project.version == 1


def test_a_dm_binds_no_channel(team: Team) -> None:
    new = NewProject("Atlas")
    done = team.charter.projects.create(team.actor("ana"), new, Place(is_direct=True))
    assert done.project.channels == ()


def test_an_alias_may_be_for_a_project_by_its_name(team: Team) -> None:
    team.atlas()
    projects, bea = team.charter.projects, team.actor("bea")
    projects.alias(bea, SetAlias("map", "Atlas"), ELSEWHERE)
    assert projects.shown(bea, "map", ELSEWHERE).project.key == "atlas"
    projects.alias(bea, SetAlias("shipping day", "rollout"), HERE)
    row = projects.row(bea, "Shipping-day", None, HERE).item
    assert row is not None
    assert row.key == "rollout"


def test_a_channel_names_its_project(team: Team) -> None:
    team.atlas()
    projects, bea = team.charter.projects, team.actor("bea")
    assert projects.shown(bea, "#proj-atlas", ELSEWHERE).project.key == "atlas"
    with pytest.raises(Refused) as caught:
        projects.shown(bea, "#nowhere", ELSEWHERE)
    assert caught.value.why is Why.NO_CHANNEL


def test_a_vacant_seat_that_is_handed_over_keeps_its_requisition(team: Team) -> None:
    team.atlas()
    give(team, "<@UBEA>")
    with pytest.raises(SecondAccountable) as caught:
        give(team, "vacant Data Engineer DE-114")
    team.wait(seconds=1)
    give(team, caught.value.wanted_ref, hand_over=True, unasked="agreed")
    assert accountable(team) == [Vacancy("Data Engineer", "DE-114")]


def test_what_was_rolled_back_is_never_remembered(team: Team) -> None:
    """A write that fails at the very end leaves nothing in the cache of its process."""
    team.atlas()
    projects, bea = team.charter.projects, team.actor("bea")

    def fail(*_arguments: object) -> None:
        raise RuntimeError

    event.listen(team.database.engine, "commit", fail)
    try:
        with pytest.raises(RuntimeError):
            projects.create(bea, NewProject("Borealis"), ELSEWHERE)
        with pytest.raises(RuntimeError):
            team.charter.people.learned(team.workspace, Profile("UNEW", "New Sample", "New"))
    finally:
        event.remove(team.database.engine, "commit", fail)
    team.replica().projects.create(team.actor("cy"), NewProject("Cascade"), ELSEWHERE)
    assert [one.name for one in projects.listed(bea).projects] == ["Atlas", "Cascade"]
    assert team.charter.people.known(team.workspace, "UNEW") is None
