"""The use cases of projects, each in one transaction: what they are, their names and channels."""

from dataclasses import replace

from bot import deciding, permissions
from bot.acting import standing_ins
from bot.changes import Change, ItemRemoved, RolesChanged
from bot.consultations import stands
from bot.errors import CharterError, NotFound, Refused, Why
from bot.hindsight import MOST_WEEKS, WEEK, burn_up
from bot.home import HomePage, Turned
from bot.orders import NewProject, SetAlias
from bot.outcome import Done, Listing, Place, Shown
from bot.people import Actor
from bot.project import Assignment, Channel, Item, Project
from bot.rights import Right
from bot.sight import is_told_in
from bot.spelling import folded
from bot.telling import lines
from handlers.service import cards, overview, references, sample, teams, templates
from handlers.service.desks import Desks
from handlers.service.references import Desk
from handlers.service.taking import refuse_undoing
from handlers.service.trends import trends
from handlers.service.undoing import UNDO_FOR, stored_change
from storage import audit, consultations, courses, ledger, projects

PAGE = 50
ANYWHERE = Place()
FIRST = Turned()


class Projects(Desks):
    """What may be done with a project as a whole, and what may be read of it."""

    # --- reading ---

    def listed(self, actor: Actor, page: int = 1, place: Place = ANYWHERE) -> Listing:
        """Open projects that the actor may see (from there), by name, a page at a time."""
        with self._reading(actor, place) as desk:
            seen = sorted(desk.visible(), key=lambda known: (known.name.casefold(), known.id))
            open_ones = [known.id for known in seen if not known.archived]
            pages = max(1, -(-len(open_ones) // PAGE))
            page = min(max(page, 1), pages)
            shown = open_ones[(page - 1) * PAGE : page * PAGE]
            found = tuple(self._cache.projects(desk.session, desk.facts, shown, desk.now).values())
            archived = len(seen) - len(open_ones)
            people = dict(desk.facts.people)
            given, now = desk.facts.delegations, desk.now
            acting = {one.id: standing_ins(one, people, given, now) for one in found}
            told = trends(desk.session, found, now, desk.zone)
            return Listing(found, people, page, pages, archived, desk.today, acting, now, told)

    def shown(self, actor: Actor, project: str | None, place: Place) -> Shown:
        with self._reading(actor, place) as desk:
            found = self._project(desk, references.project_id(desk, project, place))
            return self._shown(desk, found, None)

    def glance(self, actor: Actor, project: str | None, place: Place) -> Shown:
        """A project as a whole, with how much of it was done by the week."""
        with self._reading(actor, place) as desk:
            found = self._project(desk, references.project_id(desk, project, place))
            begin = desk.now - WEEK * MOST_WEEKS
            told = courses.statuses(desk.session, [found.id], begin)
            marks = burn_up([found], told, desk.now, desk.zone)
            ways = trends(desk.session, [found], desk.now, desk.zone).get(found.id, ())
            return replace(self._shown(desk, found, None), burn_up=marks, trends=ways)

    def row(self, actor: Actor, item: str, project: str | None, place: Place) -> Shown:
        """One item of a project, with its letters."""
        with self._reading(actor, place) as desk:
            found = self._project(desk, references.project_id(desk, project, place))
            one = references.item(desk, found, item)
            asked = consultations.of_item(desk.session, actor.workspace, one.id)
            stand = tuple(each for each in asked if stands(each, one) and each.is_consulting)
            return replace(self._shown(desk, found, one), asked=stand)

    def home(self, actor: Actor, turned: Turned = FIRST) -> HomePage:
        """What the actor, a person, sees first."""
        with self._reading(actor, ANYWHERE) as desk:
            return overview.home(desk, turned)

    def elsewhere(self, actor: Actor, name: str, place: Place) -> str | None:
        """What a project that the actor sees is called, if this is its very name and it is none of
        the place's own.
        """
        with self._reading(actor, place) as desk:
            own = desk.facts.by_channel.get(place.channel or "", ())
            found = [key for key in desk.facts.by_spelling.get(folded(name), ()) if desk.sees(key)]
            if not found or not set(found).isdisjoint(own):
                return None
            return desk.facts.projects[found[0]].name

    def is_bound(self, actor: Actor, place: Place) -> bool:
        """Whether the place's channel belongs to an open project that the actor may see."""
        with self._reading(actor, place) as desk:
            bound = desk.facts.by_channel.get(place.channel or "", ())
            return any(desk.sees(key) and not desk.facts.projects[key].archived for key in bound)

    def is_open(self, actor: Actor, project: str, place: Place) -> bool:
        """Whether all who read the place may know of a project, or a team, of the actor's."""
        with self._reading(actor, place) as desk:
            if (team := teams.meant(desk, project)) is not None:
                return place.channel in team.own_channels
            known = desk.facts.projects[references.project_id(desk, project, place)]
            return is_told_in(known, place)

    # --- writing ---

    def create(self, actor: Actor, new: NewProject, place: Place) -> Done:
        """Make a project from a template. `Refused` if an open one of that name can be seen."""
        name = deciding.checked_name(new.name)
        with self._writing(actor, place) as desk:
            permissions.require(actor, Right.EDIT, desk.facts.people)
            now = desk.now
            same = desk.facts.by_spelling.get(folded(name), ())
            open_ones = (key for key in same if not desk.facts.projects[key].archived)
            if any(desk.sees(key) for key in open_ones):
                raise Refused(Why.NAME_TAKEN, {"name": name}, field="name")
            lead = references.person(desk, new.lead) if new.lead else actor.person
            if lead is not None and (lead.is_bot or not lead.active):
                why = Why.HOLDER_IS_BOT if lead.is_bot else Why.HOLDER_LEFT
                raise Refused(why, {"name": lead.name, "on": ""}, field="lead")
            if lead is not None and lead.is_guest:
                raise Refused(Why.GUEST_ACCOUNTABLE, {"name": lead.name}, field="lead")
            channel = _channel(place) if new.bind_here else None
            known = desk.facts.projects.values()
            taken = {one.key for one in known}
            hidden = {one.key for one in known if not desk.sees(one.id)}
            change = templates.project(
                new, name, lead, actor, channel, desk.facts.ladder, taken, hidden, desk.facts.roles
            )
            with ledger.opened(desk.session, actor, now) as book:
                seq = book.apply(change, desk.facts.people)
            project = projects.keyed(desk.session, actor.workspace, change.key, now)
            told = lines(change, desk.facts.people)
            people = dict(desk.facts.people)
            return Done(project, None, told, seq, now, undo_until=None, people=people)

    def try_sample(self, actor: Actor) -> Done:
        """Make the workspace's sample, with the actor, a person, in it; the one that there is, if
        there is one.
        """
        with self._writing(actor, ANYWHERE) as desk:
            assert actor.person is not None
            people = dict(desk.facts.people)
            present = next((one for one in desk.visible() if one.is_sample), None)
            if present is not None:
                project = self._project(desk, present.id)
                return Done(project, None, (), 0, desk.now, undo_until=None, people=people)
            change = sample.sample(actor.person, desk.facts.ladder, desk.facts.roles)
            permissions.check_workspace(actor, change, desk.facts.people)
            with ledger.opened(desk.session, actor, desk.now) as book:
                seq = book.apply(change, desk.facts.people)
            project = projects.keyed(desk.session, actor.workspace, change.key, desk.now)
            told = lines(change, desk.facts.people)
            return Done(project, None, told, seq, desk.now, undo_until=None, people=people)

    def alias(self, actor: Actor, order: SetAlias, place: Place) -> Done:
        """A further name of an item or a project. `Refused` if it already means something else."""

        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            if not order.added:
                return deciding.remove_alias(project, item, order.alias)
            others = desk.facts.by_spelling.get(folded(order.alias), ())
            for key in others if item is None else ():
                if key != project.id and desk.sees(key):
                    taken = {"alias": order.alias, "item": desk.facts.projects[key].name}
                    raise Refused(Why.ALIAS_TAKEN, taken)
            rungs = {rung.key: rung.aliases for rung in desk.facts.ladder}
            return deciding.add_alias(project, item, order.alias, rungs)

        with self._reading(actor, place) as desk:
            ref = None if order.project else order.item
            named = ref is not None and self._names_project(desk, ref, place)
        project, item = (ref, None) if named else (order.project, order.item)
        return self._change(actor, project, item, None, place, decide)

    def _names_project(self, desk: Desk, ref: str, place: Place) -> bool:
        """Whether `ref` is a project's name and no item's of the project that the place means."""
        try:
            here = self._project(desk, references.project_id(desk, None, place))
            references.item(desk, here, ref)
        except CharterError:
            return any(desk.sees(key) for key in desk.facts.by_spelling.get(folded(ref), ()))
        return False

    def bind(self, actor: Actor, project: str, place: Place) -> Done:
        """Bind the place's channel to a project."""
        channel = _channel(place)
        if channel is None:
            raise Refused(Why.NO_CHANNEL)

        def decide(_desk: Desk, found: Project, _item: Item | None) -> Change:
            return deciding.bind(found, channel)

        return self._change(actor, project, None, None, place, decide)

    def unbind(self, actor: Actor, place: Place, project: str | None) -> Done:
        if not place.channel:
            raise Refused(Why.NO_CHANNEL)
        slack_id = place.channel

        def decide(_desk: Desk, found: Project, _item: Item | None) -> Change:
            return deciding.unbind(found, slack_id)

        return self._change(actor, project, None, None, place, decide)

    def archive(self, actor: Actor, project: str | None, place: Place, archived: bool) -> Done:
        def decide(_desk: Desk, found: Project, _item: Item | None) -> Change:
            return deciding.archive(found, archived=archived)

        if project is not None and not archived:
            project = self._archived(actor, project, place)
        done = self._change(actor, project, None, None, place, decide, takes=Right.ANSWER)
        return replace(done, undo_until=None) if done.project.is_gone else done

    def _archived(self, actor: Actor, ref: str, place: Place) -> str:
        """The key of the archived project of that name, though an open one may have it, too."""
        with self._reading(actor, place) as desk:
            key = references.project_id(desk, ref, place, archived=True)
            return desk.facts.projects[key].key

    def undo(self, actor: Actor, seq: int) -> Done:
        """Take a change back: within ten minutes, and only while nothing came after it."""
        with self._writing(actor, ANYWHERE) as desk:
            entry = audit.entry(desk.session, actor.workspace, seq)
            key = entry.project_id if entry is not None else None
            known = desk.facts.known(key) if key is not None else None
            if entry is None or known is None:
                raise NotFound("change", str(seq))
            project = self._project(desk, known.id)
            if not teams.sight_of(desk, project):
                raise NotFound("change", str(seq))
            item = next((one for one in project.items if one.id == entry.item_id), None)
            gone = next((one for one in project.gone if one.id == entry.item_id), None)
            self._refuse_stale(desk, project, item or gone, entry.version)
            if desk.now - entry.at > UNDO_FOR:
                raise Refused(Why.UNDO_LATE, {"item": item.title if item else project.name})
            done = stored_change(entry)
            change = deciding.reverse(done, item)
            if change is None:
                raise Refused(Why.UNDO_OVERTAKEN, {"item": project.name})
            refuse_undoing(desk, project, item, entry, done, change)
            cards.refuse_overtaken(desk, change, project)
            for held in _given_back(change):
                deciding.may_hold((held.letter,), held.holder, desk.facts.people)
            return self._write(desk, actor, project, item, change, undoes=seq)


def _given_back(change: Change) -> tuple[Assignment, ...]:
    """The letters that somebody holds again by it."""
    match change:
        case RolesChanged(restored=restored):
            return restored
        case ItemRemoved(back=True, ended=ended):
            return ended
        case _:
            return ()


def _channel(place: Place) -> Channel | None:
    if place.channel is None or place.is_direct:
        return None
    return Channel(place.channel, place.name, place.is_private)
