"""What has not reached Slack, for admins: by place, since when and why; never what it says."""

from bot.commands import spoken
from bot.orders import RetryMessages
from bot.undelivered import Held, OutboxShown
from handlers.views.acts import Act
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
    message,
    moment,
    name,
    paragraph,
    quiet,
)

MOST_PLACES = 20
MOST_NUMBERS = 10


def shown(shown: OutboxShown) -> Message:
    """What was given up and what waits, and the way to send the former again."""
    return message(
        _retried(shown.retried),
        *_given_up(shown.given_up),
        *_waiting(shown.waiting),
        quiet("What tells of private projects that you do not see is not counted here."),
    )


def _retried(number: int) -> Block:
    if not number:
        return {}
    return paragraph(
        f"{counted(number, 'message is', 'messages are')} sent again from now on, as it may be "
        "told now and in the order in which it was said."
    )


def _given_up(given_up: tuple[Held, ...]) -> list[Block]:
    if not given_up:
        return [paragraph("No message was given up.")]
    again = spoken(RetryMessages())
    number = given_up[0].numbers[0]
    return [
        paragraph(bold("Given up:")),
        bullets([[*_told(one), f" {one.mend}"] for one in given_up], MOST_PLACES),
        *actions(
            button("Send again", Act.COMMAND_RUN, {"c": again}, spoken="Send all of these again")
        ),
        quiet("One alone by its number: ", code(f"/charter outbox retry {number}"), "."),
    ]


def _waiting(waiting: tuple[Held, ...]) -> list[Block]:
    if not waiting:
        return [paragraph("None waits for longer than it should.")]
    return [paragraph(bold("Waiting:")), bullets([_told(one) for one in waiting], MOST_PLACES)]


def _told(held: Held) -> list[str | Piece]:
    numbers = ", ".join(str(number) for number in held.numbers[:MOST_NUMBERS])
    label = "number" if len(held.numbers) == 1 else "numbers"
    more = ", …" if len(held.numbers) > MOST_NUMBERS else ""
    why = f": {name(held.why, 200)}" if held.why else ""
    return [
        f"{counted(len(held.numbers), 'message')} to ",
        bold(name(held.place)),
        f" ({label} {numbers}{more}) since ",
        moment(held.since, "{date_short_pretty} at {time}"),
        f"{why}.",
    ]
