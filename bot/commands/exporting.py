"""Orders about files: to have one now, and what of those that come by themselves only looks."""

from dataclasses import dataclass

from bot.orders import EndExport, SetExport
from bot.sheets.forms import Form


@dataclass(frozen=True, slots=True)
class Export:
    """A workbook of `project`, of all (`whole`), or of the channel's project, else of all. `here`:
    for all who read the place, with what they all may see.
    """

    project: str | None = None
    whole: bool = False
    form: Form = Form.XLSX
    here: bool = False


@dataclass(frozen=True, slots=True)
class ShowExports:
    """The files that come by themselves: here, and to the one who asks."""


@dataclass(frozen=True, slots=True)
class OpenExport:
    """The form in which one is set: a new one, or that of a number."""

    number: int | None = None


ExportOrder = Export | ShowExports | OpenExport | SetExport | EndExport
"""What can be said of files."""
