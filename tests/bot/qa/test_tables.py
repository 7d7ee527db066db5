"""The questions about the two other worlds: none is answered wrong, and nearly all are right.

The tables were written before the words of the engine were looked at, one after the other;
docs/questions.md tells what each scored at first contact.
"""

import pytest

from tests.bot.qa.judging import Outcome
from tests.bot.qa.tables import is_negative, kinds, outcome, score, table, wanted

TABLES = (
    "first_contact",
    "second_contact",
    "third_contact",
    "fourth_contact",
    "fifth_contact",
    "sixth_contact",
)
_KINDS = (
    "owner", "accountable", "responsible", "contact", "consulted", "informed", "load", "standing",
    "project_status", "in_status", "blockers", "overdue", "scope", "metric", "pulls", "runs",
    "best_run", "standup", "gaps", "history", "help", "clarify", "unknown",
)  # fmt: skip
_OTHER_LANGUAGES = ("de", "es", "zh")


def test_the_first_table_is_wide_enough() -> None:
    rows = table("first_contact")
    assert len(rows) >= 420
    assert sum(map(is_negative, rows)) / len(rows) >= 0.20
    assert sum(row["lang"] in _OTHER_LANGUAGES for row in rows) >= 40
    assert set(kinds(rows)) == set(_KINDS)
    assert len({(row["text"].casefold(), row["channel"]) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", TABLES)
def test_no_question_of_a_table_is_answered_wrong(name: str) -> None:
    rows = table(name)
    wrong = [row["id"] for row in rows if outcome(row) is Outcome.WRONG]
    assert wrong == []
    assert score(rows)[Outcome.RIGHT] / len(rows) >= 0.97


@pytest.mark.parametrize("name", TABLES)
def test_what_is_no_question_gets_no_answer(name: str) -> None:
    outcomes = {row["id"]: outcome(row) for row in table(name) if is_negative(row)}
    assert [one for one, found in outcomes.items() if found is Outcome.WRONG] == []
    assert len([found for found in outcomes.values() if found is Outcome.RIGHT]) >= 20


def test_the_rules_agree_with_a_few_answers_worked_out_by_hand() -> None:
    rows = {row["text"]: wanted(row)[0] for row in table("first_contact")}
    overdue = rows["what has missed its deadline across all projects"]
    assert sorted(overdue.stages or ()) == [
        "bids/budget", "bids/telemetry", "blade/budget", "blade/telemetry", "gust/curation"
    ]  # fmt: skip
    assert rows["which experiments failed?"].facts == (("gf-309",), ("ICE-91",))
    assert rows["best run for the bid optimiser?"].facts == (("bid-07",),)
    missing = rows["who hasn't posted their standup?"].people
    assert sorted(missing or ()) == ["darius", "oona", "tobias_k"]
    assert rows["is the extra margin good enough already"].verdict == "no"
    owing = rows["who still owes a standup today?"].people
    assert sorted(owing or ()) == ["amara", "ingrid", "jiro"]
