"""Workbooks."""

from datetime import date

from bot.commands.chapter import Command
from bot.commands.orders import Export, Order
from bot.commands.reading import project_of
from bot.commands.words import words
from bot.sheets.forms import Form

_FORMS = {
    "xlsx": Form.XLSX,
    "excel": Form.XLSX,
    "csv": Form.CSV,
    "json": Form.JSON,
    "md": Form.MARKDOWN,
    "markdown": Form.MARKDOWN,
}


def _export(rest: str, today: date) -> Order:
    """`portfolio` is the whole; in quotation marks it is a project of that name."""
    rest, form = _form(rest)
    some = words(rest)
    if len(some) == 1 and not some[0].quoted and some[0].key == "portfolio":
        return Export(whole=True, form=form)
    return Export(project_of(rest), form=form)


def _form(rest: str) -> tuple[str, Form]:
    """What stands before `as csv`, and the form."""
    some = words(rest)
    if len(some) < 2 or some[-2].key != "as" or any(word.quoted for word in some[-2:]):
        return rest, Form.XLSX
    form = _FORMS.get(some[-1].key)
    return (rest[: some[-2].start].rstrip(), form) if form else (rest, Form.XLSX)


SHEETS: tuple[Command, ...] = (
    Command(
        "export",
        ("export", "export portfolio", "export PROJECT", "export PROJECT as csv|json|markdown"),
        "export Churn Radar",
        "get a workbook (xlsx): portfolio, RACI matrix, stages, blockers and changes",
        _export,
        (
            "The file comes in your direct message with Charter and holds only what you can see. "
            "Without a name it is about the project of the channel, or else about all projects.",
            "As JSON or Markdown it holds the same sheets; a CSV holds the list of all letters.",
        ),
        ("download",),
    ),
)
