"""The use cases of scope: what a project is for, who signed it off, and whether it is worth it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

from bot import deciding, scope
from bot.changes import Change, MetricChanged
from bot.errors import BadInput, Why
from bot.feasibility import Feasibility, Portfolio, feasibility
from bot.orders import (
    ApproveScope,
    EditScope,
    GiveVerdict,
    RemoveMetric,
    SetMetric,
    SetScope,
)
from bot.outcome import Done, Place, ScopeClash, ScopeDiff, ScopeHistory, ScopeVersion, Shown, Taken
from bot.people import Actor
from bot.project import Item, Project
from handlers.service import references
from handlers.service.desks import Desks
from handlers.service.references import Desk
from handlers.service.trends import trends
from storage import scopes

MOST_VERSIONS = 10
PAGE = 20
"""Projects of a page of the portfolio: more would leave their cells too narrow to read."""

_MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")


class Scopes(Desks):
    """What may be done with what a project is for."""

    # --- its fields ---

    def scope(self, actor: Actor, order: SetScope, place: Place) -> Done:
        def decide(desk: Desk, project: Project, _item: Item | None) -> Change:
            return deciding.set_scope(project, order.name, _stored(desk, order.name, order.value))

        return self._change(actor, order.project, None, order.seen, place, decide)

    def edit(self, actor: Actor, order: EditScope, place: Place) -> Done:
        """Save what a form says. What others changed meanwhile is taken over; where they changed
        the same field, nothing is written: `ScopeClash` has both.
        """
        with self._writing(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, order.project, place))
            mine = {
                name: deciding.checked_field(name, _stored(desk, name, text))
                for name, text in order.values.items()
            }
            since = scopes.between(desk.session, project.id, order.seen, project.scope.version)
            present = scope.cells(project.scope)
            before = scope.undone(present, [kept.edit for kept in since])
            theirs = scope.form_values(present, order.metric)
            base = scope.form_values(before, order.metric)
            wanted, clashes = scope.merged(base, mine, theirs)
            if clashes:
                raise ScopeClash(
                    project,
                    dict(desk.facts.people),
                    order.metric,
                    {**theirs, **wanted, **{one.field: one.mine for one in clashes}},
                    tuple(_taken(clash, since, order.metric) for clash in clashes),
                )
            fields = {name: text for name, text in wanted.items() if name in scope.FIELD}
            metric = deciding.form_metric(
                project,
                order.metric,
                {**theirs, **wanted},
                touched=bool(wanted.keys() & set(scope.METRIC_FIELDS)),
            )
            change = deciding.revise(project, fields, metric)
            return self._write(desk, actor, project, None, change)

    # --- its metrics ---

    def set_metric(self, actor: Actor, order: SetMetric, place: Place) -> Done:
        def decide(desk: Desk, project: Project, _item: Item | None) -> MetricChanged:
            day = today(actor, desk.now)
            return deciding.set_metric(project, order.name, order.wish, day)

        return self._change(actor, order.project, None, None, place, decide)

    def remove_metric(self, actor: Actor, order: RemoveMetric, place: Place) -> Done:
        def decide(_desk: Desk, project: Project, _item: Item | None) -> MetricChanged:
            return deciding.remove_metric(project, order.name)

        return self._change(actor, order.project, None, None, place, decide)

    # --- decided of the whole ---

    def approve(self, actor: Actor, order: ApproveScope, place: Place) -> Done:
        def decide(_desk: Desk, project: Project, _item: Item | None) -> Change:
            return deciding.approve(project)

        return self._change(actor, order.project, None, None, place, decide)

    def give_verdict(self, actor: Actor, order: GiveVerdict, place: Place) -> Done:
        def decide(_desk: Desk, project: Project, _item: Item | None) -> Change:
            return deciding.give_verdict(project, order.call, order.reason)

        return self._change(actor, order.project, None, None, place, decide)

    # --- how it came about ---

    def history(self, actor: Actor, ref: str | None, place: Place) -> ScopeHistory:
        """The latest versions of a scope, newest first."""
        with self._reading(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, ref, place))
            last = project.scope.version
            kept = scopes.between(desk.session, project.id, max(0, last - MOST_VERSIONS), last)
            return ScopeHistory(project, dict(desk.facts.people), tuple(_versions(kept))[::-1])

    def diff(self, actor: Actor, first: int, last: int, ref: str | None, place: Place) -> ScopeDiff:
        """What differs between two versions of a scope, whichever is named first."""
        first, last = sorted((first, last))
        with self._reading(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, ref, place))
            present = project.scope.version
            if last > present:
                facts = {"version": f"v{last}", "last": f"v{present}", "project": project.name}
                raise BadInput(Why.BAD_SCOPE_VERSION, facts, field="version")
            kept = scopes.between(desk.session, project.id, first, last)
            edits = scope.joined(one.edit for one in kept)
            return ScopeDiff(project, dict(desk.facts.people), first, last, edits)

    # --- whether it is worth it ---

    def feasibility(self, actor: Actor, ref: str | None, place: Place) -> tuple[Shown, Feasibility]:
        """What one project saves and costs, and what was decided."""
        with self._reading(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, ref, place))
            people = dict(desk.facts.people)
            ways = trends(desk.session, [project], desk.now, desk.zone).get(project.id, ())
            row = feasibility(project, people, desk.today, desk.zone, ways)
            return Shown(project, None, people), row

    def portfolio(self, actor: Actor, page: int, place: Place) -> Portfolio:
        """Open projects that the actor may see (from there), by name, a page at a time."""
        with self._reading(actor, place) as desk:
            seen = [known for known in desk.visible() if not known.archived]
            seen.sort(key=lambda known: (known.name.casefold(), known.id))
            pages = max(1, -(-len(seen) // PAGE))
            page = min(max(page, 1), pages)
            wanted = [known.id for known in seen[(page - 1) * PAGE : page * PAGE]]
            found = desk.cache.projects(desk.session, desk.facts, wanted, desk.now)
            day = today(actor, desk.now)
            ways = trends(desk.session, found.values(), desk.now, desk.zone)
            rows = tuple(
                feasibility(one, desk.facts.people, day, desk.zone, ways.get(key, ()))
                for key, one in found.items()
            )
            return Portfolio(rows, page, pages)


def today(actor: Actor, now: datetime) -> date:
    """The day where the actor is."""
    return now.astimezone(ZoneInfo(actor.zone)).date()


def _stored(desk: Desk, name: str, text: str) -> str:
    """A field as it is kept: a sponsor who was mentioned as that person, whatever their name."""
    if name != "sponsor":
        return text
    text = text.strip()
    if _MENTION.fullmatch(text) or text.startswith("key:") or text.casefold() == "me":
        return scope.of_person(references.person(desk, text).id)
    return text.replace(":", " ") if scope.person_in(text) is not None else text


def _versions(kept: Sequence[scopes.Kept]) -> Iterator[ScopeVersion]:
    """Versions, oldest first; `kept` in the same order."""
    for number, found in groupby(kept, key=attrgetter("version")):
        edits = tuple(found)
        yield ScopeVersion(number, edits[0].by, edits[0].at, tuple(one.edit for one in edits))


def _taken(clash: scope.Clash, since: Sequence[scopes.Kept], metric: str) -> Taken:
    """A clash, with who changed the field last, and when."""
    cell = clash.field if clash.field in scope.FIELD else f"metric/{metric}/"
    part = "" if clash.field in (*scope.FIELD, "metric") else clash.field
    last = next(
        (one for one in reversed(since) if one.edit.cell.startswith(f"{cell}{part}")), since[-1]
    )
    return Taken(clash.field, clash.mine, clash.theirs, last.by, last.at)
