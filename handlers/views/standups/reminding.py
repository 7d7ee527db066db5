"""The one reminder of a day, and what somebody says of reminders."""

from bot.changes import RemindersSet
from bot.rounds import DayAsked
from handlers.views.acts import Act, Values
from handlers.views.kit import (
    Message,
    actions,
    bold,
    button,
    code,
    listed,
    message,
    name,
    paragraph,
    quiet,
)


def reminded(waiting: DayAsked) -> Message:
    """In the thread of the day's message: what is open still; nothing, once it is answered."""
    if not waiting.asked:
        return message(paragraph("Nothing is open any more, thanks."))
    names = listed([name(one.project.name) for one in waiting.asked])
    first = waiting.asked[0].entry
    values: Values = {"e": first.id} if len(waiting.asked) == 1 else {"d": waiting.day.isoformat()}
    return message(
        paragraph("Still open: ", bold(names), "."),
        actions(button("Answer", Act.STANDUP_ANSWER, values, spoken="Answer what is open")),
        quiet(
            "I remind you once a day. To end that: ", code("/charter standup reminders off"), "."
        ),
    )


def reminding(change: RemindersSet) -> Message:
    """What somebody said of reminders, with the way back."""
    back = f"standup reminders {'on' if change.before else 'off'}"
    return message(
        paragraph(
            "You are reminded once a day of standups that you have not answered."
            if change.after
            else "No standup reminds you any more."
        ),
        actions(button("Undo", Act.COMMAND_RUN, {"c": back}, spoken="Undo")),
    )
