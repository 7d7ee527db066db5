"""Who is pinged by what stands in a channel: whom somebody waits for, and each of them once."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.people import Person
from handlers.views.kit import Piece, mention


class Pings:
    """Deals out the mentions of one message; `allowed` (Slack ids) None: of anybody."""

    def __init__(
        self, people: Mapping[int, Person], allowed: Collection[str] | None = None
    ) -> None:
        self._people = people
        self._allowed = allowed
        self._done: set[int] = set()

    def of(self, wanted: Sequence[int]) -> list[str | Piece]:
        """Mentions of those among these who are not mentioned yet, to stand behind their names."""
        found: list[str | Piece] = []
        for key in wanted:
            slack_id = self._people[key].slack_id
            if slack_id and key not in self._done and self._is_allowed(slack_id):
                self._done.add(key)
                found += [" ", mention(slack_id)]
        return found

    def _is_allowed(self, slack_id: str) -> bool:
        return self._allowed is None or slack_id in self._allowed


def pinged(blocks: Iterable[Any]) -> set[str]:
    """The Slack ids of those who are mentioned in blocks."""
    return set(_mentioned(list(blocks)))


def _mentioned(part: Any) -> Iterator[str]:
    match part:
        case {"type": "user", "user_id": str(slack_id)}:
            yield slack_id
        case {"elements": list(inner)} | list(inner):
            for one in inner:
                yield from _mentioned(one)
        case _:
            return
