"""A lock that goes to who has waited longest."""

from functools import partial
from threading import Thread

from storage.locks import FairLock
from tests.handlers.talk import eventually


def _waits(lock: FairLock, number: int) -> bool | None:
    return True if lock.waiting == number else None


def test_who_gives_it_back_is_not_the_first_to_have_it_again() -> None:
    lock, order = FairLock(), list[str]()

    def write(name: str) -> None:
        assert lock.acquire(20)
        order.append(name)
        lock.release()

    assert lock.acquire(1)
    threads = [Thread(target=write, args=(name,)) for name in ("first", "second", "third")]
    for number, thread in enumerate(threads, 1):
        thread.start()
        eventually(partial(_waits, lock, number))
    lock.release()
    write("the one who had it")
    for thread in threads:
        thread.join(20)
    assert order == ["first", "second", "third", "the one who had it"]
    assert lock.acquire(0)


def test_who_waited_too_long_goes_without_and_stands_in_nobodys_way() -> None:
    lock = FairLock()
    assert lock.acquire(1)
    assert not lock.acquire(0.01)
    assert lock.waiting == 0
    lock.release()
    assert lock.acquire(0)
    lock.release()
