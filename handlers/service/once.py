"""What is found out of an object when it is first asked for, and kept with it."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """As `functools.cached_property`, but that one has a lock, up to Python 3.11, in which all
    objects of a class wait for one another: a digest would wait for that of another workspace.
    """

    def __init__(self, find: Callable[[Any], T]) -> None:
        self._find = find
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, of: object, owner: type) -> T:
        found = self._find(of)
        vars(of)[self._name] = found
        return found
