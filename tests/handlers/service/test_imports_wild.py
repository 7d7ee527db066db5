"""A folder of sheets as people keep them, each with the preview that is expected of it.

`wild/made.py` has the sheets, `wild/expected.json` the previews. After a change that is meant,
`python -m tests.handlers.service.test_imports_wild` writes the previews anew; read what changed.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.imports import Order
from bot.people import Actor, Surface
from handlers.service import Charter, services
from handlers.service.importing import Asked, Imported
from handlers.service.records import Records
from handlers.views import imports as views
from tests.handlers.service.wild.made import WILD
from tests.handlers.service.wild.making import Wild
from tests.support.clock import T0
from tests.support.shell import SAMPLE

FOLDER = Path(__file__).parent / "wild"
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
LEAST = 25


def workspace() -> dict[str, Any]:
    """The sample workspace, with stages that have names in other languages, and more people."""
    document: dict[str, Any] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    more = json.loads((FOLDER / "team.json").read_text(encoding="utf-8"))
    for stage in document["stages"]:
        stage["aliases"] += more["stages"].get(stage["key"], [])
    document["people"] += more["people"]
    return document


@pytest.fixture(scope="module")
def charter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Charter]:
    with kept(tmp_path_factory.mktemp("wild")) as made:
        yield made


def kept(folder: Path) -> Any:
    return _Kept(f"sqlite:///{folder}/charter.db")


class _Kept:
    """The workspace in a database of its own."""

    def __init__(self, url: str) -> None:
        self._records = Records(url)

    def __enter__(self) -> Charter:
        charter = services(self._records.database, lambda: T0)
        charter.documents.load(None, json.dumps(workspace()), T0)
        return charter

    def __exit__(self, *_raised: object) -> None:
        self._records.close()


def preview(charter: Charter, name: str, wild: Wild) -> Imported:
    actor = Actor(charter.workspaces.only(None), None, Surface.CLI, is_admin=True)
    order = Order(wild.dates) if wild.dates else None
    asked = Asked(wild.project, dict(wild.placed), order)
    return charter.importing.preview(actor, wild.content, name, asked)


def shown(found: Imported) -> dict[str, Any]:
    """A preview as it is kept to compare."""
    plan = found.plan
    return {
        "created": plan.created,
        "changed": plan.changed,
        "unchanged": plan.unchanged,
        "left": plan.left,
        "errors": [f"{views.where(one)}: {views.fault_words(one)}" for one in plan.faults],
        "changes": [
            f"{views.where(one)}: {views.outcome_words(one)}"
            for one in plan.outcomes
            if one.fate != "unchanged"
        ],
        "notes": list(plan.notes),
        "read": [f"{one.sheet}: {one.shape}" for one in plan.layouts],
    }


def test_x7_there_are_sheets_of_every_style() -> None:
    assert len(WILD) >= LEAST
    assert WILD.keys() == EXPECTED.keys()
    shapes = {read.rpartition(": ")[2] for one in EXPECTED.values() for read in one["read"]}
    assert shapes == {"matrix", "list", "tidy list"}
    with_errors = [name for name, one in EXPECTED.items() if one["errors"]]
    assert len(with_errors) >= LEAST // 2


@pytest.mark.parametrize("name", WILD)
def test_x7_edge_69_a_sheet_as_people_keep_it(charter: Charter, name: str) -> None:
    assert shown(preview(charter, name, WILD[name])) == EXPECTED[name]


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as made_in, kept(Path(made_in)) as made:
        told = {name: shown(preview(made, name, wild)) for name, wild in WILD.items()}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (FOLDER / "expected.json").write_text(text + "\n", encoding="utf-8")
