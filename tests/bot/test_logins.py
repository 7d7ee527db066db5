"""Names at sources that nobody is known by, and who may be meant: asked, never guessed."""

from dataclasses import replace

import pytest

from bot.identities import Name
from bot.logins import Candidate, Clue, Unknown, unknown
from bot.people import Person
from bot.sources.base import PullRequest, Run
from tests.support.evidence import PULL, RUN

BEA = Person(1, "bea", "Bea Lind", "Bea", email="b.l@acme.example")
CY = Person(2, "cy", "Cy Moss", "Cy", email="cy-m+git@acme.example")
DAN = Person(3, "dan", "Dan Roe", "Dan", active=False)
EVE = Person(4, "eve", "Eve Lindqvist", "Eve")
TEAM = {one.id: one for one in (BEA, CY, DAN, EVE)}


def by(login: str) -> PullRequest:
    return replace(PULL, author=login, requested=(), opinions={}, merged_by="")


def ran(user: str) -> Run:
    return replace(RUN, user=user)


def who(login: str, *names: Name) -> list[tuple[str, Clue]]:
    [found] = unknown([by(login)], names, TEAM)
    return [(one.person.key, one.clue) for one in found.candidates]


@pytest.mark.parametrize(
    ("login", "candidates"),
    [
        ("bea-lind", [("bea", Clue.NAME)]),
        ("LindBea", [("bea", Clue.NAME)]),
        ("blind42", [("bea", Clue.NAME)]),
        ("beal", [("bea", Clue.NAME)]),
        ("bea_", [("bea", Clue.NAME)]),
        ("b.l", [("bea", Clue.MAIL)]),
        ("cy-m", [("cy", Clue.MAIL)]),
        ("eve", [("eve", Clue.NAME)]),
        ("dan-roe", []),
        ("root", []),
        ("lind", []),
        ("be", []),
    ],
)
def test_g5_who_may_be_meant_by_name_or_address(
    login: str, candidates: list[tuple[str, Clue]]
) -> None:
    assert who(login) == candidates


def test_g5_several_may_be_meant_and_who_has_a_name_there_is_not() -> None:
    other = Person(5, "bea2", "Bea Lund", "Bea")
    [found] = unknown([by("bea")], (), {**TEAM, 5: other})
    assert [one.person.key for one in found.candidates] == ["bea", "bea2"]
    assert who("bea", Name(1, "github", "bea-x")) == []
    assert who("bea", Name(1, "mlflow", "bea-x")) == [("bea", Clue.NAME)]


def test_g5_what_nobody_is_known_by_the_most_frequent_first() -> None:
    pull = replace(
        PULL,
        author="helper[bot]",
        requested=("cy-m", "acme/labellers"),
        opinions={"Bea-X": "approved"},
        merged_by="bea-x",
    )
    made = replace(by("renovate"), is_bot=True)
    seen: list[PullRequest | Run] = [pull, by("bea-x"), made, ran("root@gpu3"), ran("")]
    assert unknown(seen, [Name(2, "github", "CY-M")], TEAM) == (
        Unknown("github", "bea-x", 2, ()),
        Unknown("mlflow", "root@gpu3", 1, ()),
    )


def test_g5_an_address_at_a_tracker_is_somebodys() -> None:
    [found] = unknown([ran("B.L@acme.example")], (), TEAM)
    assert found.candidates == (Candidate(BEA, Clue.MAIL),)


def test_edge_62_a_machines_user_is_nobody_whatever_a_document_says() -> None:
    assert unknown([ran("Root")], [Name(1, "mlflow", "root")], TEAM) == (
        Unknown("mlflow", "Root", 1, ()),
    )
    assert unknown([ran("root@gpu3")], [Name(1, "mlflow", "root@gpu3")], TEAM) == ()
