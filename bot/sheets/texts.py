"""Text that is safe in a cell: what people typed is shown, and never computed."""

import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

LONGEST_CELL = 32_767
"""What a cell takes, in UTF-16 units."""
CUT = "…(full text in Slack)"
LONGEST_SHEET_NAME = 31
LONGEST_URL = 2_000

# XML cannot carry these at all; of a pair's half no encoding can.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_UNPAIRED = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
# Readers of workbooks take `_x0041_` for an A.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RISKY = re.compile(r"[\s\W_]*[=+\-@|%\t]")
_NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
_RESERVED = {"history"}


def safe_text(text: str) -> str:
    """Without control characters, in lines, and no longer than a cell takes."""
    if not (text.isascii() and text.isprintable()):
        text = _UNPRINTABLE.sub("", _BREAKS.sub("\n", text))
        text = _UNPAIRED.sub("\N{REPLACEMENT CHARACTER}", text)
    return _cut(text, LONGEST_CELL, CUT)


def _cut(text: str, longest: int, mark: str) -> str:
    if len(text) * 2 <= longest or _units(text) <= longest:
        return text
    text = text[: longest - len(mark)]
    while _units(text) > longest - len(mark):
        text = text[: -max(1, (_units(text) - longest + len(mark)) // 2)]
    return text + mark


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might take a text for a formula once somebody edits its cell."""
    return _RISKY.match(text) is not None


def quoted(text: str) -> str:
    """A text for a CSV: what is risky stands behind an apostrophe, as it would be typed."""
    return f"'{text}" if is_risky(text) else text


def unquoted(text: str) -> str:
    """What `quoted` wrote."""
    return text[1:] if text.startswith("'") and is_risky(text[1:]) else text


def as_xml(text: str) -> str:
    """A safe text as it stands between tags."""
    return escape(_ESCAPE.sub("_x005F_", text))


def from_xml(text: str) -> str:
    """What `as_xml` wrote, entities aside."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def web_address(url: str) -> str:
    """A link to the web as a workbook takes it; empty for anything else."""
    plain = quote(url.strip(), safe="%/:=&?~#+!$,;@()*[]", errors="replace")
    try:
        parts = urlsplit(plain)
    except ValueError:
        return ""
    known = parts.scheme in ("http", "https") and parts.hostname and len(plain) <= LONGEST_URL
    return plain if known else ""


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names that a workbook takes, one for each wanted: short, of allowed characters, and no two
    the same whatever their case.
    """
    taken = set(_RESERVED)
    names = []
    for name in wanted:
        base = " ".join(_NO_NAME.sub(" ", safe_text(name)).split()).strip("' ") or "Sheet"
        found, number = _short(base), 2
        while found.casefold() in taken:
            found, number = _short(base, f" ({number})"), number + 1
        taken.add(found.casefold())
        names.append(found)
    return names


def _short(name: str, ending: str = "") -> str:
    kept = _cut(name, LONGEST_SHEET_NAME - len(ending), "…")
    return (kept.rstrip("' ") if not ending else kept) + ending
