"""A workspace document from what a file holds: every fault at once, each with its path."""

import json
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.document.entries import Document
from bot.document.references import reference_problems
from bot.errors import BadDocument, Problem

LARGEST: Final = 100 * 1024 * 1024
"""Bytes that a document may have."""

_ENCODINGS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


def read(source: str | bytes) -> Document:
    """A document from its text, or from the bytes of its file (UTF-8, with or without a mark).

    Raises `BadDocument` with everything that is wrong: JSON faults with line and column, and
    otherwise all faults of shape and of reference together.
    """
    text = _decoded(source)
    raw, doubled = _parsed(text)
    if not isinstance(raw, dict):
        raise BadDocument((Problem("", f"must be an object, not {_named(raw)}"),))
    problems = list(doubled_keys(raw)) if doubled else []
    document: Document | None = None
    try:
        document = Document.model_validate_json(text)
    except ValidationError as error:
        problems.extend(_problem(detail) for detail in error.errors(include_url=False))
    problems.extend(reference_problems(raw))
    if document is None or problems:
        raise BadDocument(tuple(problems))
    return document


def _decoded(source: str | bytes) -> str:
    size = len(source) if isinstance(source, bytes) else len(source.encode(errors="replace"))
    if size > LARGEST:
        megabytes = LARGEST // 1024 // 1024
        raise BadDocument((Problem("", f"is larger than {megabytes} MB; load it in parts"),))
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    for mark, encoding in _ENCODINGS.items():
        if source.startswith(mark):
            raise BadDocument((Problem("", f"is encoded in {encoding}; save it as UTF-8"),))
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise BadDocument(
            (Problem(f"line {line}", f"is not UTF-8 (byte {error.start + 1}); save it as UTF-8"),)
        ) from None


class _Doubled(dict[str, Any]):
    """An object in which a key stands twice."""

    keys_doubled: tuple[str, ...] = ()


def _parsed(text: str) -> tuple[Any, bool]:
    """The JSON value, and whether any object in it has a key twice."""
    found = False

    def gathered(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal found
        made = dict(pairs)
        if len(made) == len(pairs):
            return made
        found = True
        names = [name for name, _ in pairs]
        doubled = _Doubled(made)
        doubled.keys_doubled = tuple(name for name in made if names.count(name) > 1)
        return doubled

    try:
        return json.loads(text, object_pairs_hook=gathered), found
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadDocument((Problem(where, f"is not JSON: {error.msg}"),)) from None
    except RecursionError:
        raise BadDocument((Problem("", "is nested too deeply"),)) from None
    except ValueError:
        raise BadDocument((Problem("", "holds a number with too many digits"),)) from None


def doubled_keys(value: Any, path: str = "") -> Iterator[Problem]:
    """The keys that stand twice in one object: JSON would silently keep the last of them."""
    if isinstance(value, dict):
        for name in getattr(value, "keys_doubled", ()):
            yield Problem(_joined(path, name), "stands twice")
        for name, inner in value.items():
            yield from doubled_keys(inner, _joined(path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from doubled_keys(inner, f"{path}[{number}]")


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def path_of(location: Sequence[int | str]) -> str:
    """A place in the document as people write it: `projects[2].stages.idea.due`."""
    path = ""
    for step in location:
        if step == "[key]":
            continue
        path = f"{path}[{step}]" if isinstance(step, int) else _joined(path, step)
    return path


def _problem(detail: ErrorDetails) -> Problem:
    return Problem(path_of(detail["loc"]), _message(detail))


_WORDS: Final = {
    "missing": "is missing",
    "json_invalid": "is not JSON: {error}",
    "string_type": "must be a text, not {given}",
    "string_unicode": "must be a text, not {given}",
    "float_type": "must be a number, not {given}",
    "int_type": "must be a whole number, not {given}",
    "int_from_float": "must be a whole number, not {given}",
    "bool_type": "must be true or false, not {given}",
    "list_type": "must be a list, not {given}",
    "model_type": "must be an object, not {given}",
    "dict_type": "must be an object, not {given}",
    "dataclass_type": "must be an object, not {given}",
    "date_type": "must be a day in quotes, not {given}",
    "datetime_type": "must be a moment in quotes, not {given}",
    "literal_error": "must be {expected}, not {given}",
    "enum": "must be {expected}, not {given}",
    "finite_number": "must be a finite number",
    "greater_than_equal": "must be at least {ge}, not {given}",
    "less_than_equal": "must be at most {le}, not {given}",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "must not be empty",
    "value_error": "{error}",
}
"""What pydantic found, in plain words."""


def _message(detail: ErrorDetails) -> str:
    given, name = _named(detail["input"]), str(detail["loc"][-1]) if detail["loc"] else ""
    if detail["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
        return _unknown_key(name)
    if detail["type"] == "string_pattern_mismatch":
        return _mismatch(name, given)
    words = _WORDS.get(detail["type"], "{message}")
    message = detail["msg"][0].lower() + detail["msg"][1:]
    return words.format(given=given, message=message, **detail.get("ctx", {}))


_FORMS: Final = {
    "url": "must be an address that begins with http:// or https://",
    "email": "must be an e-mail address",
    "slack_id": "must be a Slack id as in U0123ABC",
}


def _mismatch(name: str, given: str) -> str:
    return f"{_FORMS.get(name, 'must be a key without blanks and slashes')}, not {given}"


@cache
def _unknown_key(name: str) -> str:
    near = get_close_matches(name, [key for key in _known_keys() if key != name], n=1)
    return f"is an unknown key; did you mean '{near[0]}'?" if near else "is an unknown key"


@cache
def _known_keys() -> list[str]:
    """Every key of the format."""
    schema = Document.model_json_schema()
    parts = [schema, *schema["$defs"].values()]
    return sorted({name for part in parts for name in part.get("properties", {})})


def _named(value: object) -> str:
    """A value as a message names it, cut short."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            return f"'{value[:40]}…'" if len(value) > 40 else f"'{value}'"
        case list():
            return "a list"
        case dict():
            return "an object"
        case _:
            return f"the number {value!s:.40}"
