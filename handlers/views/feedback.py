"""Whether an answer was right; the questions that are open; and what became of them."""

from collections.abc import Sequence

from bot.feedback import AnsweredNow, OpenQuestion, OpenShown, Section
from bot.outcome import Done
from bot.project import Letter, Project
from handlers.views import answers, changes
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    actions,
    bold,
    button,
    counted,
    message,
    name,
    paragraph,
    quiet,
)

MOST = 8
"""Questions of one message, each with its row of buttons."""
MOST_ANSWERS = 5
LONGEST = 200


def thanked() -> Message:
    return message(paragraph("Noted: that was right."))


def noted() -> Message:
    """For the one who said that an answer was not right."""
    return message(
        paragraph("Noted: that was not right. Once it is answered otherwise, I tell you."),
        quiet("Whoever can put it right reads the question, without your name."),
    )


def unkept() -> Message:
    """For the same one, where it cannot be kept."""
    return message(
        paragraph(
            "I could not keep that: the question is too long, or many of yours are open already. "
            "Tell whoever leads the project."
        )
    )


# What is open


def listed(shown: OpenShown) -> Message:
    """The open questions of a project, or of all that somebody answers for."""
    sections = [one for one in shown.sections if one.questions]
    if not sections:
        return message(paragraph("No question is open: what was asked was answered."))
    blocks: list[Block] = []
    room = MOST
    for one in sections:
        if room <= 0:
            blocks.append(quiet(f"And more {_of(one)}."))
            continue
        blocks += _section(one, room)
        room -= len(one.questions)
    return message(*blocks)


def _section(section: Section, room: int) -> list[Block]:
    blocks = [paragraph("I could not answer this ", bold(_of(section)), ", or not rightly:")]
    for one in section.questions[:room]:
        blocks += _question(one, section.project)
    rest = section.rest + max(0, len(section.questions) - room)
    blocks.append(quiet(f"And {rest} more, asked less often." if rest else ""))
    return blocks


def _of(section: Section) -> str:
    return f"about {name(section.project.name)}" if section.project else "about no project"


def _question(one: OpenQuestion, project: Project | None) -> list[Block]:
    texts = [f"“{name(text, LONGEST)}”" for text in one.texts]
    return [
        paragraph(bold(texts[0]), *(f" {text}" for text in texts[1:])),
        quiet(_counts(one), *(f"Expected: “{name(text, LONGEST)}”" for text in one.expected)),
        *actions(*_buttons(one, project)),
    ]


def _counts(one: OpenQuestion) -> str:
    often = f"Asked {counted(one.times, 'time')} by {counted(one.people, 'person', 'people')}."
    wrong = f" {counted(one.wrong, 'of them says', 'of them say')} the answer is not right."
    near = f" Near: {name(one.near.title)}." if one.near else ""
    return f"{often}{wrong if one.wrong else ''}{near}"


def _buttons(one: OpenQuestion, project: Project | None) -> list[Block | None]:
    about = name(one.texts[0], 40)
    values = {"n": one.id}
    assign = None
    if project is not None:
        where = {"p": project.key, "i": one.near.key if one.near else None, "l": Letter.A.value}
        assign = button("Assign", Act.ASSIGN_OPEN, where, spoken=f"Assign for {about}")
    return [
        button("Add as alias", Act.OPEN_ALIAS, values, spoken=f"Add as alias: {about}"),
        button("Add as item", Act.OPEN_ITEM, values, spoken=f"Add as item: {about}"),
        assign,
        button("Not ours", Act.OPEN_DISMISS, values, spoken=f"Not ours: {about}"),
    ]


def dismissed(number: int) -> Message:
    return message(
        paragraph("Off the list. Asked again, the question begins anew."),
        actions(button("Undo", Act.OPEN_AGAIN, {"n": number})),
    )


def back() -> Message:
    return message(paragraph("Taken back: the question is on the list again."))


# What became of them


def fixed(done: Done, by: str, now: AnsweredNow | None) -> Message:
    """What was done about a question, and what it is answered by that."""
    told = changes.done(done, by)
    if now is None:
        return told
    asked = f"“{name(now.question, LONGEST)}”"
    is_answered = now.answer.tells
    more = [
        paragraph(
            f"{asked} is answered now:" if is_answered else f"{asked} still finds no answer:"
        ),
        *answers.in_place(now.answer),
        quiet("Who asked is told in ten minutes, unless it is undone." if is_answered else ""),
    ]
    pressed = [one for one in told.blocks if one["type"] == "actions"]
    rest = [one for one in told.blocks if one["type"] != "actions"]
    return message(*rest, *more, *pressed)


def answered_now(told: Sequence[AnsweredNow]) -> Message:
    """What somebody asked and is answered by now: once, each as they may see it."""
    blocks: list[Block] = []
    for one in told[:MOST_ANSWERS]:
        asked = f"“{name(one.question, LONGEST)}”"
        lead = (
            f"You said that the answer to {asked} was not right. By now it is:"
            if one.was_wrong
            else f"You asked {asked}. Now I can answer it:"
        )
        blocks += [paragraph(lead), *answers.in_place(one.answer)]
    for one in told[MOST_ANSWERS:]:
        blocks.append(quiet(f"Ask again: “{name(one.question, LONGEST)}”"))
    return message(*blocks)
