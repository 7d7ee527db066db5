"""How far something long is: told as it goes on, to whoever shows it."""

from collections.abc import Callable

Step = Callable[[str, int, int], None]
"""What is being done, and how many of how many of it are done; 0 of 0 where nobody can count it."""


def unheard(_doing: str, _done: int, _of: int) -> None:
    """Where nobody listens."""
