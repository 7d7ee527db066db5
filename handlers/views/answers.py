"""The answer to a question: who it is first, then what else is known, then what can be done."""

import re

from bot.commands import as_slack_sends, spoken
from bot.moments import MARK
from bot.qa.replies import (
    Answer,
    AnswerKind,
    Asked,
    ForAll,
    Option,
    Point,
    Told,
)
from bot.qa.requests import Request
from bot.qa.several import MORE
from bot.qa.wording import CAN_ASK
from handlers.views import guides, seats, subjects
from handlers.views.acts import LONGEST_VALUE, Act, Values, pack
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    link,
    message,
    moment,
    name,
    paragraph,
    quiet,
)
from handlers.views.rating import rating

MOST_OPTIONS = 8
MOST_POINTS = 8
"""What can be taken in at a glance; the rest is counted."""
SPARE = 100
"""Of a button's value, for what is said besides the question."""
_WHO = re.compile(
    r"(?P<who>.{1,500}?)(?P<rest> (?:(?:is|are|was last|were last) (?:accountable for"
    r"|responsible for|consulted on|informed about)|leads) .*)",
    re.DOTALL,
)
_LETTERS = "(?:Accountable|Responsible|Consulted|Informed): "
_SINCE = re.compile(
    rf", since (?P<when>before the record began|(?:{MARK}|\d{{4}}-\d\d-\d\d), "
    r"(?:set|back-dated) by [^.,;()]+)"
    rf"(?=\.(?:$| {_LETTERS}))",
    re.ASCII,
)
_OTHERS = re.compile(rf"(?<=\.) (?={_LETTERS})")


def answered(
    answer: Answer, *, private: bool, asked: Asked | None = None, shareable: bool = False
) -> Message:
    """An answer. What nobody else reads (`private`) also offers to move the stage asked about; and,
    where there are others who could read it, to share it. By what was `asked` it can be told
    whether it was right.
    """
    share = _share("Share", asked) if asked and shareable and answer.tells else None
    return message(
        *_told(answer), actions(*_buttons(answer, private), share), _rated(answer, asked)
    )


def _rated(answer: Answer, asked: Asked | None) -> Block:
    """The control by which whoever reads an answer says whether it was right."""
    values = carried(asked) if asked and says_facts(answer) else None
    if values is None:
        return {}
    right, wrong = {**values, "g": True}, {**values, "g": False}
    return rating("Was this right?", Act.ANSWER_RATE, right, wrong)


def _told(answer: Answer) -> list[Block]:
    """What is said; of several questions, each above its answer."""
    if answer.parts:
        each = [[quiet(part.question), *_told(part.answer)] for part in answer.parts]
        return [*(block for blocks in each for block in blocks), quiet(*_beyond(answer))]
    if answer.guide is not None:
        return guides.told(answer.guide)
    if answer.told is not None:
        return _in_parts(answer, answer.told)
    text, quiet_lines = _split(answer)
    first, *others = _OTHERS.split(text)
    return [
        paragraph(*_headline(first, answer), *_given_in(first, answer)),
        *(paragraph(more) for more in others),
        quiet(*quiet_lines),
        _more_options(answer),
    ]


def _in_parts(answer: Answer, told: Told) -> list[Block]:
    """The fact, what it lists, and quietly the reason; one thing alone is no list."""
    verdict = bold(f"{answer.verdict.capitalize()}. ") if answer.verdict else ""
    fact = f"{told.fact}:" if told.points and told.fact[-1:].isalnum() else told.fact
    rows = [_row(one) for one in told.points[:MOST_POINTS]]
    if rest := sum(one.things for one in told.points[MOST_POINTS:]) + told.rest:
        rows.append([f"and {rest} more{told.where}"])
    alone = rows.pop() if not fact and len(rows) == 1 else []
    at = answer.said.rfind(" Understood as ") if answer.understood else -1
    return [
        paragraph(verdict, *_fact(fact), *alone) if verdict or fact or alone else {},
        bullets(rows) if rows else {},
        quiet(told.more, "Last seen" if told.seen else "", moment(told.seen) if told.seen else ""),
        quiet(answer.said[at:].strip() if at >= 0 else ""),
    ]


