"""Charts, drawn by whoever opens the file from the cells that they name."""

from typing import Any

from openpyxl.chart import BarChart, Reference, ScatterChart
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.drawing.text import Font as Latin
from openpyxl.worksheet.worksheet import Worksheet

from bot.sheets.looks import FONT, INK, LINE, painted
from bot.sheets.model import EPOCH, Chart, Drawn, Series, Span
from bot.sheets.texts import safe_text

_DASHES = ("solid", "dash", "sysDot", "lgDash", "dashDot", "sysDash")
"""Lines that are told apart in grey, too."""
_MARKS = ("circle", "square", "triangle", "diamond", "x", "plus")


def chart(wanted: Chart, made: Worksheet) -> Any:
    """A chart of cells of a sheet, as openpyxl has it: no type tells of the parts that it makes."""
    drawn = _lines(wanted, made) if wanted.drawn is Drawn.LINES else _bars(wanted, made)
    drawn.title = safe_text(wanted.title)
    drawn.title.tx.rich.p[0].pPr = _letters(1200, bold=True)
    drawn.title.overlay = False
    drawn.width, drawn.height = wanted.width, wanted.height
    for axis in (drawn.x_axis, drawn.y_axis):
        axis.delete = False
        axis.txPr = RichText(p=[Paragraph(pPr=_letters(900), endParaRPr=CharacterProperties())])
    drawn.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE))
    drawn.y_axis.number_format = wanted.form
    if len(wanted.series) > 1:
        drawn.legend.position = "b"
    else:
        drawn.legend = None
    return drawn


def _letters(size: int, *, bold: bool = False) -> ParagraphProperties:
    shown = CharacterProperties(sz=size, b=bold, solidFill=INK, latin=Latin(typeface=FONT))
    return ParagraphProperties(defRPr=shown)


def _bars(wanted: Chart, made: Worksheet) -> Any:
    drawn: Any = BarChart()
    drawn.type = "col" if wanted.drawn is Drawn.STACKED_COLUMNS else "bar"
    if wanted.drawn is not Drawn.BARS:
        drawn.grouping, drawn.overlap = "stacked", 100
    drawn.gapWidth = 40
    for one in wanted.series:
        series = _series(one, made)
        series.graphicalProperties = GraphicalProperties(
            solidFill=painted(one.look), ln=LineProperties(solidFill="FFFFFF")
        )
        for at, look in enumerate(wanted.looks):
            point = DataPoint(idx=at)
            point.graphicalProperties = GraphicalProperties(solidFill=painted(look))
            series.dPt.append(point)
        if wanted.drawn is Drawn.BARS:
            series.dLbls = DataLabelList(
                showVal=True,
                showSerName=False,
                showCatName=False,
                showLegendKey=False,
                showPercent=False,
            )
        drawn.series.append(series)
    if wanted.labels:
        drawn.set_categories(_cells(wanted.labels, made))
    if drawn.type == "bar":  # else the first row is at the bottom
        drawn.x_axis.scaling.orientation = "maxMin"
        drawn.y_axis.crosses = "max"
    drawn.y_axis.scaling.min = 0
    return drawn


def _lines(wanted: Chart, made: Worksheet) -> Any:
    drawn: Any = ScatterChart()
    drawn.style = 13
    drawn.scatterStyle = "lineMarker"
    for at, one in enumerate(wanted.series):
        series = _series(one, made)
        line: Any = LineProperties(solidFill=painted(one.look), w=22_000)
        line.prstDash = _DASHES[at % len(_DASHES)]
        series.graphicalProperties = GraphicalProperties(ln=line)
        series.marker = Marker(size=5)
        series.marker.symbol = _MARKS[at % len(_MARKS)]
        series.marker.graphicalProperties = GraphicalProperties(solidFill=painted(one.look))
        series.smooth = False
        drawn.series.append(series)
    drawn.x_axis.number_format = "yyyy\\-mm\\-dd"
    drawn.x_axis.majorGridlines = None
    if wanted.along:  # else as many days are named as there is no room for
        drawn.x_axis.scaling.min = (wanted.along.first - EPOCH).days
        drawn.x_axis.scaling.max = (wanted.along.last - EPOCH).days
        drawn.x_axis.majorUnit = wanted.along.every
    return drawn


def _series(one: Series, made: Worksheet) -> Any:
    days = _cells(one.days, made) if one.days else None
    series: Any = SeriesFactory(_cells(one.values, made), xvalues=days)
    series.tx = SeriesLabel(v=safe_text(one.title))
    return series


def _cells(span: Span, made: Worksheet) -> Reference:
    return Reference(
        made,
        min_col=span.column,
        max_col=span.column,
        min_row=span.first,
        max_row=span.last,
    )
