"""Home: what I hold, what nobody holds, all projects."""

from dataclasses import replace

from bot.home import Turned
from bot.outcome import Asked, Gap
from bot.project import Letter
from bot.standups import Entry, State
from handlers.views import home
from handlers.views.acts import Act, act_of, unpack
from tests.handlers.views.worlds import (
    CHURN,
    PIPELINE,
    QUALITY,
    T0,
    button_of,
    buttons,
    home_page,
    sound_view,
    waiting_on,
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
    assert begun == [Act.SAMPLE_TRY, Act.SHEET_IMPORT, Act.PROJECT_NEW, Act.HELP_SHOW]


def test_o2_every_list_of_a_full_home_is_paged_under_a_hundred_blocks() -> None:
    entry = Entry(7, CHURN.id, 1, T0.date(), State.ASKED, ())
    standups = [Asked(CHURN, entry, None, "")] * 9
    full = replace(FULL, is_admin=True, held_since=T0, undelivered=2)
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
    mine = home.home(replace(PAGE, is_admin=True, undelivered=1))["blocks"]
    assert "Lately Slack did not take some messages" in words(mine)
    assert unpack(button_of(mine, "Settings")["value"]) == {"c": "settings"}
