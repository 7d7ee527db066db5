"""A ladder of one's own: stages and components that come, go, and are called otherwise."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.errors import Ambiguous, Forbidden, NotFound, Refused, Why
from bot.orders import (
    AddItem,
    AddRung,
    Assign,
    Move,
    NewProject,
    OrderItems,
    RemoveItem,
    RemoveRung,
    RenameItem,
    RenameRung,
    SetAlias,
)
from bot.outcome import Done
from bot.people import Profile
from bot.project import Item, Letter, Status
from storage.tables import ItemRow
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.support.clock import T0

MONDAY = T0


@pytest.fixture
def atlas(team: Team) -> Team:
    team.now = MONDAY
    team.atlas()
    return team


def item(team: Team, ref: str) -> Item:
    found = team.charter.projects.row(team.actor("ana"), ref, "atlas", HERE).item
    assert found is not None
    return found


def titles(team: Team) -> list[str]:
    return [
        one.title
        for one in team.charter.projects.shown(team.actor("ana"), None, HERE).project.stages()
    ]


def move(team: Team, status: Status, note: str | None = None, ref: str = "framing") -> Done:
    return team.charter.stages.move(team.actor("ana"), Move(ref, status, note), HERE)


def give(team: Team, letters: tuple[Letter, ...], who: str, ref: str) -> None:
    order = Assign(ref, letters, f"{who.capitalize()} Sample")
    team.charter.raci.assign(team.actor("ana"), order, HERE)


def test_t1_a_ladder_of_ones_own_keeps_ids_history_and_names(atlas: Team) -> None:
    ana, ladders = atlas.actor("ana"), atlas.charter.ladders
    added = ladders.add(ana, AddItem("Label audit", after="annotation"), HERE)
    assert added.item is not None
    order = titles(atlas)
    assert order[order.index("Annotation") + 1] == "Label audit"
    move(atlas, Status.IN_PROGRESS, ref="label audit")
    renamed = ladders.rename(ana, RenameItem("label audit", "Audit of labels"), HERE)
    assert renamed.item is not None
    assert (renamed.item.id, renamed.item.key) == (added.item.id, "label_audit")
    assert renamed.item.status is Status.IN_PROGRESS
    assert item(atlas, "Label audit") == item(atlas, "audit of labels") == renamed.item
    ladders.order(ana, OrderItems("audit of labels", "annotation"), HERE)
    order = titles(atlas)
    assert order[order.index("Annotation") - 1] == "Audit of labels"
    part = ladders.add(ana, AddItem("Tide feed", parent="data pipeline"), HERE).item
    assert part is not None
    assert part.parent == "data_pipeline"
    with pytest.raises(Refused) as taken:
        ladders.add(ana, AddItem("label audit"), HERE)
    assert taken.value.why is Why.ITEM_TAKEN


def test_t1_each_step_of_a_ladder_can_be_undone(atlas: Team) -> None:
    ana, ladders = atlas.actor("ana"), atlas.charter.ladders
    before = titles(atlas)
    give(atlas, (Letter.A,), "bea", "annotation")
    letters = item(atlas, "annotation").assignments
    steps: list[Callable[[], Done]] = [
        lambda: ladders.add(ana, AddItem("Label audit"), HERE),
        lambda: ladders.order(ana, OrderItems("metrics", "idea"), HERE),
        lambda: ladders.rename(ana, RenameItem("annotation", "Labels of all kinds"), HERE),
        lambda: ladders.remove(ana, RemoveItem("annotation"), HERE),
    ]
    for step in steps:
        done = step()
        assert titles(atlas) != before
        atlas.charter.projects.undo(ana, done.seq)
        assert titles(atlas) == before
    kept = item(atlas, "annotation")
    assert {(one.letter, one.holder) for one in kept.assignments} == {
        (one.letter, one.holder) for one in letters
    }
    assert "Annotation" not in kept.aliases


def test_a_stage_does_not_come_back_to_somebody_who_left_meanwhile(atlas: Team) -> None:
    ana = atlas.actor("ana")
    give(atlas, (Letter.A,), "bea", "annotation")
    removed = atlas.charter.ladders.remove(ana, RemoveItem("annotation"), HERE)
    gone = Profile("UBEA", "Bea Sample", "Bea", deleted=True)
    atlas.charter.people.learned(atlas.workspace, gone)
    with pytest.raises(Refused) as refused:
        atlas.charter.projects.undo(ana, removed.seq)
    assert refused.value.why is Why.HOLDER_LEFT


def test_edge_21_a_removed_stage_keeps_its_history_and_says_when_it_went(atlas: Team) -> None:
    ana, ladders = atlas.actor("ana"), atlas.charter.ladders
    give(atlas, (Letter.A,), "bea", "annotation")
    atlas.charter.projects.alias(ana, SetAlias("stickers", "annotation"), HERE)
    number = item(atlas, "annotation").id
    ladders.remove(ana, RemoveItem("annotation"), HERE)
    assert "Annotation" not in titles(atlas)
    for ref in ("annotation", "stickers"):
        with pytest.raises(Refused) as gone:
            item(atlas, ref)
        assert gone.value.why is Why.ITEM_REMOVED
        assert gone.value.facts == {"item": "Annotation", "on": "2026-11-23"}
    with atlas.database.read() as session:
        row = session.exec(select(ItemRow).where(ItemRow.id == number)).one()
        assert row.removed_at == MONDAY
    back = ladders.add(ana, AddItem("annotation"), HERE).item
    assert back is not None
    assert back.id == number
    assert item(atlas, "stickers").id == number
    assert back.assignments == ()  # they ended, and whoever held them is in the history


def test_edge_23_two_stages_with_the_same_alias_are_asked_about(atlas: Team) -> None:
    document = """{"people": [], "projects": [{"key": "atlas", "name": "Atlas", "stages": {
        "data_pipeline": {"aliases": ["data"]}, "data_quality": {"aliases": ["data"]}}}]}"""
    atlas.charter.documents.load(atlas.actor("ana"), document, atlas.now)
    with pytest.raises(Ambiguous) as asked:
        item(atlas, "data")
    assert {label for label, _ in asked.value.options} == {"Data pipeline", "Data quality"}


# What new projects begin with


def test_t1_admins_say_what_new_projects_begin_with(atlas: Team) -> None:
    ana, rungs = atlas.actor("ana"), atlas.charter.rungs
    with pytest.raises(Forbidden):
        rungs.add(atlas.actor("bea"), AddRung("Label audit"))
    rungs.add(ana, AddRung("Label audit", "annotation"))
    rungs.rename(ana, RenameRung("metrics", "Targets"))
    [line] = rungs.remove(ana, RemoveRung("modelling"))
    assert (line.before, line.after) == ("Modelling", "")
    before = titles(atlas)
    fresh = atlas.charter.projects.create(ana, NewProject("Berth"), ELSEWHERE).project
    found = [stage.title for stage in fresh.stages()]
    assert found[found.index("Annotation") + 1] == "Label audit"
    assert found[-1] == "Targets"
    assert "Modelling" not in found
    # The projects that there are keep theirs, and what theirs are called.
    assert titles(atlas) == before
    assert item(atlas, "experiments").title == "Modelling"
    rungs.add(ana, AddRung("Modelling"))
    assert rungs.shown(ana)[-1].key == "modelling"
    with pytest.raises(NotFound):
        rungs.remove(ana, RemoveRung("nonsense"))


def test_edge_21_a_question_about_a_removed_stage_hears_when_it_went(atlas: Team) -> None:
    ana, ladders = atlas.actor("ana"), atlas.charter.ladders
    ladders.add(ana, AddItem("Label audit"), HERE)
    ladders.remove(ana, RemoveItem("label audit"), HERE)
    ladders.remove(ana, RemoveItem("annotation"), HERE)
    for asked, title in (("label audit", "Label audit"), ("labelling", "Annotation")):
        said = atlas.charter.questions.ask(ana, f"who owns the {asked}?", HERE).text
        assert said == f"{title} was removed from Atlas on 2026-11-23; its history stays."


def test_a_stage_that_is_on_its_way_to_somebody_is_not_removed(atlas: Team) -> None:
    give(atlas, (Letter.A,), "bea", "annotation")
    order = Assign("annotation", (Letter.A,), "Cy Sample", hand_over=True)
    atlas.charter.raci.assign(atlas.actor("bea"), order, HERE)
    with pytest.raises(Refused) as caught:
        atlas.charter.ladders.remove(atlas.actor("ana"), RemoveItem("annotation"), HERE)
    assert caught.value.why is Why.OFFER_OPEN
    assert caught.value.facts["name"] == "Cy Sample"
