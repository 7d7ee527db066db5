"""Importing runs of a tracker that is gone, from the files that were exported there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot import links as rules
from bot.attaching import TAG, Attached
from bot.evidence import bounded, looked
from bot.links import Linked
from bot.outcome import Place
from bot.people import Actor
from bot.project import Item, Project
from bot.sources import ARCHIVES, archive_of
from bot.sources.base import Ref, Run
from bot.spelling import folded
from handlers.service import references
from handlers.service.cards import Cards
from handlers.service.desks import Desks, Wish
from handlers.service.links.attaching import Attaching
from handlers.service.references import Desk
from storage import links


def imported(desk: Desk, ref: Ref) -> Linked | None:
    """What was imported of a run, by any of its names, where the actor sees the project."""
    archive = archive_of(ref)
    if archive is None:
        return None
    project, run = archive.names_in(ref)
    for linked in links.of_tracker(desk.session, desk.actor.workspace, ref.source, f"{project}/"):
        seen = linked.sighting.seen
        known = linked.is_linked and desk.sees(linked.project) and isinstance(seen, Run)
        if known and isinstance(seen, Run) and archive.is_called(seen, run):
            return linked
    return None


class Imports(Desks):
    """Takes runs into the record."""

    def place(self, actor: Actor, runs: Sequence[Run], named: str | None) -> dict[Ref, int | None]:
        """The project of each run: the one that is `named`; else where a rule would have it, as
        with runs that are followed (its tag `charter.project`, what is followed of Neptune's
        project, a commit of a linked pull request); else the one that is called like its project
        there. None where there is none.

        Raises `NotFound` and `Ambiguous` for what was named.
        """
        with self._reading(actor, Place()) as desk:
            if named is not None:
                project = references.project_id(desk, named, Place())
                return {run.ref: project for run in runs}
            ruled = _ruled(desk, runs)
            return {run.ref: _seen(desk, ruled[run.ref]) or _project_of(desk, run) for run in runs}

    def take(self, actor: Actor, project: int, runs: Sequence[Run]) -> Iterator[tuple[Run, str]]:
        """Import runs into a project, all or none: each with what became of it, in a word."""
        with self._writing(actor, Place()) as desk:
            there = self._project(desk, project)
            before = {linked.ref: linked for linked in _present(desk, project, runs)}
            ruled = _ruled(desk, runs)
            wishes = [
                Wish(there, item, change)
                for run in runs
                if run.ref not in before
                for item in [_item_of(there, run, ruled[run.ref])]
                if (change := rules.link(there, run.ref, None, item)) is not None
            ]
            if wishes:
                self._write_together(desk, wishes)
            cards = Cards(desk.session, desk.facts, desk.cache, desk.now)
            now = {linked.ref: linked for linked in _present(desk, project, runs)}
            fates = [
                (run, _record(desk, cards, before.get(run.ref), now[run.ref], run)) for run in runs
            ]
            cards.resay([linked for linked in now.values() if linked.is_linked])
        yield from fates


def _present(desk: Desk, project: int, runs: Sequence[Run]) -> list[Linked]:
    wanted = {(run.ref.source, run.ref.key) for run in runs}
    there = {(run.ref.source, _project_there(run)) for run in runs}
    return [
        linked
        for source, name in sorted(there)
        for linked in links.of_tracker(desk.session, desk.actor.workspace, source, f"{name}/")
        if linked.project == project and (linked.ref.source, linked.ref.key) in wanted
    ]


def _project_there(run: Run) -> str:
    """What the project of a run was called at the tracker that is gone."""
    return ARCHIVES[run.ref.source].names_in(run.ref)[0]


def _record(desk: Desk, cards: Cards, before: Linked | None, linked: Linked, run: Run) -> str:
    """Keep what was exported. What somebody unlinked stays so."""
    if not linked.is_linked:
        return "was unlinked here, left so"
    if linked.sighting.seen == bounded(replace(run, ref=linked.ref)):
        return "unchanged"
    sighting = looked(linked.sighting, run, desk.now)
    renewed = replace(linked, sighting=replace(sighting, ref=run.ref), is_polled=False)
    links.record(desk.session, renewed, cards.author(renewed))
    return "imported" if before is None else "updated"


def _project_of(desk: Desk, run: Run) -> int | None:
    told = (run.tags.get(TAG) or run.params.get(TAG) or "").partition("/")[0]
    for name in filter(None, (told, run.experiment, run.experiment.partition("/")[2])):
        wanted = folded(name)
        fitting = [
            known.id for known in desk.visible() if not known.archived and wanted in known.spellings
        ]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _ruled(desk: Desk, runs: Sequence[Run]) -> dict[Ref, Attached | None]:
    attaching = Attaching(desk.session, desk.facts, desk.cache, desk.now)
    return attaching.places(
        {run.ref: replace(run, experiment_id=_project_there(run)) for run in runs}
    )


def _seen(desk: Desk, place: Attached | None) -> int | None:
    """The project that a rule says, where the actor sees it and it is open."""
    if place is None or not desk.sees(place.project):
        return None
    return None if desk.facts.projects[place.project].archived else place.project


def _item_of(project: Project, run: Run, place: Attached | None) -> Item | None:
    if place is not None and place.project == project.id and place.item:
        return project.item(place.item)
    told = (run.tags.get(TAG) or run.params.get(TAG) or "").partition("/")[2]
    return project.item(told) if told else None
