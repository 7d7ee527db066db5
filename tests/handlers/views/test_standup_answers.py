"""The form in which standups are answered, and what one message tells of a day."""

from dataclasses import replace

import pytest

from bot.errors import BadInput, Why
from bot.orders import AnswerStandup
from bot.project import Status
from bot.rounds import AnswerClash, Asked
from bot.standups import Entry, State, Withheld, tagged
from handlers.views import errors, modals, standups
from handlers.views.acts import unpack
from tests.handlers.views.test_modals import fields, filled
from tests.handlers.views.test_standups import DAY, PLAN, a_day, asked, entry
from tests.handlers.views.worlds import CHURN, button_of, buttons, sound, sound_view, words


def of(number: int, state: State = State.ASKED, *said: str) -> Asked:
    """A project of several, which are told apart by their numbers."""
    project = replace(CHURN, id=number, key=f"p{number}", name=f"Project {number}")
    own: Entry = replace(entry(state, *said), id=number, project=number)
    return Asked(project, own, PLAN, f"#p{number}")


def test_answers_are_prefilled_and_read_back() -> None:
    view = sound_view(
        modals.answers([asked(State.POSTED, "did", "", "stuck", blocked=11)]), "modal"
    )
    assert fields(view) == ["a0", "a1", "a2", "blocked"]
    [order] = modals.read_answers(filled(view)).answers
    opened = ("did", "", "stuck")
    assert (order.entry, order.answers, order.blocked) == (7, opened, "data_quality")
    assert (order.opened, order.fields) == (opened, ("a0", "a1", "a2"))
    [sent] = modals.read_answers(filled(view, a1=" next ", blocked="-")).answers
    assert (sent.answers, sent.blocked) == (("did", "next", "stuck"), None)


def test_what_is_not_blocked_any_more_is_not_marked_again() -> None:
    view = modals.answers([asked(State.POSTED, "did", "", "stuck", blocked=10)])
    assert modals.read_answers(filled(view)).answers[0].blocked is None


@pytest.mark.parametrize(
    ("changes", "why", "field"),
    [
        ({"a0": None}, Why.EMPTY_TEXT, "a0"),
        ({"blocked": "data_pipeline"}, Why.REASON_NEEDED, "a2"),
        ({"blocked": "data_pipeline", "a2": "none"}, Why.REASON_NEEDED, "a2"),
    ],
)
def test_what_is_missing_in_an_answer(changes: dict[str, str], why: Why, field: str) -> None:
    view = modals.answers([asked(State.ASKED, "did")])
    with pytest.raises(BadInput) as caught:
        modals.read_answers(filled(view, **changes))
    assert (caught.value.why, caught.value.field) == (why, field)


def test_without_a_question_about_it_nothing_is_marked() -> None:
    said = replace(entry(State.ASKED), answers=(("Mood?", ""),))
    assert fields(modals.answers([Asked(CHURN, said, PLAN, "x")])) == ["a0"]
    closed = tuple(replace(one, status=Status.DONE) for one in CHURN.items)
    done = replace(CHURN, items=closed)
    assert "blocked" not in fields(modals.answers([Asked(done, entry(State.ASKED), PLAN, "x")]))


# Several projects


def test_u8_projects_that_ask_the_same_are_asked_once() -> None:
    message = sound(standups.asked(a_day(of(1), of(2), of(3))))
    assert message.text.startswith("Standup of Project 1, Project 2 and Project 3, Tuesday 24")
    assert message.text.count("What comes next?") == 1
    assert [one["text"]["text"] for one in buttons(message.blocks)] == [
        *["Answer", "Nothing new", "Skip"] * 3,
        *("Answer all", "Nothing new in all", "Skip all"),
    ]
    assert unpack(button_of(message.blocks, "Skip all")["value"]) == {"d": DAY.isoformat()}


def test_u8_each_line_is_told_with_where_it_goes() -> None:
    one = of(1, State.POSTED, "a", "b")
    lines = tagged(["Data pipeline: up", "b\nc"], {"datapipeline": 10})
    tagged_one = replace(one, entry=replace(one.entry, said=lines))
    message = sound(standups.asked(a_day(tagged_one, of(2, State.SKIPPED))))
    assert "What have you done since last time? Data pipeline: up" in message.text
    assert "You skip it this time." in message.text
    assert [one["text"]["text"] for one in buttons(message.blocks)][-1] == "Change all"


@pytest.mark.parametrize("many", [8, 9, 60])
def test_u8_however_many_projects_one_message_holds_them(many: int) -> None:
    hidden = Withheld(0, "x" * 2000, 99)
    long = [of(number, State.POSTED, *["y" * 2800] * 3) for number in range(1, many + 1)]
    told = [
        replace(one, entry=replace(one.entry, withheld=(hidden,), blocked_item=10)) for one in long
    ]
    message = sound(standups.asked(a_day(*told)))
    assert len(words(message.blocks)) < 16_000
    assert button_of(message.blocks, "Change all")


def test_u8_the_form_holds_as_many_as_have_room_and_those_that_wait_come_first() -> None:
    found = [of(number, State.POSTED, "did") for number in range(1, 31)]
    view = sound_view(modals.answers([*found, of(31)]), "modal")
    assert "Project 31" in words(view["blocks"][:2])
    assert "No room here for Project 19, Project 20" in words(view["blocks"])
    order = modals.read_answers(filled(view, a0="at last"))
    assert [one.entry for one in order.answers] == [31, *range(1, 19)]
    assert order.answers[0].answers == ("at last", "", "")
    assert order.answers[1].fields == ("a3", "a4", "a5")


def test_u4_what_is_left_empty_stays_as_it_is_and_what_was_said_is_not_taken_back() -> None:
    view = modals.answers([of(1), of(2, State.POSTED, "did"), of(3)])
    order = modals.read_answers(filled(view, a4="more"))
    said = {one.entry: one.answers for one in order.answers}
    assert said == {3: ("", "more", ""), 2: ("did", "", "")}
    with pytest.raises(BadInput) as caught:
        modals.read_answers(filled(modals.answers([of(2, State.POSTED, "did"), of(1)]), a3=None))
    assert caught.value.field == "a3"


def test_edge_46_the_form_comes_back_with_both_and_means_it_the_second_time() -> None:
    before = of(1)
    sent = filled(modals.answers([before]), a0="mine", a1="next")
    now = of(1, State.POSTED, "theirs", "", "stuck")
    [order] = modals.read_answers(sent).answers
    clash = AnswerClash(((now, order),), frozenset({(1, 0)}))
    view = sound_view(modals.answers_clash(clash, sent), "modal")
    assert "You answered this meanwhile in another place: theirs" in words(view["blocks"])
    assert fields(view) == ["a0.1", "a1.1", "a2.1", "blocked.1"]
    [again] = modals.read_answers(filled(view)).answers
    assert (again.answers, again.seen) == (("mine", "next", "stuck"), now.fingerprint)
    assert isinstance(again, AnswerStandup)
    assert "Nothing was saved" in sound(errors.worded(clash)).text
