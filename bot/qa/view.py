"""What can be asked of an asker's index of names, whatever its layers.

Nothing is left out for what the asker may not see: none of that is in their index
(`bot.qa.names`), so that nothing an answer says, or how long it takes, can depend on it.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import chain, groupby

from bot import text
from bot.qa.names import Layer, Names, Place, ProjectNames


@dataclass(frozen=True, slots=True)
class View:
    """`measuring` gives the projects (ids) that have a success metric of a name, as far as the
    asker may know of them.
    """

    names: Names
    measuring: Callable[[str], Sequence[int]] = lambda _key: ()

    def project(self, project_id: int) -> ProjectNames | None:
        for layer, dead in self.names.layers:
            if project_id not in dead and project_id in layer.numbers:
                return layer.entries[layer.numbers[project_id]]
        return None

    def keyed(self, key: str) -> ProjectNames | None:
        for layer, dead in self.names.layers:
            number = layer.keys.get(key)
            if number is not None and _shows(layer.entries[number], dead):
                return layer.entries[number]
        return None

    def listed(self) -> Iterator[ProjectNames]:
        """The projects that are not archived, by name."""
        return merge(
            *(self._live(layer, dead) for layer, dead in self.names.layers),
            key=lambda entry: entry.order,
        )

    def _live(self, layer: Layer, dead: frozenset[int]) -> Iterator[ProjectNames]:
        return (entry for entry in layer.entries if not entry.archived and _shows(entry, dead))

    def may_know(self, key: str) -> bool:
        """Whether it is worth while to look for a name; quick, and says nothing by itself."""
        return any(key in layer.projects or key in layer.items for layer, _ in self.names.layers)

    def projects(self, key: str) -> list[Place]:
        """The projects of that name, by name."""
        found = [
            place
            for layer, dead in self.names.layers
            for place in layer.places(layer.coded_projects(key), of_items=False)
            if _shows(place.entry, dead)
        ]
        return sorted(found, key=lambda place: place.entry.order)

    def items(self, key: str) -> Iterator[Place]:
        """The items of that name, by the names of their projects."""
        return merge(
            *(self._items(layer, dead, key) for layer, dead in self.names.layers),
            key=lambda place: place.entry.order,
        )

    def _items(self, layer: Layer, dead: frozenset[int], key: str) -> Iterator[Place]:
        return (
            place
            for place in layer.places(layer.coded_items(key), of_items=True)
            if _shows(place.entry, dead)
        )

    def items_in(self, key: str, project_id: int) -> list[Place]:
        """The items of that name in one project."""
        for layer, dead in self.names.layers:
            if project_id in layer.numbers and project_id not in dead:
                first, last = layer.codes_of(project_id)
                codes = layer.coded_items(key)
                own = codes[bisect_left(codes, first) : bisect_left(codes, last)]
                return list(layer.places(own, of_items=True))
        return []

    def holding(self, roots: frozenset[str]) -> Iterator[tuple[str, bool]]:
        """Names with all of these words, in order; and whether they have no other."""
        found = merge(
            *(self._holding(layer, dead, roots) for layer, dead in self.names.layers),
        )
        for key, same in groupby(found, key=lambda pair: pair[0]):
            yield key, any(whole for _, whole in same)

    def _holding(
        self, layer: Layer, dead: frozenset[int], roots: Iterable[str]
    ) -> Iterator[tuple[str, bool]]:
        lists = sorted((layer.holding.get(rooted, ()) for rooted in roots), key=len)
        for number in lists[0] if lists else ():
            key = layer.terms[number]
            if all(_has(other, number) for other in lists[1:]) and self._named(layer, dead, key):
                yield key, layer.sizes[number] == len(lists)

    def _named(self, layer: Layer, dead: frozenset[int], key: str) -> bool:
        """Whether something still has that name."""
        projects = layer.places(layer.coded_projects(key), of_items=False)
        items = layer.places(layer.coded_items(key), of_items=True)
        return any(_shows(place.entry, dead) for place in chain(projects, items))

    def knows(self, rooted: str) -> bool:
        """Whether some name has this word."""
        return next(self.holding(frozenset((rooted,))), None) is not None

    def has_word(self, stem: str, rooted: str) -> bool:
        """Whether some name has this very word, up to its plural."""
        return any(stem in key for key, _ in self.holding(frozenset((rooted,))))

    def near(self, word: str) -> list[tuple[int, str]]:
        """Words of names that this word may be a typo of."""
        found = {
            pair
            for layer, _ in self.names.layers
            for pair in layer.spelling.near(word)
            if self.knows(text.root(pair[1]))
        }
        return sorted(found)


def _shows(entry: ProjectNames, dead: frozenset[int]) -> bool:
    return entry.project_id not in dead


def _has(numbers: Sequence[int], number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number
