"""The body of an answer, unpacked bit by bit: a small one may be huge once it is unpacked."""

import zlib
from collections.abc import Iterable, Iterator

from bot.sources.base import Trouble, Why
from bot.sources.replies import Failed

PIECE = 256 * 1024
"""Of what comes packed no more is unpacked at a time: it may be a thousand times as large."""
PACKED = Trouble(Why.GARBAGE, detail="Its answer is packed in a way that cannot be unpacked.")


def pieces(packing: str, raw: Iterable[bytes]) -> Iterator[bytes]:
    """A body that comes `raw`, by what its Content-Encoding says. Raises `Failed` where that is not
    known, or does not hold.
    """
    packing = packing.strip().lower()
    if packing == "identity":
        yield from raw
        return
    if packing != "gzip":
        raise Failed(PACKED)
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for packed in raw:
        rest = packed
        while rest:
            try:
                piece = unpacking.decompress(rest, PIECE)
            except zlib.error:
                raise Failed(PACKED) from None
            yield piece
            rest = unpacking.unconsumed_tail
