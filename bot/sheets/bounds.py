"""How much of a file is read: what is beyond is refused, whoever sends it."""

from bot.sheets.grid import letters_of
from bot.sheets.model import BadWorkbook

MOST_BYTES = 20_000_000
"""Of the file."""
MOST_UNPACKED = 200_000_000
"""Of what it unpacks to: a small file can be made to unpack to anything."""
MOST_PARTS = 2_000
MOST_SHEETS = 60
MOST_ROWS = 150_000
MOST_COLUMNS = 4_000
"""More than a matrix of thirty large projects has, side by side."""
MOST_CELLS = 1_500_000
"""In which something stands, in all sheets."""
MOST_TEXTS = 600_000
MOST_CHARACTERS = 20_000_000
"""Of the texts that a workbook keeps once for all its cells."""
MOST_MERGED = 20_000
LONGEST_CELL = 32_767


def refuse_wide(row: int, column: int) -> None:
    """Raise `BadWorkbook` where something stands farther right than anything is read."""
    if column > MOST_COLUMNS:
        where = f"{letters_of(column)}{row}"
        raise BadWorkbook(f"something stands in {where}, and {MOST_COLUMNS} columns are read")
