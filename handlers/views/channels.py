"""What is told of a channel that Charter cannot post in any more, or may not."""

from collections.abc import Sequence

from bot.channels import Gone, Rest
from bot.outcome import Place
from handlers.views.kit import Block, Message, Piece, bold, message, name, paragraph, quiet

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


RESTS = {
    Rest.SHARED: (
        "another organisation reads along there by now. Set it in a channel of your own, or end "
        "the sharing."
    ),
    Rest.HIDDEN: (
        "the project is private by now, and not everybody there may know of it. Set it in a "
        "private channel of the project, or stop it with /charter export off."
    ),
    Rest.GUEST: (
        "a guest stands there who may not see the project. Let them see it with /charter access, "
        "or take them out of the channel, or stop it with /charter export off."
    ),
}
"""Why something rests, and what to do about it."""


def comes(place: Place | None, next_one: str) -> Block:
    """When something comes next to a channel, or (None) to somebody; or why it rests there."""
    if place is not None and place.is_shared:
        return paragraph(f"It rests: {RESTS[Rest.SHARED]}")
    return paragraph("The next one: ", bold(next_one), ".")


def rests(kind: str, title: str, channel: str, why: Rest) -> Message:
    """To whoever set a digest, a brief or a file that rests; `title` is its one project, if any."""
    of: list[str | Piece] = [" of ", bold(name(title))] if title else []
    where = bold(f"#{name(channel, 80)}")
    return message(
        paragraph(f"The {kind}", *of, " in ", where, f" rests: {RESTS[why]}"),
        quiet("Nothing is caught up with when it goes on. I say this once."),
    )
