"""Workbooks."""

from bot.commands.chapter import Command
from bot.commands.exports import read_export

SHEETS: tuple[Command, ...] = (
    Command(
        "export",
        (
            "export",
            "export portfolio",
            "export PROJECT",
            "export PROJECT as csv|json|markdown",
            "export [PROJECT] here",
            "export portfolio every DAY at TIME [to #CHANNEL|me] [as csv|json|markdown]",
            "export when",
            "export set",
            "export off [PROJECT] [to #CHANNEL|me]",
        ),
        "export Churn Radar",
        "get a workbook (xlsx): portfolio, RACI matrix, stages, blockers and changes",
        read_export,
        (
            "The file comes in your direct message with Charter and holds only what you can see. "
            "Without a name it is about the project of the channel, or else about all projects.",
            "As JSON or Markdown it holds the same sheets; a CSV holds the list of all letters.",
            "`export here` shares it in the channel or the thread, with what all who read it may "
            "see.",
            "`export portfolio every Monday at 8:00 to #leads` lets one come by itself, as often "
            "as a digest can (`daily`, `weekly Monday`, `biweekly`, `monthly last working day`), "
            "with what changed since the last one. Without `to` it comes to the channel where you "
            "say so, in a direct message (or `to me`) to you alone. Where nothing has changed "
            "nothing comes; `with heartbeat` lets it say so in one line.",
            "`export when` lists those that come by themselves, with buttons that change and stop "
            "them; `export set` opens a form.",
        ),
        ("download",),
    ),
)
