"""A small vocabulary for saying what a payload must look like, with Slack's own wording of faults.

A check takes a report, a value and the JSON pointer of that value, and adds what is wrong to
the report. Checks are combined into shapes; `blocks.py` and its neighbours hold the shapes.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

Json = dict[str, Any]


class Report:
    """The faults found so far, each with the place where it was found."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def add(self, problem: str, pointer: str) -> None:
        self.errors.append(f"{problem} [json-pointer:{pointer}]")


Check = Callable[[Report, Any, str], None]
Rule = Callable[[Report, Json, str], None]


def string(most: int, least: int = 1) -> Check:
    def check(report: Report, value: Any, at: str) -> None:
        if not isinstance(value, str):
            report.add("must be a string", at)
        elif len(value) < least:
            report.add(f"must be more than {least - 1} characters", at)
        elif len(value) > most:
            report.add(f"must be less than {most + 1} characters", at)

    return check


def boolean(report: Report, value: Any, at: str) -> None:
    if not isinstance(value, bool):
        report.add("must be a boolean", at)


def integer(least: int, most: int) -> Check:
    def check(report: Report, value: Any, at: str) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            report.add("must be an integer", at)
        elif not least <= value <= most:
            report.add(f"must be between {least} and {most}", at)

    return check


def one_of(*allowed: str) -> Check:
    def check(report: Report, value: Any, at: str) -> None:
        if value not in allowed:
            report.add(f"must be one of: {', '.join(allowed)}", at)

    return check


_URL = re.compile(r"(https?://[^\s/]|mailto:[^\s@]+@|slack://[^\s])")


def url(report: Report, value: Any, at: str) -> None:
    before = len(report.errors)
    string(3000)(report, value, at)
    if len(report.errors) == before and not _URL.match(value):
        report.add("must be a valid URL", at)


def day(report: Report, value: Any, at: str) -> None:
    try:
        date.fromisoformat(value if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else "")
    except (TypeError, ValueError):
        report.add("must be a date like 2026-03-01", at)


def moment(report: Report, value: Any, at: str) -> None:
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        report.add("must be a time like 09:30", at)


def number(report: Report, value: Any, at: str) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        report.add("must be a number", at)


def items(check: Check, least: int, most: int) -> Check:
    def check_all(report: Report, value: Any, at: str) -> None:
        if not isinstance(value, list):
            report.add("must be an array", at)
            return
        if len(value) < least:
            report.add(f"no fewer than {least} items allowed", at)
        if len(value) > most:
            report.add(f"no more than {most} items allowed", at)
            return
        for index, item in enumerate(value):
            check(report, item, f"{at}/{index}")

    return check_all


def shape(
    required: Mapping[str, Check], optional: Mapping[str, Check], *rules: Rule, kind: str = ""
) -> Check:
    """An object with these keys and no other; `rules` see the whole once its parts are sound."""

    def check(report: Report, value: Any, at: str) -> None:
        if not isinstance(value, dict):
            report.add("must provide an object", at)
            return
        before = len(report.errors)
        for key in required:
            if key not in value:
                report.add(f"missing required field: {key}", at)
        for key, inner in value.items():
            if key == "type" and kind:
                continue
            part = required.get(key) or optional.get(key)
            if part is None:
                report.add(f"no such property: {key}", at)
            else:
                part(report, inner, f"{at}/{key}")
        if len(report.errors) == before:
            for rule in rules:
                rule(report, value, at)

    return check


def by_type(kinds: Mapping[str, Check]) -> Check:
    """An object whose `type` says which of `kinds` it has to be."""

    def check(report: Report, value: Any, at: str) -> None:
        if not isinstance(value, dict):
            report.add("must provide an object", at)
        elif "type" not in value:
            report.add("missing required field: type", at)
        elif value["type"] not in kinds:
            report.add(f"unsupported type: {value['type']}", f"{at}/type")
        else:
            kinds[value["type"]](report, value, at)

    return check


def text(most: int, *kinds: str) -> Check:
    """A text object; without `kinds` plain_text alone is accepted."""
    shapes = {
        "plain_text": shape({"text": string(most)}, {"emoji": boolean}, kind="plain_text"),
        "mrkdwn": shape({"text": string(most)}, {"verbatim": boolean}, kind="mrkdwn"),
    }
    return by_type({kind: shapes[kind] for kind in kinds or ("plain_text",)})


def any_text(most: int) -> Check:
    return text(most, "plain_text", "mrkdwn")
