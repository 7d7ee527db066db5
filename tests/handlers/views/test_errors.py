"""Every error has its words, and the words say what to do next."""

import string
from datetime import UTC, date, datetime

import pytest

from bot import errors as facts
from bot.commands import ShowMatrix, ShowRow, parse
from bot.errors import (
    Ambiguous,
    BadDocument,
    BadInput,
    CharterError,
    Forbidden,
    GateClosed,
    NotFound,
    Problem,
    Refused,
    SecondAccountable,
    Seen,
    Stale,
    Unavailable,
    Why,
)
from bot.orders import Assign, SetAlias, SetScope
from bot.project import Letter
from bot.rights import Right
from handlers.views import errors, modals, pressed
from handlers.views.acts import Act, act_of, unpack
from handlers.views.errors.sentences import MISSING, SENTENCES, UNKNOWN_FACTS
from handlers.views.errors.short import SHORT, SHORT_MISSING
from tests.handlers.views.worlds import MARCH, PIPELINE, QUALITY, button_of, buttons, shown, sound
from tests.support.understood import understood

TODAY = date(2026, 11, 23)
ORDER = Assign("pipelin", (Letter.A, Letter.R), "<@U3>", "churn", date(2026, 3, 1))
SECOND = SecondAccountable(
    project_key="churn",
    item_key="data_pipeline",
    item_title="Data pipeline",
    project_name="Churn Radar",
    present="Bea Lind",
    since=MARCH,
    wanted="Cy Moss",
    wanted_ref="<@U3>",
    item_version=7,
)
EVERY_KIND: list[CharterError] = [
    NotFound("person", "<@U9>"),
    Ambiguous("person", "Sam", (("Sam L", "sam1"), ("Sam M", "sam2"))),
    BadInput(Why.EMPTY_TEXT),
    Refused(Why.ARCHIVED),
    SECOND,
    GateClosed("churn", "framing", "Problem framing", (("approved", "approved"),)),
    Forbidden(Right.ANSWER, "Churn Radar", ("Ana Ruiz", "an admin")),
    Stale("Data pipeline"),
    Unavailable("the database"),
    BadDocument((Problem("projects[2].name", "is missing"),)),
]


def test_the_catalogue_is_complete() -> None:
    assert set(SENTENCES) == set(Why)
    kinds = {
        each
        for each in vars(facts).values()
        if isinstance(each, type) and issubclass(each, CharterError) and each is not CharterError
    }
    assert kinds == {type(error) for error in EVERY_KIND}


@pytest.mark.parametrize("error", EVERY_KIND, ids=lambda error: type(error).__name__)
def test_every_kind_of_error_has_words_of_its_own(error: CharterError) -> None:
    text = sound(errors.worded(error)).text
    assert not text.startswith("That did not work.")
    assert errors.plain(error).splitlines()[0] == text.splitlines()[0]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NotFound("workspace", ""), "There is no workspace on record yet."),
        (NotFound("person", "Nia"), "People go by their keys"),
        (NotFound("project", "Nope"), "Projects go by name, alias or key"),
        (NotFound("item", "Nope"), "Stages and components go by title, alias or key"),
        (NotFound("source", "gitlab"), "There are github, mlflow, wandb and notion"),
        (Refused(Why.NO_CHANNEL), "--project berth"),
    ],
    ids=str,
)
def test_the_command_line_is_told_what_helps_there(error: CharterError, words: str) -> None:
    told = errors.plain(error)
    assert words in told
    assert "/charter" not in told


@pytest.mark.parametrize("why", Why)
def test_every_why_says_what_to_do_next(why: Why) -> None:
    steps = ("`", "Name a person", "It has:", "Shorten it", "press the button once more", "wait")
    assert any(step in SENTENCES[why] for step in steps)
    text = sound(errors.worded(Refused(why))).text
    assert "{" not in text


@pytest.mark.parametrize(
    "sentence",
    [*SENTENCES.values(), *MISSING.values(), *SHORT.values(), *SHORT_MISSING.values()],
)
def test_every_placeholder_has_words_where_the_fact_is_missing(sentence: str) -> None:
    named = {field for _, field, _, _ in string.Formatter().parse(sentence) if field}
    assert named <= set(UNKNOWN_FACTS)


