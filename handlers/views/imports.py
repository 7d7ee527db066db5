"""What a file does, in words: what would change, what is wrong with which cell, how it was read."""

from collections.abc import Iterator, Mapping

from bot.errors import Ambiguous, NotFound
from bot.imports import Fault, Layout, Means, Outcome, Plan, Shape, Slip
from handlers.views.errors import plain

_SLIPS: Mapping[Slip, str] = {
    Slip.BAD_LETTER: "“{text}” is no RACI letter: write A, R, C, I, several (A/R), or nothing",
    Slip.TWO_ACCOUNTABLE: (
        "“{item}” gets a second A: {second} here, {first} in {where}. Leave one of them"
    ),
    Slip.NO_STAGE: "the line gives letters, but names no stage",
    Slip.NO_PROJECT: (
        "nothing says of which project the line is: add a column “Project”, or say --project"
    ),
    Slip.NO_LETTER: "the line names somebody, but no letter",
    Slip.NO_HOLDER: "the line gives a letter, but names nobody: write a name, or “vacant (role)”",
    Slip.NO_LAYOUT: (
        "no table with RACI letters was found: it takes a line a stage, and a column a person, a "
        "column a letter, or the columns Stage, Letter and Person"
    ),
    Slip.UNPLACED: (
        "column {column} “{head}” is not understood, so nothing was read: say what it means (its "
        "person, or “not read”)"
    ),
    Slip.UNCOMPUTED: (
        "the formula here has no value in the file: open it where it was made, and save it again"
    ),
    Slip.TWO_DATES: (
        "“{text}” may be {one} or {other}: write it like that, or say whether days or months come "
        "first"
    ),
    Slip.BAD_DATE: "“{text}” is no day: write it as 2026-04-03",
    Slip.UNTIL_AHEAD: "a letter cannot be ended ahead: leave the day of its end empty",
    Slip.ROLE_WANTED: (
        "nobody is named for {letter} of “{item}”, and no role: write “vacant (Data engineer)”"
    ),
    Slip.ROLE_HELD: "the A goes to the role {role}, but {name} is accountable: name a person",
    Slip.INHERITS: "“{item}” takes the letters of “{stage}”: change them there",
}


def fault_words(fault: Fault) -> str:
    """What is wrong with a cell, in one sentence that says what to do."""
    if fault.slip is not None:
        words = _SLIPS[fault.slip].format_map(fault.facts)
        return f"{words[0].upper()}{words[1:]}."
    match fault.error:
        case Ambiguous(what=what, text=text, options=options):
            named = ", ".join(label for label, _ in options)
            return f"“{text}” may be several {_PLURAL.get(what, what)}: {named}. Say which."
        case NotFound(what=what, text=text, suggestions=near):
            meant = f": perhaps {' or '.join(near)}?" if near else "."
            also = " Nobody is created from a file." if what == "person" else ""
            return f"There is no {_ONE.get(what, what)} “{text}” here{meant}{also}"
        case None:
            return ""
        case error:
            return " ".join(plain(error).split())


_ONE = {"item": "stage or component"}
_PLURAL = {"person": "people", "project": "projects", "item": "stages or components"}


def where(fault: Fault | Outcome) -> str:
    """A cell as spreadsheets name it: RACI!C4, 'My sheet'!C4."""
    name = fault.sheet if fault.sheet.isidentifier() else "'" + fault.sheet.replace("'", "''") + "'"
    return f"{name}!{fault.cell}"


def outcome_words(outcome: Outcome) -> str:
    """What becomes of one letter."""
    what = f"{outcome.letter} of {outcome.item} ({outcome.project})"
    moved = f"{outcome.before or '–'} → {outcome.after or '–'}"
    asked = ", who is asked first" if outcome.fate == "offered" else ""
    return f"{what}: {moved}{asked}"


def layout_words(layout: Layout) -> str:
    """How the columns of a sheet were understood."""
    told = [
        f"{one.letter} “{one.title}”: {_meaning(layout, one.means, one.holder)}"
        for one in layout.columns
    ]
    return f"{layout.sheet} ({layout.shape}, head in line {layout.head_row}): {'; '.join(told)}"


def _meaning(layout: Layout, means: Means, holder: str) -> str:
    if means is Means.HOLDER:
        return f"letters of {holder}" if layout.shape is Shape.MATRIX else holder
    return f"letter {means}" if means.letter is not None else str(means)


def counts_words(plan: Plan) -> str:
    return (
        f"{plan.created} created, {plan.changed} changed, {plan.unchanged} unchanged, "
        f"{len(plan.faults)} error{'' if len(plan.faults) == 1 else 's'}"
    )


def told(plan: Plan, *, written: bool, only_look: bool) -> Iterator[str]:
    """The whole plan, for the command line."""
    for layout in plan.layouts:
        yield f"Read {layout_words(layout)}"
    yield from plan.notes
    for outcome in plan.outcomes:
        if outcome.fate != "unchanged":
            yield f"{where(outcome)}: {outcome_words(outcome)}"
    if plan.left:
        yield f"Letters of these stages that the file does not name stay as they are: {plan.left}."
    for fault in plan.faults:
        yield f"{where(fault)}: {fault_words(fault)}"
    done = "" if written else " (nothing was written)"
    yield counts_words(plan) + (" (only looked at)" if only_look else done)
