"""Home: what I hold, what nobody holds, all projects."""

from dataclasses import replace

from bot.outcome import Gap, HeldLetter, HomePage
from bot.project import Letter
from handlers.views import home
from handlers.views.acts import Act, act_of, unpack
from tests.handlers.views.worlds import (
    ANA,
    CHURN,
    PEOPLE,
    PIPELINE,
    QUALITY,
    button_of,
    buttons,
    sound_view,
    words,
)

PAGE = HomePage(
    person=ANA,
    letters=(
        HeldLetter(CHURN, QUALITY, Letter.C),
        HeldLetter(CHURN, PIPELINE, Letter.R),
        HeldLetter(CHURN, PIPELINE, Letter.A),
    ),
    projects=(CHURN,),
    gaps=(Gap(CHURN, QUALITY, Letter.A),),
    people=PEOPLE,
    page=1,
    pages=2,
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


def test_projects_are_shown_a_page_at_a_time() -> None:
    blocks = home.home(PAGE)["blocks"]
    assert "Churn Radar – led by Ana Ruiz, #churn-radar" in words(blocks)
    assert unpack(button_of(blocks, "Show")["value"]) == {"p": "churn"}
    assert unpack(button_of(blocks, "Next")["value"]) == {"n": 2}
    assert "Previous" not in [one["text"]["text"] for one in buttons(blocks)]


def test_an_empty_home_says_what_to_do() -> None:
    empty = replace(PAGE, letters=(), projects=(), gaps=(), pages=1)
    blocks = sound_view(home.home(empty), "home")["blocks"]
    text = words(blocks)
    assert "You hold no letter yet." in text
    assert "Nothing: every open item has somebody" in text
    assert "no project that you can see yet" in text
    assert button_of(blocks, "New project")["style"] == "primary"


def test_a_full_home_says_how_much_is_left_out() -> None:
    many = [replace(CHURN, id=n, key=f"p{n}", name=f"Project {n}") for n in range(90)]
    page = replace(
        PAGE,
        letters=tuple(HeldLetter(each, PIPELINE, Letter.A) for each in many),
        projects=tuple(many),
        gaps=tuple(Gap(each, QUALITY, Letter.A) for each in many),
    )
    text = words(sound_view(home.home(page), "home")["blocks"])
    assert "and 78 more projects" in text
    assert "and 78 more; /charter raci" in text
    assert "and 65 more; see /charter list." in text
