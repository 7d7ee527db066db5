"""What is told of a channel that Charter cannot post in any more."""

from collections.abc import Sequence

from bot.channels import Gone
from handlers.views.kit import Message, bold, message, name, paragraph, quiet

WHAT = {
    Gone.ARCHIVED: "was archived. Unarchive it, or set this in another channel.",
    Gone.DELETED: "was deleted, or I cannot see it any more. Set this in another channel.",
    Gone.REMOVED: "does not have me in it any more. Say /invite @Charter there.",
}
WHAT_OF_TEAM = {
    Gone.ARCHIVED: "was archived. Unarchive it, or begin the standup in another channel.",
    Gone.DELETED: (
        "was deleted, or I cannot see it any more. Begin the standup in another channel."
    ),
    Gone.REMOVED: WHAT[Gone.REMOVED],
}


def gone(channel: str, why: Gone, rests: Sequence[str]) -> Message:
    """To whoever set what `rests`, in a channel to which no project is bound."""
    verb = "rests" if len(rests) == 1 else "rest"
    said = f" {verb}: the channel {WHAT[why]}"
    return message(
        paragraph(f"The {' and the '.join(rests)} of ", bold(f"#{name(channel, 80)}"), said),
        quiet("Nothing is caught up with when I can post there again. I say this once."),
    )


def gone_of_team(team: str, channel: str, why: Gone) -> Message:
    """To whoever set the standup of a user group in a channel."""
    where = bold(f"#{name(channel, 80)}")
    return message(
        paragraph(
            "The standup of ", bold(name(team)), " in ", where, f" rests: it {WHAT_OF_TEAM[why]}"
        ),
        quiet("Nothing is caught up with when I can post there again. I say this once."),
    )
