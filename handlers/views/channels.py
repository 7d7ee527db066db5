"""What is told of a channel that Charter cannot post in any more."""

from bot.channels import Gone
from handlers.views.kit import Message, bold, message, name, paragraph, quiet

WHAT = {
    Gone.ARCHIVED: "was archived. Unarchive it, or set a digest in another channel.",
    Gone.DELETED: "was deleted, or I cannot see it any more. Set a digest in another channel.",
    Gone.REMOVED: "does not have me in it any more. Say /invite @Charter there.",
}


def gone(channel: str, why: Gone) -> Message:
    """To whoever set the digest of a channel to which no project is bound."""
    return message(
        paragraph("The digest of ", bold(f"#{name(channel, 80)}"), f" rests: it {WHAT[why]}"),
        quiet("Nothing is caught up with when I can post there again. I say this once."),
    )
