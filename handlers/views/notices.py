"""What the letters tell people: what happened, where, and because of which letter they hear it."""

from collections.abc import Callable, Mapping, Sequence

from bot import contact
from bot.outcome import Consulted, Questioned
from bot.people import Person
from bot.project import Group, Letter
from bot.routing.table import Event, Party
from bot.routing.told import Told
from handlers.views import drift
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    cut,
    listed,
    mention,
    mention_of_group,
    message,
    name,
    paragraph,
    quiet,
)

People = Mapping[int, Person]
Parts = tuple[str | Piece, ...]

LONGEST_NOTE = 300
LONGEST_ANSWER = 1000


def told(tells: Sequence[Told], people: People, key: str) -> Message:
    """One thing with its reason under it, or several, by project, each with its own.

    `key` is the message's own: by it, it can be asked why it was sent.
    """
    if len(tells) == 1:
        one = tells[0]
        return message(
            paragraph(*sentence(one, people)),
            quiet(because(one, people)),
            actions(*_BUTTONS.get(one.event, _nothing)(one), why(key)),
        )
    head = paragraph("What your letters have for you:")
    return message(head, by_project(tells, people), actions(why(key)))


def by_project(tells: Sequence[Told], people: People) -> list[Block]:
    """Several things, each with its reason."""
    blocks: list[Block] = []
    for project in dict.fromkeys(one.project for one in tells):
        mine = [one for one in tells if one.project == project]
        blocks.append(paragraph(bold(name(mine[0].project_name))))
        blocks.append(bullets([_row(one, people) for one in mine]))
    return blocks


def mentioned(
    one: Told, groups: Sequence[Group], persons: Sequence[Person], people: People, key: str
) -> Message:
    """The same in a channel, to those who are mentioned there."""
    names: list[str | Piece] = []
    for group in groups:
        names += [mention_of_group(group.slack_id), " "]
    for person in persons:
        names += [mention(person.slack_id or ""), " "]
    called = listed([*(f"@{group.handle}" for group in groups), *(each.name for each in persons)])
    where = name(one.item_title or one.project_name)
    word = _word(one.to) if isinstance(one.to, Letter) else "concerned with"
    return message(
        paragraph(*names, *sentence(one, people)),
        quiet(f"For {called}, {word} {where}."),
        actions(*_BUTTONS.get(one.event, _nothing)(one), why(key)),
    )


def questioned(made: Questioned) -> Message:
    """A question that was put to somebody, for the one who asked it."""
    names = listed([_who(one.person, made.people) for one in made.asked])
    about = f"{name(made.item.title)} of {name(made.project.name)}"
    last = max(one.due for one in made.asked)
    return message(
        paragraph(f"Asked {names} about ", bold(about), f", for an answer by {last.isoformat()}."),
        quiet("The answer comes to you as a direct message."),
    )


def noted(shown: Consulted) -> Message:
    """What came of an answer, for the one who gave it."""
    about = f"{name(shown.item_title)} of {name(shown.project.name)}"
    return message(
        paragraph("Noted: your input on ", bold(about), ". Whoever it is for reads it."),
    )


def answered(shown: Consulted) -> Message:
    """A question that was answered, in the place of the question."""
    given, about = shown.consultation, bold(name(shown.item_title))
    return message(
        paragraph("Your input on ", about, f" of {name(shown.project.name)} is kept."),
        paragraph(cut(given.question, LONGEST_NOTE), f" “{cut(given.answer, LONGEST_ANSWER)}”"),
        actions(*_consultation(given.id, "Change")),
    )


def why(key: str) -> Block:
    """The button that tells by which rule a message was sent."""
    return button("Why?", Act.NOTICE_WHY, {"m": key}, spoken="Why was this sent?")


def _nothing(_one: Told) -> tuple[Block, ...]:
    return ()


def _reviewed(one: Told) -> tuple[Block, ...]:
    values, title = {"p": one.project_key}, name(one.project_name, 40)
    true = button("Still true", Act.REVIEW_TRUE, values, spoken=f"{title} is still true")
    return (true, button("Edit", Act.SCOPE_EDIT, values, spoken=f"Edit the scope of {title}"))


def _gate(one: Told) -> tuple[Block, ...]:
    values = {"p": one.project_key, "i": one.item_key}
    spoken = f"Show what {name(one.item_title, 40)} needs before it is done"
    return (button("Gate", Act.GATE_SHOW, values, spoken=spoken),)


def _consulted(one: Told) -> tuple[Block, ...]:
    return _consultation(one.ref or 0, "Answer")


def _questioned(one: Told) -> tuple[Block, ...]:
    """An answer to a question has words."""
    return _consultation(one.ref or 0, "Answer")[:1]


def _consultation(key: int, label: str) -> tuple[Block, ...]:
    nothing = button("Nothing to add", Act.CONSULTATION_NOTHING, {"n": key})
    answer = button(label, Act.CONSULTATION_OPEN, {"n": key})
    return (answer, nothing) if label == "Answer" else (answer,)


