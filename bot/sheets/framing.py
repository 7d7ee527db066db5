"""What is around the rows of a sheet: widths, tables, what may be chosen, rules, charts, printing.

All of it is openpyxl's own; only the rows are not.
"""

from zoneinfo import ZoneInfo

from openpyxl.formatting.rule import Rule as MadeRule
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from bot.sheets.charting import chart
from bot.sheets.looks import differing
from bot.sheets.model import Book, Rule, Sheet
from bot.sheets.texts import safe_text

LONGEST_MARGIN = 240
"""What a header or footer takes is 255, its own marks included."""
MORE_ROWS = 200
"""Rows below the last one in which a choice is offered, too: for what is added."""


def frame(book: Book, sheet: Sheet, made: Worksheet, workbook: Workbook) -> None:
    """Widths, what stays in view, the filter, what may be chosen, and how it is printed."""
    for at, column in enumerate(sheet.columns, start=1):
        shape = made.column_dimensions[get_column_letter(at)]
        shape.width, shape.hidden = column.width, column.hidden
    made.sheet_view.showGridLines = False
    made.sheet_view.zoomScale = 100
    if sheet.is_empty and not all(one.is_empty for one in book.sheets):
        made.sheet_state = "hidden"
    if sheet.headed:
        made.freeze_panes = f"{get_column_letter(sheet.keys + 1)}{sheet.head_rows + 1}"
        made.print_title_rows = f"1:{sheet.head_rows}"
        if sheet.keys:
            made.print_title_cols = f"A:{get_column_letter(sheet.keys)}"
        _filter(sheet, made)
    for title, first, last in sheet.groups() if sheet.is_grouped else ():
        if title and last > first:
            made.merged_cells.add(f"{get_column_letter(first)}1:{get_column_letter(last)}1")
    _offer(book, sheet, made)
    _name(sheet, made, workbook)
    for priority, rule in enumerate(sheet.rules, start=1):
        _rule(sheet, rule, made, priority)
    for one in sheet.charts:
        made.add_chart(chart(one, made), f"{get_column_letter(one.column)}{one.row}")
    _print(book, sheet, made)


def _filter(sheet: Sheet, made: Worksheet) -> None:
    if not sheet.rows:
        return
    last = sheet.head_rows + len(sheet.rows)
    wide = sum(column.day is None for column in sheet.columns)  # no arrows on weeks
    area = f"A{sheet.head_rows}:{get_column_letter(wide)}{last}"
    if not sheet.as_table:
        made.auto_filter.ref = area
        return
    table = Table(displayName=sheet.as_table, ref=area)
    table.autoFilter = AutoFilter(ref=area)
    table.tableColumns = [
        TableColumn(id=at, name=column.head) for at, column in enumerate(sheet.columns, start=1)
    ]
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    made.add_table(table)


def _offer(book: Book, sheet: Sheet, made: Worksheet) -> None:
    """What may be chosen in a column that has a closed list, where the book has the list."""
    lists = {name for one in book.sheets for name in one.lists}
    if not sheet.headed or not sheet.rows:
        return
    first, last = sheet.head_rows + 1, sheet.head_rows + len(sheet.rows) + MORE_ROWS
    for at, column in enumerate(sheet.columns, start=1):
        if column.choices not in lists:
            continue
        offered = DataValidation(
            type="list",
            formula1=column.choices,
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="warning" if column.free else "stop",
            errorTitle=column.head,
            error="Charter knows nothing of that name yet."
            if column.free
            else "Choose one of the list: Charter knows no other.",
        )
        letter = get_column_letter(at)
        offered.add(f"{letter}{first}:{letter}{last}")
        made.add_data_validation(offered)


def _name(sheet: Sheet, made: Worksheet, workbook: Workbook) -> None:
    for name, span in sheet.lists.items():
        letter = get_column_letter(span.column)
        area = f"{quote_sheetname(made.title)}!${letter}${span.first}:${letter}${span.last}"
        workbook.defined_names[name] = DefinedName(name, attr_text=area)


def _rule(sheet: Sheet, rule: Rule, made: Worksheet, priority: int) -> None:
    if not sheet.rows:
        return
    first, last = sheet.head_rows + 1, sheet.head_rows + len(sheet.rows)
    area = f"{get_column_letter(rule.first)}{first}:{get_column_letter(rule.last)}{last}"
    own = MadeRule(
        type="expression",
        dxf=differing(rule.look),
        formula=[rule.formula],
        stopIfTrue=True,
        priority=priority,
    )
    made.conditional_formatting.add(area, own)


def _print(book: Book, sheet: Sheet, made: Worksheet) -> None:
    made.page_setup.orientation = "landscape"
    made.page_setup.paperSize = 9  # A4
    made.page_setup.fitToWidth = sheet.pages_wide
    made.page_setup.fitToHeight = sheet.pages_tall
    made.page_setup.pageOrder = "overThenDown"  # the halves of a row follow each other
    made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    made.page_margins.left = made.page_margins.right = 0.4
    made.page_margins.top = made.page_margins.bottom = 0.7
    made.page_margins.header = made.page_margins.footer = 0.35
    made.print_options.horizontalCentered = True
    if sheet.printed:
        made.print_area = f"A1:{get_column_letter(sheet.printed)}{max(1, sheet.depth)}"
    local = book.at.astimezone(ZoneInfo(book.zone))
    foot, head = HeaderFooterItem(), HeaderFooterItem()
    code = f"; export {_margin(book.code)}" if book.code else ""
    foot.left.text = f"As of {local:%Y-%m-%d %H:%M} {_margin(book.zone)}{code}"
    foot.center.text = _margin(f"{book.title}: {made.title}")
    foot.right.text = "Page &P of &N"
    foot.left.size = foot.center.size = foot.right.size = 8
    if book.notice:
        head.center.text = _margin(book.notice, LONGEST_MARGIN)
    made.HeaderFooter = HeaderFooter(oddHeader=head, oddFooter=foot)


def _margin(text: str, longest: int = 100) -> str:
    """Text for a header or footer, in which `&` begins a code."""
    flat = " ".join(safe_text(text).split())
    if len(flat) > longest:
        flat = flat[: longest - 1] + "…"
    while len(flat.replace("&", "&&")) > longest:
        flat = flat[:-2] + "…"
    return flat.replace("&", "&&")
