"""Where the stages stand, and when they are due."""

from bot.commands.chapter import Command
from bot.commands.items import read_due, read_stage

STAGES: tuple[Command, ...] = (
    Command(
        "stage",
        ("stage ITEM", "stage ITEM STATUS", "stage ITEM STATUS: NOTE"),
        "stage data pipeline blocked: waiting for the export",
        "see where a stage stands, or move it",
        read_stage,
        (
            "STATUS: not started, in progress, at risk, blocked, done, skipped, on hold. "
            "Blocked and skipped need a note that says why.",
            "The note may also follow the word `because`. The project stands before the note: "
            "`stage rollout blocked in Churn Radar: no GPUs`.",
        ),
    ),
    Command(
        "due",
        ("due ITEM DATE", "due ITEM none"),
        "due rollout 1 March in Churn Radar",
        "set or remove the date by which something is due",
        read_due,
        ("DATE: 2026-03-01, 1 March, March 1, 1 Mar 2026, today or tomorrow.",),
    ),
)
