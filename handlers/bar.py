"""How far something is, at the command line: one line on stderr that is written over, where
somebody looks at a terminal.
"""

import sys
from typing import TextIO

WIDTH = 24
WORDS = {
    "reading": "Reading the record",
    "writing": "Writing sheets",
    "copying": "Copying rows",
    "checking": "Comparing tables",
    "opening": "Reading the file",
    "comparing": "Comparing it with the record",
    "storing": "Writing changes",
}


class Bar:
    """Draws each step that it is told of; nothing where the stream is no terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._is_shown = self._stream.isatty()
        self._drawn = 0

    def __call__(self, doing: str, done: int, of: int) -> None:
        if not self._is_shown:
            return
        words = WORDS.get(doing, doing.capitalize())
        filled = WIDTH * done // of if of else 0
        line = (
            f"{words} [{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{of}" if of else f"{words} …"
        )
        self._stream.write(f"\r{line.ljust(self._drawn)}")
        self._stream.flush()
        self._drawn = len(line)

    def clear(self) -> None:
        """Leave the line as it was before."""
        if self._drawn:
            self._stream.write(f"\r{' ' * self._drawn}\r")
            self._stream.flush()
            self._drawn = 0
