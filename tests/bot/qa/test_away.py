"""Who is away today, as people say it of themselves, and when they are back."""

from datetime import date

import pytest

from bot.people import Person
from bot.presence import Absence, Half
from bot.qa.answer import answer
from bot.qa.evidence import Known, Said
from bot.qa.facts import Facts, in_memory
from bot.standups import State
from tests.bot.qa.worlds import LADDER, NOW, project, somebody

TODAY = date(2027, 3, 1)  # a Monday
ANA, BEA = somebody(1, "Ana Cruz"), somebody(2, "Bea Lind")
KIM, SAM = somebody(3, "Kim Roe", region="US"), somebody(4, "Sam Okoro")


def world(*, day: date = TODAY, asker: Person = ANA) -> Facts:
    absences = (
        Absence(BEA.id, TODAY, date(2027, 3, 5)),
        Absence(SAM.id, TODAY, TODAY, Half.AFTERNOON),
        Absence(ANA.id, date(2027, 3, 20), date(2027, 3, 25)),
    )
    return in_memory(
        [project(1, "Atlas")],
        [ANA, BEA, KIM, SAM],
        LADDER,
        now=NOW.replace(month=day.month, day=day.day),
        asker=asker,
        absences=absences,
    )


@pytest.mark.parametrize("said", ["who is away today?", "who is out?", "who's on vacation?"])
def test_u3_who_is_away_is_told_with_the_day_on_which_they_are_back(said: str) -> None:
    found = answer(said, world())
    assert found.text == "Away today: Bea Lind (back on 2027-03-08)."
    assert found.people == (BEA.id,)


@pytest.mark.parametrize(
    ("said", "verdict", "words"),
    [
        ("is Bea away today?", "yes", "Bea Lind (back on 2027-03-08) is out of office today."),
        ("is Bea in today?", "no", "Bea Lind (back on 2027-03-08) is out of office today."),
        ("when is Bea back?", None, "Bea Lind (back on 2027-03-08) is out of office today."),
        ("is Sam away today?", None, "Sam Okoro is away in the afternoon today."),
        ("is Ana away today?", "no", "Nothing says that Ana Cruz is away today."),
    ],
)
def test_u3_whether_somebody_is_away(said: str, verdict: str | None, words: str) -> None:
    found = answer(said, world())
    assert found.verdict == verdict
    assert found.text.endswith(words)


def test_u3_a_public_holiday_is_told_as_days_alone() -> None:
    found = answer("is Kim away today?", world(day=date(2027, 7, 5)))
    assert found.text == "Yes. Kim Roe (back on 2027-07-06) is out of office today."


@pytest.mark.parametrize("asked", [True, False])
def test_who_owes_a_standup_is_who_was_asked_for_one(*, asked: bool) -> None:
    """Who is in is known to a document where it told of standups, else to those who were asked."""
    maya = somebody(5, "Maya Lind", in_standups=True)
    said = (
        Said(ANA.id, 1, None, TODAY, State.POSTED, asked=asked),
        Said(KIM.id, 1, None, TODAY, State.ASKED if asked else State.MISSING, asked=asked),
    )
    world = in_memory(
        [project(1, "Atlas")], [ANA, KIM, maya], LADDER, now=NOW, evidence=Known(standups=said)
    )
    found = answer("who has not posted a standup yet?", world)
    assert found.people == ((KIM.id,) if asked else (KIM.id, maya.id))
