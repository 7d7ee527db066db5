"""What is promised for when."""

from bot.commands.chapter import Command
from bot.commands.milestones import read_milestone, read_milestones

MILESTONES: tuple[Command, ...] = (
    Command(
        "milestone",
        (
            "milestone NAME DATE",
            "milestone NAME DATE for ITEM",
            "milestone NAME moved to DATE because REASON",
            "milestone NAME met",
            "milestone NAME remove",
            "milestone NAME",
        ),
        'milestone "Pilot live" moved to 15 May because the contract is late',
        "promise a day, move it with a reason, say that it was met; or see its slip ledger",
        read_milestone,
        (
            "The first day is the baseline and never changes: every later one is held against it. "
            "`milestone NAME` shows each day that was told, by whom and why.",
            "A day lasts until its end where the project is. `milestone NAME back` plans one again "
            "that was removed, with its first day.",
        ),
    ),
    Command(
        "milestones",
        ("milestones", "milestones in PROJECT"),
        "milestones in Churn Radar",
        "see the milestones of a project, how far each has slipped, and how often",
        read_milestones,
    ),
)