def _fact(fact: str) -> list[str | Piece]:
    """The fact in bold, up to what it is explained with."""
    head, colon, rest = fact.partition(": ")
    return [bold(f"{head}{colon}"), rest] if fact else []


def _row(point: Point) -> list[str | Piece]:
    """A line of a list; what can be read elsewhere ends with a link to it."""
    to = link("Open", point.url) if point.url else ""
    return [point.text, " " if to else "", to]


def shared(answer: Answer, by: str) -> Message:
    """What a channel reads of an answer that somebody shared."""
    return message(
        *_told(answer), quiet(f"Shared by {name(by)}."), actions(*_buttons(answer, private=False))
    )


def was_shared(answer: Answer) -> Message:
    """The answer in the place of the one that was shared, which cannot be shared once more."""
    told = quiet("You shared this with the channel.")
    return message(*_told(answer), told, actions(*_buttons(answer, private=True)))


def says_less(found: ForAll, asked: Asked) -> Message:
    """The answer, of which only a part is for everybody in the channel."""
    return message(
        *_told(found.own),
        paragraph(
            bold("Not posted yet: "), "not everybody here may know all of this. They would read:"
        ),
        *_told(found.open),
        actions(*_buttons(found.own, private=True), _share("Share that", asked, in_short=True)),
    )


def says_facts(answer: Answer) -> bool:
    """Whether it tells something of the record, that nobody is there included; help does not."""
    about = (answer.people, answer.subjects, answer.stages, answer.held, answer.scopes)
    return answer.tells and (any(about) or bool(answer.parts) or answer.told is not None)


def in_form(answer: Answer, asked: Asked) -> list[Block]:
    """The same in a form: what is asked back is chosen there, and shared where one chooses."""
    values = carried(asked)
    share = (
        button("Share …", Act.FORM_SHARE, values, spoken="Choose where to post this answer")
        if values and answer.tells
        else None
    )
    wrong = (
        button("Not right", Act.FORM_RATE, values, spoken="Say that this answer is not right")
        if values and says_facts(answer)
        else None
    )
    choices = _choices(answer, Act.FORM_ASK)
    return [one for one in _told(answer) if one] + actions(*choices, share, wrong)


def in_place(answer: Answer) -> list[Block]:
    """What an answer says, with nothing to press."""
    return [one for one in _told(answer) if one]


def carried(asked: Asked) -> Values | None:
    """A question as a button carries it; None where it is too long for that."""
    chosen = asked.choice
    values: Values = {
        "q": asked.question,
        "p": chosen.project,
        "i": chosen.item,
        "w": chosen.person,
    }
    try:
        pack(values, LONGEST_VALUE - SPARE)
    except ValueError:
        return None
    return values


def _share(label: str, asked: Asked, *, in_short: bool = False) -> Block | None:
    values = carried(asked)
    if values is None:
        return None
    values["e"] = in_short or None
    return button(label, Act.ANSWER_SHARE, values, spoken="Post this answer in the channel")


def _beyond(answer: Answer) -> list[str]:
    """That there were more questions than are answered."""
    return [MORE] if answer.said.endswith(MORE) else []


def _split(answer: Answer) -> tuple[str, list[str | Piece]]:
    """What is said aloud, and quietly: since when, set by whom and where, how it was understood."""
    text = answer.said.strip()
    lines: list[str | Piece] = []
    if answer.kind is AnswerKind.UNKNOWN:  # a button tells what can be asked
        text = text.replace(f" {CAN_ASK}", "")
    if answer.understood and (at := text.rfind(" Understood as ")) > 0:
        lines.append(text[at:].strip())
        text = text[:at]
    if answer.freshness and text.endswith(f" {answer.freshness}"):
        lines.insert(0, answer.freshness)
        text = text.removesuffix(f" {answer.freshness}")
    found = _SINCE.findall(text)
    if len(answer.subjects) == 1 and len(found) == 1 and text.lower().count("since") == 1:
        text = _SINCE.sub("", text)
        lines = [f"Since {found[0]}.", _where(answer), *lines]
    return text, lines


