"""What a file does, in words: what would change, what is wrong with which cell, how it was read."""

from collections.abc import Iterator, Mapping

from bot.errors import Ambiguous, NotFound
from bot.imports import Conflict, Fault, Layout, Means, Outcome, Plan, Shape, Slip
from bot.project import Letter
from handlers.views.errors import plain

_SLIPS: Mapping[Slip, str] = {
    Slip.BAD_LETTER: "“{text}” is no RACI letter: write A, R, C, I, several (A/R), or nothing",
    Slip.TWO_ACCOUNTABLE: (
        "“{item}” gets a second A: {second} here, {first} in {where}. Leave one of them"
    ),
    Slip.NO_STAGE: "the line gives letters, but names no stage",
    Slip.NO_PROJECT: (
        "nothing says of which project the line is: add a column “Project”, or {say_project}"
    ),
    Slip.NO_LETTER: "the line names somebody, but no letter",
    Slip.NO_HOLDER: "the line gives a letter, but names nobody: write a name, or “vacant (role)”",
    Slip.NO_LAYOUT: (
        "no table with RACI letters was found: it takes a line a stage, and a column a person, a "
        "column a letter, or the columns Stage, Letter and Person"
    ),
    Slip.UNPLACED: (
        "column {column} “{head}” is not understood, so nothing was read: say what it means "
        "{say_column}"
    ),
    Slip.UNCOMPUTED: (
        "the formula here has no value in the file: open it where it was made, and save it again"
    ),
    Slip.TWO_DATES: (
        "“{text}” may be {one} or {other}: write it like that, or say whether days or months come "
        "first, {say_dates}"
    ),
    Slip.BAD_DATE: "“{text}” is no day: write it as 2026-04-03",
    Slip.UNTIL_AHEAD: "a letter cannot be ended ahead: leave the day of its end empty",
    Slip.ROLE_WANTED: (
        "nobody is named for {letter} of “{item}”, and no role: write “vacant (Data engineer)”"
    ),
    Slip.ROLE_HELD: "the A goes to the role {role}, but {name} is accountable: name a person",
    Slip.INHERITS: "“{item}” takes the letters of “{stage}”: change them there",
    Slip.UNTIL_EDITED: (
        "the day on which a letter ends is not taken from a file: leave it as it was, and take the "
        "line out to end the letter now"
    ),
    Slip.SINCE_GONE: "the letter began on {day}: write that day, or the one on which it did begin",
    Slip.UNSETTLED: (
        "who shall be accountable for “{item}” is not clear: see {where}, and mend that first"
    ),
    Slip.NOT_TAKEN: (
        "“{head}” is not taken from a file: have it as it was ({base}), or say it to Charter"
    ),
    Slip.ELSEWHERE: (
        "“{head}” is not taken from this sheet: have it as it was ({base}), and {how}"
    ),
    Slip.NO_HEAD: "letters stand here under no name: write above them whose column it is",
    Slip.HEAD_GONE: (
        "the column “{head}” is missing in {sheet}, so nothing of it is read: send the file back "
        "with it, as it was called"
    ),
    Slip.NEW_LINE: (
        "a new line is not taken from this sheet: write letters in the sheet RACI, and say all "
        "else to Charter"
    ),
    Slip.SAID_TWICE: "the cell says otherwise than {where}: leave one of them as it was",
    Slip.BAD_STATUS: "“{text}” is no status: choose one of the list",
    Slip.BLOCKED_NOTE: (
        "what is in the way of “{item}” is not changed by its note: say that it is unblocked, or "
        "blocked by something else"
    ),
}


_IN_SLACK = {
    "say_project": "write “project NAME” beside the file",
    "say_column": "with “Columns”",
    "say_dates": "by “dmy” or “mdy” beside the file",
}
_AT_THE_COMMAND_LINE = {
    "say_project": "say --project NAME",
    "say_column": 'with --map "{head}=MEANING" (whose letters it has, or “not read”)',
    "say_dates": "by --dates dmy or --dates mdy",
}
"""How something is said where a fault is shown."""


class _Facts(dict[str, str]):
    """Facts, of which one that is not told is a dash."""

    def __missing__(self, _fact: str) -> str:
        return "–"


