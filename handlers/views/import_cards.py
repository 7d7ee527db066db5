"""The card of a file that came in Slack: what it would change, and what can be said of it."""

from collections.abc import Iterator

from bot.imports import Plan
from bot.imports.asking import unknown_in
from bot.imports.said import MOST_WORDS, is_carried
from handlers.views.acts import Act, Values
from handlers.views.imports import (
    conflict_words,
    counts_words,
    fault_words,
    layout_words,
    outcome_words,
    where,
)
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    code,
    message,
    name,
    paragraph,
    quiet,
)

MOST_FAULTS, MOST_CHANGES, MOST_CONFLICTS, MOST_NOTES = 12, 12, 8, 5


def previewed(
    plan: Plan, file_name: str, file: str, words: str, *, moved: bool, by: int
) -> Message:
    """What a sheet would change, for the one (`by`) who may have it done: counts, the first changes
    and errors, how it was read, and the buttons.

    `words` say how it is to be read, once more when a button is pressed; `bot.imports.said` bounds
    them.
    """
    head: list[str | Piece] = [bold(name(file_name, 80)), f": {counts_words(plan)}."]
    if moved:
        head.append(
            " Something changed since the last preview, so nothing was written; this is how "
            "it stands now."
        )
    return message(
        paragraph(*head),
        _listed_changes(plan),
        paragraph(bold("Errors")) if plan.faults else [],
        _listed_faults(plan),
        *_conflicts(
            plan, "Nothing of these is taken until Settle conflicts says which side holds."
        ),
        *[quiet(name(one, 300)) for one in plan.notes[:MOST_NOTES]],
        *[quiet(name(f"Read as {layout_words(one)}", 1000)) for one in plan.layouts[:3]],
        quiet(
            "To have it read otherwise, press Columns, or send me the file with lines such as “The "
            "boss = Bea Lind”, “Budget = not read”, “Zoe -> Bea Lind”, “project Atlas” or “dmy” "
            "(03/04 is in April) beside it."
        ),
        actions(*_buttons(plan, file, words, by)),
    )


def _listed_changes(plan: Plan) -> Block:
    rows: list[list[str | Piece]] = [
        [name(f"{where(one)}: {outcome_words(one)}", 300)]
        for one in plan.outcomes
        if one.fate != "unchanged"
    ]
    return bullets(rows, MOST_CHANGES) if rows else {}


def _listed_faults(plan: Plan) -> Block:
    rows: list[list[str | Piece]] = [
        [code(name(where(one), 60)), " ", name(fault_words(one), 300)] for one in plan.faults
    ]
    return bullets(rows, MOST_FAULTS) if rows else {}


def _conflicts(plan: Plan, way_on: str) -> Iterator[Block | list[Block]]:
    """What both sides changed, with all three of them, and how it is settled."""
    if not plan.conflicts:
        return
    yield paragraph(bold("In conflict"), ": changed in the file, and otherwise here since then.")
    rows: list[list[str | Piece]] = [
        [code(name(where(one), 60)), " ", name(conflict_words(one), 400)] for one in plan.conflicts
    ]
    yield bullets(rows, MOST_CONFLICTS)
    yield quiet(way_on)


def _buttons(plan: Plan, file: str, words: str, by: int) -> Iterator[Block]:
    """Apply where nothing is wrong, the rest where something is, Cancel, and what can be said."""
    kept = carried(file, words, by)
    done: Values = {**kept, "m": plan.mark}
    if plan.planned and not plan.stands:
        yield button("Apply the rest", Act.IMPORT_REST, done)
    elif plan.planned:
        yield button("Apply", Act.IMPORT_APPLY, done, style="primary")
    if plan.conflicts or plan.settled:
        yield button("Settle conflicts", Act.IMPORT_CONFLICTS, kept)
    if unknown_in(plan.faults):
        yield button("Who is who", Act.IMPORT_PEOPLE, kept)
    yield button("Columns", Act.IMPORT_COLUMNS, kept)
    yield button("Cancel" if plan.planned else "Close", Act.DISMISS, {})


def carried(file: str, words: str, by: int) -> Values:
    """What a preview carries: the file, all that was said of it, and who asked."""
    kept = words if is_carried(words) else words[:MOST_WORDS]
    return {"f": file[:40], "k": kept, "u": str(by)}


def taken(plan: Plan, file_name: str) -> Message:
    """What a sheet changed."""
    return message(
        paragraph(bold(name(file_name, 80)), f" is taken: {counts_words(plan)}."),
        _listed_changes(plan),
        paragraph(bold("Left out")) if plan.faults else [],
        _listed_faults(plan),
        *_conflicts(plan, "Send the file again to say which side holds."),
    )
