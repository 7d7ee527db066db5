"""The form for the input that somebody is asked for."""

from collections.abc import Mapping
from typing import Any

from bot.consultations import Consultation, Occasion
from bot.deciding import LONGEST_NOTE
from bot.errors import BadInput, Why
from bot.orders import AnswerConsultation
from bot.outcome import Consulted
from handlers.views.acts import Form, unpack
from handlers.views.kit import View, bold, name, paragraph, quiet
from handlers.views.modals.fields import field, text_input, text_of
from handlers.views.modals.frame import modal


def consultation(shown: Consulted) -> View:
    asked = shown.consultation
    blocks = [
        paragraph(bold(name(shown.item_title)), f" of {name(shown.project.name)}"),
        paragraph(asked.question),
        field(
            "answer",
            "Your input",
            text_input(asked.answer, longest=LONGEST_NOTE, lines=True),
            hint=_readers(asked),
        ),
        quiet(f"The last day for it is {asked.due.isoformat()}. An answer later counts too."),
    ]
    return modal(Form.CONSULTATION, "Your input", "Send", blocks, {"n": asked.id})


def _readers(asked: Consultation) -> str:
    if asked.occasion is Occasion.QUESTION:
        return "Whoever asked reads it, and nobody else."
    return "Whoever is accountable and whoever is responsible read it."


def read_consultation(view: Mapping[str, Any]) -> AnswerConsultation:
    kept = unpack(view.get("private_metadata", ""))
    text = text_of(view, "answer")
    if not text:
        raise BadInput(Why.EMPTY_TEXT, {"field": "input"}, "answer")
    number = kept.get("n")
    if not isinstance(number, int):
        raise ValueError("no consultation is named")
    return AnswerConsultation(number, text)
