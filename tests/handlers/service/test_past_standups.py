"""Looking up what was said in standups: all that the reader may know of, and nothing else."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.commands import ShowStandups
from bot.errors import NotFound
from bot.orders import Assign, ChangeSetting, NewProject
from bot.outcome import Place
from bot.past_standups import PastStandups
from bot.project import Letter
from bot.standups import State
from handlers.service.past_standups import PAGE
from handlers.views import standups as views
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.standup_support import ASKED, TUESDAY, WISH, Standup, begun
from tests.handlers.views.worlds import sound

QUIET = Place("C0QUIET", "comet", is_private=True)
WEDNESDAY = TUESDAY + timedelta(days=1)


@pytest.fixture
def standup(team: Team) -> Standup:
    return begun(team)


def say(standup: Standup, day: datetime, who: str, *said: str) -> None:
    standup.at(day + (ASKED - TUESDAY))
    entry = standup.entries(day)[who].id
    standup.answer_to(who, entry, *said)


def found(standup: Standup, who: str, order: ShowStandups, place: Place = HERE) -> PastStandups:
    return standup.charter.lookups.past(standup.team.actor(who), order, place)


def told(standup: Standup, who: str, order: ShowStandups, place: Place = HERE) -> str:
    return sound(views.past(found(standup, who, order, place))).text


def test_u9_by_person_days_stage_and_blocker(standup: Standup) -> None:
    say(standup, TUESDAY, "bea", "modelling: 3 runs\nmail", "data pipeline: the loader", "")
    say(standup, WEDNESDAY, "bea", "read", "", "modelling: no GPU")
    say(standup, WEDNESDAY, "ana", "met people", "", "none")
    tuesday, wednesday = TUESDAY.date(), WEDNESDAY.date()

    everything = told(standup, "cy", ShowStandups())
    assert everything.splitlines() == [
        "Standups in Atlas: 3",
        "Wednesday 25 November",
        "Ana Sample",
        "• Done met people",
        "Bea Sample",
        "• Done read",
        "• Blocked modelling: no GPU",
        "Tuesday 24 November",
        "Bea Sample",
        "• Done modelling: 3 runs",
        "• Done mail",
        "• Next data pipeline: the loader",
    ]
    of_bea = found(standup, "cy", ShowStandups("@bea", first=tuesday, last=tuesday), ELSEWHERE)
    assert [(one.day, one.person) for one in of_bea.entries] == [
        (tuesday, standup.team.person("bea").id)
    ]
    about = told(standup, "cy", ShowStandups(item="modelling"))
    assert "3 runs" in about
    assert "no GPU" in about
    assert not {"mail", "loader", "met people"} & set(about.replace("\n", " ").split())
    blocked = found(standup, "cy", ShowStandups(blockers=True))
    assert [one.day for one in blocked.entries] == [wednesday]
    assert "no GPU" in told(standup, "cy", ShowStandups(blockers=True))
    # A name that is no stage's may be somebody's.
    assert found(standup, "cy", ShowStandups(item="bea")).total == 2
    staged = told(standup, "cy", ShowStandups(by_stage=True)).splitlines()
    assert staged[1:3] == [
        "Atlas, blocked",
        "• Bea Sample on Wednesday 25 November: Blocked modelling: no GPU",
    ]
    assert staged[3:5] == [
        "Atlas, Data pipeline",
        "• Bea Sample on Tuesday 24 November: Next the loader",
    ]
    assert "• Bea Sample on Tuesday 24 November: Done 3 runs" in staged


def test_u9_none_says_so_and_names_the_nearest(standup: Standup) -> None:
    say(standup, TUESDAY, "bea", "did")
    say(standup, TUESDAY + timedelta(days=3), "bea", "did more")
    order = ShowStandups("@bea", first=date(2026, 11, 25), last=date(2026, 11, 26))
    message = sound(views.past(found(standup, "cy", order)))
    assert message.text == (
        "No standup of Bea Sample between Wednesday 25 November and Thursday 26 November that you "
        "may see. The nearest: Tuesday 24 November and Friday 27 November."
    )
    labels = [one["text"]["text"] for one in message.blocks[-1]["elements"]]
    assert labels == ["Show Tuesday 24 November", "Show Friday 27 November"]
    with pytest.raises(NotFound):
        found(standup, "cy", ShowStandups(item="nobody knows this"))


def test_u9_what_is_private_is_told_to_those_who_know_of_it(team: Team) -> None:
    standup = begun(team)
    say(standup, TUESDAY, "bea", "open")
    team.charter.people.channel_learned(team.workspace, "C0QUIET", "comet", True, False)
    ana = team.actor("ana")
    comet = team.charter.projects.create(ana, NewProject("Comet", private=True), QUIET)
    team.charter.raci.assign(
        ana, Assign("modelling", (Letter.R,), "<@UANA>", project="Comet"), QUIET
    )
    team.charter.standups.set_up(ana, replace(WISH, project="Comet", channel="C0QUIET"), QUIET)
    hidden = Standup(team, comet)
    hidden.at(WEDNESDAY + (ASKED - TUESDAY))
    hidden.answer_to(
        "ana", hidden.entries(WEDNESDAY)["ana"].id, "modelling: secret", "", "a secret"
    )

    mine = found(standup, "ana", ShowStandups("me"), ELSEWHERE)
    assert [one.project for one in mine.entries] == [comet.project.id]
    assert "secret" in told(standup, "ana", ShowStandups("me"), ELSEWHERE)
    for order in (
        ShowStandups("@ana"),
        ShowStandups("@ana", first=TUESDAY.date(), last=TUESDAY.date()),
        ShowStandups("@ana", blockers=True),
        ShowStandups("@ana", by_stage=True),
    ):
        seen = found(standup, "bea", order, ELSEWHERE)
        assert (seen.total, seen.entries, seen.nearest) == (0, (), (None, None))
        assert "Comet" not in told(standup, "bea", order, ELSEWHERE)
    with pytest.raises(NotFound):
        found(standup, "bea", ShowStandups(project="Comet"), ELSEWHERE)
    assert found(standup, "bea", ShowStandups(), ELSEWHERE).total == 1


def test_u9_pages_hold_all_of_it_once(standup: Standup) -> None:
    day, said = TUESDAY, 0
    while said < PAGE + 2:
        if day.weekday() < 5:
            say(standup, day, "bea", f"<{said}>")
            said += 1
        day += timedelta(days=1)
    first, second = (found(standup, "cy", ShowStandups("@bea", page=page)) for page in (1, 2))
    assert (len(first.entries), len(second.entries), first.pages) == (PAGE, 2, 2)
    texts = [one.answers[0][1] for one in (*first.entries, *second.entries)]
    assert texts == [f"<{number}>" for number in reversed(range(PAGE + 2))]
    assert found(standup, "cy", ShowStandups("@bea", page=99)).order.page == 2
    assert "Page 1 of 2" in sound(views.past(first)).text


def test_u9_what_is_kept_no_longer_is_said_to_be_deleted(standup: Standup) -> None:
    team = standup.team
    say(standup, TUESDAY, "bea", "long ago")
    team.charter.timers.stand(team.workspace)
    team.charter.settings.change(team.actor("ana"), ChangeSetting("standup_text_days", "30"))
    standup.at(TUESDAY + timedelta(days=40, hours=3, minutes=10))
    text = told(standup, "cy", ShowStandups("@bea", first=TUESDAY.date(), last=TUESDAY.date()))
    assert "Bea Sample, Atlas: what was said is deleted" in text
    assert "What was written before Friday 4 December 2026 is deleted" in text
    assert "long ago" not in text
    recent = ShowStandups("@bea", first=date(2026, 12, 30))
    assert "deleted" not in told(standup, "cy", recent)


def test_u9_what_a_document_told_is_found_as_well(standup: Standup) -> None:
    team = standup.team
    raw = json.loads(team.charter.documents.dump(team.workspace, team.now))
    person = team.person("bea").key
    raw["standups"] = [
        {"date": "2026-03-02", "person": person, "state": "posted", "project": "atlas"}
        | {"stage": "modelling", "yesterday": "trained", "blocker": "no labels"},
        {"date": "2026-03-03", "person": person, "state": "posted", "today": "of no project"},
    ]
    team.charter.documents.load(team.actor("ana"), json.dumps(raw), team.now)
    march = ShowStandups("@bea", first=date(2026, 3, 1), last=date(2026, 3, 15))
    seen = found(standup, "cy", march, ELSEWHERE)
    assert [(one.day.day, one.state) for one in seen.entries] == [
        (3, State.POSTED),
        (2, State.POSTED),
    ]
    about = told(standup, "cy", ShowStandups(item="modelling"))
    assert "Done trained" in about
    assert "of no project" not in about
    staged = told(standup, "cy", replace(march, by_stage=True), ELSEWHERE)
    assert "Of no project" in staged
    assert "no labels" in told(standup, "cy", ShowStandups(blockers=True))
