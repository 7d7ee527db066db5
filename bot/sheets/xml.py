"""XML read as it comes, a piece at a time: nothing is kept of it but what is asked for.

No document type is taken, and so no entity: with them a few bytes unfold to anything.
"""

from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

from bot.sheets.model import BadWorkbook

PIECE = 65_536
LONGEST_TOKEN = 2_000_000
"""Bytes of one tag with its attributes: until it ends, all of it has to be kept."""
LONGEST_TEXT = 100_000
"""Characters of one text that are kept; a cell takes a third of that."""
DEEPEST = 40
"""Elements inside each other; those of a workbook are fewer than ten."""

Begun = Callable[[str, Mapping[str, str]], None]
Ended = Callable[[str, str], None]


def walk(source: IO[bytes], begun: Begun, ended: Ended, texts: frozenset[str]) -> None:
    """Tell of each element, by its name without a prefix, that it begins (with its attributes), and
    that it ends, with its own text for those named in `texts`.

    Raises `BadWorkbook` for what is no XML, or would be dangerous.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    heard = _Heard(parser, begun, ended, texts)
    parser.StartElementHandler = heard.begin
    parser.EndElementHandler = heard.end
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_type
    fed = 0
    try:
        while piece := source.read(PIECE):
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > LONGEST_TOKEN:
                raise BadWorkbook("a part of it has no end")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BadWorkbook("a part of it is cut off, or no XML") from error


def _refuse_type(*_told: object) -> None:
    raise BadWorkbook("it declares a document type, which no workbook does")


class _Heard:
    """What the parser tells, passed on."""

    def __init__(
        self, parser: expat.XMLParserType, begun: Begun, ended: Ended, texts: frozenset[str]
    ) -> None:
        self._parser, self._begun, self._ended, self._texts = parser, begun, ended, texts
        self._kept: list[str] = []
        self._depth = self._size = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadWorkbook("its parts are nested too deep")
        plain = name.rpartition(":")[2]
        if plain in self._texts:
            self._kept, self._size = [], 0
            self._parser.CharacterDataHandler = self._text
        self._begun(plain, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        plain = name.rpartition(":")[2]
        if plain not in self._texts:
            return self._ended(plain, "")
        self._parser.CharacterDataHandler = None
        return self._ended(plain, "".join(self._kept))

    def _text(self, piece: str) -> None:
        self._size += len(piece)
        if self._size <= LONGEST_TEXT:
            self._kept.append(piece)
