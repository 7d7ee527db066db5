"""Home: what I hold, what nobody holds, all projects."""

import json
from dataclasses import replace
from datetime import date, timedelta

from bot.burnup import BurnUp, Level, Pace
from bot.commands import ShowLint, ShowLoad, parse
from bot.condition import Light
from bot.home import Turned
from bot.lint import Finding, Found, Report, rule_named
from bot.load import Load, Row
from bot.outcome import Gap
from bot.presence import Absence, Half, Presence, Told
from bot.presence.shown import AwayShown
from bot.project import Channel, Group, Letter, Metric
from bot.rounds import Asked
from bot.standups import Entry, State
from bot.teams import new as new_team
from handlers.views import home
from handlers.views.acts import Act, act_of, unpack
from tests.handlers.views.homes import RUNNING, home_page, running, waiting_on
from tests.handlers.views.worlds import (
    ANA,
    CHURN,
    PIPELINE,
    QUALITY,
    T0,
    button_of,
    buttons,
    sound_view,
    words,
)

PAGE = home_page(
    held=((CHURN, QUALITY, Letter.C), (CHURN, PIPELINE, Letter.R), (CHURN, PIPELINE, Letter.A)),
    projects=(CHURN,),
    gaps=(Gap(CHURN, QUALITY, Letter.A),),
)
MANY = [replace(CHURN, id=n, key=f"p{n}", name=f"Project {n}") for n in range(90)]
FULL = home_page(
    held=[(each, PIPELINE, Letter.A) for each in MANY],
    projects=MANY,
    gaps=[Gap(each, QUALITY, Letter.A) for each in MANY],
    waiting=[one for each in MANY for one in waiting_on(each, PIPELINE, "approved")],
    turned=Turned(waiting=3, letters=15),
)


def test_my_letters_are_grouped_by_project_the_weightiest_first() -> None:
    text = words(sound_view(home.home(PAGE), "home")["blocks"])
    assert "Churn Radar\n• A/R – Data pipeline\n• C – Data quality" in text
    assert "You are accountable for 1 thing; 1 seat waits for somebody" in text


def test_a_gap_can_be_filled_from_here() -> None:
    blocks = home.home(PAGE)["blocks"]
    assert (
        "Data quality (Churn Radar): nobody accountable, the seat is vacant (Data Engineer, DE-114)"
        in words(blocks)
    )
    assign = button_of(blocks, "Assign")
    assert act_of(assign["action_id"]) is Act.ASSIGN_OPEN
    assert unpack(assign["value"]) == {"p": "churn", "i": "data_quality", "v": 1, "l": "A"}
    assert assign["accessibility_label"] == "Assign who is accountable for Data quality"


def test_projects_have_a_button_to_look_at_them() -> None:
    blocks = home.home(PAGE)["blocks"]
    assert "Churn Radar – led by Ana Ruiz, #churn-radar" in words(blocks)
    assert unpack(button_of(blocks, "Show")["value"]) == {"p": "churn"}
    assert not [one for one in buttons(blocks) if one["text"]["text"] in ("Previous", "Next")]


def test_an_empty_home_says_what_to_do() -> None:
    blocks = sound_view(home.home(home_page()), "home")["blocks"]
    text = words(blocks)
    assert "Nothing waits for you." in text
    assert "You hold no letter yet." in text
    assert "Nothing: every open item has somebody" in text
    assert "no project that you can see yet" in text
    assert button_of(blocks, "Try a sample project")["style"] == "primary"
    begun = [act_of(one["action_id"]) for one in buttons(blocks)]
    ways = [Act.SAMPLE_TRY, Act.SHEET_IMPORT, Act.PROJECT_NEW]
    assert begun == [*ways, Act.STANDUP_TEAM, Act.HELP_SHOW]


