"""Row R12: every letter routes something. Who hears what, where and when, and who does not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.changes import Hurdles, NewBlocker, RolesChanged, Seat, StageMoved
from bot.people import Delegation
from bot.project import Group, Letter, PersonHolder, Project, Status, Vacancy
from bot.routing import (
    ROUTES,
    Deed,
    Event,
    Happening,
    Surface,
    accountable,
    concerned,
    happenings,
    markdown,
    routed,
    routes,
)
from tests.bot.routing_support import (
    ACC,
    ATLAS,
    CON,
    INF,
    LABELLERS,
    LEAD,
    LETTERS,
    NEW,
    PEOPLE,
    RES,
    happened,
    held_by,
    names,
    project,
    told,
    without,
)
from tests.support.clock import T0
from tests.support.tree import ROOT

# Event → who is told, by which surface, when and what for. What is read in digests alone is not
# here: that is for everybody else with a letter.
RECIPIENTS = {
    Event.STAGE_BLOCKED: {
        "acc": "A direct message at once tells without delay",
        "res": "R direct message at once tells without delay",
        "con": "C direct message in their working hours asks once for input",
    },
    Event.STAGE_UNBLOCKED: {
        "acc": "A direct message with the next morning's message tells",
        "res": "R direct message with the next morning's message tells",
    },
    Event.BLOCKER_OLD: {"acc": "A direct message in their working hours tells"},
    Event.BLOCKER_STILL: {"acc": "A direct message in their working hours tells"},
    Event.STAGE_STARTED_UNOWNED: {"lead": "LEAD direct message in their working hours tells"},
    Event.GATE_OPENED: {
        "acc": "A direct message in their working hours asks",
        "con": "C direct message in their working hours asks once for input",
    },
    Event.GATE_PASSED: {"res": "R direct message with the next morning's message tells"},
    Event.GATE_OVERRIDDEN: {
        "acc": "A direct message in their working hours tells",
        "lead": "LEAD direct message in their working hours tells",
    },
    Event.STAGE_REOPENED: {
        "acc": "A direct message in their working hours tells",
        "res": "R direct message in their working hours tells",
    },
    Event.HANDOVER_OFFERED: {
        "new": "CONCERNED direct message at once asks",
        "acc": "A direct message in their working hours tells",
    },
    Event.HANDOVER_ACCEPTED: {"new": "CONCERNED direct message at once asks"},
    Event.HANDOVER_DECLINED: {"new": "CONCERNED direct message at once asks"},
    Event.HANDOVER_ENDED: {"new": "CONCERNED direct message at once asks"},
    Event.HANDOVER_SAID: {"new": "CONCERNED direct message at once asks"},
    Event.HANDOVER_WAITING: {
        "new": "CONCERNED direct message in their working hours asks",
        "acc": "A direct message with the next morning's message tells",
    },
    Event.LETTER_GIVEN: {"new": "CONCERNED direct message in their working hours tells"},
    Event.LETTER_TAKEN: {"new": "CONCERNED direct message in their working hours tells"},
    Event.SCOPE_CHANGED: {"acc": "A direct message in their working hours tells"},
    Event.SCOPE_SIGNED: {},
    Event.REVIEW_DUE: {"acc": "A direct message in their working hours asks"},
    Event.PULL_REVIEW: {"new": "CONCERNED direct message in their working hours asks"},
    Event.TEAM_REVIEW: {"res": "R direct message in their working hours asks"},
    Event.MODEL_PROMOTED: {"acc": "A direct message in their working hours asks"},
    Event.PERSON_LEFT: {
        "lead": "LEAD direct message in their working hours asks",
        "adm": "ADMIN direct message in their working hours asks",
    },
    Event.PERSON_RETURNED: {
        "lead": "LEAD direct message in their working hours asks",
        "adm": "ADMIN direct message in their working hours asks",
    },
    Event.DELEGATED: {"new": "CONCERNED direct message at once asks"},
    Event.DELEGATE_LEFT: {"new": "CONCERNED direct message in their working hours asks"},
    Event.CONSULTATION_ASKED: {"con": "C direct message in their working hours asks"},
    Event.CONSULTATION_ANSWERED: {
        "acc": "A direct message with the next morning's message tells",
        "res": "R direct message with the next morning's message tells",
    },
    Event.CONSULTATION_SILENT: {
        "acc": "A direct message with the next morning's message tells",
    },
    Event.GLASS_BROKEN: {
        "acc": "A direct message at once tells without delay",
        "lead": "LEAD direct message at once tells without delay",
    },
    Event.CHANNEL_RESTS: {"acc": "A direct message in their working hours tells"},
    Event.CHANNEL_GONE: {
        "acc": "A direct message in their working hours tells",
        "adm": "ADMIN direct message in their working hours tells",
    },
    Event.OUT_OF_SIGHT: {"acc": "A direct message in their working hours tells"},
    Event.OUT_OF_REACH: {"acc": "A direct message in their working hours tells"},
    Event.CHANNEL_OPENED: {"acc": "A direct message in their working hours tells"},
    Event.CHANNEL_CLOSED: {"acc": "A direct message in their working hours tells"},
    Event.QUESTION: {"res": "R direct message in their working hours asks"},
    Event.QUESTION_ANSWERED: {"new": "CONCERNED direct message at once asks"},
    Event.QUESTION_SILENT: {
        "new": "CONCERNED direct message with the next morning's message tells",
    },
    Event.QUESTIONS_OPEN: {"acc": "A direct message in their working hours asks"},
    Event.QUESTIONS_STRAY: {"adm": "ADMIN direct message in their working hours asks"},
    Event.QUESTION_CLEARED: {"new": "CONCERNED direct message in their working hours asks"},
    Event.DECISION_KEPT: {},
    Event.MILESTONE_SLIPPED: {"acc": "A direct message in their working hours tells"},
    Event.BLOCKER_GIVEN: {"new": "CONCERNED direct message in their working hours tells"},
    Event.BLOCKER_TAKEN: {"new": "CONCERNED direct message in their working hours tells"},
    Event.RAID_GIVEN: {"new": "CONCERNED direct message in their working hours tells"},
    Event.RAID_GRAVE: {
        "acc": "A direct message in their working hours tells",
        "new": "CONCERNED direct message in their working hours tells",
    },
    Event.RAID_PAST: {
        "acc": "A direct message in their working hours tells",
        "new": "CONCERNED direct message in their working hours tells",
    },
    Event.NOT_TOLD: {"acc": "A direct message with the next morning's message tells"},
    Event.DRIFT_SEEN: {"new": "CONCERNED direct message in their working hours asks"},
    Event.DRIFT_SILENT: {"lead": "LEAD direct message in their working hours asks"},
    Event.DRIFT_SHADOW: {"acc": "A direct message in their working hours asks"},
    Event.DRIFT_ORPHAN: {"lead": "LEAD direct message in their working hours asks"},
}


@pytest.mark.parametrize("event", Event)
def test_r12_every_letter_routes_something(event: Event) -> None:
    heard = {
        PEOPLE[one.person].key: (
            f"{one.route.to.name} {one.surface} {one.route.when} {one.route.deed}".split(",")[0]
        )
        for one in told(event)
        if one.person is not None and one.surface is not Surface.DIGEST
    }
    assert heard == RECIPIENTS[event]


def test_r12_the_informed_read_digests_and_nothing_else() -> None:
    theirs = [route for route in ROUTES if route.to is Letter.I]
    assert theirs
    assert {(route.surface, route.deed) for route in theirs} == {(Surface.DIGEST, Deed.SHOW)}


def test_there_is_one_line_for_each_event_and_letter_and_none_is_missing() -> None:
    pairs = [(route.event, route.to) for route in ROUTES]
    assert len(pairs) == len(set(pairs))
    assert {route.event for route in ROUTES} == set(Event)
    assert all(event.words for event in Event)


def test_nobody_hears_of_what_they_did_themselves() -> None:
    for event in Event:
        for by in PEOPLE:
            assert by not in {one.person for one in told(event, by=by)}


def test_r12_who_is_concerned_hears_by_the_line_of_the_table() -> None:
    for event in (Event.HANDOVER_ACCEPTED, Event.HANDOVER_DECLINED, Event.DELEGATED):
        wanted = Happening(event, ATLAS.id, concerned=(NEW, NEW, ACC, LEAD, RES), by=ACC)
        people = {**PEOPLE, LEAD: without(LEAD, active=False)}
        [heard] = concerned(wanted, people, lambda person: person != RES)
        assert (heard.person, heard.route) == (NEW, routes(event)[0])
    assert (
        concerned(
            Happening(Event.STAGE_BLOCKED, ATLAS.id, concerned=(NEW,)), PEOPLE, ATLAS.visible_to
        )
        == ()
    )


def test_nobody_hears_of_a_thing_twice() -> None:
    both = held_by(Letter.R, PersonHolder(ACC))
    notices = told(Event.STAGE_BLOCKED, both)
    assert names(notices) == ["acc", "con"]
    assert notices[0].route.to is Letter.A


@pytest.mark.parametrize(
    "changed",
    [{"active": False}, {"is_bot": True}, {"is_outside": True}, {"slack_id": None}],
    ids=lambda changed: next(iter(changed)),
)
def test_who_cannot_be_written_to_is_not(changed: dict[str, object]) -> None:
    notices = told(Event.STAGE_BLOCKED, res=without(RES, **changed))
    assert names(notices) == ["acc", "con"]


def test_a_group_is_mentioned_in_the_channel_and_its_members_get_no_messages() -> None:
    atlas = held_by(Letter.R, LABELLERS)
    [group] = [one for one in told(Event.STAGE_BLOCKED, atlas) if one.group]
    assert (group.group, group.person, group.surface) == (LABELLERS, None, Surface.THREAD)
    informed = held_by(Letter.I, Group("S2", "everybody"))
    assert [one for one in told(Event.STAGE_BLOCKED, informed) if one.group] == []


def test_where_nobody_is_accountable_the_lead_hears_what_the_accountable_would() -> None:
    vacant = held_by(Letter.A, Vacancy("Data Engineer"))
    for atlas in (vacant, held_by(Letter.A)):
        [lead] = [one for one in told(Event.STAGE_BLOCKED, atlas) if one.person == LEAD]
        assert (lead.route.to, lead.as_contact) == (Letter.A, "lead")


def test_what_is_about_a_whole_project_is_for_its_lead() -> None:
    notices = routed(happened(Event.SCOPE_CHANGED), ATLAS, None, PEOPLE, (), T0)
    assert [(one.person, one.as_contact) for one in notices] == [(LEAD, "lead")]


@pytest.mark.parametrize("leads", [True, False])
def test_who_answers_is_who_hears_what_is_for_the_accountable(leads: bool) -> None:
    people = PEOPLE | {LEAD: without(LEAD, active=leads)}
    answers = []
    for atlas in (ATLAS, held_by(Letter.A), held_by(Letter.A, PersonHolder(NEW))):
        for item in (atlas.items[0], None):
            heard = routed(happened(Event.SCOPE_CHANGED), atlas, item, people, (), T0)
            mine = {one.person for one in heard if one.route.to is Letter.A}
            assert accountable(atlas, item, people) == mine
            answers.append(mine)
    assert ({NEW} in answers, {LEAD} in answers) == (True, leads)


def test_edge_6_where_the_lead_left_somebody_else_hears_what_is_theirs() -> None:
    people = PEOPLE | {LEAD: without(LEAD, active=False)}

    def heard(event: Event, atlas: Project, *, whole: bool = False) -> list[tuple[str, str]]:
        item = None if whole else atlas.items[0]
        found = routed(happened(event), atlas, item, people, (), T0)
        told_so = [one for one in found if one.surface is Surface.DM and one.person is not None]
        return [(PEOPLE[one.person or 0].key, one.as_contact) for one in told_so]

    unowned = held_by(Letter.A, Vacancy("Data Engineer"))
    made = replace(unowned, created_by=NEW)
    assert heard(Event.STAGE_STARTED_UNOWNED, made) == [("new", "creator")]
    assert heard(Event.STAGE_STARTED_UNOWNED, unowned) == [("adm", "admin")]
    assert heard(Event.MILESTONE_SLIPPED, made) == [("new", "creator")]
    assert heard(Event.REVIEW_DUE, ATLAS, whole=True) == [("acc", "")]
    assert heard(Event.REVIEW_DUE, made, whole=True) == [("new", "creator")]
    hidden = replace(unowned, private=True, members=frozenset({RES}))
    assert heard(Event.STAGE_STARTED_UNOWNED, hidden) == []


def test_an_accountable_who_hears_nothing_is_as_good_as_nobody() -> None:
    for changed in ({"active": False}, {"is_outside": True, "slack_id": None}):
        acc = without(ACC, **changed)
        [lead] = [one for one in told(Event.BLOCKER_OLD, acc=acc) if one.surface is Surface.DM]
        assert (lead.person, lead.as_contact) == (LEAD, "lead")


def test_of_a_private_project_hear_those_who_see_it_and_the_accountable_hears_of_the_others() -> (
    None
):
    atlas = project(*LETTERS, private=True, members=frozenset({ACC, CON}))
    notices = told(Event.STAGE_BLOCKED, atlas)
    assert names(notices) == ["acc", "acc", "con"]
    missed = notices[-1]
    assert (missed.happening.event, missed.happening.concerned) == (Event.NOT_TOLD, (RES,))


def test_where_the_accountable_may_not_see_it_nothing_is_told_to_them() -> None:
    atlas = project(*LETTERS, private=True, members=frozenset({RES}))
    for event in Event:
        assert set(names(told(event, atlas))) <= {"res", "lead"}


def acts(person: int, delegate: int, days: int = 3) -> Delegation:
    return Delegation(person, delegate, T0.date(), T0.date() + timedelta(days=days))


@pytest.mark.parametrize(
    ("given", "heard_by"),
    [
        ([(ACC, NEW)], NEW),
        ([(ACC, NEW), (NEW, INF)], INF),
        ([(ACC, NEW), (NEW, INF), (INF, LEAD)], LEAD),
        ([(ACC, NEW), (NEW, INF), (INF, LEAD), (LEAD, CON)], ACC),
        ([(ACC, NEW), (NEW, ACC)], ACC),
    ],
    ids=["one", "two", "three", "too long", "a loop"],
)
def test_whoever_acts_hears_in_the_place_of_who_is_away(
    given: list[tuple[int, int]], heard_by: int
) -> None:
    acting = [acts(*pair) for pair in given]
    happening = happened(Event.BLOCKER_OLD)
    notices = routed(happening, ATLAS, ATLAS.items[0], PEOPLE, acting, T0)
    [heard] = [one for one in notices if one.surface is Surface.DM]
    assert heard.person == heard_by
    assert heard.acting_for == (None if heard_by == ACC else ACC)


def test_a_delegation_that_is_over_sends_nothing_to_the_delegate() -> None:
    late = T0 + timedelta(days=4)
    happening = happened(Event.BLOCKER_OLD)
    notices = routed(happening, ATLAS, ATLAS.items[0], PEOPLE, [acts(ACC, NEW)], late)
    assert [one.person for one in notices if one.surface is Surface.DM] == [ACC]


@pytest.mark.parametrize(
    ("was", "now", "events"),
    [
        (Status.NOT_STARTED, Status.BLOCKED, [Event.STAGE_BLOCKED]),
        (Status.BLOCKED, Status.BLOCKED, []),
        (Status.BLOCKED, Status.IN_PROGRESS, [Event.STAGE_UNBLOCKED]),
        (Status.IN_PROGRESS, Status.DONE, [Event.GATE_PASSED]),
        (Status.BLOCKED, Status.DONE, [Event.STAGE_UNBLOCKED, Event.GATE_PASSED]),
        (Status.DONE, Status.IN_PROGRESS, [Event.STAGE_REOPENED]),
        (Status.DONE, Status.SKIPPED, []),
        (Status.NOT_STARTED, Status.ON_HOLD, []),
    ],
)
def test_what_a_move_sets_going(was: Status, now: Status, events: list[Event]) -> None:
    opened = (NewBlocker("labels are late", None),) if now is Status.BLOCKED is not was else ()
    change = StageMoved(ATLAS.id, 7, was, None, now, "labels are late", Hurdles(opened))
    found = happenings(change, ATLAS, ATLAS)
    assert [one.event for one in found] == events
    assert all((one.item, one.note) == (7, "labels are late") for one in found)


def test_t4_work_that_begins_with_nobody_accountable_is_told_to_the_lead() -> None:
    change = StageMoved(3, 7, Status.NOT_STARTED, None, Status.IN_PROGRESS, None)
    unowned = held_by(Letter.A, Vacancy("Data Engineer"))
    assert [one.event for one in happenings(change, unowned, unowned)] == [
        Event.STAGE_STARTED_UNOWNED
    ]
    assert happenings(change, ATLAS, ATLAS) == ()


def test_letters_that_begin_and_end_are_told_to_whom_they_are_about() -> None:
    ended = tuple(one for one in LETTERS if one.letter in {Letter.A, Letter.I})
    begun = (Seat(Letter.A, PersonHolder(NEW)), Seat(Letter.R, PersonHolder(NEW)))
    found = happenings(RolesChanged(3, 7, ended, begun, T0), ATLAS, ATLAS)
    assert [(one.event, one.concerned, one.letters) for one in found] == [
        (Event.LETTER_GIVEN, (NEW,), (Letter.A, Letter.R)),
        (Event.LETTER_TAKEN, (ACC,), (Letter.A,)),
    ]


def test_a_letter_that_only_begins_earlier_is_news_to_nobody() -> None:
    change = RolesChanged(3, 7, (LETTERS[0],), (Seat(Letter.A, PersonHolder(ACC)),), T0)
    assert happenings(change, ATLAS, ATLAS) == ()


def test_the_consulted_are_asked_before_a_gate_and_when_it_is_blocked() -> None:
    consulting = {route.event for route in ROUTES if route.deed is Deed.CONSULT}
    assert consulting == {Event.STAGE_BLOCKED, Event.GATE_OPENED}
    assert {route.to for route in ROUTES if route.deed is Deed.CONSULT} == {Letter.C}
    assert CON in {one.person for one in told(Event.GATE_OPENED)}
    assert INF in {one.person for one in told(Event.GATE_OPENED)}
    assert [route.to for route in routes(Event.CONSULTATION_ASKED)] == [Letter.C]


def test_the_documentation_prints_the_table() -> None:
    page = (ROOT / "docs" / "routing.md").read_text(encoding="utf-8")
    assert page.endswith(f"## The table\n\n{markdown()}")
