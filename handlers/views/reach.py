"""What is said where somebody cannot be written to directly."""

from handlers.views.kit import Message, bold, mention, message, name, paragraph, quiet


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


def not_asked(person: str, team: str) -> Message:
    """To whoever answers for the standup of a team: somebody in it cannot be asked."""
    return message(
        paragraph(
            f"Slack takes no direct message to {name(person)}, so nobody asks them in the standup "
            "of ",
            bold(name(team)),
            ". They can answer on my Home tab; that, or a word to me, also lets me write to them.",
        ),
        quiet("I say this once."),
    )
