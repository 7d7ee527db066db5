"""Hand-overs: offered, asked for, accepted, declined, called off, overtaken, forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import col, select

from bot.commands import ShowHistory
from bot.errors import CharterError, Forbidden, NotFound, Refused, SecondAccountable, Stale, Why
from bot.orders import Assign, Clear, SayOfOffer, SettleOffer
from bot.outcome import Done
from bot.people import Profile
from bot.project import Item, Letter, Offer, OfferState, PersonHolder
from storage.tables import OutboxRow
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.support import A, R, accountable, give

ACCEPTED, DECLINED, CANCELLED = OfferState.ACCEPTED, OfferState.DECLINED, OfferState.CANCELLED


@pytest.fixture(autouse=True)
def bea_is_accountable(team: Team) -> None:
    team.atlas()
    give(team, "<@UBEA>")
    team.wait(days=1)


def holder(team: Team, name: str) -> PersonHolder:
    return PersonHolder(team.person(name).id)


def row(team: Team) -> Item:
    found = team.charter.projects.row(team.actor("ana"), "data_pipeline", "atlas", ELSEWHERE).item
    assert found is not None
    return found


def offer(team: Team) -> Offer:
    found = row(team).offer
    assert found is not None
    return found


def settle(team: Team, by: str, state: OfferState, key: int | None = None) -> Done:
    order = SettleOffer(state, offer=key) if key else SettleOffer(state, "data pipeline")
    return team.charter.raci.settle(team.actor(by), order, HERE)


def ask(team: Team, question: str = "who owns the data pipeline?") -> str:
    return team.charter.questions.ask(team.actor("ana"), question, HERE).text


def told(team: Team, name: str) -> list[str]:
    """What Charter wants to stand in somebody's direct messages."""
    with team.database.read() as session:
        mine = select(OutboxRow.text).where(OutboxRow.channel == f"U{name.upper()}")
        return list(session.exec(mine.order_by(col(OutboxRow.id))))


def test_r8_an_offer_changes_nothing_until_it_is_accepted(team: Team) -> None:
    give(team, "<@UCY>", by="bea", hand_over=True)
    assert accountable(team) == [holder(team, "bea")]
    team.wait(days=2)
    said = ask(team)
    assert said.startswith("Bea Sample (hand-over to Cy Sample offered 2 d ago) is accountable")
    assert told(team, "cy") == [
        "Bea Sample wants to hand Data pipeline (Atlas) over to you.\n"
        "You would be accountable. Until you accept, Bea Sample stays accountable."
    ]
    done = settle(team, "cy", ACCEPTED)
    assert accountable(team) == [holder(team, "cy")]
    assert [(line.before, line.after) for line in done.lines] == [("Bea Sample", "Cy Sample")]
    assert "hand-over" not in ask(team)
    assert "Cy Sample is accountable for Data pipeline (Atlas) now." in told(team, "cy")[0]
    assert "Cy Sample accepted the hand-over from Bea Sample" in told(team, "bea")[-1]


def test_r8_declining_restores_and_tells(team: Team) -> None:
    give(team, "<@UCY>", by="bea", hand_over=True)
    settle(team, "cy", DECLINED)
    assert row(team).offer is None
    assert accountable(team) == [holder(team, "bea")]
    assert ask(team).startswith("Bea Sample is accountable")
    assert "Cy Sample declined the hand-over" in told(team, "bea")[-1]
    give(team, "<@UCY>", by="bea", hand_over=True)
    assert offer(team).receiver == team.person("cy").id, "it may be offered again"


def test_r8_only_who_has_to_answer_can(team: Team) -> None:
    give(team, "<@UCY>", by="bea", hand_over=True)
    for name in ("bea", "ana"):
        with pytest.raises(Refused) as caught:
            settle(team, name, ACCEPTED)
        assert (caught.value.why, caught.value.facts["name"]) == (Why.NOT_YOUR_OFFER, "Cy Sample")
    settle(team, "bea", CANCELLED)
    assert accountable(team) == [holder(team, "bea")]
    with pytest.raises(Refused) as caught:
        settle(team, "cy", ACCEPTED)
    assert caught.value.why is Why.NO_OFFER


def test_r8_a_row_has_one_open_offer(team: Team) -> None:
    give(team, "<@UCY>", by="bea", hand_over=True)
    for wanted in ("<@UCY>", "<@UANA>"):
        with pytest.raises(Refused) as caught:
            give(team, wanted, by="bea", hand_over=True)
        assert (caught.value.why, caught.value.facts["name"]) == (Why.OFFER_OPEN, "Cy Sample")


def test_r8_who_wants_a_row_asks_for_it(team: Team) -> None:
    give(team, "me", by="cy", hand_over=True)
    assert offer(team).is_request
    assert "hand-over to Cy Sample asked for 0 s ago" in ask(team)
    assert "Cy Sample asks to take over Data pipeline (Atlas) from you." in told(team, "bea")[-1]
    with pytest.raises(Refused) as caught:
        settle(team, "cy", ACCEPTED)
    assert caught.value.why is Why.NOT_YOUR_OFFER
    give(team, "<@UCY>", by="bea", hand_over=True)
    assert accountable(team) == [holder(team, "cy")], "offering it back is to accept"


