"""What one person is asked on a day, and what they have said by now."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from bot.rounds import Asked, DayAsked
from bot.standups import Plan, State, Timing, city
from handlers.views import lateness
from handlers.views.acts import Act, Values
from handlers.views.kit import (
    LONGEST_TEXT,
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    cut,
    length,
    link,
    listed,
    message,
    name,
    paragraph,
    piece,
    quiet,
)
from handlers.views.standups.days import day_in_words
from handlers.views.standups.lines import tag

PAGE_LENGTH = 6000
"""What one message holds at most, well below what Slack takes."""
MOST_WHOLE = 8
"""So many projects are told with all that was said, and buttons of their own."""
MOST_SHORT = 40


def asked(whole: DayAsked) -> Message:
    """A day's standups in the DM of the one who is asked: as questions, then what they said."""
    if len(whole.asked) == 1:
        [one] = whole.asked
        return message(
            _head(whole),
            lateness.late(one.late),
            *_said(one, PAGE_LENGTH),
            *withheld(one),
            quiet(whereto(one), *_hint(whole)),
            actions(*_answering(one)),
        )
    if len(whole.asked) > MOST_WHOLE:
        rows: list[list[str | Piece]] = [
            [bold(name(one.project.name)), f": {_state(one)}"] for one in whole.asked
        ]
        return message(_head(whole), bullets(rows, MOST_SHORT), _for_all(whole))
    same = _asked_alike(whole)
    questions = [bullets([[question] for question in same])] if same else []
    late = next((one.late for one in whole.asked if one.late), None)
    blocks = [lateness.late(late), *questions]
    for one in whole.asked:
        blocks += _one_of_several(one, len(whole.asked), is_told=not same)
    return message(
        _head(whole), *blocks, quiet(*_hint(whole)) if _hint(whole) else {}, _for_all(whole)
    )


def _hint(whole: DayAsked) -> list[str]:
    """How it is answered without the form."""
    if not any(one.is_open for one in whole.asked):
        return []
    return ["Or answer in this thread: with “done: …”, “next: …”, “blocked: …”, or one by one."]


def joined(new: Sequence[Asked]) -> Message:
    """In the thread of that message: what was added to it."""
    names = listed([name(one.project.name) for one in new])
    return message(paragraph("Also for today: ", bold(names), ". It is in the message above."))


def _head(whole: DayAsked) -> Block:
    names = listed([name(one.project.name) for one in whole.asked], most=4)
    return paragraph(bold("Standup"), f" of {names}, {day_in_words(whole.day)}")


def _asked_alike(whole: DayAsked) -> tuple[str, ...]:
    """The questions, where nothing is answered and all projects ask the same."""
    found = {one.entry.questions for one in whole.asked if one.is_open}
    return found.pop() if len(found) == 1 else ()


