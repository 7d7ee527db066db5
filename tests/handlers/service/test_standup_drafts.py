"""What somebody may tick in their standup, read from the record and from what is linked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.drafts import Draft
from bot.orders import Grant, KeepDecision, Move, NewProject, SetPrivacy, SetStandup
from bot.project import Status
from bot.rights import Role
from bot.sources.base import PullState
from bot.standups import Entry
from handlers.service import drafts
from handlers.service.answers import ANYWHERE
from handlers.service.references import Desk
from storage import standups
from tests.handlers.service.conftest import HERE
from tests.handlers.service.linking import Linking, at_work, known_as
from tests.handlers.service.standup_support import ASKED, TUESDAY, WISH, Standup, begun
from tests.support.counting import counted
from tests.support.evidence import PULL

DONE, NEXT = 0, 1


@pytest.fixture
def work(database_url: str) -> Iterator[Standup]:
    """Atlas with its standup; Bea has a login where pull requests are."""
    with at_work(database_url) as team:
        known_as(team, "bea", "github", "bea-x")
        yield begun(team)


def draft_of(work: Standup, name: str = "bea") -> Draft:
    entry = work.entries()[name].id
    drafted = work.charter.standups.asked(work.team.actor(name), entry).drafted
    assert drafted is not None
    return drafted.draft


def texts(draft: Draft, question: int = DONE) -> list[str]:
    return [one.text for of in draft.offers if of.question == question for one in of.work]


def move(work: Standup, stage: str, status: Status, by: str = "bea") -> int:
    order = Move(stage, status, project="atlas")
    done = work.charter.stages.move(work.team.actor(by), order, HERE)
    assert done.seq is not None
    return done.seq


def test_u6_a_recorded_day_is_offered_as_it_was(work: Standup) -> None:
    team = work.team
    assert isinstance(team, Linking)
    team.link(item="modelling")
    move(work, "modelling", Status.IN_PROGRESS)
    undone = move(work, "rollout", Status.IN_PROGRESS)
    team.charter.projects.undo(team.actor("bea"), undone)
    move(work, "data_pipeline", Status.IN_PROGRESS, by="ana")
    team.wait(minutes=5)
    team.charter.decisions.keep(
        team.actor("bea"), KeepDecision("Five classes", "modelling", "atlas"), HERE
    )
    team.github.tells(replace(PULL, state=PullState.MERGED, merged=team.now, requested=()))
    team.wait(minutes=5)
    team.sync()
    work.at(ASKED)
    assert texts(draft_of(work)) == [
        "Merged #7 Retry the weather feed",
        "Decided: Five classes",
        "Modelling: not started → in progress",
    ]
    assert texts(draft_of(work, "ana")) == ["Data pipeline: not started → in progress"]
    # Bea has not answered before: it is since the beginning of her last working day, in Berlin.
    assert draft_of(work).since == TUESDAY - timedelta(hours=25)
    assert [one.item for of in draft_of(work).offers for one in of.work] == [
        work.entries()["bea"].project and _item(work),
    ] * 3


def _item(work: Standup) -> int:
    shown = work.charter.projects.shown(work.team.actor("ana"), "atlas", HERE).project
    found = shown.item("modelling")
    assert found is not None
    return found.id


def test_u6_it_is_since_the_last_standup_that_was_answered(work: Standup) -> None:
    work.at(ASKED)
    move(work, "modelling", Status.IN_PROGRESS)
    work.team.now = ASKED + timedelta(minutes=12)
    work.answer("bea", "read", "Write the guide\nModelling: train", "no badge")
    assert texts(draft_of(work)) == ["Modelling: not started → in progress"]
    wednesday = ASKED + timedelta(days=1)
    work.at(wednesday)
    [entry] = [one for one in entries(work, 1) if one.person == work.team.person("bea").id]
    drafted = work.charter.standups.asked(work.team.actor("bea"), entry.id).drafted
    assert drafted is not None
    assert drafted.draft.since == ASKED + timedelta(minutes=12)
    assert texts(drafted.draft) == ["Write the guide", "train"]
    assert texts(drafted.draft, NEXT) == ["Write the guide", "train"]
    assert [(one.text, one.age) for one in drafted.carried] == [("no badge", 1)]
    # What was done after Wednesday's question is none of Tuesday's, also where that is edited.
    work.team.wait(minutes=1)
    move(work, "modelling", Status.AT_RISK)
    assert texts(draft_of(work)) == ["Modelling: not started → in progress"]


def entries(work: Standup, days: int) -> list[Entry]:
    with work.team.database.read() as session:
        day = TUESDAY.date() + timedelta(days=days)
        return standups.of_day(session, work.project, day)


def test_u6_a_review_that_is_asked_for_is_offered_as_coming_next(work: Standup) -> None:
    team = work.team
    assert isinstance(team, Linking)
    known_as(team, "cy", "github", "cy-m")
    team.link()
    work.at(ASKED)
    assert texts(draft_of(work, "cy"), NEXT) == ["Review #7 Retry the weather feed"]
    assert texts(draft_of(work), NEXT) == []


@pytest.mark.parametrize(("room", "private"), [(False, False), (True, False), (True, True)])
def test_u6_titles_of_private_repositories_stay_in_a_private_projects_own_room(
    database_url: str, *, room: bool, private: bool
) -> None:
    """What is said of a project that everybody sees, everybody may look up later."""
    with at_work(database_url) as team:
        known_as(team, "bea", "github", "bea-x")
        team.github.tells(replace(PULL, private=True, opened=team.now, updated=team.now))
        work = begun(team)
        ana = team.actor("ana")
        if private:
            team.charter.access.set_privacy(ana, SetPrivacy(private=True, project="atlas"), HERE)
            team.charter.access.grant(ana, Grant("<@UBEA>", Role.EDITOR, project="atlas"), HERE)
        if room:
            wish = replace(WISH, project="atlas", channel="C0SECRET")
            team.charter.projects.bind(
                ana, "atlas", replace(HERE, channel="C0SECRET", name="secret", is_private=True)
            )
            team.charter.standups.set_up(ana, wish, HERE)
        team.link(project="atlas")
        work.at(ASKED)
        is_told = room and private
        [one] = [one for of in draft_of(work).offers for one in of.work]
        hidden = "Opened #7 in a private repository (waiting for a review)"
        open_words = "Opened #7 Retry the weather feed (waiting for a review)"
        assert one.text == (open_words if is_told else hidden)
        assert (one.aside, bool(one.url)) == ("" if is_told else PULL.title, is_told)


def test_u6_drafts_of_many_projects_are_read_at_once(work: Standup) -> None:
    team = work.team
    ana = team.actor("ana")
    for number in range(3):
        made = team.charter.projects.create(ana, NewProject(f"Other {number}"), HERE).project
        wish = SetStandup(WISH.questions, WISH.days, WISH.at, "C0ATLAS", project=made.key)
        team.charter.standups.set_up(ana, replace(wish, people=("<@UBEA>",)), HERE)
    move(work, "modelling", Status.IN_PROGRESS)
    work.at(ASKED)
    bea = team.actor("bea")
    open_ones = team.charter.standups.open_ones(bea)
    assert len(open_ones) == 4

    def statements(count: int) -> int:
        with team.database.read() as session:
            cache = team.charter.standups._cache
            facts = cache.current(session, team.workspace)
            desk = Desk(session, facts, cache, bea, team.now, ANYWHERE)
            some = open_ones[:count]
            with counted(team.database) as run:
                found = drafts.drafted(
                    desk, {one.project.id: one.project for one in some}, [one.entry for one in some]
                )
        assert len(found) == count
        return len(run)

    assert statements(1) == statements(4)
    assert statements(4) <= 12
