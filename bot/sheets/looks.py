"""The looks of cells in openpyxl's terms. Meaning never hangs on colour alone, so that a print in
grey says the same: every fill comes with a word, and the fills differ in lightness.
"""

from dataclasses import dataclass

from openpyxl.cell.cell import Cell as Scratch
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook import Workbook

from bot.sheets.model import Look

FONT, SIZE = "Arial", 9
"""A font that every office has, or one as wide: what fits here fits there."""
INK, PALE, NAVY, LINE = "1F2933", "6B7785", "1D3557", "D5DBE3"

_HAIR = Side(style="thin", color=LINE)
_WHITE = Side(style="thin", color="FFFFFF")
_TOP = {"vertical": "top"}


@dataclass(frozen=True, slots=True)
class Dress:
    """What makes up a look; alignment as openpyxl names its parts."""

    colour: str = INK
    size: int = SIZE
    bold: bool = False
    italic: bool = False
    strike: bool = False
    underline: bool = False
    fill: str = ""
    hatched: str = ""
    form: str = "General"
    align: tuple[tuple[str, str | int | bool], ...] = (("vertical", "top"),)
    lined: bool = True


def _align(**parts: str | int | bool) -> tuple[tuple[str, str | int | bool], ...]:
    return tuple({**_TOP, **parts}.items())


_WRAP = _align(wrap_text=True)
_MIDDLE = _align(horizontal="center")
_LEFT = _align(horizontal="left")
_NARROW = _align(horizontal="center", vertical="center", shrink_to_fit=True)

_CHARTED = {Look.GREEN: "8FBF8A", Look.PLAIN: "B9C2CC", Look.BLUE: "3F77A6", Look.STRUCK: "DCE1E7"}

DRESSES: dict[Look, Dress] = {
    Look.TEXT: Dress(align=_WRAP),
    Look.KEY: Dress(bold=True, align=_WRAP),
    Look.QUIET: Dress(colour=PALE, align=_WRAP),
    Look.NOTE: Dress(colour=PALE, italic=True, align=_LEFT, lined=False),
    Look.LINK: Dress(colour="1D5FA8", underline=True, align=_WRAP),
    Look.DAY: Dress(form="yyyy\\-mm\\-dd", align=_LEFT),
    Look.MOMENT: Dress(form="yyyy\\-mm\\-dd\\ hh:mm", align=_LEFT),
    Look.WHOLE: Dress(form="0_)"),
    Look.NUMBER: Dress(form="General_)"),
    Look.SHARE: Dress(form="0%_)"),
    Look.TITLE: Dress(bold=True, size=16, colour=NAVY, align=_LEFT, lined=False),
    Look.SECTION: Dress(bold=True, size=11, colour=NAVY, align=_LEFT, lined=False),
    Look.LABEL: Dress(bold=True, colour=NAVY, align=_WRAP),
    Look.HEAD: Dress(
        bold=True, colour="FFFFFF", fill=NAVY, align=_align(vertical="center", wrap_text=True)
    ),
    Look.GROUP: Dress(
        bold=True,
        fill="DCE5EF",
        colour=NAVY,
        align=_align(vertical="center", horizontal="center", wrap_text=True),
    ),
    Look.UPRIGHT: Dress(
        bold=True,
        colour="FFFFFF",
        fill=NAVY,
        align=_align(vertical="bottom", horizontal="center", text_rotation=90),
    ),
    Look.LETTER: Dress(align=_MIDDLE),
    Look.ACCOUNTABLE: Dress(bold=True, fill="DCE5EF", align=_MIDDLE),
    Look.VACANT: Dress(
        italic=True, hatched="B9C2CC", align=_align(horizontal="center", wrap_text=True)
    ),
    Look.INHERITED: Dress(colour=PALE, italic=True, align=_MIDDLE),
    Look.GAP: Dress(bold=True, fill="FFF1CC", align=_WRAP),
    Look.RED: Dress(bold=True, colour="FFFFFF", fill="A61B1B", align=_LEFT),
    Look.AMBER: Dress(bold=True, fill="F5B83D", align=_LEFT),
    Look.GREEN: Dress(fill="D3EBD0", align=_LEFT),
    Look.BLUE: Dress(fill="E8EFF7", align=_LEFT),
    Look.PLAIN: Dress(align=_LEFT),
    Look.STRUCK: Dress(colour=PALE, strike=True, align=_LEFT),
    Look.TOTAL: Dress(bold=True, fill="F0F3F7", align=_MIDDLE, form="0"),
    Look.WEEK: Dress(size=8, fill="DCE5EF", colour=NAVY, form="dd", align=_NARROW),
    Look.WEEK_NOW: Dress(size=8, bold=True, fill=NAVY, colour="FFFFFF", form="dd", align=_NARROW),
    Look.BAR: Dress(fill="3F77A6"),
    Look.BAR_DONE: Dress(fill="8FBF8A"),
    Look.BAR_SLIP: Dress(fill="F5B83D"),
    Look.BAR_RED: Dress(fill="A61B1B"),
    Look.BAR_LATE: Dress(fill="F3C1BD", hatched="A61B1B"),
    Look.BAR_WHOLE: Dress(fill=NAVY),
    Look.NOW: Dress(fill="EEF1F5"),
}

