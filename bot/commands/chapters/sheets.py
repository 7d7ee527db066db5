"""Workbooks."""

from datetime import date

from bot.commands.chapter import Command
from bot.commands.orders import Export, Order
from bot.commands.reading import project_of
from bot.commands.words import words


def _export(rest: str, today: date) -> Order:
    """`portfolio` is the whole; in quotation marks it is a project of that name."""
    some = words(rest)
    if len(some) == 1 and not some[0].quoted and some[0].key == "portfolio":
        return Export(whole=True)
    return Export(project_of(rest))


SHEETS: tuple[Command, ...] = (
    Command(
        "export",
        ("export", "export portfolio", "export PROJECT"),
        "export Churn Radar",
        "get a workbook (xlsx): portfolio, RACI matrix, stages, blockers and changes",
        _export,
        (
            "The file comes in your direct message with Charter and holds only what you can see. "
            "Without a name it is about the project of the channel, or else about all projects.",
        ),
        ("download",),
    ),
)