def test_u1_home_leads_to_the_standups_of_user_groups_that_they_are_in() -> None:
    group = Group("S1", "ml-team")
    daily = new_team(group, Channel("C1", "ml-daily"), None)
    blocks = sound_view(home.home(replace(home_page(), teams=(daily,))), "home")["blocks"]
    pressed = button_of(blocks, "Standup of @ml-team")
    assert act_of(pressed["action_id"]) is Act.STANDUP_OPEN
    assert unpack(pressed["value"]) == {"p": "@S1/C1"}


FRIDAY = date(2026, 11, 27)


def away_today(*absences: Absence) -> AwayShown:
    return AwayShown(ANA, Presence(ANA.id, absences), FRIDAY, is_own=True)


def test_u3_home_says_until_when_i_am_away_and_ends_it() -> None:
    leave = Absence(ANA.id, FRIDAY - timedelta(days=2), FRIDAY + timedelta(days=5))
    page = replace(PAGE, away=away_today(leave))
    blocks = sound_view(home.home(page), "home")["blocks"]
    assert "You are away until Wednesday 2 December, back Thursday 3 December." in words(blocks)
    back = button_of(blocks, "I am back")
    assert act_of(back["action_id"]) is Act.COMMAND_RUN
    assert str(unpack(back["value"])["c"]).endswith(" 2026-11-25")
    assert "away" not in words(home.home(PAGE)["blocks"])


def test_u3_home_tells_a_day_and_a_half_as_such() -> None:
    told = {
        Absence(ANA.id, FRIDAY, FRIDAY, told=Told.STATUS): (
            "You are away today (as your status in Slack says), back Monday 30 November."
        ),
        Absence(ANA.id, FRIDAY, FRIDAY, Half.MORNING): "You are away this morning.",
    }
    for one, sentence in told.items():
        page = replace(PAGE, away=away_today(one))
        assert sentence in words(sound_view(home.home(page), "home")["blocks"])


WAY = BurnUp(
    Metric("Recall", (), True, "", 0.7, 0.9, None, None),
    Pace.TOO_FEW,
    Light.AMBER,
    "Recall: too few runs",
    levels=(Level(T0.date(), 0.8, 0.5),),
)


def test_how_far_targets_are_is_drawn_of_letters_and_says_the_numbers() -> None:
    said = json.dumps(home.home(replace(FULL, ways=((CHURN, WAY),))), ensure_ascii=False)
    assert "Recall ██████       50.0 %" in said
    worse = replace(WAY, levels=(Level(T0.date(), 0.6, -0.5),))
    two = ((CHURN, worse), (replace(CHURN, id=99, name="Atlas"), WAY))
    said = json.dumps(home.home(replace(FULL, ways=two)), ensure_ascii=False)
    assert "Recall, Churn Radar              -50.0 %" in said
    assert "Recall, Atlas       ██████       50.0 %" in said


def test_o2_every_list_of_a_full_home_is_paged_under_a_hundred_blocks() -> None:
    entry = Entry(7, CHURN.id, 1, T0.date(), State.ASKED, ())
    standups = [Asked(CHURN, entry, None, "")] * 9
    load = Load(ANA, (Row(CHURN, PIPELINE),) * 9, (Row(CHURN, QUALITY),) * 9, 5)
    bad = Report(CHURN, (Finding(rule_named("metrics-without-a"), Found(None, "Nobody is")),))
    away = away_today(Absence(ANA.id, FRIDAY, FRIDAY))
    full = replace(FULL, running=RUNNING, load=load, reports=(bad,) * 9, away=away)
    full = replace(full, ways=((CHURN, WAY),) * 40)
    blocks = sound_view(home.home(full, standups), "home")["blocks"]
    assert len(blocks) < 100
    turns = [one for one in buttons(blocks) if act_of(one["action_id"]) is Act.HOME_PAGE]
    told = {one["accessibility_label"]: unpack(one["value"]) for one in turns}
    here = {"nw": 3, "nl": 15}
    assert told == {
        "What waits for you: page 2 of 75": here | {"nw": 2},
        "What waits for you: page 4 of 75": here | {"nw": 4},
        "What you hold: page 14 of 15": here | {"nl": 14},
        "What nobody holds: page 2 of 12": here | {"ng": 2},
        "Projects: page 2 of 12": here | {"n": 2},
        "Who is not known everywhere: page 2 of 3": here | {"np": 2},
    }
    assert home.turned_to(told["Projects: page 2 of 12"]) == Turned(3, 15, 1, 2)


