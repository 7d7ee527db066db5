"""What is thrown: what is right, changed in a few places. Hypothesis looks for the fewest."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

Change = Callable[[bytes], bytes]

TOKENS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3(", b"%00", b"\r\n", b"\t", b'"',
    b"'", b"\\", b"{", b"}", b"[", b"]", b"<", b">", b"&", b"&#0;", b"<!channel>", b"<@U0>", b"```",
    b"=1+1", b"@SUM(A1)", b"-0", b"1e999", b"NaN", b"null", b"true", b"9" * 40, b"A" * 5000,
    b"../../etc/passwd", b"http://127.0.0.1/", b"http://[::1]:80@github.com/", b"\xe2\x80\xae",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"2026-02-30", b"0000-00-00", b"\xf0\x9f\x94\xa5",
)  # fmt: skip

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63, 1e308, "", " ", "\x00", "\ud800", "A" * 4000, "=1+1", [], {},
    [[]], [None], {"": None}, {"id": []}, {"id": {"id": 1}}, "2026-02-30", "-1", "<!channel>",
)  # fmt: skip
"""Values of JSON that are not what one expects where they stand."""


def bytes_changed(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """One of the seeds, changed up to eight times."""
    return st.builds(changed, st.sampled_from(seeds), st.lists(byte_changes(), max_size=8))


def json_changed(seeds: Sequence[Any]) -> st.SearchStrategy[Any]:
    """One of these values of JSON, with up to six of its parts taken out or become odd."""
    odd = st.one_of(st.sampled_from(ODD), st.text(max_size=20), st.integers())
    hits = st.lists(
        st.tuples(st.integers(0, 400), st.sampled_from(("put", "drop")), odd), max_size=6
    )
    return st.builds(_hit, st.sampled_from(seeds), hits)


def zip_changed(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """One of these packed files, one of whose parts was changed and packed again."""
    changes = st.lists(byte_changes(), min_size=1, max_size=6)
    return st.builds(_repacked, st.sampled_from(seeds), st.integers(0, 40), changes)


def byte_changes() -> st.SearchStrategy[Change]:
    """Something put in, left out or doubled somewhere."""
    place, size = st.floats(0, 1, exclude_max=True), st.integers(1, 64)
    return st.one_of(
        st.builds(_inserting, place, st.sampled_from(TOKENS)),
        st.builds(_inserting, place, st.binary(min_size=1, max_size=8)),
        st.builds(_dropping, place, size),
        st.builds(_doubling, place, size),
        st.builds(_putting, place, st.integers(0, 255)),
    )


def _inserting(place: float, new: bytes) -> Change:
    return lambda old: old[: int(place * len(old))] + new + old[int(place * len(old)) :]


def _dropping(place: float, size: int) -> Change:
    return lambda old: old[: int(place * len(old))] + old[int(place * len(old)) + size :]


def _doubling(place: float, size: int) -> Change:
    def change(old: bytes) -> bytes:
        at = int(place * len(old))
        return old[:at] + old[at : at + size] * 2 + old[at + size :]

    return change


def _putting(place: float, value: int) -> Change:
    def change(old: bytes) -> bytes:
        at = int(place * len(old))
        return old[:at] + bytes([value]) + old[at + 1 :]

    return change


def changed(seed: bytes, changes: Sequence[Change]) -> bytes:
    """What becomes of it by these changes."""
    for change in changes:
        seed = change(seed)
    return seed


def _repacked(packed: bytes, which: int, changes: Sequence[Change]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(made, "w") as new:
        names = old.namelist()
        for number, name in enumerate(names):
            part = old.read(name)
            new.writestr(name, changed(part, changes) if number == which % len(names) else part)
    return made.getvalue()


def _hit(seed: Any, hits: Sequence[tuple[int, str, Any]]) -> Any:
    value = json.loads(json.dumps(seed))
    for number, how, odd in hits:
        places = list(_places(value))
        if not places:
            return odd
        holder, key = places[number % len(places)]
        if how == "drop":
            del holder[key]
        else:
            holder[key] = json.loads(json.dumps(odd))  # one of its own, which may be hit too
    return value


def _places(value: Any) -> "list[tuple[Any, Any]]":
    """Each part of a value, as what holds it and its key there."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, dict):
            keys: list[Any] = [*holder]
        elif isinstance(holder, list):
            keys = [*range(len(holder))]
        else:
            continue
        found += [(holder, key) for key in keys]
        waiting += [holder[key] for key in keys]
    return found
