"""What Slack accepts as rich text and as the cells of a table."""

from handlers.playground.double.check import (
    Check,
    Json,
    Report,
    boolean,
    by_type,
    integer,
    items,
    number,
    one_of,
    shape,
    string,
    url,
)

_style = shape({}, {"bold": boolean, "italic": boolean, "strike": boolean, "code": boolean})
_mention_style = shape(
    {},
    {
        "bold": boolean,
        "italic": boolean,
        "strike": boolean,
        "highlight": boolean,
        "client_highlight": boolean,
        "unlink": boolean,
    },
)
_text = shape({"text": string(3000)}, {"style": _style}, kind="text")
_link = shape({"url": url}, {"text": string(3000), "unsafe": boolean, "style": _style}, kind="link")
_inline = by_type(
    {
        "text": _text,
        "link": _link,
        "user": shape({"user_id": string(255)}, {"style": _mention_style}, kind="user"),
        "channel": shape({"channel_id": string(255)}, {"style": _mention_style}, kind="channel"),
        "usergroup": shape(
            {"usergroup_id": string(255)}, {"style": _mention_style}, kind="usergroup"
        ),
        "date": shape(
            {"timestamp": integer(0, 2**53), "format": string(3000)},
            {"fallback": string(3000), "timezone": string(255), "url": url, "style": _style},
            kind="date",
        ),
        "emoji": shape(
            {"name": string(255)},
            {"unicode": string(255), "skin_tone": integer(2, 6), "style": _style},
            kind="emoji",
        ),
    }
)
_section = shape({"elements": items(_inline, 1, 1000)}, {}, kind="rich_text_section")
_border = integer(0, 1)
_parts = by_type(
    {
        "rich_text_section": _section,
        "rich_text_list": shape(
            {
                "style": one_of("bullet", "ordered"),
                "elements": items(by_type({"rich_text_section": _section}), 1, 1000),
            },
            {"indent": integer(0, 8), "offset": integer(0, 1000), "border": _border},
            kind="rich_text_list",
        ),
        "rich_text_preformatted": shape(
            {"elements": items(by_type({"text": _text, "link": _link}), 1, 1000)},
            {"border": _border},
            kind="rich_text_preformatted",
        ),
        "rich_text_quote": shape(
            {"elements": items(_inline, 1, 1000)}, {"border": _border}, kind="rich_text_quote"
        ),
    }
)


def rich_text(**more: Check) -> Check:
    return shape({"elements": items(_parts, 1, 1000)}, dict(more), kind="rich_text")


def _rectangle(report: Report, table: Json, at: str, most: int) -> None:
    widths = {len(row) for row in table["rows"]}
    if len(widths) > 1:
        report.add("all rows must have the same number of cells", f"{at}/rows")
    if characters(table["rows"]) > most:
        report.add(f"must be less than {most + 1} characters in all cells", f"{at}/rows")


def _equal_rows(report: Report, table: Json, at: str) -> None:
    _rectangle(report, table, at, 10_000)


def characters(part: object) -> int:
    """The length of all text inside."""
    if isinstance(part, dict):
        own = len(part["text"]) if isinstance(part.get("text"), str) else 0
        return own + sum(characters(value) for value in part.values())
    if isinstance(part, list):
        return sum(characters(value) for value in part)
    return 0


def _setting(report: Report, value: object, at: str) -> None:
    if value is not None:
        shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})(
            report, value, at
        )


_raw = shape({"text": string(3000)}, {}, kind="raw_text")
_raw_number = shape({"value": number, "text": string(3000)}, {}, kind="raw_number")
_cell = by_type({"raw_text": _raw, "rich_text": rich_text()})
_data_cell = by_type({"raw_text": _raw, "raw_number": _raw_number, "rich_text": rich_text()})


def table(**more: Check) -> Check:
    return shape(
        {"rows": items(items(_cell, 1, 20), 1, 100)},
        {"column_settings": items(_setting, 0, 20), **more},
        _equal_rows,
        kind="table",
    )


def _whole_data(report: Report, table: Json, at: str) -> None:
    _rectangle(report, table, at, 20_000)
    for index, cell in enumerate(table["rows"][0]):
        if cell["type"] == "rich_text":
            report.add("unsupported type: rich_text", f"{at}/rows/0/{index}/type")
    if table.get("row_header_column_index", 0) >= len(table["rows"][0]):
        report.add("must be a column of the table", f"{at}/row_header_column_index")


def data_table(**more: Check) -> Check:
    """A table that people can sort, filter and page through: a header and up to 100 rows."""
    return shape(
        {"caption": string(3000), "rows": items(items(_data_cell, 1, 20), 2, 101)},
        {"page_size": integer(1, 100), "row_header_column_index": integer(0, 19), **more},
        _whole_data,
        kind="data_table",
    )
