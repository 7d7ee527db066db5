"""A sentence and the facts that belong into it."""

from collections.abc import Mapping

from bot.errors import Why
from handlers.views.errors.links import unseen
from handlers.views.errors.sentences import MISSING, SENTENCES, UNKNOWN_FACTS
from handlers.views.kit import Piece, name, piece

LONGEST_FACT = 150


def sentence(why: Why, facts: Mapping[str, str]) -> str:
    """The sentence of a `Why`; some depend on which fact is there."""
    if why is Why.EMPTY_TEXT:
        return MISSING.get(facts.get("field", ""), SENTENCES[why])
    if why is Why.BAD_DATE and "item" in facts:
        return (
            "That is before the present holder of {item} began. Choose a later date, or leave it "
            "out: `/charter raci ITEM LETTERS HOLDER`."
        )
    if why is Why.BAD_DATE and facts.get("of") == "away":
        return (
            "I cannot take “{date}” as days. Say them like `/charter away until Wednesday`, "
            "`/charter away 3-7 August` or `/charter away tomorrow afternoon`."
        )
    if why is Why.BAD_DATE and not facts.get("date"):
        return "Say which date: `/charter due data pipeline 2026-03-01`, or `none` to remove it."
    if why is Why.HELD_THEN and facts.get("next"):
        return (
            "{name} had the {letters} of {item} {when} already, so nothing was changed. Let it "
            "begin after that: `/charter raci ITEM {letters} HOLDER since {next}`, "
            "or leave the day out."
        )
    if why is Why.BAD_LETTER and not facts.get("letters"):
        return "Say which letters (A, R, C, I): `/charter raci data pipeline clear R`."
    if why is Why.WORDS_LEFT_OVER and facts.get("wanted"):
        return "I do not know what “{words}” is for. Write it like this: `/charter {wanted}`."
    if why is Why.REPOSITORY_UNSEEN:
        return unseen(facts)
    if why is Why.BAD_STATUS and facts.get("near"):
        return (
            "“{status}” is not a status. Did you mean “{near}”? For example: "
            "`/charter stage data pipeline {near}`."
        )
    return SENTENCES[why]


def filled(sentence: str, facts: Mapping[str, str]) -> list[Piece]:
    """The sentence with its facts, put in last: nothing in them is code or a placeholder."""
    known = {
        **UNKNOWN_FACTS,
        **{key: name(value, LONGEST_FACT) for key, value in facts.items() if value},
    }
    pieces: list[Piece] = []
    for at, part in enumerate(sentence.split("`")):
        if part:
            pieces.append(piece(part.format_map(known), code=bool(at % 2)))
    return pieces
