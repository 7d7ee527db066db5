"""What Charter writes to people by itself: why, and when not."""

from bot.commands.chapter import Command
from bot.commands.notices import read_question, read_quiet, read_why

NOTICES: tuple[Command, ...] = (
    Command(
        "question",
        ("question ITEM: TEXT", "question ITEM in PROJECT: TEXT"),
        "question data pipeline: which table holds the returns?",
        "ask whoever is responsible for a stage or component something",
        read_question,
        (
            "Whoever is responsible gets your question with a button to answer it, and a last day "
            "for it; where nobody is, whoever is accountable. The answer comes to you alone.",
        ),
    ),
    Command(
        "why",
        ("why", "why LINK"),
        "why",
        "why Charter wrote to you: what happened, which letter, which rule",
        read_why,
        (
            "`why` explains the last messages to you. LINK is what Slack copies from a message; "
            "every such message has a “Why?” button too.",
        ),
    ),
    Command(
        "quiet",
        ("quiet", "quiet TIME-TIME", "quiet TIME-TIME DAYS", "quiet off"),
        "quiet 18:00-8:00 Mon-Thu",
        "when Charter writes you nothing that you did not ask for",
        read_quiet,
        (
            "TIME-TIME is when it is quiet, in your own time zone: `18:00-8:00`. DAYS are those on "
            "which you work (`Mon-Thu`, `Mon Wed Fri`, `every day` is `Mon-Sun`); on the others it "
            "is quiet all day. What you leave out stays as it is; `quiet off` means never.",
            "Without any: 18:00 to 8:00 and the weekend. At most one message a day comes that you "
            "did not ask for; a blocker on a row of yours comes at once.",
        ),
    ),
)
