"""Ways to ask that once led astray, each in the small: what is answered, and what is not."""

import pytest

from bot.qa.answer import answer
from bot.qa.replies import Answer
from tests.bot.qa.tables import world


def _asked(name: str, question: str, asker: str, channel: str | None = None) -> Answer:
    return answer(question, world(name).facts(asker, channel))


def _people(name: str, found: Answer) -> set[str]:
    return world(name).keys(found.people)


def test_a_name_that_is_nearly_a_word_of_questions_is_that_name() -> None:
    found = _asked("freight", "who works on port launch in lading?", "zofia")  # not "leading"
    assert (str(found.kind), _people("freight", found)) == ("answer", {"fergus"})
    assert found.stages == (("lading", "launch"),)


def test_a_name_that_is_a_word_of_questions_counts_as_a_name_where_the_word_is_said_too() -> None:
    found = _asked("freight", "when is the port launch of eta due?", "zofia")
    assert found.stages == (("eta", "launch"),)
    assert "2026-10-09" in found.text


def test_two_questions_for_one_letter_are_both_answered() -> None:
    found = _asked("grid", "who owns curation and who owns tagging in blade vision?", "maud")
    assert _people("grid", found) == {"hyejin", "darius"}
    assert set(found.stages) == {("blade", "curation"), ("blade", "tagging")}


@pytest.mark.parametrize(
    "order",
    [
        "mark port launch as done for eta",  # there is a stage called Marking
        "approve PR 330",
        'translate "who owns the AIS feed" into French',
        "let me know when port launch is done on eta",
        "block the port launch of eta",
    ],
)
def test_an_order_is_no_question(order: str) -> None:
    found = _asked("freight", order, "zofia")
    assert (str(found.kind), found.people, found.stages) == ("unknown", (), ())


def test_a_noun_in_the_plural_is_no_order() -> None:
    found = _asked("freight", "runs of crane vision", "zofia")
    assert ("CRN-70" in found.text, "CRN-73" in found.text, "va-41" in found.text) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("is crack recall above the target?", "yes"),  # 0.91 of 0.9, higher is better
        ("is crack recall below the target?", "no"),
        ("is missed gusts above the target?", "yes"),  # 14.5 of 12, lower is better
        ("is missed gusts below the target?", "no"),
        ("is ice recall below the target?", "no"),
        ("is extra margin below the target?", "yes"),
    ],
)
def test_above_and_below_are_meant_as_they_are_said(question: str, verdict: str) -> None:
    assert _asked("grid", question, "elif").verdict == verdict


def test_an_id_that_holds_the_alias_of_a_project_is_an_id() -> None:
    found = _asked("freight", "what CER did blr-9f reach?", "zofia")  # BLR is an alias
    assert "0.041" in found.text
    assert "blr-9c" not in found.text


def test_since_when_something_is_blocked_is_told_from_what_changed() -> None:
    found = _asked("freight", "since when is marking blocked on lading?", "zofia")
    assert "2026-09-08" in found.text
    other = _asked("grid", "when was crew and budget blocked on the bid optimiser", "rashid")
    assert "2027-04-22" in other.text


def test_the_approver_of_a_change_is_named_and_not_who_made_it() -> None:
    found = _asked("freight", "who signed off dropping remote crane control?", "zofia")
    assert _people("freight", found) == {"ingrid"}


def test_blockers_of_no_project_in_particular_are_those_of_all() -> None:
    found = _asked("grid", "any blockers?", "nadia")
    assert "Drone vendor" in found.text
    assert "Finance holds" in found.text
    assert "Cell maker" not in found.text  # a private project
    assert "Cell maker" in _asked("grid", "any blockers?", "kwame").text


def test_runs_and_pull_requests_of_the_asker() -> None:
    runs = _asked("grid", "all runs by Maud", "elif").text
    assert ("bdv-x12" in runs, "bid-07" in runs, "gf-301" in runs) == (True, True, False)
    mine = _asked("grid", "which of my runs failed?", "hyejin").text
    assert ("gf-309" in mine, "ICE-91" in mine) == (True, False)
