"""A digest of very many projects, composed without having all of them at once."""

from collections.abc import Iterable, Mapping, Sequence

from bot.digests.outlook import outlook
from bot.digests.own import OwnDigest, ToReview, besides, names, owed
from bot.digests.values import MOST_PARTS, Digest, Outlook, Part, Window
from bot.people import Person
from bot.waiting import Waiting


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
    def is_news(self) -> bool:
        return any(one.is_news for one in self._outlooks)

    @property
    def missing(self) -> list[int]:
        """The projects that are told of and whose parts are not here."""
        return [one.project for one in self._told()[:MOST_PARTS] if one.project not in self._parts]

    def digest(
        self,
        rest: Iterable[Part],
        window: Window,
        people: Mapping[int, Person],
        logins: Mapping[str, int],
    ) -> Digest | None:
        """The digest, with what was `missing`; None: silence."""
        if not self.is_news:
            return None
        parts, beyond, quiet = self.told(rest)
        return Digest(window, parts, quiet, people, logins, beyond)

    def told(self, rest: Iterable[Part]) -> tuple[tuple[Part, ...], tuple[Outlook, ...], int]:
        """The parts for which there is room, with what was `missing`; those beyond, and how many
        there is nothing to tell of.
        """
        parts = self._parts | {part.project.id: part for part in rest}
        told = self._told()
        return (
            tuple(parts[one.project] for one in told[:MOST_PARTS]),
            tuple(told[MOST_PARTS:]),
            len(self._outlooks) - len(told),
        )

    def _told(self) -> list[Outlook]:
        """Those of which there is anything to tell, the worst first."""
        return sorted(
            (one for one in self._outlooks if not one.is_empty), key=lambda one: one.weight
        )


class OwnWide:
    """Takes them likewise, and gives the digest that `compose_own` would make for somebody who
    holds nothing in any of them. Whole must be those in which a pull request waits for them.
    """

    def __init__(self, person: Person, logins: Mapping[str, int]) -> None:
        self._person = person
        self._logins = logins
        self._wide = Wide()
        self._reviews: list[ToReview] = []
        self._is_news = False

    def take(self, parts: Iterable[Part]) -> None:
        rest = []
        for part in parts:
            mine = owed(part, names(self._logins, self._person))
            self._reviews += mine
            self._is_news |= part.is_news
            rest.append(besides(part, (), mine))
        self._wide.take(rest)

    def see(self, outlooks: Iterable[Outlook]) -> None:
        self._wide.see(outlooks)

    @property
    def missing(self) -> list[int]:
        return self._wide.missing

    def digest(
        self,
        rest: Iterable[Part],
        window: Window,
        people: Mapping[int, Person],
        waits: Sequence[Waiting],
    ) -> OwnDigest:
        """The digest, with what was `missing`."""
        parts, beyond, quiet = self._wide.told(rest)
        return OwnDigest(
            window=window,
            person=self._person,
            waiting=tuple(waits),
            rows=(),
            reviews=tuple(sorted(self._reviews, key=lambda one: one.project.id)),
            parts=parts,
            quiet=quiet,
            people=people,
            logins=self._logins,
            letters={},
            is_news=self._is_news or self._wide.is_news,
            beyond=beyond,
        )
