"""Who somebody is: here, at the services that Charter looks at, and before they were merged."""

from collections.abc import Sequence

from bot.commands import spoken
from bot.identities import KINDS
from bot.logins import Unknown
from bot.orders import LinkNames
from bot.people import Person
from bot.personal import Erasure, PersonDone, PersonShown
from bot.telling import Line
from handlers.views.acts import LONGEST_VALUE, Act
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    code,
    counted,
    cut,
    listed,
    mention,
    message,
    name,
    paragraph,
    quiet,
)


def shown(shown: PersonShown) -> Message:
    person = shown.person
    rows: list[list[str | Piece]] = [
        [f"{kind}: ", bold(listed(values, 5))]
        for kind in KINDS
        if (values := [one.value for one in shown.names if one.kind == kind])
    ]
    nothing = "Nobody has said what they are called at GitHub or a tracker."
    return message(
        paragraph(*_who(person)),
        bullets(rows) if rows else paragraph(nothing),
        quiet(
            f"Their key in documents: {person.key}",
            _merged(shown.merged),
            "" if rows else f"An admin can: /charter person link {_typed(person)} github=NAME",
        ),
    )


MOST_LOGINS = 12


def logins(found: Sequence[Unknown]) -> Message:
    """Names that nobody is known by: those first of whom somebody may be meant, each with a button
    that says so. Nobody's address is shown.
    """
    if not found:
        return message(paragraph("Everybody whom I have seen at GitHub and at trackers is known."))
    asked = [one for one in found if one.candidates][:MOST_LOGINS]
    rest = [one for one in found if one not in asked]
    blocks: list[Block] = []
    for one in asked:
        who = [f"{name(each.person.name)} (by {each.clue.value})" for each in one.candidates]
        blocks += [
            paragraph(*_login(one), f": perhaps {listed(who, last='or')}?"),
            *actions(*(_it_is(one, each.person) for each in one.candidates)),
        ]
    return message(
        paragraph("Nobody has said who these are, so nobody is told of what is for them:"),
        *blocks,
        bullets([_login(one) for one in rest], 20) if rest else {},
        quiet(
            "Nothing is guessed: a name is somebody's when you say so, here or with "
            "/charter person link @bea github=NAME"
        ),
    )


def _login(one: Unknown) -> list[str | Piece]:
    return [code(one.value), f" at {one.kind}, on {counted(one.times, 'linked thing')}"]


def _it_is(one: Unknown, person: Person) -> Block | None:
    command = spoken(LinkNames(f"key:{person.key}", ((one.kind, one.value),)))
    if len(command) > LONGEST_VALUE // 2:
        return None
    label = f"It is {name(person.name, 40)}"
    said = f"{name(one.value, 30)} is {name(person.name, 40)}"
    return button(label, Act.COMMAND_RUN, {"c": command}, spoken=said)


def _who(person: Person) -> list[str | Piece]:
    told = [one for one in (person.job_title, person.company, person.timezone) if one]
    left = f", left on {person.left_on.isoformat()}" if person.left_on else ", left"
    what = "".join(f", {name(one)}" for one in told)
    here = person.active and person.slack_id and not person.is_outside
    who = mention(person.slack_id) if here and person.slack_id else bold(name(person.name))
    return [who, what, "" if person.active else left, "."]


def _merged(merged: Sequence[Person]) -> str:
    if not merged:
        return ""
    keys = listed([one.key for one in merged], 5)
    return f"Also known as: {keys}. Two again: /charter person unmerge {name(merged[0].key)}"


def _line(line: Line) -> list[str | Piece]:
    before, after = name(line.before or "nothing"), name(line.after or "nothing")
    return [f"{name(line.label)}: ", before, " → ", bold(after)]


def _typed(person: Person) -> str:
    return f'"{name(person.name)}"'


def changed(done: PersonDone, by_name: str) -> Message:
    """Before → after, with an undo where there is one."""
    undone = "Taken back: " if done.undone else ""
    undoable = " It can be undone for 10 minutes." if done.undo_until else ""
    spoken = f"Undo this change of {name(done.person.name, 40)}"
    return message(
        paragraph(undone, bold(name(done.person.name)), " is known so now:"),
        bullets([_line(line) for line in done.lines]),
        quiet(f"Set by {name(by_name)}.{undoable}"),
        actions(
            button("Undo", Act.PERSON_UNDO, {"s": done.seq}, spoken=spoken)
            if done.undo_until
            else None
        ),
    )


def erasing(person: Person, reason: str) -> Message:
    """What an erasure would do, and whether to do it."""
    who = name(person.name)
    return message(
        paragraph("Take the name ", bold(who), " out of everything? There is no way back."),
        bullets(
            [
                ["Their profile, names elsewhere and what they wrote in standups are deleted."],
                ["Their letters become vacant; dates, letters and the record's chain stay."],
                ["Where others named them in full, it says “former member” and a number."],
            ]
        ),
        quiet(
            "What was posted in Slack stays there. A first name alone is not looked for.",
            f"Reason: {cut(reason, 200)}" if reason else "",
        ),
        actions(
            button(
                "Erase for good",
                Act.PERSON_ERASE,
                {"w": person.key, "r": reason[:200]},
                style="danger",
                spoken=f"Erase {name(who, 40)} for good",
            ),
            button("Cancel", Act.DISMISS, spoken="Change nothing"),
        ),
    )


def erased(done: Erasure, by_name: str) -> Message:
    shared = f"“{listed(done.shared, 3)}” is somebody else's name too: it stays in free text."
    return message(
        paragraph("It is done: they are ", bold(done.name), " now."),
        quiet(
            f"{counted(done.lines, 'line')} of the record and {counted(done.texts, 'text')} say "
            f"so; {counted(done.standups, 'standup')} emptied. By {name(by_name)}.",
            shared if done.shared else "",
        ),
    )