def fault_words(fault: Fault, *, shell: bool = False) -> str:
    """What is wrong with a cell, in one sentence that says what to do: in Slack, or at the command
    line.
    """
    if fault.slip is not None:
        facts = _Facts(fault.facts)
        ways = _AT_THE_COMMAND_LINE if shell else _IN_SLACK
        facts |= {key: words.format_map(facts) for key, words in ways.items()}
        words = _SLIPS[fault.slip].format_map(facts)
        return f"{words[0].upper()}{words[1:]}."
    match fault.error:
        case Ambiguous(what=what, text=text, options=options):
            named = ", ".join(label for label, _ in options)
            which = _who(text, options[0][1], shell=shell) if what == "person" else "Say which."
            return f"“{text}” may be several {_PLURAL.get(what, what)}: {named}. {which}"
        case NotFound(what=what, text=text, suggestions=near):
            meant = f": perhaps {' or '.join(near)}?" if near else "."
            also = ""
            if what == "person":
                who = _who(text, near[0] if near else "NAME", shell=shell)
                also = f" Nobody is created from a file. {who}"
            return f"There is no {_ONE.get(what, what)} “{text}” here{meant}{also}"
        case None:
            return ""
        case error:
            return " ".join(plain(error).split())


def _who(text: str, who: str, *, shell: bool) -> str:
    """How it is said whom a name means."""
    if shell:
        return f'Say who it is, as in --person "{text}={who}", or “left out”.'
    return "Say who it is with “Who is who”."


_ONE = {"item": "stage or component"}
_PLURAL = {"person": "people", "project": "projects", "item": "stages or components"}


def where(fault: Fault | Outcome | Conflict) -> str:
    """A cell as spreadsheets name it: RACI!C4, 'My sheet'!C4."""
    name = fault.sheet if fault.sheet.isidentifier() else "'" + fault.sheet.replace("'", "''") + "'"
    return f"{name}!{fault.cell}"


def outcome_words(outcome: Outcome) -> str:
    """What becomes of one letter; of who has another one from now on, which in whose place."""
    where_it_is = f"{outcome.item} ({outcome.project})"
    asked = ", who is asked first" if outcome.fate == "offered" else ""
    if held := _other_letter(outcome.before, outcome.after):
        return f"{where_it_is}: {outcome.after}, {held} → {outcome.what}{asked}"
    what = f"{outcome.what} of {where_it_is}"
    moved = f"{outcome.before or '–'} → {outcome.after or '–'}"
    return f"{what}: {moved}{asked}"


def _other_letter(before: str, after: str) -> str:
    """The letter that somebody had before ("Bea Lind (I)"), who is the one `after`."""
    held = before.removeprefix(f"{after} (").removesuffix(")") if after else ""
    return held if held in Letter.__members__ and before == f"{after} ({held})" else ""


def conflict_words(conflict: Conflict) -> str:
    """What both sides changed, otherwise."""
    if held := _other_letter(conflict.base, conflict.theirs):
        return (
            f"{conflict.item} ({conflict.project}): {conflict.theirs} was {held}, the file says "
            f"{conflict.what}; it was changed here meanwhile, and {conflict.what} is "
            f"{conflict.ours or 'nobody'} now"
        )
    what = f"{conflict.what} of {conflict.item} ({conflict.project})"
    sides = ((conflict.base, "was"), (conflict.theirs, "the file says"), (conflict.ours, "it is"))
    nothing = "nobody" if conflict.what in Letter.__members__ else "empty"
    told = ", ".join(f"{words} {side or nothing}" for side, words in sides)
    return f"{what}: {told} now"


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
    """How much it does; how much is taken away and in conflict, where anything is."""
    taken = f" ({plan.removed} of them taken away)" if plan.removed else ""
    clashing = len(plan.conflicts)
    told = [
        f"{plan.created} created",
        f"{plan.changed} changed{taken}",
        f"{plan.unchanged} unchanged",
        f"{len(plan.faults)} error{'' if len(plan.faults) == 1 else 's'}",
        f"{clashing} conflict{'' if clashing == 1 else 's'}" if clashing else "",
    ]
    return ", ".join(filter(None, told))


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
        yield f"{where(fault)}: {fault_words(fault, shell=True)}"
    for conflict in plan.conflicts:
        yield f"{where(conflict)}: in conflict. {conflict_words(conflict)}"
    if plan.conflicts:
        yield "Settle all conflicts with --take theirs (the file's word) or --take ours."
    done = "" if written else " (nothing was written)"
    yield counts_words(plan) + (" (only looked at)" if only_look else done)
