"""The drafted part of a standup's form: boxes to tick, blockers from before, what is read of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.drafts import Draft, Drafted, Kind, Offer, Work
from bot.errors import BadInput, Why
from bot.orders import AnswerStandup, Judgement
from bot.rounds import Asked
from bot.standups import QUESTIONS, Carried, Entry, SaidLine, State, Verdict
from handlers.views import modals
from handlers.views.kit import View
from tests.handlers.views.test_modals import fields, filled
from tests.handlers.views.worlds import CHURN, T0, sound_view

DONE, NEXT = 0, 1
DAY = date(2026, 11, 24)
BLOCKER = Carried("blocker/5", "no export", 10, DAY - timedelta(days=4), 2, times=2)
WRITTEN = Carried("said/4/0", "no badge", None, DAY - timedelta(days=1), 1)


def work(number: int, text: str = "", aside: str = "") -> Work:
    return Work(Kind.PULL, f"pull/{number}", text or f"Merged #{number}", T0, 10, aside=aside)


def asked(
    done: list[Work], *carried: Carried, more: int = 0, said: tuple[SaidLine, ...] = ()
) -> Asked:
    questions = tuple((one, "") for one in QUESTIONS)
    entry = Entry(7, 1, 1, DAY, State.ASKED, questions, asked_at=T0, said=said)
    offer = Offer(DONE, tuple(done), more) if done else None
    coming = Offer(NEXT, (replace(work(1), kind=Kind.PLAN, key="plan/4/0", text="Write it"),))
    draft = Draft(T0 - timedelta(days=3), T0, "Europe/Berlin", offer, coming)
    return Asked(CHURN, entry, None, "", drafted=Drafted(draft, carried))


def form(of: Asked) -> View:
    return sound_view(modals.answers([of]), "modal")


def read(view: View, chosen: Mapping[str, Any]) -> AnswerStandup:
    """What the form gives where these fields were filled."""
    [order] = modals.read_answers(filled(view, **chosen)).answers
    return order


def element(view: View, start: str) -> Any:
    return next(b["element"] for b in view["blocks"] if b.get("block_id", "").startswith(start))


def block_id(view: View, start: str) -> str:
    return str(
        next(b["block_id"] for b in view["blocks"] if b.get("block_id", "").startswith(start))
    )


def test_u6_work_stands_as_boxes_that_nobody_ticked() -> None:
    view = form(asked([work(n) for n in range(25)], more=12))
    groups = [b for b in view["blocks"] if b.get("block_id", "").startswith("tick-7.0-0-")]
    assert [len(group["element"]["options"]) for group in groups] == [10, 10, 5]
    assert not any("initial_options" in group["element"] for group in groups)
    assert groups[0]["label"]["text"] == "Tick what you tell of, since Friday 11:00"
    assert "And 12 more, which are older." in str(view["blocks"])
    order = [str(b.get("block_id", "")).split("-")[0] for b in view["blocks"]]
    assert order.index("tick") < order.index("a0")


def test_u6_long_ago_is_told_by_the_date() -> None:
    of = asked([work(1)])
    assert of.drafted is not None
    long_ago = replace(of.drafted.draft, since=T0 - timedelta(days=12))
    view = form(replace(of, drafted=replace(of.drafted, draft=long_ago)))
    assert "since Wednesday 11 November" in str(view["blocks"])


def test_u6_what_is_too_long_for_a_box_goes_on_below_it() -> None:
    text = "Merged #7 " + "a title that goes on and on " * 4
    options = element(form(asked([work(7, text.strip())])), "tick-")["options"]
    [one] = options
    head, rest = one["text"]["text"], one["description"]["text"]
    assert len(head) <= 75
    assert len(rest) <= 75
    assert (head.rstrip("…") + " " + rest.lstrip("…")).replace("  ", " ").startswith(text[:120])
    [one] = element(form(asked([work(7, aside="Secret key")])), "tick-")["options"]
    assert one["description"]["text"] == "Only you see: Secret key"


def test_u6_what_was_ticked_before_is_ticked_and_only_what_changes_is_said() -> None:
    ticked = SaidLine(DONE, "Merged #1", 10, "pull/1")
    view = form(asked([work(1), work(2)], said=(ticked,)))
    field = block_id(view, "tick-7.0-0")
    assert [o["value"] for o in element(view, "tick-7.0-0")["initial_options"]] == ["pull/1"]
    order = read(view, {field: ["pull/1"], "a0": "read"})
    assert (order.ticked, order.unticked) == (frozenset(), frozenset())
    order = read(view, {field: ["pull/2"], "a0": "read"})
    assert order.ticked == {(DONE, "pull/2")}
    assert order.unticked == {(DONE, "pull/1")}


def test_u6_a_tick_alone_is_an_answer() -> None:
    view = form(asked([work(1)]))
    order = read(view, {block_id(view, "tick-7.0-0"): ["pull/1"]})
    assert order.state is State.POSTED
    assert order.ticked == {(DONE, "pull/1")}
    with pytest.raises(BadInput) as caught:
        modals.read_answers(filled(view))
    assert caught.value.why is Why.EMPTY_TEXT
    # Nor is everything taken away by unticking it: "Nothing new" says that.
    said = form(asked([work(1)], said=(SaidLine(DONE, "Merged #1", 10, "pull/1"),)))
    with pytest.raises(BadInput):
        modals.read_answers(filled(said, **{block_id(said, "tick-7.0-0"): []}))


def test_u7_blockers_from_before_stand_at_the_top_with_what_may_be_said_of_them() -> None:
    view = form(asked([work(1)], BLOCKER, WRITTEN))
    labels = [b["label"]["text"] for b in view["blocks"] if "label" in b]
    assert labels[:3] == [
        "Blocker: no export (Data pipeline, still there, for the 2nd time, 2 working days)",
        "Hand it on to",
        "Blocker: no badge (still there, 1 working day)",
    ]
    choices = [
        [o["text"]["text"] for o in b["element"]["options"]]
        for b in view["blocks"]
        if str(b.get("block_id", "")).startswith("blocker-")
    ]
    assert choices == [
        ["Resolved", "Still there", "Hand on to somebody else"],
        ["Resolved", "Still there"],
    ]
    assert "initial_option" not in element(view, "blocker-7.0-0")


@pytest.mark.parametrize(
    ("chosen", "to", "judged"),
    [
        ("resolved", None, Judgement("blocker/5", Verdict.RESOLVED, field="blocker-7.0-0")),
        ("still", None, Judgement("blocker/5", Verdict.STILL, field="blocker-7.0-0")),
        ("handed", "UBEA", Judgement("blocker/5", Verdict.HANDED, "<@UBEA>", "hand-7.0-0")),
        (None, "UBEA", Judgement("blocker/5", Verdict.HANDED, "<@UBEA>", "hand-7.0-0")),
        # Somebody is named, but it is not handed on.
        ("still", "UBEA", Judgement("blocker/5", Verdict.STILL, field="blocker-7.0-0")),
    ],
)
def test_u7_what_is_said_of_a_blocker_is_read(
    chosen: str | None, to: str | None, judged: Judgement
) -> None:
    view = form(asked([], BLOCKER))
    said: dict[str, Any] = {"hand-7.0-0": to} if to else {}
    if chosen:
        said["blocker-7.0-0"] = f"{chosen} blocker/5"
    assert read(view, said).judged == (judged,)


def test_u7_whom_it_is_handed_on_to_has_to_be_named() -> None:
    view = form(asked([], BLOCKER))
    with pytest.raises(BadInput) as caught:
        read(view, {"blocker-7.0-0": "handed blocker/5"})
    assert (caught.value.why, caught.value.field) == (Why.EMPTY_TEXT, "hand-7.0-0")


def test_u7_what_was_said_in_the_same_standup_stays_chosen() -> None:
    of = asked([], BLOCKER)
    said = replace(BLOCKER, verdict=Verdict.STILL, times=3)
    view = form(replace(of, entry=replace(of.entry, carried=(said,))))
    assert element(view, "blocker-")["initial_option"]["value"] == "still blocker/5"
    assert read(view, {"blocker-7.0-0": "still blocker/5", "a0": "read"}).judged == ()


def test_u7_of_very_many_blockers_the_oldest_are_asked_for() -> None:
    many = [replace(BLOCKER, key=f"blocker/{n}") for n in range(11)]
    view = form(asked([work(n) for n in range(30)], *many))
    assert "And 3 more are in your way." in str(view["blocks"])
    assert len(fields(view)) == 8 * 2 + 3 + 1 + 3 + 1