def test_o2_what_waits_for_me_comes_first_each_with_its_button() -> None:
    page = home_page(projects=(CHURN,), waiting=waiting_on(CHURN, PIPELINE, "approved"))
    blocks = sound_view(home.home(page), "home")["blocks"]
    text = words(blocks)
    assert "5 things wait for you" in text
    assert "Ana Ruiz wants to hand Data pipeline (Churn Radar) over to you." in text
    assert "Your input on Data pipeline (Churn Radar) is asked for by 2026-12-01: approved" in text
    assert (
        "The gate of Data pipeline (Churn Radar) waits for your tick: 1 criterion missing" in text
    )
    assert "changed in what matters since it was signed off" in text
    assert "Churn Radar is unconfirmed for 37 days: is it all still true?" in text
    assert text.index("What waits for you") < text.index("What you hold")
    acts = {act_of(one["action_id"]) for one in buttons(blocks)}
    assert acts >= {
        Act.OFFER_ACCEPT,
        Act.OFFER_DECLINE,
        Act.OFFER_SAY,
        Act.CONSULTATION_OPEN,
        Act.CONSULTATION_NOTHING,
        Act.GATE_TICK,
        Act.GATE_SHOW,
        Act.SCOPE_SHOW,
        Act.SCOPE_APPROVE,
        Act.REVIEW_TRUE,
    }


def test_what_runs_the_workspace_is_for_admins_alone() -> None:
    assert "For admins" not in words(home.home(PAGE)["blocks"])
    mine = sound_view(home.home(replace(PAGE, running=running(1))), "home")["blocks"]
    text = words(mine)
    assert "Health: 1 thing to look at." in text
    assert "3 messages were given up (not_in_channel). Invite Charter." in text
    assert "of 2 in the workspace I know GitHub of 1 and E-mail of 1. 1 person is not" in text
    assert "Person 1: no GitHub or E-mail" in text
    assert unpack(button_of(mine, "Fill in")["value"]) == {"w": "p1"}
    assert unpack(button_of(mine, "Settings")["value"]) == {"c": "settings"}
    well = words(home.home(replace(PAGE, running=running(0)))["blocks"])
    assert "Health: no message was given up" in well
    assert "Resume" not in well


def test_what_else_can_be_mended_comes_after_the_seats() -> None:
    load = Load(ANA, (Row(CHURN, PIPELINE),) * 6, (Row(CHURN, QUALITY),), 5)
    findings = (
        Finding(rule_named("no-a"), Found(QUALITY, "nobody is accountable for Data quality")),
        Finding(rule_named("too-many-c"), Found(PIPELINE, "9 are consulted on Data pipeline")),
        Finding(rule_named("spof"), Found(PIPELINE, "Bea Lind is the only one responsible")),
    )
    blocks = home.home(replace(PAGE, load=load, reports=(Report(CHURN, findings),)))["blocks"]
    text = words(blocks)
    assert "You are accountable for 6 open rows, where 5 are the limit." in text
    assert "Only you are responsible for Data quality (Churn Radar)." in text
    assert "Churn Radar: 1 error, 1 warning, 1 note. 9 are consulted on Data pipeline." in text
    orders = {
        told: parse(str(unpack(button_of(blocks, told)["value"])["c"]), T0.date())
        for told in ("Show findings", "Show my load")
    }
    assert orders == {"Show findings": ShowLint("churn"), "Show my load": ShowLoad("key:p1")}
    assert "What else you can mend" not in words(home.home(PAGE)["blocks"])
