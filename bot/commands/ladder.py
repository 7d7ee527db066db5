"""`stage add`, `component add` and the like: which stages and components a project has."""

from collections.abc import Sequence
from datetime import date

from bot.commands.items import read_stage
from bot.commands.orders import Order
from bot.commands.reading import reference, without_project
from bot.commands.words import Word, words
from bot.commands.work import ShowLadder
from bot.errors import BadInput, Why
from bot.orders import AddItem, AddRung, OrderItems, RemoveItem, RemoveRung, RenameItem, RenameRung

_REMOVE = {"remove", "delete", "drop"}


def read_stage_command(rest: str, today: date) -> Order:
    """What the ladder's own words begin, else a stage that is looked at or moved."""
    some = words(rest)
    verb = some[0].key if len(some) > 1 else ""
    if verb == "add":
        return _added(some[1:])
    if verb == "move" and not any(word.key == "before" for word in some):
        return read_stage(rest[some[1].start :], today)
    return _edited(verb, some[1:]) or read_stage(rest, today)


def read_component(rest: str, today: date) -> Order:
    some = words(rest)
    verb = some[0].key if some else ""
    if verb == "add":
        return _component(some[1:])
    order = _edited(verb, some[1:])
    if order is None:
        raise BadInput(Why.WORDS_LEFT_OVER, {"words": rest.strip()}, field="item")
    return order


def read_ladder(rest: str, today: date) -> Order:
    """The workspace's own, for new projects: no project is named here."""
    some = words(rest)
    verb, rest_of = (some[0].key, some[1:]) if some else ("", ())
    if not some:
        return ShowLadder()
    if verb == "add":
        name, after = _split(rest_of, ("after", "behind"))
        return AddRung(reference(name, "name"), reference(after, "stage") if after else None)
    if verb == "rename":
        stage, name = _split(rest_of, ("to", "into", "as"))
        return RenameRung(reference(stage, "stage"), reference(name, "name"))
    if verb in _REMOVE:
        return RemoveRung(reference(rest_of, "stage"))
    raise BadInput(Why.WORDS_LEFT_OVER, {"words": rest.strip()}, field="stage")


def _split(
    some: Sequence[Word], signs: tuple[str, ...]
) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    at = next((n for n in range(len(some) - 1, 0, -1) if some[n].key in signs), len(some))
    return tuple(some[:at]), tuple(some[at + 1 :])


def _edited(verb: str, some: Sequence[Word]) -> Order | None:
    if verb in _REMOVE:
        item, project = without_project(some)
        return RemoveItem(reference(item, "item"), project)
    if verb == "rename":
        item, name, project = _parted(some, ("to", "into", "as"))
        return RenameItem(reference(item, "item"), reference(name, "name"), project)
    if verb == "move":
        item, other, project = _parted(some, ("before",))
        return OrderItems(reference(item, "item"), reference(other, "item"), project)
    return None


def _added(some: Sequence[Word]) -> Order:
    name, after, project = _parted(some, ("after", "behind"))
    return AddItem(
        reference(name, "name"), after=reference(after, "item") if after else None, project=project
    )


def _component(some: Sequence[Word]) -> Order:
    name, stage, project = _parted(some, ("to", "under"))
    return AddItem(reference(name, "name"), parent=reference(stage, "stage"), project=project)


def _parted(
    some: Sequence[Word], signs: tuple[str, ...]
) -> tuple[tuple[Word, ...], tuple[Word, ...], str | None]:
    """What stands before the last of these words, what after it, and the project at the end."""
    at = next((n for n in range(len(some) - 1, 0, -1) if some[n].key in signs), None)
    if at is None:
        before, project = without_project(some)
        return before, (), project
    after, project = without_project(some[at + 1 :])
    return tuple(some[:at]), after, project
