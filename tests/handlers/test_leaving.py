"""How Charter takes its leave: what each word to stop does, and that it ends in time."""

from threading import Event

from handlers.leaving import DONE, Leaving

LONG = 86_400
"""Seconds after which no test runs any more: what ends then would be the tests themselves."""


def test_without_draining_the_first_word_stops_it_and_others_change_nothing() -> None:
    leaving = Leaving(0, dict, finish=LONG)
    assert not leaving.is_begun
    assert leaving.asked()
    assert leaving.is_begun
    assert not leaving.asked(), "it is at it"


def test_it_drains_first_and_a_second_word_ends_that() -> None:
    leaving = Leaving(LONG, dict, finish=LONG)
    assert not leaving.asked()
    assert leaving.is_begun, "a load balancer sees it"
    assert leaving.asked()
    assert not leaving.asked()


def test_what_does_not_finish_in_time_is_left() -> None:
    ended, codes = Event(), []

    def end(code: int) -> None:
        codes.append(code)
        ended.set()

    leaving = Leaving(0, lambda: {"requests": ["1a2b"]}, end, finish=0.01)
    assert leaving.asked()
    assert ended.wait(20)
    assert codes == [DONE]