# The heads must not go with what they name when somebody sorts: they have white lines.
_HEADS = {Look.HEAD, Look.UPRIGHT, Look.WEEK, Look.WEEK_NOW}


def differing(look: Look) -> DifferentialStyle:
    """A look that is put over another one: its fill alone."""
    dress = DRESSES[look]
    # Of what is put over something else a fill's colour is the one behind the pattern.
    behind = dress.fill or "FFFFFF"
    if dress.hatched:
        hatched = PatternFill("lightUp", start_color=dress.hatched, end_color=behind)
        return DifferentialStyle(fill=hatched)
    return DifferentialStyle(fill=PatternFill("solid", start_color=behind, end_color=behind))


def painted(look: Look) -> str:
    """The colour that stands for a look in a chart, as hexadecimal digits."""
    return _CHARTED.get(look) or DRESSES[look].fill or PALE


class Wardrobe:
    """The number of each look in a workbook's style sheet, registered when it is first worn."""

    def __init__(self, workbook: Workbook) -> None:
        # Widths of columns are counted in figures of the font that comes first.
        workbook._fonts = IndexedList([Font(name=FONT, size=10)])  # type: ignore[attr-defined]  # openpyxl has no other word for it
        self._sheet = workbook.worksheets[0]
        self._numbers: dict[tuple[Look, bool], int] = {}

    def number(self, look: Look, *, quoted: bool = False) -> int:
        """`quoted`: with the mark that keeps a spreadsheet from reading the text as a formula."""
        found = self._numbers.get((look, quoted))
        if found is None:
            found = self._numbers[look, quoted] = self._registered(look, quoted)
        return found

    def _registered(self, look: Look, quoted: bool) -> int:
        dress = DRESSES[look]
        cell = Scratch(self._sheet, row=1, column=1)
        cell.font = Font(
            name=FONT,
            size=dress.size,
            bold=dress.bold,
            italic=dress.italic,
            strike=dress.strike,
            underline="single" if dress.underline else None,
            color=dress.colour,
        )
        if dress.fill:
            cell.fill = PatternFill("solid", start_color=dress.fill)
        elif dress.hatched:
            cell.fill = PatternFill("lightUp", start_color=dress.hatched)
        if dress.lined:
            side = _WHITE if look in _HEADS else _HAIR
            cell.border = Border(left=side, right=side, top=side, bottom=side)
        cell.alignment = Alignment(**dict(dress.align))  # type: ignore[arg-type]  # names as openpyxl has them
        cell.number_format = dress.form
        if quoted:
            cell.quotePrefix = True
        return int(cell.style_id)
