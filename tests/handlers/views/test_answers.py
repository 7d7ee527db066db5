"""Answers as people read them in Slack."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.project import Letter, Status
from bot.qa.guide import Guide
from bot.qa.raci import Line, Seat
from bot.qa.replies import Answer, AnswerKind, Option, Part, Point, Subject, Told
from bot.qa.wording import CAN_ASK
from handlers.views import answers
from handlers.views.acts import Act, act_of, unpack
from tests.handlers.views.worlds import (
    CHURN,
    INGESTION,
    PIPELINE,
    QUALITY,
    T0,
    buttons,
    items,
    names,
    sound,
)

BEA = Seat(person=2)
OWNED = Answer(
    kind=AnswerKind.ANSWER,
    said=(
        "Bea Lind is accountable for Data pipeline in Churn Radar, since 2026-03-01, "
        "set by Ana Ruiz. Responsible: Cy Moss. Understood as Data pipeline."
    ),
    people=(2,),
    stages=(("churn", "data_pipeline"),),
    subjects=(Subject(CHURN, PIPELINE, (Line(Letter.A, (BEA,)),)),),
    understood=("Data pipeline",),
)
VACANT = Answer(
    kind=AnswerKind.NO_OWNER,
    said="Nobody is accountable for Data quality in Churn Radar: a seat is vacant (Data Engineer).",
    subjects=(Subject(CHURN, QUALITY, (Line(Letter.A),)),),
)
ASKED_BACK = Answer(
    kind=AnswerKind.CLARIFY,
    said="Which project do you mean: Churn Radar or Size Guide?",
    options=(
        Option("Churn Radar", "who owns Data pipeline?", "churn", "data_pipeline"),
        Option("Size Guide", "who owns Data pipeline?", "size", "data_pipeline", "p2"),
    ),
)
UNKNOWN = Answer(
    AnswerKind.UNKNOWN,
    'I have nothing called "lunch" on record. Nearest: Launch plan.',
    suggestions=("Launch plan",),
)


def _labels(answer: Answer, *, private: bool = True) -> list[tuple[str, str | None]]:
    said = sound(answers.answered(answer, private=private))
    return [(one["text"]["text"], one.get("style")) for one in buttons(said.blocks)]


def test_who_it_is_stands_first_and_bold_the_rest_below() -> None:
    said = sound(answers.answered(OWNED, private=True))
    assert said.text.splitlines() == [
        "Bea Lind is accountable for Data pipeline in Churn Radar.",
        "Responsible: Cy Moss.",
        "Since 2026-03-01, set by Ana Ruiz.",
        "Understood as Data pipeline.",
    ]
    first = said.blocks[0]["elements"][0]["elements"][0]
    assert first == {"type": "text", "text": "Bea Lind", "style": {"bold": True}}


def test_since_and_understanding_are_said_quietly() -> None:
    said = answers.answered(OWNED, private=True)
    quiet = next(block for block in said.blocks if block["type"] == "context")
    assert [line["text"] for line in quiet["elements"]] == [
        "Since 2026-03-01, set by Ana Ruiz.",
        "Understood as Data pipeline.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bea is accountable for X, since before the record began.", "Since before the record"),
        # Two dates, or a name with a stop in it: nothing is moved, and nothing is lost.
        (
            "Bea (since 2026-03-01, set by A) and Cy (since 2026-03-02, set by A) are …",
            "Bea (since",
        ),
        (
            "Bea is accountable for X, since 2026-03-01, set by J. Lee.",
            "2026-03-01, set by J. Lee.",
        ),
    ],
)
def test_every_way_of_saying_since_survives(text: str, told: str) -> None:
    said = sound(answers.answered(replace(OWNED, said=text, understood=()), private=True))
    assert told in said.text


def test_a_verdict_comes_first() -> None:
    text = "Yes. Bea Lind is accountable for Data pipeline in Churn Radar."
    said = answers.answered(replace(OWNED, said=text, verdict="yes"), private=True)
    pieces = said.blocks[0]["elements"][0]["elements"]
    bold = [each["text"] for each in pieces if each.get("style") == {"bold": True}]
    assert bold == ["Yes. ", "Bea Lind"]
    assert said.text.startswith(text.removesuffix("."))


def test_two_items_keep_their_dates_beside_them() -> None:
    text = (
        "Bea Lind is accountable for A in X, since 2026-03-01, set by Ana Ruiz. "
        "Cy Moss is accountable for B in X, since 2026-03-02, set by Ana Ruiz."
    )
    both = replace(
        OWNED, said=text, subjects=(*OWNED.subjects, Subject(CHURN, QUALITY)), understood=()
    )
    assert answers.answered(both, private=True).text == text
    assert _labels(both) == [("Show Data pipeline", None), ("Show Data quality", None)]


def test_two_items_of_one_name_are_told_apart_by_their_projects() -> None:
    other = replace(CHURN, id=77, key="atlas", name="Atlas")
    [first] = OWNED.subjects
    alike = replace(OWNED, subjects=(first, replace(first, project=other)), understood=())
    labels = ["Show Data pipeline of Churn Radar", "Show Data pipeline of Atlas"]
    assert [label for label, _ in _labels(alike)] == labels
    parts = (
        Part("who owns it in Churn Radar?", replace(alike, subjects=alike.subjects[:1])),
        Part("and in Atlas?", replace(alike, subjects=alike.subjects[1:])),
    )
    assert [label for label, _ in _labels(replace(alike, parts=parts))] == labels


def test_the_owner_can_hand_over_from_the_answer() -> None:
    assert _labels(OWNED) == [
        ("Hand over", None),
        ("Move", None),
        ("History", None),
        ("Details", None),
    ]
    assert _labels(OWNED, private=False) == [
        ("Hand over", None),
        ("History", None),
        ("Details", None),
    ]
    first = buttons(answers.answered(OWNED, private=True).blocks)[0]
    assert act_of(first["action_id"]) is Act.ASSIGN_OPEN
    assert unpack(first["value"]) == {"p": "churn", "i": "data_pipeline", "l": "A", "v": 7}


def test_a_gap_can_be_filled_from_the_answer() -> None:
    assert _labels(VACANT)[0] == ("Assign accountable", "primary")
    assert "vacant (Data Engineer)" in answers.answered(VACANT, private=True).text


def test_what_cannot_be_changed_offers_only_details() -> None:
    inherits = Subject(CHURN, INGESTION, (Line(Letter.A, (BEA,)),), stage=PIPELINE)
    archived = Subject(replace(CHURN, archived_at=T0), PIPELINE, (Line(Letter.A, (BEA,)),))
    for subject in (inherits, archived):
        assert _labels(replace(OWNED, subjects=(subject,))) == [
            ("History", None),
            ("Details", None),
        ]


def test_options_ask_again_with_what_was_chosen() -> None:
    said = sound(answers.answered(ASKED_BACK, private=False))
    assert said.text == "Which project do you mean: Churn Radar or Size Guide?"
    assert [unpack(one["value"]) for one in buttons(said.blocks)] == [
        {"q": "who owns Data pipeline?", "p": "churn", "i": "data_pipeline"},
        {"q": "who owns Data pipeline?", "p": "size", "i": "data_pipeline", "w": "p2"},
    ]
    assert {act_of(one["action_id"]) for one in buttons(said.blocks)} == {Act.QUESTION_ASK}


def test_many_options_end_with_how_many_more() -> None:
    many = tuple(Option(f"Project {n}", "who owns it?", f"p{n}") for n in range(30))
    said = sound(answers.answered(replace(ASKED_BACK, options=many), private=True))
    assert len(buttons(said.blocks)) == 8
    assert "and 22 more: name the one you mean" in said.text


def test_a_question_too_long_for_a_button_gets_none() -> None:
    endless = (Option("Churn Radar", "x" * 2000, "churn"),)
    assert _labels(replace(ASKED_BACK, options=endless)) == []


def test_what_can_be_asked_is_told_by_a_button_alone() -> None:
    said = f'I have nothing called "lunch" on record. {CAN_ASK}'
    told = str(sound(answers.answered(replace(UNKNOWN, said=said), private=True)).blocks)
    assert 'I have nothing called "lunch" on record.' in told
    assert "You can ask" not in told
    assert ("What can I ask?", None) in _labels(replace(UNKNOWN, said=said))


def test_the_unknown_offers_what_is_near_and_what_can_be_asked() -> None:
    said = sound(answers.answered(UNKNOWN, private=True))
    assert [one["text"]["text"] for one in buttons(said.blocks)] == [
        "Launch plan",
        "What can I ask?",
    ]
    assert unpack(buttons(said.blocks)[0]["value"]) == {"q": "who owns Launch plan?"}


LISTED = Answer(
    AnswerKind.ANSWER,
    "Yes. 2 items are overdue: Churn Radar: Data pipeline, Data quality.",
    verdict="yes",
    subjects=(Subject(CHURN, PIPELINE), Subject(CHURN, QUALITY, (Line(Letter.A),))),
    told=Told("2 items are overdue", (Point("Churn Radar: Data pipeline, Data quality"),)),
)


def test_edge_19_what_is_skipped_needs_nobody() -> None:
    skipped = replace(QUALITY, status=Status.SKIPPED)
    subject = replace(VACANT.subjects[0], item=skipped)
    assert _labels(replace(VACANT, subjects=(subject,))) == [("History", None), ("Details", None)]


def test_a_list_stands_as_one_below_the_fact() -> None:
    said = sound(answers.answered(LISTED, private=True))
    assert said.text.splitlines() == [
        "Yes. 2 items are overdue:",
        "• Churn Radar: Data pipeline, Data quality",
    ]
    pieces = said.blocks[0]["elements"][0]["elements"]
    assert [one["text"] for one in pieces if one.get("style") == {"bold": True}] == [
        "Yes. ",
        "2 items are overdue:",
    ]


def test_what_is_listed_can_be_looked_at_and_a_gap_filled() -> None:
    assert _labels(LISTED) == [("Show Data pipeline", None), ("Assign Data quality", None)]
    look, fill = buttons(answers.answered(LISTED, private=True).blocks)
    assert act_of(look["action_id"]) is Act.ROW_SHOW
    assert act_of(fill["action_id"]) is Act.ASSIGN_OPEN
    assert unpack(fill["value"])["l"] == "A"


def test_a_long_list_is_cut_to_what_a_glance_takes_in() -> None:
    many = Told("27 runs").listing((Point(f"Run {number}") for number in range(27)), 27, 150)
    assert (len(many.points), many.rest) == (20, 7)
    said = sound(answers.answered(replace(LISTED, told=many), private=True))
    assert said.text.count("• Run ") == 8
    assert "and 19 more" in said.text
    assert many.text.endswith("Run 19; and 7 more.")


def test_the_reason_is_quiet_and_a_stage_can_be_moved_from_where_it_stands() -> None:
    told = Told("Data pipeline is blocked: no access.", more="Due 2026-12-01, in 4 days.")
    one = Answer(
        AnswerKind.ANSWER,
        f"{told.text} Understood as Data pipeline.",
        subjects=(Subject(CHURN, PIPELINE),),
        understood=("Data pipeline",),
        told=told,
    )
    said = sound(answers.answered(one, private=True))
    quiet = [line["text"] for b in said.blocks if b["type"] == "context" for line in b["elements"]]
    assert quiet == ["Due 2026-12-01, in 4 days.", "Understood as Data pipeline."]
    assert said.text.startswith("Data pipeline is blocked: no access.")
    assert _labels(one) == [("Move", None), ("History", None), ("Details", None)]
    project = replace(one, subjects=(Subject(CHURN, None),))
    assert _labels(project) == [("Show Churn Radar", None)]


def test_what_is_kept_elsewhere_has_a_link_and_when_it_was_looked_at() -> None:
    told = Told("", (Point("#7 Add retries: open.", "https://code.example/7"),), seen=T0)
    one = Answer(AnswerKind.ANSWER, told.text, told=told)
    said = sound(answers.answered(one, private=True))
    links = [piece for piece in said.blocks[0]["elements"][0]["elements"] if "url" in piece]
    assert [(each["url"], each["text"]) for each in links] == [("https://code.example/7", "Open")]
    when = said.blocks[1]["elements"]
    assert when[0]["text"] == "Last seen"
    assert when[1]["text"].startswith(f"<!date^{int(T0.timestamp())}^{{ago}}|")


ANSWERS = st.builds(
    Answer,
    kind=st.sampled_from(AnswerKind),
    said=names | st.just(OWNED.text),
    people=st.just((2,)),
    verdict=st.none() | st.sampled_from(["yes", "no"]),
    subjects=st.lists(
        st.builds(Subject, st.just(CHURN), st.none() | items(1), st.just((Line(Letter.A),))),
        max_size=6,
    ).map(tuple),
    options=st.lists(
        st.builds(Option, names, names, st.just("churn"), st.just("x"), st.none()), max_size=12
    ).map(tuple),
    understood=st.lists(names, max_size=2).map(tuple),
    suggestions=st.lists(names, max_size=5).map(tuple),
    told=st.none()
    | st.builds(
        Told,
        names | st.just(""),
        st.lists(st.builds(Point, names, names), max_size=12).map(tuple),
        names | st.just(""),
        st.none() | st.just(T0),
    ),
)


@given(ANSWERS, st.booleans())
def test_whatever_is_answered_slack_takes_it(answer: Answer, private: bool) -> None:
    sound(answers.answered(answer, private=private))


def test_what_is_told_of_charter_itself_shows_what_to_type_and_leads_to_the_help() -> None:
    guide = Guide("link", "Link a page", ("link URL",), "docs/links.md#linking", "link")
    said = answers.answered(Answer(AnswerKind.ANSWER, guide.text, guide=guide), private=True)
    assert sound(said).text.splitlines() == [
        "Link a page.",
        "• /charter link URL",
        "More: docs/links.md#linking",
    ]
    [press] = buttons(said.blocks)
    assert (act_of(press["action_id"]), unpack(press["value"])) == (Act.HELP_SHOW, {"t": "link"})


def test_what_has_no_command_leads_to_all_help() -> None:
    guide = Guide("A", "Accountable (A): answers for it", (), "docs/letters.md")
    said = answers.answered(Answer(AnswerKind.ANSWER, guide.text, guide=guide), private=True)
    assert sound(said).text.splitlines() == [
        "Accountable (A): answers for it.",
        "More: docs/letters.md",
    ]
    [press] = buttons(said.blocks)
    assert (act_of(press["action_id"]), unpack(press["value"])) == (Act.HELP_SHOW, {})
