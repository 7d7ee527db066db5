"""What sheets name, looked up: what was looked up once is known."""

from collections.abc import Iterator

from bot.errors import Ambiguous, CharterError, NotFound
from bot.exports.ids import taken_apart
from bot.imports.faults import Fault, Slip
from bot.imports.reading import Row, Said
from bot.imports.wanted import Wanted, World
from bot.imports.words import parts_of, turned
from bot.project import Item, Project

Where = tuple[Project, Item]


class Finder:
    """Looks up what sheets name; what was looked up once is known."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._items: dict[tuple[object, ...], Where | CharterError | Slip] = {}
        self._holders: dict[tuple[str, str], tuple[Wanted | CharterError, ...]] = {}

    def found(self, row: Row) -> Where | Fault:
        """The project and the stage or component of a line."""
        if row.key not in self._items:
            self._items[row.key] = self._look_up(row)
        found = self._items[row.key]
        if isinstance(found, Slip):
            return Fault(row.sheet, row.cell, found)
        if isinstance(found, CharterError):
            of_item = getattr(found, "what", "") == "item" or not row.project
            return Fault(row.sheet, row.cell if of_item else row.project_cell, error=found)
        return found

    def _look_up(self, row: Row) -> Where | CharterError | Slip:
        if not (row.item or row.component or row.id or (row.place and row.place[1])):
            return Slip.NO_STAGE
        try:
            if row.place is not None and row.place[1]:
                return self._known(row, *row.place)
            project = self._project(row)
            return Slip.NO_PROJECT if project is None else (project, self._item(project, row))
        except CharterError as error:
            return error

    def _known(self, row: Row, key: str, item: str) -> Where:
        project = self._world.project(key, row.sheet)
        assert project is not None, "it has a name"
        return project, project.item(item) or self._world.item(project, item, "")

    def _project(self, row: Row) -> Project | None:
        """By its name; by the line's id where that name is no project's, or several projects'."""
        if row.place is not None:
            return self._world.project(row.place[0], row.sheet)
        try:
            return self._world.project(row.project, row.sheet)
        except (NotFound, Ambiguous) as error:
            seat = taken_apart(row.id) if row.id else None
            if seat is None:
                raise
            try:
                return self._world.project(seat.project, row.sheet)
            except NotFound:
                raise error from None

    def _item(self, project: Project, row: Row) -> Item:
        own, around = (row.component, row.item) if row.component else (row.item, row.phase)
        try:
            return self._world.item(project, own, around)
        except (NotFound, Ambiguous):
            seat = taken_apart(row.id) if row.id else None
            if seat is None or seat.project != project.key:
                raise
            return self._world.item(project, seat.item, "")

    def wanted(self, said: Said) -> Iterator[Wanted | Fault]:
        """Whom a cell or a column means: one, or several; none of those who are to be left out."""
        key = (said.holder, said.group)
        if key not in self._holders:
            self._holders[key] = tuple(self._named(*key))
        for found in self._holders[key]:
            if isinstance(found, CharterError):
                yield Fault(said.row.sheet, said.holder_cell, error=found)
            else:
                yield found

    def _named(self, words: str, group: str) -> Iterator[Wanted | CharterError]:
        """Somebody of that very name, "Lind, Bea" included; else each whom it lists."""
        failed: CharterError | None = None
        for whole in dict.fromkeys((words, turned(words))):
            try:
                known = self._world.holder(whole, group)
            except CharterError as error:
                failed = failed or error
            else:
                yield from [known] if known is not None else []
                return
        parts = parts_of(words)
        if len(parts) < 2 and failed is not None:
            yield failed
            return
        for part in parts:
            try:
                known = self._world.holder(part, group)
            except CharterError as error:
                yield error
            else:
                yield from [known] if known is not None else []


def row_of(cell: str) -> int | None:
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdigit() else None
