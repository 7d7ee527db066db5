"""O3: whatever goes wrong, the person reads what to type, choose or press next."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.commands import ShowRow
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
from bot.outcome import ScopeClash, Taken
from bot.rights import Right
from handlers.views import errors
from handlers.views.acts import Form
from handlers.views.errors.choices import _KINDS
from handlers.views.errors.sentences import MISSING
from handlers.views.errors.short import SHORT, SHORT_MISSING
from tests.handlers.views.worlds import button_of, shown, sound

VERBS = (
    "add|answer|ask|bring|call|change|choose|close|empty|fill|give|invite|leave|let|load|look|make|"
    "mend|mention|move|name|offer|press|put|repeat|say|see|send|shorten|take|tick|try|type|"
    "untick|wait|write"
)
STEP = re.compile(rf"(?:^|[.:;,?“] |, or |\n)(?:please |or |then )?(?:{VERBS})\b", re.IGNORECASE)
FACTS = {
    Why.BAD_DATE: ({"item": "Roll-out"}, {"date": ""}, {"date": "soon"}),
    Why.HELD_THEN: ({"next": "2026-03-11"}, {"when": "until 2026-03-10"}),
    Why.BAD_LETTER: ({"letters": ""}, {"letters": "X"}),
    Why.WORDS_LEFT_OVER: ({"words": "x", "wanted": "list 2"}, {"words": "x"}),
    Why.BAD_STATUS: ({"status": "blokced", "near": "blocked"}, {"status": "blue"}),
    Why.EMPTY_TEXT: tuple({"field": field} for field in MISSING),
}
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def kinds() -> Iterator[CharterError]:
    """An error of every kind, with every fact that its words depend on."""
    for why in Why:
        for facts in ({}, *FACTS.get(why, ())):
            yield Refused(why, facts)
            yield BadInput(why, facts)
    for what in (*_KINDS, "blocker"):
        yield NotFound(what, "lunch")
        yield NotFound(what, "lunch", ("show", "who"))
    for what in ("person", "project", "item", "stage"):
        yield Ambiguous(what, "data", (("Data quality", "q"), ("Data pipeline", "p")))
    for right in Right:
        for about in ("", "Churn Radar"):
            yield Forbidden(right, about)
            yield Forbidden(right, about, ("Ana Ruiz", "an admin"))
    yield SecondAccountable("churn", "x", "X", "Churn Radar", "Bea", AT, "Cy", "<@U3>", 7)
    yield GateClosed("churn", "framing", "Problem framing", (("approved", "approved"),))
    yield Stale("Data pipeline")
    yield Stale("Data pipeline", (Seen("Bea Lind", AT, "R: nobody → Cy Moss"),))
    yield from map(Unavailable, ("database", "Slack", "MLflow"))
    yield BadDocument((Problem("projects[2].name", "is missing"),))


def says_next(text: str) -> bool:
    return "/charter " in text or bool(STEP.search(text))


@pytest.mark.parametrize("error", list(kinds()), ids=repr)
def test_o3_every_error_says_what_to_type_or_press_next(error: CharterError) -> None:
    for order in (None, ShowRow("Data pipeline", "churn")):
        told = sound(errors.worded(error, order))
        assert says_next(told.text), told.text
        if isinstance(error, SecondAccountable):
            for choice in ("Hand over to Cy", "Make Cy responsible", "Cancel"):
                assert button_of(told.blocks, choice)


@pytest.mark.parametrize("sentence", [*SHORT.values(), *SHORT_MISSING.values()])
def test_o3_every_sentence_under_a_field_says_what_to_do_there(sentence: str) -> None:
    assert says_next(sentence), sentence


@pytest.mark.parametrize("form", Form)
def test_o3_what_is_said_under_a_field_says_what_to_do_there(form: Form) -> None:
    fields = ("holder", "item", "handover", "name", "note", "since", "status", "problem", "reason")
    view = {"callback_id": form.value, "blocks": [{"block_id": each} for each in fields]}
    for error in kinds():
        for words in (errors.field_errors(error, view) or {}).values():
            assert says_next(words), (error, words)


@pytest.mark.parametrize("error", list(kinds()), ids=repr)
def test_o3_the_command_line_says_what_to_do_next_too(error: CharterError) -> None:
    told = errors.plain(error)
    assert says_next(told) or "app.py" in told, told


def test_o3_fields_that_two_changed_and_what_nobody_foresaw() -> None:
    project = shown().project
    clash = ScopeClash(project, {}, "", {}, (Taken("goal", "a", "b", 2, AT),))
    assert says_next(errors.worded(clash).text)
    assert says_next(errors.unexpected("1234abcd").text)


def test_a_sentence_that_leads_nowhere_is_noticed() -> None:
    assert not says_next("That did not work.")
    assert not says_next("This is worse than the baseline, though higher is better.")
    assert says_next("This day is over. Choose a later one.")
