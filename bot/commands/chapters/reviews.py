"""Whether it is all still true."""

from bot.commands.chapter import Command
from bot.commands.reviews import read_confirm, read_review

REVIEWS: tuple[Command, ...] = (
    Command(
        "confirm",
        ("confirm", "confirm in PROJECT"),
        "confirm in Churn Radar",
        "say that what is written of a project is still true",
        read_confirm,
        ("It is for whoever answers for the project: its lead, or the A of framing.",),
    ),
    Command(
        "review",
        ("review every NUMBER days", "review off", "review default"),
        "review every 30 days",
        "ask whoever is accountable after so many days whether it is all still true",
        read_review,
        ("`default` is what holds for the whole workspace: `/charter settings`.",),
    ),
)
