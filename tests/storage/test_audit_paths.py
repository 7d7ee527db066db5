"""The record of changes is only ever added to: no statement of the code changes or drops a line."""

import ast
from collections.abc import Iterator

from sqlalchemy import event

from bot.project import PersonHolder
from tests.storage.support import World
from tests.support.tree import ROOT

WRITING = {"update", "delete", "setting", "ending"}
PLACES = ("bot", "handlers", "storage")


def _writes(model: str) -> Iterator[str]:
    """Where the code changes or drops rows of a table, by whatever way it is spelled."""
    folders = [ROOT / place for place in PLACES]
    for path in [ROOT / "app.py", *(one for place in folders for one in place.rglob("*.py"))]:
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in WRITING and any(_names(argument, model) for argument in node.args):
                yield path.relative_to(ROOT).as_posix()


def _names(node: ast.expr, model: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == model for one in ast.walk(node))


def test_a2_no_code_changes_or_drops_a_line_of_the_record() -> None:
    assert list(_writes("AuditRow")) == []


def test_a2_the_words_beside_a_line_are_changed_where_somebody_is_erased_and_nowhere_else() -> None:
    assert set(_writes("AuditTextRow")) == {"storage/erasing.py"}


def test_a2_what_the_ledger_runs_only_adds_to_the_record(world: World) -> None:
    ran: list[str] = []

    def note(*told: object) -> None:
        ran.append(" ".join(str(told[2]).split()).casefold())

    event.listen(world.database.engine, "before_cursor_execute", note)
    world.apply(world.accountable(PersonHolder(world.bea)))
    event.remove(world.database.engine, "before_cursor_execute", note)
    about = [one for one in ran if " audit" in one]
    assert any(one.startswith("insert into audit ") for one in about)
    assert [one for one in about if one.startswith(("update audit", "delete from audit"))] == []
