"""What is said where somebody cannot be written to directly."""

from handlers.views.kit import Message, mention, message, paragraph, quiet


def unreachable(slack_id: str) -> Message:
    """To one person, where others read along: that something waits, and not what."""
    return message(
        paragraph(
            mention(slack_id),
            ", Slack does not let me write to you directly, and a message of mine waits for you. "
            "Open my Home tab, or write to me once; then I can.",
        ),
        quiet("I say this once."),
    )
