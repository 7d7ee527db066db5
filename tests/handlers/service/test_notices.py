"""Row R12 and D5: letters act. What a change in the record brings whom, and when."""

from datetime import timedelta

import pytest

from bot.errors import NotFound
from bot.orders import Assign, SetQuiet
from bot.people import Profile
from bot.project import Letter, Status
from handlers.service.mail import BURST
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.mailing import (
    MONDAY,
    delivered,
    give,
    move,
    staffed,
    take,
    until,
)

DAY = timedelta(days=1)


def test_r12_a_blocked_stage_is_told_at_once_to_who_answers_for_it_and_who_does_it(
    team: Team,
) -> None:
    staffed(team)
    move(team, Status.BLOCKED, "the labels are late")
    sent = delivered(team)
    assert {one.to for one in sent} == {"bea", "cy"}
    [bea] = [one for one in sent if one.to == "bea"]
    assert "Data pipeline of Atlas is blocked. “the labels are late”" in bea.text
    assert "Because you are accountable for Data pipeline." in bea.text


def test_d5_a_blocker_on_ones_own_row_comes_at_night_too(team: Team) -> None:
    staffed(team)
    team.now = MONDAY.replace(hour=22)
    move(team, Status.BLOCKED, "the pipeline burns")
    assert [one.at for one in delivered(team) if one.to == "bea"] == [MONDAY.replace(hour=22)]


def test_d5_twelve_edits_in_a_minute_are_one_message(team: Team) -> None:
    team.atlas()
    for stage in ("data pipeline", "annotation", "modelling", "rollout", "idea", "framing"):
        give(team, "A", "bea", stage)
        team.wait(seconds=4)
        give(team, "R", "bea", stage)
        team.wait(seconds=4)
    sent = until(team, MONDAY.replace(hour=12))
    [bea] = [one for one in sent if one.to == "bea"]
    assert bea.text.count("Ana Sample made you") == 12
    assert "Annotation" in bea.text


def test_d5_blockers_of_one_minute_stand_in_one_message(team: Team) -> None:
    staffed(team)
    give(team, "A", "bea", "annotation")
    until(team, team.now + DAY)
    move(team, Status.BLOCKED, "no labels")
    first = delivered(team)
    move(team, Status.BLOCKED, "no labellers", "annotation")
    second = delivered(team)
    bea = [one for one in (*first, *second) if one.to == "bea"]
    assert len({one.key for one in bea}) == 1
    assert "no labels" in bea[-1].text
    assert "no labellers" in bea[-1].text
    team.now += BURST
    move(team, Status.IN_PROGRESS)
    move(team, Status.BLOCKED, "again")
    assert [one.key for one in delivered(team) if one.to == "bea"] != [bea[0].key]


def test_d5_at_most_one_unasked_message_a_day_the_rest_waits_for_the_morning(team: Team) -> None:
    team.atlas()
    give(team, "A", "bea")
    first = until(team, MONDAY.replace(hour=12))
    assert [one.to for one in first] == ["bea"]
    give(team, "R", "bea", "annotation")
    assert until(team, MONDAY.replace(hour=23)) == []
    give(team, "R", "bea", "modelling")
    [next_one] = until(team, MONDAY + DAY + timedelta(hours=12))
    assert next_one.at == MONDAY + DAY + timedelta(hours=7)  # 08:00 in Berlin
    assert "Annotation" in next_one.text
    assert "Modelling" in next_one.text


def test_d5_after_a_blocker_what_is_not_urgent_waits_for_the_next_morning(team: Team) -> None:
    staffed(team)
    until(team, MONDAY + DAY + timedelta(hours=9))
    give(team, "R", "bea", "annotation")
    move(team, Status.BLOCKED, "the labels are late")
    sent = [one for one in until(team, MONDAY + DAY + timedelta(hours=20)) if one.to == "bea"]
    assert ["is blocked" in one.text for one in sent] == [True]
    later = [one for one in until(team, MONDAY + 3 * DAY) if one.to == "bea"]
    assert [one.at for one in later] == [MONDAY + 2 * DAY + timedelta(hours=7)]


def test_d5_the_weekend_waits_for_monday(team: Team) -> None:
    team.atlas()
    team.now = MONDAY + 5 * DAY
    give(team, "A", "bea")
    [one] = until(team, MONDAY + 8 * DAY)
    assert one.at == MONDAY + 7 * DAY + timedelta(hours=7)


def test_d5_hours_of_ones_own_are_kept(team: Team) -> None:
    team.atlas()
    bea = team.actor("bea")
    shown = team.charter.quiet.set(bea, SetQuiet(is_off=True))
    assert (shown.hours.words, shown.before is not None) == ("never", True)
    team.now = MONDAY.replace(hour=23)
    give(team, "A", "bea")
    [one] = until(team, MONDAY + DAY + timedelta(hours=1))
    assert one.at < MONDAY + DAY
    assert team.charter.quiet.shown(bea).opens is None, (
        "it is never quiet, so nothing is waited for"
    )


def test_nobody_is_told_of_their_own_deed(team: Team) -> None:
    staffed(team, "ana", "cy")
    move(team, Status.BLOCKED, "no labels")
    assert [one.to for one in delivered(team)] == ["cy"]


def test_several_replicas_gather_into_the_same_message(team: Team) -> None:
    team.atlas()
    other = team.replica()
    give(team, "A", "bea")
    order = Assign("annotation", (Letter.R,), "bea")
    other.raci.assign(team.actor("ana"), order, HERE)
    [one] = until(team, MONDAY.replace(hour=12))
    assert "Data pipeline" in one.text
    assert "Annotation" in one.text


def test_what_waits_is_told_no_more_to_who_has_left_by_then(team: Team) -> None:
    team.atlas()
    team.now = MONDAY.replace(hour=22)
    give(team, "A", "bea")
    gone = Profile("UBEA", "Bea Sample", "Bea", "Europe/Berlin", deleted=True)
    team.charter.people.learned(team.workspace, gone)
    assert "bea" not in {one.to for one in until(team, MONDAY + 2 * DAY)}


def test_a_letter_that_was_taken_is_told(team: Team) -> None:
    staffed(team)
    until(team, MONDAY + DAY)
    take(team, "A", "bea")
    [one] = until(team, MONDAY + DAY + timedelta(hours=8))
    assert "you are no longer accountable for Data pipeline of Atlas" in one.text


def test_why_names_the_event_the_letter_and_the_rule_of_the_last_messages(team: Team) -> None:
    staffed(team)
    move(team, Status.BLOCKED, "no labels")
    [bea] = [one for one in delivered(team) if one.to == "bea"]
    latest, earlier = team.charter.reasons.latest(team.actor("bea"), HERE).sent
    [told] = latest.tells
    assert (told.event, told.to, told.project_key, told.item_key) == (
        "stage_blocked",
        Letter.A,
        "atlas",
        "data_pipeline",
    )
    assert told.route is not None
    assert [one.event for one in earlier.tells] == ["letter_given"]
    assert team.charter.reasons.keyed(team.actor("bea"), bea.key, HERE).sent == (latest,)


def test_why_tells_nobody_of_messages_to_others(team: Team) -> None:
    staffed(team)
    [first, *_] = team.charter.reasons.latest(team.actor("bea"), HERE).sent
    for key in (first.key, "daily/1/never"):
        with pytest.raises(NotFound):
            team.charter.reasons.keyed(team.actor("cy"), key, HERE)
