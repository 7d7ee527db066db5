"""Whom somebody waits for: named exactly, or not at all."""

from dataclasses import replace

import pytest

from bot.people import Person
from bot.standups.waiting import waited_for

BEA = Person(2, "bea", "Bea Lind", "Bea", slack_id="U0BEA")
CY = Person(3, "cy", "Cy Moss", "Cy", slack_id="U0CY")
YOUNG = Person(4, "bea_young", "Bea Young", "Bea")
UMIT = Person(5, "umit", "Ümit Öz", "Ümit")
TEAM = (BEA, CY, UMIT)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("waiting for Bea Lind", (2,)),
        ("waiting for BEA LIND's review, and for @cy", (2, 3)),
        ("<@U0CY> has the key", (3,)),
        ("@U0CY has the key", (3,)),
        ("@Bea Lind, @Bea", (2,)),
        ("Umit Oz (again)", (5,)),
        ("@ümit", (5,)),
        # A first name is a word like others, and an address is nobody's name.
        ("waiting for Bea", ()),
        ("cy moss is fine, lindbea is not", (3,)),
        ("mail to sample@cy.example", ()),
        ("@beatrice", ()),
        ("@ bea", ()),
        ("", ()),
    ],
)
def test_u5_whom_a_blocker_names(text: str, named: tuple[int, ...]) -> None:
    assert waited_for(text, TEAM) == named


def test_u5_a_name_that_two_share_names_nobody() -> None:
    assert waited_for("@bea", (BEA, YOUNG)) == ()
    assert waited_for("@bea young", (BEA, YOUNG)) == (4,)
    assert waited_for("Bea Lind", (BEA, replace(YOUNG, name="Bea Lind"))) == ()
    assert waited_for("<@U0BEA>", (BEA, replace(YOUNG, name="Bea Lind"))) == (2,)