def test_r8_nobody_is_asked_where_nobody_could_answer(team: Team) -> None:
    team.charter.raci.clear(team.actor("bea"), Clear("data_pipeline", (A,)), HERE)
    give(team, "me", by="cy", hand_over=True)
    assert accountable(team) == [holder(team, "cy")], "the seat was vacant"
    team.charter.people.learned(team.workspace, Profile("UCY", "Cy Sample", "Cy", deleted=True))
    give(team, "<@UBEA>", by="ana", hand_over=True)
    assert accountable(team) == [holder(team, "bea")], "who was accountable has left"


def test_r8_a_lead_may_hand_over_unasked_and_says_why(team: Team) -> None:
    order = Assign(
        "data_pipeline", (A,), "<@UCY>", hand_over=True, unasked="Bea is on a long leave"
    )
    for name in ("bea", "cy"):
        with pytest.raises(Forbidden) as caught:
            team.charter.raci.assign(team.actor(name), order, HERE)
        assert "Ana Sample" in caught.value.who_can
    give(team, "<@UANA>", by="bea", hand_over=True)
    key = offer(team).id
    team.charter.raci.assign(team.actor("ana"), order, HERE)
    assert accountable(team) == [holder(team, "cy")]
    with pytest.raises(Stale) as stale:
        settle(team, "ana", ACCEPTED, key)
    assert [(seen.by, seen.what) for seen in stale.value.changes] == [
        ("Ana Sample", "hand-over overtaken by another change")
    ]


def test_r8_an_offer_is_undone_like_any_change(team: Team) -> None:
    done = give(team, "<@UCY>", by="bea", hand_over=True)
    team.charter.projects.undo(team.actor("bea"), done.seq)
    assert row(team).offer is None
    assert "was called off" in told(team, "cy")[0]


def test_r8_an_accepted_hand_over_can_be_undone(team: Team) -> None:
    before = [held for held in row(team).assignments if held.letter is A]
    give(team, "<@UCY>", by="bea", hand_over=True)
    done = settle(team, "cy", ACCEPTED)
    team.charter.projects.undo(team.actor("cy"), done.seq)
    assert [held for held in row(team).assignments if held.letter is A] == before


def test_r8_who_was_told_of_an_accepted_hand_over_reads_that_it_was_taken_back(team: Team) -> None:
    give(team, "<@UCY>", by="ana", hand_over=True)
    done = settle(team, "cy", ACCEPTED)
    for person in ("ana", "bea", "cy"):
        assert any("Cy Sample is accountable for" in one for one in told(team, person)), person
    team.charter.projects.undo(team.actor("cy"), done.seq)
    for person in ("ana", "bea", "cy"):
        said = told(team, person)
        assert not any("Cy Sample is accountable for" in one for one in said), person
        assert any("Cy Sample has not taken over Data pipeline (Atlas)" in one for one in said)
        assert any("Cy Sample took back the hand-over from Bea Sample" in one for one in said)


def test_r8_further_letters_and_the_day_go_with_the_offer(team: Team) -> None:
    team.wait(days=2)
    day = team.now.date() - timedelta(days=1)
    order = Assign("data_pipeline", (A, R), "<@UCY>", since=day, hand_over=True)
    team.charter.raci.assign(team.actor("bea"), order, HERE)
    team.wait(days=1)
    settle(team, "cy", ACCEPTED)
    cy = holder(team, "cy")
    begun = {held.letter: held.since for held in row(team).assignments if held.holder == cy}
    assert set(begun) == {A, R}
    assert {moment.date() for moment in begun.values() if moment} <= {day, day - timedelta(days=1)}


def test_r8_who_accepts_by_a_command_takes_no_more_than_was_offered(team: Team) -> None:
    team.wait(days=3)
    day = team.now.date() - timedelta(days=1)
    give(team, "<@UCY>", by="bea", hand_over=True, since=day)
    for letters, since in (((A, R), None), ((A,), day - timedelta(days=1))):
        order = Assign("data pipeline", letters, "<@UCY>", since=since, hand_over=True)
        with pytest.raises(Refused) as caught:
            team.charter.raci.assign(team.actor("cy"), order, HERE)
        assert caught.value.why is Why.OFFER_OPEN
    offered = offer(team).since
    give(team, "<@UCY>", by="cy", hand_over=True)
    held = [one for one in row(team).assignments if one.letter is A]
    assert [(one.holder, one.since) for one in held] == [(holder(team, "cy"), offered)]
    assert row(team).offer is None


def test_r8_both_sides_can_talk_before_they_agree(team: Team) -> None:
    give(team, "<@UCY>", by="bea", hand_over=True)
    key = offer(team).id
    said = team.charter.raci.say(team.actor("cy"), SayOfOffer(key, "Is the backlog *big*?"))
    assert said.to == team.person("bea").id
    assert "“Is the backlog *big*?”" in told(team, "bea")[-1]
    team.charter.raci.say(team.actor("bea"), SayOfOffer(key, "Two tickets."))
    assert "Two tickets." in told(team, "cy")[-1]
    with pytest.raises(NotFound):
        team.charter.raci.say(team.actor("ana"), SayOfOffer(key, "What about me?"))


