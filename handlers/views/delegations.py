"""Who acts for whom, in words."""

from collections.abc import Mapping

from bot.changes import DelegationEnded
from bot.outcome import Delegated, Standins
from bot.people import Delegation, Person
from bot.telling import person_ref
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    message,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart

People = Mapping[int, Person]
MOST = 20
MOST_BUTTONS = 4


def delegated(made: Delegated) -> Message:
    """What was set, or called off."""
    people, change = told_apart(made.people), made.change
    owner, deputy = name(people[change.person].name), name(people[change.delegate].name)
    where, days = _where(made), _days(made)
    if isinstance(change, DelegationEnded):
        each = (made, *made.also)
        return message(
            *(
                paragraph(bold(deputy), f" no longer acts for {owner}{_where(one)} ({_days(one)}).")
                for one in each
            ),
            actions(*(_again(one, f"Undo {_days(one)}" if made.also else "Undo") for one in each)),
        )
    return message(
        paragraph(bold(deputy), f" acts for {owner}{where}, {days}, both days included."),
        quiet(
            f"Because: {name(change.reason)}" if change.reason else "",
            f"Letters stay with {owner}; answers name {deputy} meanwhile, and the day after "
            f"{owner} again.",
        ),
        actions(_off(made.people, change.person, change.delegate)),
    )


def _where(made: Delegated) -> str:
    return f" in {name(made.project.name)}" if made.project else ""


def _days(made: Delegated) -> str:
    return f"{made.change.first_day.isoformat()} to {made.change.last_day.isoformat()}"


def _again(made: Delegated, label: str) -> Block:
    """The same once more."""
    change, people = made.change, made.people
    where = f' in "{name(made.project.name)}"' if made.project else ""
    days = f"from {_days(made)}"
    pair = f"{person_ref(people[change.person])} to {person_ref(people[change.delegate])}"
    command = f"delegate {pair} {days}{where}"
    return button(label, Act.COMMAND_RUN, {"c": command}, spoken="Let them act again")


def _off(people: People, person: int, deputy: int) -> Block:
    command = f"delegate off {person_ref(people[person])} to {person_ref(people[deputy])}"
    spoken = f"Call off that {name(people[deputy].name, 30)} acts"
    return button("Call it off", Act.COMMAND_RUN, {"c": command}, spoken=spoken)


def named(made: Delegated) -> Message:
    """What whoever is to act is told."""
    people, change = told_apart(made.people), made.change
    where = f" in {name(made.project.name)}" if made.project else ""
    return message(
        paragraph(
            "You act for ",
            bold(name(people[change.person].name)),
            f"{where} from {change.first_day.isoformat()} to {change.last_day.isoformat()}, both "
            "days included: questions about what they hold name you.",
        )
    )


def lost(made: Delegated) -> Message:
    """What somebody is told whose deputy has left."""
    people, change = told_apart(made.people), made.change
    where = f" in {name(made.project.name)}" if made.project else ""
    days = f"from {change.first_day.isoformat()} to {change.last_day.isoformat()}"
    return message(
        paragraph(
            bold(name(people[change.delegate].name)),
            f" has left, and does not act for you{where} any more ({days}).",
        ),
        quiet(f"Let somebody else: /charter delegate @person {days}{where}."),
    )


def standins(shown: Standins) -> Message:
    """For whom somebody acts, and who acts for them."""
    people = told_apart(shown.people)
    who = "you" if shown.is_own else name(shown.person.name)
    act = "act" if shown.is_own else "acts"
    if not shown.delegations:
        return message(
            paragraph(f"Nobody acts for {who}, and {who} {act} for nobody."),
            quiet("Let somebody: /charter delegate @dan from 3 August to 14 August."),
        )
    rows = [_row(one, shown, people) for one in shown.delegations]
    own = [one for one in shown.delegations if one.person == shown.person.id]
    return message(
        paragraph(f"Who acts for {who}, and for whom {who} {act}:"),
        [bullets(rows, MOST)],
        actions(*(_off(shown.people, one.person, one.delegate) for one in own[:MOST_BUTTONS])),
    )


def _row(one: Delegation, shown: Standins, people: People) -> list[str | Piece]:
    project = shown.projects.get(one.project or 0)
    where = f" in {name(project.name)}" if project else ""
    why = f" ({name(one.reason)})" if one.reason else ""
    return [
        bold(name(people[one.delegate].name)),
        f" for {name(people[one.person].name)}{where}: {one.start.isoformat()} to "
        f"{one.end.isoformat()}{why}",
    ]
