"""What shows how it goes: pull requests, runs and other pages."""

from bot.commands.chapter import Command
from bot.commands.links import read_link

EVIDENCE: tuple[Command, ...] = (
    Command(
        "link",
        ("link URL", "link URL to ITEM", "link URL to ITEM in PROJECT"),
        "link https://github.com/acme/churn/pull/7 to data pipeline",
        "link a pull request, an experiment run or any page to a stage or project",
        read_link,
        (
            "Of a pull request or run it posts a card that is kept up to date: in this channel if "
            "everybody here may know of the project, else in your direct messages. Pasting the "
            "address in the project's channel does the same, in the thread.",
            "Any other address is kept among the project's links, and never called.",
        ),
    ),
)
