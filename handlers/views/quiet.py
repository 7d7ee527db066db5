"""When Charter leaves somebody in peace."""

from bot.moments import zone_in_words
from bot.outcome import QuietShown
from handlers.views.acts import Act
from handlers.views.kit import Message, actions, button, code, message, moment, paragraph, quiet


def shown(told: QuietShown) -> Message:
    """Somebody's hours; where they were just set, what they were as well, and the way back."""
    now = told.hours.words
    what = f"Quiet for you: {told.before.words} → {now}." if told.before else f"Quiet: {now}."
    undo = (
        button("Undo", Act.COMMAND_RUN, {"c": f"quiet {told.before.typed}"}, spoken="Undo")
        if told.before
        else None
    )
    return message(
        paragraph(what, " Times are yours: ", f"{zone_in_words(told.hours.zone)}."),
        paragraph("The next message that you did not ask for comes ", moment(told.opens), ".")
        if told.opens
        else paragraph("It is not quiet now."),
        quiet(
            "At most one such message comes a day. What asks something of you does not count, and "
            "a blocker on a row of yours comes at once."
        ),
        paragraph("To change it: ", code("/charter quiet 18:00-8:00 Mon-Thu"), "."),
        actions(undo),
    )
