"""What digests and a brief cost, in a process of its own: `python -m tests.bench.digesting ORDER`.

ORDER is JSON: the `url` of a team's database, and whether it is only a `quick` round. A channel
with a few projects of its own and one without any, which is told of all, are previewed, so is the
digest of whoever holds the most letters, and a brief of all is looked at: each in turn with the
same statements by the driver alone, which reads the same rows and says nothing. Prints seconds, and
how many statements that took.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from statistics import median
from typing import Any

from sqlalchemy import func, insert, select

from bot.commands import ShowBrief
from bot.orders import Due
from bot.outcome import Place
from bot.people import Actor, Surface
from handlers import observe
from handlers.service import services
from handlers.views import brief as briefs
from handlers.views import digests as views
from storage.database import Database
from storage.tables import (
    AssignmentRow,
    Identity,
    ProjectRow,
    PullRequestRow,
    RunRow,
    columns,
    table_of,
)
from tests.bench import bare

OPERATOR = Actor(1, None, Surface.CLI, is_admin=True)
FEW = 20
LINKED = 5
"""Pull requests, and runs, of each project."""


class Bench:
    """A workspace in which each project was edited lately and has evidence."""

    def __init__(self, url: str, few: int) -> None:
        self.now = datetime.now(UTC)
        self.database = Database(url)
        self.charter = services(self.database, lambda: self.now)
        with self.database.begin() as session:
            row = columns(ProjectRow)
            found = session.execute(select(row.id, row.key).order_by(row.id)).all()
            for project, _key in found:
                for model, rows in ((PullRequestRow, self._pulls), (RunRow, self._runs)):
                    session.execute(insert(table_of(model)), list(rows(project)))
        self.projects = len(found)
        self.places = {
            "few": Place("C0FEW", "few"),
            "all": Place("C0ALL", "all"),
        }
        for number, (_project, key) in enumerate(found):
            if number < few:
                self.charter.projects.bind(OPERATOR, key, self.places["few"])
            day = date(2027, 3, 1) + timedelta(days=number % 28)
            self.charter.stages.due(OPERATOR, Due("rollout", day, key), Place())
        self.holder = self._holder()
        self.theirs = len(self.charter.own_digests.shown(self.holder).projects)
        self.raw = bare.opened(url)

    def _recorded(self) -> dict[str, Any]:
        return {"recorded_at": self.now, "source": "cli", "details": {}, "changed_at": self.now}

    def _pulls(self, project: int) -> Iterator[dict[str, Any]]:
        told = {"repo": "bench/models", "title": "Retry the feed", "state": "open"}
        for number in range(LINKED):
            yield {**self._recorded(), **told, "project_id": project, "number": number + 1}

    def _runs(self, project: int) -> Iterator[dict[str, Any]]:
        told = {"tracker": "mlflow", "name": "gbm", "state": "finished", "params": {}}
        for number in range(LINKED):
            metrics = {"recall": number / LINKED, "auc": 0.8}
            run = {"run_id": f"r{number}", "metrics": metrics, "project_id": project}
            yield {**self._recorded(), **told, **run}

    def preview(self, which: str) -> None:
        preview = self.charter.digests.preview(OPERATOR, self.places[which])
        message = views.previewed(preview)
        assert preview.digest is not None
        assert len(message.blocks) <= 50

    def own(self) -> None:
        preview = self.charter.own_digests.preview(self.holder)
        message = views.previewed_own(preview)
        assert preview.digest is not None
        assert len(message.blocks) <= 50

    def _holder(self) -> Actor:
        """Whoever holds the most letters."""
        letter, name = columns(AssignmentRow), columns(Identity)
        most = (
            select(name.value)
            .join_from(
                table_of(Identity), table_of(AssignmentRow), letter.person_id == name.person_id
            )
            .where(name.kind == "slack", letter.until.is_(None))
            .group_by(name.value)
            .order_by(func.count().desc(), name.value)
            .limit(1)
        )
        with self.database.read() as session:
            slack_id = session.execute(most).scalar_one()
        person = self.charter.people.known(1, slack_id)
        assert person is not None
        return Actor(1, person, Surface.COMMAND)

    def brief(self) -> None:
        told = self.charter.briefs.shown(OPERATOR, ShowBrief(whole=True), Place(), self.now)
        message = briefs.brief(told)
        assert len(told.projects) == self.projects
        assert len(message.blocks) <= 50

    def close(self) -> None:
        self.raw.close()
        self.database.close()


def main(order: Mapping[str, Any]) -> None:
    few, rounds = (3, 2) if order["quick"] else (FEW, 15)
    found: dict[str, list[float]] = {"few_projects": [few]}
    with closing(Bench(order["url"], few)) as bench:
        found["all_projects"] = [bench.projects]
        found["own_projects"] = [bench.theirs]
        made: dict[str, Callable[[], None]] = {"brief": bench.brief, "own": bench.own}
        for which in bench.places:
            made[which] = partial(bench.preview, which)
        for which, make in made.items():
            make()  # what is read once a process
            reads = bare.reads(bench.database, make)
            found[f"{which}_statements"] = [len(reads)]
            for _ in range(rounds):
                found.setdefault(which, []).append(bare.timed(make))
                found.setdefault(f"{which}_raw", []).append(
                    bare.timed(partial(bare.again, bench.raw, reads))
                )
    print(json.dumps(found), flush=True)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words: statements, medians, ratios to the driver alone."""
    for which, what in (("few", "a digest"), ("all", "a digest"), ("own", "a digest of one's own")):
        count, statements = int(found[f"{which}_projects"][0]), int(found[f"{which}_statements"][0])
        ours, raw = median(found[which]), median(found[f"{which}_raw"])
        yield (
            f"{what} of {count} projects: {statements} statements, {ours * 1e3:.1f} ms, "
            f"{ours / raw:.1f} × the same reads by the driver alone"
        )
    count, statements = int(found["all_projects"][0]), int(found["brief_statements"][0])
    ours, raw = median(found["brief"]), median(found["brief_raw"])
    yield (
        f"a brief of {count} projects: {statements} statements, {ours * 1e3:.1f} ms, "
        f"{ours / raw:.1f} × the same reads by the driver alone, "
        f"{ours / median(found['all']):.2f} × a digest of them"
    )


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
