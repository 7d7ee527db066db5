"""Workbooks and tables that come in: looked at first, then taken as they were looked at.

What a file says is decided against what is true at that moment, with the rights of who imports, as
if they had typed each change; what a preview showed is what is written, or nothing. A workbook that
Charter wrote is held against what it was when it was exported.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.changes import Change
from bot.deciding import Past
from bot.errors import Ambiguous, BadInput, Refused, Why
from bot.exports import unpacked
from bot.gates import checks
from bot.imports import Ground, Order, Plan, Reading, come_back, planned, said_by
from bot.imports.base import Base, base_of
from bot.imports.files import SaidBy
from bot.imports.mapping import Heading, headings
from bot.imports.settling import Settled
from bot.moments import known
from bot.outcome import Place
from bot.people import Actor
from bot.project import Item, Project
from bot.sheets import BadWorkbook, Opened, Step, opened, unheard
from handlers.service import moments, references
from handlers.service.desks import Desks, Wish
from handlers.service.import_names import Names
from handlers.service.references import Desk
from handlers.service.taking import refuse_taking
from storage import history, kept_exports, people
from storage.gates import Gates

ANYWHERE = Place()
_OWN_HEADS = frozenset({"Project", "Stage", "Component", "Letter", "Person", "ID"})
"""By which the list of letters is known that Charter wrote as CSV."""
_NO_CODE = (
    "This file has no export id: it is compared with what holds now, so what was changed since it "
    "was exported would be changed back."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be taken. `project` is the one of what names none, `placed` what columns
    mean by their heads, `order` how its days are written, `people` whom names mean, `settled` to
    which side conflicts go. With `partial` what has no errors is taken all the same.
    """

    project: str | None = None
    placed: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None
    partial: bool = False
    people: Mapping[str, str] = field(default_factory=dict)
    settled: Settled = field(default_factory=Settled)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file does, or did (`written`). `moved`: it would do something else by now than what
    the preview showed, which was not done; this is what.
    """

    name: str
    plan: Plan
    written: bool = False
    moved: bool = False


def told_back(code: str, *, is_known: bool) -> tuple[str, ...]:
    """What is to be known of a file that is an export."""
    if is_known:
        return (f"It is the export {code}: what was changed in it is taken, and nothing else.",)
    return (
        f"It is the export {code}, which is not kept any more: the letters in it were compared "
        "with what is true now, and nothing is taken away by them.",
    )


def _is_own(said: SaidBy) -> bool:
    """Whether it is Charter's own list, by the heads of its columns."""
    heads = ({column.head for column in layout.columns} for layout in said.layouts)
    return any(found >= _OWN_HEADS for found in heads)


def _opened(content: bytes, name: str, tell: Step = unheard) -> Opened:
    try:
        return opened(content, name, tell)
    except BadWorkbook as error:
        raise BadInput(Why.BAD_FILE, {"name": name, "problem": str(error)}) from error


class Importing(Desks):
    """Takes files into the record."""

    def preview(
        self,
        actor: Actor,
        content: bytes,
        name: str,
        asked: Asked,
        place: Place = ANYWHERE,
        tell: Step = unheard,
    ) -> Imported:
        """What a file would do. Raises `BadInput` for a file that cannot be read, and what a
        wrong name of the project raises.
        """
        said = self._said(actor, content, name, asked, place, tell)
        tell("comparing", 0, 0)
        with self._reading(actor, place) as desk:
            return Imported(name, self._planned(desk, said, asked))

    def take(
        self,
        actor: Actor,
        content: bytes,
        name: str,
        asked: Asked,
        place: Place = ANYWHERE,
        mark: str | None = None,
        tell: Step = unheard,
    ) -> Imported:
        """Do what the preview of that `mark` showed (None: whatever it does), in one transaction.

        Where anything is wrong with the file, or was changed otherwise meanwhile, nothing is
        written, but with `partial` the rest of it.
        """
        said = self._said(actor, content, name, asked, place, tell)
        tell("comparing", 0, 0)
        with self._writing(actor, place) as desk:
            plan = self._planned(desk, said, asked)
            if mark is not None and plan.mark != mark:
                return Imported(name, plan, moved=True)
            if (not plan.stands and not asked.partial) or not plan.planned:
                return Imported(name, plan, written=plan.stands)
            tell("storing", 0, 0)
            self._write_together(
                desk, [Wish(one.project, one.item, one.change) for one in plan.planned]
            )
            return Imported(name, plan, written=True)

    def columns(self, content: bytes, name: str, asked: Asked) -> list[Heading]:
        """The columns of a file, to be placed. Raises `BadInput` for one that cannot be read."""
        return headings(_opened(content, name), asked.placed)

    def _said(
        self, actor: Actor, content: bytes, name: str, asked: Asked, place: Place, tell: Step
    ) -> SaidBy:
        """What a file says; read before any transaction, as it may take long."""
        with self._reading(actor, place) as desk:
            today = desk.today
        tell("opening", 0, 0)
        return said_by(_opened(content, name, tell), asked.placed, Reading(today, asked.order))

    def _default(self, desk: Desk, asked: Asked) -> int | None:
        """The project of lines that name none: the one that was said, else the channel's."""
        if asked.project:
            return references.project_id(desk, asked.project, desk.place)
        try:
            return references.project_id(desk, None, desk.place)
        except (Ambiguous, Refused):
            return None

    def _planned(self, desk: Desk, said: SaidBy, asked: Asked) -> Plan:
        """The plan of a file, as its importer's rights allow."""
        named = self._default(desk, asked)
        base: Base | None = None
        then: Mapping[int, str] = {}
        if said.code and not said.refused:
            base, then = self._base(desk, said.code)
        names = Names(desk, lambda key: self._project(desk, key), named, asked.people, then)

        def permit(project: Project, item: Item | None, change: Change) -> None:
            self._check(desk, Wish(project, item, change))
            if item is not None:
                refuse_taking(desk, project, item, change)

        ground = Ground(
            people=desk.facts.people,
            roles=desk.facts.roles,
            actor=desk.actor,
            now=desk.now,
            zone=desk.zone,
            begins=lambda day: moments.beginning(day, desk.actor, desk.now),
            past=lambda item: Past(history.letters(desk.session, item.id), desk.zone),
            permit=permit,
            gate=lambda project, item: checks(
                project, item, Gates(desk.session, [project.id]).of(item.id)
            ),
            settled=asked.settled,
        )
        if said.code and not said.refused:
            note = told_back(said.code, is_known=base is not None)
        else:
            note = (_NO_CODE,) if _is_own(said) else ()
        if base is None:
            plan = planned(said.told, names, ground)
        else:
            plan = come_back(said, base, names, ground, asked.order)
        notes = (*said.notes, *note, *names.notes, *plan.notes)
        return replace(plan, layouts=said.layouts, notes=notes)

    def _base(self, desk: Desk, code: str) -> tuple[Base | None, Mapping[int, str]]:
        """The export that a file came of, as far as its importer may know of what it held; and who
        was called otherwise then.
        """
        kept = kept_exports.of_code(desk.session, desk.facts.workspace, code)
        if kept is None or kept.base is None:
            return None, {}
        keys = {one.key for one in desk.visible()}
        reader = desk.facts.people.get(kept.whose.viewer or 0)
        zone = kept.zone or (reader.timezone if reader else "UTC")
        base = base_of(code, unpacked(kept.base), known(zone), keys.__contains__)
        return base, people.called_at(desk.session, desk.facts.workspace, kept.revision)
