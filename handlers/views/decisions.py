"""What was decided, in words."""

from collections.abc import Mapping

from bot.decisions import Decided, Decision, OneDecision, Source, Which
from bot.outcome import Done
from bot.people import Person
from bot.project import Project
from handlers.views.acts import Act, Values
from handlers.views.kit import (
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    code,
    counted,
    cut,
    link,
    message,
    moment,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart

_BRIEF = 300
_OVER = "withdrawn"
_WHOLE = 1500
MOST = 25


def kept(done: Done, by_name: str, source: Source | None = None) -> Message:
    """A decision that stands now, or (its line says so) is withdrawn; with the way back."""
    [line] = done.lines
    number = line.label.removeprefix("decision ")
    said = cut(line.after, _WHOLE)
    about = name(done.item.title) if done.item else name(done.project.name)
    of = f" ({name(done.project.name)})" if done.item else ""
    head: list[str | Piece] = ["Taken back. " if done.undone else ""]
    head += [bold(number), f" of {about}{of}: "]
    if line.before not in {"", _OVER}:
        head += [f"“{cut(line.before, _BRIEF)}” is ", bold(name(line.after, _BRIEF))]
    else:
        head += ["“", said, "”"]
        head += [", holds again"] if line.before else []
    if source and source.permalink:
        head += [" ", link("(message)", source.permalink)]
    undo = (
        button("Undo", Act.UNDO, {"s": done.seq}, spoken=f"Undo this about {number}")
        if done.undo_until
        else None
    )
    when = "It can be undone for 10 minutes." if done.undo_until else ""
    return message(
        paragraph(*head),
        quiet(f"{_deed(line.before, line.after)} by {name(by_name)}. {when}"),
        actions(undo),
    )


def _deed(before: str, after: str) -> str:
    if before == _OVER:
        return "Taken up again"
    if before:
        return "Withdrawn"
    return "Kept on record" if after else "Taken away"


def listed(told: Decided) -> Message:
    """The decisions of a project, the latest first; those that were withdrawn say so."""
    project, people = told.project, told_apart(told.people)
    if not told.decisions:
        return message(
            paragraph("Nothing is kept as decided in ", bold(name(project.name)), " yet."),
            paragraph(
                "React to a message with the emoji ",
                code(":scroll:"),
                ", choose “Save as decision” in its menu, or type ",
                code("/charter decision TEXT"),
                ".",
            ),
        )
    over = sum(one.withdrawn_at is not None for one in told.decisions)
    rows = [_row(one, project, people) for one in told.decisions]
    return message(
        paragraph(
            bold(f"Decided in {name(project.name)}"),
            f": {counted(len(rows), 'decision')}{f', {over} withdrawn' if over else ''}.",
        ),
        bullets(rows, MOST),
        quiet("Withdraw one with /charter decision D-1 withdraw because REASON"),
    )


def _row(one: Decision, project: Project, people: Mapping[int, Person]) -> list[str | Piece]:
    item = next((each for each in project.items if each.id == one.item), None)
    text = name(one.text, _BRIEF)
    facts = [name(item.title) if item else "", *_by(one, people)]
    row: list[str | Piece] = [bold(one.label), " "]
    if one.withdrawn_at is not None:
        why = f" because {name(one.withdrawn_because, _BRIEF)}" if one.withdrawn_because else ""
        who = _name(one.withdrawn_by, people)
        row += [bold("withdrawn"), f" by {who}{why}, ", moment(one.withdrawn_at, "{date_short}")]
        row.append(": ")
    row.append(link(text, one.permalink) if one.permalink else text)
    told = f" – {', '.join(fact for fact in facts if fact)}, "
    return [*row, told, moment(one.at, "{date_short}")]


def _by(one: Decision, people: Mapping[int, Person]) -> list[str]:
    kept = _name(one.by, people)
    if one.author is None:
        return [f"kept by {kept}"]
    if one.author == one.by:
        return [f"said and kept by {kept}"]
    return [f"said by {_name(one.author, people)}", f"kept by {kept}"]


def _name(person: int | None, people: Mapping[int, Person]) -> str:
    if person is None:
        return "the operator"
    return name(people[person].name) if person in people else "somebody who is gone"


def released(one: OneDecision) -> Message:
    """The recorder took the reaction away: it is asked, never assumed, what that means."""
    title = name(one.project.name)
    values: Values = {"p": one.project.key, "n": one.decision.number}
    number = one.decision.label
    return message(
        paragraph(
            "You took the reaction ",
            code(":scroll:"),
            " away from ",
            bold(number),
            f" of {title}. Does it still hold?",
        ),
        paragraph(f"“{cut(one.decision.text, _BRIEF)}”"),
        actions(
            button("Withdraw", Act.DECISION_WITHDRAW, values, spoken=f"Withdraw {number}"),
            button("Keep", Act.DECISION_KEEP, values, spoken=f"Keep {number} as it is"),
        ),
    )


def stays(one: OneDecision) -> Message:
    return message(
        paragraph(bold(one.decision.label), f" of {name(one.project.name)} stays as it is.")
    )


def which(asked: Which, source: Source) -> Message:
    """Of which project a message is a decision."""
    return message(
        paragraph("Of which project is this a decision? Nothing is kept yet."),
        actions(
            *(
                button(
                    title,
                    Act.DECISION_OF,
                    {"p": key, "m": source.ts},
                    spoken=f"It is a decision of {name(title, 50)}",
                )
                for title, key in asked.options
            )
        ),
    )
