"""Questions that were not answered: one of each form, few of each person, told once, forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

from sqlmodel import Session

from bot.feedback import KEPT_FOR, MOST_OF_ONE, Audience, Settled
from bot.qa.normal import Normal
from storage import feedback, ledger
from storage.feedback import Wrong
from tests.storage.support import World
from tests.support.clock import T0

HOUR = timedelta(hours=1)
NOBODY = Audience(None)


def asked(form: str = "portal vendor", sentence: str = "who owns the vendor portal?") -> Normal:
    return Normal(form, sentence, form, "owner")


def keep(
    world: World,
    person: int,
    what: Normal | None = None,
    of: Audience = NOBODY,
    now: datetime = T0,
    wrong: Wrong | None = None,
) -> int | None:
    with world.database.begin() as session:
        ledger.lock(session, world.workspace)
        return feedback.keep(session, world.workspace, what or asked(), of, person, now, wrong)


def told(session: Session, world: World) -> list[tuple[str, int, int]]:
    found = feedback.open_ones(session, world.workspace)
    who = feedback.askings(session, [one.id for one in found])
    return [(one.said, one.times, len(who[one.id])) for one in found]


def test_q5_one_question_of_each_form_and_of_each_who_may_settle_it(world: World) -> None:
    first = keep(world, world.ana)
    assert keep(world, world.bea, asked(sentence="vendor portal?"), now=T0 + HOUR) == first
    assert keep(world, world.ana, now=T0 + 2 * HOUR) == first
    of_project = keep(world, world.ana, of=Audience(world.project_id))
    own = keep(world, world.ana, of=Audience(None, is_own=True))
    assert len({first, of_project, own}) == 3
    with world.database.read() as session:
        assert sorted(told(session, world)) == [("portal vendor", 1, 1)] * 2 + [
            ("portal vendor", 3, 2)
        ]
        assert [one.id for one in feedback.listed(session, world.workspace, None)] == [first]
        assert [one.id for one in feedback.listed(session, world.workspace, world.project_id)] == [
            of_project
        ]


def test_q5_settled_it_begins_anew_and_is_not_opened_beside_another(world: World) -> None:
    first = keep(world, world.ana)
    assert first is not None
    with world.database.begin() as session:
        assert feedback.close(session, first, Settled.DISMISSED, world.bea, T0)
        assert not feedback.close(session, first, Settled.ANSWERED, None, T0), "once"
        assert feedback.reopen(session, world.workspace, first)
        assert not feedback.reopen(session, world.workspace, first)
        assert feedback.close(session, first, Settled.DISMISSED, world.bea, T0)
    second = keep(world, world.ana)
    assert second != first
    with world.database.begin() as session:
        assert not feedback.reopen(session, world.workspace, first)
        assert not feedback.reopen(session, world.workspace + 1, first)


def test_q5_what_one_person_asks_is_bounded(world: World) -> None:
    numbers = [keep(world, world.ana, asked(f"thing {n}")) for n in range(MOST_OF_ONE + 1)]
    assert numbers[-1] is None
    assert None not in numbers[:-1]
    assert keep(world, world.ana, asked("thing 3")) == numbers[3], "what they asked counts on"
    assert keep(world, world.bea, asked("thing 99")) is not None


def test_q5_a_mark_is_taken_back_by_whoever_made_it(world: World) -> None:
    number = keep(world, world.ana, wrong=Wrong("answer|yes"))
    assert number is not None
    keep(world, world.bea)
    with world.database.begin() as session:
        assert feedback.expect(session, number, world.ana, "Cy")
        assert not feedback.expect(session, number, world.bea, "Cy"), "they only asked"
        feedback.withdraw(session, world.workspace, asked(), NOBODY, world.bea)
        assert [one.expected for one in feedback.askings(session, [number])[number]] == ["", "Cy"]
        feedback.withdraw(session, world.workspace, asked(), NOBODY, world.ana)
        assert [one.person for one in feedback.askings(session, [number])[number]] == [world.bea]


def test_q5_each_is_told_once_however_many_tell(world: World) -> None:
    number = keep(world, world.ana)
    assert number is not None
    keep(world, world.bea)
    with world.database.read() as session:
        keys = [one.id for one in feedback.askings(session, [number])[number]]
    start = Barrier(8)

    def tell(_: int) -> list[int]:
        start.wait(10)
        with world.database.begin() as session:
            ledger.lock(session, world.workspace)
            return feedback.told(session, keys, T0)

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(tell, range(8)))
    assert sorted(key for keys in won for key in keys) == sorted(keys)


def test_q5_eight_at_once_ask_one_question(world: World) -> None:
    start = Barrier(8)

    def ask(number: int) -> int | None:
        start.wait(10)
        return keep(world, (world.ana, world.bea)[number % 2])

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1
    with world.database.read() as session:
        assert told(session, world) == [("portal vendor", 8, 2)]


def test_q5_what_nobody_asks_any_more_is_forgotten(world: World) -> None:
    keep(world, world.ana)
    keep(world, world.bea, asked("lunch"), now=T0 + 2 * HOUR)
    with world.database.begin() as session:
        feedback.forget(session, world.workspace, T0 + KEPT_FOR + HOUR - KEPT_FOR)
        assert told(session, world) == [("lunch", 1, 1)]
        feedback.forget(session, world.workspace, T0 + KEPT_FOR)
        assert feedback.is_idle(session, world.workspace)
