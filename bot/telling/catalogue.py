"""Job roles said otherwise, and people who get one."""

from collections.abc import Mapping

from bot.changes import CatalogueChange, JobGiven
from bot.people import Person
from bot.telling.line import Line


def lines(change: CatalogueChange, people: Mapping[int, Person]) -> tuple[Line, ...]:
    if isinstance(change, JobGiven):
        person = people.get(change.person)
        name = person.name if person else "somebody unknown"
        return (Line(f"role of {name}", change.before_title, change.after_title),)
    before, after = change.before, change.after
    if before is None or after is None:
        return (Line("role", before.title if before else "", after.title if after else ""),)
    told = (
        Line("role", before.title, after.title),
        Line("does", before.does, after.does),
        Line("usual stages", _keys(before.stages), _keys(after.stages)),
        Line("works with", _keys(before.works_with), _keys(after.works_with)),
    )
    return tuple(line for line in told if line.before != line.after)


def _keys(keys: tuple[str, ...]) -> str:
    return ", ".join(key.replace("_", " ") for key in keys)
