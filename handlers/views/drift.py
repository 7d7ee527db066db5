"""Where letters and work disagree: as whoever is named is asked, and whoever can mend it."""

from collections.abc import Mapping

from bot.commands import spoken
from bot.commands.looking import OpenDelegate
from bot.drift import SILENT_AFTER, WEEKS, DriftShown, Kind, Shown
from bot.orders import AnswerDrift
from bot.people import Person
from bot.project import Letter
from bot.routing.table import Event
from bot.routing.told import Told
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    button,
    counted,
    listed,
    message,
    name,
    paragraph,
    quiet,
)

People = Mapping[int, Person]
Parts = tuple[str | Piece, ...]
MOST = 20
_DAYS = SILENT_AFTER.days


def seen(one: Told, people: People) -> Parts:
    """What is asked of whoever it names."""
    of = f" of {name(one.project_name)}"
    if Letter.A in one.letters:
        there = f"{of}, and nothing that I can see was done there by you for {_DAYS} days"
        return ("You are accountable for ", bold(name(one.item_title)), f"{there}. Is that right?")
    there = f"{of} is by you, and you hold no letter there. Is that right?"
    return ("Much of the work of late on ", bold(name(one.item_title)), there)


def silent(one: Told, people: People) -> Parts:
    who = f"{_concerned(one, people)} is accountable for "
    there = f" of {name(one.project_name)}, and I have seen nothing by them there for {_DAYS} days."
    return (who, bold(name(one.item_title)), there)


def shadow(one: Told, people: People) -> Parts:
    there = f" of {name(one.project_name)} is by {_concerned(one, people)}, who holds no letter."
    return ("Much of the work of late on ", bold(name(one.item_title)), there)


def _concerned(one: Told, people: People) -> str:
    known = [name(people[key].name) for key in one.concerned if key in people]
    return listed(known or ["somebody"])


def answers(one: Told) -> tuple[Block, ...]:
    """What whoever it names may say, and do then and there."""
    return _answers(one.ref or 0, one.project_key, one.item_key, is_silent=Letter.A in one.letters)


def _answers(number: int, project: str, item: str, *, is_silent: bool) -> tuple[Block, ...]:
    right, wrong = (spoken(AnswerDrift(number, is_right)) for is_right in (True, False))
    no = button("Not so", Act.COMMAND_RUN, {"c": wrong}, spoken="That is not so")
    if not is_silent:
        offer = "Offer me the letter"
        return (button(offer, Act.COMMAND_RUN, {"c": right}, spoken="It is so: offer me it"), no)
    given = {"p": project, "i": item, "l": Letter.A.value}
    away = spoken(OpenDelegate())
    return (
        button("That is right", Act.COMMAND_RUN, {"c": right}, spoken="That is right"),
        button("Hand it over", Act.ASSIGN_OPEN, given, spoken="Hand it over to somebody"),
        button("I am away", Act.COMMAND_RUN, {"c": away}, spoken="Say who acts for you"),
        no,
    )


def mends(one: Told) -> tuple[Block, ...]:
    """What whoever can mend it may do."""
    letter = Letter.R if one.event is Event.DRIFT_SHADOW else Letter.A
    return (_assign(one.project_key, one.item_key, one.item_title, letter),)


def _assign(project: str, item: str, title: str, letter: Letter) -> Block:
    values = {"p": project, "i": item, "l": letter.value}
    label = "Give the letter" if letter is Letter.R else "Assign"
    spoken_ = f"Assign who is {letter.word} for {name(title, 40)}"
    return button(label, Act.ASSIGN_OPEN, values, spoken=spoken_)


def answered(shown: Shown, *, is_right: bool) -> Message:
    """What came of an answer, for whoever gave it."""
    about = f"{name(shown.item.title)} of {name(shown.project.name)}"
    if not is_right:
        said = ". Nobody else hears of it, and I ask again in three months at the earliest."
    elif shown.kept.finding.kind is Kind.SHADOW_R:
        said = ". Whoever is accountable is asked whether you get the letter."
    else:
        said = ". Whoever leads the project is asked who is to answer for it."
    return message(paragraph("Noted, on ", bold(about), said))


def drift(shown: DriftShown) -> Message:
    """What somebody may read, by project; not how others stand."""
    where = f" in {name(shown.project.name)}" if shown.project else ""
    if not shown.found:
        return message(
            paragraph(f"Letters and work agree{where}, as far as it is about you."),
            quiet("Looked at once a week; you read what is about you, or about rows of yours."),
        )
    blocks: list[Block] = []
    for one in shown.found[:MOST]:
        blocks += [paragraph(*_told(one, shown)), *actions(*_buttons(one, shown))]
    more = len(shown.found) - MOST
    return message(
        paragraph(bold(f"Where letters and work disagree{where}:")),
        *blocks,
        quiet(f"and {more} more" if more > 0 else ""),
    )


def _told(one: Shown, shown: DriftShown) -> Parts:
    found = one.kept.finding
    about = (bold(name(one.item.title)), f" of {name(one.project.name)}: ")
    who = shown.people.get(found.person or 0)
    is_own = found.person == shown.reader and who is not None
    named = "you" if is_own else name(who.name) if who else "nobody"
    share = f"{found.own} of {counted(found.all, 'piece')} of work in {WEEKS} weeks"
    match found.kind:
        case Kind.SILENT_A:
            be = "are" if is_own else "is"
            return (*about, f"{named} {be} accountable, with nothing done there for {_DAYS} days.")
        case Kind.SHADOW_R:
            has = "have" if is_own else "has"
            return (*about, f"{share} are by {named}, who {has} no letter there.")
        case Kind.ORPHAN:
            done = counted(found.all, "piece")
            return (*about, f"{done} of work in {WEEKS} weeks, and nobody is accountable.")


def _buttons(one: Shown, shown: DriftShown) -> tuple[Block, ...]:
    found, project, item = one.kept.finding, one.project, one.item
    is_silent = found.kind is Kind.SILENT_A
    if found.person is not None and found.person == shown.reader:
        return _answers(one.kept.id, project.key, item.key, is_silent=is_silent)
    letter = Letter.R if found.kind is Kind.SHADOW_R else Letter.A
    return (_assign(project.key, item.key, item.title, letter),)
