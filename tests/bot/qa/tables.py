"""The question tables about the two other worlds, each line beside what the rules make of it."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from bot.qa.answer import answer
from bot.qa.replies import Answer
from tests.bot.qa.judging import Outcome, judge
from tests.bot.qa.reference import Expected, Reference
from tests.bot.qa.support import World, read
from tests.bot.qa.worlds import DATA

Row = dict[str, Any]


@cache
def world(name: str) -> World:
    return World.of(read(DATA / f"{name}.json"))


@cache
def reference(name: str) -> Reference:
    return Reference(read(DATA / f"{name}.json"))


def table(name: str) -> list[Row]:
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def asked(row: Row) -> Answer:
    return answer(row["text"], world(row["world"]).facts(row["asker"], row["channel"]))


def wanted(row: Row) -> list[Expected]:
    """What may be expected: one thing, or several where a question can fairly be read as each."""
    rules = reference(row["world"])
    return [rules.expected(want, row["asker"]) for want in row["expect"]]


def outcome(row: Row) -> Outcome:
    return judge(asked(row), wanted(row), world(row["world"]))


def is_negative(row: Row) -> bool:
    return all(want["kind"] == "unknown" for want in row["expect"])


def score(rows: Sequence[Row]) -> Counter[Outcome]:
    return Counter(outcome(row) for row in rows)


def kinds(rows: Iterable[Row]) -> Counter[str]:
    """How many questions there are of each kind that rules tell apart."""
    return Counter(want.get("intent") or want["kind"] for row in rows for want in row["expect"][:1])