def _given_in(text: str, answer: Answer) -> list[str | Piece]:
    """The message in which a letter was given, beside since when and by whom it was."""
    where = _where(answer) if re.search(r"\bset by\b", text) else ""
    return [" ", where] if where else []


def _where(answer: Answer) -> str | Piece:
    """A link to the message in which the letter was given that is told of first."""
    if len(answer.subjects) != 1:
        return ""
    told = [seat.held for line in answer.subjects[0].letters for seat in line.seats if seat.held]
    return seats.where(told[0]) if told else ""


def _headline(text: str, answer: Answer) -> list[str | Piece]:
    """Yes or no and who it is in bold, where the text begins with them."""
    if answer.kind not in {AnswerKind.ANSWER, AnswerKind.NO_OWNER} or not (
        answer.people or answer.subjects
    ):
        return [text]
    verdict = f"{answer.verdict.capitalize()}. " if answer.verdict else ""
    said: list[str | Piece] = []
    if verdict and text.startswith(verdict):
        said, text = [bold(verdict)], text[len(verdict) :]
    found = _WHO.fullmatch(text)
    return [*said, bold(found["who"]), found["rest"]] if found else [*said, text]


def _more_options(answer: Answer) -> Block:
    more = len(answer.options) - MOST_OPTIONS
    return quiet(f"and {more} more: name the one you mean in your question.") if more > 0 else {}


def _buttons(answer: Answer, private: bool) -> list[Block | None]:
    if answer.parts:
        return _of_parts(answer, private)
    if answer.guide is not None:
        return [guides.more(answer.guide)]
    choices = _choices(answer, Act.QUESTION_ASK)
    if answer.requests:
        return [_command(one) for one in answer.requests]
    if answer.kind is AnswerKind.UNKNOWN:
        return [*choices, button("What can I ask?", Act.HELP_SHOW)]
    if choices:
        return choices
    if answer.scopes:
        return [subjects.scope(key) for key in answer.scopes[:4]]
    items = [subject for subject in answer.subjects if subject.item]
    steps = subjects.of_one(items[0], private) if len(items) == 1 else subjects.of_each(answer)
    return [subjects.contact(answer.contact) if answer.contact else None, *steps]


def _of_parts(answer: Answer, private: bool) -> list[Block | None]:
    """What could be meant first: it is chosen for all. Else the details of each item told of."""
    choices = _choices(answer, Act.QUESTION_ASK)
    if choices:
        return choices
    every = [one for part in answer.parts for one in part.answer.subjects]
    each = [one for part in answer.parts for one in subjects.of_each(part.answer, every) if one]
    rest = list({(one["action_id"], one["value"]): one for one in each}.values())
    unknown = any(part.answer.kind is AnswerKind.UNKNOWN for part in answer.parts)
    return [*rest, button("What can I ask?", Act.HELP_SHOW) if unknown else None]


def _choices(answer: Answer, act: Act) -> list[Block | None]:
    """What could be meant, to be asked by a press; of several questions, of the first unclear."""
    unclear = next((part.answer for part in answer.parts if part.answer.options), None)
    if unclear:
        return _choices(unclear, act)
    if answer.options:
        return [_option(option, act) for option in answer.options[:MOST_OPTIONS]]
    near = answer.suggestions[:4] if answer.kind is AnswerKind.UNKNOWN else ()
    return [_option(Option(title, f"who owns {title}?"), act) for title in near]


def _command(one: Request) -> Block:
    """The command that was asked for, to be given by a press; rights are looked at then, too."""
    values: Values = {"c": as_slack_sends(spoken(one.order))}
    return button(one.shown, Act.COMMAND_RUN, values, spoken=name(f"Give {one.shown}", 70))


def _option(option: Option, act: Act) -> Block | None:
    """A way to go on; none where the question is too long for a button to carry it."""
    values = carried(Asked(option.question, option.choice))
    return button(option.label, act, values) if values else None