def _row(one: Told, people: People) -> list[str | Piece]:
    return [*sentence(one, people), f" {because(one, people)}"]


def sentence(one: Told, people: People) -> Parts:
    """What happened, in one sentence, with what somebody wrote about it behind it."""
    return (*_SENTENCES[one.event](one, people), *_note(one))


def because(one: Told, people: People) -> str:
    """Why it is told: "Because you are accountable for Data quality."."""
    return f"Because {_reason(one, people)}."


def _reason(one: Told, people: People) -> str:
    where = name(one.item_title or one.project_name)
    if one.as_contact:
        unowned = one.item_title and isinstance(one.to, Letter)
        nobody = f"nobody is accountable for {where}, and " if unowned else ""
        return nobody + _CONTACTS[one.as_contact].format(name(one.project_name))
    if one.as_accountable:
        return f"nobody is responsible for {where}, and you are accountable for it"
    match one.to:
        case Party.CONCERNED:
            return "it is about you"
        case Party.LEAD:
            return f"you lead {name(one.project_name)}"
        case Party.ADMIN:
            return "you are an admin of this workspace"
        case letter:
            holds = f"{_word(letter)} {where}"
            if one.acting_for is None:
                return f"you are {holds}"
            return f"you act for {_who(one.acting_for, people)}, who is {holds}"


_CONTACTS = {
    contact.LEAD: "you lead {0}",
    contact.CREATOR: "you created {0}, which nobody leads",
    contact.ADMIN: "you are an admin, and nobody leads {0}",
}


def _word(letter: Letter) -> str:
    return {
        Letter.A: "accountable for",
        Letter.R: "responsible for",
        Letter.C: "consulted on",
        Letter.I: "informed of",
    }[letter]


def _note(one: Told) -> Parts:
    return (f" “{cut(one.note, LONGEST_NOTE)}”",) if one.note else ()


def _who(person: int | None, people: People) -> str:
    if person is None:
        return "Charter"
    return name(people[person].name) if person in people else "somebody"


def _by(one: Told, people: People) -> str:
    return _who(one.by, people)


def _concerned(one: Told, people: People) -> str:
    return listed([_who(person, people) for person in one.concerned])


def _item(one: Told) -> Piece:
    return bold(name(one.item_title or one.project_name))


def _of(one: Told) -> str:
    return f" of {name(one.project_name)}" if one.item_title else ""


def _letters(one: Told) -> str:
    return " and ".join(letter.word for letter in one.letters)


def _says(words: str, end: str = ".") -> Callable[[Told, People], Parts]:
    """A sentence whose subject is the item, or the project."""
    return lambda one, people: (_item(one), _of(one), f" {words}{end}")


def _does(words: str) -> Callable[[Told, People], Parts]:
    """A sentence whose subject is whoever did it, and whose end is the item."""
    return lambda one, people: (f"{_by(one, people)} {words} ", _item(one), _of(one), ".")


def _given(one: Told, people: People) -> Parts:
    return (f"{_by(one, people)} made you {_letters(one)} for ", _item(one), _of(one), ".")


def _taken(one: Told, people: People) -> Parts:
    gone = f"{_by(one, people)} recorded that you are no longer {_letters(one)} for "
    return (gone, _item(one), _of(one), ".")


def _left(one: Told, people: People) -> Parts:
    return (f"{_concerned(one, people)} has left, with letters in ", _item(one), _of(one), ".")


def _returned(one: Told, people: People) -> Parts:
    return (f"{_concerned(one, people)} is back, and had letters in ", _item(one), _of(one), ".")


def _not_told(one: Told, people: People) -> Parts:
    hidden = f"{_concerned(one, people)} could not be told about "
    return (hidden, _item(one), _of(one), ": they may not see the project.")


def _out_of_sight(one: Told, people: People) -> Parts:
    who = f"{_concerned(one, people)} can no longer see "
    return (who, _item(one), ", but holds letters there. They stay until somebody moves them.")


def _out_of_reach(one: Told, people: People) -> Parts:
    who = f"Slack takes no direct message to {_concerned(one, people)}, so nobody asks them in the "
    home = ". They can answer on my Home tab; that, or a word to me, also lets me write to them."
    return (f"{who}standup of ", _item(one), home)


def _silent(one: Told, people: People) -> Parts:
    day = f" by {one.until.isoformat()}" if one.until else ""
    return (f"{_concerned(one, people)} said nothing{day} about ", _item(one), _of(one), ".")


def _asked(one: Told, people: People) -> Parts:
    day = f" by {one.until.isoformat()}" if one.until else ""
    return ("Your input is asked for", day, ": ", _item(one), _of(one), ".")