def _one_of_several(one: Asked, many: int, *, is_told: bool) -> Iterator[Block]:
    yield paragraph(bold(name(one.project.name)), f": {_place(one)}")
    if is_told or not one.is_open:
        yield from _said(one, PAGE_LENGTH // many)
    yield from withheld(one)
    yield from actions(*_answering(one, of=name(one.project.name, 30)))


def _for_all(whole: DayAsked) -> list[Block]:
    values: Values = {"d": whole.day.isoformat()}
    if all(one.is_ended for one in whole.asked):
        return []
    if not any(one.is_open for one in whole.asked):
        return actions(button("Change all", Act.STANDUP_ANSWER, values))
    return actions(
        button("Answer all", Act.STANDUP_ANSWER, values, style="primary"),
        button("Nothing new in all", Act.STANDUP_NOTHING, values),
        button("Skip all", Act.STANDUP_SKIP, values),
    )


def _state(one: Asked) -> str:
    if one.is_ended:
        return "has ended"
    words = {
        State.POSTED: "answered",
        State.SKIPPED: "skipped",
        State.NOTHING_NEW: "nothing new",
    }
    return words.get(one.entry.state, "not answered yet")


def _said(asked: Asked, room: int) -> Iterator[Block]:
    """All of it where the message bears that, else the beginning of each line."""
    entry = asked.entry
    match entry.state:
        case State.POSTED:
            rows = _lines(asked, room)
            if rows:
                yield bullets(rows)
            item = next((i for i in asked.project.items if i.id == entry.blocked_item), None)
            if item is not None:
                yield paragraph(f"It marked {name(item.title)} as blocked.")
        case State.SKIPPED:
            yield paragraph("You skip it this time.")
        case State.NOTHING_NEW:
            yield paragraph("Nothing new, you said.")
        case _ if asked.is_open:
            yield bullets([[question] for question in entry.questions])


def _lines(asked: Asked, room: int) -> list[list[str | Piece]]:
    """What was said, line by line under its question, each with the stage that it is about."""
    said = [line for line in asked.entry.said if line.text.strip()]
    is_long = sum(length(line.text) for line in said) > room
    longest = max(room // len(said), 20) if is_long else LONGEST_TEXT
    rows: list[list[str | Piece]] = []
    for at, line in enumerate(said):
        is_first = not at or said[at - 1].question != line.question
        question = next(iter(asked.entry.questions[line.question :]), "")
        begun = [piece(f"{question} ", italic=True)] if is_first else []
        text = cut(line.text, longest)
        title = asked.project.title_of(line.item) if line.item is not None else ""
        rows.append([*begun, *tag(title, line), link(text, line.url) if line.url else text])
    return rows


def withheld(asked: Asked) -> list[Block]:
    """To whoever wrote them: which lines are told nowhere, and what to do about it."""
    lines = asked.entry.withheld
    if not lines:
        return []
    about = sorted({asked.others.get(line.project, "another project") for line in lines})
    return [
        paragraph(
            f"Not told, because not everybody who reads {name(asked.project.name)} may know of "
            f"{listed([name(one) for one in about])}:"
        ),
        bullets([[cut(line.text, PAGE_LENGTH // 10 // len(lines))] for line in lines]),
    ]


def _place(asked: Asked) -> str:
    plan = asked.plan
    if plan is None:
        return "this standup has ended"
    when = f"{plan.report_at:%H:%M} in {city(plan.zone)}"
    until = _timing(asked.timing, plan)
    if asked.is_reported:
        return f"{until}the report is in {name(asked.channel)}"
    return f"{until}the report goes to {name(asked.channel)} at {when}"


def _timing(timing: Timing, plan: Plan) -> str:
    if plan.closes_at is None:
        return ""
    match timing:
        case Timing.OPEN:
            return f"you are on time until {plan.closes_at:%H:%M}; "
        case Timing.OVER:
            return f"the time to answer was until {plan.closes_at:%H:%M}, an answer is late now; "
        case Timing.OVERDUE:
            return f"your answer came late, after {plan.closes_at:%H:%M}; "
        case Timing.FREE:
            return ""
        case _:
            assert_never(timing)


def whereto(asked: Asked) -> str:
    place = f"{_place(asked)[0].upper()}{_place(asked)[1:]}."
    if asked.plan is None:
        return f"{place} Nothing more is asked." if asked.is_ended else place
    when = "now" if asked.is_reported else "later"
    return f"{place} What you say {when}, or say otherwise, is put right there."


def _answering(asked: Asked, of: str = "") -> list[Block]:
    """The buttons of one standup; where there are several, each says `of` which it is. One that has
    ended is not answered any more.
    """
    if asked.is_ended:
        return []
    entry = asked.entry
    value: Values = {"e": entry.id}

    def one(label: str, act: Act, spoken: str, style: str | None = None) -> Block:
        return button(label, act, value, spoken=f"{spoken}: {of}" if of else spoken, style=style)

    if entry.state is State.POSTED:
        return [one("Change", Act.STANDUP_ANSWER, "Change your answers")]
    found = [one("Answer", Act.STANDUP_ANSWER, "Answer", None if of else "primary")]
    if entry.state is not State.NOTHING_NEW:
        found.append(one("Nothing new", Act.STANDUP_NOTHING, "Nothing new"))
    if entry.state is not State.SKIPPED:
        found.append(one("Skip", Act.STANDUP_SKIP, "Skip this standup"))
    return found


def open_ones(found: Sequence[Asked]) -> list[Block]:
    """For Home: what one is asked today."""
    if not found:
        return []
    day = found[0].entry.day
    names = listed([name(one.project.name) for one in found])
    told = paragraph(bold(names), f": how does it go, {day_in_words(day)}?")
    values: Values = {"e": found[0].entry.id} if len(found) == 1 else {"d": day.isoformat()}
    spoken = f"Answer the standup of {name(names, 40)}"
    answer = button("Answer", Act.STANDUP_ANSWER, values, style="primary", spoken=spoken)
    return [told, *actions(answer)]