def test_r8_silence_is_reminded_once_and_then_said(team: Team) -> None:
    give(team, "<@UCY>", by="bea", hand_over=True)
    for _ in range(6 * 24):
        team.wait(hours=1)
        team.charter.timers.run_due(team.workspace)
    assert len(told(team, "cy")) == 2, "once more, after three days"
    assert "It waits for you since" in told(team, "cy")[-1]
    for _ in range(9 * 24):
        team.wait(hours=1)
        team.charter.timers.run_due(team.workspace)
    assert row(team).offer is None
    assert "not answered in time" in told(team, "cy")[0]
    assert "not answered in time" in told(team, "bea")[-1]
    assert accountable(team) == [holder(team, "bea")]


def test_edge_1_of_two_at_once_the_second_hears_of_the_first(team: Team) -> None:
    team.charter.raci.clear(team.actor("bea"), Clear("data_pipeline", (A,)), HERE)
    seen = row(team).version
    barrier = Barrier(2)

    def click(by: str, wanted: str) -> Done | CharterError:
        barrier.wait()
        try:
            return give(team, wanted, by=by, seen=seen)
        except CharterError as error:
            return error

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(click, "ana", "<@UBEA>"), pool.submit(click, "cy", "<@UCY>")]
        results = [one.result() for one in both]
    [done] = [one for one in results if isinstance(one, Done)]
    [error] = [one for one in results if isinstance(one, SecondAccountable)]
    [winner] = accountable(team)
    assert isinstance(winner, PersonHolder)
    assert error.present == done.people[winner.person].name
    by = "Ana Sample" if error.present == "Bea Sample" else "Cy Sample"
    assert error.changed == f"0 s ago by {by}"
    assert error.item_version == row(team).version, "the offered hand-over acts on what is now"


def test_edge_1_of_two_answers_at_once_the_first_counts(team: Team) -> None:
    give(team, "<@UCY>", by="bea", hand_over=True)
    key = offer(team).id
    barrier = Barrier(2)

    def click(by: str, state: OfferState) -> Done | CharterError:
        barrier.wait()
        try:
            return settle(team, by, state, key)
        except CharterError as error:
            return error

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(click, "cy", ACCEPTED), pool.submit(click, "bea", CANCELLED)]
        results = [one.result() for one in both]
    [stale] = [one for one in results if isinstance(one, Stale)]
    [seen] = stale.changes
    first = ("Bea Sample", "hand-over called off")
    if isinstance(results[0], Done):
        first = ("Cy Sample", "hand-over accepted")
    assert (seen.by, seen.what) == first
    assert accountable(team) == [holder(team, "cy" if first[0] == "Cy Sample" else "bea")]


def test_edge_3_accountable_and_responsible_is_one_and_the_same(team: Team) -> None:
    team.charter.raci.assign(team.actor("ana"), Assign("rollout", (A, R), "<@UBEA>"), HERE)
    shown = team.charter.projects.row(team.actor("ana"), "rollout", "atlas", ELSEWHERE)
    assert shown.item is not None
    held = {one.letter for one in shown.item.assignments if one.holder == holder(team, "bea")}
    assert held == {Letter.A, Letter.R}


def test_edge_4_what_is_taken_away_leaves_a_vacant_seat(team: Team) -> None:
    team.charter.raci.clear(team.actor("ana"), Clear("data_pipeline", (A,)), HERE)
    on = team.now.date().isoformat()
    said = ask(team)
    assert f"a seat is vacant (Data Engineer) since {on}" in said
    assert f"Last: Bea Sample (until {on})" in said
    assert "Nearest: Ana Sample (lead)" in said


def test_edge_5_vacant_from_the_start_names_the_role_and_the_lead(team: Team) -> None:
    said = ask(team, "who owns the roll-out?")
    assert "a seat is vacant (ML Engineer)" in said
    assert "Nearest: Ana Sample (lead)" in said
    assert "Last" not in said


def test_edge_9_an_offer_goes_with_the_one_who_made_it(team: Team) -> None:
    give(team, "<@UCY>", by="bea", hand_over=True)
    team.charter.people.learned(team.workspace, Profile("UBEA", "Bea Sample", "Bea", deleted=True))
    assert row(team).offer is None
    assert "was called off" in told(team, "cy")[0]
    said = ask(team)
    assert "a seat is vacant" in said
    assert f"Last: Bea Sample (until {team.now.date().isoformat()})" in said
    order = ShowHistory("data_pipeline", "atlas")
    became = team.charter.raci.history(team.actor("ana"), order, ELSEWHERE).happened
    assert [one.what for one in became[:2]] == [
        "accountable: Bea Sample → vacant (role open, was Bea Sample)",
        "hand-over: Bea Sample to Cy Sample → called off",
    ]