def test_every_example_command_is_understood() -> None:
    examples = [
        part.removeprefix("/charter ")
        for sentence in [*SENTENCES.values(), *MISSING.values()]
        for part in sentence.split("`")[1::2]
        if part.startswith("/charter ") and "{" not in part and "…" not in part
    ]
    assert len(examples) > 15
    for example in examples:
        if not any(word.isupper() and len(word) > 3 for word in example.split()):
            parse(example, TODAY)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            BadInput(Why.BAD_LETTER, {"letters": "X", "allowed": "A, R, C, I"}),
            "“X” is not a RACI letter. Allowed are A, R, C and I",
        ),
        (BadInput(Why.BAD_LETTER, {"letters": ""}), "Say which letters (A, R, C, I)"),
        (BadInput(Why.EMPTY_TEXT, {"field": "holder"}), "Say who it is: /charter raci"),
        (BadInput(Why.BAD_DATE, {"date": "soon"}), "I cannot take “soon” as a date here."),
        (BadInput(Why.BAD_DATE, {"date": ""}), "Say which date"),
        (
            Refused(Why.BAD_DATE, {"item": "Roll-out"}),
            "before the present holder of Roll-out began",
        ),
        (
            Refused(
                Why.HELD_THEN,
                {
                    "name": "Bea Lind",
                    "letters": "R",
                    "item": "Roll-out",
                    "when": "from 2026-03-01 to 2026-03-10",
                    "next": "2026-03-11",
                },
            ),
            "Bea Lind had the R of Roll-out from 2026-03-01 to 2026-03-10 already, so nothing was "
            "changed. Let it begin after that: /charter raci ITEM R HOLDER since 2026-03-11, or "
            "leave the day out.",
        ),
        (BadInput(Why.BAD_STATUS, {"status": "blokced", "near": "blocked"}), "mean “blocked”?"),
        (Refused(Why.HOLDER_LEFT, {"name": "Leo Park"}), "Leo Park has left and cannot take"),
        (
            Refused(Why.NOTHING_TO_MOVE, {"name": "vacant Annotator"}),
            "There is nothing of vacant Annotator there that could go to somebody else.",
        ),
        (Refused(Why.NO_CHANNEL), "or bind one here with /charter bind Churn Radar"),
        (
            Forbidden(Right.ANSWER, "Churn Radar", ("Ana Ruiz", "an admin")),
            "That is for those who answer for Churn Radar. Ask Ana Ruiz or an admin.",
        ),
        (
            Forbidden(Right.RUN, "", ("Ana Ruiz",)),
            "That is for the admins of this workspace. Ask Ana Ruiz.",
        ),
        (Unavailable("the database"), "cannot reach the database just now, so nothing was written"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_words(error: CharterError, words: str) -> None:
    assert words in errors.worded(error).text


def test_facts_are_neither_code_nor_placeholders() -> None:
    said = errors.worded(Refused(Why.ARCHIVED, {"project": "`{item}` <!channel>"}))
    first = said.blocks[0]["elements"][0]["elements"][0]
    assert first["text"].startswith("`{item}` <!channel> is archived")
    assert "style" not in first


# Not found


def test_o3_an_unknown_command_offers_the_near_ones_with_examples_and_a_question() -> None:
    said = sound(errors.worded(NotFound("command", "shwo", ("show", "who"))))
    first, show, who, question = said.text.splitlines()
    assert first == "I do not know the command “shwo”. Did you mean:"
    assert show.startswith("• /charter show Churn Radar – ")
    assert who.startswith("• /charter who owns the data pipeline in Churn Radar – ")
    assert question.endswith("/charter ask who owns the data pipeline?")
    topics = [unpack(one["value"]).get("t") for one in buttons(said.blocks)]
    assert topics == ["show", "who", None]


def test_o3_a_word_like_no_command_gets_no_far_fetched_ones() -> None:
    said = sound(errors.worded(NotFound("command", "lunch")))
    assert said.text.splitlines() == [
        "I do not know the command “lunch”.",
        "Whatever you want to know, ask it in your own words: "
        "/charter ask who owns the data pipeline?",
    ]
    assert [unpack(one["value"]).get("t") for one in buttons(said.blocks)] == [None]


def test_a_suggestion_runs_the_order_again_put_right() -> None:
    said = sound(errors.worded(NotFound("item", "pipelin", ("Data pipeline",)), ORDER))
    assert "Did you mean Data pipeline?" in said.text
    pressed_button = button_of(said.blocks, "Data pipeline")
    assert act_of(pressed_button["action_id"]) is Act.COMMAND_RUN
    assert understood(str(unpack(pressed_button["value"])["c"]), TODAY) == Assign(
        "Data pipeline", (Letter.A, Letter.R), "<@U3>", "churn", date(2026, 3, 1)
    )


def test_without_the_order_suggestions_are_only_named() -> None:
    said = errors.worded(NotFound("item", "pipelin", ("Data pipeline", "Data quality")))
    assert "Did you mean Data pipeline or Data quality?" in said.text
    assert buttons(said.blocks) == []


def test_where_nothing_is_near_all_that_there_is_is_named() -> None:
    error = NotFound("item", "nowhere", there=("Data pipeline", "Modelling", "Roll-out"))
    said = sound(errors.worded(error, ORDER))
    assert "There are Data pipeline, Modelling and Roll-out." in said.text
    assert "Did you mean" not in said.text
    assert buttons(said.blocks) == []


def test_an_order_too_long_for_a_button_gets_none() -> None:
    order = SetScope("goal", "x" * 2000, "chrn")
    assert buttons(errors.worded(NotFound("project", "chrn", ("Churn",)), order).blocks) == []


def test_what_may_have_gone_wrong_is_hinted_at() -> None:
    scope = SetScope("goal", "fewer returns", "shops")
    assert "put a colon before the text" in errors.worded(NotFound("project", "shops"), scope).text
    alias = SetAlias("CR", "Churn Radar")
    assert "alias CR = project" in errors.worded(NotFound("item", "Churn Radar"), alias).text


# Which one, instead of whom


def test_ambiguous_options_run_the_order_with_the_key() -> None:
    error = Ambiguous("person", "Sam", (("Sam Lindqvist", "sam1"), ("Sam Moss", "sam2")))
    said = sound(errors.worded(error, ORDER))
    assert said.text.splitlines()[0] == "Which one do you mean for “Sam”?"
    runs = [parse(str(unpack(one["value"])["c"]), TODAY) for one in buttons(said.blocks)]
    assert [run.holder for run in runs if isinstance(run, Assign)] == ["sam1", "sam2"]


def test_many_options_end_with_how_many_more() -> None:
    options = tuple((f"Sam {n}", f"sam{n}") for n in range(30))
    said = sound(errors.worded(Ambiguous("person", "Sam", options), ORDER))
    assert "and 22 more" in said.text
    assert len(buttons(said.blocks)) == 8


def test_a_second_accountable_offers_three_ways() -> None:
    said = sound(errors.worded(SECOND, ORDER))
    assert said.text.startswith(
        "Bea Lind is accountable for Data pipeline (Churn Radar) since 2026-03-01"
    )
    labels = [(one["text"]["text"], one.get("style")) for one in buttons(said.blocks)]
    assert labels == [
        ("Hand over to Cy Moss", "primary"),
        ("Make Cy Moss responsible", None),
        ("Cancel", None),
    ]


def test_the_three_ways_keep_all_that_was_asked_for() -> None:
    over, make, cancel = buttons(errors.worded(SECOND, ORDER).blocks)
    item = ("data_pipeline",)
    assert pressed.assigned(act_of(over["action_id"]), unpack(over["value"])) == Assign(
        *item, (Letter.A, Letter.R), "<@U3>", "churn", date(2026, 3, 1), hand_over=True, seen=7
    )
    assert pressed.assigned(act_of(make["action_id"]), unpack(make["value"])) == Assign(
        *item, (Letter.R,), "<@U3>", "churn", date(2026, 3, 1), hand_over=False, seen=7
    )
    assert act_of(cancel["action_id"]) is Act.DISMISS


def test_a_second_accountable_without_its_order_is_about_the_a_alone() -> None:
    over = buttons(errors.worded(SECOND).blocks)[0]
    assert pressed.assigned(Act.HAND_OVER, unpack(over["value"])).letters == (Letter.A,)


def test_a_foreign_press_is_refused() -> None:
    with pytest.raises(ValueError, match="no item"):
        pressed.assigned(Act.HAND_OVER, {})


def test_a_stale_order_says_who_changed_what_and_shows_how_it_stands() -> None:
    when = datetime(2026, 11, 23, 9, 58, tzinfo=UTC)
    error = Stale("Data pipeline", (Seen("Bea Lind", when, "accountable: Bea Lind → Cy Moss"),))
    said = sound(errors.worded(error, Assign("data_pipeline", (Letter.A,), "me", "churn")))
    assert "• Bea Lind, 2026-11-23 09:58 UTC: accountable: Bea Lind → Cy Moss" in said.text
    show = button_of(said.blocks, "Show how it stands now")
    assert understood(str(unpack(show["value"])["c"]), TODAY) == ShowRow("data_pipeline", "churn")
    of_project = errors.worded(error, SetScope("goal", "x", "churn"))
    show = button_of(of_project.blocks, "Show how it stands now")
    assert understood(str(unpack(show["value"])["c"]), TODAY) == ShowMatrix("churn")


def test_a_document_lists_its_faults_and_counts_the_rest() -> None:
    problems = tuple(Problem(f"projects[{n}].name", "is missing") for n in range(40))
    text = sound(errors.worded(BadDocument(problems))).text
    assert text.startswith("The document has 40 faults; nothing of it was written.")
    assert "• projects[0].name: is missing" in text
    assert "and 15 more" in text


def test_the_unexpected_has_a_reference() -> None:
    assert "req-42" in sound(errors.unexpected("req-42")).text


# Under the fields of a form

ASSIGN = modals.assign(shown(QUALITY), Letter.A)
MOVE = modals.move(shown(PIPELINE))


@pytest.mark.parametrize(
    ("error", "field", "words"),
    [
        (BadInput(Why.EMPTY_TEXT, {"field": "holder"}, "holder"), "holder", "Choose a person, or"),
        (BadInput(Why.FUTURE_DATE, {"date": "2027-01-01"}, "since"), "since", "earlier day"),
        (BadInput(Why.EMPTY_TEXT, {"field": "role"}, "vacant_role"), "role", "Name the role"),
        (Refused(Why.HOLDER_LEFT, {"name": "Leo Park"}), "holder", "Leo Park has left"),
        (Refused(Why.NOTHING_CHANGES, {"item": "x"}), "holder", "stands already"),
        (NotFound("person", "<@U9>"), "holder", "I do not know <@U9>"),
        (SECOND, "handover", "Bea Lind is accountable for Data pipeline"),
    ],
)
def test_an_error_stands_under_its_field(error: CharterError, field: str, words: str) -> None:
    under = errors.field_errors(error, ASSIGN)
    assert under is not None
    assert list(under) == [field]
    assert words in under[field]


def test_the_general_field_depends_on_the_form() -> None:
    assert list(errors.field_errors(Refused(Why.NOTHING_CHANGES), MOVE) or {}) == ["status"]
    needed = BadInput(Why.REASON_NEEDED, {"status": "blocked"}, field="note")
    assert errors.field_errors(needed, MOVE) == {"note": "Say why it is blocked."}


@pytest.mark.parametrize(
    "error",
    [
        Stale("Data pipeline"),
        Unavailable("the database"),
        NotFound("project", "churn"),
        NotFound("item", "x"),  # the form has no field for the item: it is fixed
        Refused(Why.ARCHIVED, {"project": "Churn"}),
        BadInput(Why.EMPTY_TEXT, {"field": "x"}, "x"),
    ],
)
def test_what_belongs_to_no_field_is_for_a_message(error: CharterError) -> None:
    assert errors.field_errors(error, ASSIGN) is None


def test_a_hand_over_form_has_no_tick_to_complain_about() -> None:
    assert errors.field_errors(SECOND, modals.assign(shown(PIPELINE), Letter.A)) is None


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (Refused(Why.NOT_A_CHANNEL), "/charter digest me weekly Monday at 8:00"),
        (BadInput(Why.BAD_DATE, {"date": "sometimes", "of": "away"}), "/charter away 3-7 August"),
        (BadInput(Why.EMPTY_TEXT, {"field": "hand"}), "Say whom it is handed on to"),
    ],
)
def test_a_hint_is_of_what_was_tried(error: CharterError, hint: str) -> None:
    assert hint in errors.worded(error).text
