"""What both sides changed of a letter, told with all three of them."""

from bot.imports.edits import Edit, Target, seat_of, told_as
from bot.imports.outcomes import Conflict
from bot.imports.sides import Sides
from bot.project import Assignment, Letter
from bot.telling import holder_name


def clash(
    edit: Edit, one: Target | None, held: Assignment | None, at: Sides, of: Sides
) -> Conflict:
    """What an edit gives (if anything) or takes away `at` a stage, and what is there instead: of
    the letter that it takes away (`of` its stage) what is `held`.
    """
    was = edit.was
    letter = one.letter if one else edit.letter
    base = told_as(was or (at.accountable_then if letter is Letter.A else None), letter)
    ours = at.words(letter)
    if held is not None and was is not None and held in of.holding(seat_of(was)):
        ours = holder_name(held.holder, of.people)
    if base and base == ours:  # the same person, since another day
        first = was or at.accountable_then
        now = held or at.accountable
        base = since_words(base, first.since if first else "")
        ours = since_words(ours, at.since(now) if now else "")
    told = base, one.words if one else "", ours
    return Conflict(edit.sheet, edit.cell, *edit.where, letter.value, *told)


def days_differ(edit: Edit, one: Target, at: Sides) -> Conflict:
    """That a letter begins on another day there, and here on a third one."""
    known, held = at.known(one.seat), next(iter(at.holding(one.seat)), None)
    base = since_words(one.words, known.since) if known else ""
    ours = since_words(one.words, at.since(held)) if held else ""
    told = base, since_words(one.words, one.day), ours
    return Conflict(edit.sheet, edit.cell, *edit.where, one.letter.value, *told)


def since_words(words: str, day: str) -> str:
    return f"{words}, since {day or 'before the record'}"