_BUTTONS: dict[Event, Callable[[Told], tuple[Block, ...]]] = {
    Event.CONSULTATION_ASKED: _consulted,
    Event.DRIFT_SEEN: drift.answers,
    Event.DRIFT_SILENT: drift.mends,
    Event.DRIFT_SHADOW: drift.mends,
    Event.DRIFT_ORPHAN: drift.mends,
    Event.GATE_OPENED: _gate,
    Event.QUESTION: _questioned,
    Event.REVIEW_DUE: _reviewed,
}
"""What somebody can do about it then and there, where the message tells of nothing else."""

_SENTENCES: dict[Event, Callable[[Told, People], Parts]] = {
    Event.STAGE_BLOCKED: _says("is blocked"),
    Event.STAGE_UNBLOCKED: _says("is no longer blocked"),
    Event.BLOCKER_OLD: _says("is still blocked"),
    Event.BLOCKER_STILL: _does("says for the third time that this is still in the way of"),
    Event.BLOCKER_GIVEN: _does("handed on to you what is in the way of"),
    Event.BLOCKER_TAKEN: _does("took off you what is in the way of"),
    Event.STAGE_STARTED_UNOWNED: _says("is under way, and nobody is accountable for it"),
    Event.GATE_OPENED: _says("waits for your approval"),
    Event.GATE_PASSED: _says("is done"),
    Event.GATE_OVERRIDDEN: _says("was passed with something missing"),
    Event.STAGE_REOPENED: _says("is open again"),
    Event.HANDOVER_OFFERED: _does("proposes to hand over"),
    Event.HANDOVER_ACCEPTED: _does("has taken over"),
    Event.HANDOVER_DECLINED: _does("does not take over"),
    Event.HANDOVER_ENDED: _says("stays where it was: its hand-over came to nothing"),
    Event.HANDOVER_SAID: _does("says something about the hand-over of"),
    Event.HANDOVER_WAITING: _says("still waits for an answer to its hand-over"),
    Event.LETTER_GIVEN: _given,
    Event.LETTER_TAKEN: _taken,
    Event.SCOPE_CHANGED: _does("changed the scope of"),
    Event.SCOPE_SIGNED: _does("signed off the scope of"),
    Event.REVIEW_DUE: _says("has not been looked at for a while. Is it all still true", "?"),
    Event.PULL_REVIEW: _says("has a pull request that waits for your review"),
    Event.TEAM_REVIEW: _says("has a pull request that waits for a review"),
    Event.MODEL_PROMOTED: _says("has a model that was promoted"),
    Event.PERSON_LEFT: _left,
    Event.PERSON_RETURNED: _returned,
    Event.DELEGATED: _does("made you act in"),
    Event.DELEGATE_LEFT: _says("has nobody who acts for you any more: who was to do so has left"),
    Event.CONSULTATION_ASKED: _asked,
    Event.CONSULTATION_ANSWERED: _does("gave input on"),
    Event.CONSULTATION_SILENT: _silent,
    Event.GLASS_BROKEN: _does("looks into"),
    Event.CHANNEL_GONE: _says(
        "has a channel that I can no longer post in. Standups and digests rest: invite me there, "
        "or bind another channel with /charter bind"
    ),
    Event.CHANNEL_RESTS: _says(
        "has a channel that was archived. Standups and digests rest until it is back, and nothing "
        "is caught up with then"
    ),
    Event.QUESTION: _does("asks you about"),
    Event.QUESTION_ANSWERED: _does("answers your question about"),
    Event.QUESTION_SILENT: _does("has not answered your question about"),
    Event.QUESTIONS_OPEN: _says("was asked about, and I could not answer: /charter unanswered"),
    Event.QUESTIONS_STRAY: _says("were asked about, and I could not answer: /charter unanswered"),
    Event.QUESTION_CLEARED: _says("is what you asked about, and I can answer by now: ask again"),
    Event.DECISION_KEPT: _does("kept a decision on"),
    Event.DRIFT_SEEN: drift.seen,
    Event.DRIFT_SILENT: drift.silent,
    Event.DRIFT_SHADOW: drift.shadow,
    Event.DRIFT_ORPHAN: _says("is worked on, and nobody is accountable for it"),
    Event.MILESTONE_SLIPPED: _says("has a milestone on a later day"),
    Event.RAID_GIVEN: _does("made you the owner of an entry in the risk list of"),
    Event.RAID_GRAVE: _says("has a risk that is high in likelihood and in impact"),
    Event.RAID_PAST: _says("has an entry in its risk list whose day has gone by"),
    Event.NOT_TOLD: _not_told,
    Event.OUT_OF_SIGHT: _out_of_sight,
    Event.OUT_OF_REACH: _out_of_reach,
    Event.CHANNEL_OPENED: _says(
        "is private, and a private channel of it became public. I post nothing more there, and who "
        "is in there does not see the project by that. What was posted before cannot be called back"
    ),
    Event.CHANNEL_CLOSED: _says(
        "has a channel that became private, and is still for everybody. /charter access private "
        "leaves it to those who are listed and in that channel; what was posted before cannot be "
        "called back"
    ),
}
