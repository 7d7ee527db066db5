"""What a project is for."""

from bot.commands.chapter import Command
from bot.commands.items import read_scope

SCOPE: tuple[Command, ...] = (
    Command(
        "scope",
        ("scope", "scope FIELD", "scope FIELD: VALUE"),
        "scope goal: 10 % fewer returns",
        "see what a project is for, or set one field of it",
        read_scope,
        (
            "FIELD: problem, goal, why ml, current system, expected saving, deadline, sponsor, "
            "in scope, out of scope (the last two take one thing a line).",
            "For another project: `scope goal in Churn Radar: 10 % fewer returns`.",
        ),
    ),
)
