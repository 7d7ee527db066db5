"""A digest of very many projects, composed without having all of them at once."""

from collections.abc import Iterable, Mapping

from bot.digests.outlook import outlook
from bot.digests.values import MOST_PARTS, Digest, Outlook, Part, Window
from bot.people import Person


class Wide:
    """Takes parts and outlooks in any order, and gives the digest that `compose` would make of all
    the projects: with the parts for which there is room, and the outlooks of the others.
    """

    def __init__(self) -> None:
        self._outlooks: list[Outlook] = []
        self._parts: dict[int, Part] = {}

    def take(self, parts: Iterable[Part]) -> None:
        """Of projects of which a sketch is not enough; only the worst of them are kept."""
        found = {part.project.id: part for part in parts}
        self.see(map(outlook, found.values()))
        kept = {**self._parts, **found}
        first = sorted((outlook(part) for part in kept.values()), key=lambda one: one.weight)
        told = [one.project for one in first if not one.is_empty][:MOST_PARTS]
        self._parts = {key: kept[key] for key in told}

    def see(self, outlooks: Iterable[Outlook]) -> None:
        """How other projects stand."""
        self._outlooks.extend(outlooks)

    @property
    def missing(self) -> list[int]:
        """The projects that are told of and whose parts are not here; none where it is silent."""
        if not any(one.is_news for one in self._outlooks):
            return []
        return [one.project for one in self._told()[:MOST_PARTS] if one.project not in self._parts]

    def digest(
        self,
        rest: Iterable[Part],
        window: Window,
        people: Mapping[int, Person],
        logins: Mapping[str, int],
    ) -> Digest | None:
        """The digest, with what was `missing`; None: silence."""
        if not any(one.is_news for one in self._outlooks):
            return None
        parts = self._parts | {part.project.id: part for part in rest}
        told = self._told()
        return Digest(
            window,
            tuple(parts[one.project] for one in told[:MOST_PARTS]),
            len(self._outlooks) - len(told),
            people,
            logins,
            tuple(told[MOST_PARTS:]),
        )

    def _told(self) -> list[Outlook]:
        """Those of which there is anything to tell, the worst first."""
        return sorted(
            (one for one in self._outlooks if not one.is_empty), key=lambda one: one.weight
        )
