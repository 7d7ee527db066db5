"""The Responsible get questions: asked by whoever wants to know, answered to them alone."""

from datetime import timedelta

import pytest

from bot.errors import BadInput, NotFound, Refused, Why
from bot.orders import AskResponsible
from bot.routing import Event
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.mailing import MONDAY, delivered, give, staffed, take, until

DAY = timedelta(days=1)
ORDER = AskResponsible("data pipeline", "Which table holds the returns?")


@pytest.fixture
def asked(team: Team) -> tuple[Team, int]:
    """Ana, who leads Atlas, has asked Cy, who is responsible; Bea is accountable."""
    staffed(team)
    made = team.charter.consultations.question(team.actor("ana"), ORDER, HERE)
    return team, made.asked[0].id


def test_r12_a_question_goes_to_the_responsible_at_work(asked: tuple[Team, int]) -> None:
    team, _ = asked
    [one] = delivered(team)
    assert one.to == "cy"
    assert "Ana Sample asks you about Data pipeline of Atlas." in one.text
    assert "Which table holds the returns?" in one.text
    assert "Because you are responsible for Data pipeline." in one.text


def test_the_answer_comes_to_who_asked_and_to_nobody_else(asked: tuple[Team, int]) -> None:
    team, key = asked
    delivered(team)
    team.charter.consultations.answer(team.actor("cy"), key, "warehouse.returns")
    sent = delivered(team)
    assert {one.to for one in sent} == {"ana", "cy"}
    [ana] = [one for one in sent if one.to == "ana"]
    assert "Cy Sample answers your question about Data pipeline" in ana.text
    assert "warehouse.returns" in ana.text
    with pytest.raises(NotFound):
        team.charter.consultations.answer(team.actor("bea"), key, "I know better")


def test_silence_is_told_to_who_asked(asked: tuple[Team, int]) -> None:
    team, _ = asked
    sent = until(team, MONDAY + 7 * DAY)
    [ana] = [one for one in sent if one.to == "ana"]
    assert "Cy Sample has not answered your question about Data pipeline" in ana.text
    assert [
        each.event for each in team.charter.reasons.latest(team.actor("ana"), HERE).sent[0].tells
    ] == [Event.QUESTION_SILENT]


def test_where_nobody_is_responsible_the_accountable_is_asked(team: Team) -> None:
    staffed(team)
    take(team, "R", "cy")
    until(team, MONDAY + DAY)
    made = team.charter.consultations.question(team.actor("ana"), ORDER, HERE)
    assert [one.person for one in made.asked] == [team.person("bea").id]
    team.now = MONDAY + DAY + timedelta(hours=12)
    asked = [one for one in delivered(team) if one.to == "bea" and "asks you" in one.text]
    assert "nobody is responsible for Data pipeline, and you are accountable" in asked[0].text


def test_nobody_asks_themselves_and_a_question_has_words(team: Team) -> None:
    team.atlas()
    give(team, "R", "ana")
    with pytest.raises(Refused) as alone:
        team.charter.consultations.question(team.actor("ana"), ORDER, HERE)
    assert alone.value.why is Why.NOBODY_TO_ASK
    with pytest.raises(BadInput):
        team.charter.consultations.question(
            team.actor("ana"), AskResponsible("data pipeline", "  "), HERE
        )


def test_two_questions_are_two_messages(asked: tuple[Team, int]) -> None:
    team, _ = asked
    again = AskResponsible("data pipeline", "And who may read it?")
    team.charter.consultations.question(team.actor("bea"), again, HERE)
    assert [one.to for one in delivered(team)] == ["cy", "cy"]
